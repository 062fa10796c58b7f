"""Issuing a briefing: an edition is frozen in the library's register, and the briefing goes on as the next one."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from briefing_app.app.dates import in_words
from briefing_app.app.exporting import ExportOrder, Rendered, format_of, hand_over, render
from briefing_app.app.keeping import without_unused
from briefing_app.app.paths import default_library_dir
from briefing_app.app.session import Session
from briefing_app.checks.finding import Severity
from briefing_app.checks.run import run_checks
from briefing_app.errors import BriefingError, ExportError, StorageError, UsageError
from briefing_app.layout.options import AS_THE_TEMPLATE_SAYS, ExportOptions
from briefing_app.library.register.record import EditionRecord, ExportRecord
from briefing_app.library.register.register import Editions, EditionTaken, Register
from briefing_app.model.briefing import Briefing
from briefing_app.model.edit import SetMeta

__all__ = [
    "EditionRecord",
    "EditionTaken",
    "Editions",
    "IssueOrder",
    "Issued",
    "Register",
    "copy_edition",
    "freeze",
    "issue_file",
    "next_edition",
    "next_number",
    "open_edition",
    "record_row",
    "record_words",
    "register_in",
    "what_holds_back",
]

OnStep = Callable[[str], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueOrder:
    """How an edition is issued.

    ``at`` is its moment, ISO 8601 with a zone: the caller reads the clock. ``number`` None takes the briefing's own
    edition, or the next free one where that is issued already. ``exports`` are files that go out with it, made of
    the frozen edition in ``form``.
    """

    at: str
    note: str = ""
    number: int | None = None
    exports: tuple[Path, ...] = ()
    form: ExportOptions = AS_THE_TEMPLATE_SAYS


@dataclass(frozen=True, slots=True, kw_only=True)
class Issued:
    """An edition that stands in the register, and what went less than well after that."""

    record: EditionRecord
    warnings: tuple[str, ...] = ()


def register_in(library: Path | None) -> Register:
    """The register of the library in a folder, or of the user's own."""
    return Register(library or default_library_dir())


def what_holds_back(briefing: Briefing) -> tuple[str, ...]:
    """The problems that must be mended before the briefing may be issued; empty where there are none."""
    return tuple(finding.message for finding in run_checks(briefing) if finding.severity is Severity.ERROR)


def next_number(briefing: Briefing, register: Register) -> int:
    """The number that the next edition gets: the briefing's own, or the first free one after all that are issued."""
    return max(briefing.meta.edition, register.editions(briefing.id).last + 1, 1)


def freeze(briefing: Briefing, order: IssueOrder, register: Register, on_step: OnStep | None = None) -> EditionRecord:
    """Issue the briefing: prove it, freeze it, hand its exports over, and enter it in the register.

    Nothing stands in the register unless all of that succeeded. Raises ExportError with every problem that holds it
    back, UsageError for a moment without a zone or a number that has no meaning, EditionTaken, StorageError.
    """
    step = on_step or (lambda _: None)
    _check_moment(order.at)
    step("Checking the briefing…")
    if problems := what_holds_back(briefing):
        raise ExportError("The briefing was not issued.", "Mend what is listed, then issue it.", problems=problems)
    known = register.editions(briefing.id)
    number = next_number(briefing, register) if order.number is None else order.number
    if number < 1:
        raise UsageError(f"{number} is no number of an edition.", "Number editions from 1.")
    if number <= known.last:
        raise EditionTaken(
            f"Edition {number} cannot be issued: edition {known.last} is out already.", "Give it a higher number."
        )
    edition = without_unused(replace(briefing, meta=replace(briefing.meta, edition=number)))
    rendered = _render_all(edition, order, step)
    step("Freezing the edition…")
    data = _frozen_bytes(edition)
    exports = tuple(_hand_over(one, target) for one, target in zip(rendered, order.exports, strict=True))
    record = EditionRecord(
        briefing_id=briefing.id,
        edition=number,
        title=briefing.meta.title,
        issued_at=order.at,
        marking=briefing.meta.marking,
        sha256=hashlib.sha256(data).hexdigest(),
        size=len(data),
        supersedes=known.last,
        note=order.note.strip(),
        exports=exports,
    )
    register.add(record, data)
    return record


def _check_moment(at: str) -> None:
    try:
        moment = datetime.datetime.fromisoformat(at)
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        raise UsageError(f"“{at}” is no date and time with a zone.", "Write it as 2026-11-25T14:30+01:00.")


def _render_all(edition: Briefing, order: IssueOrder, step: OnStep) -> list[Rendered]:
    """The exports' bytes, before anything is written. Raises ExportError and UsageError."""
    formats = [format_of(target) for target in order.exports]
    if len(set(order.exports)) < len(order.exports):
        raise UsageError("Two exports cannot go to one file.", "Give each a file of its own.")
    rendered = []
    for target, format in zip(order.exports, formats, strict=True):
        step(f"Writing {target.name}…")
        rendered.append(render(edition, format, ExportOrder(date=order.at, form=order.form)))
    return rendered


def _hand_over(rendered: Rendered, target: Path) -> ExportRecord:
    done = hand_over(rendered, target)
    return ExportRecord(name=target.name, sha256=done.sha256, size=len(rendered.data))


def _frozen_bytes(edition: Briefing) -> bytes:
    """The edition's bytes, which were opened again before they are kept. Raises StorageError."""
    from briefing_app.storage.codec import encode, inspect

    data = encode(edition)
    if problems := inspect(data, f"{edition.meta.title}.briefing").problems:
        raise ExportError("The briefing was not issued: it cannot be kept whole.", problems=problems)
    return data


def next_edition(briefing: Briefing, record: EditionRecord) -> SetMeta:
    """The edit with which the working briefing goes on as the edition after ``record``.

    Undoing it changes the number that the title shows, and nothing in the register: an edition that is out stays
    out, and the next issue takes the first free number in any case.
    """
    return SetMeta(replace(briefing.meta, edition=record.edition + 1))


def issue_file(path: Path, order: IssueOrder, register: Register) -> Issued:
    """Issue a ``.briefing`` file, and save it as the next edition.

    Raises what ``freeze`` raises; the file and the register are unchanged then. Where the edition stands and only the
    file could not be saved, that is among the warnings.
    """
    session, problems = Session.open(path)
    if problems:
        raise ExportError(f"“{path.name}” was not issued.", "Mend what is listed, then issue it.", problems=problems)
    record = freeze(session.briefing, order, register)
    warnings: tuple[str, ...] = ()
    try:
        session.do(next_edition(session.briefing, record), f"Go on with edition {record.edition + 1}")
        session.save()
    except BriefingError as error:
        warnings = (f"Edition {record.edition} is issued, but the file still has its number. {error}",)
    return Issued(record=record, warnings=warnings)


def open_edition(register: Register, record: EditionRecord) -> Briefing:
    """An issued edition as it was, proved against its hash; there is no way back into the register.

    Raises StorageError where the register has lost it or it was changed.
    """
    from briefing_app.storage.codec import decode

    return decode(register.read(record), f"edition {record.edition} of {record.title}")


def copy_edition(register: Register, record: EditionRecord, target: Path) -> None:
    """Write the frozen bytes, proved, to a new file; one that is there is not overwritten. Raises StorageError."""
    from briefing_app.storage.file import write_atomically

    if target.exists():
        raise StorageError(f"“{target}” is there already, and was not overwritten.", "Give the copy another name.")
    write_atomically(target, register.read(record))


def record_row(record: EditionRecord) -> dict[str, Any]:
    """An edition as front ends report it."""
    return {
        "briefing_id": record.briefing_id,
        "edition": record.edition,
        "title": record.title,
        "issued_at": record.issued_at,
        "marking": record.marking,
        "sha256": record.sha256,
        "size": record.size,
        "supersedes": record.supersedes or None,
        "note": record.note,
        "exports": [{"name": one.name, "sha256": one.sha256, "size": one.size} for one in record.exports],
    }


def record_words(record: EditionRecord) -> str:
    """An edition in a line: its number, its moment, its marking, the beginning of its hash."""
    parts = (f"edition {record.edition}", in_words(record.issued_at), record.marking, f"sha256 {record.sha256[:12]}…")
    return " · ".join(part for part in parts if part)
