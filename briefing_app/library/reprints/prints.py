"""The fingerprints of a library's texts on the drive: which sources have a print, found for thousands at once.

They are derived: everything here can be made again from the sources, and deleting it loses nothing that was said.
A print and the number of a source that has it are one 64-bit key. Keys lie sorted in a few files, each several times
as long as the next; a full set of short ones is merged into a long one, so that adding costs the same in a large
library as in a small one, and nothing is read whole.
"""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from briefing_app.library.reprints.shingles import Prints

Keys = NDArray[np.uint64]
Numbers = NDArray[np.int64]

_SHIFT = np.uint64(32)
_LOW = np.uint64(0xFFFFFFFF)
_FANOUT = 6  # files of about one length that are merged into one
_SLICES = 64  # parts in which a merge is done, so that it holds little of it at a time
_LIST = "files.json"


class PrintsDamaged(Exception):
    """The files are not what their list says: make them again. Never shown to the analyst."""


class PrintStore:
    """The files in one folder. One process writes them; they are seen as they were when it was opened or written."""

    def __init__(self, folder: Path) -> None:
        """Open the files in ``folder``, or begin there. Raises PrintsDamaged."""
        self._folder = folder
        self._runs: list[tuple[str, Keys]] = []
        self._next = 1
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / _LIST
        if path.exists():
            try:
                listed = json.loads(path.read_text("utf-8"))
                self._next = int(listed["next"])
                self._runs = [(name, _opened(folder / name, int(count))) for name, count in listed["files"]]
            except (OSError, ValueError, KeyError, TypeError) as error:
                raise PrintsDamaged(str(error)) from error
        self._remove_strangers()

    def __len__(self) -> int:
        """How many pairs of a print and a source there are."""
        return sum(len(keys) for _, keys in self._runs)

    def find(self, prints: Prints) -> tuple[NDArray[np.int64], Numbers]:
        """Every source that has one of ``prints`` (sorted, each once): places in ``prints``, and numbers of sources."""
        low = prints.astype(np.uint64) << _SHIFT
        high = low | _LOW
        places, numbers = [np.zeros(0, dtype=np.int64)], [np.zeros(0, dtype=np.int64)]
        for _, keys in self._runs:
            starts, ends = np.searchsorted(keys, low), np.searchsorted(keys, high, side="right")
            counts = ends - starts
            held = np.flatnonzero(counts)
            if len(held):
                places.append(np.repeat(held, counts[held]))
                at = np.concatenate([np.arange(starts[one], ends[one]) for one in held])
                numbers.append((keys[at] & _LOW).astype(np.int64))
        return np.concatenate(places), np.concatenate(numbers)

    def add(self, keys: Keys) -> None:
        """Keep keys (see ``key_of``), in whole or not at all."""
        if not len(keys):
            return
        self._runs.append(self._written(iter([_in_order(keys)])))
        while (first := self._to_merge()) is not None:
            merged = self._written(_merged([keys for _, keys in self._runs[first:]]))
            self._runs[first:] = [merged]
        self._save_list()
        self._remove_strangers()

    def _to_merge(self) -> int | None:
        """From which file on the last ones are merged: where a full set of them is about as long as its last."""
        sizes = [len(keys) for _, keys in self._runs]
        if len(sizes) < _FANOUT:
            return None
        tail = sizes[-_FANOUT:]
        return len(sizes) - _FANOUT if tail[0] < _FANOUT * max(tail[1:]) else None

    def _written(self, pieces: Iterator[Keys]) -> tuple[str, Keys]:
        name = f"{self._next:08d}.prints"
        self._next += 1
        path, count = self._folder / name, 0
        with path.open("wb") as file:
            for piece in pieces:
                file.write(piece.astype("<u8", copy=False).tobytes())
                count += len(piece)
            file.flush()
            os.fsync(file.fileno())
        return name, _opened(path, count)

    def _save_list(self) -> None:
        listed = {"next": self._next, "files": [[name, len(keys)] for name, keys in self._runs]}
        draft = self._folder / f"{_LIST}.new"
        with draft.open("w", encoding="utf-8") as file:
            json.dump(listed, file)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(self._folder / _LIST)

    def _remove_strangers(self) -> None:
        """Delete what a merge has replaced, or a killed process left behind; what is still mapped may stay a while."""
        known = {name for name, _ in self._runs}
        for path in self._folder.glob("*.prints"):
            if path.name not in known:
                with contextlib.suppress(OSError):
                    path.unlink()

    def close(self) -> None:
        """Let go of the files."""
        self._runs.clear()


def key_of(prints: Prints, num: int) -> Keys:
    """The keys of a source's prints."""
    return (prints.astype(np.uint64) << _SHIFT) | np.uint64(num)


def _opened(path: Path, count: int) -> Keys:
    if path.stat().st_size != 8 * count:
        raise PrintsDamaged(f"{path.name} is not as long as it was")
    keys: Keys = np.memmap(path, dtype="<u8", mode="r", shape=(count,))
    return keys


def _merged(runs: list[Keys]) -> Iterator[Keys]:
    """The keys of several sorted files in order, each once, slice by slice."""
    edges = [np.uint64((number << 64) // _SLICES) for number in range(1, _SLICES)]
    cuts = [np.concatenate([[0], np.searchsorted(keys, np.array(edges)), [len(keys)]]) for keys in runs]
    for number in range(_SLICES):
        parts = [keys[cut[number] : cut[number + 1]] for keys, cut in zip(runs, cuts, strict=True)]
        yield _in_order(np.concatenate(parts))


def _in_order(keys: Keys) -> Keys:
    """The keys sorted, each once; several times faster than numpy's ``unique``."""
    ordered = np.sort(keys)
    kept: Keys = ordered[np.flatnonzero(ordered[1:] != ordered[:-1])] if len(ordered) else ordered
    return np.append(kept, ordered[-1:])
