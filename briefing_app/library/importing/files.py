"""The files of an import, opened one after another: what has to be read of each, and what need not be."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from briefing_app.errors import StorageError
from briefing_app.readers.companions import companions
from briefing_app.readers.splitting import LINES, split

LARGEST = 512 << 20  # bytes of a file that is read; larger ones are no articles
_CUT_FROM = 8 << 20  # bytes from which a mailbox or file of articles is cut here and not in a worker


@dataclass(frozen=True, slots=True)
class Item:
    """A file, or the part ``member`` of a large one, whose bytes are to be read; ``number`` is the file's.

    ``beside`` has the bytes of the files that a list of references names, by the paths under which it names them.
    """

    number: int
    path: Path
    member: str | None
    file_name: str
    data: bytes = field(repr=False)
    sha256: str = ""
    beside: dict[str, bytes] = field(default_factory=dict, repr=False)


@dataclass(frozen=True, slots=True)
class Refused:
    """A file or part that is not read at all, and why."""

    number: int
    path: Path
    member: str | None
    reason: str


@dataclass(frozen=True, slots=True)
class Claimed:
    """A file that belongs to another one, ``by``, and was read with it."""

    number: int
    path: Path
    by: Path


@dataclass(frozen=True, slots=True)
class Known:
    """An item whose bytes are in the library as the source ``id``, and can have nothing else in them."""

    item: Item
    id: str


Opened = Item | Refused | Known | Claimed
KnownWhole = Callable[[str, str | None], str | None]  # by hash and member, the id of the source


@dataclass(frozen=True, slots=True)
class FilesEnd:
    """No more comes of the file with this number."""

    number: int


class Files:
    """Opens files for an import. It reads bytes and cuts large files; what they mean is the readers' to say.

    ``failed_before`` has the reasons of items that are not to be tried again, by hash and member. Lists of references
    (``may_have_companions``) must come before the files that they may name.
    """

    def __init__(self, known: KnownWhole, failed_before: Mapping[tuple[str, str | None], str]) -> None:
        self._known = known
        self._failed_before = failed_before
        self._claimed: dict[Path, Path] = {}

    def opened(self, paths: Iterable[tuple[int, Path]], roots: Iterable[Path]) -> Iterator[Opened | FilesEnd]:
        """What is in each file, and then its end. Raises StorageError where the folder of the import has gone."""
        roots = list(roots)
        for number, path in paths:
            try:
                yield from self._items(number, path)
            except OSError as error:
                self._stop_if_gone(path, roots)
                yield Refused(number, path, None, _why(error))
            yield FilesEnd(number)

    def of_bytes(self, item: Item) -> Iterator[Opened]:
        """The item, unless its bytes are in the library or need not be tried again."""
        sha256 = hashlib.sha256(item.data).hexdigest()
        item = replace(item, sha256=sha256)
        reason = self._failed_before.get((sha256, item.member))
        if reason is not None:
            yield Refused(item.number, item.path, item.member, reason)
            return
        id = self._known(sha256, item.member)
        yield item if id is None or item.beside else Known(item, id)

    def _items(self, number: int, path: Path) -> Iterator[Opened]:
        if path in self._claimed:
            yield Claimed(number, path, self._claimed[path])
            return
        with path.open("rb", buffering=0) as file:
            size = os.fstat(file.fileno()).st_size
            if size > _CUT_FROM or path.suffix.lower() in LINES:
                with path.open("rb") as stream:
                    parts = split(stream, path.name)
                    if parts is not None:
                        for part in parts:
                            if part.problem:
                                yield Refused(number, path, part.name, part.problem)
                            else:
                                yield from self.of_bytes(Item(number, path, part.name, part.file_name, part.data))
                        return
            if size > LARGEST:
                reason = f"It is larger than {LARGEST >> 20} MB, which is more than a source can be."
                yield Refused(number, path, None, reason)
                return
            data = file.readall()
        if data:
            yield from self.of_bytes(Item(number, path, None, path.name, data, beside=self._beside(path, data)))
        else:
            yield Refused(number, path, None, "The file is empty.")

    def _beside(self, path: Path, data: bytes) -> dict[str, bytes]:
        """The files that a list of references names; they are no sources of their own."""
        found: dict[str, bytes] = {}
        size = 0
        for name in companions(data, path.name):
            file = path.parent / name
            try:
                size += file.stat().st_size
                if size > LARGEST:
                    break
                found[name] = file.read_bytes()
            except (OSError, ValueError):
                continue
            self._claimed.setdefault(file, path)
        return found

    @staticmethod
    def _stop_if_gone(path: Path, roots: list[Path]) -> None:
        root = next((root for root in roots if root == path or root in path.parents), None)
        if root is None or root == path:
            return
        try:
            root.stat()
        except OSError as error:
            raise StorageError(
                f"The folder {root} that is being imported can no longer be reached.",
                "What was read until then is in the library. Connect its drive again, then resume the import.",
            ) from error


def _why(error: OSError) -> str:
    if isinstance(error, PermissionError):
        return "It may not be read: ask for the right to read it."
    if isinstance(error, FileNotFoundError):
        return "It is no longer there: it was moved or deleted while the import went on."
    return f"It cannot be read ({error.strerror or error})."
