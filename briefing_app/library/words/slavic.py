"""Stems of Russian and Ukrainian words, by rules for their endings and for the sounds that change before them.

Snowball's rules for Russian are taken further, so that *генерал* meets *генералом* and *рынок* meets *рынка*; for
Ukrainian, which Snowball does not know, the rules are our own. Words come folded (no case, ё is е). A stem is for
comparing only and is no word.
"""

from __future__ import annotations

import re

_LEAST = 3  # letters that stay

# --- Russian ----------------------------------------------------------------------------------------------------

# What Snowball's rules take off some forms of a word and leave on others.
_RU_LEFT = re.compile("(?:(?<=[ая])[лн]|(?<=....)[ое]в|ова|у(?:ем|ет|еш|ют|йт)|[еи]м?т|[уя]т|ем|еш|иш|йт|у|ен)$")
_RU_FLEETING = re.compile("(?<=[бвгджзклмнпрстфхцчшщ])(?:[ое]|ь)(?=[кц]$)")
_RU_SOFT_FLEETING = re.compile("(?<=[аеиоуыюя])е(?=ц$)")


def finish_russian(stem: str) -> str:
    """What Snowball's stem of a Russian word is brought down to, so that more forms of the word share it."""
    cut = _RU_LEFT.sub("", stem)
    if len(cut) < _LEAST:
        cut = stem
    if len(cut) > _LEAST:
        cut = _RU_FLEETING.sub("", _RU_SOFT_FLEETING.sub("й", cut))
    return cut


# --- Ukrainian --------------------------------------------------------------------------------------------------

_UK_REFLEXIVE = re.compile("(?<=[аеєиіїоуюявйшьт])(?:ся|сь)$")
_UK_ENDINGS = re.compile(
    "(?:"
    # adjectives and pronouns
    "ого|ому|ими|ої|ою|ий|ій|их|им|ім|"
    # nouns
    "ами|ями|ові|еві|єві|ам|ям|ах|ях|ом|ем|єм|ею|єю|ів|їв|ей|"
    # verbs
    "тим(?:уть|еш|емо|ем|ете|е|у)|"
    "(?<=[аяиіїую])(?:вши|ти|ть|вся|ла|ло|ли|в)|"
    "ють|уть|ять|ать|ить|їть|ємо|емо|имо|їмо|ймо|ьмо|єте|ете|ите|їте|йте|ьте|єш|еш|иш|їш|"
    "[аеєиіїоуюяйь]"
    ")$"
)
_UK_POSSESSIVE = re.compile("[оеє]в$")
_UK_THEME = re.compile("(?:(?:ув|юв)[аи]?(?:нн?)?|[аяиіїуюєеоьй]+)$")
_UK_CLOSED = re.compile("і(?=[бвгґджзклмнпрстфхцчшщ]+$)")
_UK_FLEETING = re.compile("(?<=[бвгґджзклмнпрстфхцчшщ])(?:[оеи]|ь)(?=[кцнл]$)")
_UK_DOUBLE = re.compile(r"([бвгґджзклмнпрстфхцчшщ])\1$")
_UK_SOFTENED = {"ц": "к", "з": "г", "с": "х"}


def stem_ukrainian(word: str) -> str:
    """The stem of a Ukrainian word; of a short one the word itself."""
    stem = _cut(_UK_REFLEXIVE, word)
    stem = _cut(_UK_ENDINGS, stem)
    stem = _cut(_UK_POSSESSIVE, stem)
    stem = _cut(_UK_THEME, stem)
    if len(stem) > _LEAST:
        stem = _UK_DOUBLE.sub(r"\1", stem)
        stem = _UK_FLEETING.sub("", stem)
    stem = _UK_CLOSED.sub("о", stem)
    if stem.endswith("їв"):
        stem = stem[:-2] + "єв"
    return stem[:-1] + _UK_SOFTENED.get(stem[-1], stem[-1])


def _cut(ending: re.Pattern[str], word: str) -> str:
    cut = ending.sub("", word)
    return cut if len(cut) >= _LEAST else word
