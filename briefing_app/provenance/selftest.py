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
from collections.abc import Iterable, Iterator

from briefing_app.errors import ExportError, UnreadableFile
from briefing_app.layout.document import LayoutDocument, TableBlock, TextLine, TextRun
from briefing_app.layout.words import body_lines, lines_of, run_text
from briefing_app.model.reading import Reading
from briefing_app.provenance.docx_lint import lint
from briefing_app.provenance.plain import html_faults, read_plain
from briefing_app.readers.dispatch import read
from briefing_app.readers.pdf import read_pdf

_DROPPED = re.compile(r"[\s\x00-\x1f\x7f-\x9f\-\u00ad\u2010\u2011\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]+")
_RIGHT_TO_LEFT = re.compile(r"[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]")
_TURNED_WORD = re.compile("[\u05d0-\u05f2\u0620-\u064a\u066e-\u06d3\u06d5\u06fa-\u08ff]+")
_OPENING = str.maketrans("”’»›)]}>", "“‘«‹([{<")
_SHOWN = 5
# halves of characters and code points that are none, which only a PDF can show, by a substitute
_UNHELD = frozenset(
    map(
        chr,
        (
            *range(0xD800, 0xE000),
            *range(0xFDD0, 0xFDF0),
            *(plane + last for plane in range(0, 0x110000, 0x10000) for last in (0xFFFE, 0xFFFF)),
        ),
    )
)
_NEAR = 64  # folded characters between two words of a line: numbers of notes, lists and headings
_FURNITURE = 600  # folded characters at a page's head before its body goes on


def prove(data: bytes, format: str, document: LayoutDocument, *, missing: Iterable[str] = ()) -> None:
    """Raises ExportError, listing what is not in the file; returns silently where all is.

    ``missing`` are the characters that no font could print and that were replaced on purpose.
    """
    try:
        name = f"export.{format}"
        reading = _read_back(data, name, format)
    except UnreadableFile as error:
        raise _failed((f"The file cannot be read again: {error.message}",)) from error
    absent = frozenset(missing) if format == "pdf" else _UNHELD
    problems = [*_missing_body(reading, document, absent), *_missing_notes(reading, document, absent)]
    lines = [*body_lines(document), *(line for note in document.notes for line in note.lines)]
    problems.extend(_missing_letters(fold(reading.text), lines, absent))
    problems.extend(_missing_turned_words(reading.text, lines, absent))
    problems.extend(_faults_of_format(data, format, reading, document))
    if problems:
        raise _failed(tuple(problems[:_SHOWN]))


def _read_back(data: bytes, name: str, format: str) -> Reading:
    match format:
        case "pdf":
            return read_pdf(data, name, as_drawn=True)
        case "docx":
            return read(data, name)
        case _:
            return read_plain(data, format)


def _faults_of_format(data: bytes, format: str, reading: Reading, document: LayoutDocument) -> list[str]:
    """What is wrong with the file apart from its words."""
    match format:
        case "pdf":
            return [*_unmarked_pages(reading, document), *_undeclared_drafts(reading, document)]
        case "docx":
            return [f"The file's parts do not fit together: {fault}." for fault in lint(data)]
        case "html":
            return html_faults(data, document)
        case _:
            return []


def _failed(problems: tuple[str, ...]) -> ExportError:
    return ExportError(
        "The export did not pass its own test, so it was not handed over.",
        "The briefing is unharmed. Export it in the other format, and report this with the passage named here.",
        problems=problems,
    )


def fold(text: str) -> str:
    """``text`` as it is compared: compatibility forms joined; spaces, hyphens, controls and invisible marks dropped."""
    return _DROPPED.sub("", unicodedata.normalize("NFKC", _DROPPED.sub("", text)))


def _missing_body(reading: Reading, document: LayoutDocument, absent: frozenset[str]) -> list[str]:
    have = _Folded(reading, document)
    problems = []
    position = 0
    for beside in _side_by_side(document):
        ends = [position]
        for lines in beside:
            end = position  # what stands side by side may be read in any order
            for line in lines:
                lost, end = _follow(have, _words(line, absent), end)
                if lost and not have.has_turned(line):
                    problems.append(
                        f"Not in the file, or not in its place: “{_start(lost)}” of “{_start(run_text(line.runs))}”."
                    )
            ends.append(end)
        position = max(ends)
    return problems


def _side_by_side(document: LayoutDocument) -> Iterator[list[list[TextLine]]]:
    """The lines of the body in order; those of a table's row by its cells, which stand side by side."""
    for block in document.blocks:
        if not isinstance(block, TableBlock):
            yield [list(lines_of(block))]
            continue
        if block.caption:
            yield [[block.caption]]
        for _, row in itertools.groupby(block.cells, key=lambda cell: cell.row):
            yield [[line for inner in cell.blocks for line in lines_of(inner)] for cell in row]


def _missing_notes(reading: Reading, document: LayoutDocument, absent: frozenset[str]) -> list[str]:
    have = _Folded(reading, document)
    problems = []
    position = 0  # notes follow each other: one may not stand in for another of the same words
    for note in document.notes:
        words = [word for line in note.lines for word in _words(line, absent)]
        lost, position = _follow(have, words, position)
        if lost and not any(map(have.has_turned, note.lines)):
            problems.append(f"Note {note.number} is not whole in the file: “{_start(lost)}” is missing.")
    return problems


class _Folded:
    """The text of a written file as it is compared, and where its pages begin in it; not the file itself."""

    def __init__(self, reading: Reading, document: LayoutDocument) -> None:
        edges = [0, *(page.start for page in reading.pages[1:]), len(reading.text)]
        parts = [fold(reading.text[start:end]) for start, end in itertools.pairwise(edges)]
        head = len(_running_head(parts, document))
        parts = [part[head:] for part in parts]
        self.text = "".join(parts)
        self._turns = document.page.columns > 1 and bool(reading.pages) and bool(_RIGHT_TO_LEFT.search(reading.text))
        self._starts = list(itertools.accumulate(len(part) for part in parts[:-1]))

    def has_turned(self, line: TextLine) -> bool:
        """Whether a line that is not in its place has all its words somewhere, and may have been turned over.

        Readers take lines that stand beside each other in columns as one, and turn all of it where a part runs from
        right to left.
        """
        return self._turns and all(fold(word) in self.text for word in re.findall(r"\w+", run_text(line.runs)))

    def find(self, word: str, position: int, *, follows: bool) -> int:
        """Where ``word`` ends at or after ``position``, whole or divided between pages; -1 where it is not.

        A word that ``follows`` another in its line is rather divided than farther away; a line may begin anywhere.
        """
        found = self.text.find(word, position)
        whole = found + len(word) if found >= 0 else -1
        if found >= 0 and (found <= position + _NEAR or not follows):
            return whole
        divided = self._find_divided(word, position)
        return min((end for end in (divided, whole) if end >= 0), default=-1)

    def _find_divided(self, word: str, position: int) -> int:
        """The end of a ``word`` that ends of pages divide: notes, foot and head stand between its parts."""
        near = _NEAR
        for head in self._starts[bisect.bisect_right(self._starts, position) :]:
            cuts = self._cuts(word, position, min(head, position + near + len(word)))
            for cut in cuts:
                rest = self.text.find(word[cut:], head, head + _FURNITURE + len(word) - cut)
                if rest >= 0:
                    return rest + len(word) - cut
            if not cuts or len(word) - cuts[0] < _FURNITURE:  # the rest does not fill the next page either
                return -1
            word, position, near = word[cuts[0] :], head, _FURNITURE
        return -1

    def _cuts(self, word: str, position: int, end: int) -> list[int]:
        """How much of ``word``, but not all of it, stands between ``position`` and ``end``: the longest part first.

        Parts shorter than the longest matter for words alone, not for what fills a page.
        """
        cuts = []
        for cut in range(min(len(word) - 1, end - position), 0, -1):
            if self.text.find(word[:cut], position, end) >= 0:
                cuts.append(cut)
                if cut > _FURNITURE:
                    break
        return cuts


def _running_head(pages: list[str], document: LayoutDocument) -> str:
    """What all pages begin with, of title and marking: its words must not be taken for the title's below it."""
    title, marking = fold(document.header), fold(document.banner.text) if document.banner else ""
    heads = (title + marking, marking + title, title, marking) if len(pages) > 1 else ()
    return next((head for head in heads if all(page.startswith(head) for page in pages)), "")


def _words(line: TextLine, absent: frozenset[str]) -> list[str]:
    """The line's words, folded; a line with right-to-left text is left to ``_missing_letters``."""
    if _RIGHT_TO_LEFT.search(run_text(line.runs)):
        return []
    words = []
    runs = tuple(run for run in line.runs if not (isinstance(run, TextRun) and run.raised))
    for word in run_text(runs, calls=" ").split():
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
    """Right-to-left text is compared letter by letter: readers of a PDF disagree about its order.

    They also turn signs over that come in pairs: either of a pair counts as the other.
    """
    letters: Counter[str] = Counter()
    for line in lines:
        text = run_text(line.runs)
        if _RIGHT_TO_LEFT.search(text):
            letters.update(char for char in fold(text).translate(_OPENING) if char not in absent)
    lost = letters - Counter(have.translate(_OPENING)) if letters else Counter[str]()
    if not lost:
        return []
    shown = ", ".join(f"“{char}”" for char in list(lost)[:8])
    return [f"{sum(lost.values())} characters of right-to-left passages are not in the file: {shown}."]


def _missing_turned_words(text: str, lines: Iterable[TextLine], absent: frozenset[str]) -> list[str]:
    """Words that run from right to left are counted, wherever they stand: readers keep the order of their letters.

    Marks on letters are left out, and a joiner parts a word, because some readers turn words over at these.
    """
    wanted = Counter(word for line in lines for word in _turned_words(run_text(line.runs, calls=" ")))
    have, folded = Counter(_turned_words(text)), _unmarked(fold(text))
    lost = [
        word
        for word, count in wanted.items()
        if have[word] < count and folded.count(word) < count and not absent.intersection(word)
    ]
    return [f"Not in the file as often as in the briefing: “{word}”." for word in lost]


def _turned_words(text: str) -> list[str]:
    return _TURNED_WORD.findall(_unmarked(unicodedata.normalize("NFKC", text)))


def _unmarked(text: str) -> str:
    return "".join(char for char in text if not unicodedata.combining(char))


def _unmarked_pages(reading: Reading, document: LayoutDocument) -> list[str]:
    if document.banner is None:
        return []
    words = [fold(word) for word in re.findall(r"\w+", document.banner.text)]  # readers turn them beside Arabic heads
    return [
        f"Page {span.number} does not carry the marking {document.banner.text} at its head and its foot."
        for span in reading.pages
        if not _is_marked(fold(reading.text[span.start : span.end]), words)
    ]


def _undeclared_drafts(reading: Reading, document: LayoutDocument) -> list[str]:
    word = fold(document.watermark)
    return [
        f"Page {span.number} does not say {document.watermark}."
        for span in reading.pages
        if word and word not in fold(reading.text[span.start : span.end])
    ]


def _is_marked(page: str, words: list[str]) -> bool:
    return all(page.count(word) >= 2 for word in words)


def _start(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= 48 else f"{text[:48]} …"
