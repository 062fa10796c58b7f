"""A cited passage is found again in a text that was read anew, and never silently taken for another."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing_app.library.versions.anchoring import Anchoring, anchor
from briefing_app.model.excerpt import Excerpt, take_excerpt

SENTENCES = [
    "The data cable Halven-2 broke on the third of November.",
    "Zemlovia accused the Northern Compact of having cut it.",
    "Власти обвинили судно, которое шло под чужим флагом.",
    "Повреждение кабеля расследует совместная группа.",
    "قُطع كابل الإنترنت في المضيق قبل الفجر.",
    "واتهمت الحكومة السفينة بجر المرساة عمداً.",
    "调查小组说，锚在海底拖了三公里。",
    "The investigators asked for the vessel’s track, and got none.",
    "Insurers have begun to cut their rates for the strait.",
    "No ship was named, and no document was shown to the press.",
]
TEXT = "\n\n".join(" ".join(SENTENCES[n : n + 2]) for n in range(0, 10, 2))


def cut(text: str, words: str) -> Excerpt:
    start = text.index(words)
    return take_excerpt(id="x", source_id="s", text=text, start=start, end=start + len(words))


@pytest.mark.parametrize("words", SENTENCES)
def test_the_same_text_is_the_same_place(words: str) -> None:
    found = anchor(cut(TEXT, words), TEXT)
    assert (found.how, found.text, found.similarity) == (Anchoring.SAME, words, 1.0)


@given(st.sampled_from(SENTENCES), st.text(max_size=200), st.text(max_size=200))
def test_words_added_elsewhere_never_lose_it(words: str, before: str, after: str) -> None:
    text = before + "\n\n" + TEXT + "\n\n" + after
    found = anchor(cut(TEXT, words), text)
    assert found.how is Anchoring.MOVED
    assert found.text == words


@given(st.sampled_from(SENTENCES), st.randoms(use_true_random=False))
def test_set_otherwise_it_is_found_whole(words: str, chance: random.Random) -> None:
    """Other white space, soft hyphens, ligatures and quotation marks are no other words."""

    def reset(text: str) -> str:
        text = text.replace(" ", chance.choice(["  ", "\n", "\u00a0"])).replace("’", "'")
        return "".join(char + chance.choice(["", "", "\u00ad"]) if char.isalpha() else char for char in text)

    text = "\n\n".join(reset(part) for part in TEXT.split("\n\n"))
    found = anchor(cut(TEXT, words), text)
    assert found.how is Anchoring.MOVED
    plain = found.text.replace("\u00ad", "").replace("'", "’")
    assert "".join(plain.split()) == "".join(words.split())


def test_of_several_the_one_with_its_words_around_is_taken() -> None:
    text = "First: it was denied. Then one more. Second: it was denied. The end."
    excerpt = take_excerpt(id="x", source_id="s", text=text, start=text.rindex("it was"), end=text.rindex(" The"))
    moved = "Preface. " + text
    found = anchor(excerpt, moved)
    assert found.start == moved.rindex("it was")


@pytest.mark.parametrize(
    ("words", "now"),
    [
        (SENTENCES[1], "Zemlovia has now accused the whole Northern Compact of having cut it."),
        (SENTENCES[3], "Повреждение кабеля теперь расследует новая группа."),
        (SENTENCES[4], "قُطع كابل الإنترنت الجديد في المضيق قبل الفجر."),
        (SENTENCES[7], "The investigators asked for the vessel’s track and were given it."),
    ],
)
def test_other_words_in_its_place_are_told_as_changed(words: str, now: str) -> None:
    text = "A new note. " + TEXT.replace(words, now)
    found = anchor(cut(TEXT, words), text)
    assert found.how is Anchoring.CHANGED
    assert found.text == now
    assert 0.6 <= found.similarity < 1.0


@pytest.mark.parametrize("words", SENTENCES)
def test_what_is_gone_is_lost(words: str) -> None:
    text = TEXT.replace(words, "")
    found = anchor(cut(TEXT, words), text)
    assert found.how is Anchoring.LOST
    assert (found.start, found.end, found.text) == (0, 0, "")


@given(st.text(max_size=300), st.text(max_size=300), st.data())
def test_any_text_gives_a_place_inside_it(text: str, other: str, data: st.DataObject) -> None:
    if not text:
        return
    start = data.draw(st.integers(0, len(text) - 1))
    excerpt = take_excerpt(
        id="x", source_id="s", text=text, start=start, end=data.draw(st.integers(start + 1, len(text)))
    )
    found = anchor(excerpt, other)
    assert 0 <= found.start <= found.end <= len(other)
    assert other[found.start : found.end] == found.text
    if found.how is Anchoring.LOST:
        assert found.text == ""
