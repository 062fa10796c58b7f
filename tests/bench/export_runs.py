"""One export by one program in a process of its own, so that its time and its memory are its own.

``python -m tests.bench.export_runs NAME PAGES FOLDER`` prepares the content, writes the file into the folder and prints
as JSON the processor time of the writing alone, and the file's bytes. Programs that are no Python are called.
"""

from __future__ import annotations

import io
import json
import resource
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.bench import export_model as model

RESOURCES = Path(__file__).resolve().parents[2] / "resources"


def ours_docx(parts: list[model.Part], out: Path) -> Callable[[], None]:
    from briefing_app.export.docx import write_docx

    made = model.laid(parts)
    return lambda: _keep(out, write_docx(made))


def ours_pdf(parts: list[model.Part], out: Path) -> Callable[[], None]:
    from briefing_app.export.pdf.writer import write_pdf

    made = model.laid(parts)
    return lambda: _keep(out, write_pdf(made, RESOURCES / "fonts").data)


def pandoc_docx(parts: list[model.Part], out: Path) -> Callable[[], None]:
    (out.parent / "in.md").write_text(model.markdown(parts), "utf-8")
    return lambda: _call("pandoc", "in.md", "--toc", "-o", str(out), folder=out.parent)


def python_docx(parts: list[model.Part], out: Path) -> Callable[[], None]:
    """Its own interface, as its guide shows it; it has no foot notes, which become paragraphs at the end."""
    import docx
    from docx.shared import Pt

    def write() -> None:
        made: Any = docx.Document()
        for part in parts:
            match part.kind:
                case "heading":
                    made.add_heading(part.text, part.level)
                case "paragraph":
                    made.add_paragraph(part.text)
                case "table":
                    made.add_paragraph(part.text, style="Caption")
                    grid = made.add_table(model.ROWS, model.COLUMNS)
                    for row in range(model.ROWS):
                        for column in range(model.COLUMNS):
                            grid.cell(row, column).text = model.cell_text(row, column)
                case _:
                    made.add_picture(str(out.parent / f"picture-{part.number}.jpg"), width=Pt(360))
                    made.add_paragraph(part.text, style="Caption")
        for note in (part.note for part in parts if part.note):
            made.add_paragraph(note)
        made.save(str(out))

    return write


def docxtpl(parts: list[model.Part], out: Path) -> Callable[[], None]:
    """A template that loops over the parts; it has no notes, and headings and captions are plain paragraphs."""
    import docx
    from docx.shared import Pt
    from docxtpl import DocxTemplate, InlineImage  # type: ignore[import-not-found, unused-ignore]

    made: Any = docx.Document()
    for text in ("{%p for one in parts %}", "{%p if one.picture %}", "{{ one.picture }}", "{%p elif one.rows %}"):
        made.add_paragraph(text)
    grid = made.add_table(3, model.COLUMNS)
    grid.cell(0, 0).text, grid.cell(2, 0).text = "{%tr for row in one.rows %}", "{%tr endfor %}"
    for column in range(model.COLUMNS):
        grid.cell(1, column).text = f"{{{{ row[{column}] }}}}"
    for text in ("{%p else %}", "{{ one.text }}", "{%p endif %}", "{%p endfor %}"):
        made.add_paragraph(text)
    made.save(str(out.parent / "template.docx"))

    def write() -> None:
        template = DocxTemplate(str(out.parent / "template.docx"))
        listed = []
        for part in parts:
            one: dict[str, Any] = {"text": part.text}
            if part.kind == "picture":
                one["picture"] = InlineImage(template, str(out.parent / f"picture-{part.number}.jpg"), width=Pt(360))
            if part.kind == "table":
                one["rows"] = [[model.cell_text(r, c) for c in range(model.COLUMNS)] for r in range(model.ROWS)]
            listed.append(one)
        template.render({"parts": listed})
        template.save(str(out))

    return write


def typst_pdf(parts: list[model.Part], out: Path) -> Callable[[], None]:
    import typst  # type: ignore[import-not-found, unused-ignore]

    source = out.parent / "in.typ"
    source.write_text(model.typst(parts), "utf-8")
    fonts = [str(RESOURCES / "fonts")]
    return lambda: _keep(out, typst.compile(str(source), font_paths=fonts, pdf_standards=["ua-1"]))


def weasyprint_pdf(parts: list[model.Part], out: Path) -> Callable[[], None]:
    import weasyprint  # type: ignore[import-not-found, unused-ignore]

    words = model.html(parts)
    return lambda: weasyprint.HTML(string=words, base_url=f"{out.parent}/").write_pdf(str(out), pdf_variant="pdf/ua-1")


def libreoffice_pdf(parts: list[model.Part], out: Path) -> Callable[[], None]:
    """From our DOCX; its own start and its own profile are part of it."""
    ours_docx(parts, out.with_suffix(".docx"))()
    profile = f"-env:UserInstallation=file://{out.parent}/profile"
    words = ("soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(out.parent))
    return lambda: _call(*words, str(out.with_suffix(".docx")), folder=out.parent)


RUNS: dict[str, Callable[[list[model.Part], Path], Callable[[], None]]] = {
    "ours-docx": ours_docx,
    "pandoc": pandoc_docx,
    "python-docx": python_docx,
    "docxtpl": docxtpl,
    "ours-pdf": ours_pdf,
    "typst": typst_pdf,
    "weasyprint": weasyprint_pdf,
    "libreoffice": libreoffice_pdf,
}


def _keep(out: Path, data: bytes | io.BytesIO) -> None:
    out.write_bytes(data if isinstance(data, bytes) else data.getvalue())


def _call(*words: str, folder: Path) -> None:
    subprocess.run(words, cwd=folder, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def _spent() -> float:
    """Processor seconds of this process and of those that it called."""
    used = (resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN))
    return sum(one.ru_utime + one.ru_stime for one in used)


def main(name: str, pages: int, folder: Path) -> None:
    parts = model.content(pages)
    out = folder / f"{name}{'.docx' if name in ('ours-docx', 'pandoc', 'python-docx', 'docxtpl') else '.pdf'}"
    model.write_pictures(parts, folder)
    write = RUNS[name](parts, out)
    started = _spent()
    write()
    spent = _spent() - started
    memory = max(_own_memory(), _called_memory())
    print(json.dumps({"seconds": spent, "megabytes": memory / 1024, "bytes": out.stat().st_size}))


def _own_memory() -> int:
    """Kilobytes that this program had at most; what its parent had before it began does not count."""
    status = Path("/proc/self/status").read_text()
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM:"))


def _called_memory() -> int:
    """Kilobytes of the largest program that was called; 0 where none was."""
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), Path(sys.argv[3]))
