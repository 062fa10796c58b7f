"""Editions as the front ends name them: a file, an id, a number; listing them, and comparing any two."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from briefing_app.app.comparing.compare import compare
from briefing_app.app.comparing.draft import LABEL, draft_changes
from briefing_app.app.comparing.values import Comparison
from briefing_app.app.ids import new_id
from briefing_app.app.issuing import EditionRecord, Editions, Register, open_edition, record_row
from briefing_app.app.session import Session
from briefing_app.errors import BriefingError, StorageError, UsageError
from briefing_app.model.briefing import Briefing
from briefing_app.storage.file import load


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One of two briefings that are compared: the briefing, what it is in words, its file where it is one."""

    briefing: Briefing
    name: str
    path: Path | None = None


def briefing_id_of(name: str, register: Register) -> str:
    """The id that a file or an id names. Raises UsageError where it is neither, StorageError for a damaged file."""
    path = Path(name)
    if path.is_file():
        return load(path).briefing.id
    if register.editions(name).last:
        return name
    raise UsageError(
        f"“{name}” is no .briefing file, and no edition of a briefing with this id is issued.",
        "Name the file, or an id that briefing editions shows.",
    )


def all_editions(register: Register) -> list[tuple[str, Editions]]:
    """Every briefing that has an edition, with its editions."""
    return [(id, register.editions(id)) for id in register.briefing_ids()]


def edition_numbered(register: Register, briefing_id: str, number: int) -> EditionRecord:
    """The row of one edition. Raises UsageError, with the numbers there are."""
    known = register.editions(briefing_id)
    found = next((one for one in known.records if one.edition == number), None)
    if found is None:
        numbers = ", ".join(str(one.edition) for one in known.records)
        remedy = f"There are {numbers}." if numbers else "None is issued yet."
        raise UsageError(f"There is no edition {number} of this briefing in the register.", remedy)
    return found


def last_edition(register: Register, briefing_id: str) -> EditionRecord:
    """The row of the edition that was issued last. Raises UsageError where there is none."""
    records = register.editions(briefing_id).records
    if not records:
        raise UsageError("No edition of this briefing is issued yet.", "Issue it first: briefing issue FILE.briefing.")
    return records[-1]


def proved_rows(register: Register, editions: Editions) -> list[dict[str, Any]]:
    """The editions as rows, each with ``intact``: whether its frozen bytes still have their hash."""
    rows = []
    for record in editions.records:
        try:
            register.read(record)
            intact = True
        except StorageError:
            intact = False
        rows.append({**record_row(record), "intact": intact})
    return rows


def sides_of(old: str, new: str, of: str, register: Register) -> tuple[Side, Side]:
    """The two briefings that are to be compared.

    Each name is a file or an edition's number; the numbers are of the briefing that the other name, or ``of``, names.
    An empty ``new`` compares the last edition of the file ``old`` with that file as it is now.
    """
    if not new:
        if _number(old) is not None:
            raise UsageError(
                f"“{old}” alone compares nothing.", "Name the file, too, or another edition and --of FILE."
            )
        present = _file(old)
        record = last_edition(register, present.briefing.id)
        return Side(briefing=open_edition(register, record), name=f"edition {record.edition}"), present
    numbers = _number(old), _number(new)
    files = [_file(name) for name, number in zip((old, new), numbers, strict=True) if number is None]
    if None in numbers:
        briefing_id = briefing_id_of(of, register) if of else files[0].briefing.id
    elif of:
        briefing_id = briefing_id_of(of, register)
    else:
        raise UsageError("Two numbers do not say of which briefing.", "Add --of FILE.briefing, or --of ID.")
    sides = []
    for number in numbers:
        if number is None:
            sides.append(files.pop(0))
        else:
            record = edition_numbered(register, briefing_id, number)
            sides.append(Side(briefing=open_edition(register, record), name=f"edition {number}"))
    return sides[0], sides[1]


def _number(name: str) -> int | None:
    return int(name) if name.isdecimal() and len(name) < 10 and not Path(name).is_file() else None


def _file(name: str) -> Side:
    path = Path(name)
    return Side(briefing=load(path).briefing, name=path.name, path=path)


def draft_into(comparison: Comparison, path: Path) -> None:
    """Put “what changed” into the file of the comparison's new side, and save it.

    Raises BriefingError where no claim and no evidence differs, or the file was changed meanwhile.
    """
    session, _ = Session.open(path)
    if session.briefing != comparison.new:
        raise BriefingError(f"“{path.name}” was changed meanwhile.", "Compare again.")
    edit = draft_changes(comparison, new_id)
    if edit is None:
        raise BriefingError("No claim and no evidence differs; there is nothing to draft.")
    session.do(edit, LABEL)
    session.save()


__all__ = [
    "Side",
    "all_editions",
    "briefing_id_of",
    "compare",
    "draft_into",
    "edition_numbered",
    "last_edition",
    "proved_rows",
    "sides_of",
]
