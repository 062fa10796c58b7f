"""Bytes to characters: byte order mark, declared charset, UTF-8, then a guess from the bytes themselves."""

from __future__ import annotations

import codecs
import re

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# What the WHATWG encoding standard says that pages mean by these labels.
_MEANT = {
    "iso-8859-1": "windows-1252",
    "latin-1": "windows-1252",
    "latin1": "windows-1252",
    "us-ascii": "windows-1252",
    "ascii": "windows-1252",
    "iso-8859-9": "windows-1254",
    "iso-8859-8-i": "iso-8859-8",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "x-gbk": "gb18030",
    "ks_c_5601-1987": "cp949",
    "euc-kr": "cp949",
    "shift_jis": "cp932",
    "x-sjis": "cp932",
    "unicode": "utf-16",
    "utf8": "utf-8",
    "x-unknown": "",
    "unknown-8bit": "",
}
_META_CHARSET = re.compile(rb"<meta[^>]{0,400}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.\-]{2,40})", re.IGNORECASE)
_XML_CHARSET = re.compile(rb"^\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9_:.\-]{2,40})", re.IGNORECASE)
_GUESSES = (
    "utf_8", "cp1251", "koi8_r", "cp866", "mac_cyrillic", "iso8859_5", "koi8_u",
    "cp1252", "cp1250", "iso8859_2", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257",
    "gb18030", "big5", "cp932", "euc_jp", "cp949", "utf_16", "utf_16_le", "utf_16_be",
)  # fmt: skip
_STATEFUL = ("iso2022", "hz", "utf-7", "utf-16", "utf-32")
_SAMPLE = 200_000  # bytes that the guess looks at


def decode(data: bytes, declared: str = "") -> str:
    """The characters of ``data``. Never raises: bytes that fit no charset become U+FFFD.

    ``declared`` is a charset that a header names; it counts after a byte order mark, and only where it fits.
    """
    for mark, charset in _MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(charset, "replace")
    charset = _known(declared)
    if charset.startswith(_STATEFUL):  # its bytes are all ASCII, and would pass for UTF-8
        return data.decode(charset, "replace")
    wide = _wide_without_mark(data)
    if wide:
        return data.decode(wide, "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        cut_off = error.start >= len(data) - 3 and error.reason == "unexpected end of data"
    if charset and charset != "utf-8":
        text = _strict(data, charset)
        return text if text is not None else data.decode(charset, "replace")
    if cut_off or charset == "utf-8" or _mostly_utf8(data):
        return data.decode("utf-8", "replace")
    return _guess(data)


def decode_html(data: bytes, declared: str = "") -> str:
    """The characters of a web page: what ``decode`` does, with the charset that the page's head declares."""
    if not _known(declared):
        head = data[:16_384]
        found = _XML_CHARSET.search(head[:512]) or _META_CHARSET.search(head)
        declared = found.group(1).decode("ascii") if found else ""
        if declared.lower().startswith("utf-16"):  # a page whose meta can be read as ASCII is no UTF-16
            declared = "utf-8"
    return decode(data, declared)


def _known(label: str) -> str:
    """Python's name of a charset, or an empty string for one that it does not know."""
    label = label.strip().strip("\"'").lower()
    label = _MEANT.get(label, label)
    if not label:
        return ""
    try:
        info = codecs.lookup(label)
    except (LookupError, ValueError):
        return ""
    # codecs such as base64 or rot13 are no charsets
    return info.name if getattr(info, "_is_text_encoding", True) else ""


def _strict(data: bytes, charset: str) -> str | None:
    try:
        return data.decode(charset)
    except (UnicodeError, ValueError):
        return None


def _wide_without_mark(data: bytes) -> str:
    """``utf-16-le`` or ``-be`` where every second byte of the beginning is zero."""
    head = data[:400]
    if len(head) < 4 or len(data) % 2:
        return ""
    even, odd = head[0::2], head[1::2]
    if 0 in head and (0 in even) != (0 in odd):  # other scripts: zeros (of spaces) in the high bytes only
        high = odd if 0 in odd else even
        usual = sorted((high.count(value) for value in set(high)), reverse=True)[:2]
        if sum(usual) > len(high) * 0.9:
            return "utf-16-le" if high is odd else "utf-16-be"
    if odd.count(0) > len(odd) * 0.7 and even.count(0) < len(even) * 0.1:
        return "utf-16-le"
    if even.count(0) > len(even) * 0.7 and odd.count(0) < len(odd) * 0.1:
        return "utf-16-be"
    return ""


def _mostly_utf8(data: bytes) -> bool:
    """True where damaged places are few among sequences that can only be UTF-8."""
    sample = data[:_SAMPLE].decode("utf-8", "replace")
    broken = sample.count("\ufffd")
    wide = sum(1 for char in sample if char > "\x7f") - broken
    return broken * 20 < wide


def _guess(data: bytes) -> str:
    from charset_normalizer import from_bytes

    sample = data[:_SAMPLE]
    best = from_bytes(sample, cp_isolation=list(_GUESSES), preemptive_behaviour=False).best()
    charset = _known(best.encoding) if best is not None else ""
    cyrillic = _cyrillic_charset(sample)
    return data.decode(cyrillic or charset or "windows-1252", "replace")


def _cyrillic_charset(sample: bytes) -> str:
    """The Cyrillic charset under which the sample has the letters of Russian or Ukrainian prose, if any.

    Short texts mislead a general guess. Of prose, nearly all letters outside ASCII are lower case, and its most
    common ones are о, е, а, и, н, т.
    """
    scores = {}
    for charset in ("cp1251", "koi8_r", "cp866", "koi8_u", "iso8859_5", "mac_cyrillic"):
        high = [char for char in sample.decode(charset, "replace") if char > "\x7f"]
        if not high:
            return ""
        lower = sum(1 for char in high if "а" <= char <= "я" or char in "ёіїєґў")
        common = sum(1 for char in high if char in "оеаинтісрв")
        scores[charset] = (lower / len(high)) * (common / len(high))
    best = max(scores, key=lambda charset: scores[charset])
    return best if scores[best] > 0.4 else ""
