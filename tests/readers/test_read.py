"""The door of the readers: what a file is, the normal form of its text, and what bad bytes get."""

from __future__ import annotations

import contextlib
import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing_app.errors import UnreadableFile
from briefing_app.model.reading import BlockKind, Reading
from briefing_app.readers import READER_FORMATS, read, read_members
from tests.readers.build import docx, paragraph, pdf, png

RUSSIAN = "Москва заявила о прямом участии альянса в подготовке ударов. Это утверждение не подтверждено."
ARABIC = "قالت موسكو إن الحلف شارك مباشرة في التخطيط للضربات. ولم يتم تأكيد هذا الادعاء حتى الآن."


def check_form(reading: Reading) -> None:
    """What holds for the text of every reading."""
    text = reading.text
    assert "\r" not in text
    assert not any(char < " " and char not in "\n\t" for char in text)
    assert "\n\n\n" not in text
    assert "\n\n".join(text[block.start : block.end] for block in reading.blocks) == text
    for block in reading.blocks:
        piece = text[block.start : block.end]
        assert piece == piece.strip()
        assert "\n\n" not in piece
        assert (1 <= block.level <= 6) == (block.kind is BlockKind.HEADING)
    for before, after in zip(reading.pages, reading.pages[1:], strict=False):
        assert before.end <= after.start
        assert after.number == before.number + 1
    assert reading.no_text == (not any(map(str.isalnum, text))) or not reading.pages


@pytest.mark.parametrize("charset", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1251", "koi8-r", "cp866"])
def test_text_of_any_encoding(charset: str) -> None:
    reading = read(RUSSIAN.encode(charset), "заметка.txt")
    assert reading.text == RUSSIAN
    assert reading.fields.language == "ru"
    assert reading.reader == "txt/1"


@pytest.mark.parametrize(
    ("text", "charset"), [(ARABIC, "cp1256"), ("Česká vláda dnes odpověděla velvyslanci.", "cp1250")]
)
def test_text_of_other_encodings(text: str, charset: str) -> None:
    assert read(text.encode(charset), "note.txt").text == text


@given(st.text(st.characters(codec="utf-8"), min_size=1, max_size=400))
@settings(max_examples=150, deadline=None)
def test_any_text_keeps_every_character_that_shows(text: str) -> None:
    try:
        reading = read(text.encode("utf-8"), "a.txt")
    except UnreadableFile:
        return
    check_form(reading)
    if reading.reader == "txt/1":
        controls = {chr(code) for code in (*range(32), *range(0x7F, 0xA0), 0xFEFF, 0xFFFE, 0xFFFF)}
        shown = [char for char in text if not char.isspace() and char not in controls]
        assert shown == [char for char in reading.text if not char.isspace()]


def test_a_first_line_that_looks_like_a_heading_is_the_title() -> None:
    reading = read(b"Strikes on the port\r\n\r\nThe port was hit twice on Monday, officials said.\r\n", "a.txt")
    assert reading.fields.title == "Strikes on the port"
    assert [block.kind for block in reading.blocks] == [BlockKind.HEADING, BlockKind.PARAGRAPH]
    assert read(b"The port was hit twice on Monday, officials said.\n\nMore follows.", "a.txt").fields.title == ""


@pytest.mark.parametrize(
    ("data", "name", "reader"),
    [
        (pdf([["A line of text"]]), "letter.docx", "pdf/2"),
        (docx(paragraph("Words")), "letter.pdf", "docx/2"),
        (b"<!DOCTYPE html><html><body><p>Words of a page.</p></body></html>", "page.txt", "html/2"),
        (b"From: a@b.c\nSubject: Hello\nMessage-ID: <1@b.c>\n\nWords", "mail.txt", "eml/2"),
        (b"Plain words only.", "plain.pdf", "txt/1"),
        (b"# Heading\n\nWords", "notes.md", "markdown/1"),
        (b"Words without an ending", "README", "txt/1"),
    ],
)
def test_a_wrongly_named_file_is_read_as_what_it_is(data: bytes, name: str, reader: str) -> None:
    reading = read(data, name)
    assert reading.reader == reader
    check_form(reading)


def encrypted_office() -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512) + "EncryptedPackage".encode("utf-16-le") + bytes(64)


def old_word() -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512) + "WordDocument".encode("utf-16-le") + bytes(64)


def archive(names: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in names.items():
            made.writestr(name, data)
    return out.getvalue()


def with_document(xml: bytes) -> bytes:
    return archive({"[Content_Types].xml": b"<Types/>", "word/document.xml": xml})


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "empty"),
        (b" \n\t\n ", "blank"),
        (docx(paragraph("Words"))[:300], "damaged"),
        (pdf([["A line"]])[:200], "damaged"),
        (b"%PDF-1.7\nnothing more", "damaged"),
        (pdf([["A line"]], password="secret"), "password"),
        (encrypted_office(), "password"),
        (old_word(), "old kind (.doc)"),
        (archive({"xl/workbook.xml": b"<x/>", "[Content_Types].xml": b"<Types/>"}), "Excel"),
        (archive({"a.txt": b"words"}), "ZIP archive"),
        (archive({"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b"<x/>"}), "OpenDocument"),
        (archive({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet"}), "OpenDocument file"),
        (archive({"META-INF/container.xml": b"<x/>"}), "e-book"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "__substg1.0_".encode("utf-16-le") * 50, "Outlook message"),
        (b'{"text": "one"}\n{"text": "two"}', "JSON Lines"),
        (png(), "PNG picture"),
        (bytes(range(256)) * 20, "binary"),
        (with_document(b"<not-closed>"), "not well-formed"),
        (with_document(b"<w:other xmlns:w='urn:x'/>"), "another kind"),
        (with_document(b'<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]><d>&x;</d>'), "entities"),
        (with_document(b"<d>" + b"<e>" * 5000 + b"</e>" * 5000 + b"</d>"), "not well-formed"),
    ],
)
def test_bad_bytes_get_a_message_that_names_the_file(data: bytes, says: str) -> None:
    with pytest.raises(UnreadableFile) as caught:
        read(data, "the file.bin")
    assert "the file.bin" in caught.value.message
    assert says in caught.value.message
    assert caught.value.remedy.endswith(".")


def test_a_package_that_unpacks_to_a_flood_is_refused() -> None:
    bomb = with_document(b"<w:document xmlns:w='urn:x'>" + b" " * (129 * 1024 * 1024) + b"</w:document>")
    assert len(bomb) < 1_000_000
    with pytest.raises(UnreadableFile, match="too large"):
        read(bomb, "bomb.docx")


STARTS = (
    *(b"", b"<html>", b"From: x\nTo: y\nSubject: z\nMIME-Version: 1.0\n", b"PK\x03\x04", b"---\n", b"{\\rtf1 "),
    *(b"TY  - JOUR\n", b"@article{a, ", b'{"text": ', b'{"messages": [', b"From a@b Mon Jan  1 00:00:00 2026\nA: "),
)


@given(
    st.sampled_from("a.txt a.html a.eml a.mht a.md a.docx a a.odt a.rtf a.bib a.ris a.jsonl a.json a.mbox".split()),
    st.sampled_from(STARTS),
    st.binary(max_size=300),
)
@settings(max_examples=200, deadline=None)
def test_no_bytes_raise_anything_else(name: str, start: bytes, rest: bytes) -> None:
    with contextlib.suppress(UnreadableFile):
        check_form(read(start + rest, name))
    with contextlib.suppress(UnreadableFile):
        for member in read_members(start + rest, name):
            assert (member.reading is None) == bool(member.problem)


def test_every_format_is_declared_once() -> None:
    extensions = [extension for entry in READER_FORMATS for extension in entry.extensions]
    assert len(extensions) == len(set(extensions))
    assert {".txt", ".md", ".html", ".mhtml", ".pdf", ".docx", ".eml"} <= set(extensions)


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"a" + b" " * 2_000_000 + b"b", "spaces.txt"),
        (b"<!-- a -->" * 3000 + b"words", "comments.txt"),
        (b"<p>" * 100_000 + b"words", "deep.html"),
        (b"<title>" + b"| " * 200_000, "title.html"),
        (b"> " * 3000 + b"words", "quotes.md"),
        (b"{\\rtf1 " + b"{\\b " * 200_000, "deep.rtf"),
        (b"@article{a, title = " + b"{" * 300_000, "braces.bib"),
        (b"@article{a, " * 30_000, "entries.bib"),
        (b"TY  - JOUR\n" * 50_000, "records.ris"),
        (b"From a@b Mon Jan  1 00:00:00 2026\n" * 50_000, "envelopes.mbox"),
        (
            b"From: a\nSubject: b\nMessage-ID: c\nContent-Type: multipart/mixed; boundary=x\n\n"
            + b"--x\n\n\n" * 20_000,
            "a.eml",
        ),
    ],
)
def test_hostile_input_ends(data: bytes, name: str) -> None:
    """Each of these keeps a careless reader busy for hours; the time limit of the tests is the assertion."""
    with contextlib.suppress(UnreadableFile):
        check_form(read(data, name))
