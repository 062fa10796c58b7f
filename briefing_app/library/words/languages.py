"""Names of languages as an analyst may type them, in English and in the language itself, and their codes."""

from __future__ import annotations

from briefing_app.library.words.folding import fold_phrase

_NAMES = {
    "ar": "Arabic العربية", "az": "Azerbaijani Azərbaycanca",
    "be": "Belarusian Беларуская", "bg": "Bulgarian Български",
    "ca": "Catalan Català", "cs": "Czech Čeština", "da": "Danish Dansk", "de": "German Deutsch",
    "el": "Greek Ελληνικά", "en": "English", "es": "Spanish Español", "et": "Estonian Eesti",
    "fa": "Persian Farsi فارسی",
    "fi": "Finnish Suomi", "fr": "French Français", "he": "Hebrew עברית", "hi": "Hindi हिन्दी",
    "hr": "Croatian Hrvatski", "hu": "Hungarian Magyar", "hy": "Armenian Հայերեն", "id": "Indonesian",
    "it": "Italian Italiano", "ja": "Japanese 日本語", "ka": "Georgian ქართული", "kk": "Kazakh Қазақша",
    "ko": "Korean 한국어", "ku": "Kurdish Kurdî", "lt": "Lithuanian Lietuvių", "lv": "Latvian Latviešu",
    "mk": "Macedonian Македонски", "nl": "Dutch Nederlands", "no": "Norwegian Norsk", "pl": "Polish Polski",
    "ps": "Pashto پښتو", "pt": "Portuguese Português", "ro": "Romanian Română", "ru": "Russian Русский",
    "sk": "Slovak Slovenčina", "sl": "Slovenian Slovenščina", "sq": "Albanian Shqip", "sr": "Serbian Српски Srpski",
    "sv": "Swedish Svenska", "th": "Thai ไทย", "tr": "Turkish Türkçe", "uk": "Ukrainian Українська",
    "ur": "Urdu اردو", "uz": "Uzbek Oʻzbekcha", "vi": "Vietnamese", "zh": "Chinese 中文",
}  # fmt: skip
_CODES = {fold_phrase(name): code for code, names in _NAMES.items() for name in names.split()}


def language_codes(typed: str, *, unfinished: bool = False) -> tuple[str, ...]:
    """The codes that a code or a name stands for; ``unfinished``, also the beginning of a name.

    What is no name is taken for a code, as it stands in the sources (``zh-hant``).
    """
    wanted = fold_phrase(typed)
    if wanted in _CODES:
        return (_CODES[wanted],)
    if unfinished and len(wanted) > 3:
        begun = sorted({code for name, code in _CODES.items() if name.startswith(wanted)})
        if begun:
            return tuple(begun)
    return (typed.strip().casefold(),)
