"""Made-up briefings for tests: one that has everything, and the pieces that it is made of.

Nothing here is taken from a real source; the places, outlets and people of the sample do not exist.
"""

from __future__ import annotations

import hashlib
import struct
import zlib
from dataclasses import replace

from briefing_app.model.block import (
    Block,
    Cell,
    ListBlock,
    ListItem,
    PageBreak,
    Paragraph,
    Picture,
    Quotation,
    Row,
    Section,
    Table,
)
from briefing_app.model.briefing import Briefing, Media, Meta
from briefing_app.model.excerpt import Excerpt, Translation, take_excerpt
from briefing_app.model.grading import Credibility, Reliability
from briefing_app.model.inline import Citation, Inline, LineBreak, Note, Text
from briefing_app.model.source import Source, SourceKind
from briefing_app.model.template import Template, TemplateSection

DATE = "2026-11-25T09:00:00+01:00"

RUSSIAN = (
    "Порт Вельск вновь открыт для судов. Министерство транспорта сообщило, что ограничения сняты "
    "«в полном объёме».\n\nЖители города узнали об этом из сводки."
)
GREEK = "Η κυβέρνηση δήλωσε ότι «δεν υπάρχει λόγος ανησυχίας» για τη ναυσιπλοΐα στο στενό."
ARABIC = "قالت هيئة الميناء إن حركة السفن عادت إلى طبيعتها بعد 14 يوماً من التوقف."
ENGLISH = (
    "The port authority of Velsk closed both berths on 3 November. Insurers raised their rates by 40 per "
    "cent within a day, and two carriers sent ships around the cape."
)


def text_source(id: str, **fields: object) -> Source:
    """A source with hashes made from its id, and any other fields."""
    digest = hashlib.sha256(id.encode()).hexdigest()
    return Source(id=id, sha256=digest, text_sha256=digest, **fields)  # type: ignore[arg-type]


def excerpt_of(id: str, source_id: str, text: str, start: int = 0, end: int | None = None) -> Excerpt:
    """The passage ``text[start:end]`` of a source whose whole text is ``text``."""
    return take_excerpt(id=id, source_id=source_id, text=text, start=start, end=len(text) if end is None else end)


def png(width: int, height: int, shade: int = 0) -> bytes:
    """A plain PNG: a slanted gradient in blue and grey, so that a stretched picture shows."""
    rows = bytearray()
    for y in range(height):
        rows.append(0)
        for x in range(width):
            value = (x * 200 // max(1, width) + y * 55 // max(1, height) + shade) % 256
            rows += bytes((value // 3, 60 + value // 3, 110 + value // 2))
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(bytes(rows), 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, data) for name, data in chunks)


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def media_of(data: bytes, media_type: str = "image/png") -> Media:
    """The picture's bytes, named by their hash."""
    return Media(sha256=hashlib.sha256(data).hexdigest(), media_type=media_type, data=data)


def words(text: str, **style: object) -> tuple[Inline, ...]:
    """One run of text."""
    return (Text(text, **style),)  # type: ignore[arg-type]


def paragraph(id: str, *content: str | Inline, mark: str = "") -> Paragraph:
    """A paragraph; plain strings become runs of text."""
    inlines = tuple(Text(part) if isinstance(part, str) else part for part in content)
    return Paragraph(id, inlines, mark)


def cell(id: str, *content: str | Inline, columns: int = 1, rows: int = 1) -> Cell:
    """A cell with one paragraph, or none where there is no content."""
    blocks = (paragraph(f"{id}-p", *content),) if content else ()
    return Cell(id, blocks, columns, rows)


MAP = media_of(png(640, 360))
CHART = media_of(png(300, 200, 90))


def sources() -> tuple[Source, ...]:
    return (
        text_source(
            "s-herald",
            title="Velsk shuts its port",
            authors=("Ann Marsh", "Josef Lind"),
            outlet="Northern Herald",
            published="2026-11-03",
            accessed="2026-11-05",
            language="en",
            url="https://herald.example/2026/11/velsk-port?id=7&view=full",
            kind=SourceKind.WEB,
            reliability=Reliability.B,
        ),
        text_source(
            "s-vestnik",
            title="Порт Вельск вновь открыт",
            authors=("Ирина Соколова",),
            outlet="Вельский вестник",
            published="2026-11-17",
            accessed="2026-11-18T08:30:00+03:00",
            language="ru",
            url="https://vestnik.example/порт",
            kind=SourceKind.WEB,
            reliability=Reliability.C,
        ),
        text_source(
            "s-kathimera",
            title="Ανησυχία για το στενό",
            outlet="Η Ημέρα",
            published="2026-11",
            language="el",
            kind=SourceKind.PDF,
            pages=12,
        ),
        text_source(
            "s-mina",
            title="عودة الملاحة إلى الميناء",
            outlet="صحيفة الميناء",
            published="2026-11-18",
            language="ar",
            url="https://mina.example/a/18",
            kind=SourceKind.WEB,
            reliability=Reliability.F,
        ),
        text_source("s-memo", file_name="shipping-memo.docx", kind=SourceKind.DOCUMENT, published="2026"),
    )


def excerpts() -> tuple[Excerpt, ...]:
    closed = excerpt_of("e-closed", "s-herald", ENGLISH, 0, 61)
    rates = excerpt_of("e-rates", "s-herald", ENGLISH, 62, len(ENGLISH))
    opened = excerpt_of("e-opened", "s-vestnik", RUSSIAN)
    calm = excerpt_of("e-calm", "s-kathimera", GREEK)
    normal = excerpt_of("e-normal", "s-mina", ARABIC)
    memo = excerpt_of("e-memo", "s-memo", "Bookings for December are down by a third.")
    return (
        _with(closed, language="en", credibility=Credibility.TWO),
        _with(rates, language="en"),
        _with(
            opened,
            language="ru",
            credibility=Credibility.THREE,
            translation=Translation(
                text="The port of Velsk is open to ships again. The transport ministry said that the "
                "restrictions had been lifted “in full”.\n\nThe "
                "people of the town learnt of it from a bulletin.",
                language="en",
                translator="M. Okafor",
            ),
        ),
        _with(calm, language="el", page=4, last_page=5),
        _with(normal, language="ar", credibility=Credibility.SIX),
        memo,
    )


def _with(excerpt: Excerpt, **changes: object) -> Excerpt:
    return replace(excerpt, **changes)  # type: ignore[arg-type]


def _lead() -> Section:
    return Section(
        "sec-lead",
        words("Lead"),
        (
            paragraph(
                "lead-1",
                "Velsk reopened on 17 November after fourteen days. ",
                Text("We assess that traffic will recover by mid-December", bold=True),
                ", because insurers have begun to cut their rates.",
                Citation("c-1", "e-rates"),
                mark="TLP:GREEN",
            ),
        ),
        key="lead",
        show_heading=False,
    )


def _situation() -> Section:
    inner_list = ListBlock(
        "list-inner",
        (
            ListItem("li-1a", (paragraph("li-1a-p", "North berth: two cranes"),)),
            ListItem("li-1b", (paragraph("li-1b-p", "South berth: one crane, in ", Text("repair", italic=True)),)),
        ),
    )
    bullets = ListBlock(
        "list-1",
        (
            ListItem("li-1", (paragraph("li-1-p", "Both berths take ships:"), inner_list)),
            ListItem("li-2", (paragraph("li-2-p", "Pilots work by day only.", Citation("c-2", "e-opened")),)),
        ),
    )
    steps = ListBlock(
        "list-2",
        (
            ListItem("li-3", (paragraph("li-3-p", "Inspect the breakwater."),)),
            ListItem(
                "li-4",
                (
                    paragraph("li-4-p", "Lift the speed limit."),
                    paragraph("li-4-q", "It stands at eight knots."),
                ),
            ),
        ),
        ordered=True,
        start=3,
    )
    blocks: tuple[Block, ...] = (
        paragraph(
            "sit-1",
            "The port closed on 3 November.",
            Citation("c-3", "e-closed", prefix="see "),
            " The first ship left the next morning, and ",
            Text("the ministry", link="https://ministry.example/statements?year=2026"),
            " confirmed it.",
            Citation("c-4", "e-opened"),
            Citation("c-5", "e-calm"),
        ),
        bullets,
        paragraph("sit-2", "The ministry’s plan goes on as follows:"),
        steps,
        Quotation("q-ru", "e-opened", translated=True, mark="TLP:AMBER"),
        Quotation("q-ar", "e-normal"),
        paragraph(
            "sit-3",
            "Rates fell by a tenth.",
            Note(
                "n-1",
                (
                    Text("Our own count of "),
                    Text("twelve", italic=True),
                    Text(" quotes; compare "),
                    Citation("c-6", "e-rates"),
                    Text("."),
                ),
            ),
            " Bookings did not.",
            Citation("c-7", "e-memo"),
        ),
    )
    return Section("sec-situation", words("Situation"), blocks, _situation_parts(), key="situation")


def _situation_parts() -> tuple[Section, ...]:
    table = Table(
        "table-1",
        (
            Row(
                "r-1",
                (cell("t-1", "Berth"), cell("t-2", "Ships in October"), cell("t-3", "Ships in November")),
            ),
            Row("r-2", (cell("t-4", "North", rows=2), cell("t-5", "41"), cell("t-6", "12"))),
            Row(
                "r-3",
                (
                    cell("t-7", "38 ", Text("revised", italic=True)),
                    cell("t-8", "9", Citation("c-8", "e-memo")),
                ),
            ),
            Row("r-4", (cell("t-9", "South: closed for the whole of the month", columns=3),)),
        ),
        caption=words("Calls at Velsk, by berth"),
        widths=(1.0, 2.0, 2.0),
        mark="TLP:GREEN",
    )
    picture = Picture(
        "pic-1",
        MAP.sha256,
        alt="Map of the harbour, with both berths",
        caption=words("The harbour"),
        mark="TLP:CLEAR",
    )
    small = Picture("pic-2", CHART.sha256, alt="Ships a day, falling to nought", width=50.0)
    return (
        Section(
            "sec-traffic",
            words("Traffic"),
            (table, paragraph("tr-1", "Figures are the port’s own.")),
            key="traffic",
        ),
        Section("sec-harbour", words("The harbour"), (picture, small), key="harbour"),
    )


def _views() -> Section:
    blocks: tuple[Block, ...] = (
        paragraph("view-el", Text(GREEK, language="el"), Citation("c-9", "e-calm", suffix=" (our reading)")),
        paragraph(
            "view-ru",
            Text("Совет порта пока молчит.", language="ru"),
            LineBreak(),
            "Its chair has not been seen.",
        ),
        paragraph("view-ar", Text(ARABIC, language="ar"), Citation("c-10", "e-normal")),
        paragraph(
            "view-mixed",
            "The Arabic name ",
            Text("الميناء الكبير", language="ar"),
            " means “the great port”.",
        ),
        paragraph("view-empty"),
        Quotation("q-own", paragraphs=(paragraph("q-own-p", "We never closed."),)),
    )
    return Section("sec-views", words("What others say"), blocks, key="views", mark="TLP:GREEN")


def _outlook() -> Section:
    blocks: tuple[Block, ...] = (
        PageBreak("break-1"),
        paragraph(
            "out-1",
            "It is ",
            Text("likely", underline=True),
            " that both carriers return before the new year.",
        ),
    )
    return Section("sec-outlook", words("Outlook"), blocks, key="outlook")


def template(**changes: object) -> Template:
    """The sample's template, with any fields changed."""
    base = Template(
        id="sample",
        name="Sample",
        sections=tuple(
            TemplateSection(key=key, heading=heading, show_heading=key != "lead")
            for key, heading in (
                ("lead", "Lead"),
                ("situation", "Situation"),
                ("views", "What others say"),
                ("empty", "Nothing yet"),
                ("outlook", "Outlook"),
            )
        ),
        citation_style="footnotes",
        contents=True,
        numbered_headings=True,
    )
    return replace(base, **changes)  # type: ignore[arg-type]


def meta(**changes: object) -> Meta:
    """The sample's title, with any fields changed."""
    base = Meta(
        title="Velsk: the port reopens",
        subtitle="What the return of traffic means for carriers",
        author="A. Analyst",
        organisation="Desk for Maritime Affairs",
        reference="DMA-2026-117",
        edition=2,
        as_of="2026-11-24T18:00:00+01:00",
        period="10 to 24 November 2026",
        marking="TLP:AMBER",
        restrictions="Members only",
        distribution="Carriers’ liaison group",
    )
    return replace(base, **changes)  # type: ignore[arg-type]


def full_briefing(**changes: object) -> Briefing:
    """A briefing with every block and inline, five scripts, a translation, portion marks and TLP:AMBER.

    ``changes`` replace fields of the briefing (``template=template(citation_style="sources")``).
    """
    base = Briefing(
        id="briefing-1",
        meta=meta(),
        template=template(),
        sections=(
            _lead(),
            _situation(),
            _views(),
            Section("sec-empty", words("Nothing yet"), (paragraph("empty-p"),), key="empty"),
            _outlook(),
        ),
        excerpts=excerpts(),
        sources=sources(),
        media=(MAP, CHART),
    )
    return replace(base, **changes)  # type: ignore[arg-type]


def briefing_of(*blocks: Block, **changes: object) -> Briefing:
    """A small briefing whose one section, “Part”, holds ``blocks``; it can cite the sample's excerpts."""
    base = Briefing(
        id="briefing-small",
        meta=Meta(title="Small"),
        template=template(contents=False, numbered_headings=False),
        sections=(Section("part", words("Part"), tuple(blocks)),),
        excerpts=excerpts(),
        sources=sources(),
        media=(MAP, CHART),
    )
    return replace(base, **changes)  # type: ignore[arg-type]
