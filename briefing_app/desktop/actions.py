"""The window's actions: one table of what can be done, from which menus, toolbar and keys are made."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar, QWidget

from briefing_app.desktop.icons import Icons


@dataclass(frozen=True, slots=True)
class Spec:
    """One action: its name in the code, its words, its icon and its keys."""

    name: str
    text: str
    icon: str = ""
    keys: tuple[str, ...] = ()
    checkable: bool = False
    tip: str = ""


MENUS: dict[str, tuple[Spec | None, ...]] = {
    "&File": (
        Spec("new", "New briefing…", "file-plus", ("Ctrl+N",)),
        Spec("open", "Open…", "folder-open", ("Ctrl+O",)),
        Spec("recent", "Open recent"),
        None,
        Spec("save", "Save", "save", ("Ctrl+S",)),
        Spec("save_as", "Save as…", "", ("Ctrl+Alt+S",)),
        None,
        Spec("import_files", "Import files…", "download", ("Ctrl+Shift+I",)),
        Spec("import_folder", "Import a folder…", "folder-input"),
        None,
        Spec("properties", "Briefing properties…", "settings", ("Alt+Return",)),
        Spec("export", "Export…", "upload", ("Ctrl+E",)),
        Spec("export_again", "Export again", "", ("Ctrl+Shift+X",), tip="As it was exported last, to the same file"),
        None,
        Spec("issue", "Issue edition…", "lock", ("Ctrl+Shift+G",), tip="Freeze the briefing as an edition"),
        Spec("editions", "Editions…", "history", ("Ctrl+Alt+E",)),
        Spec("compare", "Compare with the last edition…", "layers", ("Ctrl+Alt+D",)),
        None,
        Spec("close", "Close window", "", ("Ctrl+W",)),
        Spec("quit", "Quit", "", ("Ctrl+Q",)),
    ),
    "&Edit": (
        Spec("undo", "Undo", "undo-2", ("Ctrl+Z",)),
        Spec("redo", "Redo", "redo-2", ("Ctrl+Shift+Z", "Ctrl+Y")),
        None,
        Spec("find", "Find in briefing…", "search", ("Ctrl+F",)),
        Spec("find_next", "Find next", "", ("F3",)),
        Spec("find_previous", "Find previous", "", ("Shift+F3",)),
        Spec("replace", "Replace in briefing…", "", ("Ctrl+H",)),
        None,
        Spec("next_finding", "Next finding", "", ("F8",)),
        Spec("previous_finding", "Previous finding", "", ("Shift+F8",)),
        Spec("findings", "Findings…", "", ("Ctrl+F8",)),
        None,
        Spec("find_source", "Search the library", "", ("Ctrl+L",)),
        None,
        Spec("preferences", "Preferences…", "", ("Ctrl+,",)),
    ),
    "F&ormat": (
        Spec("bold", "Bold", "bold", ("Ctrl+B",), True),
        Spec("italic", "Italic", "italic", ("Ctrl+I",), True),
        Spec("underline", "Underline", "underline", ("Ctrl+U",), True),
        None,
        Spec("bullets", "Bullet list", "list", ("Ctrl+Shift+8",), True),
        Spec("numbers", "Numbered list", "list-ordered", ("Ctrl+Shift+7",), True),
        Spec("indent", "Indent", "indent-increase", ("Ctrl+]",)),
        Spec("outdent", "Outdent", "indent-decrease", ("Ctrl+[",)),
        None,
        Spec("quotation", "Block quotation", "text-quote", ("Ctrl+Shift+9",), True),
    ),
    "&Insert": (
        Spec(
            "insert_quotation",
            "Passage as quotation",
            "bookmark-plus",
            ("Ctrl+Shift+E",),
            tip="Insert the passage selected in the reader, with its citation",
        ),
        Spec("insert_citation", "Citation of the passage only", "", ("Ctrl+Shift+C",)),
        Spec("insert_sentence", "Passage in the text", "quote", ("Ctrl+Shift+S",)),
        Spec("insert_translation", "Passage in translation…", "languages"),
        None,
        Spec("note", "Note…", "superscript", ("Ctrl+Alt+F",)),
        Spec("link", "Link…", "link", ("Ctrl+K",)),
        Spec("table", "Table…", "table"),
        Spec("picture", "Picture…", "image"),
        Spec("page_break", "Page break", "scissors-line-dashed", ("Ctrl+Return",)),
        Spec("open_at_caret", "Open citation or note at the caret", "", ("Ctrl+Shift+O",)),
        None,
        Spec("add_section", "Section", "heading", ("Ctrl+Shift+N",)),
    ),
    "&View": (
        Spec("show_library", "Library and outline", "panel-left", ("F9",), True),
        Spec("show_source", "Reader and preview", "panel-right", ("F10",), True),
        Spec("preview", "Preview", "eye", ("Ctrl+Shift+P",)),
        Spec("reader", "Reader", "book-open", ("Ctrl+Shift+R",)),
        None,
        Spec("inbox", "Inbox", "inbox", ("Ctrl+Shift+B",)),
        Spec("views", "Views of the library…", "library", ("Ctrl+Shift+L",)),
        Spec("narrow", "Narrow the list of sources…", "list-filter", ("Ctrl+Shift+F",)),
        None,
        Spec("theme_system", "Follow the system", "", (), True),
        Spec("theme_light", "Light", "sun", (), True),
        Spec("theme_dark", "Dark", "moon", (), True),
    ),
    "&Help": (
        Spec("palette", "Find an action…", "command", ("Ctrl+Shift+A", "F1")),
        Spec("shortcuts", "Keyboard shortcuts…", "", ("Ctrl+F1",)),
        None,
        Spec("about", "About Briefing Composer"),
    ),
}
TOOLBAR = (
    *("new", "open", "save", "", "undo", "redo", "", "bold", "italic", "underline", ""),
    *("bullets", "numbers", "quotation", "note", "link", "table", "picture", "", "insert_quotation"),
)
NEED_BRIEFING = frozenset(
    {"save", "save_as", "properties", "export", "export_again", "preview", "add_section", "quotation", "page_break"}
    | {"issue", "editions", "compare"}
    | {"open_at_caret"}
    | {"find", "find_next", "find_previous", "replace", "findings", "next_finding", "previous_finding"}
    | {"bold", "italic", "underline", "bullets", "numbers", "indent", "outdent", "note", "link", "table", "picture"}
)
NEED_PASSAGE = frozenset({"insert_quotation", "insert_citation", "insert_sentence", "insert_translation"})


def default_keys() -> dict[str, tuple[str, ...]]:
    """The keys that every action has before anything is changed, by its name."""
    return {spec.name: spec.keys for specs in MENUS.values() for spec in specs if spec is not None}


def _tip(spec: Spec, action: QAction) -> str:
    words = spec.tip or spec.text.rstrip("…")
    keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
    return f"{words} ({keys})" if keys else words


class Actions:
    """All actions of one window, by name. They do nothing until they are connected."""

    def __init__(self, parent: QWidget, icons: Icons) -> None:
        self._by_name: dict[str, QAction] = {}
        for specs in MENUS.values():
            for spec in specs:
                if spec is not None and spec.name != "recent":
                    self._by_name[spec.name] = self._make(parent, icons, spec)
        self.recent_menu = QMenu("Open recent", parent)
        themes = QActionGroup(parent)
        for name in ("theme_system", "theme_light", "theme_dark"):
            themes.addAction(self._by_name[name])

    def _make(self, parent: QWidget, icons: Icons, spec: Spec) -> QAction:
        action = QAction(spec.text, parent)
        action.setObjectName(spec.name)
        action.setCheckable(spec.checkable)
        action.setShortcuts([QKeySequence(keys) for keys in spec.keys])
        if spec.icon:
            icons.bind(action, spec.icon)
            action.setIconVisibleInMenu(False)
        action.setToolTip(_tip(spec, action))
        parent.addAction(action)
        return action

    def set_keys(self, keys: Mapping[str, Sequence[str]]) -> None:
        """Give actions other keys, by their names."""
        for specs in MENUS.values():
            for spec in specs:
                if spec is not None and spec.name in keys and spec.name in self._by_name:
                    action = self[spec.name]
                    action.setShortcuts([QKeySequence(one) for one in keys[spec.name]])
                    action.setToolTip(_tip(spec, action))

    def __getitem__(self, name: str) -> QAction:
        return self._by_name[name]

    def connect(self, slots: dict[str, Callable[[], object]]) -> None:
        """Call each function when its action is triggered."""
        for name, slot in slots.items():
            self[name].triggered.connect(lambda _=False, slot=slot: slot())

    def fill(self, bar: QMenuBar) -> None:
        """Make the menus."""
        for title, specs in MENUS.items():
            menu = bar.addMenu(title)
            for spec in specs:
                if spec is None:
                    menu.addSeparator()
                elif spec.name == "recent":
                    menu.addMenu(self.recent_menu)
                else:
                    menu.addAction(self[spec.name])

    def all(self) -> list[tuple[str, QAction]]:
        """Every action in the order of the menus, with its menu's title."""
        return [
            (title.replace("&", ""), self[spec.name])
            for title, specs in MENUS.items()
            for spec in specs
            if spec is not None and spec.name in self._by_name
        ]

    def show_recent(self, paths: Sequence[str], open_path: Callable[[Path], object]) -> None:
        """Offer these files again."""
        self.recent_menu.clear()
        for path in paths:
            action = self.recent_menu.addAction(Path(path).name)
            action.setToolTip(path)
            action.triggered.connect(lambda _=False, path=path: open_path(Path(path)))
        self.recent_menu.setEnabled(bool(paths))

    def enable(self, *, briefing: bool, passage: bool) -> None:
        """Offer what has a meaning now."""
        for name in NEED_BRIEFING:
            self[name].setEnabled(briefing)
        for name in NEED_PASSAGE:
            self[name].setEnabled(briefing and passage)

    def name_history(self, undo: str, redo: str) -> None:
        """Say what undo and redo would do."""
        for name, verb, label in (("undo", "Undo", undo), ("redo", "Redo", redo)):
            action = self[name]
            action.setEnabled(bool(label))
            action.setText(f"{verb} {label}".strip())
            keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
            action.setToolTip(f"{action.text()} ({keys})")
