"""One source of a library, read: its fields, text, pages, bytes, quotations and excerpts."""

from __future__ import annotations

import json
from sqlite3 import Connection
from typing import Any

from briefing_app.library.store import catalogue, readings
from briefing_app.library.store.originals import Originals
from briefing_app.library.store.readings import TextVersion
from briefing_app.library.store.store import Store
from briefing_app.library.words import quotes
from briefing_app.model.excerpt import Excerpt, take_excerpt
from briefing_app.model.reading import PageSpan, TextBlock
from briefing_app.model.source import Source


class SourceReading:
    """The part of the library that gives out single sources. It changes nothing and searches nothing.

    Every method raises BriefingError for an unknown id.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._originals = Originals(store.folder)

    def source(self, id: str) -> Source:
        """The fields in force: as read, with the corrections laid over them."""
        with self._store.reading() as connection:
            return catalogue.get(connection, id)

    def text(self, id: str, version: int | None = None) -> str:
        """The extracted text, whose code points all ranges count: the one in force, or another version of it.

        Raises BriefingError, as the two methods below do, where there is no such version.
        """
        with self._store.reading() as connection:
            return catalogue.text_of(connection, self._version(connection, id, version), version)

    def pages(self, id: str, version: int | None = None) -> tuple[PageSpan, ...]:
        with self._store.reading() as connection:
            return catalogue.pages_of(connection, self._version(connection, id, version), version)

    def blocks(self, id: str, version: int | None = None) -> tuple[TextBlock, ...]:
        with self._store.reading() as connection:
            return catalogue.blocks_of(connection, self._version(connection, id, version), version)

    def versions(self, id: str) -> tuple[TextVersion, ...]:
        """The versions of the text, the oldest first: each reading by a newer reader that differed is one."""
        with self._store.reading() as connection:
            return readings.versions_of(connection, catalogue.number(connection, id))

    @staticmethod
    def _version(connection: Connection, id: str, version: int | None) -> int:
        """The number of a source that has this version of its text."""
        num = catalogue.number(connection, id)
        if version is not None:
            readings.check_version(connection, num, version)
        return num

    def warnings(self, id: str) -> tuple[str, ...]:
        """What the reader left out or could not be sure of, as sentences."""
        with self._store.reading() as connection:
            return catalogue.warnings_of(connection, catalogue.number(connection, id))

    def original(self, id: str) -> bytes:
        """The bytes as they were imported. Raises StorageError where they are missing or were changed."""
        with self._store.reading() as connection:
            return self._originals.get(connection, catalogue.get(connection, id).sha256)

    def tags(self, id: str) -> tuple[str, ...]:
        with self._store.reading() as connection:
            return catalogue.tags_of(connection, catalogue.number(connection, id))

    def as_read(self, id: str) -> dict[str, Any]:
        """The fields as the file gave them, whatever the analyst has corrected since."""
        return self._fields_json(id, "as_read")

    def corrections(self, id: str) -> dict[str, Any]:
        """The fields that the analyst has set."""
        return self._fields_json(id, "corrected")

    def _fields_json(self, id: str, column: str) -> dict[str, Any]:
        with self._store.reading() as connection:
            num = catalogue.number(connection, id)
            row = connection.execute(f"SELECT {column} FROM source WHERE num = ?", (num,)).fetchone()
        values: dict[str, Any] = json.loads(row[0])
        return values

    def find_quote(self, source_id: str, quote: str) -> tuple[int, int]:
        """The range of a quotation; only the amount of white space may differ. Raises NotVerbatim."""
        source = self.source(source_id)
        return quotes.find(self.text(source_id), quote, f"source {source_id} (“{source.display_title}”)")

    def excerpt(self, source_id: str, start: int, end: int, *, id: str) -> Excerpt:
        """Cut an excerpt out of a source's text. Raises BriefingError where the range is no passage of it."""
        source = self.source(source_id)
        return take_excerpt(
            id=id,
            source_id=source_id,
            text=self.text(source_id),
            start=start,
            end=end,
            text_sha256=source.text_sha256,
            pages=self.pages(source_id),
            language=source.language,
        )
