"""What is saved stays as it was: fields, corrections, texts, bytes, tags."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from briefing_app.errors import BriefingError, NotVerbatim, UsageError
from briefing_app.library.library import Library, run
from briefing_app.library.search.search import Query
from briefing_app.library.store.records import canonical_url, is_real_date
from briefing_app.model.excerpt import sha256_text
from briefing_app.model.grading import Reliability
from briefing_app.model.reading import Fields
from tests.library.readers import read_simply

REPORT = "Санкции против банков.\n\nThe Council agreed  on\nnew measures. “Наступний крок” — завтра."


def test_pasted_text_is_kept_whole(library: Library) -> None:
    fields = Fields(outlet="Post", published="2026-11", authors=("A. Author",), url="https://post.example/1")
    source = library.add_text(REPORT, fields)
    assert (source.title, source.outlet, source.published) == ("Санкции против банков.", "Post", "2026-11")
    assert library.text(source.id) == REPORT
    assert source.text_sha256 == sha256_text(REPORT)
    assert library.original(source.id) == REPORT.encode()
    assert library.source(source.id) == source
    with Library.open(library.folder, write=False) as again:
        assert again.source(source.id) == source
        assert again.text(source.id) == REPORT


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(st.characters(exclude_characters="\r"), min_size=1, max_size=80).filter(str.strip))
def test_any_text_comes_back_as_it_was(library: Library, text: str) -> None:
    source = library.add_text(text)
    assert library.text(source.id) == text
    assert sha256_text(library.text(source.id)) == source.text_sha256


def test_the_same_record_is_there_once_and_a_reprint_is_a_source_of_its_own(library: Library) -> None:
    first = library.add_text(REPORT, Fields(outlet="Post", url="https://post.example/1?utm_source=x"))
    assert library.add_text(REPORT, Fields(outlet="Post", url="http://www.post.example/1/#top")).id == first.id
    reprint = library.add_text(REPORT, Fields(outlet="Times", url="https://times.example/9"))
    other_day = library.add_text(REPORT, Fields(outlet="Post", published="2026-11-03"))
    assert len({first.id, reprint.id, other_day.id}) == 3
    assert library.count() == 3


def test_ids_depend_on_the_source_alone(library: Library, tmp_path: Path) -> None:
    one = library.add_text(REPORT)
    with Library.open(tmp_path / "other", write=True) as other:
        other.add_text("Something else first.")
        assert other.add_text(REPORT).id == one.id


def test_corrections_are_in_force_and_kept_apart(library: Library) -> None:
    source = library.add_text(REPORT, Fields(outlet="Pots"))
    corrected = library.correct(
        source.id, outlet="Post", authors=["Ян Новак", ""], published="2026-11-03", reliability="b", descriptor="Daily"
    )
    assert (corrected.outlet, corrected.authors, corrected.published) == ("Post", ("Ян Новак",), "2026-11-03")
    assert (corrected.reliability, corrected.descriptor) == (Reliability.B, "Daily")
    assert library.as_read(source.id)["outlet"] == "Pots"
    assert library.corrections(source.id)["outlet"] == "Post"
    assert [hit.source_id for hit in library.search(Query(outlet="post")).hits] == [source.id]
    assert library.correct(source.id, outlet=None, reliability=None).outlet == "Pots"
    assert library.source(source.id).reliability is None


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("published", "yesterday"),
        ("published", "2026-02-30"),
        ("accessed", "2026-13"),
        ("language", "not a code"),
        ("url", "no address"),
        ("reliability", "G"),
        ("sha256", "0"),
    ],
)
def test_an_impossible_correction_changes_nothing(library: Library, field: str, value: str) -> None:
    source = library.add_text(REPORT)
    before = library.change_number()
    with pytest.raises(UsageError):
        library.correct(source.id, title="New", **{field: value})
    assert library.source(source.id) == source
    assert library.change_number() == before


@pytest.mark.parametrize(
    "url",
    ["javascript:alert(1)", "JavaScript:x", "data:text/html,x", "file:///etc/passwd", "vbscript:x", "tel:+380441", "x"],
)
def test_an_address_that_a_click_would_run_is_refused(library: Library, url: str) -> None:
    id = library.add_text(REPORT).id
    with pytest.raises(UsageError, match="https://example"):
        library.correct(id, url=url)
    assert library.source(id).url == ""


@pytest.mark.parametrize(
    "url",
    ["https://a.example/1", "HTTP://A.example", "ftp://a.example/f", "mailto:a@b.example", "urn:x:1", "doi:10.1/2"],
)
def test_an_address_leads_to_a_source(library: Library, url: str) -> None:
    assert library.correct(library.add_text(REPORT).id, url=url).url == url


def test_an_emptied_title_is_the_one_of_a_source_without_a_title(library: Library, tmp_path: Path) -> None:
    id = library.add_text(REPORT, Fields(title="A menu's words")).id
    assert library.correct(id, title="").title == "Санкции против банков."
    assert library.correct(id, title=None).title == "A menu's words"
    (tmp_path / "تقرير.html").write_bytes(b"\n")
    run(library.import_paths([tmp_path / "تقرير.html"], workers=False, read=read_simply))
    (scan,) = [source for source in library.rows(0, 5) if source.id != id]
    library.correct(scan.id, title="Mine")
    assert library.correct(scan.id, title=" ").title == "تقرير.html"
    assert library.corrections(scan.id) == {}
    assert library.search(Query(text="title:تقرير")).total == 1


def test_tags_are_set_counted_and_found(library: Library) -> None:
    source = library.add_text(REPORT, Fields(language="ru", outlet="Post"))
    assert library.set_tags(source.id, ["Energy", " energy ", "Банки", ""]) == ("Energy", "Банки")
    assert library.facets() == {"outlets": {"Post": 1}, "languages": {"ru": 1}, "tags": {"Energy": 1, "Банки": 1}}
    assert library.search(Query(tag="банки")).total == 1
    library.set_tags(source.id, ["Energy"])
    assert library.search(Query(tag="Банки")).total == 0
    assert library.facets()["tags"] == {"Energy": 1}


def test_a_removed_source_is_gone_and_can_come_again(library: Library) -> None:
    source = library.add_text(REPORT, Fields(outlet="Post"))
    library.set_tags(source.id, ["x"])
    library.remove(source.id)
    assert (library.count(), library.rows(0, 10), library.search(Query(text="санкции")).total) == (0, [], 0)
    assert library.facets() == {"outlets": {}, "languages": {}, "tags": {}}
    for ask in (library.source, library.text, library.original, library.tags, library.remove):
        with pytest.raises(BriefingError, match=source.id):
            ask(source.id)
    assert library.add_text(REPORT, Fields(outlet="Post")).id == source.id
    assert library.search(Query(text="санкции")).total == 1


def test_large_originals_lie_beside_the_database_and_a_changed_one_is_noticed(library: Library, tmp_path: Path) -> None:
    file = tmp_path / "large.txt"
    file.write_bytes(b"title: Large\n" + b"many words " * 200_000)
    report = run(library.import_paths([file], workers=False, read=read_simply))
    id = report.imported[0].id
    assert library.original(id) == file.read_bytes()
    (kept,) = [path for path in (library.folder / "originals").rglob("*") if path.is_file()]
    kept.write_bytes(b"changed")
    with pytest.raises(BriefingError, match="missing from the library or was changed"):
        library.original(id)
    library.remove(id)
    assert not kept.exists()


def test_windows_of_the_list_are_the_list(library: Library) -> None:
    for number in range(7):
        library.add_text(f"Text number {number}", Fields(title=f"T{(number * 3) % 7}", published=f"2026-0{number + 1}"))
    for order in ("added", "date", "title"):
        whole = library.rows(0, 100, order=order)
        assert [row for start in range(0, 9, 2) for row in library.rows(start, 2, order=order)] == whole
    assert [row.title for row in library.rows(0, 3, order="title")] == ["T0", "T1", "T2"]
    assert library.rows(0, 1, order="date")[0].published == "2026-07"
    assert library.rows(0, 1)[0].published == "2026-07"


def test_quotations_are_found_word_for_word(library: Library) -> None:
    id = library.add_text(REPORT).id
    start, end = library.find_quote(id, "The Council agreed on new measures.")
    assert library.text(id)[start:end] == "The Council agreed  on\nnew measures."
    start, end = library.find_quote(id, "“Наступний крок” — завтра")
    assert library.text(id)[start:end] == "“Наступний крок” — завтра"
    excerpt = library.excerpt(id, start, end, id="x1")
    assert (excerpt.text, excerpt.source_id, excerpt.is_intact) == ("“Наступний крок” — завтра", id, True)
    with pytest.raises(UsageError):
        library.find_quote(id, "  ")


@pytest.mark.parametrize(
    ("quote", "nearest"),
    [
        ("The Council agreed on old measures", "The Council agreed  on\nnew measures"),
        ("the council agreed on new measures", "The Council agreed  on\nnew measures"),
        ("«Наступний крок» — сьогодні", "Наступний крок” — завтра"),
    ],
)
def test_a_quotation_that_is_not_verbatim_is_refused_with_the_nearest_passage(
    library: Library, quote: str, nearest: str
) -> None:
    id = library.add_text("Other text stands before it. " * 2000 + REPORT).id
    with pytest.raises(NotVerbatim) as refused:
        library.find_quote(id, quote)
    assert refused.value.nearest == nearest
    assert library.text(id)[refused.value.start : refused.value.end] == nearest


def test_a_quotation_in_other_letters_that_look_the_same_is_found_as_it_stands(library: Library) -> None:
    text = "Le préfet a démissionné."
    id = library.add_text(text).id
    start, end = library.find_quote(id, unicodedata.normalize("NFD", "préfet a démissionné"))
    assert text[start:end] == "préfet a démissionné"


def test_the_nearest_passage_in_encoded_data_is_not_the_whole_of_it(library: Library) -> None:
    id = library.add_text("A long time ago the minister resigned " + "x" * 200_000 + " again").id
    with pytest.raises(NotVerbatim) as refused:
        library.find_quote(id, "the ministers resigned xxxxxxxx")
    assert len(str(refused.value)) < 1_000


def test_a_quotation_from_elsewhere_has_no_nearest_passage(library: Library) -> None:
    id = library.add_text(REPORT).id
    with pytest.raises(NotVerbatim) as refused:
        library.find_quote(id, "zzz qqq completely unrelated")
    assert (refused.value.nearest, refused.value.start, refused.value.end) == ("", -1, -1)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("https://A.example/x/", "http://www.a.example/x#part", True),
        ("https://a.example/x?b=2&a=1&utm_medium=m", "https://a.example/x?a=1&b=2", True),
        ("https://a.example/x?id=1", "https://a.example/x?id=2", False),
        ("https://a.example/X", "https://a.example/x", False),
        ("https://[bad", "https://[bad", True),
    ],
)
def test_addresses_are_compared_by_what_they_lead_to(one: str, other: str, same: bool) -> None:
    assert (canonical_url(one) == canonical_url(other)) is same


@given(st.text("0123456789-T:Z", max_size=20))
def test_any_text_is_a_date_or_not(text: str) -> None:
    assert is_real_date(text) in (True, False)
