"""The search index: Tantivy, derived from the database, holding no text of its own.

Everything in it can be made again from the sources. Its words come folded and stemmed from `words`, joined by
spaces, so that its own analysis does nothing.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
import threading
import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import tantivy

from briefing_app.library.words.folding import base_language, fold_phrase, folded_words
from briefing_app.library.words.lexicon import Forms, Lexicon

FORMAT = "5"  # changes whenever fields or words change, so that older indexes are made again
_HEAP = 48 << 20  # bytes of memory in which new documents are gathered
LATEST = 99991231_2359
NO_GRADE = "-"
_NO_BEGINNING = "\u2e80"  # from here on characters are words of their own
BEGINNING = 3  # letters up to which the beginning of a word is a word of its own in the index


class IndexDamaged(Exception):
    """The index is missing, unreadable or of another format: make it again. Never shown to the analyst."""


_SIGNS = ("corrupt", "io error", "ioerror", "does not exist", "openread", "footer", "checksum")


@contextlib.contextmanager
def damage_noticed(*, always: bool = False) -> Iterator[None]:
    """Turn the engine's errors and panics over a broken file into IndexDamaged; with ``always`` any of its errors."""
    try:
        yield
    except OSError as error:
        raise IndexDamaged(str(error)) from error
    except ValueError as error:
        if always or any(sign in str(error).lower() for sign in _SIGNS):
            raise IndexDamaged(str(error)) from error
        raise
    except BaseException as error:
        if type(error).__module__ == "pyo3_runtime":  # a panic of the engine, which is no Exception
            raise IndexDamaged(str(error)) from error
        raise


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What the index is told about one source.

    ``added`` is a minute (YYYYMMDDhhmm, UTC). ``grade`` is the source's own, empty where it has none: its outlet's is
    looked up when it is asked for. ``group`` is the number of the origin of its group of reprints, or its own.
    ``forms`` are the words of title and text where they were made already; then ``text`` is not needed.
    """

    num: int
    title: str
    title_key: str
    text: str
    authors: tuple[str, ...]
    outlet: str
    language: str
    published: str
    added: int
    kind: str
    grade: str
    marking: str
    group: int
    flags: tuple[str, ...]
    tags: tuple[str, ...]
    collections: tuple[int, ...]
    forms: Forms | None = None


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_integer_field("num", indexed=True, fast=True)  # deletion by term misses unsigned numbers
    builder.add_text_field("body", tokenizer_name="whitespace", index_option="position")
    builder.add_text_field("title", tokenizer_name="whitespace", index_option="position")
    builder.add_text_field("stem", tokenizer_name="whitespace", index_option="freq")
    builder.add_text_field("title_stem", tokenizer_name="whitespace", index_option="freq")
    builder.add_text_field("beginning", tokenizer_name="whitespace", index_option="freq")
    for name in ("author", "outlet_words", "marking"):
        builder.add_text_field(name, tokenizer_name="whitespace", index_option="position")
    for name in ("outlet", "language", "flag"):
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic")
    for name in ("tag", "outlet_name", "spoken", "kind", "grade", "collection", "title_key"):  # to count or sort by
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic", fast=True)
    for name in ("first", "last", "added"):
        builder.add_integer_field(name, indexed=True, fast=True)
    for name in ("year", "group"):
        builder.add_integer_field(name, fast=True)
    return builder.build()


def date_bounds(published: str) -> tuple[int, int]:
    """The first and the last minute that a partial date may mean, as YYYYMMDDhhmm; (0, 0) where unknown."""
    if not published:
        return 0, 0
    digits = published[:16].replace("-", "").replace("T", "").replace(":", "")
    try:
        return int(digits.ljust(12, "0")), int(digits + "999912312359"[len(digits) :])
    except ValueError:
        return 0, 0


def new_generation() -> str:
    """A name for an index that is made anew; it begins with the format."""
    return f"{FORMAT}-{uuid.uuid4().hex[:12]}"


class Index:
    """One generation of the index of a library. It may be used from several threads; one process writes."""

    def __init__(self, root: Path, generation: str, *, create: bool = False) -> None:
        """Open ``root/generation``, or make it. Raises IndexDamaged."""
        self.generation = generation
        self._path = root / generation
        self._lock = threading.RLock()
        self._writer: tantivy.IndexWriter | None = None
        self._lexicon = Lexicon()
        self._mirror: tempfile.TemporaryDirectory[str] | None = None
        self.schema = _schema()
        if not generation.startswith(f"{FORMAT}-"):
            raise IndexDamaged(f"unknown format: {generation}")
        with damage_noticed(always=True):
            if create:
                self._path.mkdir(parents=True)
                self._index = tantivy.Index(self.schema, path=str(self._path))
            else:
                self._index = tantivy.Index.open(str(self._readable()))
            self._index.config_reader("manual")
            self._index.reload()
            self.searcher = self._index.searcher()

    def _readable(self) -> Path:
        """The folder to open: where the own one is read-only, which the engine does not bear, links to its files."""
        if os.access(self._path, os.W_OK) or not self._path.is_dir():
            return self._path
        self._mirror = tempfile.TemporaryDirectory(prefix="briefing-index-")
        _mirror(self._path, Path(self._mirror.name))
        return Path(self._mirror.name)

    def refresh(self) -> None:
        """See what was committed last, here or in another process. Raises IndexDamaged."""
        with damage_noticed(always=True):
            if self._mirror is not None:
                _mirror(self._path, Path(self._mirror.name))
            self._index.reload()
            self.searcher = self._index.searcher()

    def write(self, entries: Iterable[Entry], removed: Iterable[int]) -> None:
        """Put entries in, each in place of what was there for its number, and take others out; then commit."""
        with self._lock:
            try:
                with damage_noticed(always=True):
                    self._write(entries, removed)
            except IndexDamaged:
                self._writer = None
                raise
            self.refresh()

    def _write(self, entries: Iterable[Entry], removed: Iterable[int]) -> None:
        if self._writer is None:
            self._writer = self._index.writer(_HEAP, 1)
        for num in removed:
            self._writer.delete_documents_by_term("num", num)
        for entry in entries:
            self._writer.delete_documents_by_term("num", entry.num)
            self._writer.add_document(_document(entry, self._lexicon))
        self._writer.commit()

    def close(self) -> None:
        """Let merges end and give the writer back. May be called twice."""
        with self._lock:
            if self._writer is not None:
                with contextlib.suppress(ValueError, OSError):
                    self._writer.wait_merging_threads()
                self._writer = None
            if self._mirror is not None:
                self._mirror.cleanup()
                self._mirror = None


def _mirror(folder: Path, mirror: Path) -> None:
    """Make every file of ``folder`` that ``mirror`` lacks appear there: linked, or copied where links are refused."""
    for file in folder.iterdir():
        link = mirror / file.name
        if file.suffix == ".lock" or link.exists():
            continue
        try:
            link.symlink_to(file.absolute())
        except OSError:
            shutil.copyfile(file, link)


def remove_others(root: Path, generation: str) -> None:
    """Delete the generations that are no longer used; what another process still reads may stay a while."""
    if root.is_dir():
        for folder in root.iterdir():
            if folder.name != generation:
                shutil.rmtree(folder, ignore_errors=True)


def _document(entry: Entry, lexicon: Lexicon) -> tantivy.Document:
    document = tantivy.Document()
    fill: Any = document
    forms = entry.forms or lexicon.of_source(entry.title, entry.text, entry.language)
    fill.add_integer("num", entry.num)
    fill.add_text("body", forms.words)
    fill.add_text("title", forms.title_words)
    fill.add_text("title_stem", forms.title_stems)
    fill.add_text("stem", f"{forms.title_stems} {forms.stems}")
    fill.add_text("beginning", " ".join(_beginnings(forms.words, forms.title_words)))
    fill.add_text("outlet_words", " ".join(folded_words(entry.outlet)))
    for author in entry.authors:
        fill.add_text("author", " ".join(folded_words(author)))
    fill.add_text("marking", " ".join(folded_words(entry.marking)))
    fill.add_text("title_key", entry.title_key)
    _fill_filters(fill, entry)
    return document


def has_beginning(word: str) -> bool:
    """False for characters that are words of their own, as Chinese ones are."""
    return word < _NO_BEGINNING


def _beginnings(*texts: str) -> set[str]:
    """The beginnings of words, each once, by which a short prefix is found without all the words that have it."""
    words = {word for text in texts for word in set(text.split())}
    longest = {word[:BEGINNING] for word in words if word < _NO_BEGINNING}
    return longest.union(*({word[:length] for word in longest} for length in range(1, BEGINNING)))


def _fill_filters(fill: Any, entry: Entry) -> None:
    fill.add_text("outlet", fold_phrase(entry.outlet))
    fill.add_text("kind", entry.kind)
    fill.add_text("grade", entry.grade or NO_GRADE)
    for name, value in (("outlet_name", entry.outlet), ("spoken", entry.language)):
        if value:
            fill.add_text(name, value)
    for code in {entry.language.casefold(), base_language(entry.language)}:
        fill.add_text("language", code)
    for tag in entry.tags:
        fill.add_text("tag", fold_phrase(tag))
    for flag in entry.flags:
        fill.add_text("flag", flag)
    for collection in entry.collections:
        fill.add_text("collection", str(collection))
    fill.add_integer("added", entry.added)
    fill.add_integer("group", entry.group)
    first, last = date_bounds(entry.published)
    if first:  # without one a source passes no filter by date and stands last in both orders
        fill.add_integer("first", first)
        fill.add_integer("last", last)
        fill.add_integer("year", first // 100_000_000)
