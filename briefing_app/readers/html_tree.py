"""A page as a light tree of nodes with counts: what the search for its article works on, and may take apart."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

NEVER_TEXT = frozenset(
    "script style noscript template svg math head title iframe object embed select option button input textarea"
    " canvas audio video map link meta frameset datalist applet".split()
)
BLOCKS = frozenset(
    "p div section article main header footer aside nav blockquote pre ul ol li dl dt dd table tr td th caption"
    " thead tbody tfoot figure figcaption h1 h2 h3 h4 h5 h6 hr address form fieldset details summary body html"
    " center menu dialog legend hgroup".split()
)
HEADINGS = {f"h{level}": level for level in range(1, 7)}
_COMMAS = ",،、，؛;；"
_WIDE = re.compile("[\u2e80-\u9fff\uf900-\ufaff]")
_PICTURES = frozenset(("img", "picture"))
_FIELDS = frozenset(("input", "textarea", "select", "button"))


class PageNode:
    """An element with what stands in it, in order: characters and further nodes.

    ``letters`` counts the characters of its text with white space run together, an ideograph or a kana as three, as it
    says that much; ``linked`` counts those of them in links, ``commas`` its commas in any script, ``pictures`` and
    ``fields`` its pictures and form controls. It knows nothing
    of lxml, and no name for what it holds: what is furniture is for others to say.
    """

    __slots__ = ("attributes", "commas", "fields", "letters", "linked", "parent", "pictures", "pieces", "tag")

    def __init__(self, tag: str, attributes: dict[str, str], parent: PageNode | None) -> None:
        self.tag = tag
        self.attributes = attributes
        self.parent = parent
        self.pieces: list[PageNode | str] = []
        self.letters = self.linked = self.commas = self.pictures = self.fields = 0

    def content(self) -> list[PageNode | str]:
        """Characters and nodes in it, in order, without nodes that were taken out."""
        return [piece for piece in self.pieces if isinstance(piece, str) or piece.parent is self]

    def children(self) -> list[PageNode]:
        """The nodes in it."""
        return [piece for piece in self.pieces if not isinstance(piece, str) and piece.parent is self]

    @property
    def link_density(self) -> float:
        """The share of its text that stands in links, 0 to 1."""
        return self.linked / self.letters if self.letters else 0.0

    @property
    def prose(self) -> int:
        """Letters of its text outside links."""
        return self.letters - self.linked

    def descendants(self) -> Iterator[PageNode]:
        """All nodes in it, in document order, without itself. What is taken out meanwhile is not entered."""
        pending = self.children()
        pending.reverse()
        while pending:
            node = pending.pop()
            if node.parent is None:
                continue
            yield node
            if node.parent is not None:
                inner = node.children()
                inner.reverse()
                pending += inner

    def ancestors(self) -> Iterator[PageNode]:
        """Its parent, and so on to the root."""
        node = self.parent
        while node is not None:
            yield node
            node = node.parent

    def text(self) -> str:
        """All its text with single spaces, blocks and line breaks apart."""
        found: list[str] = []
        pending: list[PageNode | str] = [self]
        while pending:
            piece = pending.pop()
            if isinstance(piece, str):
                found.append(piece)
                continue
            apart = [" "] if piece.tag in BLOCKS or piece.tag == "br" else []
            pending.extend([*apart, *reversed(piece.content()), *apart])
        return " ".join("".join(found).split())

    def remove(self) -> None:
        """Take it out of its parent, and its counts out of all above it."""
        for above in self.ancestors():
            above.letters -= self.letters
            above.linked -= self.linked
            above.commas -= self.commas
            above.pictures -= self.pictures
            above.fields -= self.fields
        self.parent = None

    def take(self, node: PageNode) -> None:
        """Move a node from where it stands to its own end. It must be the root of its tree."""
        node.remove()
        node.parent = self
        self.pieces.append(node)
        _add_counts(self, node)


def page_nodes(element: Any, skipped: frozenset[str] = NEVER_TEXT) -> PageNode:
    """The element and all below it, without elements that hold no text for readers, counted. Without recursion."""
    root = PageNode(_tag(element), dict(element.items()), None)
    made = [root]
    pending: list[tuple[Any, PageNode]] = [(element, root)]
    while pending:
        source, node = pending.pop()
        if source.text:
            node.pieces.append(source.text)
        for child in source:
            tag = child.tag
            if isinstance(tag, str):
                if tag in _FIELDS:
                    node.fields += 1
                if tag not in skipped or (tag == "template" and _holds_shadow(child)):
                    inner = PageNode(_tag(child), dict(child.items()), node)
                    node.pieces.append(inner)
                    made.append(inner)
                    pending.append((child, inner))
            if child.tail:
                node.pieces.append(child.tail)
    for node in reversed(made):
        _count(node)
    return root


def _holds_shadow(template: Any) -> bool:
    """True for a template that a browser shows in its place, which is how saved pages keep what scripts made."""
    return template.get("shadowrootmode") is not None or template.get("shadowroot") is not None


def letters_of(text: str) -> int:
    """Its characters, an ideograph or a kana as three of them."""
    return len(text) if text.isascii() else len(text) + 2 * len(_WIDE.findall(text))


def commas_of(text: str) -> int:
    """Its commas and semicolons, in any script."""
    return text.count(",") + text.count(";") if text.isascii() else sum(map(text.count, _COMMAS))


def _tag(element: Any) -> str:
    return str(element.tag).rsplit("}", 1)[-1].lower()


def _count(node: PageNode) -> None:
    """Its own text and pictures to its counts, and these to its parent's: all below it must have been counted."""
    for piece in node.pieces:
        if isinstance(piece, str):
            words = piece.split()
            if words:
                node.letters += sum(map(letters_of, words)) + len(words) - 1
                node.commas += commas_of(piece)
    if node.tag in _PICTURES:
        node.pictures += 1
    if node.tag == "a":
        node.linked = node.letters if not node.attributes.get("href", "").startswith("#") else node.letters * 3 // 10
    if node.parent is not None:
        _add_counts(node.parent, node)


def _add_counts(node: PageNode, inner: PageNode) -> None:
    node.letters += inner.letters
    node.linked += inner.linked
    node.commas += inner.commas
    node.pictures += inner.pictures
    node.fields += inner.fields
