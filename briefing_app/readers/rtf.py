"""RTF documents: their paragraphs, tables and notes, with the fields that they give of themselves."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from briefing_app.errors import UnreadableFile
from briefing_app.model.reading import Fields, Reading
from briefing_app.model.source import SourceKind
from briefing_app.readers import failures
from briefing_app.readers.language import detect_language
from briefing_app.readers.rtf_blocks import RtfBlocks
from briefing_app.readers.rtf_words import (
    CHARSETS,
    CODE_PAGES,
    DOCUMENT_CHARSETS,
    ENTERED,
    INFO,
    SIGNS,
    SKIPPED,
    SYMBOLS,
)
from briefing_app.readers.text_builder import TextBuilder, one_line

READER = "rtf/1"
MAX_RTF = 256 << 20
_TOKEN = re.compile(
    r"\\([A-Za-z]{1,32})(-?\d{1,10})?[ ]?|\\'([0-9A-Fa-f]{2})|\\([^A-Za-z'])|([{}])|([\r\n]+)|([^\\{}\r\n]+)|\\",
    re.DOTALL,
)
_DEEP = 5000  # open groups


@dataclass(slots=True)
class _Group:
    """What holds inside a pair of braces. ``where`` is the part of the document that its words go to."""

    where: str = "text"
    fallback: int = 1  # characters that stand in for one of Unicode
    font: int = -1
    hidden: bool = False
    starred: bool = False
    fresh: bool = True  # nothing has been met in it yet


def read_rtf(data: bytes, name: str) -> Reading:
    """Read an RTF document: deleted and hidden text left out, notes at the end. Raises UnreadableFile."""
    if len(data) > MAX_RTF:
        raise failures.too_large(name, "an RTF document of more than 256 megabytes")
    document = _Document()
    document.run(data.lstrip(b"\xef\xbb\xbf \t\r\n").decode("latin-1"))
    builder = document.finish()
    if not builder.length and len(data) < 20:
        raise failures.damaged(name, "an RTF document", "it ends after its first words")
    return Reading(
        reader=READER,
        kind=SourceKind.DOCUMENT,
        media_type="application/rtf",
        text=builder.text,
        fields=Fields(
            title=document.info.get("title", ""),
            authors=tuple(filter(None, [document.info.get("author", "")])),
            published=document.created,
            language=detect_language(builder.text),
        ),
        blocks=builder.blocks,
        no_text=not builder.text,
    )


def rtf_text(data: bytes) -> TextBuilder:
    """The blocks of the RTF body of a message. Raises UnreadableFile."""
    if not data.lstrip().startswith(b"{\\rt"):
        raise UnreadableFile("The body of the message is no RTF.")
    document = _Document()
    document.run(data.lstrip().decode("latin-1"))
    return document.finish()


class _Document:
    """Follows the words of an RTF file from its beginning to its end. It never fails: what it cannot read it skips."""

    def __init__(self) -> None:
        self.info: dict[str, str] = {}
        self.created = ""
        self._blocks = RtfBlocks()
        self._groups = [_Group()]
        self._bytes = bytearray()
        self._charset = "cp1252"
        self._fonts: dict[int, str] = {}
        self._style = -1
        self._skip = 0
        self._high = ""
        self._collected: list[str] = []

    def run(self, text: str) -> None:
        place = 0
        while found := _TOKEN.match(text, place):
            place = found.end()
            word, value, code, sign, brace, newline, plain = found.groups()
            if plain is not None:
                self._plain(plain)
            elif code is not None:
                self._byte(int(code, 16))
            elif word is not None:
                if word == "bin":
                    place += min(max(int(value or 0), 0), len(text))
                else:
                    self._word(word, int(value) if value else None)
            elif brace is not None:
                self._open() if brace == "{" else self._close()
            elif sign is not None:
                self._sign(sign)
            elif newline is None:
                continue

    def finish(self) -> TextBuilder:
        while len(self._groups) > 1:
            self._close()
        return self._blocks.finish()

    # --- characters ---------------------------------------------------------------------------------------------

    def _plain(self, text: str) -> None:
        group = self._groups[-1]
        group.fresh = False
        if self._skip:
            cut = min(self._skip, len(text))
            self._skip -= cut
            text = text[cut:]
        if group.where != "skip" and not group.hidden and text:
            self._bytes += text.encode("latin-1")

    def _byte(self, code: int) -> None:
        group = self._groups[-1]
        group.fresh = False
        if self._skip:
            self._skip -= 1
        elif group.where != "skip" and not group.hidden:
            self._bytes.append(code)

    def _flush(self) -> None:
        """Decode the bytes that have gathered, all of one font."""
        if self._bytes:
            charset = self._fonts.get(self._groups[-1].font, "") or self._charset
            if charset == "cp1252" and self._charset not in ("cp1252", "mac_roman", "cp437", "cp850"):
                charset = self._charset
            data, self._bytes = bytes(self._bytes), bytearray()
            try:
                text = data.decode(charset, "replace")
            except LookupError:
                text = data.decode("cp1252", "replace")
            self._put(text)

    def _put(self, text: str) -> None:
        where = self._groups[-1].where
        if where in ("text", "note"):
            self._blocks.paragraph.words.append(text)
        elif where != "skip":
            self._collected.append(text)

    def _say(self, text: str) -> None:
        group = self._groups[-1]
        if self._skip:
            self._skip -= 1
        elif group.where != "skip" and not group.hidden:
            self._flush()
            self._put(text)

    def _unicode(self, code: int) -> None:
        self._flush()
        char = chr(code & 0xFFFF)
        group = self._groups[-1]
        if "\ud800" <= char <= "\udbff":
            self._high = char
        else:
            if "\udc00" <= char <= "\udfff":
                joined = (self._high + char).encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
                char = joined if self._high else "\ufffd"
            self._high = ""
            if group.where != "skip" and not group.hidden:
                self._put(char)
        self._skip = group.fallback

    def _end_paragraph(self) -> None:
        self._flush()
        if self._groups[-1].where in ("text", "note", "skip"):
            self._blocks.end_paragraph()

    # --- groups -------------------------------------------------------------------------------------------------

    def _open(self) -> None:
        self._flush()
        self._skip = 0
        if len(self._groups) < _DEEP:
            self._groups.append(replace(self._groups[-1], starred=False, fresh=True))

    def _close(self) -> None:
        self._flush()
        self._skip = 0
        if len(self._groups) == 1:
            return
        group = self._groups.pop()
        if group.where != self._groups[-1].where:
            self._leave(group.where)

    def _leave(self, where: str) -> None:
        """The end of a part of the document."""
        if where == "note":
            self._blocks.end_note()
            return
        text = one_line("".join(self._collected))
        self._collected = []
        if where in INFO.values():
            self.info[where] = text or self.info.get(where, "")  # the last is in Unicode where there are two
        elif where == "style":
            self._blocks.styles.setdefault(self._style, text.rstrip(";"))

    def _enter(self, where: str) -> None:
        if where == "note":
            self._blocks.begin_note()
        self._groups[-1].where = where

    # --- words --------------------------------------------------------------------------------------------------

    def _sign(self, sign: str) -> None:
        group = self._groups[-1]
        if sign == "*" and group.fresh:
            group.starred = True
            return
        group.fresh = False
        if sign in "\r\n":
            self._end_paragraph()
        elif sign in SIGNS:
            self._say(SIGNS[sign])

    def _word(self, word: str, value: int | None) -> None:
        group = self._groups[-1]
        fresh, group.fresh = group.fresh, False
        if group.where == "skip":
            if word == "f" and value is not None:
                group.font = value
            elif word == "fcharset" and value is not None and value in CHARSETS:
                self._fonts[group.font] = CHARSETS[value]
            elif word == "cpg" and value is not None:
                self._fonts[group.font] = _code_page(value)
            return
        if (fresh or group.starred) and self._destination(word, group):
            return
        if word == "u" and value is not None:
            self._unicode(value)
        elif word in SYMBOLS:
            self._say(SYMBOLS[word])
        else:
            self._control(word, value, group)

    def _destination(self, word: str, group: _Group) -> bool:
        """True where a word at the start of a group says what the group is."""
        starred, group.starred = group.starred, False
        if word == "stylesheet":
            group.where = "styles"
        elif word in ("footnote", "endnote"):
            self._flush()
            self._enter("note" if group.where == "text" else group.where)
        elif group.where == "info" and word in INFO:
            self._enter(INFO[word])
        elif word == "info":
            group.where = "info"
        elif group.where == "info" and word == "creatim":
            group.where = "created"
        elif word in SKIPPED or (starred and word not in ENTERED and group.where != "styles"):
            if word in ("listtext", "pntext"):
                self._blocks.paragraph.listed = True
            group.where = "skip"
        elif group.where == "info" and word not in ("upr", "ud"):
            group.where = "skip"
        else:
            return False
        return True

    def _control(self, word: str, value: int | None, group: _Group) -> None:
        on = value != 0
        match word:
            case "par" | "sect" | "page":
                self._end_paragraph()
            case "pard":
                self._blocks.paragraph.reset()
            case "cell":
                self._flush()
                self._blocks.end_cell()
            case "row":
                self._blocks.end_row()
            case "intbl":
                self._blocks.paragraph.in_table = True
            case "s":
                self._blocks.paragraph.style = value or 0
                if group.where == "styles":
                    self._style, group.where = value or 0, "style"
            case "outlinelevel":
                self._blocks.paragraph.outline = value or 0
            case "ls" | "pnlvlblt" | "pnlvlbody":
                self._blocks.paragraph.listed = True
            case "uc":
                group.fallback = min(max(value or 0, 0), 100)
            case "f" | "plain":
                self._flush()
                group.font = value if word == "f" and value is not None else -1
                group.hidden = group.hidden and word == "f"
            case "v" | "deleted" | "htmlrtf":
                self._flush()
                group.hidden = on
            case "ansicpg":
                self._charset = _code_page(value or 1252)
            case "ansi" | "mac" | "pc" | "pca":
                self._charset = DOCUMENT_CHARSETS[word]
            case _:
                self._date(word, value, group)

    def _date(self, word: str, value: int | None, group: _Group) -> None:
        if group.where != "created" or value is None:
            return
        if word == "yr" and 1900 < value < 2999:
            self.created = f"{value:04d}"
        elif (word == "mo" and 1 <= value <= 12 and len(self.created) == 4) or (
            word == "dy" and 1 <= value <= 31 and len(self.created) == 7
        ):
            self.created += f"-{value:02d}"


def _code_page(number: int) -> str:
    return CODE_PAGES.get(number, f"cp{number}")
