"""Words are told apart as a reader tells them apart, and their places are exact."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing_app.library.words.folding import fold, folded_words, raw_tokens, stem, stems, words
from briefing_app.library.words.lexicon import Lexicon

SCRIPTS = st.text(
    st.sampled_from("abcXYZ éßﬁİı ёйЖїґ'’-_ مُحَمـد ةىئ 中国军テスト한국 ไทย ३१२ 12 .,\n\u00ad\u200c\u0301\u0308"),
    max_size=60,
)


@given(SCRIPTS | st.text(max_size=60))
def test_every_token_stands_where_it_says_in_order_and_never_overlaps(text: str) -> None:
    place = 0
    for word in words(text):
        assert place <= word.start < word.end <= len(text)
        assert fold(text[word.start : word.end]) == word.folded
        assert word.folded
        assert not any(char.isspace() for char in word.folded)
        place = word.end


@given(SCRIPTS | st.text(max_size=60), st.sampled_from(["en", "ru", "uk", "ar", "fr", "zh", ""]))
def test_the_index_gets_the_same_words_that_are_found_in_the_text(text: str, language: str) -> None:
    body, stemmed = Lexicon().forms(text, language)
    assert body.split() == folded_words(text)
    assert stemmed.split() == [stem(word, language) for word in folded_words(text)]
    assert folded_words(text) == [word.folded for word in words(text)]


@given(SCRIPTS)
def test_folding_again_changes_nothing_and_composition_does_not_matter(text: str) -> None:
    once = folded_words(text)
    assert folded_words(" ".join(once)) == once
    assert folded_words(unicodedata.normalize("NFD", text)) == folded_words(unicodedata.normalize("NFC", text))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ёлка", "елка"),
        ("за́мок", "замок"),
        ("Français", "FRANCAIS"),
        ("Łódź", "lodz"),
        ("STRASSE", "Straße"),
        ("مُحَمَّـــد", "محمد"),
        ("إسرائيل", "اسرائيل"),
        ("مدرسة", "مدرسه"),
        ("می‌خواهم", "ميخواهم"),
        ("об’єкт", "об'єкт"),
        ("e\u0301tat", "état"),
        ("co\u00adoperation", "cooperation"),
        ("ﬁnance", "Finance"),
        ("١٢٣", "123"),
    ],
)
def test_spellings_of_one_word_are_equal(one: str, other: str) -> None:
    assert folded_words(one) == folded_words(other)


@pytest.mark.parametrize(("one", "other"), [("мой", "мои"), ("їжак", "іжак"), ("can", "ban"), ("кий", "кии")])
def test_different_words_stay_different(one: str, other: str) -> None:
    assert folded_words(one) != folded_words(other)


def test_scripts_without_spaces_are_taken_character_by_character() -> None:
    assert folded_words("中国军队 2026年 NATO中") == ["中", "国", "军", "队", "2026", "年", "nato", "中"]


@pytest.mark.parametrize(
    ("language", "forms"),
    [
        ("ru", ["санкция", "санкции", "санкциями", "санкций"]),
        ("ru", ["генерал", "генералом", "генералы", "генерала"]),
        ("ru", ["рынок", "рынка", "рынками"]),
        ("ru", ["Украина", "Украины", "Украине", "Украину", "Украиной"]),
        ("ru", ["Лавров", "Лаврова", "Лавровым"]),
        ("bg", ["Украина", "Украины", "Украине", "Украину", "Украиной"]),  # a short text taken for another language
        ("uk", ["Украина", "Украины", "Украине", "Украину", "Украиной"]),
        ("uk", ["російського", "російських", "російський"]),
        ("uk", ["переговори", "переговорів", "переговорах"]),
        ("uk", ["порт", "порту", "портів", "портами"]),
        ("uk", ["Київ", "Києва", "Києві"]),
        ("uk", ["Харків", "Харкова", "Харкові"]),
        ("uk", ["ринок", "ринку", "ринків"]),
        ("en", ["sanction", "sanctions", "sanctioned"]),
        ("ar", ["المدرسة", "مدرسه", "مدرسة"]),
        ("ar", ["مفاوضات", "المفاوضات", "بالمفاوضات", "للمفاوضات", "والمفاوضات", "مفاوضاتها"]),
        ("ar", ["روسيا", "روسي", "الروسية"]),
        ("ar", ["فلسطين", "الفلسطيني", "الفلسطينيين"]),
        ("fa", ["کتابها", "كتابها"]),
        ("pl", ["rządowy", "rządowego"]),
        ("fr", ["national", "nationale", "nationales"]),
    ],
)
def test_forms_of_a_word_share_a_stem_of_the_library(language: str, forms: list[str]) -> None:
    spoken = frozenset({"en", "ru", "uk", "ar", "fr", "fa", "pl", language})
    wanted = stems(fold(forms[0]), spoken)
    assert all(stem(fold(form), language) in wanted for form in forms)


@given(SCRIPTS | st.text(st.sampled_from("ab яії'’ʼ`\u0301\u0308\u200c\u00ad _-.7字ا\u064e"), max_size=40))
def test_the_quick_way_to_the_runs_of_a_text_finds_those_of_the_thorough_one(text: str) -> None:
    thorough = raw_tokens(text + " ї\u0301'ї")[:-1]  # with these signs in it a text is never looked at quickly
    assert raw_tokens(text) == thorough
