"""Profiles: sets of export options kept by name, one file for all, which may be carried to another machine."""

from __future__ import annotations

import difflib
import json
import unicodedata
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from briefing_app.app.export_options import options_from_data, options_to_data
from briefing_app.app.paths import user_config_dir
from briefing_app.errors import StorageError, UsageError
from briefing_app.layout.options import ExportOptions
from briefing_app.storage.file import write_atomically

LONGEST_NAME = 60  # characters
_VERSION = 1
_LARGEST = 1 << 20  # bytes of the file


def profiles_file() -> Path:
    return user_config_dir() / "export-profiles.json"


def load_profiles() -> dict[str, ExportOptions]:
    """All profiles by name, in alphabetical order; none where there is no file yet.

    Raises StorageError where the file cannot be read or is not one of ours, naming the profile that is at fault.
    """
    path = profiles_file()
    try:
        if path.stat().st_size > _LARGEST:
            raise _damaged(path, "it is too large")
        data = json.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise StorageError(
            f"The profiles in {path} cannot be read: {error.strerror or error}.", "Check the file and its permissions."
        ) from error
    except (ValueError, RecursionError) as error:
        raise _damaged(path, f"it is no JSON ({error})") from error
    return _checked(data, path)


def profile(name: str) -> ExportOptions:
    """The options of the profile ``name``. Raises UsageError, naming the nearest, where there is none."""
    profiles = load_profiles()
    if name in profiles:
        return profiles[name]
    near = difflib.get_close_matches(name, profiles, n=1)
    hint = f"Did you mean “{near[0]}”?" if near else "`briefing profiles` lists those there are."
    raise UsageError(f"There is no export profile “{name}”.", hint)


def save_profile(name: str, options: ExportOptions) -> bool:
    """Keep ``options`` under ``name``; whether a profile of that name was replaced. Raises UsageError, StorageError."""
    name = checked_name(name)
    profiles = load_profiles()
    replaced = name in profiles
    _write({**profiles, name: options})
    return replaced


def remove_profile(name: str) -> None:
    """Forget the profile ``name``. Raises UsageError where there is none, StorageError."""
    profile(name)
    _write({other: options for other, options in load_profiles().items() if other != name})


def checked_name(name: str) -> str:
    """The name without spaces around it. Raises UsageError where it is empty, long, or has characters nobody sees."""
    name = " ".join(name.split())
    if not name or len(name) > LONGEST_NAME or any(unicodedata.category(char).startswith("C") for char in name):
        raise UsageError(
            f"“{name[:LONGEST_NAME]}” cannot be the name of a profile.",
            f"Give it 1 to {LONGEST_NAME} letters, digits, spaces or signs.",
        )
    return name


def _write(profiles: Mapping[str, ExportOptions]) -> None:
    path = profiles_file()
    named = {name: options_to_data(profiles[name]) for name in sorted(profiles)}
    text = json.dumps({"version": _VERSION, "profiles": named}, ensure_ascii=False, indent=2) + "\n"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StorageError(
            f"The folder {path.parent} cannot be made: {error.strerror or error}.", "Check its permissions."
        ) from error
    write_atomically(path, text.encode("utf-8"))


def _checked(data: Any, path: Path) -> dict[str, ExportOptions]:
    if not isinstance(data, dict) or not isinstance(data.get("profiles"), dict):
        raise _damaged(path, "it holds no profiles")
    if data.get("version") != _VERSION:
        raise StorageError(
            f"The profiles in {path} were written by another version of the app.", "Use that version, or move the file."
        )
    profiles = {}
    for name in sorted(data["profiles"]):
        options = data["profiles"][name]
        try:
            if not isinstance(options, dict):
                raise UsageError("It is no set of options.")
            profiles[checked_name(name)] = options_from_data(options)
        except UsageError as error:
            raise _damaged(path, f"the profile “{name}” is wrong: {error.message}") from error
    return profiles


def _damaged(path: Path, why: str) -> StorageError:
    return StorageError(f"The profiles in {path} cannot be used: {why.rstrip('.')}.", "Mend the file, or move it away.")
