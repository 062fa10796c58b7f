"""Made-up articles in several scripts; those of different numbers have nothing in common but single words."""

from __future__ import annotations

import random

VOCABULARY = {
    "en": "port council tanker insurer berth grain cargo flag rate harbour ministry vessel crew route export customs"
    " border tariff treaty envoy pipeline refinery storage convoy radar patrol coast island strait anchor".split(),
    "ru": "порт совет танкер страховщик причал зерно груз флаг ставка гавань министерство судно экипаж маршрут"
    " экспорт таможня граница тариф договор посланник трубопровод завод склад конвой радар патруль".split(),
    "ar": "ميناء مجلس ناقلة تأمين رصيف حبوب شحنة علم سعر مرفأ وزارة سفينة طاقم طريق تصدير جمارك حدود تعرفة معاهدة"
    " مبعوث أنبوب مصفاة مخزن قافلة رادار دورية ساحل جزيرة مضيق مرساة".split(),
    "zh": list(
        "港口理事会油轮保险码头粮食货物旗帜费率海港部船只船员航线出口海关边境关税条约特使管道炼油仓库护航雷达巡逻"
    ),
}
NOTICE = (
    "This site uses cookies to offer you a better experience. By browsing on you agree to our use of them. Sign up for"
    " the morning letter and get the five things to know today straight to your inbox. All rights reserved; no part may"
    " be reproduced without the consent of the publisher. Our standards and our principles are told on a page of their"
    " own, together with the names of those who own shares in the company."
)


def words_of(number: int, count: int, language: str = "en") -> list[str]:
    """``count`` words of story ``number``."""
    rnd = random.Random(f"{number}-{language}")
    return [rnd.choice(VOCABULARY[language]) for _ in range(count)]


def joined(words: list[str], language: str = "en") -> str:
    return ("" if language == "zh" else " ").join(words)


def story(number: int, count: int = 300, language: str = "en") -> str:
    """Story ``number``: paragraphs of 60 words."""
    words = words_of(number, count, language)
    return "\n\n".join(joined(words[at : at + 60], language) for at in range(0, count, 60))


def edited(number: int, count: int = 300, language: str = "en") -> str:
    """The story with one word in twelve replaced."""
    words = words_of(number, count, language)
    for place in random.Random(number).sample(range(count), count // 12):
        words[place] = "中" if language == "zh" else "changed"
    return joined(words, language)
