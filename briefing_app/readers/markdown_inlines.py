"""Inlines of Markdown: emphasis, links, breaks, notes, and the pictures among them."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Callable
from dataclasses import replace
from urllib.parse import unquote, unquote_to_bytes

from markdown_it.tree import SyntaxTreeNode

from briefing_app.model.block import Picture
from briefing_app.model.briefing import Media
from briefing_app.model.inline import Citation, Inline, Inlines, LineBreak, Note, Text, merge_texts
from briefing_app.readers.pictures import NoPicture, picture_media

Resolve = Callable[[str], bytes | None]
_ADDRESS = re.compile(r"https?://[^\s<>\"“”«»]+[^\s<>\"“”«».,;:!?)\]}’']")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_SAFE_LINK = re.compile(r"(?:https?|mailto|ftp|tel):", re.IGNORECASE)
_DATA_URI = re.compile(r"data:([^,;]*)((?:;[^,;]*)*),(.*)", re.DOTALL)
_BREAK_TAG = re.compile(r"<br\s*/?>", re.IGNORECASE)


class MediaShelf:
    """Collects a draft's pictures, and what could not be taken over."""

    def __init__(self, new_id: Callable[[], str], resolve: Resolve | None) -> None:
        self.media: dict[str, Media] = {}
        self.warnings: list[str] = []
        self._new_id = new_id
        self._resolve = resolve
        self._waiting: list[Picture] = []

    def warn(self, sentence: str) -> None:
        """Add a warning once."""
        if sentence not in self.warnings:
            self.warnings.append(sentence)

    def add(self, address: str, alt: str) -> bool:
        """Keep the picture at ``address`` for ``take_pictures``; False, with a warning, where it cannot be had."""
        shown = address if len(address) <= 80 else f"{address[:60]}…"
        try:
            data = self._data(address)
            if data is None:
                raise NoPicture("it is not beside the draft")
            media = picture_media(data)
        except NoPicture as error:
            self.warn(f"The picture “{shown}” could not be taken over: {error}.")
            return False
        self.media.setdefault(media.sha256, media)
        self._waiting.append(Picture(self._new_id(), media.sha256, alt))
        return True

    def take_pictures(self) -> list[Picture]:
        """The pictures added since the last call, in order."""
        taken, self._waiting = self._waiting, []
        return taken

    def _data(self, address: str) -> bytes | None:
        inside = _DATA_URI.fullmatch(address)
        if inside:
            try:
                if ";base64" in inside.group(2).lower():
                    return base64.b64decode("".join(unquote(inside.group(3)).split()), validate=True)
                return unquote_to_bytes(inside.group(3))
            except (binascii.Error, ValueError) as error:
                raise NoPicture("its data are damaged") from error
        if _SCHEME.match(address) or address.startswith(("//", "/", "\\")):
            raise NoPicture("only pictures beside the draft are taken over, and nothing is fetched from a network")
        try:
            return self._resolve(unquote(address)) if self._resolve else None
        except (OSError, ValueError) as error:
            raise NoPicture("it cannot be opened") from error


class InlineMaker:
    """Makes inlines of the syntax tree's inline nodes."""

    def __init__(self, new_id: Callable[[], str], shelf: MediaShelf, notes: dict[int, SyntaxTreeNode]) -> None:
        self._new_id = new_id
        self._shelf = shelf
        self._notes = notes
        self._underline = False
        self._open_notes: set[int] = set()

    def of(self, node: SyntaxTreeNode) -> Inlines:
        """The inlines of a block node (paragraph, heading, cell)."""
        self._underline = False
        found: list[Inline] = []
        for child in node.children:
            self._add(child, Text(""), found)
        return merge_texts(tuple(found))

    def _add(self, node: SyntaxTreeNode, style: Text, found: list[Inline]) -> None:
        match node.type:
            case "text" | "text_special":
                found += self._text(node.content, style)
            case "code_inline":
                found.append(self._styled(node.content, style))
            case "softbreak":
                found.append(self._styled(" ", style))
            case "hardbreak":
                found.append(LineBreak())
            case "html_inline":
                self._html(node.content, style, found)
            case "image":
                self._image(node, style, found)
            case "footnote_ref":
                found += self._note(int(node.meta["id"]))
            case "footnote_anchor":
                pass
            case _:
                inner = self._inner_style(node, style, found)
                for child in node.children:
                    self._add(child, inner, found)

    def _inner_style(self, node: SyntaxTreeNode, style: Text, found: list[Inline]) -> Text:
        if node.type == "strong":
            return replace(style, bold=True)
        if node.type == "em":
            return replace(style, italic=True)
        if node.type == "link":
            address = str(node.attrs.get("href", ""))
            if _SAFE_LINK.match(address):
                return replace(style, link=address)
            self._shelf.warn(f"The link to “{address[:80]}” leads nowhere outside the draft; its words were kept.")
        return style

    def _styled(self, text: str, style: Text) -> Text:
        return replace(style, text=text, underline=style.underline or self._underline)

    def _text(self, content: str, style: Text) -> list[Inline]:
        if style.link:
            return [self._styled(content, style)]
        pieces: list[Inline] = []
        end = 0
        for match in _ADDRESS.finditer(content):
            pieces.append(self._styled(content[end : match.start()], style))
            pieces.append(replace(self._styled(match.group(), style), link=match.group()))
            end = match.end()
        pieces.append(self._styled(content[end:], style))
        return pieces

    def _html(self, tag: str, style: Text, found: list[Inline]) -> None:
        """``u`` and ``br`` mean what they say; a comment is not shown; any other tag stays as text."""
        lowered = tag.lower().replace(" ", "")
        if lowered in ("<u>", "<ins>"):
            self._underline = True
        elif lowered in ("</u>", "</ins>"):
            self._underline = False
        elif _BREAK_TAG.fullmatch(tag):
            found.append(LineBreak())
        elif tag.startswith("<!--"):
            self._shelf.warn("HTML comments, which are not shown, were left out.")
        else:
            found.append(self._styled(tag, style))

    def _image(self, node: SyntaxTreeNode, style: Text, found: list[Inline]) -> None:
        address = str(node.attrs.get("src", ""))
        alt = node.content
        if not self._shelf.add(address, alt):
            shown = "" if address.startswith("data:") else f" ({address})"
            found.append(self._styled(f"{alt}{shown}".strip(), style))

    def _note(self, number: int) -> list[Inline]:
        node = self._notes.get(number)
        if node is None or number in self._open_notes:
            return []
        self._open_notes.add(number)
        content: list[Text | LineBreak | Citation] = []
        underline, self._underline = self._underline, False
        for child in node.walk(include_self=False):
            if child.type == "inline":
                inner: list[Inline] = []
                self._add(child, Text(""), inner)
                content += [LineBreak()] if content else []
                content += [inline for inline in inner if not isinstance(inline, Note)]
            elif child.type in ("fence", "code_block", "html_block"):
                content += [LineBreak()] if content else []
                content.append(Text(child.content.strip()))
        self._underline = underline
        self._open_notes.discard(number)
        return [Note(self._new_id(), _merged(tuple(content)))]


def _merged(content: tuple[Text | LineBreak | Citation, ...]) -> tuple[Text | LineBreak | Citation, ...]:
    return tuple(inline for inline in merge_texts(content) if not isinstance(inline, Note))
