"""A briefing composed from a recipe: sections of blocks whose citations name a file and a verbatim quote.

The sample briefing is one; ``resources/samples/briefing.yaml`` says at its top how a recipe is written.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import yaml

from briefing_app.app.composing import NewId, new_briefing
from briefing_app.app.ids import new_id
from briefing_app.errors import BriefingError
from briefing_app.library.library import Library
from briefing_app.model.block import (
    Block,
    Cell,
    ListBlock,
    ListItem,
    Paragraph,
    Picture,
    Quotation,
    Row,
    Table,
)
from briefing_app.model.briefing import Briefing, Media, Meta
from briefing_app.model.excerpt import Excerpt, Translation
from briefing_app.model.grading import Credibility, Reliability
from briefing_app.model.inline import Citation, Inlines, LineBreak, Note, Text, merge_texts
from briefing_app.model.source import Source
from briefing_app.model.template import Template

_MARKUP = re.compile(r"\[@([\w-]+)\]|\[\^([\w-]+)\]|\*\*(.+?)\*\*|\*(.+?)\*")


@dataclass(frozen=True, slots=True)
class Recipe:
    """The recipe as it stands in its file, and the folder that its pictures and sources lie in."""

    folder: Path
    data: Mapping[str, Any]

    @property
    def template_id(self) -> str:
        return str(self.data["template"])

    @property
    def sources(self) -> Path:
        return self.folder / "sources"


def read_recipe(path: Path) -> Recipe:
    """Read a recipe. Raises BriefingError where the file cannot be read or is no recipe."""
    try:
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, yaml.YAMLError) as error:
        raise BriefingError(f"The recipe {path} cannot be read: {error}", "Install the app again.") from error
    if not isinstance(data, dict) or "sections" not in data:
        raise BriefingError(f"{path} is no recipe of a briefing.", "Install the app again.")
    return Recipe(path.parent, data)


def correct_sources(recipe: Recipe, library: Library, ids: Mapping[str, str]) -> None:
    """Set the fields that the recipe gives by hand; ``ids`` are the sources' by their file name."""
    for name, fields in recipe.data.get("sources", {}).items():
        given = dict(fields)
        if "reliability" in given:
            given["reliability"] = Reliability(given["reliability"])
        library.correct(ids[name], **given)


def compose(
    recipe: Recipe, template: Template, library: Library, ids: Mapping[str, str], fresh: NewId = new_id
) -> Briefing:
    """The briefing. Raises NotVerbatim where a quote does not stand in its source word for word."""
    return _Composer(recipe, library, ids, fresh).compose(template)


class _Composer:
    """One composition: what was cited so far and the pictures so far."""

    def __init__(self, recipe: Recipe, library: Library, ids: Mapping[str, str], fresh: NewId) -> None:
        self._recipe = recipe
        self._library = library
        self._ids = ids
        self._fresh = fresh
        self._excerpts: dict[str, Excerpt] = {}
        self._sources: dict[str, Source] = {}
        self._media: dict[str, Media] = {}

    def compose(self, template: Template) -> Briefing:
        meta = Meta(**self._recipe.data["meta"])
        briefing = new_briefing(template, meta.title, fresh=self._fresh, meta=meta)
        written = self._recipe.data["sections"]
        sections = tuple(
            replace(section, blocks=tuple(self._block(entry) for entry in written.get(section.key, ())))
            for section in briefing.sections
        )
        return replace(
            briefing,
            sections=sections,
            excerpts=tuple(self._excerpts.values()),
            sources=tuple(self._sources.values()),
            media=tuple(self._media.values()),
        )

    def _block(self, entry: Mapping[str, Any]) -> Block:
        makers: dict[str, Callable[[Mapping[str, Any]], Block]] = {
            "paragraph": lambda entry: self._paragraph(entry["paragraph"], entry.get("mark", "")),
            "quotation": self._quotation,
            "bullets": lambda entry: self._list(entry["bullets"], ordered=False),
            "numbered": lambda entry: self._list(entry["numbered"], ordered=True),
            "table": lambda entry: self._table(entry["table"]),
            "picture": lambda entry: self._picture(entry["picture"]),
        }
        for kind, make in makers.items():
            if kind in entry:
                return make(entry)
        raise BriefingError(f"The recipe has a block of no known kind: {', '.join(entry)}.", "Install the app again.")

    def _paragraph(self, text: str, mark: str = "") -> Paragraph:
        return Paragraph(self._fresh(), self._inlines(text), mark)

    def _quotation(self, entry: Mapping[str, Any]) -> Quotation:
        excerpt = self._excerpt(entry["quotation"])
        return Quotation(
            self._fresh(),
            excerpt_id=excerpt.id,
            translated=entry.get("translated", False),
            mark=entry.get("mark", ""),
        )

    def _list(self, texts: list[str], *, ordered: bool) -> ListBlock:
        items = tuple(ListItem(self._fresh(), (self._paragraph(text),)) for text in texts)
        return ListBlock(self._fresh(), items, ordered)

    def _table(self, table: Mapping[str, Any]) -> Table:
        rows = tuple(
            Row(self._fresh(), tuple(Cell(self._fresh(), (self._paragraph(str(text)),)) for text in texts))
            for texts in (table["head"], *table["rows"])
        )
        return Table(
            self._fresh(),
            rows,
            header_rows=1,
            caption=self._inlines(table.get("caption", "")),
            widths=tuple(float(width) for width in table.get("widths", ())),
        )

    def _picture(self, picture: Mapping[str, Any]) -> Picture:
        data = (self._recipe.folder / "pictures" / picture["file"]).read_bytes()
        digest = hashlib.sha256(data).hexdigest()
        self._media[digest] = Media(sha256=digest, media_type="image/png", data=data)
        return Picture(
            self._fresh(),
            digest,
            alt=" ".join(picture["alt"].split()),
            caption=self._inlines(picture.get("caption", "")),
            width=picture.get("width"),
        )

    def _inlines(self, text: str) -> Inlines:
        return merge_texts(tuple(self._pieces(" ".join(text.split()))))

    def _pieces(self, text: str, *, bold: bool = False, italic: bool = False) -> Iterator[Any]:
        position = 0
        for match in _MARKUP.finditer(text):
            yield Text(text[position : match.start()], bold, italic)
            position = match.end()
            passage, note, strong, soft = match.groups()
            if passage:
                yield Citation(self._fresh(), self._excerpt(passage).id)
            elif note:
                yield Note(self._fresh(), self._note(self._recipe.data["notes"][note]))
            elif strong:
                yield from self._pieces(strong, bold=True, italic=italic)
            else:
                yield from self._pieces(soft, bold=bold, italic=True)
        yield Text(text[position:], bold, italic)

    def _note(self, text: str) -> tuple[Text | LineBreak | Citation, ...]:
        return tuple(inline for inline in self._inlines(text) if not isinstance(inline, Note))

    def _excerpt(self, name: str) -> Excerpt:
        if name in self._excerpts:
            return self._excerpts[name]
        passage = self._recipe.data["passages"][name]
        source_id = self._ids[passage["file"]]
        start, end = self._library.find_quote(source_id, passage["quote"])
        excerpt = self._library.excerpt(source_id, start, end, id=self._fresh())
        if "translation" in passage:
            translation = Translation(
                text=passage["translation"],
                language=passage.get("language", "en"),
                translator=passage.get("translator", ""),
            )
            excerpt = replace(excerpt, translation=translation)
        credibility = passage.get("credibility")
        excerpt = replace(
            excerpt,
            credibility=Credibility(str(credibility)) if credibility else None,
            note=passage.get("note", ""),
        )
        self._excerpts[name] = excerpt
        self._sources.setdefault(source_id, self._library.source(source_id))
        return excerpt
