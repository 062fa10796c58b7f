"""Passages like a given one, and suggestions for a section, come from the sources that are about the same thing."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest

from briefing_app.library.library import Library, run
from briefing_app.library.similar.similar import Suggestion, Wants
from briefing_app.model.reading import Fields
from tests.library.stories import joined, words_of

TOPICS = {
    "en": "The {x} closed the berths at Velsk and insurers raised their rates for tankers",
    "ru": "Власти закрыли причалы Вельска, и страховщики повысили ставки для танкеров {x}",
    "ar": "أغلقت السلطات أرصفة ميناء فيلسك ورفعت شركات التأمين أسعارها على الناقلات {x}",
    "zh": "当局关闭了维尔斯克码头，保险公司提高了油轮费率{x}",
}
OTHERS = "The orchestra played a symphony of spring while gardeners watered roses near the museum of glass".split()


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    rnd = random.Random(3)
    with Library.open(tmp_path_factory.mktemp("similar") / "library", write=True) as library:
        for language, topic in TOPICS.items():
            for number in range(6):
                filler = joined(words_of(number, 60, language), language)
                more = joined(words_of(number + 50, 60, language), language)
                text = f"{filler}\n\n{topic.format(x=f'{number}')}.\n\n{more}"
                name = f"{language} berths {number}"
                fields = Fields(title=name, language=language, outlet="Wire" if number < 5 else "Other",
                                published=f"{2020 + number}-03-01")  # fmt: skip
                library.add_text(text, fields)
        for number in range(60):
            text = " ".join(rnd.choice(OTHERS) for _ in range(80))
            library.add_text(text, Fields(title=f"culture {number}", language="en", outlet=f"Paper {number}"))
        yield library


def id_of(library: Library, title: str) -> str:
    return next(source.id for source in library.rows(0, 500) if source.title == title)


@pytest.mark.parametrize("language", list(TOPICS))
@pytest.mark.parametrize("named", [True, False])
def test_the_passages_of_the_same_story_lead_in_every_script(shelf: Library, language: str, named: bool) -> None:
    passage = TOPICS[language].format(x="")
    itself = id_of(shelf, f"{language} berths 0")
    hits = shelf.more_like(passage, language=language if named else "", exclude=[itself], limit=5)
    assert {hit.title for hit in hits} == {f"{language} berths {number}" for number in range(1, 6)}
    for hit in hits:
        text = shelf.text(hit.source_id)
        assert 0 <= hit.start < hit.end <= len(text)
        middle = text.index(TOPICS[language].split("{x}")[0][:8].strip() if language != "en" else "closed the berths")
        assert hit.start < middle + len(passage)
        assert hit.end > middle
        assert hit.highlights
        assert all(hit.snippet[start:end].strip() for start, end in hit.highlights)


def test_other_forms_of_the_words_count(shelf: Library) -> None:
    hits = shelf.more_like("страховщиков Вельска беспокоит причал и ставка", language="ru", limit=3)
    assert len(hits) == 3
    assert all(hit.title.startswith("ru berths") for hit in hits)


@pytest.mark.parametrize("text", ["", "   ", "…!?", "xyzzy plugh", "the"])
def test_nothing_telling_finds_nothing(shelf: Library, text: str) -> None:
    assert shelf.more_like(text) == ()
    assert shelf.suggest(Wants(text=text)) == ()


def test_reprints_are_left_out_with_the_source_and_shown_once(tmp_path_factory: pytest.TempPathFactory) -> None:
    with Library.open(tmp_path_factory.mktemp("twins") / "library", write=True) as library:
        body = joined(words_of(1, 200))
        whole = library.add_text(body, Fields(title="whole", published="2026-01-01")).id
        library.add_text(f"{body}\n\nAgain.", Fields(title="copy", published="2026-01-02"))
        other = library.add_text(f"{joined(words_of(2, 100))} {' '.join(body.split()[:12])}", Fields(title="other"))
        for number in range(20):
            library.add_text(" ".join(random.Random(number).choices(OTHERS, k=60)), Fields(title=str(number)))
        run(library.group_reprints())
        passage = " ".join(body.split()[:40])
        assert [hit.title for hit in library.more_like(passage, exclude=[whole])] == ["other"]
        assert sorted(hit.title for hit in library.more_like(passage)) in (["copy", "other"], ["other", "whole"])
        found = library.suggest(Wants(cited=(passage,), source_ids=(whole,)))
        assert {one.hit.source_id == other.id: one.used for one in found} == {False: True, True: False}
        assert library.more_like(passage, exclude=["unknown"], limit=1)


def suggested(library: Library, **wants: object) -> tuple[Suggestion, ...]:
    return library.suggest(Wants(**wants), limit=12)  # type: ignore[arg-type]


def test_suggestions_lead_with_the_story_and_say_why(shelf: Library) -> None:
    used = id_of(shelf, "en berths 2")
    found = suggested(
        shelf,
        terms=("Implications", "What does it mean for the museum?", "Who is affected?"),
        text="Insurers have raised rates.",
        cited=("closed the berths at Velsk",),
        source_ids=(used,),
        language="en",
    )
    assert {one.hit.title for one in found[:6]} == {f"en berths {number}" for number in range(6)}
    assert [one.hit.title for one in found if one.used] == ["en berths 2"]
    for one in found[:6]:
        assert "Velsk" in one.why
        assert "insurers" in {word.casefold() for word in one.why}
        assert len(one.why) == len(set(one.why))


def test_no_outlet_fills_the_list(shelf: Library) -> None:
    found = suggested(shelf, cited=("insurers raised their rates for tankers at Velsk",), language="en")
    outlets = [one.hit.outlet for one in found[:6]]
    assert outlets.count("Wire") == 5
    assert outlets[:5].count("Wire") == 4


def test_later_sources_come_first_among_equals(library: Library) -> None:
    for number, date in enumerate(("2016-05-01", "2026", "2020-05-01T10:00:00Z", "")):
        fields = Fields(title="Berths", published=date)
        library.add_text(f"Report {number}: the berths at Velsk were closed.", fields)
    for number in range(10):
        library.add_text(f"Report {number}: " + " ".join(OTHERS), Fields(title="culture"))
    found = library.suggest(Wants(text="Velsk closed its berths"))
    assert [one.hit.date for one in found[:4]] == ["2026", "2020-05-01T10:00:00Z", "2016-05-01", ""]


def test_a_section_without_words_of_its_own_goes_by_the_briefing_and_its_template(shelf: Library) -> None:
    found = suggested(shelf, subject="Berths at Velsk", terms=("Which insurers raised rates?",), language="en")
    assert found
    assert all("berths" in one.hit.title for one in found[:4])
