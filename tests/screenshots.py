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

README = ("window-light", "window-dark", "search-light", "preview-light", "export-light")
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
        from PySide6.QtTest import QTest

        end = time.monotonic() + PATIENCE
        while not condition():
            if time.monotonic() > end:
                raise TimeoutError("the window did not come to the state to be pictured")
            QTest.qWait(20)
        QTest.qWait(settle)

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
        self._search()
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
        window.library._filter_button.setChecked(True)
        self.wait(lambda: window.reader.bar.isVisible())
        self.take("search")
        window.library._filter_button.setChecked(False)
        window.library.search.setText("zzzz")
        self.wait(lambda: not window.library.is_searching)
        self.take("nothing-found")
        window.library.clear_search()
        self.wait(lambda: not window.library.is_searching)

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
        Session(compose(recipe, template(recipe.template_id), library, ids)).save(file)
    return folder, file


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
    with tempfile.TemporaryDirectory() as home:
        library, briefing = _prepare(home)
        for look in ("light", "dark", "light-200", "dark-200"):
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
