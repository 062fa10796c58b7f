"""What the lint of a DOCX finds, part of its self-test: each fault that validators let through."""

from __future__ import annotations

import io
import zipfile

import pytest

from briefing_app.errors import ExportError
from briefing_app.export.docx import write_docx
from briefing_app.layout.lay_out import lay_out
from briefing_app.provenance.docx_lint import lint
from briefing_app.provenance.selftest import prove
from tests.export_options import options_of
from tests.samples import full_briefing

DOCUMENT, NOTES = "word/document.xml", "word/footnotes.xml"


def changed(data: bytes, part: str, old: str, new: str, *, add: dict[str, bytes] | None = None) -> bytes:
    """The package with ``old`` replaced once in a part, and with other parts added."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            text = source.read(name)
            if name == part:
                assert old.encode() in text, old
                text = text.replace(old.encode(), new.encode(), 1)
            target.writestr(name, text)
        for name, text in (add or {}).items():
            target.writestr(name, text)
    return out.getvalue()


@pytest.mark.parametrize(
    ("part", "old", "new", "fault"),
    [
        (DOCUMENT, 'w:anchor="_Toc00000001"', 'w:anchor="_Toc99999999"', "nothing is called _Toc99999999"),
        (NOTES, "NOTEREF _Ref", "NOTEREF _Lost", "nothing is called _Lost"),
        (DOCUMENT, "PAGEREF _Toc", "PAGEREF _Lost", "nothing is called _Lost"),
        (DOCUMENT, '<w:fldChar w:fldCharType="end"/>', "", "fields are not closed"),
        (DOCUMENT, '<w:fldChar w:fldCharType="begin"/>', "", "stands alone"),
        (DOCUMENT, 'wp:docPr id="2"', 'wp:docPr id="1"', "drawing 1 stands 2 times"),
        (DOCUMENT, '<w:bookmarkEnd w:id="2"/>', "", "bookmarks are not closed"),
        (DOCUMENT, 'w:pStyle w:val="Lead"', 'w:pStyle w:val="Gone"', "no style Gone"),
        (DOCUMENT, 'r:embed="rIdImage1"', 'r:embed="rIdImage9"', "rIdImage9 leads nowhere"),
        (DOCUMENT, '<w:footnoteReference w:id="2"/>', "", "footnotes called"),
        (DOCUMENT, "<w:gridCol", '<w:gridCol w:w="1"/><w:gridCol', "columns"),
    ],
)
def test_a_fault_is_found_and_holds_the_file_back(part: str, old: str, new: str, fault: str) -> None:
    document = lay_out(full_briefing(), options_of(review=True))
    data = write_docx(document)
    assert lint(data) == []
    broken = changed(data, part, old, new)
    assert any(fault in one for one in lint(broken))
    with pytest.raises(ExportError) as failed:
        prove(broken, "docx", document)
    assert any("do not fit together" in one or "Not in the file" in one for one in failed.value.problems)


def test_orphans_doubled_controls_and_damage_are_found() -> None:
    data = write_docx(lay_out(full_briefing(), options_of(review=True)))
    assert "orphan part word/left.xml" in lint(changed(data, DOCUMENT, "", "", add={"word/left.xml": b"<a/>"}))
    start = data  # the number of the first block's control, given to the contents' as well
    with zipfile.ZipFile(io.BytesIO(start)) as package:
        text = package.read(DOCUMENT).decode()
    number = text.split('<w:tag w:val="block:title"/><w:id w:val="', 1)[1].split('"', 1)[0]
    twice = changed(data, DOCUMENT, 'w:id w:val="70010001"', f'w:id w:val="{number}"')
    assert f"content control {number} stands 2 times" in lint(twice)
    assert lint(b"PK no package")[0].startswith("The file cannot be taken apart")
    assert lint(changed(data, DOCUMENT, "<w:body>", "<w:body"))[0].startswith("The file cannot be taken apart")
