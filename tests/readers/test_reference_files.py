"""References that come with their files: one article is one source, with the file's text and the reference's fields."""

from __future__ import annotations

import io
import unicodedata
import zipfile
from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing_app.readers import Member, companions, read_members
from briefing_app.readers.reference_files import relative_path
from tests.readers.build import pdf

ARTICLE = pdf([["The first convoy left the city on Tuesday,", "the ministry said."]], title="untitled")
OTHER = pdf([["Tables of ships and tonnes."]])
PAGE = b"<!DOCTYPE html><html><head><title>x</title></head><body><p>The first convoy left the city.</p></body></html>"
RIS = """TY  - JOUR
TI  - Convoys over the border
AU  - Ivanova, Anna
T2  - Northern Review
DA  - 2026/11/03/
UR  - https://review.example/1
N2  - An abstract.
L1  - files/12/Иванова - Convoys.pdf
L1  - https://review.example/1.pdf
L2  - files/13/snapshot.html
ER  -

TY  - NEWS
TI  - A reference alone
L1  - files/14/missing.pdf
ER  -
"""
BIB = r"""@article{ivanova2026,
  title = {Convoys over the border}, author = {Ivanova, Anna}, journal = {Northern Review}, date = {2026-11-03},
  url = {https://review.example/1}, abstract = {An abstract.},
  file = {Full Text PDF:files/12/Иванова - Convoys.pdf:application/pdf;Snapshot:files/13/snapshot.html:text/html},
}
@misc{alone, title = {A reference alone}, file = {files/14/missing.pdf}}
"""
CSL = """[{"id": "i1", "type": "article-journal", "title": "Convoys over the border", "URL": "https://review.example/1",
"author": [{"family": "Ivanova", "given": "Anna"}], "container-title": "Northern Review", "abstract": "An abstract.",
"issued": {"date-parts": [[2026, 11, 3]]},
"attachments": [{"path": "files/12/Иванова - Convoys.pdf"}, {"path": "files/13/snapshot.html"}]},
{"id": "i2", "type": "article", "title": "A reference alone", "file": "files/14/missing.pdf"}]"""
FILES = {"files/12/Иванова - Convoys.pdf": ARTICLE, "files/13/snapshot.html": PAGE}
LISTS = [("list.ris", RIS), ("list.bib", BIB), ("list.json", CSL)]


def packed(files: Mapping[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


def check(found: list[Member]) -> None:
    first, second = found
    assert first.reading is not None
    assert second.reading is not None
    assert first.reading.text == "The first convoy left the city on Tuesday, the ministry said."
    fields = first.reading.fields
    assert (fields.title, fields.authors, fields.outlet) == (
        "Convoys over the border", ("Anna Ivanova",), "Northern Review",
    )  # fmt: skip
    assert (fields.published, fields.url) == ("2026-11-03", "https://review.example/1")
    assert (first.file_name, first.data) == ("Иванова - Convoys.pdf", ARTICLE)
    assert first.reading.reader.startswith("pdf/")
    assert len(first.reading.pages) == 1
    assert first.reading.warnings == ("Another copy of it was left out: “snapshot.html”.",)
    assert second.reading.no_text
    assert second.reading.warnings == ("Its file “missing.pdf” was not with the list of references.",)


@pytest.mark.parametrize(("name", "text"), LISTS)
@pytest.mark.parametrize("folder", ["", "My Library/"])
@pytest.mark.parametrize("list_first", [True, False])
def test_in_an_archive(name: str, text: str, folder: str, list_first: bool) -> None:
    listed = {f"{folder}{name}": text.encode()}
    files = {f"{folder}{unicodedata.normalize('NFD', path)}": data for path, data in FILES.items()}
    data = packed({**listed, **files} if list_first else {**files, **listed})
    check(list(read_members(data, "export.zip")))


@pytest.mark.parametrize(("name", "text"), LISTS)
def test_in_a_folder(name: str, text: str) -> None:
    data = text.encode()
    assert companions(data, name) == (*FILES, "files/14/missing.pdf")
    check(list(read_members(data, name, companion=FILES.get)))


@pytest.mark.parametrize(("name", "text"), LISTS)
def test_without_its_files_a_list_is_read_as_it_is(name: str, text: str) -> None:
    first, second = list(read_members(text.encode(), name))
    assert first.reading is not None
    assert second.reading is not None
    assert (first.reading.text, first.reading.warnings) == ("An abstract.", ())
    assert second.reading.warnings == ()


def test_further_files_are_sources_below_it_and_faults_are_told() -> None:
    data = b"TY  - RPRT\nTI  - A report\nPB  - The house\nL1  - a.pdf\nL1  - b.pdf\nL1  - c.pdf\nER  - \n"
    files = {"a.pdf": ARTICLE, "b.pdf": OTHER, "c.pdf": b"%PDF-1.4 cut"}
    main, below = list(read_members(data, "list.ris", companion=files.get))
    assert main.reading is not None
    assert below.reading is not None
    assert (main.name, below.name) == ("a.pdf", "a.pdf/b.pdf")
    assert "c.pdf" in main.reading.warnings[0]
    assert (below.reading.fields.title, below.reading.fields.outlet) == ("A report", "The house")


def test_other_files_of_an_archive_stay_sources_of_their_own() -> None:
    data = packed({"list.ris": RIS.encode(), **FILES, "notes.txt": b"Words of a note."})
    assert [member.name for member in read_members(data, "export.zip")][-1] == "notes.txt"
    assert companions(b"Words", "notes.txt") == ()
    assert companions(b'{"a": 1}', "notes.json") == ()


@pytest.mark.parametrize(
    "path",
    ["../a.pdf", "files/../../a.pdf", "/etc/a.pdf", "C:\\a.pdf", "\\\\host\\a.pdf", "file:///a.pdf", "https://a.b/c.pdf",
     "internal-pdf://1/a.pdf", "", ".", "..", "a\x00.pdf"],
)  # fmt: skip
def test_paths_never_lead_out_of_the_folder(path: str) -> None:
    assert relative_path(path) == ""


@given(st.text(max_size=60))
def test_any_path_stays_inside(path: str) -> None:
    steps = relative_path(path).split("/")
    assert ".." not in steps
    assert not relative_path(path).startswith(("/", "\\"))
