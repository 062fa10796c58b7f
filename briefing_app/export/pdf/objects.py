"""The objects of a PDF file and the bytes they become: object streams, a cross-reference stream, no clock.

Python values stand for PDF ones: ``None``, ``bool``, numbers, ``Name``, ``Ref``, ``str`` (a text string), ``bytes``
(a byte string), lists and dicts. The same objects in the same order give the same bytes.
"""

from __future__ import annotations

import hashlib
import re
import zlib
from collections.abc import Mapping
from typing import Any

_PER_STREAM = 200  # objects in one object stream
_LEVEL = 6  # of zlib: the knee between size and time


class Name(str):
    """A PDF name, without its slash."""

    __slots__ = ()


class Ref(int):
    """A reference to the object of that number."""

    __slots__ = ()


def number(value: float) -> str:
    """A number as PDF writes it, in hundredths."""
    text = f"{value:.2f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


_NAME_ESCAPED = re.compile(rb"[^!\"$-&*-.0-;=?-Z\\^-z|~]")
_LITERAL_ESCAPED = re.compile(r"[\\()]")


def name_bytes(name: str) -> bytes:
    escaped = _NAME_ESCAPED.sub(lambda m: b"#%02X" % m.group()[0], name.encode("utf-8", "replace"))
    return b"/" + escaped


def text_string(text: str) -> bytes:
    """A text string: ASCII as it is, all else in UTF-16 with its mark."""
    if text.isascii() and text.isprintable():
        return b"(" + _LITERAL_ESCAPED.sub(lambda m: "\\" + m.group(), text).encode("ascii") + b")"
    return b"<FEFF" + text.encode("utf-16-be", "replace").hex().upper().encode("ascii") + b">"


def serialise(value: Any) -> bytes:
    """The bytes of a value; a type that PDF does not have is a fault of the program (TypeError)."""
    match value:
        case None:
            return b"null"
        case bool():
            return b"true" if value else b"false"
        case Ref():
            return b"%d 0 R" % value
        case int():
            return b"%d" % value
        case float():
            return number(value).encode("ascii")
        case Name():
            return name_bytes(value)
        case str():
            return text_string(value)
        case bytes():
            return b"<" + value.hex().upper().encode("ascii") + b">"
        case list() | tuple():
            return b"[" + b" ".join(serialise(item) for item in value) + b"]"
        case dict():
            return b"<<" + b"".join(name_bytes(key) + b" " + serialise(item) for key, item in value.items()) + b">>"
        case _:
            raise TypeError(f"PDF has no {type(value).__name__}")


class ObjectStore:
    """The objects of one file in the making. Not a document: it knows no pages and no fonts."""

    def __init__(self) -> None:
        self._plain: dict[int, bytes] = {}
        self._streams: dict[int, bytes] = {}
        self._count = 0

    def reserve(self) -> Ref:
        """A number for an object that is put later."""
        self._count += 1
        return Ref(self._count)

    def put(self, ref: Ref, value: Any) -> Ref:
        self._plain[ref] = serialise(value)
        return ref

    def add(self, value: Any) -> Ref:
        return self.put(self.reserve(), value)

    def stream(self, data: bytes, entries: Mapping[str, Any] | None = None, *, compress: bool = True) -> Ref:
        """A stream object; ``compress`` is False for data that carries its own filter."""
        ref = self.reserve()
        self._streams[ref] = _stream_bytes(data, dict(entries or {}), compress)
        return ref

    def to_bytes(self, root: Ref, info: Ref) -> bytes:
        """The whole file. Its identifier is the hash of its content."""
        out = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
        where: dict[int, tuple[int, int, int]] = {0: (0, 0, 65535)}
        for ref, data in self._streams.items():
            where[ref] = (1, len(out), 0)
            out += b"%d 0 obj\n%b\nendobj\n" % (ref, data)
        plain = sorted(self._plain)
        for start in range(0, len(plain), _PER_STREAM):
            members = plain[start : start + _PER_STREAM]
            holder = self.reserve()
            where[holder] = (1, len(out), 0)
            where.update({ref: (2, holder, index) for index, ref in enumerate(members)})
            out += b"%d 0 obj\n%b\nendobj\n" % (holder, self._object_stream(members))
        self._append_references(out, where, root, info)
        return bytes(out)

    def _object_stream(self, members: list[int]) -> bytes:
        heads, bodies, offset = [], [], 0
        for ref in members:
            body = self._plain[ref] + b"\n"
            heads.append(b"%d %d" % (ref, offset))
            bodies.append(body)
            offset += len(body)
        head = b" ".join(heads) + b"\n"
        entries = {"Type": Name("ObjStm"), "N": len(members), "First": len(head)}
        return _stream_bytes(head + b"".join(bodies), entries, True)

    def _append_references(self, out: bytearray, where: dict[int, tuple[int, int, int]], root: Ref, info: Ref) -> None:
        identity = hashlib.sha256(out).digest()[:16]
        table, start = self.reserve(), len(out)
        where[table] = (1, start, 0)
        rows = bytearray()
        for ref in range(self._count + 1):
            kind, second, third = where.get(ref, (0, 0, 65535))
            rows += bytes((kind,)) + second.to_bytes(4, "big") + third.to_bytes(2, "big")
        entries = {
            "Type": Name("XRef"),
            "Size": self._count + 1,
            "W": [1, 4, 2],
            "Root": root,
            "Info": info,
            "ID": [identity, identity],
        }
        out += b"%d 0 obj\n%b\nendobj\n" % (table, _stream_bytes(bytes(rows), entries, True))
        out += b"startxref\n%d\n%%%%EOF\n" % start


def _stream_bytes(data: bytes, entries: dict[str, Any], compress: bool) -> bytes:
    if compress:
        data = zlib.compress(data, _LEVEL)
        entries["Filter"] = Name("FlateDecode")
    entries["Length"] = len(data)
    return serialise(entries) + b"\nstream\n" + data + b"\nendstream"
