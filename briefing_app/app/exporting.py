"""A briefing leaves as a file: checked, laid out once, written, proved, and put in place in one step."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from briefing_app.app import paths
from briefing_app.app.dates import now
from briefing_app.checks.finding import Finding, Severity
from briefing_app.checks.run import run_checks
from briefing_app.errors import ExportError, UsageError
from briefing_app.layout.advice import without_effect
from briefing_app.layout.document import LayoutDocument
from briefing_app.layout.lay_out import LayoutOptions, lay_out
from briefing_app.layout.options import AS_THE_TEMPLATE_SAYS, ExportOptions
from briefing_app.model.briefing import Briefing
from briefing_app.model.marking import parse_marking
from briefing_app.provenance.selftest import prove

Format = Literal["docx", "pdf", "html", "md", "txt"]
OnPage = Callable[[int], None]
_ENDINGS: dict[str, Format] = {
    ".docx": "docx",
    ".pdf": "pdf",
    ".html": "html",
    ".htm": "html",
    ".md": "md",
    ".markdown": "md",
    ".txt": "txt",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportOrder:
    """What one export is asked for. ``date`` empty means now; ``marking`` None means the briefing's own.

    ``form`` is how it is made up, and can be kept as a profile. ``force`` exports in spite of open errors, as a draft.
    """

    date: str = ""
    marking: str | None = None
    force: bool = False
    form: ExportOptions = AS_THE_TEMPLATE_SAYS


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendered:
    """An export's bytes, not yet handed over. ``pages`` is None for all but a PDF, whose pages alone are fixed."""

    format: Format
    data: bytes = field(repr=False)
    pages: int | None
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Exported:
    """A finished export: the file, its pages (None for all but PDF), its SHA-256, and what was found on the way."""

    path: Path
    pages: int | None
    sha256: str
    findings: tuple[Finding, ...]


def format_of(target: Path) -> Format:
    """The format that a file's ending asks for. Raises UsageError."""
    if found := _ENDINGS.get(target.suffix.lower()):
        return found
    raise UsageError(
        f"“{target.name}” names no format to export to.", "End the name in .docx, .pdf, .html, .md or .txt."
    )


def render(briefing: Briefing, format: Format, order: ExportOrder, on_page: OnPage | None = None) -> Rendered:
    """Check, lay out, write and prove. Raises ExportError with every reason why the file may not be handed over.

    ``on_page`` is called with each finished page's number; what it raises ends the work.
    """
    if order.marking:
        parse_marking(order.marking)
    findings = list(run_checks(briefing))
    _hold_back(findings, order.force)
    document = lay_out(briefing, _layout_options(order, findings))
    findings.extend(
        Finding(rule="export-options", severity=Severity.WARNING, message=text)
        for text in without_effect(order.form, document, format)
    )
    if format in ("docx", "pdf"):
        return _render_pages(document, format, order, findings, on_page)
    data = _write_plain(document, format)
    _prove(data, format, document, order, findings, ())
    return Rendered(format=format, data=data, pages=None, findings=tuple(findings))


def _render_pages(
    document: LayoutDocument, format: Format, order: ExportOrder, findings: list[Finding], on_page: OnPage | None
) -> Rendered:
    """A format with pages. The PDF is made for either: it counts the pages, and where each heading stands."""
    from briefing_app.export.pdf.writer import write_pdf

    pdf = write_pdf(document, paths.resources_dir() / "fonts", progress=on_page)
    findings.extend(_page_findings(document.page_limit, pdf.pages, pdf.missing if format == "pdf" else ()))
    _hold_back(findings, order.force)
    if format == "docx":
        from briefing_app.export.docx.writer import write_docx

        starts = {node: places[0].page for node, places in pdf.places.items() if places}
        data, pages = write_docx(document, starts), None
    else:
        data, pages = pdf.data, pdf.pages
    _prove(data, format, document, order, findings, pdf.missing)
    return Rendered(format=format, data=data, pages=pages, findings=tuple(findings))


def _write_plain(document: LayoutDocument, format: Format) -> bytes:
    """A format without pages, in UTF-8; halves of characters become question marks."""
    match format:
        case "html":
            from briefing_app.export.html.writer import write_html

            text = write_html(document)
        case "md":
            from briefing_app.export.markdown import write_markdown

            text = write_markdown(document)
        case _:
            from briefing_app.export.text import write_text

            text = write_text(document)
    return text.encode("utf-8", "replace")


def _prove(
    data: bytes,
    format: Format,
    document: LayoutDocument,
    order: ExportOrder,
    findings: list[Finding],
    missing: tuple[str, ...],
) -> None:
    """Let the file prove itself; a forced export goes out with what it lacks among its findings."""
    try:
        prove(data, format, document, missing=missing)
    except ExportError as error:
        if not order.force:
            raise
        findings.append(Finding(rule="self-test", severity=Severity.ERROR, message=str(error)))


def _layout_options(order: ExportOrder, findings: list[Finding]) -> LayoutOptions:
    """A briefing with open errors that is exported in spite of them goes out as a draft."""
    return LayoutOptions(
        date=order.date or now(),
        marking=order.marking,
        draft=any(finding.severity is Severity.ERROR for finding in findings),
        form=order.form,
    )


def export_briefing(briefing: Briefing, target: Path, order: ExportOrder, on_page: OnPage | None = None) -> Exported:
    """Render ``briefing`` in the format of ``target``'s ending, and put the file there in one step.

    Raises UsageError, ExportError or StorageError; a file that stood there before then stays whole.
    """
    return hand_over(render(briefing, format_of(target), order, on_page), target)


def hand_over(rendered: Rendered, target: Path) -> Exported:
    """Write the bytes to ``target`` atomically. Raises StorageError."""
    from briefing_app.storage.file import write_atomically

    write_atomically(target, rendered.data)
    digest = hashlib.sha256(rendered.data).hexdigest()
    return Exported(path=target, pages=rendered.pages, sha256=digest, findings=rendered.findings)


def _page_findings(limit: int | None, pages: int, missing: tuple[str, ...]) -> list[Finding]:
    findings = []
    if limit is not None and pages > limit:
        text = f"The briefing has {pages} pages; its form allows {limit}. Shorten it, or export it in spite of this."
        findings.append(Finding(rule="page-limit", severity=Severity.ERROR, message=text))
    if missing:
        shown = ", ".join(f"“{char}” (U+{ord(char):04X})" for char in missing[:12])
        more = f" and {len(missing) - 12} more" if len(missing) > 12 else ""
        remedy = "Replace them, quote a translation, or export to DOCX."
        text = f"No font that comes with the app can print {shown}{more}. {remedy}"
        findings.append(Finding(rule="missing-character", severity=Severity.ERROR, message=text))
    return findings


def _hold_back(findings: list[Finding], force: bool) -> None:
    errors = [finding.message for finding in findings if finding.severity is Severity.ERROR]
    if errors and not force:
        raise ExportError(
            "The briefing was not exported.",
            "Mend what is listed, or export it in spite of it (--force).",
            problems=tuple(errors),
        )
