"""Errors whose text is written for the analyst.

Every message says what happened and to which file or passage; ``remedy`` says what to do about it.
"""

from __future__ import annotations


class BriefingError(Exception):
    """A problem that an analyst can understand and act on; never a fault of the program itself.

    ``message`` says what happened and names the file, source or passage. ``remedy`` says what to do, as a
    sentence of its own, or is empty. ``str()`` gives both.
    """

    def __init__(self, message: str, remedy: str = "") -> None:
        super().__init__(message, remedy)
        self.message = message
        self.remedy = remedy

    def __str__(self) -> str:
        return f"{self.message} {self.remedy}".rstrip()


class UsageError(BriefingError):
    """The command line or a caller asked for something that has no meaning (exit code 2)."""


class UnreadableFile(BriefingError):
    """A file cannot be read as what it claims to be: missing, empty, truncated, encrypted or hostile."""


class StorageError(BriefingError):
    """A file of ours cannot be opened or written: damaged, newer, read-only, no space left."""


class NewerVersion(StorageError):
    """A file or library was written by a newer version of the product; it is left untouched."""


class ChangedOnDisk(StorageError):
    """A file was changed by somebody else since it was opened; it was not overwritten."""


class LibraryBusy(StorageError):
    """Another process holds the library for writing; the message says which."""


class EditRefused(BriefingError):
    """An edit does not fit the briefing (unknown node, wrong place); the briefing is unchanged."""


class NotVerbatim(BriefingError):
    """A quotation does not stand in its source word for word.

    ``nearest`` is the passage of the source that comes closest, and ``start``/``end`` its range in code points;
    empty and -1 where nothing comes close.
    """

    def __init__(self, message: str, remedy: str = "", *, nearest: str = "", start: int = -1, end: int = -1) -> None:
        super().__init__(message, remedy)
        self.nearest = nearest
        self.start = start
        self.end = end


class MarkingError(BriefingError):
    """A marking is unknown, withdrawn, or breaks a rule of its scheme."""


class TemplateError(BriefingError):
    """A template file is wrong. ``problems`` has one line for each fault, with file, line and field."""

    def __init__(self, message: str, remedy: str = "", *, problems: tuple[str, ...] = ()) -> None:
        super().__init__(message, remedy)
        self.problems = problems

    def __str__(self) -> str:
        return "\n".join((super().__str__(), *self.problems))


class ExportError(BriefingError):
    """An export was not handed over. ``problems`` has one line for each reason."""

    def __init__(self, message: str, remedy: str = "", *, problems: tuple[str, ...] = ()) -> None:
        super().__init__(message, remedy)
        self.problems = problems

    def __str__(self) -> str:
        return "\n".join((super().__str__(), *self.problems))


class Cancelled(BriefingError):
    """The user cancelled the work; nothing of it was kept."""

    def __init__(self) -> None:
        super().__init__("Cancelled.")
