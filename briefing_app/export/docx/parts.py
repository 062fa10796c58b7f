"""The smaller parts: notes, headers and footers, settings, fonts, properties."""

from __future__ import annotations

import re
from datetime import UTC, datetime

from briefing_app.export.docx.names import style_id
from briefing_app.export.docx.runs import RunWriter
from briefing_app.export.docx.scripts import word_language
from briefing_app.export.docx.watermark import watermark
from briefing_app.export.docx.xml import (
    COMPLEX_FACE,
    FACES,
    HEBREW_FACE,
    colour,
    content,
    field,
    paragraph,
    part,
    plain_part,
    run,
    words,
)
from briefing_app.layout.document import Banner, LaidNote, LayoutDocument, Properties, Role

SEPARATOR, CONTINUATION = -1, 0  # ids of the lines above notes; notes count from 1
_SEPARATOR_SPACE = '<w:spacing w:before="0" w:after="40" w:line="240" w:lineRule="auto"/>'
# what stands in where a font is not installed, and what helps Word to choose
_FONTS = (
    (FACES["serif"], "Cambria", "02020502060505020204", "roman"),
    (FACES["sans"], "Calibri", "020B0502040504020204", "swiss"),
    (COMPLEX_FACE, "Times New Roman", "02020500000000000000", "roman"),
    (HEBREW_FACE, "Times New Roman", "02020502060505020204", "roman"),
)
_ABOVE_BANNER = '<w:spacing w:before="60"/>'
_PLACES = re.compile(r"(\{pages?\})")


def notes_part(kind: str, notes: tuple[LaidNote, ...], runs: RunWriter) -> bytes:
    """Footnotes or endnotes, after the two separators that Word asks for."""
    separators = ((SEPARATOR, "separator"), (CONTINUATION, "continuationSeparator"))
    parts = [
        f'<w:{kind} w:type="{name}" w:id="{id}">{paragraph(_SEPARATOR_SPACE, run("", f"<w:{name}/>"))}</w:{kind}>'
        for id, name in separators
    ]
    parts.extend(_note(kind, note, runs) for note in notes)
    return part(f"{kind}s", "".join(parts))


def _note(kind: str, note: LaidNote, runs: RunWriter) -> str:
    style = f"{kind.capitalize()}Text"
    sign = run(f'<w:rPr><w:rStyle w:val="{kind.capitalize()}Reference"/></w:rPr>', f"<w:{kind}Ref/>")
    lines = []
    for place, line in enumerate(note.lines):
        bidi = "<w:bidi/>" if line.direction == "rtl" else ""
        label = sign + run("", words(" ")) if place == 0 else ""
        lines.append(paragraph(f'<w:pStyle w:val="{style}"/>{bidi}', label + runs.runs(line)))
    return f'<w:{kind} w:id="{note.number}">{"".join(lines)}</w:{kind}>'


def header_part(document: LayoutDocument, *, first: bool) -> bytes:
    """The banner, then the running head. The first page, where the title itself stands, does not repeat it."""
    repeats = first and document.header.strip() == " ".join(document.properties.title.split())
    title = "" if repeats else document.header
    if first and document.cover:
        title = document.watermark
    lines = [_banner(document.banner)] if document.banner else []
    across = watermark(document.watermark, document.page, 2 if first else 1) if document.watermark else ""
    if title or across or not lines:
        inside = (run("", words(title)) if title else "") + across
        lines.append(paragraph(f'<w:pStyle w:val="{style_id(Role.HEADER)}"/>', inside))
    return part("hdr", "".join(lines))


def footer_part(document: LayoutDocument, *, first: bool) -> bytes:
    """The running foot with "Page 1 of 9" at its end, then the banner, which stands alone on a cover."""
    if first and document.cover:
        empty = paragraph(f'<w:pStyle w:val="{style_id(Role.FOOTER)}"/>', run("", words(document.watermark)))
        return part("ftr", _banner(document.banner, _ABOVE_BANNER) if document.banner else empty)
    foot = (run("", words(document.footer)) if document.footer else "") + run("", "<w:tab/>")
    for piece in _PLACES.split(document.words.page):
        match piece:
            case "{page}":
                foot += field("PAGE", "", "1")
            case "{pages}":
                foot += field("NUMPAGES", "", "1")
            case _ if piece:
                foot += run("", words(piece))
    lines = [paragraph(f'<w:pStyle w:val="{style_id(Role.FOOTER)}"/>', foot)]
    if document.banner:
        lines.append(_banner(document.banner, _ABOVE_BANNER))
    return part("ftr", "".join(lines))


def _banner(banner: Banner, spacing: str = "") -> str:
    """The label in its colour on its background."""
    look = (
        f'<w:rPr><w:color w:val="{colour(banner.colour)}"/>'
        f'<w:shd w:val="clear" w:color="auto" w:fill="{colour(banner.background)}"/></w:rPr>'
    )
    label = words(f"\N{NO-BREAK SPACE}{banner.text}\N{NO-BREAK SPACE}")
    return paragraph(f'<w:pStyle w:val="{style_id(Role.BANNER)}"/>{spacing}', run(look, label))


def settings_part(document: LayoutDocument) -> bytes:
    """Settings for Word of today; nothing is renewed on opening."""
    kind = note_kind(document)
    lines = "".join(f'<w:{kind} w:id="{id}"/>' for id in (SEPARATOR, CONTINUATION))
    place = '<w:pos w:val="sectEnd"/><w:numFmt w:val="decimal"/>' if kind == "endnote" else ""
    notes = f"<w:{kind}Pr>{place}{lines}</w:{kind}Pr>" if document.notes else ""
    switches = (
        ("compatibilityMode", "15"),
        ("overrideTableStyleFontSizeAndJustification", "1"),
        ("enableOpenTypeFeatures", "1"),
        ("doNotFlipMirrorIndents", "1"),
    )
    compat = "".join(
        f'<w:compatSetting w:name="{name}" w:uri="http://schemas.microsoft.com/office/word" w:val="{on}"/>'
        for name, on in switches
    )
    language = word_language(document.properties.language) or "en-GB"
    tracked = "<w:trackRevisions/>" if document.review else ""
    return part(
        "settings",
        f'<w:zoom w:percent="100"/>{tracked}<w:defaultTabStop w:val="709"/>'
        f'<w:characterSpacingControl w:val="doNotCompress"/>{notes}<w:compat>{compat}</w:compat>'
        f'<w:themeFontLang w:val="{language}"/><w:decimalSymbol w:val="."/><w:listSeparator w:val=","/>',
    )


def note_kind(document: LayoutDocument) -> str:
    return "endnote" if document.notes_place == "end" else "footnote"


def fonts_part() -> bytes:
    return part(
        "fonts",
        "".join(
            f'<w:font w:name="{name}"><w:altName w:val="{instead}"/><w:panose1 w:val="{panose}"/>'
            f'<w:charset w:val="00"/><w:family w:val="{family}"/><w:pitch w:val="variable"/></w:font>'
            for name, instead, panose, family in _FONTS
        ),
    )


def core_part(properties: Properties) -> bytes:
    """Title, author and the rest; created and modified are both the export's date."""
    date = datetime.fromisoformat(properties.date).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    fields = (
        ("dc:title", properties.title),
        ("dc:subject", properties.subject),
        ("dc:creator", properties.author),
        ("cp:keywords", properties.keywords),
        ("cp:lastModifiedBy", properties.author),
        ("dc:identifier", properties.identifier),
        ("dc:language", properties.language),
    )
    inside = "".join(f"<{name}>{content(text)}</{name}>" for name, text in fields if text)
    dates = "".join(
        f'<dcterms:{name} xsi:type="dcterms:W3CDTF">{date}</dcterms:{name}>' for name in ("created", "modified")
    )
    return plain_part(
        '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        f'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">{inside}{dates}</cp:coreProperties>'
    )


def app_part(properties: Properties) -> bytes:
    company = f"<Company>{content(properties.organisation)}</Company>" if properties.organisation else ""
    return plain_part(
        '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
        f"<Application>Briefing Composer</Application>{company}</Properties>"
    )
