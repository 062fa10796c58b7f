"""The words that a draft of changes is written in, by the briefing's language."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DraftWords:
    """``{n}`` stands for the number of the edition before, ``{words}`` for what it said."""

    heading: str
    heading_unnumbered: str
    new: str
    changed: str
    dropped: str
    said: str
    new_source: str
    dropped_source: str
    grade: str
    credibility: str
    no_grade: str
    table: str
    picture: str


_WORDS = {
    "en": DraftWords(
        "What changed since edition {n}",
        "What changed",
        "New",
        "Changed",
        "No longer said",
        " (before: “{words}”)",
        "New source",
        "No longer used",
        "Grade of the source changed",
        "Grade of a passage changed",
        "not graded",
        "A table",
        "A picture",
    ),
    "ru": DraftWords(
        "Что изменилось с выпуска {n}",
        "Что изменилось",
        "Новое",
        "Изменено",
        "Снято",
        " (прежде: «{words}»)",
        "Новый источник",
        "Больше не используется",
        "Оценка источника изменена",
        "Оценка сведений изменена",
        "без оценки",
        "Таблица",
        "Иллюстрация",
    ),
    "uk": DraftWords(
        "Що змінилося від випуску {n}",
        "Що змінилося",
        "Нове",
        "Змінено",
        "Знято",
        " (раніше: «{words}»)",
        "Нове джерело",
        "Більше не використовується",
        "Оцінку джерела змінено",
        "Оцінку відомостей змінено",
        "без оцінки",
        "Таблиця",
        "Ілюстрація",
    ),
    "fr": DraftWords(
        "Ce qui a changé depuis l’édition {n}",
        "Ce qui a changé",
        "Nouveau",
        "Modifié",
        "Retiré",
        " (auparavant : « {words} »)",
        "Nouvelle source",
        "N’est plus utilisée",
        "Cotation de la source modifiée",
        "Cotation d’un passage modifiée",
        "non coté",
        "Un tableau",
        "Une image",
    ),
}


def words_in(language: str) -> DraftWords:
    """The words in a language (BCP 47); English where there are none in it."""
    return _WORDS.get(language.partition("-")[0].casefold(), _WORDS["en"])
