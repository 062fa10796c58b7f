"""What an analyst may ask of an export's form, and what that makes of the template's own wishes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from briefing_app.errors import UsageError
from briefing_app.layout.document import Page
from briefing_app.layout.pages import LARGEST_MARGIN, SMALLEST_MARGIN, PaperSize, column_width, page_of, points
from briefing_app.model.template import CitationStyle, Template

Columns = Literal[1, 2]
_LEAST_COLUMN = 45.0  # millimetres of a column that text can be read in
_LEAST_DEPTH = 60.0  # millimetres of text between the margins
_NUMBER_ROOM = 14.0  # millimetres of margin that line numbers need
_BETWEEN, _BETWEEN_NUMBERED = 20.0, 34.0  # points between two columns, without and with line numbers


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportOptions:
    """The form of an export. None means *as the template says*. It holds no date, no marking and no target.

    ``cover``: the title on a page of its own, the contents on the next. ``contents``: of headings; fewer than three
    give none. ``numbered_headings`` (1, 1.1) and ``numbered_paragraphs`` (1 to the end, through all sections; lists,
    tables and quotations don't count). ``watermark``: DRAFT across every page; None means on drafts only, and a draft
    always has it. ``line_numbers``: beside each line of text, from 1 on every page; title, contents, tables, captions
    and notes don't count. ``columns``: 2 sets the text in two, the title and the contents across both. ``paper``,
    and margins in millimetres, 5 to 80. ``citations``: as notes at the foot, notes at the end, numbers into a list of
    sources, or none. ``excerpts``: an appendix of the passages that the text rests on, word for word. ``review``:
    a copy to be worked on, whose blocks can be told apart when it comes back (DOCX); left out of release copies.
    """

    cover: bool | None = None
    contents: bool | None = None
    numbered_headings: bool | None = None
    numbered_paragraphs: bool | None = None
    watermark: bool | None = None
    line_numbers: bool | None = None
    columns: Columns | None = None
    paper: PaperSize | None = None
    top: float | None = None
    bottom: float | None = None
    left: float | None = None
    right: float | None = None
    citations: CitationStyle | None = None
    excerpts: bool | None = None
    review: bool | None = None


AS_THE_TEMPLATE_SAYS = ExportOptions()


@dataclass(frozen=True, slots=True, kw_only=True)
class Makeup:
    """The form of one export, with nothing left open."""

    cover: bool
    contents: bool
    numbered_headings: bool
    numbered_paragraphs: bool
    watermark: bool
    line_numbers: bool
    citations: CitationStyle
    excerpts: bool
    review: bool
    page: Page


def settle(options: ExportOptions, template: Template, *, draft: bool) -> Makeup:
    """The options, with the template's wishes where they are silent. A ``draft`` says so on every page.

    Raises UsageError, with one line for each problem, where the page leaves no room for what is asked.
    """
    line_numbers = _either(options.line_numbers, template.line_numbers)
    page = _page(options, template, line_numbers)
    citations = options.citations or template.citation_style
    if page.columns > 1 and citations == "endnotes":
        raise UsageError(
            "Notes at the end cannot be combined with two columns: word processors set them on a page of their own "
            "without the marking.",
            "Choose notes at the foot, a list of sources or no citations; or one column.",
        )
    return Makeup(
        cover=_either(options.cover, template.cover),
        contents=_either(options.contents, template.contents),
        numbered_headings=_either(options.numbered_headings, template.numbered_headings),
        numbered_paragraphs=_either(options.numbered_paragraphs, template.numbered_paragraphs),
        watermark=draft or bool(options.watermark),
        line_numbers=line_numbers,
        citations=citations,
        excerpts=_either(options.excerpts, template.excerpts),
        review=bool(options.review),
        page=page,
    )


def _either(asked: bool | None, usual: bool) -> bool:
    return usual if asked is None else asked


def _page(options: ExportOptions, template: Template, line_numbers: bool) -> Page:
    setup = template.page
    page = page_of(
        options.paper or setup.size,
        top=setup.top if options.top is None else options.top,
        bottom=setup.bottom if options.bottom is None else options.bottom,
        left=setup.left if options.left is None else options.left,
        right=setup.right if options.right is None else options.right,
        columns=options.columns or template.columns,
        gap=_BETWEEN_NUMBERED if line_numbers else _BETWEEN,
    )
    if problems := _page_problems(options, page, line_numbers):
        raise UsageError(
            f"The page cannot be set like this. {' '.join(problems)}",
            "Choose larger paper, other margins or one column.",
        )
    return page


def _page_problems(options: ExportOptions, page: Page, line_numbers: bool) -> tuple[str, ...]:
    problems = [
        f"The {side} margin is {value:g} mm; it can be {SMALLEST_MARGIN:g} to {LARGEST_MARGIN:g} mm."
        for side in ("top", "bottom", "left", "right")
        if (value := getattr(options, side)) is not None and not SMALLEST_MARGIN <= value <= LARGEST_MARGIN
    ]
    if column_width(page) < points(_LEAST_COLUMN):
        left = max(0.0, column_width(page) * 25.4 / 72)
        what = "each of the two columns" if page.columns == 2 else "the text"
        problems.append(f"The margins leave {left:.0f} mm for {what}; it takes {_LEAST_COLUMN:g} mm to be readable.")
    if page.height - page.top - page.bottom < points(_LEAST_DEPTH):
        problems.append(f"The margins leave less than {_LEAST_DEPTH:g} mm from the top of the text to its foot.")
    if line_numbers and min(page.left, page.right) < points(_NUMBER_ROOM):
        problems.append(f"Line numbers stand in the margin, which must be {_NUMBER_ROOM:g} mm or wider at both sides.")
    return tuple(problems)
