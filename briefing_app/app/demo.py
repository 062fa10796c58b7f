"""The demonstration: the sample library imported, the sample briefing composed and exported.

It has a library of its own and never touches the user's.
"""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from briefing_app.app import paths
from briefing_app.app.exporting import Exported, ExportOrder, export_briefing
from briefing_app.app.recipe import compose, correct_sources, read_recipe
from briefing_app.app.session import Session
from briefing_app.app.templates import template
from briefing_app.library.library import Library
from briefing_app.work.progress import Progress


@dataclass(frozen=True, slots=True)
class Demo:
    """Where everything is, and how many sample sources are in the demo's library."""

    library: Path
    sources: int
    briefing: Path
    exports: tuple[Exported, ...]

    def to_json(self) -> dict[str, Any]:
        return {
            "library": str(self.library),
            "sources": self.sources,
            "briefing": str(self.briefing),
            "exports": [{"path": str(one.path), "pages": one.pages, "sha256": one.sha256} for one in self.exports],
        }

    def in_words(self) -> str:
        lines = [
            f"{self.sources} sample sources are in {self.library}",
            f"The sample briefing is   {self.briefing}",
        ]
        for one in self.exports:
            pages = f" ({one.pages} pages)" if one.pages else ""
            lines.append(f"It was exported to       {one.path}{pages}")
        return "\n".join(lines)


def run_demo(out: Path | None = None) -> Generator[Progress, None, Demo]:
    """Import the samples, compose the sample briefing, export it to DOCX and PDF; it may be run again.

    ``out`` None means the demo's own folder. Raises LibraryBusy where the demo's library is open elsewhere,
    StorageError where nothing can be written.
    """
    folder = out or paths.user_data_dir() / "demo-briefing"
    recipe = read_recipe(paths.resources_dir() / "samples" / "briefing.yaml")
    with Library.open(paths.demo_library_dir(), write=True) as library:
        report = yield from library.import_paths([recipe.sources])
        ids = {Path(one.path).name: one.id for one in report.imported}
        ids |= {Path(one.path).name: one.id for one in report.duplicates}
        yield Progress(1, 4, "Composing the sample briefing")
        correct_sources(recipe, library, ids)
        briefing = compose(recipe, template(recipe.template_id), library, ids)
        sources = library.count()
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / "sample.briefing"
    Session(briefing).save(file)
    exports = []
    for number, name in enumerate(("sample.docx", "sample.pdf"), start=2):
        yield Progress(number, 4, f"Exporting {name}")
        exports.append(export_briefing(briefing, folder / name, ExportOrder(date=briefing.meta.as_of)))
    return Demo(paths.demo_library_dir(), sources, file, tuple(exports))
