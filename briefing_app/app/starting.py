"""Starting a briefing file: from a template, empty or with a draft laid into it."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from briefing_app.app.composing import new_briefing
from briefing_app.app.dates import now
from briefing_app.app.drafting import Drafted, draft_briefing
from briefing_app.app.ids import new_id
from briefing_app.app.session import Session
from briefing_app.app.templates import template as find_template
from briefing_app.errors import StorageError, UnreadableFile, UsageError
from briefing_app.model.briefing import Briefing
from briefing_app.model.draft import Draft
from briefing_app.model.template import Template
from briefing_app.readers.draft import read_draft

_MOST_TEXT = 8_000_000  # bytes: some 2,500 pages


@dataclass(frozen=True, slots=True)
class Started:
    """A new briefing file, and where the draft's parts went (None without a draft)."""

    path: Path
    briefing: Briefing
    drafted: Drafted | None

    @property
    def warnings(self) -> tuple[str, ...]:
        if self.drafted is None:
            return ()
        kept = tuple(
            f"“{heading}” fits no section of the form and keeps a section of its own." for heading in self.drafted.kept
        )
        return (*self.drafted.warnings, *kept)

    def to_json(self) -> dict[str, Any]:
        report: dict[str, Any] = {"path": str(self.path), "template": self.briefing.template.id}
        drafted = self.drafted
        report["placed"] = [
            {"heading": one.heading, "key": one.key, "section": one.section}
            for one in (drafted.placed if drafted else ())
        ]
        report["kept"] = list(drafted.kept) if drafted else []
        report["empty"] = list(drafted.empty) if drafted else [s.key for s in self.briefing.sections]
        report["warnings"] = list(self.warnings)
        return report

    def in_words(self) -> str:
        lines = [str(self.path)]
        for one in self.drafted.placed if self.drafted else ():
            lines.append(f"  {one.heading or '(opening)'}  →  {one.section}")
        for heading in self.drafted.kept if self.drafted else ():
            lines.append(f"  {heading}  →  a section of its own")
        for heading in self.drafted.empty if self.drafted else ():
            lines.append(f"  (nothing in the draft)  →  {heading}")
        return "\n".join(lines)


def start_briefing(template_id: str, title: str, draft: Path | None, target: Path) -> Started:
    """Make a briefing and write it to ``target``, which must not exist yet.

    Raises UsageError for an unknown template, an empty title or another ending, UnreadableFile for a draft that
    cannot be read, StorageError.
    """
    if not title.strip():
        raise UsageError("The briefing has no title.", "Give one with --title.")
    if target.suffix.lower() != ".briefing":
        raise UsageError(f"“{target.name}” is not the name of a briefing.", "End it in .briefing.")
    chosen = find_template(template_id)
    if os.path.lexists(target):
        raise StorageError(f"{target} is already there.", "Choose another name; nothing was overwritten.")
    briefing, drafted = compose_start(chosen, title, draft)
    Session(briefing).save(target)
    return Started(target, briefing, drafted)


def compose_start(template: Template, title: str, draft: Path | None) -> tuple[Briefing, Drafted | None]:
    """The new briefing in memory, its information cut-off set to now. Raises UnreadableFile."""
    drafted = None
    if draft is None:
        briefing = new_briefing(template, title)
    else:
        drafted = draft_briefing(template, title, _read_draft(draft))
        briefing = drafted.briefing
    return replace(briefing, meta=replace(briefing.meta, as_of=now())), drafted


def _read_draft(path: Path) -> Draft:
    def resolve(name: str) -> bytes | None:
        """A picture beside the draft; nothing outside its folder is read."""
        folder = path.resolve().parent
        target = (folder / name).resolve()
        return target.read_bytes() if target.is_relative_to(folder) and target.is_file() else None

    if path.exists() and not path.is_file():
        raise UnreadableFile(f"The draft {path} is a folder or a device, not a file.", "Name the file itself.")
    try:
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise UnreadableFile(f"There is no draft {path}.", "Check its name and its folder.") from error
    except OSError as error:
        raise UnreadableFile(
            f"The draft {path} cannot be read: {error.strerror}.", "Check its name and your rights to it."
        ) from error
    if len(data) > _MOST_TEXT and not data.startswith(b"PK"):  # a Word file's pictures may be large
        size, most = len(data) / 1e6, _MOST_TEXT / 1e6
        raise UnreadableFile(
            f"The draft {path} has {size:.1f} MB of text; a briefing takes at most {most:.0f} MB.",
            "Divide it, or import it into the library as a source.",
        )
    return read_draft(data, path.name, new_id, resolve=resolve)
