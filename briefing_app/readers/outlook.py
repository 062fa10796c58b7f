"""Outlook messages (MSG): the few properties of the compound file that a source needs."""

from __future__ import annotations

import datetime
import io
import struct
from dataclasses import dataclass, field
from typing import Any

from briefing_app.readers import failures

_KIND = "an Outlook message"
_FAULTS = (OSError, ValueError, IndexError, KeyError, TypeError, AttributeError, struct.error, OverflowError,
           UnicodeError, RecursionError, AssertionError)  # fmt: skip
_MAX_ATTACHMENTS = 2000
_MAX_STREAM = 256 << 20
_EPOCH = datetime.datetime(1601, 1, 1, tzinfo=datetime.UTC)
SUBJECT, BODY, HTML, RTF, HEADERS = "0037", "1000", "1013", "1009", "007D"
SENDER = ("0C1A", "0042", "5D01", "0C1F", "0065")
_SENT, _DELIVERED, _CREATED = 0x0039, 0x0E06, 0x3007
_CODE_PAGE, _BODY_CODE_PAGE = 0x3FFD, 0x3FDE
_FILE, _NAMES = "3701", ("3707", "3704", "3001")


@dataclass(slots=True)
class OutlookMessage:
    """What a message says, with the bytes of its bodies as they stand and its attachments."""

    subject: str = ""
    sender: str = ""
    sent: str = ""
    body: str = ""
    html: bytes = b""
    rtf: bytes = b""
    charset: str = ""
    files: list[tuple[str, bytes | None]] = field(default_factory=list)
    messages: list[OutlookMessage] = field(default_factory=list)


def parse_msg(data: bytes, name: str) -> OutlookMessage:
    """The message in a MSG file. Raises UnreadableFile where the compound file is damaged."""
    import olefile

    try:
        with olefile.OleFileIO(io.BytesIO(data)) as ole:
            return _message(ole, [], 0)
    except _FAULTS as error:
        raise failures.damaged(name, _KIND, "its parts cannot be found") from error


def _message(ole: Any, folder: list[str], depth: int) -> OutlookMessage:
    part = _Part(ole, folder, 24 if folder else 32)
    message = OutlookMessage(
        subject=part.text(SUBJECT),
        sender=next(filter(None, map(part.text, SENDER)), ""),
        sent=part.time(_SENT) or part.time(_DELIVERED) or part.time(_CREATED),
        body=part.text(BODY),
        html=part.binary(HTML) or part.text(HTML).encode(),
        rtf=expand_rtf(part.binary(RTF)),
        charset=_charset(part.number(_BODY_CODE_PAGE)) if part.binary(HTML) else "utf-8",
    )
    storages = sorted({entry[len(folder)] for entry in ole.listdir() if _is_attachment(entry, folder)})
    for number, storage in enumerate(storages[:_MAX_ATTACHMENTS], 1):
        _attach(message, ole, [*folder, storage], number, depth)
    return message


def _is_attachment(entry: list[str], folder: list[str]) -> bool:
    here = len(folder)
    return len(entry) > here + 1 and entry[:here] == folder and entry[here].lower().startswith("__attach")


def _attach(message: OutlookMessage, ole: Any, folder: list[str], number: int, depth: int) -> None:
    part = _Part(ole, folder, 8)
    inner = [*folder, f"__substg1.0_{_FILE}000D"]
    if ole.exists([*inner, "__properties_version1.0"]):
        if depth < 5:
            message.messages.append(_message(ole, inner, depth + 1))
        return
    name = next(filter(None, map(part.text, _NAMES)), "") or f"attachment {number}"
    message.files.append((name.replace("\\", "/").rsplit("/", 1)[-1], part.binary(_FILE) or None))


class _Part:
    """The properties of a message or an attachment: one storage of the compound file."""

    def __init__(self, ole: Any, folder: list[str], header: int) -> None:
        self._ole = ole
        self._folder = folder
        self._numbers: dict[int, bytes] = {}
        fixed = self._stream("__properties_version1.0")
        for place in range(header, len(fixed) - 15, 16):
            tag = struct.unpack_from("<I", fixed, place)[0]
            self._numbers[tag >> 16] = fixed[place + 8 : place + 16]
        self._charset = _charset(self.number(_CODE_PAGE)) or _charset(self.number(_BODY_CODE_PAGE)) or "cp1252"

    def _stream(self, name: str) -> bytes:
        path = [*self._folder, name]
        if not self._ole.exists(path) or self._ole.get_type(path) != 2 or self._ole.get_size(path) > _MAX_STREAM:
            return b""
        return bytes(self._ole.openstream(path).read())

    def text(self, tag: str) -> str:
        wide = self._stream(f"__substg1.0_{tag}001F")
        if wide:
            return wide.decode("utf-16-le", "replace").rstrip("\0")
        narrow = self._stream(f"__substg1.0_{tag}001E")
        return narrow.decode(self._charset, "replace").rstrip("\0")

    def binary(self, tag: str) -> bytes:
        return self._stream(f"__substg1.0_{tag}0102")

    def number(self, tag: int) -> int:
        value = self._numbers.get(tag, b"")
        return int(struct.unpack_from("<I", value)[0]) if len(value) >= 4 else 0

    def time(self, tag: int) -> str:
        """A time as ISO 8601 in UTC; empty where it is absent or impossible."""
        value = self._numbers.get(tag, b"")
        ticks = struct.unpack("<Q", value)[0] if len(value) == 8 else 0
        try:
            moment = _EPOCH + datetime.timedelta(microseconds=ticks // 10)
        except OverflowError:
            return ""
        return moment.strftime("%Y-%m-%dT%H:%M:%SZ") if 1970 < moment.year < 2999 else ""


def _charset(code_page: int) -> str:
    known = {65001: "utf-8", 20866: "koi8_r", 21866: "koi8_u", 20127: "ascii", 1200: "utf-16-le", 50220: "iso2022_jp"}
    name = known.get(code_page)
    if name is None and 28591 <= code_page <= 28605:
        name = f"iso8859_{code_page - 28590}"
    if name is None and code_page:
        name = f"cp{code_page}"
    try:
        return name if name and "x".encode(name) else ""
    except LookupError:
        return ""


_DICTIONARY = (
    b"{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript \\fdecor MS "
    b"Sans SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0\\blue0\r\n\\par \\pard\\plain\\f0\\fs20"
    b"\\b\\i\\u\\tab\\tx"
)


def expand_rtf(data: bytes) -> bytes:
    """The RTF behind a message's compressed body; as much of it as can be had, empty where nothing can."""
    if len(data) < 16:
        return b""
    _, size, kind = struct.unpack_from("<III", data)
    if kind == 0x414C454D:  # "MELA": not compressed
        return data[16 : 16 + size]
    if kind != 0x75465A4C or size > _MAX_STREAM:  # "LZFu"
        return b""
    window, write = bytearray(_DICTIONARY.ljust(4096, b"\0")), len(_DICTIONARY)
    out = bytearray()
    place = 16
    while place < len(data) and len(out) < size:
        flags = data[place]
        place += 1
        for bit in range(8):
            if not flags >> bit & 1:
                chunk = data[place : place + 1]
                place += 1
            else:
                pair = int.from_bytes(data[place : place + 2], "big")
                place += 2
                read = pair >> 4
                if place > len(data) or read == write:
                    return bytes(out)
                chunk = _copy(window, read, write, (pair & 15) + 2)
            out += chunk
            for byte in chunk:
                window[write] = byte
                write = (write + 1) % 4096
    return bytes(out[:size])


def _copy(window: bytearray, read: int, write: int, length: int) -> bytes:
    """``length`` bytes of the window from ``read`` on, where what is copied may be copied again."""
    run = (write - read) % 4096
    return bytes(window[(read + step % run) % 4096] for step in range(length))
