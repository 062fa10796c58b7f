"""Reading files in a worker process, and making of each source what the library will keep."""

from __future__ import annotations

import functools
import time
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from briefing_app.errors import BriefingError
from briefing_app.library.store.packing import Prepared
from briefing_app.library.store.preparing import prepare
from briefing_app.library.words.lexicon import Lexicon
from briefing_app.model.reading import Reading
from briefing_app.readers.members import Member, read_members

Read = Callable[[bytes, str], Reading | Iterable[Member]]

_SEND_SECONDS, _SEND_BYTES = 0.05, 256 << 10


@dataclass(frozen=True, slots=True)
class Piece:
    """One source that was met in a file, ready to be kept, or what could not be read.

    ``name`` and ``data`` are those of a member (``readers.members``); ``reading`` has neither text nor blocks nor pages
    any more, which are in ``prepared``. Without these two ``problem`` says why it could not be read.
    """

    name: str | None
    file_name: str
    data: bytes | None = field(default=None, repr=False)
    reading: Reading | None = field(default=None, repr=False)
    prepared: Prepared | None = field(default=None, repr=False)
    problem: str = ""


Given = tuple[bytes, str, Mapping[str, bytes]]  # an item's bytes, its name, and the files beside it that it names
Sent = tuple[int, Piece | None]  # by the item's number; without a piece at the item's end


def read_all(items: list[Given], read: Read) -> Generator[list[Sent]]:
    """Read several items one after another, and prepare what is in them for the library.

    It runs in a worker. What is found is sent when enough has gathered or some time has gone by, so that the time
    limit is that of one slow item and not of many.
    """
    found: list[Sent] = []
    size, since = 0, time.monotonic()
    for number, (data, name, beside) in enumerate(items):
        for piece in pieces_of(read, data, name, beside):
            found.append((number, piece))
            size += _weight(piece)
            if size > _SEND_BYTES or time.monotonic() - since > _SEND_SECONDS:
                yield found
                found, size, since = [], 0, time.monotonic()
        found.append((number, None))
    yield found


def pieces_of(read: Read, data: bytes, name: str, beside: Mapping[str, bytes] | None = None) -> Iterator[Piece]:
    """What ``read`` gives for one item; a file that cannot be read is a piece with a problem."""
    try:
        given = read_members(data, name, companion=beside.get) if beside else read(data, name)
        members = [Member(file_name=name, reading=given)] if isinstance(given, Reading) else given
        for member in members:
            yield _piece(member, data)
    except BriefingError as error:
        yield Piece(None, name, problem=str(error))


def _piece(member: Member, data: bytes) -> Piece:
    if member.reading is None:
        return Piece(member.name, member.file_name, member.data, problem=member.problem)
    own = data if member.data is None else member.data
    prepared = prepare(own, member.reading, member.file_name, _lexicon())
    bare = replace(member.reading, text="", blocks=(), pages=(), warnings=())
    return Piece(member.name, member.file_name, member.data, bare, prepared)


@functools.cache
def _lexicon() -> Lexicon:
    """The words that this process has met."""
    return Lexicon()


def _weight(piece: Piece) -> int:
    words = len(piece.prepared.forms.words) * 3 if piece.prepared and piece.prepared.forms else 0
    return 500 + len(piece.data or b"") + words


def warm_up() -> None:
    """Load what reading needs, so that the first file does not wait for it."""
    from briefing_app.readers.language import detect_language

    detect_language("The first words that a worker meets are these, and nobody will ever read them again.")
