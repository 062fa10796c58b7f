"""What a file is, by its content first and by its name only where the content leaves it open."""

from __future__ import annotations

import io
import json
import re
import struct
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import PurePosixPath

from briefing_app.errors import UnreadableFile
from briefing_app.readers import failures
from briefing_app.readers.decoding import decode


@dataclass(frozen=True, slots=True)
class ReaderFormat:
    """A format that can be read: its short name, what an analyst calls it, its usual endings, its media type."""

    key: str
    label: str
    extensions: tuple[str, ...]
    media_type: str


READER_FORMATS = (
    ReaderFormat("txt", "Plain text", (".txt", ".text"), "text/plain"),
    ReaderFormat("markdown", "Markdown", (".md", ".markdown", ".mdown", ".mkd"), "text/markdown"),
    ReaderFormat("html", "Web page", (".html", ".htm", ".xhtml"), "text/html"),
    ReaderFormat("mhtml", "Web archive", (".mhtml", ".mht"), "multipart/related"),
    ReaderFormat("pdf", "PDF", (".pdf",), "application/pdf"),
    ReaderFormat(
        "docx",
        "Word document",
        (".docx", ".docm", ".dotx"),
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ),
    ReaderFormat("odt", "OpenDocument text", (".odt", ".ott", ".fodt"), "application/vnd.oasis.opendocument.text"),
    ReaderFormat("rtf", "RTF document", (".rtf",), "application/rtf"),
    ReaderFormat("epub", "E-book", (".epub",), "application/epub+zip"),
    ReaderFormat("eml", "E-mail message", (".eml",), "message/rfc822"),
    ReaderFormat("msg", "Outlook message", (".msg",), "application/vnd.ms-outlook"),
    ReaderFormat("mbox", "Mailbox", (".mbox", ".mbx"), "application/mbox"),
    ReaderFormat("ris", "RIS references", (".ris",), "application/x-research-info-systems"),
    ReaderFormat("bibtex", "BibTeX references", (".bib",), "application/x-bibtex"),
    ReaderFormat("csl", "CSL-JSON references", (), "application/vnd.citationstyles.csl+json"),
    ReaderFormat("jsonl", "JSON Lines of articles", (".jsonl", ".ndjson", ".jsonlines"), "application/x-ndjson"),
    ReaderFormat("telegram", "Telegram export", (), "application/json"),
    ReaderFormat("telegram_page", "Telegram export as pages", (), "text/html"),
    ReaderFormat("zip", "ZIP archive", (".zip",), "application/zip"),
)
MEDIA_TYPES = {entry.key: entry.media_type for entry in READER_FORMATS}
LABELS = {
    "pdf": "a PDF",
    "docx": "a Word document",
    "odt": "an OpenDocument text",
    "epub": "an e-book",
    "msg": "an Outlook message",
    "mbox": "a mailbox",
    "ris": "a file of references (RIS)",
    "bibtex": "a file of references (BibTeX)",
    "csl": "a file of references (CSL-JSON)",
    "jsonl": "a file of articles (JSON Lines)",
    "telegram": "an export of a Telegram channel",
    "telegram_page": "an export of a Telegram channel",
    "zip": "a ZIP archive",
}
_BY_EXTENSION = {extension: entry.key for entry in READER_FORMATS for extension in entry.extensions}

_SAVE_AS = "Open it in its own program and save it as DOCX, PDF or text."
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_FOREIGN: tuple[tuple[bytes, str, str], ...] = (
    (b"\x89PNG\r\n", "a PNG picture", "A picture has no text; insert it into a briefing as a picture."),
    (b"\xff\xd8\xff", "a JPEG picture", "A picture has no text; insert it into a briefing as a picture."),
    (b"GIF8", "a GIF picture", "A picture has no text; insert it into a briefing as a picture."),
    (b"II*\x00", "a TIFF picture", "Run text recognition on it and save the result as PDF."),
    (b"MM\x00*", "a TIFF picture", "Run text recognition on it and save the result as PDF."),
    (b"bplist00", "a Safari web archive", "Save the page as HTML or PDF."),
    (b"SQLite format 3\x00", "a database", "Export what you need as text."),
    (b"\x1f\x8b", "a gzip archive", "Unpack it first."),
    (b"BZh", "a bzip2 archive", "Unpack it first."),
    (b"\xfd7zXZ", "an xz archive", "Unpack it first."),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive", "Unpack it first."),
    (b"Rar!", "a RAR archive", "Unpack it first."),
    (b"MZ", "a Windows program", "Do not open it; check where it came from."),
    (b"\x7fELF", "a program", "Do not open it; check where it came from."),
    (b"%!PS", "a PostScript file", "Convert it to PDF."),
    (b"ID3", "a sound recording", "Save a transcript as text."),
    (b"OggS", "a sound or video recording", "Save a transcript as text."),
    (b"RIFF", "a sound, video or picture file", "Save a transcript as text."),
)
_MAIL_HEADERS = re.compile(
    rb"^(from|to|cc|date|subject|received|return-path|message-id|mime-version|content-type|delivered-to|"
    rb"reply-to|x-[a-z0-9-]+|dkim-signature|authentication-results|sender|in-reply-to|snapshot-content-location|"
    rb"content-transfer-encoding|references|list-id)[ \t]*:",
    re.IGNORECASE,
)
_HEADER_LINE = re.compile(rb"^[!-9;-~]+[ \t]*:|^[ \t]+\S")
_HTML_START = re.compile(
    r"^\s*(?:<\?xml[^>]*\?>\s*|(?><!--.*?-->)\s*)*<(?:!doctype\s+html|html|head|body|meta|title)\b", re.I | re.S
)
_HTML_TAG = re.compile(r"</?(?:p|div|span|br|a|h[1-6]|ul|li|table|td|article|body|html|head)\b[^<>]*>", re.I)
_NEXT_MESSAGE = re.compile(rb"\n\r?\nFrom [^\r\n]+ (?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) [^\r\n]+\r?\n[A-Za-z-]+:")
_RIS_RECORD = re.compile(r"^TY  ?- ?\w", re.MULTILINE)
_BIBTEX_ENTRY = re.compile(r"^\s*@\s*[A-Za-z]+\s*[{(]", re.MULTILINE)
_BIBTEX_ARTICLE = re.compile(
    r"@(?:article|book|booklet|conference|inbook|incollection|inproceedings|manual|mastersthesis|misc|online|phdthesis"
    r"|proceedings|report|techreport|thesis|unpublished)\s*\{\s*[^\s,{}]+\s*,",
    re.IGNORECASE,
)
_TELEGRAM = re.compile(r'"messages"\s*:\s*\[|"chats"\s*:\s*\{')
_TELEGRAM_PAGE = re.compile(r'<div class="message (?:default|service)[^"<>]*" id="message-?\d')
_CSL = re.compile(
    r'"(?:type|id|citation-key)"\s*:\s*"[^"]*"[^\]]{0,4000}"(?:title|author|issued|container-title)"\s*:', re.DOTALL
)
_ZIP_FAULTS = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, struct.error,
               RuntimeError, KeyError, IndexError, OverflowError)  # fmt: skip
_STRANGE = re.compile("[\x00-\x08\x0e-\x1a\ufffd]+")
_FLAT_WORD = re.compile(rb"<pkg:package\b|<w:wordDocument\b")


def detect(data: bytes, name: str) -> str:
    """The key of the format that ``data`` is in. Raises UnreadableFile for what no reader can read."""
    if not data:
        raise failures.empty(name)
    if len(data) > failures.MAX_BYTES:
        raise failures.too_large(name, f"{len(data) // (1024 * 1024)} megabytes")
    head = data[:1024]
    if data.startswith(b"PK"):
        return _in_zip(data, name)
    if b"%PDF-" in head or (data.startswith(b"%") and b" obj" in head and b"%%EOF" in data[-2048:]):
        return "pdf"
    if data.startswith(_OLE):
        return _in_ole(data, name)
    if head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{\\rt"):
        return "rtf"
    for magic, kind, remedy in _FOREIGN:
        if data.startswith(magic) and (len(magic) > 2 or _is_binary(head)):
            raise failures.unsupported(name, kind, remedy)
    if head[4:8] == b"ftyp":
        raise failures.unsupported(name, "a video, sound or picture file", "Save a transcript as text.")
    return _in_text(data, name)


def extension_of(name: str) -> str:
    """The ending of a file's name in lower case, with its dot."""
    return PurePosixPath(name.replace("\\", "/")).suffix.lower()


def _in_zip(data: bytes, name: str) -> str:
    extension = extension_of(name)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            found = _in_listing(
                {entry.filename.replace("\\", "/").lstrip("/") for entry in archive.infolist()}, archive
            )
    except _ZIP_FAULTS:
        found = _in_damaged_zip(data)
        if not found and extension in (".docx", ".docm", ".dotx", ".odt", ".epub"):
            found = _BY_EXTENSION[extension]
    if found in MEDIA_TYPES:
        return found
    if found:
        remedy = "Open it as a briefing instead." if found == "a briefing" else _SAVE_AS
        raise failures.unsupported(name, found, remedy)
    if extension in (".docx", ".docm", ".dotx"):
        return "docx"
    return "zip"


def _in_listing(names: set[str], archive: zipfile.ZipFile) -> str:
    """The key of a package's format, or what it is in words; empty for an archive of files."""
    if "[Content_Types].xml" in names:
        folders = {entry.split("/", 1)[0] for entry in names}
        kinds = {"xl": "an Excel workbook", "ppt": "a PowerPoint presentation", "visio": "a Visio drawing"}
        return next((kind for folder, kind in kinds.items() if folder in folders), "docx")
    if "mimetype" in names:
        kind = archive.read("mimetype")[:200]
        if b"epub" in kind:
            return "epub"
        if b"opendocument" in kind:
            return "odt" if b"opendocument.text" in kind else "an OpenDocument file"
    if "META-INF/container.xml" in names:
        return "epub"
    if "content.xml" in names and ("META-INF/manifest.xml" in names or "styles.xml" in names):
        return "odt"
    return "a briefing" if "briefing.json" in names else ""


def _in_damaged_zip(data: bytes) -> str:
    """As ``_in_listing``, for a package without its table of contents, by the names that stand in it."""
    if b"[Content_Types].xml" in data and b"word/" in data:
        return "docx"
    marks = {
        b"xl/": "an Excel workbook",
        b"ppt/": "a PowerPoint presentation",
        b"opendocument.text": "odt",
        b"opendocument": "an OpenDocument file",
        b"epub+zip": "epub",
        b"briefing.json": "a briefing",
        b"[Content_Types].xml": "docx",
    }
    return next((kind for mark, kind in marks.items() if mark in data[:65_536]), "")


def _in_ole(data: bytes, name: str) -> str:
    def has(stream: str) -> bool:
        return stream.encode("utf-16-le") in data

    if has("EncryptedPackage"):
        raise failures.encrypted(name, "an Office document")
    if has("__substg1.0_") or has("__properties_version1.0"):
        return "msg"
    if has("WordDocument"):
        raise failures.unsupported(
            name, "a Word document of the old kind (.doc)", "Open it in Word or LibreOffice and save it as DOCX."
        )
    if has("Workbook") or has("Book"):
        raise failures.unsupported(name, "an Excel workbook of the old kind", _SAVE_AS)
    if has("PowerPoint Document"):
        raise failures.unsupported(name, "a PowerPoint presentation of the old kind", _SAVE_AS)
    raise failures.unsupported(name, "an old Office file", _SAVE_AS)


def _in_text(data: bytes, name: str) -> str:
    extension = extension_of(name)
    claimed = _BY_EXTENSION.get(extension, "")
    if _looks_like_mail(data):
        if _is_web_archive(data, claimed):
            return "mhtml"
        return "mbox" if claimed != "eml" and data.startswith(b"From ") and _NEXT_MESSAGE.search(data) else "eml"
    if not data.strip():
        raise UnreadableFile(f"“{name}” has nothing but blank space in it.", "Save the original again.")
    text = decode(data[:65_536])
    if _is_binary_text(text):
        if claimed in ("pdf", "docx", "odt", "epub", "zip", "msg"):
            raise failures.damaged(name, LABELS[claimed], "its beginning is missing")
        raise failures.unsupported(name, "a binary file of an unknown kind", _SAVE_AS)
    structured = _structured(text, claimed)
    if structured:
        return structured
    if _FLAT_WORD.search(data[:4096]):
        raise failures.unsupported(name, "a Word document saved as XML", "Open it in Word and save it as DOCX.")
    if _TELEGRAM_PAGE.search(text):
        return "telegram_page"
    if _HTML_START.match(text) or (claimed == "html" and _HTML_TAG.search(text)):
        return "html"
    if claimed not in ("txt", "markdown") and len(_HTML_TAG.findall(text)) >= 5:
        return "html"
    if claimed in ("eml", "mhtml"):
        return claimed if re.match(rb"^[!-9;-~]+:", data) else "txt"
    return claimed if claimed in ("markdown", "html") else "txt"


def _structured(text: str, claimed: str) -> str:
    """The key of a format of records, or of a flat OpenDocument, by the look of its beginning; empty for prose."""
    text = text.replace("\r", "\n")
    start = text.lstrip("\ufeff \t\n")
    if start.startswith("<") and "office:document" in text[:4096] and "office:mimetype" in text[:8192]:
        return "odt"
    if _RIS_RECORD.search(text) if claimed == "ris" else _RIS_RECORD.match(start):
        return "ris"
    if _BIBTEX_ENTRY.search(text) if claimed == "bibtex" else _BIBTEX_ARTICLE.match(start):
        return "bibtex"
    if claimed == "jsonl" or start[:1] in ("{", "["):
        return _in_json(start, claimed)
    return ""


def _in_json(start: str, claimed: str) -> str:
    if claimed == "jsonl" or _is_article(start.split("\n", 1)[0]):
        return "jsonl"
    if start.startswith("{") and _TELEGRAM.search(start):
        return "telegram"
    return "csl" if start.startswith("[") and _CSL.search(start[:20_000]) else ""


def _is_article(line: str) -> bool:
    """True for a line that is one JSON object with the text of an article in it, or its title."""
    try:
        record = json.loads(line)
    except (ValueError, RecursionError):
        return False
    return isinstance(record, dict) and any(isinstance(record.get(key), str) for key in ("text", "body", "content"))


def _looks_like_mail(data: bytes) -> bool:
    """True for a block of header lines at the start, at least two of them known ones."""
    head = data[:65_536].lstrip(b"\xef\xbb\xbf\r\n")
    lines = head.replace(b"\r\n", b"\n").replace(b"\r", b"\n").split(b"\n")
    if lines and lines[0].startswith((b"From ", b">From ")):
        lines = lines[1:]
    known = set()
    for line in lines[:200]:
        if not line.strip():
            break
        found = _MAIL_HEADERS.match(line)
        if found:
            known.add(found.group(1).lower())
        elif not _HEADER_LINE.match(line):
            break
    technical = known - {b"from", b"to", b"cc", b"date", b"subject", b"sender", b"references"}
    return (len(known) >= 2 and bool(technical)) or len(known) >= 3


def _is_web_archive(data: bytes, claimed: str) -> bool:
    head = data[:16_384].lower()
    if b"snapshot-content-location:" in head or b"saved by blink" in head or b"saved by windows internet" in head:
        return True
    end = head.find(b"\n\n") if b"\r\n\r\n" not in head else head.find(b"\r\n\r\n")
    headers = head[: end if end > 0 else None]
    related = b"multipart/related" in headers
    return claimed == "mhtml" or (related and b"\nto:" not in headers and b"\nreceived:" not in headers)


def _is_binary(head: bytes) -> bool:
    return b"\x00" in head or sum(1 for byte in head if byte < 9 or 13 < byte < 32) > len(head) // 20


def _is_binary_text(text: str) -> bool:
    """True where control characters or undecodable bytes are too many for any text."""
    strange = sum(map(len, _STRANGE.findall(text)))
    return strange > len(text) * 0.02 + 3
