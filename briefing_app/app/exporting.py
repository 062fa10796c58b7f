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
from briefing_app.layout.lay_out import LayoutOptions, lay_out
from briefing_app.model.briefing import Briefing
from briefing_app.model.marking import parse_marking
from briefing_app.model.template import CitationStyle
from briefing_app.provenance.selftest import prove

Format = Literal["docx", "pdf"]
OnPage = Callable[[int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportOptions:
    """How to export. ``date`` empty means now; ``marking`` and ``citation_style`` None mean the briefing's own."""

    date: str = ""
    marking: str | None = None
    citation_style: CitationStyle | None = None
    force: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendered:
    """An export's bytes, not yet handed over. ``pages`` is None for a DOCX, whose pages are the reader's."""

    format: Format
    data: bytes = field(repr=False)
    pages: int | None
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Exported:
    """A finished export: the file, its pages (None for DOCX), its SHA-256, and what was found on the way."""

    path: Path
    pages: int | None
    sha256: str
    findings: tuple[Finding, ...]


def format_of(target: Path) -> Format:
    """The format that a file's ending asks for. Raises UsageError."""
    match target.suffix.lower():
        case ".docx":
            return "docx"
        case ".pdf":
            return "pdf"
    raise UsageError(f"“{target.name}” names no format to export to.", "End the name in .docx or .pdf.")


def render(briefing: Briefing, format: Format, options: ExportOptions, on_page: OnPage | None = None) -> Rendered:
    """Check, lay out, write and prove. Raises ExportError with every reason why the file may not be handed over.

    ``on_page`` is called with each finished page's number; what it raises ends the work.
    """
    from briefing_app.export.pdf.writer import write_pdf

    if options.marking:
        parse_marking(options.marking)
    findings = list(run_checks(briefing))
    _hold_back(findings, options.force)
    document = lay_out(briefing, _layout_options(options, findings))
    pdf = write_pdf(document, paths.resources_dir() / "fonts", progress=on_page)
    findings.extend(_page_findings(document.page_limit, pdf.pages, pdf.missing if format == "pdf" else ()))
    _hold_back(findings, options.force)
    if format == "docx":
        from briefing_app.export.docx.writer import write_docx

        starts = {node: places[0].page for node, places in pdf.places.items() if places}
        data, pages = write_docx(document, starts), None
    else:
        data, pages = pdf.data, pdf.pages
    try:
        prove(data, format, document, missing=pdf.missing)
    except ExportError as error:
        if not options.force:
            raise
        findings.append(Finding(rule="self-test", severity=Severity.ERROR, message=str(error)))
    return Rendered(format=format, data=data, pages=pages, findings=tuple(findings))


def _layout_options(options: ExportOptions, findings: list[Finding]) -> LayoutOptions:
    """A briefing with open errors that is exported in spite of them goes out as a draft."""
    return LayoutOptions(
        date=options.date or now(),
        marking=options.marking,
        citation_style=options.citation_style,
        draft=any(finding.severity is Severity.ERROR for finding in findings),
    )


def export_briefing(
    briefing: Briefing, target: Path, options: ExportOptions, on_page: OnPage | None = None
) -> Exported:
    """Render ``briefing`` in the format of ``target``'s ending, and put the file there in one step.

    Raises UsageError, ExportError or StorageError; a file that stood there before then stays whole.
    """
    return hand_over(render(briefing, format_of(target), options, on_page), target)


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
