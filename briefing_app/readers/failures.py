"""The ways in which a file cannot be read, in the analyst's words. Every message names the file."""

from __future__ import annotations

from briefing_app.errors import UnreadableFile

MAX_BYTES = 512 * 1024 * 1024


class UnsupportedFormat(UnreadableFile):
    """The file is sound, for all we know, and in a format that has no text or that no reader reads."""


def empty(name: str) -> UnreadableFile:
    return UnreadableFile(f"“{name}” is empty (0 bytes).", "Save the original again, or leave it out.")


def too_large(name: str, what: str) -> UnreadableFile:
    return UnreadableFile(
        f"“{name}” is too large to be read safely: {what}.", "Save the part that you need as a file of its own."
    )


def damaged(name: str, kind: str, why: str = "") -> UnreadableFile:
    """``kind`` with its article ("a PDF"); ``why`` a short reason without a full stop."""
    detail = f": {why}" if why else ""
    return UnreadableFile(
        f"“{name}” seems to be {kind}, but it is damaged or cut off{detail}.",
        "Download or copy the original again; if it still fails, open it in its own program and save it anew.",
    )


def encrypted(name: str, kind: str) -> UnreadableFile:
    return UnreadableFile(
        f"“{name}” is {kind} that is encrypted with a password.",
        "Open it in its own program, save a copy without a password, and use that copy.",
    )


def unsupported(name: str, kind: str, remedy: str) -> UnsupportedFormat:
    return UnsupportedFormat(f"“{name}” is {kind}, which is not a format that can be read.", remedy)
