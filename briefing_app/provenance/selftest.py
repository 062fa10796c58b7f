"""The self-test of an export: the bytes just written are opened again, by code that did not write them.

Every word of the body must be there in order, every word of each note, every link and, in a PDF, the marking on each
page. An export that fails is not handed over.
"""

from __future__ import annotations

import bisect
import itertools
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable

from briefing_app.errors import ExportError, UnreadableFile
from briefing_app.layout.document import LayoutDocument, TextLine
from briefing_app.layout.words import body_lines, run_text
from briefing_app.model.reading import Reading
from briefing_app.readers.dispatch import read

_DROPPED = re.compile(r"[\s\-\u00ad\u2010\u2011\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]+")
_RIGHT_TO_LEFT = re.compile(r"[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]")
_SHOWN = 5
_NEAR = 64  # folded characters between two words of a line: numbers of notes, lists and headings
_FURNITURE = 600  # folded characters at a page's head before its body goes on


def prove(data: bytes, format: str, document: LayoutDocument, *, missing: Iterable[str] = ()) -> None:
    """Raises ExportError, listing what is not in the file; returns silently where all is.

    ``missing`` are the characters that no font could print and that were replaced on purpose.
    """
    try:
        reading = read(data, f"export.{format}")
    except UnreadableFile as error:
        raise _failed((f"The file cannot be read again: {error.message}",)) from error
    absent = frozenset(missing) if format == "pdf" else frozenset[str]()
    problems = [*_missing_body(reading, document, absent), *_missing_notes(reading, document, absent)]
    lines = [*body_lines(document), *(line for note in document.notes for line in note.lines)]
    problems.extend(_missing_letters(fold(reading.text), lines, absent))
    if format == "pdf":
        problems.extend(_unmarked_pages(reading, document))
    if problems:
        raise _failed(tuple(problems[:_SHOWN]))


def _failed(problems: tuple[str, ...]) -> ExportError:
    return ExportError(
        "The export did not pass its own test, so it was not handed over.",
        "The briefing is unharmed. Export it in the other format, and report this with the passage named here.",
        problems=problems,
    )


def fold(text: str) -> str:
    """``text`` as it is compared: compatibility forms joined; spaces, hyphens and invisible marks dropped."""
    return _DROPPED.sub("", unicodedata.normalize("NFKC", _DROPPED.sub("", text)))


def _missing_body(reading: Reading, document: LayoutDocument, absent: frozenset[str]) -> list[str]:
    have = _Folded(reading)
    problems = []
    position = 0
    for line in body_lines(document):
        words, position = _follow(have, _words(line, absent), position)
        if words:
            problems.append(
                f"Not in the file, or not in its place: “{_start(words)}” of “{_start(run_text(line.runs))}”."
            )
    return problems


def _missing_notes(reading: Reading, document: LayoutDocument, absent: frozenset[str]) -> list[str]:
    have = _Folded(reading)
    problems = []
    for note in document.notes:
        words = [word for line in note.lines for word in _words(line, absent)]
        lost, _ = _follow(have, words, 0)
        if lost:
            problems.append(f"Note {note.number} is not whole in the file: “{_start(lost)}” is missing.")
    return problems


class _Folded:
    """The text of a written file as it is compared, and where its pages begin in it; not the file itself."""

    def __init__(self, reading: Reading) -> None:
        edges = [0, *(page.start for page in reading.pages[1:]), len(reading.text)]
        parts = [fold(reading.text[start:end]) for start, end in itertools.pairwise(edges)]
        self.text = "".join(parts)
        self._starts = list(itertools.accumulate(len(part) for part in parts[:-1]))

    def find(self, word: str, position: int, *, follows: bool) -> int:
        """Where ``word`` ends at or after ``position``, whole or divided between pages; -1 where it is not.

        A word that ``follows`` another in its line is rather divided than far away; a line may begin anywhere.
        """
        found = self.text.find(word, position)
        if found >= 0 and (found <= position + _NEAR or not follows):
            return found + len(word)
        divided = self._find_divided(word, position)
        if divided >= 0:
            return divided
        return found + len(word) if found >= 0 else -1

    def _find_divided(self, word: str, position: int) -> int:
        """The end of a ``word`` that ends of pages divide: notes, foot and head stand between its parts."""
        near = _NEAR
        for head in self._starts[bisect.bisect_right(self._starts, position) :]:
            cut = self._longest_start(word, position, min(head, position + near + len(word)))
            if cut == 0:
                return -1
            word = word[cut:]
            rest = self.text.find(word, head, head + _FURNITURE + len(word))
            if rest >= 0:
                return rest + len(word)
            position, near = head, _FURNITURE
        return -1

    def _longest_start(self, word: str, position: int, end: int) -> int:
        """How much of ``word``, but not all of it, stands between ``position`` and ``end``: a count of characters."""
        lengths = range(min(len(word) - 1, end - position), 0, -1)
        return next((cut for cut in lengths if self.text.find(word[:cut], position, end) >= 0), 0)


def _words(line: TextLine, absent: frozenset[str]) -> list[str]:
    """The line's words, folded; a line with right-to-left text is left to ``_missing_letters``."""
    if _RIGHT_TO_LEFT.search(run_text(line.runs)):
        return []
    words = []
    for word in run_text(line.runs, calls=" ").split():
        folded = fold(word)
        if folded and not absent.intersection(word):
            words.append(folded)
    return words


def _follow(have: _Folded, words: list[str], position: int) -> tuple[str, int]:
    """Find ``words`` in order in ``have`` from ``position``: the first that is not there, and where it ended."""
    for place, word in enumerate(words):
        end = have.find(word, position, follows=place > 0)
        if end < 0:
            return word, position
        position = end
    return "", position


def _missing_letters(have: str, lines: Iterable[TextLine], absent: frozenset[str]) -> list[str]:
    """Right-to-left text is compared letter by letter: readers of a PDF disagree about its order."""
    letters: Counter[str] = Counter()
    for line in lines:
        text = run_text(line.runs)
        if _RIGHT_TO_LEFT.search(text):
            letters.update(char for char in fold(text) if char not in absent)
    lost = letters - Counter(have) if letters else Counter[str]()
    if not lost:
        return []
    shown = ", ".join(f"“{char}”" for char in list(lost)[:8])
    return [f"{sum(lost.values())} characters of right-to-left passages are not in the file: {shown}."]


def _unmarked_pages(reading: Reading, document: LayoutDocument) -> list[str]:
    if document.banner is None:
        return []
    wanted = fold(document.banner.text)
    return [
        f"Page {span.number} does not carry the marking {document.banner.text} at its head and its foot."
        for span in reading.pages
        if fold(reading.text[span.start : span.end]).count(wanted) < 2
    ]


def _start(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= 48 else f"{text[:48]} …"
