"""Sources read again by newer readers: the old text stays, corrections stay on top, what fails changes nothing."""

from __future__ import annotations

import hashlib
import importlib
import json
import pkgutil
from pathlib import Path
from typing import Any

import pytest

from briefing_app import readers
from briefing_app.errors import BriefingError
from briefing_app.library.care.checking import check
from briefing_app.library.importing.control import Control
from briefing_app.library.library import Library, run
from briefing_app.library.search.search import Query
from briefing_app.library.store.packing import pack
from briefing_app.model.excerpt import sha256_text
from briefing_app.readers import tesseract, versions
from tests.readers.build import docx, paragraph, pdf
from tests.readers.test_members import mailbox, message
from tests.readers.test_ocr import LINES, needs_tesseract, scan
from tests.readers.test_reference_files import BIB, FILES, RIS, packed

RUSSIAN = "Кабель перерезан ночью. Власти обвинили судно."
PAGE = """<!DOCTYPE html><html lang="uk"><head><title>Кабель у протоці — Вісник</title>
<meta name="author" content="Ольга Шевченко"></head><body><article><h1>Кабель у протоці</h1>
<p>Кабель перерізали вночі, повідомило міністерство, і зв'язок з островами перервано.</p></article></body></html>"""


def age(library: Library, id: str, *, text: str | None = None, reader: str = "", **as_read: Any) -> None:
    """Make a source one that an older reader has read, with what that made of it."""
    source = library.source(id)
    name, _, version = source.reader.partition("/")
    reader = reader or f"{name}/{int(version) - 1}"
    text = library.text(id) if text is None else text
    with library._store.transaction() as connection:
        num, fields = connection.execute("SELECT num, as_read FROM source WHERE id = ?", (id,)).fetchone()
        connection.execute(
            "UPDATE source SET reader = ?, text_sha256 = ?, as_read = ? WHERE num = ?",
            (reader, sha256_text(text), json.dumps({**json.loads(fields), **as_read}, ensure_ascii=False), num),
        )
        connection.execute(
            "UPDATE reading SET reader = ?, text_sha256 = ?, text = ? WHERE source = ?",
            (reader, sha256_text(text), pack(text), num),
        )
    library.correct(id)  # the fields in force


def imported(library: Library, folder: Path, **files: bytes | str) -> dict[str, str]:
    """Import files, by names with two underscores for the dot; the ids by their titles."""
    folder.mkdir(exist_ok=True)
    for name, data in files.items():
        (folder / name.replace("__", ".")).write_bytes(data.encode() if isinstance(data, str) else data)
    report = run(library.import_paths([folder], workers=False))
    assert report.failed == ()
    return {one.title: one.id for one in report.imported}


@pytest.fixture
def everything(tmp_path: Path) -> Path:
    """A file of many kinds, several of them with many sources in them, some of those deep inside."""
    folder = tmp_path / "saved"
    folder.mkdir()
    letter = message("Convoy", "The first convoy left the city.", report_pdf=pdf([["An annex of the letter."]]))
    telegram = {
        "name": "Канал",
        "type": "public_channel",
        "messages": [
            {"id": n, "type": "message", "date": "2026-11-03T10:00:00", "text": f"Повідомлення номер {n}."}
            for n in (1, 2)
        ],
    }
    lines = [json.dumps({"title": f"Статья {n}", "outlet": "Вестник", "text": f"Текст {n}."}) for n in range(3)]
    made: dict[str, bytes | str] = {
        "кабель.txt": RUSSIAN,
        "كابل.md": "# كابل\n\nقُطع كابل الإنترنت في المضيق.",
        "page.html": PAGE,
        "report.pdf": pdf([["The first convoy left the city on Tuesday."], ["The second page."]], title="Convoys"),
        "letter.docx": docx(paragraph("<w:r><w:t>Words of a document.</w:t></w:r>")),
        "letter.eml": letter.as_bytes(),
        "box.mbox": mailbox(letter, message("Second", "Второе письмо.")),
        "result.json": json.dumps(telegram, ensure_ascii=False),
        "lines.jsonl": "\n".join(lines),
        "list.ris": RIS,
        "zotero.zip": packed({"export/list.bib": BIB.encode(), **{f"export/{k}": v for k, v in FILES.items()}}),
        "mixed.zip": packed({"a/notes.txt": b"Notes of a meeting.", "box.mbox": mailbox(letter)}),
    }
    for name, data in made.items():
        (folder / name).write_bytes(data.encode() if isinstance(data, str) else data)
    return folder


def test_every_reader_is_known_by_the_name_that_it_gives_itself() -> None:
    named = set()
    for module in pkgutil.iter_modules(readers.__path__):
        reader = getattr(importlib.import_module(f"briefing_app.readers.{module.name}"), "READER", "")
        if reader:
            named.add(reader)
    assert {f"{family}/{version}" for family, version in versions.installed().items()} == named
    assert not any(map(versions.is_older, named))
    assert versions.is_older("html/0")
    assert not versions.is_older("unknown/0")


def test_every_kind_of_source_is_found_again_in_its_own_bytes(library: Library, everything: Path) -> None:
    report = run(library.import_paths([everything], workers=False))
    assert len(report.imported) >= 18
    ids = [one.id for one in report.imported]
    before = {id: (library.source(id), library.text(id), library.blocks(id), library.as_read(id)) for id in ids}
    change = library.change_number()
    again = run(library.read_again(ids, workers=False))
    assert again.failed == ()
    assert {id: (library.source(id), library.text(id), library.blocks(id), library.as_read(id)) for id in ids} == before
    assert [one for one in again.read if one.text or one.fields] == []
    assert library.change_number() == change


def test_a_newer_reader_makes_a_new_version_and_the_old_text_stays(library: Library, tmp_path: Path) -> None:
    (id,) = imported(library, tmp_path / "saved", page__html=PAGE).values()
    new = library.text(id)
    age(library, id, text="Меню. Кабель був цілий. Тарталетка.", authors=["Menu"], title="Меню")
    library.correct(id, outlet="Вісник", published="2026-11-03")
    library.set_note(id, "Mine")
    assert (library.with_older_reader(), library.search(Query(text="тарталетка")).total) == (1, 1)

    report = run(library.read_again(workers=False))
    ((one,), failed) = (report.changed, report.failed)
    assert (one.id, one.version, one.text, failed) == (id, 2, True, ())
    assert {"authors", "title"} <= set(one.fields)
    source = library.source(id)
    assert library.text(id) == new == library.text(id, 2)
    assert library.text(id, 1) == "Меню. Кабель був цілий. Тарталетка."
    assert library.blocks(id) == library.blocks(id, 2) != ()
    first, second = library.versions(id)
    assert (first.version, first.length, first.in_force) == (1, 35, False)
    assert (second.text_sha256, second.reader, second.in_force) == (source.text_sha256, source.reader, True)
    assert source.text_sha256 == sha256_text(new)
    assert (source.title, source.authors) == ("Кабель у протоці", ("Ольга Шевченко",))
    assert (source.outlet, source.published, library.states([id])[id].note) == ("Вісник", "2026-11-03", "Mine")
    assert library.search(Query(text="тарталетка")).total == 0
    assert library.search(Query(text="перерізали")).total == 1
    assert (library.with_older_reader(), run(library.read_again(workers=False)).read) == (0, ())
    assert run(check(library.folder)).problems == ()
    with pytest.raises(BriefingError, match="no version 3"):
        library.text(id, 3)


def test_the_same_text_keeps_its_version_and_its_reader_has_a_new_name(library: Library, tmp_path: Path) -> None:
    (id,) = imported(library, tmp_path / "saved", page__html=PAGE).values()
    name = library.source(id).reader
    age(library, id, published="2026")
    (one,) = run(library.read_again(workers=False)).read
    assert (one.text, one.version, one.reader, library.source(id).reader) == (False, 1, name, name)
    assert library.source(id).published == "2026"  # the new reading has none: what was read stays
    assert len(library.versions(id)) == 1
    assert run(check(library.folder)).problems == ()


def test_the_day_on_which_a_page_says_that_it_was_saved_is_kept(library: Library, tmp_path: Path) -> None:
    told = "Page saved with SingleFile\n url: https://a.example/1\n saved date: Tue Nov 03 2026 10:15:00 GMT+0100"
    page = PAGE.replace("<html", f"<!--\n {told}\n--><html")
    (id,) = imported(library, tmp_path / "saved", page__html=page).values()
    assert library.source(id).accessed == "2026-11-03"
    assert run(library.read_again([id], workers=False)).read[0].fields == ()
    library.correct(id, accessed="2026-11-04")
    age(library, id, accessed="2026-11-25")
    assert run(library.read_again(workers=False)).read[0].fields == ("accessed",)
    assert library.source(id).accessed == "2026-11-04"


def test_a_title_that_was_the_first_line_follows_the_text(library: Library, tmp_path: Path) -> None:
    (id,) = imported(library, tmp_path / "saved", note__txt="First line.\n\nSecond line.").values()
    age(library, id, text="Old line.\n\nSecond line.", title="Old line.")
    assert library.source(id).title == "Old line."
    run(library.read_again(workers=False))
    assert library.source(id).title == "First line."


@pytest.mark.parametrize("alone", [False, True])
def test_a_reference_and_its_file_keep_the_fields_of_the_reference(
    library: Library, tmp_path: Path, alone: bool
) -> None:
    records = RIS.partition("ER  -\n")[0] + "ER  -\n" if alone else RIS
    ids = imported(library, tmp_path / "saved", zotero__zip=packed({"list.ris": records.encode(), **FILES}))
    id = ids["Convoys over the border"]
    kept = library.as_read(id)
    assert (library.source(id).reader.partition("/")[0], kept["outlet"]) == ("pdf", "Northern Review")
    age(library, id, text="The frist convoy left.")
    report = run(library.read_again(workers=False))
    assert [one.id for one in report.changed] == [id]
    assert library.as_read(id) == kept
    assert library.text(id).startswith("The first convoy left the city")


def test_what_cannot_be_read_again_is_told_with_its_reason_and_stays(library: Library, tmp_path: Path) -> None:
    texts = {f"{name}__txt": f"Text of {name}." for name in ("lost", "blank", "good")}
    ids = imported(library, tmp_path / "saved", **texts)
    pasted = library.add_text("Pasted words.").id
    everything = [*ids.values(), pasted]
    for id in ids.values():
        age(library, id, text=f"Old. {library.text(id)}")
    program = b"\x7fELF\x00\x01"
    with library._store.transaction() as connection:
        lost, blank = (library.source(ids[f"Text of {name}."]).sha256 for name in ("lost", "blank"))
        connection.execute("UPDATE original SET data = x'00', form = 'plain' WHERE sha256 = ?", (lost,))
        new = (hashlib.sha256(program).hexdigest(), blank)
        connection.execute("UPDATE original SET sha256 = ?, data = x'7f454c460001' WHERE sha256 = ?", new)
        connection.execute("UPDATE source SET sha256 = ? WHERE sha256 = ?", new)
    before = {id: (library.source(id), library.text(id)) for id in everything}
    report = run(library.read_again(everything, workers=False))
    assert [one.id for one in report.changed] == [ids["Text of good."]]
    reasons = {one.id: one.reason for one in report.failed}
    assert "missing from the library or was changed" in reasons[ids["Text of lost."]]
    assert "program" in reasons[ids["Text of blank."]]
    assert "pasted" in reasons[pasted]
    for id in reasons:
        assert (library.source(id), library.text(id)) == before[id]
    assert len(report.by_reason()) == 3
    with pytest.raises(BriefingError, match="no source with the id"):
        library.read_again(["nowhere"])


def test_a_text_is_never_replaced_by_none(library: Library, tmp_path: Path) -> None:
    (id,) = imported(library, tmp_path / "saved", scan__pdf=scan([LINES])).values()
    age(library, id, text="What text recognition saw.", reader="ocr-tesseract/1")
    with library._store.transaction() as connection:
        connection.execute("UPDATE source SET no_text = 0")
    assert library.with_older_reader() == 0
    report = run(library.read_again([id], workers=False))
    assert "No text was found in it this time" in report.failed[0].reason
    assert library.text(id) == "What text recognition saw."


def test_workers_read_again_as_the_program_itself_does(library: Library, everything: Path) -> None:
    ids = [one.id for one in run(library.import_paths([everything], workers=False)).imported]
    for id in ids[::3]:
        if library.source(id).reader != "pasted/1":
            age(library, id, text=f"Old. {library.text(id)}")
    report = run(library.read_again(ids))
    assert report.failed == ()
    assert {one.id for one in report.changed} == set(ids[::3])
    assert run(check(library.folder)).problems == ()


def test_a_job_that_is_stopped_has_kept_what_it_told(library: Library, tmp_path: Path) -> None:
    ids = imported(library, tmp_path / "saved", **{f"n{n}__txt": f"Text number {n}." for n in range(5)})
    for id in ids.values():
        age(library, id, text=f"Old. {library.text(id)}")
    control = Control()
    job = library.read_again(workers=False, control=control)
    done = 0
    while done < 2:
        done = next(job).done
    control.cancel()
    report = run(job)
    assert report.stopped
    assert len(report.read) + report.left == 5
    assert report.left
    assert {one.id for one in report.changed} == {id for id in ids.values() if len(library.versions(id)) == 2}
    assert library.with_older_reader() == report.left


@needs_tesseract
@pytest.mark.parametrize("workers", [False, True])
def test_scans_are_read_by_text_recognition(library: Library, tmp_path: Path, workers: bool) -> None:
    ids = imported(library, tmp_path / "saved", скан__pdf=scan([LINES]), other__pdf=pdf([["A text of its own."]]))
    (scanned,) = [id for id in ids.values() if library.source(id).no_text]
    report = run(library.read_again(ocr=True, workers=workers))
    assert ([one.id for one in report.changed], report.failed) == ([scanned], ())
    source = library.source(scanned)
    assert (source.no_text, source.language, source.title) == (False, "en", "скан.pdf")
    assert source.reader.startswith("ocr-tesseract/")
    assert "convoy left the city" in library.text(scanned)
    assert library.text(scanned, 1) == ""
    assert "check quotations" in library.warnings(scanned)[-1]
    assert library.search(Query(text="convoy")).total == 1
    assert run(library.read_again(ocr=True, workers=workers)).read == ()
    (failed,) = run(library.read_again([*ids.values()], ocr=True, workers=workers)).failed
    assert "text of its own" in failed.reason
    assert run(check(library.folder)).problems == ()


def test_without_tesseract_it_is_said_once_how_to_get_it(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    imported(library, tmp_path / "saved", one__pdf=scan([LINES]), two__pdf=scan([LINES[:1]]))
    monkeypatch.setattr(tesseract, "program", lambda: "")
    with pytest.raises(BriefingError, match="Tesseract") as raised:
        run(library.read_again(ocr=True))
    assert "tesseract-ocr" in str(raised.value)
