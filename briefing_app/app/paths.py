"""Where things are: what ships with the app, and what belongs to the user.

Shipped files lie in `briefing_app/_data` once installed or frozen, and at the top of a checkout.
The user's files follow the system's custom, or all lie under BRIEFING_HOME where that is set.
"""

import os
import sys
from pathlib import Path

import platformdirs

from briefing_app.errors import BriefingError

APP_NAME = "briefing-composer"
HOME_VARIABLE = "BRIEFING_HOME"


def templates_dir() -> Path:
    return _shipped("templates")


def resources_dir() -> Path:
    return _shipped("resources")


def user_data_dir() -> Path:
    """The user's own lasting files: libraries, templates."""
    return _own_home("data") or platformdirs.user_data_path(APP_NAME, appauthor=False)


def user_state_dir() -> Path:
    """What the app remembers and could lose: recovery journals, window state, logs."""
    return _own_home("state") or platformdirs.user_state_path(APP_NAME, appauthor=False)


def user_config_dir() -> Path:
    """What the user has set on purpose and may carry to another machine: profiles of exports."""
    return _own_home("config") or platformdirs.user_config_path(APP_NAME, appauthor=False)


def user_templates_dir() -> Path:
    return user_data_dir() / "templates"


def default_library_dir() -> Path:
    return user_data_dir() / "library"


def demo_library_dir() -> Path:
    return user_data_dir() / "demo"


def _own_home(name: str) -> Path | None:
    home = os.environ.get(HOME_VARIABLE)
    return Path(home).expanduser().absolute() / name if home else None


def _shipped(name: str) -> Path:
    for root in _roots():
        if (root / name).is_dir():
            return root / name
    raise BriefingError(f"The folder “{name}” that comes with the app is missing.", "Please install the app again.")


def _roots() -> list[Path]:
    package = Path(__file__).resolve().parents[1]
    roots = [package / "_data"]
    frozen = getattr(sys, "_MEIPASS", None)
    if frozen:
        roots.append(Path(frozen) / "briefing_app" / "_data")
    else:
        roots.append(package.parent)
    return roots
