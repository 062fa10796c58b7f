"""What is searched for is found, ranked and shown where it stands."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from briefing_app.errors import UsageError
from briefing_app.library.library import Library
from briefing_app.library.search.query import parse
from briefing_app.library.search.search import Hit, Query
from briefing_app.library.words.folding import words
from briefing_app.model.reading import Fields

TEXTS = {
    "sanctions": ("The Council adopted new sanctions against shipping companies. Tankers changed flags.", "en"),
    "one": ("A sanction was lifted. The shipping register was closed by the council of elders.", "en"),
    "ru": ("Против судоходных компаний введены новые санкции. Ёмкости танкеров подорожали.", "ru"),
    "uk": ("Нові санкції проти судноплавних компаній. Об’єкт під наглядом російського флоту.", "uk"),
    "ar": ("فُرِضَت عقوبات جديدة على شركات الشحن. المدرسة مغلقة.", "ar"),
    "zh": ("理事会通过了新的制裁措施。航运公司受到影响。", "zh"),
    "fr": ("Le Conseil a adopté de nouvelles sanctions contre l’État. Français partout.", "fr"),
    "title": ("Nothing in the body speaks of it, only about harbours and harbour masters.", "en"),
}
NAMES = {"title": "Tankers of the world", "sanctions": "first"}
FIELDS = {
    "sanctions": Fields(outlet="Kyiv Post", published="2026-11-03T10:15:00Z", authors=("Olha Petrenko", "Jo Ash")),
    "one": Fields(outlet="Kyiv Post", published="2026-11"),
    "ru": Fields(outlet="Коммерсантъ", published="2026-10-30", authors=("Пётр Петренко",)),
    "title": Fields(outlet="Times", published="2025"),
}


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    with Library.open(tmp_path_factory.mktemp("search") / "library", write=True) as library:
        for title, (text, language) in TEXTS.items():
            given = FIELDS.get(title, Fields())
            name = NAMES.get(title, title)
            fields = replace(given, title=name, language=language)
            library.set_tags(library.add_text(text, fields).id, ["sea"] if "e" in title else [])
        yield library


def titles(library: Library, text: str, **more: object) -> list[str]:
    found = library.search(Query(text=text, **more))  # type: ignore[arg-type]
    assert found.total == len(found.hits)
    return [hit.title for hit in found.hits]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("sanctions", {"first", "one", "fr"}),
        ("SANCTION council", {"first", "one"}),
        ('"new sanctions"', {"first"}),
        ("“sanctions new”", set()),
        ('"sanction"', {"one"}),
        ("sanctions -tankers", {"one", "fr"}),
        ('sanctions -"changed flags"', {"one", "fr"}),
        ("санкциями", {"ru", "uk"}),
        ("емкость", {"ru"}),
        ("російський", {"uk"}),
        ("об'єкт", {"uk"}),
        ("عقوبات", {"ar"}),
        ("العقوبات", {"ar"}),
        ("شركة", {"ar"}),
        ("بشركات", {"ar"}),
        ("مدرسه", {"ar"}),
        ("制裁", {"zh"}),
        ("裁制", set()),
        ("航运公司", {"zh"}),
        ("francais", {"fr"}),
        ("etat", {"fr"}),
        ("l'État", {"fr"}),
        ("harb*", {"Tankers of the world"}),
        ("сан*", {"ru", "uk"}),
        ("nowhere", set()),
    ],
)
def test_a_query_finds_what_it_means(shelf: Library, text: str, expected: set[str]) -> None:
    assert set(titles(shelf, text)) == expected


def test_what_is_written_onto_an_arabic_word_is_told_from_its_own_first_letter(library: Library) -> None:
    texts = [
        "مفاوضات جديدة",
        "بدأت المفاوضات",
        "دخلوا بمفاوضات",
        "ومفاوضات أخرى",
        "وزير الخارجية",
        "الوزير",
        "زير النساء",
    ]
    for text in texts:
        library.add_text(f"{text}.", Fields(title=text, language="ar"))
    for asked in ("مفاوضات", "المفاوضات", "وبالمفاوضات", "بمفاوضات"):
        found = library.search(Query(text=asked))
        assert {hit.title for hit in found.hits} == set(texts[:4])
        assert all(shown(hit) for hit in found.hits)
    assert titles(library, "مفاوضات")[0] == texts[0]
    assert set(titles(library, "وزير")) == {"وزير الخارجية", "الوزير"}
    assert titles(library, "زير") == ["زير النساء"]


def test_forms_of_a_slavic_word_are_found_whatever_the_text_was_taken_for(library: Library) -> None:
    forms = {"Украины": "ru", "Украиной": "uk", "Украине": "bg", "УКРАИНУ": "", "«Украина»": "en", "України": "uk"}
    for form, language in forms.items():
        library.add_text(f"Газета пишет: {form}.", Fields(title=form, language=language))
    found = library.search(Query(text="Украина"))
    assert {hit.title for hit in found.hits} == set(forms) - {"України"}
    assert found.hits[0].title == "«Украина»"
    assert all(shown(hit) for hit in found.hits)
    assert titles(library, '"Украиной"') == ["Украиной"]


def test_the_title_and_the_very_word_rank_higher(shelf: Library) -> None:
    assert titles(shelf, "tankers")[0] == "Tankers of the world"
    assert titles(shelf, "sanction")[0] == "one"
    assert titles(shelf, "sanctions", language="en")[0] == "first"


def test_the_last_word_is_a_prefix_while_it_is_typed(shelf: Library) -> None:
    assert titles(shelf, "coun") == []
    assert set(titles(shelf, "adopted coun", prefix_last=True)) == {"first"}
    assert set(titles(shelf, "sanctions", prefix_last=True)) >= {"first", "one"}
    assert titles(shelf, '"adopted coun"', prefix_last=True) == []
    assert titles(shelf, "制", prefix_last=True) == ["zh"]


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({"from_date": "2026-11-03", "to_date": "2026-11-03"}, {"first", "one"}),
        ({"from_date": "2026-11"}, {"first", "one"}),
        ({"to_date": "2025"}, {"Tankers of the world"}),
        ({"from_date": "2025-06", "to_date": "2026-10-30"}, {"ru", "Tankers of the world"}),
        ({"outlet": "kyiv post"}, {"first", "one"}),
        ({"outlet": "kyiv"}, set()),
        ({"language": "RU"}, {"ru"}),
        ({"tag": "Sea", "language": "en"}, {"one", "Tankers of the world"}),
    ],
)
def test_filters_keep_what_may_fit(shelf: Library, more: dict[str, str], expected: set[str]) -> None:
    assert set(titles(shelf, "", **more)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("title:tanker", {"Tankers of the world"}),
        ("title:tank*", {"Tankers of the world"}),
        ('TITLE:"of the world"', {"Tankers of the world"}),
        ("title:sanctions", set()),
        ("tankers -title:tankers", {"first"}),
        ("outlet:kyiv sanction", {"first", "one"}),
        ("outlet:“Kyiv Post” tankers", {"first"}),
        ('outlet:"Post Kyiv"', set()),
        ("outlet:ky* -elders", {"first"}),
        ("outlet:kyiv outlet:times", {"first", "one", "Tankers of the world"}),
        ("sanctions -outlet:kyiv", {"fr"}),
        ("author:petrenko", {"first"}),
        ('author:"Jo Ash"', {"first"}),
        ('author:"Ash Olha"', set()),
        ("author:петренко", {"ru"}),
        ("tag:SEA lang:en", {"one", "Tankers of the world"}),
        ("-tag:sea sanctions", {"first", "fr"}),
        ("after:2026-11", {"first", "one"}),
        ("before:2025", {"Tankers of the world"}),
        ("after:2025-06 before:2026-10-30", {"ru", "Tankers of the world"}),
        ("-after:2025 sanctions", {"fr"}),
        ("lang:russian", {"ru"}),
        ("language:Русский", {"ru"}),
        ("lang:uk lang:French", {"uk", "fr"}),
        ("-lang:en sanctions", {"fr"}),
        ("lang:nowhere", set()),
        ("author: petrenko", set()),
        ("https://example.org", set()),
    ],
)
def test_fields_in_the_query_line(shelf: Library, text: str, expected: set[str]) -> None:
    assert set(titles(shelf, text)) == expected


def test_a_field_that_is_still_typed_takes_nothing_away(shelf: Library) -> None:
    for text in ("sanctions after:", "sanctions after:2", "sanctions after:2026-", "sanctions outlet:"):
        assert titles(shelf, text, prefix_last=True) == titles(shelf, "sanctions")
    assert set(titles(shelf, "sanctions outlet:ky", prefix_last=True)) == {"first", "one"}
    assert titles(shelf, "lang:russ", prefix_last=True) == ["ru"]
    assert titles(shelf, "sanctions", language="English")[0] == "first"
    with pytest.raises(UsageError):
        shelf.search(Query(text="before:soon sanctions", prefix_last=True))


def test_an_empty_query_lists_everything_by_date(shelf: Library) -> None:
    found = shelf.search(Query(limit=3))
    assert found.total == len(TEXTS)
    assert [hit.date for hit in found.hits] == ["2026-11-03T10:15:00Z", "2026-11", "2026-10-30"]
    later = shelf.search(Query(limit=3, offset=2))
    assert later.hits[0] == found.hits[2]


def test_results_can_be_sorted_by_date(shelf: Library) -> None:
    assert titles(shelf, "tankers", order="date") == ["first", "Tankers of the world"]


@pytest.mark.parametrize("wrong", [{"from_date": "soon"}, {"to_date": "2026-02-31"}, {"order": "luck"}])
def test_an_impossible_filter_is_told(shelf: Library, wrong: dict[str, str]) -> None:
    with pytest.raises(UsageError):
        shelf.search(Query(**wrong))  # type: ignore[arg-type]


# after a date there is a space: with anything else it is no date, which is told
PIECES = [
    "title:",
    "OUTLET:",
    "-",
    "tag:",
    "lang:",
    "author:",
    '"',
    "a",
    "-a",
    "*",
    " ",
    "的",
    "ru",
    "ي",
    " after:2026 ",
    ":",
]


@settings(max_examples=150, deadline=None)
@given(
    st.text(st.sampled_from("abсз制\"“”*-' ()[]:^~+\\/\t\n\u0301_٣"), max_size=14)
    | st.text(max_size=14)
    | st.lists(st.sampled_from(PIECES), max_size=6).map("".join),
    st.booleans(),
)
def test_no_query_line_breaks_the_search(shelf: Library, text: str, typing: bool) -> None:
    found = shelf.search(Query(text=text, prefix_last=typing))
    assert found.total >= len(found.hits) or not found.hits
    for term in parse(text):
        assert all(list(words(word)) for word in term.words)


@settings(max_examples=40, deadline=None)
@given(st.sampled_from([word for text, _ in TEXTS.values() for word in text.split()]))
def test_excluding_a_word_gives_exactly_the_rest(shelf: Library, word: str) -> None:
    if not list(words(word)):
        return
    term = f'"{word}"'
    assert set(titles(shelf, term)) & set(titles(shelf, f"-{term}")) == set()
    assert set(titles(shelf, term)) | set(titles(shelf, f"-{term}")) == set(titles(shelf, ""))


def shown(hit: Hit) -> list[str]:
    return [hit.snippet[start:end] for start, end in hit.highlights]


def test_snippets_show_the_best_place_and_ranges_count_the_stored_text(library: Library) -> None:
    filler = "Some words that say little and fill the page.\n\n" * 40
    text = f"Flags.\n\n{filler}Off Crete  the\ntankers changed their flags at night. 😀 {filler}"
    id = library.add_text(text, Fields(title="Long", language="en")).id
    (hit,) = library.search(Query(text="tanker flags")).hits
    assert text[hit.start : hit.end] == "tankers changed their flags"
    assert shown(hit) == ["tankers", "flags"]
    assert "the tankers changed" in hit.snippet
    assert hit.source_id == id
    (hit,) = library.search(Query(text='"crete the tankers"')).hits
    assert text[hit.start : hit.end] == "Crete  the\ntankers"
    assert shown(hit) == ["Crete the tankers"]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(sorted(TEXTS)), st.integers(0, 30))
def test_any_word_of_a_text_is_found_and_highlighted_where_it_stands(shelf: Library, title: str, place: int) -> None:
    text = TEXTS[title][0]
    found = list(words(text))
    word = found[place % len(found)]
    hits = shelf.search(Query(text=text[word.start : word.end])).hits
    hit = next(hit for hit in hits if hit.language == TEXTS[title][1] and text.startswith(hit.snippet[:20]))
    assert hit.start < hit.end
    assert all(0 <= start < end <= len(hit.snippet) for start, end in hit.highlights)
    assert text[word.start : word.end] in shown(hit)


def test_a_change_is_found_at_once_by_another_reader(library: Library, folder: Path) -> None:
    source = library.add_text("Alpha beta gamma.")
    with Library.open(folder, write=False) as reader:
        assert reader.search(Query(text="beta")).total == 1
        library.correct(source.id, title="Delta")
        assert [hit.title for hit in reader.search(Query(text="delta")).hits] == ["Delta"]
        library.remove(source.id)
        assert reader.search(Query(text="beta")).total == 0


def test_threads_search_while_another_imports(library: Library) -> None:
    library.add_text("Steady words stand here.")

    def look(_: int) -> int:
        return library.search(Query(text="steady")).total

    def add(number: int) -> str:
        return library.add_text(f"More words, number {number}.").id

    with ThreadPoolExecutor(4) as threads:
        found = [threads.submit(look if number % 3 else add, number) for number in range(60)]
        assert {done.result() for done in found if isinstance(done.result(), int)} == {1}
    assert library.count() == 21
    assert library.search(Query(text="number")).total == 20
