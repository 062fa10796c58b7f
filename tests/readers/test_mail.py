"""E-mail messages: words, fields, attachments."""

from __future__ import annotations

from email.message import EmailMessage
from pathlib import Path

import pytest

from briefing_app.errors import UnreadableFile
from briefing_app.model.reading import BlockKind
from briefing_app.model.source import SourceKind
from briefing_app.readers import read
from tests.readers.test_read import check_form


def message() -> EmailMessage:
    made = EmailMessage()
    made["From"] = "Анна Иванова <anna@example.org>"
    made["To"] = "desk@example.org"
    made["Subject"] = "Сводка: порт и мост"
    made["Date"] = "Tue, 03 Nov 2026 10:15:00 +0300"
    made["Message-ID"] = "<1@example.org>"
    made.set_content(
        "Порт был обстрелян дважды, сообщили в администрации города.\n\n> Как было раньше?\n", charset="koi8-r"
    )
    return made


def test_headers_and_words() -> None:
    made = message()
    made.add_alternative("<html><body><p>Other words</p></body></html>", subtype="html")
    made.add_attachment(b"%PDF-1.7", maintype="application", subtype="pdf", filename="отчёт.pdf")
    reading = read(made.as_bytes(), "m.eml")
    check_form(reading)
    assert reading.kind is SourceKind.EMAIL
    assert reading.fields.title == "Сводка: порт и мост"
    assert reading.fields.authors == ("Анна Иванова",)
    assert reading.fields.published == "2026-11-03T10:15:00+03:00"
    assert reading.fields.language == "ru"
    assert reading.text.startswith("Порт был обстрелян дважды")
    assert "Other words" not in reading.text
    assert reading.blocks[-1].kind is BlockKind.QUOTATION
    assert reading.warnings == ("An attachment was not read: “отчёт.pdf”.",)


def test_a_message_in_html_alone() -> None:
    made = message()
    made.set_content("<html><body><div>First line</div><div>Second line</div></body></html>", subtype="html")
    assert read(made.as_bytes(), "m.eml").text == "First line\n\nSecond line"


def test_raw_bytes_in_headers_and_body() -> None:
    data = "From: Jörg <j@x.org>\nSubject: Grüße aus Köln\nMessage-ID: <1@x>\n\nSchöne Grüße".encode()
    reading = read(data, "m.eml")
    assert reading.fields.title == "Grüße aus Köln"
    assert reading.fields.authors == ("Jörg",)
    assert reading.text == "Schöne Grüße"


def test_a_japanese_message() -> None:
    made = b"From: a@b.c\nSubject: s\nMIME-Version: 1.0\nContent-Type: text/plain; charset=iso-2022-jp\n\n"
    assert read(made + "すみません。".encode("iso-2022-jp"), "m.eml").text == "すみません。"


def test_a_mailbox_of_several_messages_is_for_the_library() -> None:
    one = b"From a@b.c Mon Jun 01 04:28:28 2026\nFrom: a@b.c\nSubject: x\nMessage-ID: <1@b>\n\nWords\n\n"
    with pytest.raises(UnreadableFile, match="mailbox with sources of its own"):
        read(one * 2, "all.mbox")
    assert read(one, "one.mbox").text == "Words"


@pytest.mark.corpus
def test_real_messages(corpus: Path) -> None:
    files = sorted((corpus / "email").iterdir())
    readings = [read(file.read_bytes(), file.name) for file in files]
    for reading in readings:
        check_form(reading)
        assert "\ufffd" not in reading.fields.title
    assert sum(reading.reader == "eml/2" for reading in readings) >= len(files) - 2
    assert sum(bool(reading.fields.authors) for reading in readings) >= 0.9 * len(files)


def test_a_charset_that_is_no_name_loses_no_words() -> None:
    head = b"From: a@b.example\r\nSubject: Odd\r\nContent-Type: text/plain; charset*=utf-8''a%00b\r\n"
    reading = read(head + "\r\nThe ferry sails на рассвете.\r\n".encode(), "odd.eml")
    assert "The ferry sails" in reading.text
