"""How values of facets are written for people."""

from __future__ import annotations

from PySide6.QtCore import QLocale

from briefing_app.model.grading import Reliability

_KINDS = {"web": "Web page", "pdf": "PDF", "document": "Document", "email": "E-mail", "text": "Text"}


def shown(field: str, value: str) -> str:
    """A value of a facet in words."""
    if field == "lang":
        return language_name(value)
    if field == "kind":
        return _KINDS.get(value, value)
    if field == "grade":
        return "Not graded" if value == "none" else f"{value}  {Reliability(value).wording}"
    return value


def short(field: str, value: str) -> str:
    """The same, as a chip has it."""
    if field == "grade":
        return "Not graded" if value == "none" else f"Grade {value}"
    return shown(field, value)


def language_name(code: str) -> str:
    """A language by its name, such as Russian for ru."""
    language = QLocale(code).language()
    if language in (QLocale.Language.C, QLocale.Language.AnyLanguage) or not code:
        return code
    return QLocale.languageToString(language)
