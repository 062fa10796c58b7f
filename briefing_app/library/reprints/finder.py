"""The job that finds reprints: source after source it compares texts that share prints, and places them in groups.

It goes behind the import, in small steps: what a step found is kept, and the next run goes on from there. The library
keeps the groups; what is kept beside it, in the folder ``reprints``, is derived and made again where it is missing.
"""

from __future__ import annotations

import shutil
import sqlite3
from collections import Counter
from collections.abc import Collection, Generator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from briefing_app.errors import StorageError
from briefing_app.library.reprints.links import Links
from briefing_app.library.reprints.overlap import Overlap
from briefing_app.library.reprints.placing import MOSTLY, Placing
from briefing_app.library.reprints.prints import Keys, Numbers, PrintsDamaged, PrintStore, key_of
from briefing_app.library.reprints.shingles import SHORT, Shingled
from briefing_app.library.reprints.texts import COMMON, Known, Texts, standing_prints
from briefing_app.library.store import catalogue, kinship
from briefing_app.library.store.faults import told_plainly
from briefing_app.library.store.store import Store, get_number
from briefing_app.work.progress import Progress

FOLDER = "reprints"
FORMAT = "1"  # changes whenever prints or what is remembered change, so that older ones are made again
BATCH = 200  # sources in one step
_FEWEST = 3  # prints in common from which two texts are compared; two for short ones
_MOST = 8  # texts that one is compared with
_NOBODY: list[int] = []


@dataclass(slots=True)
class _Step:
    """What one step looks at, and what it has found so far. ``same`` are sources with the text that they had."""

    last: int
    hashes: dict[int, str]
    same: list[int]
    gone: list[int]
    outlets: dict[int, str]
    texts: dict[int, str]
    passed: int
    keys: list[Keys] = field(default_factory=list)
    fresh: dict[int, list[int]] = field(default_factory=dict)
    found: dict[int, dict[int, Overlap]] = field(default_factory=dict)
    changed: int = 0


class Finder:
    """One run over the sources that were not looked at yet. It is used once, by one thread."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._folder = store.folder / FOLDER / FORMAT
        self._links: Links
        self._prints: PrintStore
        self._texts: Texts
        self._regrouped = 0

    def run(self) -> Generator[Progress, None, int]:
        """Look at every source that is new or has another text. Gives how many sources have another origin now.

        Closing it early loses at most one step. Raises StorageError.
        """
        with told_plainly(self._store.folder):
            self._links, self._prints = self._opened()
        try:
            self._texts = Texts(self._store.reader, self._prints)
            yield from self._steps()
            return self._regrouped
        finally:
            self._links.close()
            self._prints.close()

    def _opened(self) -> tuple[Links, PrintStore]:
        """What was remembered, begun anew where that is missing, damaged or of another format."""
        for entry in self._folder.parent.glob("*"):
            if entry.name != FORMAT:
                shutil.rmtree(entry, ignore_errors=True)
        for attempt in (1, 2):
            links: Links | None = None
            try:
                self._folder.mkdir(parents=True, exist_ok=True)
                links = Links(self._folder / "links.sqlite", write=True)
                prints = PrintStore(self._folder)
                if not links.after() or len(prints):
                    return links, prints
                raise PrintsDamaged("the prints are missing")
            except (sqlite3.DatabaseError, PrintsDamaged) as error:
                if links is not None:
                    links.close()
                if attempt == 2 or (isinstance(error, sqlite3.OperationalError) and "readonly" in str(error)):
                    raise StorageError(
                        f"What is known of reprints in the library {self._store.folder} cannot be kept ({error}).",
                        "The sources are safe. Check that the drive has space and may be written.",
                    ) from error
                shutil.rmtree(self._folder, ignore_errors=True)
        raise AssertionError("unreachable")

    def _steps(self) -> Generator[Progress, None, None]:
        total, done = self._waiting(), 0
        while True:
            with told_plainly(self._store.folder):
                step = self._next_step()
                if step is None:
                    return
                self._look(step)
                again = self._place(step)
                self._prints.add(np.concatenate([np.zeros(0, dtype=np.uint64), *step.keys]))
                self._links.keep(step.last, step.hashes, step.gone, step.found, again)
            self._regrouped += step.changed
            done += step.passed
            total = max(total, done)
            yield Progress(done, total, "Looking for reprints")

    def _waiting(self) -> int:
        with self._store.reading() as connection:
            row = connection.execute("SELECT count(*) FROM source WHERE change > ?", (self._links.after(),)).fetchone()
        return int(row[0]) + self._links.count_again()

    # --- what comes next ----------------------------------------------------------------------------------------

    def _next_step(self) -> _Step | None:
        again = self._links.again(BATCH)
        after = self._links.after()
        with self._store.reading() as connection:
            if again:
                return self._step(connection, after, again, [], len(again), afresh=True)
            if after >= get_number(connection, "change"):
                return None
            rows = connection.execute(
                "SELECT change, num, 0 FROM source WHERE change > ?1"
                " UNION ALL SELECT change, num, 1 FROM removed WHERE change > ?1 ORDER BY 1 LIMIT ?2",
                (after, BATCH),
            ).fetchall()
            if not rows:
                return None
            nums = [num for _, num, gone in rows if not gone]
            removed = [num for _, num, gone in rows if gone]
            return self._step(connection, rows[-1][0], nums, removed, len(nums), afresh=False)

    def _step(
        self, connection: sqlite3.Connection, last: int, nums: list[int], gone: list[int], passed: int, *, afresh: bool
    ) -> _Step:
        rows = connection.execute(
            "SELECT num, text_sha256, outlet FROM source WHERE num IN (SELECT value FROM json_each(?))",
            (str(nums),),
        ).fetchall()
        present = {num: sha256[:16] for num, sha256, _ in rows}
        known = {} if afresh else self._links.looked(present)
        hashes = {num: sha256 for num, sha256 in present.items() if known.get(num) != sha256}
        texts = catalogue.texts_of(connection, hashes)
        same = [num for num in present if num not in hashes]
        missing = [num for num in nums if num not in present]
        outlets = {num: outlet for num, _, outlet in rows}
        return _Step(last, dict(sorted(hashes.items())), same, [*gone, *missing], outlets, texts, passed)

    # --- looking ------------------------------------------------------------------------------------------------

    def _look(self, step: _Step) -> None:
        """Compare each text of the step with those that share prints with it."""
        for num in (*step.gone, *step.hashes):
            self._texts.forget(num)
        shingled = {num: self._texts.shingled(step.texts.get(num, "")) for num in step.hashes}
        everything = np.unique(np.concatenate([np.zeros(0, np.uint32), *(text.prints for text in shingled.values())]))
        places, numbers = self._prints.find(everything)
        order = np.argsort(places, kind="stable")
        places, numbers = places[order], numbers[order]
        for num, text in shingled.items():
            own = np.searchsorted(everything, text.prints)
            starts, ends = np.searchsorted(places, own), np.searchsorted(places, own, side="right")
            self._look_at(step, num, text, starts, ends, numbers)

    def _look_at(
        self,
        step: _Step,
        num: int,
        text: Shingled,
        starts: NDArray[np.int64],
        ends: NDArray[np.int64],
        numbers: Numbers,
    ) -> None:
        prints = text.prints.tolist()
        holders = [step.fresh.get(one, _NOBODY) for one in prints]
        for place in np.flatnonzero(ends > starts).tolist():
            holders[place] = holders[place] + numbers[starts[place] : ends[place]].tolist()
        counts = np.array([len(held) for held in holders], dtype=np.int64)
        self._texts.put(num, Known(text, step.outlets[num], standing_prints(text.prints, counts)))
        shared = Counter(other for held in holders if len(held) < COMMON for other in held)
        shared.pop(num, None)
        found = self._compared(num, text, shared)
        if found:
            step.found[num] = found
        # what a source that is mostly the same story stands for already needs no second entry
        known = {num, *(other for other, own in found.items() if own.other >= MOSTLY)}
        keep = [place for place, held in enumerate(holders) if not held or self._is_new(held, known)]
        for place in keep:
            step.fresh.setdefault(prints[place], []).append(num)
        step.keys.append(key_of(text.prints[keep], num))

    @staticmethod
    def _is_new(holders: list[int], known: set[int]) -> bool:
        return len(holders) < COMMON and known.isdisjoint(holders)

    def _compared(self, num: int, text: Shingled, shared: Counter[int]) -> dict[int, Overlap]:
        """The sources that overlap with ``num``, of those that share the most prints with it."""
        fewest = 2 if text.size < SHORT else _FEWEST
        likely = [other for other, count in shared.most_common(_MOST) if count >= fewest]
        return self._overlaps(num, likely)

    def _overlaps(self, num: int, others: Collection[int]) -> dict[int, Overlap]:
        found = {other: self._texts.overlap(num, other) for other in others}
        return {other: own for other, own in found.items() if own.share}

    # --- placing ------------------------------------------------------------------------------------------------

    def _place(self, step: _Step) -> set[int]:
        """Put what was found into groups, in one short transaction. Gives what is to be looked at again."""
        changed_texts = {
            other for num in self._links.looked(step.hashes) for other in self._links.overlaps(num)
        } - step.hashes.keys()
        if not step.found and not changed_texts and not self._grouped(step):
            return set()
        with self._store.transaction() as connection:
            placing = Placing(connection, self._texts.overlap)
            for num in step.hashes:
                overlaps = step.found.get(num, {})
                origin = self._origin(connection, num)
                if origin is None or (not overlaps and origin == num):
                    continue
                if origin != num and origin not in overlaps:
                    overlaps = {**overlaps, **self._overlaps(num, [origin])}
                placing.place(num, self._present(connection, overlaps))
            for origin in {kinship.origin_of(connection, num) for num in step.same}:  # dates may have been corrected
                placing.changed += kinship.regroup(connection, kinship.group_of(connection, origin))
            step.changed = placing.changed
        return placing.again | changed_texts

    def _grouped(self, step: _Step) -> bool:
        with self._store.reading() as connection:
            nums = [*step.hashes, *step.same]
            return any(len(kinship.group_of(connection, num)) > 1 for num in nums)

    @staticmethod
    def _origin(connection: sqlite3.Connection, num: int) -> int | None:
        row = connection.execute("SELECT ifnull(origin, num) FROM source WHERE num = ?", (num,)).fetchone()
        return None if row is None else int(row[0])

    @staticmethod
    def _present(connection: sqlite3.Connection, overlaps: dict[int, Overlap]) -> dict[int, Overlap]:
        """Those of the sources that are there still."""
        there = kinship.ages(connection, overlaps)
        return {num: own for num, own in overlaps.items() if num in there}


def remembered_overlaps(folder: Path, num: int) -> dict[int, Overlap]:
    """What was found to overlap with a source of the library in ``folder``; empty where nothing is remembered."""
    try:
        links = Links(folder / FOLDER / FORMAT / "links.sqlite", write=False)
    except sqlite3.Error:
        return {}
    try:
        return links.overlaps(num)
    except sqlite3.Error:
        return {}
    finally:
        links.close()
