"""What validators of DOCX miss and Word does not forgive: dangling anchors, unbalanced fields, orphans, doubled ids."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections import Counter
from dataclasses import dataclass

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
RELS = "{http://schemas.openxmlformats.org/package/2006/relationships}"
DOC_PR = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
_REFERENCE = re.compile(r"\b(?:PAGEREF|NOTEREF|REF)\s+(\S+)")
_STYLED = (f"{W}pStyle", f"{W}rStyle", f"{W}tblStyle", f"{W}basedOn", f"{W}next", f"{W}link")


@dataclass(frozen=True)
class Package:
    """A DOCX taken apart: its parts' bytes, and the roots of those in XML."""

    parts: dict[str, bytes]
    roots: dict[str, etree._Element]

    def part(self, name: str) -> etree._Element:
        """The root of the part ``word/name.xml``. Raises KeyError."""
        return self.roots[f"word/{name}.xml"]


def open_package(data: bytes) -> Package:
    """The package in these bytes. Raises zipfile.BadZipFile or etree.XMLSyntaxError where it is damaged."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        if damaged := archive.testzip():
            raise zipfile.BadZipFile(f"{damaged} is damaged")
        parts = {name: archive.read(name) for name in archive.namelist()}
    parser = etree.XMLParser(resolve_entities=False, huge_tree=True)
    roots = {name: etree.fromstring(blob, parser) for name, blob in parts.items() if name.endswith((".xml", ".rels"))}
    return Package(parts, roots)


def lint(data: bytes) -> list[str]:
    """The faults of a DOCX, in plain words; empty for a sound one."""
    try:
        package = open_package(data)
    except (zipfile.BadZipFile, etree.XMLSyntaxError) as error:
        return [f"The file cannot be taken apart: {error}."]
    lacking = [name for name in ("document", "styles", "numbering") if f"word/{name}.xml" not in package.roots]
    if lacking:
        return [f"The file has no part word/{name}.xml." for name in lacking]
    return [
        *_relationships(package),
        *_anchors(package),
        *_fields(package),
        *_ids(package),
        *_styles(package),
        *_notes(package),
        *_tables(package),
    ]


def _relationships(package: Package) -> list[str]:
    faults = []
    reached = {"[Content_Types].xml"}
    for name, root in package.roots.items():
        if not name.endswith(".rels"):
            continue
        reached.add(name)
        folder, file = posixpath.split(name.removesuffix(".rels"))
        owner = posixpath.join(posixpath.dirname(folder), file)
        ids = Counter(item.get("Id") for item in root)
        faults += [f"{name}: {id} stands {count} times" for id, count in ids.items() if count > 1]
        for item in root.iter(f"{RELS}Relationship"):
            if item.get("TargetMode") == "External":
                continue
            target = str(item.get("Target"))
            path = target.lstrip("/") if target.startswith("/") else posixpath.join(posixpath.dirname(owner), target)
            reached.add(posixpath.normpath(path))
        if owner in package.roots:
            used = {str(v) for e in package.roots[owner].iter() for k, v in e.attrib.items() if str(k).startswith(R)}
            faults += [f"{owner}: {id} leads nowhere" for id in sorted(used - {str(id) for id in ids})]
    faults += [f"orphan part {name}" for name in sorted(set(package.parts) - reached)]
    faults += [f"missing part {name}" for name in sorted(reached - set(package.parts))]
    return faults


def _anchors(package: Package) -> list[str]:
    starts = [str(item.get(f"{W}name")) for item in package.part("document").iter(f"{W}bookmarkStart")]
    faults = [f"bookmark {name} stands {count} times" for name, count in Counter(starts).items() if count > 1]
    wanted: set[str] = set()
    for root in package.roots.values():
        wanted |= {str(link.get(f"{W}anchor")) for link in root.iter(f"{W}hyperlink") if link.get(f"{W}anchor")}
        for code in root.iter(f"{W}instrText"):
            wanted |= set(_REFERENCE.findall(code.text or ""))
    return faults + [f"nothing is called {name}" for name in sorted(wanted - set(starts))]


def _fields(package: Package) -> list[str]:
    faults = []
    for name, root in package.roots.items():
        depth = 0
        for mark in root.iter(f"{W}fldChar"):
            kind = mark.get(f"{W}fldCharType")
            depth += {"begin": 1, "end": -1}.get(str(kind), 0)
            if depth < 0 or (kind == "separate" and depth == 0):
                faults.append(f"{name}: a field's {kind} stands alone")
        if depth > 0:
            faults.append(f"{name}: {depth} fields are not closed")
    return faults


def _ids(package: Package) -> list[str]:
    document = package.part("document")
    kinds = (("drawing", DOC_PR, "id"), ("bookmark id", f"{W}bookmarkStart", f"{W}id"))
    faults = []
    for what, tag, key in kinds:
        counted = Counter(item.get(key) for item in document.iter(tag))
        faults += [f"{what} {id} stands {count} times" for id, count in counted.items() if count > 1]
    controls = Counter(item.get(f"{W}val") for item in document.iterfind(f".//{W}sdtPr/{W}id"))
    faults += [f"content control {id} stands {count} times" for id, count in controls.items() if count > 1]
    starts = Counter(item.get(f"{W}id") for item in document.iter(f"{W}bookmarkStart"))
    ends = Counter(item.get(f"{W}id") for item in document.iter(f"{W}bookmarkEnd"))
    return faults + (["bookmarks are not closed"] if starts != ends else [])


def _styles(package: Package) -> list[str]:
    defined = {str(style.get(f"{W}styleId")) for style in package.part("styles").iter(f"{W}style")}
    numbers = {str(num.get(f"{W}numId")) for num in package.part("numbering").iter(f"{W}num")} | {"0"}
    faults = []
    for name, root in package.roots.items():
        used = {str(item.get(f"{W}val")) for item in root.iter(*_STYLED)}
        faults += [f"{name}: no style {style}" for style in sorted(used - defined)]
        lists = {str(item.get(f"{W}val")) for item in root.iter(f"{W}numId")}
        faults += [f"{name}: no numbering {number}" for number in sorted(lists - numbers)]
    return faults


def _notes(package: Package) -> list[str]:
    faults = []
    for kind in ("footnote", "endnote"):
        called = [item.get(f"{W}id") for item in package.part("document").iter(f"{W}{kind}Reference")]
        root = package.roots.get(f"word/{kind}s.xml")
        there = [] if root is None else [i.get(f"{W}id") for i in root.iter(f"{W}{kind}") if not i.get(f"{W}type")]
        if called != there:
            faults.append(f"{kind}s called {called}, there {there}")
    return faults


def _tables(package: Package) -> list[str]:
    faults = []
    for table in package.part("document").iter(f"{W}tbl"):
        columns = len(list(table.iter(f"{W}gridCol")))
        for row in table.iter(f"{W}tr"):
            spans = [cell.find(f"{W}tcPr/{W}gridSpan") for cell in row.iter(f"{W}tc")]
            width = sum(1 if span is None else int(str(span.get(f"{W}val"))) for span in spans)
            if width != columns:
                faults.append(f"a row has {width} of {columns} columns")
        faults += ["a cell ends without a paragraph" for c in table.iter(f"{W}tc") if c[-1].tag != f"{W}p"]
    return faults
