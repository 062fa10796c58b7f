"""A briefing as the bytes of a ``.briefing`` file, and back.

The file is a ZIP with ``mimetype``, ``briefing.json`` and ``media/<sha256>.<extension>``. The same briefing gives
the same bytes. Nothing here touches a disk: see ``file``.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, cast

from briefing_app.errors import NewerVersion, StorageError
from briefing_app.model.briefing import Briefing
from briefing_app.storage.migrations.registry import migrate
from briefing_app.storage.package import BACKUP_HINT, DOCUMENT_NAME, Medium, pack, unpack
from briefing_app.storage.soundness import make_sound
from briefing_app.storage.wire import (
    FORMAT,
    SCHEMA_VERSION,
    Document,
    WireError,
    document_wire,
    parse_json,
)

SCHEMA_ID = f"urn:briefing-composer:briefing:{SCHEMA_VERSION}"


@dataclass(frozen=True, slots=True)
class Decoded:
    """A briefing out of a file, and a sentence for each thing that is wrong with it and did not keep it shut."""

    briefing: Briefing
    problems: tuple[str, ...]


def encode(briefing: Briefing) -> bytes:
    """The bytes of a ``.briefing`` file. Raises StorageError where what was written could not be opened again."""
    document = dump_document(briefing, indent=2)
    media = {picture.sha256: picture for picture in briefing.media}
    return pack(document, (Medium(sha256, one.media_type, one.data) for sha256, one in media.items()))


def decode(data: bytes, name: str) -> Briefing:
    """The briefing in the bytes of a ``.briefing`` file, without what ``inspect`` tells. Raises StorageError."""
    return inspect(data, name).briefing


def inspect(data: bytes, name: str) -> Decoded:
    """The briefing in ``data`` and its problems. ``name`` is the file's, for messages.

    Raises StorageError (NewerVersion where a later version of the product wrote it).
    """
    package = unpack(data, name)
    briefing = load_document(package.document, name)
    sound, problems = make_sound(briefing, package.media)
    return Decoded(sound, (*package.problems, *problems))


def dump_document(briefing: Briefing, *, indent: int | None = None, verify: bool = True) -> bytes:
    """``briefing.json`` of a briefing. With ``verify``, raises StorageError where it could not be opened again."""
    styles = dict(sorted(briefing.template.styles.items()))
    stable = replace(briefing, template=replace(briefing.template, styles=styles))
    document = document_wire().dump(Document(FORMAT, SCHEMA_VERSION, stable), indent=indent)
    if not verify:
        return document
    try:
        document_wire().load(parse_json(document))
    except (WireError, ValueError) as error:
        raise StorageError(
            f"The briefing “{briefing.meta.title}” cannot be written: {_reasons(error)}.",
            "Undo the last change and save again.",
        ) from None
    return document


def load_document(document: bytes, name: str) -> Briefing:
    """The briefing of a ``briefing.json``, pictures without their bytes. Raises StorageError."""
    try:
        parsed = parse_json(document)
    except ValueError as error:
        reason = "it is not in UTF-8" if isinstance(error, UnicodeDecodeError) else str(error)
        raise StorageError(
            f"“{name}” is damaged: its {DOCUMENT_NAME} is no sound JSON: {reason}.", BACKUP_HINT
        ) from None
    lifted = _lift(parsed, name)
    try:
        return document_wire().load(lifted).briefing
    except WireError as error:
        raise StorageError(f"“{name}” is damaged: in its {DOCUMENT_NAME}, {_reasons(error)}.", BACKUP_HINT) from None


def schema() -> dict[str, Any]:
    """The published JSON Schema of ``briefing.json``."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": SCHEMA_ID,
        "title": f"briefing.json of a .briefing file, schema version {SCHEMA_VERSION}",
        **document_wire().json_schema(),
    }


def _lift(parsed: object, name: str) -> object:
    """The document in this version's schema."""
    if not isinstance(parsed, dict) or parsed.get("format") != FORMAT:
        raise StorageError(
            f"“{name}” is no briefing: its {DOCUMENT_NAME} does not say that it is of the format “{FORMAT}”.",
            "Choose a .briefing file.",
        )
    version = parsed.get("schema_version")
    if not isinstance(version, int) or isinstance(version, bool):
        raise StorageError(f"“{name}” is damaged: its schema_version is no whole number.", BACKUP_HINT)
    if version > SCHEMA_VERSION:
        raise NewerVersion(
            f"“{name}” was written by a newer version of Briefing Composer (its schema version is {version}, this "
            f"version reads up to {SCHEMA_VERSION}). It was left untouched.",
            "Update Briefing Composer, or ask the sender to export the briefing.",
        )
    try:
        return migrate(cast("dict[str, Any]", parsed), version, SCHEMA_VERSION)
    except (LookupError, TypeError, ValueError, AttributeError) as error:
        raise StorageError(f"“{name}” is of an old kind that cannot be read: {error}.", BACKUP_HINT) from None


def _reasons(error: WireError | ValueError) -> str:
    return "; ".join(error.faults) if isinstance(error, WireError) else str(error)
