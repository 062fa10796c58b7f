"""Files with several sources in them: every one is met, named, and read or reported."""

from __future__ import annotations

import io
import json
import zipfile
from email.message import EmailMessage
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing_app.errors import UnreadableFile
from briefing_app.model.source import SourceKind
from briefing_app.readers import Member, read, read_members
from briefing_app.readers.splitting import split
from tests.readers.build import docx, paragraph, png
from tests.readers.test_read import ARABIC, RUSSIAN, archive, check_form


def members(data: bytes, name: str) -> dict[str | None, Member]:
    """The members by their names, checked: each is read or has a problem, and no name comes twice."""
    met = list(read_members(data, name))
    assert len({member.name for member in met}) == len(met)
    for member in met:
        assert (member.reading is None) == bool(member.problem)
        if member.reading is not None:
            check_form(member.reading)
            if member.data is not None and not member.file_name.endswith((".mbox", ".zip")):
                again = next(read_members(member.data, member.file_name))  # each can be read by itself
                assert again.reading is not None
                assert again.reading.text == member.reading.text
                assert again.reading.fields == member.reading.fields
    return {member.name: member for member in met}


def message(subject: str, words: str, **attached: bytes) -> EmailMessage:
    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = "Анна <anna@example.org>", "desk@example.org", subject
    made["Message-ID"] = f"<{subject}@example.org>"
    made.set_content(words)
    for name, data in attached.items():
        made.add_attachment(
            data, maintype="application", subtype="octet-stream", filename=name.replace("__", "/").replace("_", ".")
        )
    return made


def mailbox(*messages: EmailMessage) -> bytes:
    envelope = b"From anna@example.org Tue Nov  3 10:15:00 2026\n"
    return b"".join(envelope + one.as_bytes() + b"\n\n" for one in messages)


def text_of(member: Member) -> str:
    assert member.reading is not None, member.problem
    return member.reading.text


def test_a_file_of_one_source_is_one_member_without_a_name() -> None:
    found = members(RUSSIAN.encode(), "note.txt")
    assert list(found) == [None]
    assert text_of(found[None]) == RUSSIAN
    assert found[None].data is None


def test_attachments_are_sources_and_what_has_no_text_is_named() -> None:
    made = message(
        "Report", "See attached.", отчёт_txt=RUSSIAN.encode(), map_png=png(), bad_docx=docx(paragraph("x"))[:300]
    )
    found = members(made.as_bytes(), "m.eml")
    assert list(found) == [None, "отчёт.txt", "bad.docx"]
    assert text_of(found["отчёт.txt"]) == RUSSIAN
    assert "damaged" in found["bad.docx"].problem
    assert found[None].reading is not None
    assert found[None].reading.warnings == ("An attachment was not read: “map.png”.",)


def test_a_message_in_a_message_is_a_source_with_its_own_attachments() -> None:
    outer = message("Outer", "Forwarded.")
    outer.add_attachment(message("Inner", "The words inside.", a_txt=ARABIC.encode()))
    found = members(outer.as_bytes(), "m.eml")
    assert list(found) == [None, "Inner.eml", "Inner.eml/a.txt"]
    assert text_of(found["Inner.eml"]) == "The words inside."
    assert text_of(found["Inner.eml/a.txt"]) == ARABIC


def test_a_mailbox() -> None:
    first = message(
        "One", "First words.\n\n>From here on the text goes on.\n\nFrom the desk.", a_txt=b"Attached words."
    )
    data = mailbox(first, message("Two", "Second words."))
    data = data.replace(b"\nFrom the", b"\n>From the")
    found = members(data, "all.mbox")
    assert list(found) == ["message 1", "message 1/a.txt", "message 2"]
    assert text_of(found["message 1"]) == "First words.\n\nFrom here on the text goes on.\n\nFrom the desk."
    assert found["message 2"].reading is not None
    assert found["message 2"].reading.fields.title == "Two"


@given(
    st.lists(
        st.text(st.characters(codec="utf-8", exclude_characters="\r\x00"), min_size=1, max_size=60),
        min_size=2,
        max_size=6,
    )
)
@settings(max_examples=60, deadline=None)
def test_cutting_a_large_file_gives_the_same_sources(texts: list[str]) -> None:
    lines = "\n".join(json.dumps({"title": f"T{number}", "text": text}) for number, text in enumerate(texts))
    for data, name in ((lines.encode(), "a.jsonl"), (mailbox(*(message("S", text) for text in texts)), "a.mbox")):
        parts = split(io.BytesIO(data), name)
        assert parts is not None
        cut = {}
        for part in parts:
            for member in read_members(part.data, part.file_name):
                cut["/".join(filter(None, (part.name, member.name)))] = member.reading
        assert cut == {member.name: member.reading for member in read_members(data, name)}
        assert len(cut) == len(texts)


def test_other_files_are_not_cut() -> None:
    for data, name in ((RUSSIAN.encode(), "a.txt"), (b'{"messages": [\n]}', "result.json"), (b"", "a.jsonl.txt")):
        assert split(io.BytesIO(data), name) is None


def test_articles_in_json_lines() -> None:
    article = {
        "title": "Порт",
        "outlet": "Вестник",
        "author": "А. Иванова",
        "date": "2026-11-03",
        "url": "https://x.org/1",
    }
    lines = [json.dumps({**article, "text": RUSSIAN}, ensure_ascii=False), "", "{broken", '{"date": "2026"}', "[1]"]
    lines.append(json.dumps({"headline": "Без текста", "source": {"name": "Agency"}, "authors": ["A", "B"]}))
    found = members("\n".join(lines).encode(), "archive.jsonl")
    assert list(found) == ["line 1", "line 3", "line 4", "line 5", "line 6"]
    first, last = found["line 1"].reading, found["line 6"].reading
    assert first is not None
    assert last is not None
    assert (first.fields.title, first.fields.outlet, first.fields.authors) == ("Порт", "Вестник", ("А. Иванова",))
    assert (first.fields.published, first.fields.language, first.fields.url) == ("2026-11-03", "ru", "https://x.org/1")
    assert (first.kind, first.text) == (SourceKind.WEB, RUSSIAN)
    assert (last.fields.title, last.fields.outlet, last.fields.authors, last.no_text) == (
        "Без текста", "Agency", ("A", "B"), True,
    )  # fmt: skip
    assert "not valid JSON" in found["line 3"].problem
    assert "neither a text nor a title" in found["line 4"].problem


def test_an_archive_of_files() -> None:
    inner = archive({"deep.txt": b"Deep words."})
    data = archive(
        {
            "../../etc/one.txt": b"First words.",
            "C:\\Temp\\one.txt": b"Other words.",
            "folder/page.html": b"<html><body><p>Words of a page.</p></body></html>",
            "folder/page_files/style.css": b"p {}",
            "__MACOSX/._one.txt": b"x",
            "a/picture.png": png(),
            "letter.docx": docx(paragraph("Words of a letter")),
            "inner.zip": inner,
            "inner2.zip": archive({"inner3.zip": inner}),
            "mail.mbox": mailbox(message("A", "Mail words."), message("B", "More.", c_txt=b"Attached.")),
        }
    )
    found = members(data, "all.zip")
    assert [name for name, member in found.items() if member.reading] == [
        "etc/one.txt", "Temp/one.txt", "folder/page.html", "letter.docx", "inner.zip/deep.txt",
        "mail.mbox/message 1", "mail.mbox/message 2", "mail.mbox/message 2/c.txt",
    ]  # fmt: skip
    assert {name: member.problem.split(",")[0] for name, member in found.items() if member.problem} == {
        "a/picture.png": "“picture.png” is a PNG picture",
        "inner2.zip/inner3.zip": "“inner3.zip” is an archive inside archives",
    }


def test_a_locked_file_and_a_bomb_in_an_archive_are_reported_and_the_rest_is_read() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("locked.txt", b"secret")
        made.writestr("bomb.txt", bytes(80 << 20))
        made.writestr("fine.txt", b"Fine words.")
    data = bytearray(out.getvalue())
    place = data.rindex(b"PK\x01\x02", 0, data.rindex(b"bomb.txt"))
    first = data.index(b"PK\x01\x02")
    assert first < place
    data[first + 8] |= 1
    found = members(bytes(data), "a.zip")
    assert "password" in found["locked.txt"].problem
    assert "too large" in found["bomb.txt"].problem
    assert text_of(found["fine.txt"]) == "Fine words."


def test_russian_names_in_an_archive_made_by_windows() -> None:
    data = archive({"AAAAA.txt": b"Words."}).replace(b"AAAAA", "Отчет".encode("cp866"))
    assert list(members(data, "a.zip")) == ["Отчет.txt"]


RIS = """TY  - JOUR
AU  - Ivanova, Anna
AU  - Smith, J.
TI  - Ports under fire
JO  - Harbour Review
PY  - 2026
DA  - 2026/11/03/
AB  - The port was hit twice on Monday,
officials of the city said.
DO  - 10.1000/xyz
ER  -

TY  - ELEC
TI  - A page without text
UR  - https://example.org/page
ER  -
"""


def test_references_in_ris() -> None:
    found = members(RIS.encode(), "export.ris")
    first, second = found["record 1"].reading, found["record 2"].reading
    assert first is not None
    assert second is not None
    assert first.fields.title == "Ports under fire"
    assert first.fields.authors == ("Anna Ivanova", "J. Smith")
    assert (first.fields.outlet, first.fields.published) == ("Harbour Review", "2026-11-03")
    assert first.fields.url == "https://doi.org/10.1000/xyz"
    assert first.text == "The port was hit twice on Monday,\nofficials of the city said."
    assert (second.kind, second.fields.url, second.no_text) == (SourceKind.WEB, "https://example.org/page", True)
    assert read(RIS.split("\n\n")[0].encode(), "one.ris").fields.title == "Ports under fire"


BIB = r"""% comment @ here
@string{hr = "Harbour Review"}
@comment{@article{no, title = {Not this}}}
@article{ivanova2026,
  author = {Ivanova, Anna and {Port Authority} and M{\"u}ller, J{\o}rgen},
  title = {{Ports} under fire --- a \emph{study}},
  journal = hr # { Quarterly},
  year = 2026, month = nov, day = 3,
  abstract = "The port was {hit} twice on Monday, officials said.",
}
@inproceedings(broken, title = {Unfinished business}, crossref = {volume}, pages = {1--2}
@proceedings{volume, title = {Proceedings of Ports}, year = {2025}}
"""


def test_references_in_bibtex() -> None:
    found = members(BIB.encode(), "library.bib")
    assert list(found) == ["ivanova2026", "broken", "volume"]
    first, second = found["ivanova2026"].reading, found["broken"].reading
    assert first is not None
    assert second is not None
    assert first.fields.title == "Ports under fire — a study"
    assert first.fields.authors == ("Anna Ivanova", "Port Authority", "Jørgen Müller")
    assert (first.fields.outlet, first.fields.published) == ("Harbour Review Quarterly", "2026-11-03")
    assert first.text == "The port was hit twice on Monday, officials said."
    assert (second.fields.title, second.no_text) == ("Unfinished business", True)


def test_references_in_csl_json() -> None:
    items = [
        {"id": "a", "type": "article-journal", "title": "Ports", "author": [{"family": "Иванова", "given": "Анна"}],
         "container-title": "Review", "issued": {"date-parts": [[2026, 11, 3]]}, "abstract": RUSSIAN, "DOI": "10.1/x"},
        {"id": "a", "type": "webpage", "title": "Page", "author": [{"literal": "Port Authority"}],
         "URL": "https://example.org/", "issued": {"raw": "3 November 2026"}},
        17,
    ]  # fmt: skip
    found = members(json.dumps(items, ensure_ascii=False).encode(), "zotero.json")
    assert list(found) == ["a", "a (2)", "item 3"]
    first, second = found["a"].reading, found["a (2)"].reading
    assert first is not None
    assert second is not None
    assert (first.fields.authors, first.fields.published, first.text) == (("Анна Иванова",), "2026-11-03", RUSSIAN)
    assert (second.kind, second.fields.authors) == (SourceKind.WEB, ("Port Authority",))
    assert second.fields.published == "2026-11-03"
    assert "no reference" in found["item 3"].problem


def test_an_export_of_a_telegram_channel() -> None:
    export = {
        "name": "Порт сегодня", "type": "public_channel", "id": 77,
        "messages": [
            {"id": 1, "type": "service", "date": "2026-11-01T00:00:00", "action": "create_channel", "text": ""},
            {"id": 2, "type": "message", "date": "2026-11-03T10:15:00", "from": "Порт сегодня", "author": "Анна",
             "text": ["Порт был обстрелян, ", {"type": "bold", "text": "дважды"}, ".\n\nПодробности позже."]},
            {"id": 3, "type": "message", "date": "2026-11-03T11:00:00", "photo": "photos/1.jpg", "text": ""},
            {"id": 4, "type": "message", "date": "2026-11-03T12:00:00", "forwarded_from": "Other", "text": ARABIC},
        ],
    }  # fmt: skip
    found = members(json.dumps(export, ensure_ascii=False, indent=1).encode(), "result.json")
    assert list(found) == ["message 2", "message 4"]
    first, second = found["message 2"].reading, found["message 4"].reading
    assert first is not None
    assert second is not None
    assert first.text == "Порт был обстрелян, дважды.\n\nПодробности позже."
    assert (first.fields.outlet, first.fields.authors) == ("Порт сегодня", ("Анна",))
    assert first.fields.published == "2026-11-03T10:15:00"
    assert second.warnings == ("Forwarded from “Other”.",)


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"TY  - JOUR\nER  - \n", "a.ris"),
        (b"@comment{x}", "a.bib"),
        (b'{"messages": []}', "result.json"),
        (archive({"__MACOSX/x": b"x"}), "a.zip"),
        (b" \n\n", "a.jsonl"),
    ],
)
def test_a_file_without_any_source_says_so(data: bytes, name: str) -> None:
    with pytest.raises(UnreadableFile, match=name):
        list(read_members(data, name))


@pytest.mark.corpus
def test_real_references(corpus: Path) -> None:
    files = sorted((corpus / "bibliographic").iterdir())
    met = 0
    for file in files:
        try:
            met += len(members(file.read_bytes(), file.name))
        except UnreadableFile as error:
            assert "no reference in it" in error.message  # noqa: PT017
    assert met > 190


@pytest.mark.corpus
def test_real_outlook_messages(corpus: Path) -> None:
    for file in sorted((corpus / "msg").iterdir()):
        found = members(file.read_bytes(), file.name)
        assert text_of(found[None])
        assert found[None].reading is not None
        assert found[None].reading.fields.published
    attached = members((corpus / "msg" / "testMSG_att_msg.msg").read_bytes(), "m.msg")
    assert len(attached) == 3
