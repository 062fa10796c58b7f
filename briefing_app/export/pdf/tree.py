"""The structure tree in the file: its elements, what they hold on which page, and the way back from page to element."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from reportlab.pdfbase.pdfdoc import PDFObject, PDFObjectReference, PDFString

from briefing_app.export.pdf.structure import ROLE_MAP, Annotated, Element, Marked

_KEPT_EMPTY = frozenset(("Document", "TR", "TH", "TD", "Lbl", "LBody"))  # places in a grid or a list
_PRIVATE = re.compile("[\ue000-\uf8ff\U000f0000-\U0010ffff]")

Owner = Element | list[Element]


def archivable(text: str) -> str:
    """The text without characters that mean something only by agreement, which archives refuse."""
    return text if text.isascii() else _PRIVATE.sub("\ufffd", text)


class TreeObject(PDFObject):  # type: ignore[misc]
    """An object of the tree, whose words in the file are known when all of it is."""

    def __init__(self) -> None:
        self.words = ""

    def format(self, document: Any) -> bytes:
        return self.words.encode("latin-1")


def string(document: Any, text: str) -> str:
    """A text string as it stands in the file."""
    words: bytes = PDFString(archivable(text)).format(document)
    return words.decode("latin-1")


class TreeWriter:
    """Writes one tree into a ReportLab document.

    ``owners`` tell, by the keys of pages and of annotations, whose content they are.
    """

    def __init__(self, document: Any, owners: list[Owner]) -> None:
        self._document = document
        self._owners = owners
        self._objects: dict[Element, tuple[TreeObject, str]] = {}

    def write(self, root: Element) -> Any:
        """The object that the catalogue names as the tree."""
        _pruned(root)
        tree = TreeObject()
        tree_reference = self._new(tree)
        self._allot(root)
        self._write(root, tree_reference, "")
        keys = " ".join(
            f"({element.key}) {self._objects[element][1]}"
            for element in sorted(self._objects, key=lambda one: one.key)
            if element.key
        )
        names = f"/IDTree<</Kids[<</Limits[{_limits(keys)}]/Names[{keys}]>>]>>" if keys else ""
        roles = "".join(f"/{ours}/{standard}" for ours, standard in ROLE_MAP.items())
        tree.words = (
            f"<</Type/StructTreeRoot/K[{self._objects[root][1]}]/RoleMap<<{roles}>>{names}"
            f"/ParentTree {self._parents()}/ParentTreeNextKey {len(self._owners)}>>"
        )
        return tree

    def _new(self, made: TreeObject) -> str:
        reference = self._document.Reference(made)
        words: bytes = reference.format(self._document)
        return words.decode("ascii")

    def _allot(self, element: Element) -> None:
        made = TreeObject()
        self._objects[element] = made, self._new(made)
        for kid in element.kids:
            if isinstance(kid, Element):
                self._allot(kid)

    def _write(self, element: Element, parent: str, language: str) -> None:
        made, reference = self._objects[element]
        page = next((kid.page for kid in element.kids if not isinstance(kid, Element)), 0)
        out = [f"<</S/{_kind(element)}/P {parent}"]
        if page:
            out.append(f"/Pg {self._page(page)}")
        if element.language != language:
            out.append(f"/Lang({element.language})")
        if element.key:
            out.append(f"/ID({element.key})")
        if element.alt:
            out.append(f"/Alt{string(self._document, element.alt)}")
        if element.spoken:
            out.append(f"/ActualText{string(self._document, ''.join(element.spoken))}")
        if element.attributes:
            out.append(f"/A<<{element.attributes}>>")
        kids = " ".join(self._kids(element, page))
        made.words = "".join(out) + (f"/K[{kids}]>>" if kids else ">>")
        for kid in element.kids:
            if isinstance(kid, Element):
                self._write(kid, reference, element.language)

    def _kids(self, element: Element, page: int) -> Iterator[str]:
        for kid in element.kids:
            match kid:
                case Element():
                    yield self._objects[kid][1]
                case Marked():
                    if kid.page == page:
                        yield str(kid.number)
                    else:
                        yield f"<</Type/MCR/Pg {self._page(kid.page)}/MCID {kid.number}>>"
                case Annotated():
                    its = kid.reference.format(self._document).decode("ascii")
                    yield f"<</Type/OBJR/Pg {self._page(kid.page)}/Obj {its}>>"

    def _page(self, number: int) -> str:
        words: bytes = PDFObjectReference(f"Page{number}").format(self._document)
        return words.decode("ascii")

    def _parents(self) -> str:
        """The way back: for each page the elements of its marked content, for each annotation its element."""
        entries = []
        for key, owner in enumerate(self._owners):
            if isinstance(owner, Element):
                entries.append(f"{key} {self._objects[owner][1]}")
            else:
                entries.append(f"{key} [{' '.join(self._objects[one][1] for one in owner)}]")
        made = TreeObject()
        made.words = f"<</Nums[{' '.join(entries)}]>>"
        return self._new(made)


def _kind(element: Element) -> str:
    """A link that leads nowhere is no link."""
    if element.kind == "Link" and not any(isinstance(kid, Annotated) for kid in element.kids):
        return "Span"
    return element.kind


def _pruned(element: Element) -> bool:
    """Take away what holds nothing; whether anything is left of the element."""
    element.kids = [kid for kid in element.kids if not isinstance(kid, Element) or _pruned(kid)]
    return bool(element.kids) or element.kind in _KEPT_EMPTY


def _limits(keys: str) -> str:
    names = re.findall(r"\([^)]*\)", keys)
    return f"{names[0]}{names[-1]}"
