"""The fixed words that a layout prints, and dates and languages as readers read them.

English only: a briefing in another language keeps these few words in English, and its own text as it is.
"""

from __future__ import annotations

from datetime import datetime

CONTENTS = "Contents"
SOURCES = "Sources"
EXCERPTS = "Excerpts"
DRAFT = "DRAFT"
MONTHS = ("January February March April May June July August September October November December").split()
SOURCE_KINDS = {"pdf": "PDF", "document": "document", "email": "e-mail", "text": "text file"}
LANGUAGES = {
    "am": "Amharic", "ar": "Arabic", "az": "Azerbaijani", "be": "Belarusian", "bg": "Bulgarian",
    "bn": "Bengali", "bs": "Bosnian", "ca": "Catalan", "cs": "Czech", "da": "Danish", "de": "German",
    "el": "Greek", "en": "English", "es": "Spanish", "et": "Estonian", "fa": "Persian", "fi": "Finnish",
    "fr": "French", "ga": "Irish", "he": "Hebrew", "hi": "Hindi", "hr": "Croatian", "hu": "Hungarian",
    "hy": "Armenian", "id": "Indonesian", "is": "Icelandic", "it": "Italian", "ja": "Japanese",
    "ka": "Georgian", "kk": "Kazakh", "ko": "Korean", "ku": "Kurdish", "ky": "Kyrgyz", "lt": "Lithuanian",
    "lv": "Latvian", "mk": "Macedonian", "mn": "Mongolian", "ms": "Malay", "mt": "Maltese", "my": "Burmese",
    "nb": "Norwegian", "ne": "Nepali", "nl": "Dutch", "nn": "Norwegian", "no": "Norwegian", "pa": "Punjabi",
    "pl": "Polish", "ps": "Pashto", "pt": "Portuguese", "ro": "Romanian", "ru": "Russian", "sk": "Slovak",
    "sl": "Slovenian", "so": "Somali", "sq": "Albanian", "sr": "Serbian", "sv": "Swedish", "sw": "Swahili",
    "ta": "Tamil", "tg": "Tajik", "th": "Thai", "tk": "Turkmen", "tr": "Turkish", "uk": "Ukrainian",
    "ur": "Urdu", "uz": "Uzbek", "vi": "Vietnamese", "yi": "Yiddish", "zh": "Chinese",
}  # fmt: skip


def language_name(tag: str) -> str:
    """The English name of a BCP 47 tag's language, the tag itself where it is not known, or an empty string."""
    return LANGUAGES.get(tag.split("-")[0].lower(), tag)


def readable_date(text: str) -> str:
    """ "3 November 2026" for an ISO 8601 date, cut to what is known; a time of day is left out.

    Text that is no date stays as it is.
    """
    parts = text.partition("T")[0].split("-")
    if not all(part.isdecimal() for part in parts) or len(parts) > 3 or not text:
        return text
    if len(parts) > 1 and not 1 <= int(parts[1]) <= 12:
        return text
    words = [parts[0]]
    if len(parts) > 1:
        words.insert(0, MONTHS[int(parts[1]) - 1])
    if len(parts) > 2:
        words.insert(0, str(int(parts[2])))
    return " ".join(words)


def readable_time(text: str) -> str:
    """ "24 November 2026, 18:00 (UTC+01:00)" for an ISO 8601 time with a zone; other text as readable_date has it."""
    try:
        time = datetime.fromisoformat(text)
    except ValueError:
        return readable_date(text)
    if "T" not in text and " " not in text:
        return readable_date(text)
    readable = f"{time.day} {MONTHS[time.month - 1]} {time.year}, {time:%H:%M}"
    offset = time.strftime("%z")
    if not offset:
        return readable
    zone = "UTC" if not int(offset[1:5]) else f"UTC{offset[:3]}:{offset[3:5]}"
    return f"{readable} ({zone})"


def readable_pages(first: int | None, last: int | None) -> str:
    """ "p. 4" or "pp. 4–5", or an empty string."""
    if first is None:
        return ""
    return f"p. {first}" if last is None or last <= first else f"pp. {first}–{last}"


def passage_words(number: int) -> str:
    """How a citation names a passage of the appendix."""
    return f"passage {number}"


def range_words(start: int, end: int, pages: str) -> str:
    """ "Characters 121–260 of the source’s text, p. 4", counted from 1, for a range in code points."""
    first, last = start + 1, end
    what = f"Character {first}" if first == last else f"Characters {first}–{last}"
    return f"{what} of the source’s text{f', {pages}' if pages else ''}"


def names(authors: tuple[str, ...]) -> str:
    """Authors in a row: "A", "A and B", "A, B and C"; four and more as "A et al."."""
    known = [author.strip() for author in authors if author.strip()]
    if len(known) > 3:
        return f"{known[0]} et al."
    return " and ".join(filter(None, (", ".join(known[:-1]), "".join(known[-1:]))))
