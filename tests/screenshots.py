"""Pictures of the window's states, light and dark, at 100 % and 200 %, on the demonstration's briefing.

``python -m tests.screenshots FOLDER [--readme FOLDER]``: all states into the first folder; those that the README
shows into the second (docs/images). It opens no window on the screen and leaves the user's own files alone.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from briefing_app.desktop.desk import Desk
    from briefing_app.desktop.window import MainWindow

README = ("window-light", "window-dark", "search-light", "inbox-light", "pages-light", "preview-light", "export-light")
PATIENCE = 60.0  # seconds


class Photographer:
    """Brings the window from state to state and takes a picture of each."""

    def __init__(self, desk: Desk, window: MainWindow, folder: Path, look: str) -> None:
        self.desk = desk
        self.window = window
        self.folder = folder
        self.look = look

    def wait(self, condition: Callable[[], object], settle: int = 150) -> None:
        """Let the window work until ``condition`` holds, and ``settle`` milliseconds more."""
        end = time.monotonic() + PATIENCE
        while not condition():
            if time.monotonic() > end:
                raise TimeoutError("the window did not come to the state to be pictured")
            _work(20)
        _work(settle)

    def take(self, name: str, widget: Any = None) -> None:
        path = self.folder / f"{name}-{self.look}.png"
        (widget or self.window).grab().save(str(path))
        print(path)

    def dialog(self) -> Any:
        from PySide6.QtWidgets import QDialog

        def opened() -> list[QDialog]:
            return [one for one in self.window.findChildren(QDialog) if one.isVisible()]

        self.wait(opened)
        return opened()[-1]

    def all(self, briefing: Path) -> None:
        self._start()
        self._window(briefing)
        self._pages()
        self._search()
        self._library()
        self._preview()
        self._dialogs()

    def _start(self) -> None:
        self.wait(lambda: self.window.library.model.rowCount())
        self.take("start")

    def _window(self, briefing: Path) -> None:
        window = self.window
        window.documents.open_path(briefing)
        self.wait(lambda: window.documents.session is not None)
        session = window.documents.session
        assert session is not None
        excerpt = session.briefing.excerpts[0]
        window.passages.show_excerpt(excerpt.id)
        self.wait(lambda: window.reader.source_id == excerpt.source_id and window.reader.view.is_whole)
        row = next(
            row
            for row in range(window.library.model.rowCount())
            if (card := window.library.model.card(row)) is not None and card.source_id == excerpt.source_id
        )
        window.library.list.setCurrentIndex(window.library.model.index(row, 0))
        self.wait(lambda: window.reader.view.is_whole, 400)
        window.reader.view.reveal(excerpt.start, excerpt.end, select=False)
        self.take("window")

    def _pages(self) -> None:
        """A PDF as it was saved, with what the briefing cites of it."""
        window, reader = self.window, self.window.reader
        session = window.documents.session
        assert session is not None
        pdfs = {source.id for source in session.briefing.sources if source.kind == "pdf"}
        excerpt = [one for one in session.briefing.excerpts if one.source_id in pdfs][-1]
        window.passages.show_excerpt(excerpt.id)
        self.wait(lambda: reader.source_id == excerpt.source_id)
        reader._as_pages.setChecked(True)
        self.wait(lambda: reader.pages.view.is_drawn and reader.pages.view._marks, 300)
        self.take("pages")
        reader._as_pages.setChecked(False)

    def _search(self) -> None:
        window = self.window
        window.library.search.setText("cable")
        self.wait(lambda: not window.library.is_searching)
        row = next(row for row in range(9) if (card := window.library.model.card(row)) and card.end > card.start)
        card = window.library.model.card(row)
        assert card is not None
        window.library.list.setCurrentIndex(window.library.model.index(row, 0))
        self.wait(lambda: window.reader.source_id == card.source_id and window.reader.view.is_whole)
        window.reader.view.reveal(card.start, card.end, select=True)
        self.wait(lambda: window.reader.bar.isVisible())
        self.take("search")
        window.library.search.setText("zzzz")
        self.wait(lambda: not window.library.is_searching)
        self.take("nothing-found")
        window.library.clear_search()
        self.wait(lambda: not window.library.is_searching)

    def _library(self) -> None:
        """The inbox, what narrows it, several sources at once, a group of reprints, an import under way."""
        from briefing_app.app.finding import ALL, Chosen
        from briefing_app.work.progress import Progress

        window, library = self.window, self.window.library
        library.bars.facets.click()
        popover = library.facets.popover
        self.wait(lambda: popover.list.count() > 8)
        self.take("facets")
        popover.close()
        library.choose(Chosen((("lang", "en"), ("grade", "B"))))
        library.search.setText("cable ship")
        self.wait(lambda: not library.is_searching)
        self.take("narrowed")
        library.clear_search()
        self.wait(lambda: not library.is_searching)
        library.view_button.click()
        self.wait(lambda: library.views._popover.list.count() > 6)
        self.take("views")
        library.views._popover.close()
        library.show_view(library.views.inbox)
        self.wait(lambda: not library.is_searching and library.model.rowCount() > 3)
        library.list.setCurrentIndex(library.model.index(1, 0))
        library.deeds.command("drop")
        self.wait(lambda: not library.curator.is_busy, 400)
        self.take("inbox")
        library.deeds.command("tag")
        self.wait(lambda: library.deeds.choosers.popover)
        self.take("tags")
        library.deeds.choosers.popover.close()
        library.show_view(ALL)
        self.wait(lambda: not library.is_searching)
        library.list.selectAll()
        self.take("several")
        library.list.clearSelection()
        self._group()
        window.activateWindow()
        self.wait(window.isActiveWindow)
        library.search.setFocus()
        library.search.setText("outlet:s")
        library.search._complete()
        self.wait(library.search.options.isVisible)
        self.take("completing")
        library.search._offer(None)
        help = library.search.show_help()
        self.take("syntax")
        help.close()
        library.clear_search()
        library.import_bar.begin()
        library.import_bar.advance(Progress(812, 2140, "brief-0812.pdf", share=0.41, eta=190.0))
        self.take("importing")
        library.import_bar.show_paused(True)
        self.take("paused")
        library.import_bar.end()
        self._empty_inbox()
        self._several_fields()
        self._report()
        self._likeness()

    def _several_fields(self) -> None:
        library = self.window.library
        library.list.selectAll()
        library.deeds.command("fields")
        dialog = self.dialog()
        self.take("fields-several", dialog)
        dialog.reject()
        library.list.clearSelection()
        library.deeds.grade_outlet("Northern Dispatch")
        dialog = self.dialog()
        self.take("outlet-grade", dialog)
        dialog.reject()

    def _likeness(self) -> None:
        """What is like a source, and what is worth reading for the section that is being written."""
        window, library = self.window, self.window.library
        library.list.setCurrentIndex(library.model.index(4, 0))
        library.deeds.command("similar")
        self.wait(lambda: library.answers.fixed)
        self.take("similar")
        session = window.documents.session
        assert session is not None
        window.composer.go_to(session.briefing.sections[1].id)
        library.suggestions_wanted.emit()
        self.wait(lambda: library.bars.heading.whole.startswith("For section") and library.answers.fixed, 400)
        self.take("suggestions")
        library.go_back()
        self.wait(lambda: not library.is_searching)

    def _report(self) -> None:
        """An import's report, and the offer to go on with one that was interrupted."""
        from briefing_app.library.importing.report import Failed, Imported, ImportReport
        from briefing_app.library.importing.runs import Run

        damaged, locked = "The PDF is damaged: its pages cannot be found.", "The file is protected by a password."
        failed = [Failed(f"/home/analyst/Saved/scan-{n}.pdf", None, damaged, True) for n in range(3)]
        failed.append(Failed("/home/analyst/Saved/annex.docx", None, locked, True))
        imported = [
            Imported(f"s{n}", f"Report {n} of the harbour office", f"/home/analyst/Saved/{n}.html") for n in range(9)
        ]
        self.window.imports.show_report(ImportReport(tuple(imported), failed=tuple(failed), files=13))
        dialog = self.dialog()
        self.take("import-report", dialog)
        dialog.reject()
        self.window.imports._offer([Run(1, "2026-11-24T17:02:00+00:00", (Path("/home/analyst/Saved"),))])
        self.take("interrupted")
        self.window.messages.hide()

    def _empty_inbox(self) -> None:
        from briefing_app.app.finding import ALL

        library, service = self.window.library, self.window.desk.library
        service.change(lambda one: one.triage([source.id for source in one.rows(0, 50)], "kept"))
        library.show_view(library.views.inbox)
        self.wait(lambda: not library.is_searching and not library.model.rowCount())
        self.take("inbox-empty")
        service.change(lambda one: one.triage([source.id for source in one.rows(0, 50)], ""))
        library.show_view(ALL)
        self.wait(lambda: not library.is_searching)

    def _group(self) -> None:
        library = self.window.library
        row = next(n for n in range(library.model.rowCount()) if (card := library.model.card(n)) and card.reprints)
        library.list.setCurrentIndex(library.model.index(row, 0))
        library.deeds.command("reprints")
        self.wait(lambda: library.answers.fixed)
        library.list.setCurrentIndex(library.model.index(1, 0))
        self.take("reprints")
        library.refresh()
        self.wait(lambda: not library.is_searching)

    def _preview(self) -> None:
        self.window.show_preview()
        preview = self.window.preview
        self.wait(lambda: preview.is_current and preview.view.is_drawn)
        self.take("preview")

    def _dialogs(self) -> None:
        window = self.window
        session = window.documents.session
        assert session is not None
        openers: dict[str, Callable[[], object]] = {
            "new": window.documents.new,
            "properties": window.documents.properties,
            "export": window.documents.export,
            "translation": lambda: window.passages.translate(session.briefing.excerpts[0].id),
            "source-fields": lambda: window.reader._ask_correction(),
            "note": window.insertions.note,
            "link": lambda: window.insertions.link(""),
            "table": window.insertions.table,
            "preferences": lambda: window.actions_["preferences"].trigger(),
            "about": lambda: window.actions_["about"].trigger(),
        }
        for name, opener in openers.items():
            opener()
            dialog = self.dialog()
            if name == "export":
                self.wait(dialog.accept_button.isEnabled)
                dialog.target.setText("Briefings/halven-2.docx")
            self.take(name, dialog)
            dialog.reject()
            self.wait(lambda: not [one for one in window.findChildren(type(dialog)) if one.isVisible()], 20)  # noqa: B023


def _work(milliseconds: int) -> None:
    """Let the window and its threads work so long."""
    from PySide6.QtCore import QEventLoop, QTimer

    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def photograph(folder: Path, look: str, library: Path, briefing: Path) -> None:
    """Take all pictures in one look. The scale is that of the process."""
    from briefing_app.desktop.start import after_show, open_desk

    desk = open_desk(library)
    desk.theme.choose("dark" if look.startswith("dark") else "light")
    window = desk.open_window()
    window.resize(1480, 920)
    after_show(desk, [])
    Photographer(desk, window, folder, look).all(briefing)
    window.documents.release()
    window.close()
    desk.close()


def _prepare(home: str) -> tuple[Path, Path]:
    """The demonstration's library and briefing, in a home of their own."""
    os.environ["BRIEFING_HOME"] = home
    from briefing_app.app.library_access import open_library
    from briefing_app.app.paths import resources_dir
    from briefing_app.app.recipe import compose, correct_sources, read_recipe
    from briefing_app.app.session import Session
    from briefing_app.app.templates import template

    folder, file = Path(home) / "library", Path(home) / "sample.briefing"
    recipe = read_recipe(resources_dir() / "samples" / "briefing.yaml")
    with open_library(folder, write=True) as library:
        report = _run(library.import_paths([recipe.sources]))
        ids = {Path(one.path).name: one.id for one in report.imported}
        correct_sources(recipe, library, ids)
        _curate(library)
        Session(compose(recipe, template(recipe.template_id), library, ids)).save(file)
    return folder, file


def _curate(library: Any) -> None:
    """What an analyst has done with the sources, and two papers that have taken one over."""
    from briefing_app.app.library_access import Query
    from briefing_app.model.reading import Fields

    first, second, third, *_ = library.search(Query(text="cable")).hits
    text = library.text(first.source_id)
    for outlet, day in (("Harbour Wire", "2026-11-13"), ("The Lindhavn Evening Post", "2026-11-14")):
        cut = text[: text.rfind("\n", 0, len(text) * 4 // 5)]
        fields = Fields(title=f"{first.title}, experts say", outlet=outlet, published=day, language="en")
        library.add_text(f"{cut}\n\n{outlet} staff.", fields)
    _run(library.group_reprints())
    library.grade_outlet(first.outlet, "B")
    library.correct(second.source_id, reliability="C")
    library.star([first.source_id, third.source_id])
    library.mark_seen([second.source_id, third.source_id])
    library.add_tags([first.source_id, second.source_id], ["cables", "anchors"])
    library.set_note(second.source_id, "Says the opposite of its own report of 2023.")
    library.collect(library.make_collection("Base rates").num, [first.source_id])
    library.make_collection("Cable breaks", "cable anchor -weather")


def _run(job: Any) -> Any:
    while True:
        try:
            next(job)
        except StopIteration as end:
            return end.value


def main() -> None:
    parser = argparse.ArgumentParser(description="Take pictures of the window's states.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--readme", type=Path, help="where the README's pictures go")
    parser.add_argument("--one", nargs=3, metavar=("LOOK", "LIBRARY", "BRIEFING"), help=argparse.SUPPRESS)
    given = parser.parse_args()
    given.folder.mkdir(parents=True, exist_ok=True)
    if given.one:
        look, library, briefing = given.one
        photograph(given.folder, look, Path(library), Path(briefing))
        return
    for look in ("light", "dark", "light-200", "dark-200"):
        with tempfile.TemporaryDirectory() as home:  # taking pictures changes the library
            library, briefing = _prepare(home)
            environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "BRIEFING_HOME": home}
            environment["QT_SCALE_FACTOR"] = "2" if look.endswith("200") else "1"
            command = [sys.executable, "-m", "tests.screenshots", str(given.folder)]
            subprocess.run([*command, "--one", look, str(library), str(briefing)], env=environment, check=True)
    if given.readme:
        given.readme.mkdir(parents=True, exist_ok=True)
        for name in README:
            (given.readme / f"{name}.png").write_bytes((given.folder / f"{name}.png").read_bytes())


if __name__ == "__main__":
    main()
