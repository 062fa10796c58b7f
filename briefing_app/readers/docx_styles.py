"""What the styles of a Word document say of a paragraph and its runs, inheritance followed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from briefing_app.readers.ooxml import W, attribute, is_on, number

_HEADING_NAME = re.compile(
    r"(?:heading|überschrift|titre|título|titulo|titolo|kop|rubrik|overskrift|otsikko|nagłówek|nadpis|başlık|"
    r"заголовок|нагадовек|عنوان|標題|标题|見出し|제목|επικεφαλίδα)\s*([1-9])",
    re.IGNORECASE,
)
_TITLES = ("title", "titel", "название", "заголовок", "título", "titolo", "tytuł", "العنوان", "标题", "表題")
_QUOTES = (
    "quote", "intense quote", "quotations", "block text", "block quotation", "zitat", "intensives zitat", "citation",
    "citation intense", "cita", "cita destacada", "цитата", "цитата 2", "выделенная цитата",
)  # fmt: skip
_CAPTIONS = ("caption", "beschriftung", "légende", "название объекта", "подпись", "table", "figure", "illustration")
_MAX_CHAIN = 30


@dataclass(frozen=True, slots=True)
class RunLook:
    """The looks of a run that a briefing knows."""

    bold: bool = False
    italic: bool = False
    underline: bool = False
    hidden: bool = False


class Styles:
    """The styles part. It knows names, outline levels, numbering and toggles; nothing of colours and sizes."""

    def __init__(self, root: Any | None) -> None:
        self._styles: dict[str, Any] = {}
        self._default = ""
        self._defaults: Any | None = None
        if root is None:
            return
        self._defaults = root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr")
        for style in root.iter(W + "style"):
            identity = attribute(style, "styleId")
            self._styles.setdefault(identity, style)
            if attribute(style, "type") == "paragraph" and attribute(style, "default") in ("1", "true", "on"):
                self._default = self._default or identity

    def style_of(self, properties: Any | None) -> str:
        """The id of a paragraph's style; the default style's where it names none."""
        return attribute(properties.find(W + "pStyle") if properties is not None else None) or self._default

    def name(self, identity: str) -> str:
        """The style's own name, in lower case; Word keeps English names for its built-in styles."""
        style = self._styles.get(identity)
        return (attribute(style.find(W + "name")) if style is not None else "").lower() or identity.lower()

    def chain(self, identity: str) -> list[Any]:
        """The style and those that it is based on, nearest first."""
        found: list[Any] = []
        while identity in self._styles and len(found) < _MAX_CHAIN:
            style = self._styles[identity]
            if style in found:
                break
            found.append(style)
            identity = attribute(style.find(W + "basedOn"))
        return found

    def names(self, identity: str) -> list[str]:
        own = self.name(identity)
        return [own, *(attribute(style.find(W + "name")).lower() for style in self.chain(identity)[1:])]

    def heading_level(self, properties: Any | None) -> int:
        """1 to 6 for a heading, 0 for anything else."""
        identity = self.style_of(properties)
        holders = [properties] if properties is not None else []
        holders += [found for style in self.chain(identity) if (found := style.find(W + "pPr")) is not None]
        for name in self.names(identity):
            match = _HEADING_NAME.match(name)
            if match:
                return min(int(match.group(1)), 6)
        for holder in holders:
            outline = holder.find(W + "outlineLvl")
            if outline is not None:
                level = number(attribute(outline), 9)
                return min(level + 1, 6) if 0 <= level <= 8 else 0
        return 0

    def is_title(self, properties: Any | None) -> bool:
        return self.name(self.style_of(properties)) in _TITLES

    def is_quote(self, properties: Any | None) -> bool:
        return any(name in _QUOTES for name in self.names(self.style_of(properties)))

    def is_caption(self, properties: Any | None) -> bool:
        return any(name in _CAPTIONS for name in self.names(self.style_of(properties)))

    def is_contents(self, properties: Any | None) -> bool:
        """True for an entry of a table of contents."""
        return bool(re.match(r"(?:toc|contents|verzeichnis|оглавление) ?\d", self.name(self.style_of(properties))))

    def numbering(self, properties: Any | None) -> tuple[str, int]:
        """The number definition's id and the level (0-based); an empty id for a paragraph in no list."""
        holders = [properties] if properties is not None else []
        holders += [
            found for style in self.chain(self.style_of(properties)) if (found := style.find(W + "pPr")) is not None
        ]
        identity, level = "", -1
        for holder in holders:
            found = holder.find(W + "numPr")
            if found is None:
                continue
            if level < 0 and found.find(W + "ilvl") is not None:
                level = number(attribute(found.find(W + "ilvl")))
            identity = attribute(found.find(W + "numId"))
            if identity:
                break
        return ("" if identity == "0" else identity), min(max(level, 0), 8)

    def breaks_page(self, properties: Any | None) -> bool:
        return properties is not None and bool(is_on(properties.find(W + "pageBreakBefore")))

    def look(self, properties: Any | None, run: Any | None) -> RunLook:
        """The look of a run. ``properties`` are its paragraph's, ``run`` its own."""
        return RunLook(
            bold=self._toggle("b", properties, run),
            italic=self._toggle("i", properties, run),
            underline=self._underlined(properties, run),
            hidden=self._toggle("vanish", properties, run) and not (run is not None and _is_on(run, "specVanish")),
        )

    def _run_chain(self, run: Any | None) -> list[Any]:
        return self.chain(attribute(run.find(W + "rStyle"))) if run is not None else []

    def _toggle(self, name: str, properties: Any | None, run: Any | None) -> bool:
        """A toggle property: set directly, else the paragraph's and the character style's turn each other off."""
        direct = is_on(run.find(W + name)) if run is not None else None
        if direct is not None:
            return direct
        base = is_on(self._defaults.find(W + name)) if self._defaults is not None else None
        from_paragraph = _styled(self.chain(self.style_of(properties)), name)
        from_character = _styled(self._run_chain(run), name)
        if from_paragraph is None and from_character is None:
            return bool(base)
        return bool(from_paragraph) != bool(from_character)

    def _underlined(self, properties: Any | None, run: Any | None) -> bool:
        holders = [run] if run is not None else []
        for style in (*self._run_chain(run), *self.chain(self.style_of(properties))):
            found = style.find(W + "rPr")
            holders += [found] if found is not None else []
        for holder in holders:
            mark = holder.find(W + "u")
            if mark is not None:
                return attribute(mark) not in ("none", "")
        return False


def _styled(chain: list[Any], name: str) -> bool | None:
    for style in chain:
        value = is_on(style.find(f"{W}rPr/{W}{name}"))
        if value is not None:
            return value
    return None


def _is_on(run: Any, name: str) -> bool:
    return bool(is_on(run.find(W + name)))
