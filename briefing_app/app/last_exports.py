"""The last export of each briefing: where it went and how, so that it can be done again. Losing it loses no work."""

from __future__ import annotations

import contextlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from briefing_app.app.export_options import options_from_data, options_to_data
from briefing_app.app.exporting import ExportOrder
from briefing_app.app.paths import user_state_dir
from briefing_app.errors import BriefingError
from briefing_app.storage.file import write_atomically

_REMEMBERED = 200  # briefings


@dataclass(frozen=True, slots=True, kw_only=True)
class LastExport:
    """An export that can be done again: its file, its order, and the profile that was chosen, or an empty name.

    The order has no date of its own and forces nothing: both are decided each time anew.
    """

    target: Path
    order: ExportOrder
    profile: str = ""


def last_export(briefing_id: str) -> LastExport | None:
    """The last export of the briefing; None where none is remembered or what is remembered is damaged."""
    return _understood(_load().get(briefing_id))


def remember_export(briefing_id: str, target: Path, order: ExportOrder, profile: str = "") -> None:
    """Remember an export as the briefing's last. On a full disk it is not remembered, and nothing is raised."""
    entry = {
        "target": str(target.absolute()),
        "marking": order.marking,
        "profile": profile,
        "form": options_to_data(order.form),
    }
    others = {id: one for id, one in _load().items() if id != briefing_id}
    kept = dict(list({**others, briefing_id: entry}.items())[-_REMEMBERED:])
    with contextlib.suppress(OSError, BriefingError):
        path = _file()
        path.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(path, json.dumps(kept, ensure_ascii=False, indent=1).encode("utf-8"))


def _file() -> Path:
    return user_state_dir() / "last-exports.json"


def _load() -> dict[str, Any]:
    try:
        data = json.loads(_file().read_text("utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    return data if isinstance(data, dict) else {}


def _understood(entry: Any) -> LastExport | None:
    if not isinstance(entry, dict) or not isinstance(entry.get("form"), dict):
        return None
    target, marking, profile = entry.get("target"), entry.get("marking"), entry.get("profile", "")
    if not isinstance(target, str) or not isinstance(marking, str | None) or not isinstance(profile, str):
        return None
    try:
        form = options_from_data(entry["form"])
    except BriefingError:
        return None
    return LastExport(target=Path(target), order=ExportOrder(marking=marking, form=form), profile=profile)
