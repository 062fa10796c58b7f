"""The part of the library that reads its sources again, and keeps every version of their texts."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Generator, Iterable

from briefing_app.library.importing.control import Control
from briefing_app.library.search.searching import Searching
from briefing_app.library.store import states
from briefing_app.library.versions.reread import ReadAgainReport
from briefing_app.library.versions.rereading import Chosen, Rereader
from briefing_app.readers import versions
from briefing_app.work.progress import Progress


class Rereading(Searching):
    """Reads sources again from their kept bytes with the readers of this program. It brings no source in."""

    def read_again(
        self,
        ids: Iterable[str] | None = None,
        *,
        ocr: bool = False,
        workers: bool = True,
        control: Control | None = None,
    ) -> Generator[Progress, None, ReadAgainReport]:
        """Read these sources again, or without ``ids`` every one that an older version of its reader has read.

        A text that differs becomes a new version and is in force; the old one stays (``versions``). The same text keeps
        its version and gets the new reader's name, blocks and pages. Fields as read are replaced by the same kind of
        reader only, and only where it has a value; those that a reference gave to its file are kept; corrections stay
        on top. What fails is reported and changes nothing.

        With ``ocr`` sources without text (those of ``ids``, or all) are read by text recognition instead. Raises
        BriefingError for an unknown id, and where Tesseract, which that needs, is not installed.
        """
        control = control or Control()
        with self._store.reading() as connection:
            chosen = _chosen(connection, None if ids is None else list(ids), ocr=ocr)
        return self._read_again(chosen, control, ocr=ocr, workers=workers)

    def _read_again(
        self, chosen: list[Chosen], control: Control, *, ocr: bool, workers: bool
    ) -> Generator[Progress, None, ReadAgainReport]:
        rereader = Rereader(self._store, self._originals, control)
        try:
            if ocr:
                from briefing_app.library.versions import recognising  # loads what draws pages

                recognising.check_installed()
                report = yield from recognising.recognise_all(rereader, chosen, workers=workers)
            else:
                report = yield from rereader.run(chosen, workers=workers)
        finally:
            if not self._store.is_closed:
                for _ in self._indexer.catch_up():
                    pass
        return report

    def with_older_reader(self) -> int:
        """How many sources were read by an older version of their reader than this program has."""
        with self._store.reading() as connection:
            return len(_chosen(connection, None, ocr=False))


_COLUMNS = "num, id, title, reader, sha256, file_name, member, path, language, media_type, no_text"


def _chosen(connection: sqlite3.Connection, ids: list[str] | None, *, ocr: bool) -> list[Chosen]:
    """The sources to be read again. Raises BriefingError for an unknown id."""
    if ids is not None:
        where, values = "num IN (SELECT value FROM json_each(?))", json.dumps(states.numbers(connection, ids))
    elif ocr:
        where, values = "no_text AND (media_type = ? OR media_type LIKE 'image/%')", "application/pdf"
    else:
        readers = [row[0] for row in connection.execute("SELECT DISTINCT reader FROM source")]
        older = [one for one in readers if versions.is_older(one) and not one.startswith("ocr-")]
        where, values = "reader IN (SELECT value FROM json_each(?))", json.dumps(older)
    rows = connection.execute(f"SELECT {_COLUMNS} FROM source WHERE {where} ORDER BY num", (values,))
    return [Chosen(*row) for row in rows]
