"""Markings that sources come with: taken from where markings stand, and never from a sentence about them."""

from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing_app.readers import markings, read
from tests.readers.build import W, docx, drawn, paragraph, pdf
from tests.readers.test_pdf_text import pages_of

BANNERS = [
    "TLP:RED", "TLP:AMBER+STRICT", "tlp: amber", "TLP:WHITE", "TLP CLEAR", "UNCLASSIFIED//FOUO", "UNCLASSIFIED", "CUI",
    "CUI//SP-PRVCY", "SECRET//NOFORN", "TOP SECRET//SI//NOFORN", "For Official Use Only", "OFFICIAL-SENSITIVE",
    "OFFICIAL: Sensitive", "OFFICIAL-SENSITIVE COMMERCIAL", "NATO RESTRICTED", "NATO SECRET REL TO SWE",
    "RESTREINT UE/EU RESTRICTED", "VS-NUR FÜR DEN DIENSTGEBRAUCH", "Для служебного пользования", "ДСП",
    "Совершенно секретно", "Для службового користування", "سري للغاية", "CONFIDENTIAL",
]  # fmt: skip
SENTENCES = [
    "The report was marked TLP:RED by its author.",
    "TLP:RED information must not be shared beyond the meeting",
    "What does TLP:AMBER mean for journalists?",
    "Under TLP:GREEN, recipients may share within their community.",
    "NATO secret documents leaked online, officials say",
    "Secret",
    "Confidential talks in Geneva", "Official: sensitive talks begin", "An official said",
    "Restricted access",
    "The document bore the stamp “Для служебного пользования”.",
    "Гриф ДСП с документа снят", "Секретно переброшены войска", "Unclassified", "CUI BONO", "TLP:BLUE",
    "https://www.first.org/tlp:red/", "HTTP/1.1 Top secret", "", "   ", "()",
]  # fmt: skip


def edge(line: str) -> str:
    return markings.highest(markings.in_edges([line]))


@pytest.mark.parametrize("banner", BANNERS)
def test_a_line_that_is_a_marking(banner: str) -> None:
    assert edge(banner) == banner
    assert edge(f"  ** {banner} **  ") == banner
    assert edge(f"Weekly review | {banner} | 14 November") == banner
    assert markings.highest(markings.in_heads([f"Velsk – the port reopens\t{banner}"])) == banner


@pytest.mark.parametrize("sentence", SENTENCES)
def test_words_that_are_no_marking(sentence: str) -> None:
    assert edge(sentence) == ""
    assert markings.highest(markings.in_subject(sentence)) == ""


def test_the_highest_of_several_counts() -> None:
    lines = ["TLP:GREEN", "TLP:AMBER+STRICT", "TLP:AMBER", "UNCLASSIFIED"]
    assert markings.highest(markings.in_edges(lines)) == "TLP:AMBER+STRICT"
    assert markings.highest(markings.in_edges(["CUI", "TOP SECRET//SI", "SECRET"])) == "TOP SECRET//SI"


@pytest.mark.parametrize(
    ("subject", "marking"),
    [
        ("[TLP:AMBER] Weekly review", "TLP:AMBER"),
        ("RE: TLP:GREEN Weekly review", "TLP:GREEN"),
        ("Fwd: FW: TLP: RED - do not share", "TLP: RED"),
        ("Weekly review (TLP:CLEAR)", "TLP:CLEAR"),
        ("UNCLASSIFIED//FOUO: flights over Velsk", "UNCLASSIFIED//FOUO"),
        ("[ДСП] Сводка за неделю", "ДСП"),
        ("TLP:RED is a label that many misuse", ""),
        ("Confidential: a play in two acts", ""),
    ],
)
def test_subjects(subject: str, marking: str) -> None:
    assert markings.highest(markings.in_subject(subject)) == marking


@pytest.mark.parametrize(
    ("header", "marking"),
    [
        ("Subject: [TLP:AMBER] Review", "TLP:AMBER"),
        ("X-TLP: green", "green"),
        ("Sensitivity: Company-Confidential", "Company-Confidential"),
        ("Sensitivity: Normal", ""),
        ("MSIP_Labels: MSIP_Label_0f488380-630a-4f55_Name=Not Protected_2", ""),
        ("X-Protective-Marking: VER=2018.4, NS=gov.au, SEC=OFFICIAL:Sensitive, ORIGIN=a@b.c", "OFFICIAL:Sensitive"),
        ("MSIP_Labels: MSIP_Label_0f488380-630a-4f55_Enabled=true; MSIP_Label_0f488380-630a-4f55_Name=Internal Only;",
         "Internal Only"),
        ("X-Mailer: TLP:RED", ""),
    ],
)  # fmt: skip
def test_messages(header: str, marking: str) -> None:
    data = f"From: a@b.c\n{header}\nMessage-ID: <1@b.c>\n\nHello,\n\nthe TLP:RED label is no secret.\n".encode()
    assert read(data, "a.eml").fields.marking == marking
    first = f"From: a@b.c\nSubject: Review\nMessage-ID: <1@b.c>\n\n{header}TLP:RED\n\nWords.\n"
    assert read(first.replace(header, "").encode(), "a.eml").fields.marking == "TLP:RED"


def test_heads_of_pdfs() -> None:
    pages = pages_of(4)
    for number, page in enumerate(pages, 1):
        page.insert(0, (72, 805, "Velsk: the port reopens"))
        page.insert(1, (430, 805, "TLP:AMBER for members"))
        page.append((72, 30, f"Page {number} of 4"))
    reading = read(drawn(pages), "a.pdf")
    assert reading.fields.marking == "TLP:AMBER"
    assert "TLP" not in reading.text
    single = drawn([[(72, 805, "The port reopens"), (430, 805, "NATO RESTRICTED"), (72, 700, "Words of a page.")]])
    assert read(single, "a.pdf").fields.marking == "NATO RESTRICTED"
    told = pdf([["The report was marked TLP:RED when it was sent.", "TLP:RED is for named recipients only."]])
    assert read(told, "a.pdf").fields.marking == ""


def test_word_documents() -> None:
    head = f'<w:hdr xmlns:w="{W}"><w:p><w:r><w:t>Review</w:t><w:tab/><w:t>OFFICIAL-SENSITIVE</w:t></w:r></w:p></w:hdr>'
    marked = docx(
        paragraph("Words"),
        relations={"h": ("header", "header1.xml", False)},
        parts={"word/header1.xml": head.encode()},
    )
    reading = read(marked, "a.docx")
    assert reading.fields.marking == "OFFICIAL-SENSITIVE"
    assert "OFFICIAL" not in reading.text
    label = "MSIP_Label_0f488380-630a-4f55-a077-a19445e3f360"
    properties = (
        '<Properties xmlns="urn:custom" xmlns:vt="urn:vt">'
        f'<property name="{label}_Enabled"><vt:lpwstr>true</vt:lpwstr></property>'
        f'<property name="{label}_Name"><vt:lpwstr>Confidential</vt:lpwstr></property></Properties>'
    )
    labelled = docx(paragraph("Words"), parts={"docProps/custom.xml": properties.encode()})
    assert read(labelled, "a.docx").fields.marking == "Confidential"
    assert read(docx(paragraph("TLP:GREEN") + paragraph("Words of it.")), "a.docx").fields.marking == "TLP:GREEN"
    assert read(docx(paragraph("They wrote of TLP:GREEN.")), "a.docx").fields.marking == ""


def test_open_documents_and_texts() -> None:
    names = (
        'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
        'xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"'
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        package.writestr("META-INF/manifest.xml", "<manifest/>")
        body = "<office:body><office:text><text:p>Words</text:p></office:text></office:body>"
        package.writestr("content.xml", f"<office:document-content {names}>{body}</office:document-content>")
        foot = "<style:master-page><style:footer><text:p>ДСП</text:p></style:footer></style:master-page>"
        package.writestr("styles.xml", f"<office:document-styles {names}>{foot}</office:document-styles>")
    assert read(out.getvalue(), "a.odt").fields.marking == "ДСП"
    assert read(b"TLP:GREEN\n\nThe port reopened.\n", "a.txt").fields.marking == "TLP:GREEN"
    assert read(b"The port reopened.\n\nIt was marked TLP:GREEN then.\n", "a.txt").fields.marking == ""


@given(st.text(max_size=200))
def test_any_words_give_a_part_of_themselves_or_nothing(text: str) -> None:
    for found in (markings.in_edges([text]), markings.in_heads([text]), markings.in_subject(text)):
        for rank, words in found:
            assert 0 <= rank <= 60
            assert words
            assert "".join(words.split()) in "".join(text.split())


def test_web_pages() -> None:
    body = "<article><p>{}</p><p>" + "The strait was closed at dawn, the harbour office said. " * 8 + "</p></article>"
    page = f"<html><head><title>Strait</title>{{}}</head><body>{body}</body></html>"
    named = page.format('<meta name="TLP" content="amber"><meta name="description" content="TLP:RED is a label">', "")
    assert read(named.encode(), "page.html").fields.marking == "TLP:amber"
    written = page.format("", "TLP:GREEN")
    assert read(written.encode(), "page.html").fields.marking == "TLP:GREEN"
    told = page.format("", "The note was marked TLP:GREEN by its author.")
    assert read(told.encode(), "page.html").fields.marking == ""
