"""What the app remembers of its user between two starts. Losing it loses no work."""

from __future__ import annotations

import contextlib
import json
from dataclasses import asdict, dataclass, field, fields, replace
from pathlib import Path
from typing import Any, Literal

from briefing_app.app.paths import default_library_dir, user_state_dir
from briefing_app.errors import BriefingError
from briefing_app.storage.file import write_atomically

RECENT = 10  # files that are remembered


@dataclass(frozen=True, slots=True, kw_only=True)
class Preferences:
    """``library`` empty means the default folder. ``recent`` are absolute paths, the latest first.

    ``layout`` holds the sizes of the window's parts as the window itself writes them. ``shortcuts`` are the keys of
    the actions whose keys were changed, by the action's name.
    """

    theme: Literal["system", "light", "dark"] = "system"
    library: str = ""
    author: str = ""
    organisation: str = ""
    recent: tuple[str, ...] = ()
    layout: dict[str, str] = field(default_factory=dict)
    shortcuts: dict[str, tuple[str, ...]] = field(default_factory=dict)


def preferences_file() -> Path:
    return user_state_dir() / "preferences.json"


def load_preferences() -> Preferences:
    """The remembered preferences; what is missing or damaged takes its default value. Raises nothing."""
    try:
        given = json.loads(preferences_file().read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return Preferences()
    if not isinstance(given, dict):
        return Preferences()
    return Preferences(
        **{one.name: given[one.name] for one in fields(Preferences) if _fits(one.name, given)}
        | _recent(given)
        | {"shortcuts": _shortcuts(given)}
    )


def own_library_dir() -> Path:
    """The folder of the user's own library: the one that was chosen in the preferences, or the default."""
    chosen = load_preferences().library
    return Path(chosen) if chosen else default_library_dir()


def save_preferences(preferences: Preferences) -> None:
    """Remember them; on a full disk or in a read-only folder they are not, and nothing is raised."""
    with contextlib.suppress(OSError, BriefingError):
        path = preferences_file()
        path.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(path, json.dumps(asdict(preferences), ensure_ascii=False, indent=1).encode())


def with_recent(preferences: Preferences, path: Path) -> Preferences:
    """The same with ``path`` as the latest file."""
    latest = str(path.absolute())
    return replace(preferences, recent=(latest, *(old for old in preferences.recent if old != latest))[:RECENT])


def without_recent(preferences: Preferences, path: Path) -> Preferences:
    """The same without a file that is no longer there."""
    return replace(preferences, recent=tuple(old for old in preferences.recent if old != str(path.absolute())))


def _fits(name: str, given: dict[str, Any]) -> bool:
    value = given.get(name)
    if name == "theme":
        return value in ("system", "light", "dark")
    if name == "layout":
        return isinstance(value, dict) and all(isinstance(one, str) for one in value.values())
    return name not in ("recent", "shortcuts") and isinstance(value, str)


def _shortcuts(given: dict[str, Any]) -> dict[str, tuple[str, ...]]:
    value = given.get("shortcuts")
    return {
        str(name): tuple(keys)
        for name, keys in (value.items() if isinstance(value, dict) else ())
        if isinstance(keys, list) and all(isinstance(one, str) for one in keys)
    }


def _recent(given: dict[str, Any]) -> dict[str, Any]:
    value = given.get("recent")
    return {"recent": tuple(one for one in value if isinstance(one, str))[:RECENT]} if isinstance(value, list) else {}
