"""Citations, notes and references in each style."""

from dataclasses import replace

import pytest

from briefing_app.errors import ExportError
from briefing_app.layout.document import LayoutDocument, NoteRun, Role, TextLine, TextRun
from briefing_app.layout.lay_out import LayoutOptions, lay_out
from briefing_app.layout.options import ExportOptions
from briefing_app.layout.words import body_lines, run_text
from briefing_app.model.block import Block, Quotation
from briefing_app.model.briefing import Briefing
from briefing_app.model.excerpt import Translation
from briefing_app.model.grading import Credibility, Reliability
from briefing_app.model.inline import Citation, Note, Text
from briefing_app.model.source import Source, SourceKind
from briefing_app.model.template import CitationStyle
from tests.samples import DATE, briefing_of, excerpt_of, full_briefing, paragraph, sources


def laid(briefing: Briefing, style: CitationStyle = "footnotes") -> LayoutDocument:
    return lay_out(briefing, LayoutOptions(date=DATE, form=ExportOptions(citations=style)))


def note_texts(document: LayoutDocument) -> list[str]:
    return [
        run_text(line.runs).replace("\u200e", "").replace("\u00a0", " ")
        for note in document.notes
        for line in note.lines
    ]


def body_texts(document: LayoutDocument) -> list[str]:
    return [run_text(line.runs).replace("\u00a0", " ") for line in body_lines(document)]


def citing(source: Source, *citations: Citation, **excerpt: object) -> Briefing:
    """A briefing whose one paragraph cites ``source``."""
    passage = replace(excerpt_of("e", source.id, "A passage."), **excerpt)  # type: ignore[arg-type]
    cited = citations or (Citation("c", "e"),)
    return briefing_of(paragraph("p", "Words.", *cited), sources=(source,), excerpts=(passage,))


FULL = sources()[0]


def test_a_full_reference_has_every_part_in_order() -> None:
    source = replace(FULL, kind=SourceKind.PDF)
    document = laid(citing(source, page=4, last_page=4, credibility=Credibility.TWO))
    assert note_texts(document) == [
        "Ann Marsh and Josef Lind, “Velsk shuts its port”, Northern Herald, 3 November 2026, PDF, p. 4, "
        "https://herald.example/2026/11/velsk-port?id=7&view=full, accessed 5 November 2026 [B2]."
    ]


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"title": "T"}, "“T”."),
        ({"title": "T", "outlet": "O"}, "“T”, O."),
        ({"outlet": "O"}, "O."),
        ({"authors": ("A",), "published": "2026"}, "A, s, 2026."),
        ({"file_name": "memo.txt", "kind": SourceKind.TEXT}, "memo.txt, text file."),
        ({"url": "https://a.example/"}, "https://a.example/."),
        ({"authors": ("A", "B", "C", "D"), "title": "T"}, "A et al., “T”."),
        ({"title": "T", "published": "c. 1990"}, "“T”, c. 1990."),
        ({}, "s."),
    ],
)
def test_missing_parts_leave_no_punctuation(fields: dict[str, object], expected: str) -> None:
    source = Source(id="s", **{"kind": SourceKind.WEB, **fields})  # type: ignore[arg-type]
    assert note_texts(laid(citing(source))) == [expected]


@pytest.mark.parametrize(
    ("reliability", "credibility", "printed"),
    [
        (Reliability.B, Credibility.TWO, True),
        (Reliability.F, Credibility.TWO, False),
        (Reliability.B, Credibility.SIX, False),
        (None, Credibility.TWO, False),
        (Reliability.B, None, False),
    ],
)
def test_the_grade_is_printed_only_where_both_are_judged(
    reliability: Reliability | None, credibility: Credibility | None, printed: bool
) -> None:
    document = laid(citing(replace(FULL, reliability=reliability), credibility=credibility))
    assert ("[B2]" in note_texts(document)[0]) is printed


def test_later_citations_are_short_and_lead_back() -> None:
    document = laid(citing(FULL, Citation("c1", "e"), Citation("c2", "e", prefix="see also", suffix=", at the end")))
    assert note_texts(document)[1] == "see also Northern Herald, “Velsk shuts its port” (note 1), at the end."
    back = [run for run in document.notes[1].lines[0].runs if isinstance(run, TextRun) and run.target]
    assert [(run.text, run.target) for run in back] == [("note 1", "c1")]


def test_neighbouring_calls_are_divided() -> None:
    document = laid(citing(FULL, Citation("c1", "e"), Citation("c2", "e")))
    line = next(line for line in body_lines(document) if line.id == "p")
    assert [type(run) for run in line.runs] == [TextRun, NoteRun, TextRun, NoteRun]
    assert line.runs[2] == TextRun(",", raised=True)


def test_notes_and_citations_count_together_in_order_of_their_calls() -> None:
    note = Note("n", (Text("See "), Citation("c2", "e"), Text(" and "), Citation("c3", "e"), Text(".")))
    document = laid(
        citing(FULL, Citation("c1", "e"), note, Citation("c4", "e"))  # type: ignore[arg-type]
    )
    assert [note.id for note in document.notes] == ["c1", "n", "c4"]
    assert [note.number for note in document.notes] == [1, 2, 3]
    assert note_texts(document)[1].count("(note 1)") == 2


def test_a_source_first_cited_within_a_note_does_not_lead_back_to_that_same_note() -> None:
    note = Note("n", (Citation("c1", "e"), Text("; again "), Citation("c2", "e"), Text(".")))
    texts = note_texts(laid(citing(FULL, note)))  # type: ignore[arg-type]
    assert "(note 1)" not in texts[0]


def test_numbers_of_sources_are_reused_and_link_to_their_entries() -> None:
    document = laid(full_briefing(), "sources")
    entries = [line for line in body_lines(document) if line.role is Role.SOURCE_ENTRY]
    assert [line.number for line in entries] == ["1", "2", "3", "4", "5"]
    ids = {line.id for line in entries}
    targets = [run.target for line in body_lines(document) for run in line.runs if isinstance(run, TextRun)]
    assert set(filter(None, targets)) == ids
    texts = body_texts(document)
    assert any("confirmed it. [2; 3, pp. 4–5]" in text for text in texts)
    assert [note.id for note in document.notes] == ["n-1"]


def test_neighbours_merge_into_one_pair_of_brackets() -> None:
    other = replace(FULL, id="s2")
    passages = (excerpt_of("e", FULL.id, "One."), excerpt_of("e2", "s2", "Two."))
    block = paragraph("p", "Words.", Citation("c1", "e"), Citation("c2", "e2"))
    briefing = briefing_of(block, sources=(FULL, other), excerpts=passages)
    assert "Words. [1, 2]" in body_texts(laid(briefing, "sources"))


def test_none_prints_no_citation_but_keeps_notes_and_attributions() -> None:
    document = laid(full_briefing(), "none")
    assert [note.id for note in document.notes] == ["n-1"]
    assert "— Вельский вестник, 17 November 2026. Translated from Russian by M. Okafor" in [
        text.replace("\u200e", "") for text in body_texts(document)
    ]
    assert not any("[" in text for text in body_texts(document))


def quoted(translated: bool, **excerpt: object) -> LayoutDocument:
    source = replace(sources()[1])
    passage = replace(excerpt_of("e", source.id, "Первая.\n\nВторая."), language="ru", **excerpt)  # type: ignore[arg-type]
    block = Quotation("q", "e", translated=translated)
    return laid(briefing_of(block, sources=(source,), excerpts=(passage,)), "none")


def test_a_quotation_has_the_words_of_its_excerpt() -> None:
    texts = body_texts(quoted(translated=False))
    assert texts[-3:] == ["Первая.", "Вторая.", "— Вельский вестник, 17 November 2026"]


def test_a_translation_stands_before_the_original_and_says_so() -> None:
    document = quoted(translated=True, translation=Translation(text="First.\nSecond.", language="en"))
    assert body_texts(document)[-5:] == [
        "First.",
        "Second.",
        "Первая.",
        "Вторая.",
        "— Вельский вестник, 17 November 2026. Translated from Russian",
    ]
    lines = list(body_lines(document))[-5:]
    assert [line.language for line in lines[:4]] == ["", "", "ru", "ru"]
    assert [line.role for line in lines[:3:2]] == [Role.QUOTATION, Role.QUOTATION_ORIGINAL]


def test_without_a_translation_the_original_is_quoted() -> None:
    assert body_texts(quoted(translated=True))[-1] == "— Вельский вестник, 17 November 2026"


@pytest.mark.parametrize(
    "block",
    [Quotation("q", "e"), Quotation("q", "gone"), paragraph("p", "Words.", Citation("c", "gone"))],
)
@pytest.mark.parametrize("style", ["footnotes", "sources", "none"])
def test_a_lost_or_altered_passage_stops_the_export_but_not_a_draft(block: Block, style: CitationStyle) -> None:
    altered = replace(excerpt_of("e", FULL.id, "As it was."), text="As it was not.")
    briefing = briefing_of(block, excerpts=(altered,))
    with pytest.raises(ExportError) as caught:
        laid(briefing, style)
    (problem,) = caught.value.problems
    assert "“Part”" in problem
    assert "gone" in problem or "As it was not." in problem
    draft = lay_out(briefing, LayoutOptions(date=DATE, form=ExportOptions(citations=style), draft=True))
    assert draft.header == "DRAFT · Small"


def test_names_in_another_direction_keep_what_follows_in_place() -> None:
    document = laid(full_briefing())
    line = next(line for line in body_lines(document) if line.id == "q-ar-attribution")
    assert line.direction == "ltr"
    assert run_text(line.runs) == "— صحيفة الميناء\u200e, 18 November 2026"
    quoted_line = next(line for line in body_lines(document) if line.id == "q-ar-1")
    assert (quoted_line.direction, quoted_line.language) == ("rtl", "ar")
    assert isinstance(line, TextLine)
