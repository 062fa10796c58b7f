"""Large files of many small sources (JSON Lines, mailboxes), cut into parts without being held in memory."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO

from briefing_app.errors import UnreadableFile
from briefing_app.readers.detection import detect, extension_of

MAX_PART = 64 << 20  # bytes of one line or message
LINES = (".jsonl", ".ndjson", ".jsonlines")
_PEEK = 65_536
_ENVELOPE = re.compile(rb"From \S.*\d{1,2}:\d\d.*\d{4}|From \S+\s+(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)\b")
_HEADER = re.compile(rb"(?:[!-9;-~]+[ \t]*:|>From )")


@dataclass(frozen=True, slots=True)
class Part:
    """One source's bytes inside a large file, not read yet. With a ``problem`` it cannot be."""

    name: str
    file_name: str
    data: bytes = field(repr=False)
    problem: str = ""


def split(stream: BinaryIO, name: str) -> Iterator[Part] | None:
    """The parts of a file that is read from a seekable ``stream``, or None where it is no such file.

    Each part can be given to ``read_members`` by itself. The stream must stay open until all parts were taken.
    """
    head = stream.read(_PEEK)
    stream.seek(0)
    key = ""
    lines_claimed = extension_of(name) in LINES
    if lines_claimed or head.lstrip()[:1] == b"{" or head[:5] == b"From ":
        try:
            key = detect(_whole_lines(head), name)
        except UnreadableFile:
            return None
    if key == "jsonl" and (lines_claimed or b"\n" in head.strip()):
        return split_lines(stream, name)
    if key in ("mbox", "eml") and head[:5] == b"From " and extension_of(name) != ".eml":
        return split_mailbox(stream, name)
    return None


def _whole_lines(head: bytes) -> bytes:
    return head[: head.rfind(b"\n") + 1] if len(head) == _PEEK and b"\n" in head else head


def split_lines(stream: BinaryIO, name: str) -> Iterator[Part]:
    """Every line that is not blank, named by its number from 1."""
    for number, line in enumerate(_lines(stream), 1):
        if line is None:
            yield Part(f"line {number}", name, b"", _too_long(f"Line {number}"))
        elif line.strip():
            yield Part(f"line {number}", name, line.rstrip(b"\r\n"))


def split_mailbox(stream: BinaryIO, name: str) -> Iterator[Part]:
    """Every message, named by its number from 1, from its envelope line to the blank line before the next."""
    number, size, blank = 0, 0, True
    kept: list[bytes] = []
    envelope = b""  # a line that begins a message if a header follows it
    for line in _lines(stream):
        if envelope:
            if kept and line is not None and _HEADER.match(line):
                number += 1
                yield _message(number, kept, size)
                kept, size = [], 0
            kept.append(envelope)
            size += len(envelope)
            envelope = b""
        if line is not None and blank and _ENVELOPE.match(line):
            envelope = line
            continue
        blank = line is not None and not line.strip()
        size += MAX_PART + 1 if line is None else len(line)
        if line is not None and size <= MAX_PART:
            kept.append(line)
    if any(line.strip() for line in kept):
        yield _message(number + 1, kept, size)


def _message(number: int, lines: list[bytes], size: int) -> Part:
    name = f"message {number}"
    if size > MAX_PART:
        return Part(name, f"{name}.eml", b"", _too_long(f"Message {number}"))
    return Part(name, f"{name}.eml", b"".join(lines).rstrip(b"\r\n") + b"\n")


def _lines(stream: BinaryIO) -> Iterator[bytes | None]:
    """Lines with their ends; None for one that is too long to be read."""
    while line := stream.readline(MAX_PART + 1):
        if len(line) <= MAX_PART:
            yield line
            continue
        while line and not line.endswith(b"\n"):
            line = stream.readline(1 << 20)
        yield None


def _too_long(what: str) -> str:
    return f"{what} is too large to be read safely: it has more than {MAX_PART >> 20} MB."
