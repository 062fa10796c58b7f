"""Which keys belong to which action: the application's own, and what its user has changed. Without Qt.

Keys are written as in "Ctrl+Shift+E"; an action may have several, or none.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

Keys = Mapping[str, tuple[str, ...]]  # by the action's name

FIXED = frozenset({"undo", "redo"})  # actions whose keys text fields handle themselves
_FUNCTION_KEY = re.compile(r"(Shift\+)?F\d{1,2}")
_WRITING = frozenset(
    {
        *("Ctrl+A", "Ctrl+C", "Ctrl+V", "Ctrl+X", "Ctrl+Y", "Ctrl+Z", "Ctrl+Shift+Z", "Ctrl+Shift+V"),
        *(f"{held}+{key}" for held in ("Ctrl", "Ctrl+Shift") for key in ("Left", "Right", "Up", "Down", "Home", "End")),
        *("Ctrl+Backspace", "Ctrl+Del", "Ctrl+Ins", "Alt+Left", "Alt+Right", "Alt+Up", "Alt+Down", "Alt+F4"),
    }
)


def keys_in_force(defaults: Keys, changed: Keys) -> dict[str, tuple[str, ...]]:
    """The keys of every action. What was changed for actions that are not known is left out."""
    return {name: tuple(changed.get(name, keys)) for name, keys in defaults.items()}


def holder(defaults: Keys, changed: Keys, keys: str) -> str:
    """The name of the action that has these keys; empty where none has."""
    return next((name for name, held in keys_in_force(defaults, changed).items() if keys in held), "")


def assigned(defaults: Keys, changed: Keys, name: str, keys: str) -> dict[str, tuple[str, ...]]:
    """The changes once ``keys`` alone belong to ``name``; empty keys take all away. Another holder loses them."""
    result = dict(changed)
    other = holder(defaults, changed, keys) if keys else ""
    if other and other != name:
        held = keys_in_force(defaults, changed)[other]
        result[other] = tuple(one for one in held if one != keys)
    result[name] = (keys,) if keys else ()
    return _without_defaults(defaults, result)


def reset(defaults: Keys, changed: Keys, name: str) -> dict[str, tuple[str, ...]]:
    """The changes once ``name`` has its own keys again; whoever was given them loses them."""
    result = {other: keys for other, keys in changed.items() if other != name}
    for keys in defaults[name]:
        for other, held in keys_in_force(defaults, result).items():
            if other != name and keys in held:
                result[other] = tuple(one for one in held if one != keys)
    return _without_defaults(defaults, result)


def _without_defaults(defaults: Keys, changed: Keys) -> dict[str, tuple[str, ...]]:
    return {name: keys for name, keys in changed.items() if keys != defaults.get(name)}


def problem_of(keys: str) -> str:
    """Why an action cannot have these keys, as a sentence; empty where it can."""
    if keys in _WRITING:
        return f"{keys} is used for writing itself. Press other keys."
    held = keys.split("+")[:-1]
    if not {"Ctrl", "Alt", "Meta"} & set(held) and not _FUNCTION_KEY.fullmatch(keys):
        return f"{keys} alone is needed for writing. Hold Ctrl or Alt with it, or use a function key."
    return ""
