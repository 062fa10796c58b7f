"""Office packages: a ZIP of XML parts, opened with limits, without entities, and without any network."""

from __future__ import annotations

import io
import posixpath
import re
import struct
import zipfile
import zlib
from typing import Any
from urllib.parse import unquote

from lxml import etree

from briefing_app.errors import UnreadableFile
from briefing_app.readers import failures

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
MAX_PART = 128 * 1024 * 1024
MAX_TOTAL = 512 * 1024 * 1024
MAX_PARTS = 20_000

# The strict variant of the standard uses other names for the same things.
_STRICT = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main", b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"),
    (b"http://purl.oclc.org/ooxml/officeDocument/relationships", b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"),
    (b"http://purl.oclc.org/ooxml/officeDocument/math", b"http://schemas.openxmlformats.org/officeDocument/2006/math"),
    (b"http://purl.oclc.org/ooxml/drawingml/main", b"http://schemas.openxmlformats.org/drawingml/2006/main"),
    (b"http://purl.oclc.org/ooxml/drawingml/picture", b"http://schemas.openxmlformats.org/drawingml/2006/picture"),
    (b"http://purl.oclc.org/ooxml/drawingml/wordprocessingDrawing", b"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"),
    (b"http://purl.oclc.org/ooxml/drawingml/chart", b"http://schemas.openxmlformats.org/drawingml/2006/chart"),
    (b"http://purl.oclc.org/ooxml/drawingml/diagram", b"http://schemas.openxmlformats.org/drawingml/2006/diagram"),
)  # fmt: skip
_ZIP_FAULTS = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, struct.error,
               RuntimeError, KeyError, IndexError, UnicodeError, OverflowError)  # fmt: skip
_DOCTYPE = re.compile(rb"<!DOCTYPE", re.IGNORECASE)
KIND = "a Word document"


class Relations(dict[str, tuple[str, str, bool]]):
    """A part's relationships: id -> (kind, target, is_external). Inner targets are names of parts."""

    def of_kind(self, kind: str) -> str:
        """The first inner target of a kind, which is the last word of its type; empty where there is none."""
        return next((target for found, target, outside in self.values() if found == kind and not outside), "")


class Package:
    """The parts of an Office file. Reading a part raises UnreadableFile for damage and for bombs."""

    def __init__(self, data: bytes, name: str, kind: str = KIND) -> None:
        self.name = name
        self._kind = kind
        self._total = 0
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            entries = self._zip.infolist()
        except _ZIP_FAULTS as error:
            raise failures.damaged(name, kind, "its table of contents is missing") from error
        if len(entries) > MAX_PARTS:
            raise failures.too_large(name, f"{len(entries)} parts in one document")
        if any(entry.flag_bits & 1 for entry in entries):
            raise failures.encrypted(name, kind)
        self._entries = {_part_name(entry.filename).lower(): entry for entry in entries}

    def has(self, part: str) -> bool:
        return _part_name(part).lower() in self._entries

    def read(self, part: str) -> bytes:
        """The bytes of a part; ``b""`` where it is absent."""
        entry = self._entries.get(_part_name(part).lower())
        if entry is None:
            return b""
        try:
            with self._zip.open(entry) as stream:
                data = stream.read(min(MAX_PART, MAX_TOTAL - self._total) + 1)
        except _ZIP_FAULTS as error:
            raise failures.damaged(self.name, self._kind, f"its part {part} cannot be unpacked") from error
        self._total += len(data)
        if len(data) > MAX_PART or self._total > MAX_TOTAL:
            raise failures.too_large(self.name, "its parts unpack to hundreds of megabytes")
        return data

    def xml(self, part: str) -> Any | None:
        """The root element of a part, None where the part is absent or empty. Entities are never expanded."""
        data = self.read(part)
        if not data.strip():
            return None
        if _DOCTYPE.search(data[:4096]):
            raise UnreadableFile(
                f"“{self.name}” declares XML entities, which no such document does and which can be used for attacks.",
                "Do not trust this file; ask its sender for another copy.",
            )
        if b"purl.oclc.org/ooxml" in data:
            for strict, usual in _STRICT:
                data = data.replace(strict, usual)
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
        )
        try:
            return etree.fromstring(data, parser)
        except (etree.XMLSyntaxError, ValueError) as error:
            raise failures.damaged(self.name, self._kind, f"its part {part} is not well-formed") from error

    def optional_xml(self, part: str) -> Any | None:
        """As ``xml``, with None for a damaged part: for parts that a text can do without."""
        try:
            return self.xml(part) if part else None
        except UnreadableFile:
            return None

    def relations(self, part: str) -> Relations:
        """The relationships of a part (of the package for an empty name)."""
        folder, base = posixpath.split(_part_name(part))
        root = self.optional_xml(posixpath.join(folder, "_rels", f"{base}.rels"))
        found = Relations()
        for entry in root if root is not None else ():
            kind = (entry.get("Type") or "").rstrip("/").rsplit("/", 1)[-1]
            target = entry.get("Target") or ""
            outside = (entry.get("TargetMode") or "").lower() == "external"
            if not outside:
                target = _part_name(target if target.startswith("/") else posixpath.join(folder, target))
            found[entry.get("Id") or ""] = (kind, target, outside)
        return found


def _part_name(name: str) -> str:
    """A part's name without a leading slash and without detours."""
    return posixpath.normpath(unquote(name.replace("\\", "/"))).lstrip("/")


def attribute(element: Any | None, name: str = "val") -> str:
    """A ``w:`` attribute of an element; empty where either is absent."""
    return (element.get(W + name) or "") if element is not None else ""


def is_on(element: Any | None) -> bool | None:
    """An on/off property: None where the element is absent."""
    if element is None:
        return None
    return attribute(element).lower() not in ("0", "false", "off", "none")


def number(text: str, otherwise: int = 0) -> int:
    """A whole number written in ASCII digits, or ``otherwise``."""
    found = re.fullmatch(r"\s*([+-]?\d{1,9})(?:\.\d+)?\s*", text, re.ASCII)
    return int(found.group(1)) if found else otherwise


def local(element: Any) -> str:
    """An element's name without its namespace; empty for comments and the like."""
    tag = element.tag
    return tag.rsplit("}", 1)[-1] if isinstance(tag, str) else ""
