"""Finding a source again in its own bytes: which of the sources that a reader meets there it is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import PurePath

from briefing_app.library.importing.pieces import Piece
from briefing_app.readers.companions import may_have_companions
from briefing_app.readers.members import Member, read_members
from briefing_app.readers.versions import family_of

NOT_FOUND = "It was not found in its bytes again."
# What a single record or message of a list is read by; a list is not what it would have been filed under.
_RECORDS = frozenset(("ris", "bibtex", "csl", "jsonl", "telegram", "eml", "msg"))


def read_own(data: bytes, name: str) -> Iterator[Member]:
    """What is in a source's own bytes, without what is attached to it. It runs in a worker."""
    for member in read_members(data, name):
        yield member
        if member.name is None:
            return


def own_piece(pieces: Sequence[Piece], member: str | None) -> Piece | None:
    """The one that is the source itself: the one without a name, or the only one, or the one that bears its name."""
    if len(pieces) == 1:
        return pieces[0]
    named = member or ""
    for piece in pieces:
        if piece.name is None or named == piece.name or named.endswith(f"/{piece.name}"):
            return piece
    return None


def is_under_reference(reader: str, member: str | None, file_name: str, path: str) -> bool:
    """True where a list of references may have given a source its fields, and its file only the text.

    Then the file alone knows less than what is kept. Where it cannot be told (a source of a pack, whose path is not
    known), it counts as true.
    """
    if member is None or family_of(reader) in _RECORDS:
        return False
    *above, last = member.split("/")
    if last != file_name and not last.startswith(f"{file_name} ("):
        return True  # it is named by its record
    if not path or may_have_companions(PurePath(path).name):
        return True
    return any(may_have_companions(part) for part in above)
