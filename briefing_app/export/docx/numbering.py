"""The numbering part: headings on several levels, and each list with a numbering of its own."""

from __future__ import annotations

from briefing_app.export.docx.names import DEEPEST_LEVEL, HEADINGS, STEP, style_id
from briefing_app.export.docx.xml import part, twips

# ids of the numberings that the styles point to; each list gets one after them
HEADING_NUMBERS, BULLETS, NUMBERS, PARAGRAPHS = 1, 2, 3, 4
_BULLET_SIGNS = ("•", "–", "·")
_HANGING = 18.0
PARAGRAPH_HANG = 26.0  # points that a numbered paragraph stands in


class Numberings:
    """Hands out one numbering for each list, so that every list counts for itself."""

    def __init__(self) -> None:
        self._lists: list[tuple[int, int, int]] = []  # abstract id, level, start

    def new_list(self, ordered: bool, depth: int, start: int) -> int:
        """The id of a new numbering that counts from ``start`` at level ``depth``."""
        abstract = NUMBERS if ordered else BULLETS
        self._lists.append((abstract, min(depth, DEEPEST_LEVEL), start))
        return PARAGRAPHS + len(self._lists)

    def part(self) -> bytes:
        content = [_headings(), _abstract(BULLETS, ordered=False), _abstract(NUMBERS, ordered=True), _paragraphs()]
        content.extend(_num(number, number, "") for number in (HEADING_NUMBERS, BULLETS, NUMBERS, PARAGRAPHS))
        for id, (abstract, level, start) in enumerate(self._lists, start=PARAGRAPHS + 1):
            override = f'<w:lvlOverride w:ilvl="{level}"><w:startOverride w:val="{start}"/></w:lvlOverride>'
            content.append(_num(id, abstract, override if abstract == NUMBERS else ""))
        return part("numbering", "".join(content))


def _num(id: int, abstract: int, override: str) -> str:
    return f'<w:num w:numId="{id}"><w:abstractNumId w:val="{abstract}"/>{override}</w:num>'


def _headings() -> str:
    levels = []
    for level in range(DEEPEST_LEVEL + 1):
        style = f'<w:pStyle w:val="{style_id(HEADINGS[level])}"/>' if level < len(HEADINGS) else ""
        label = ".".join(f"%{number + 1}" for number in range(level + 1))
        levels.append(_level(level, "decimal", label, twips(22.0 + 8.0 * level), twips(22.0 + 8.0 * level), style))
    return _definition(HEADING_NUMBERS, "multilevel", levels)


def _abstract(id: int, *, ordered: bool) -> str:
    levels = []
    for level in range(DEEPEST_LEVEL + 1):
        kind = "decimal" if ordered else "bullet"
        label = f"%{level + 1}." if ordered else _BULLET_SIGNS[level % len(_BULLET_SIGNS)]
        levels.append(_level(level, kind, label, twips((level + 1) * STEP), twips(_HANGING)))
    return _definition(id, "hybridMultilevel", levels)


def _paragraphs() -> str:
    """Paragraphs that are counted through the whole document; only the first level is used."""
    levels = [
        _level(level, "decimal", f"%{level + 1}.", twips(PARAGRAPH_HANG + level * STEP), twips(PARAGRAPH_HANG))
        for level in range(DEEPEST_LEVEL + 1)
    ]
    return _definition(PARAGRAPHS, "hybridMultilevel", levels)


def _definition(id: int, kind: str, levels: list[str]) -> str:
    return (
        f'<w:abstractNum w:abstractNumId="{id}"><w:nsid w:val="{0x42C00000 + id:08X}"/>'
        f'<w:multiLevelType w:val="{kind}"/><w:tmpl w:val="{0x42D00000 + id:08X}"/>{"".join(levels)}</w:abstractNum>'
    )


def _level(level: int, kind: str, label: str, left: int, hanging: int, style: str = "") -> str:
    return (
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/>{style}'
        f'<w:lvlText w:val="{label}"/><w:lvlJc w:val="left"/>'
        f'<w:pPr><w:ind w:left="{left}" w:hanging="{hanging}"/></w:pPr></w:lvl>'
    )
