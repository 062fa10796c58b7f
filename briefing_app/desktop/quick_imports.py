"""Importing modules beside Qt without Qt looking into them.

PySide reads the source of every module that is imported after it, in case one uses ``from __feature__ import``, which
nothing here does. That costs time at the start, and it touches the lazy attributes of pydantic while that is only half
imported, which fails when two threads import it at once. Importing this module ends it for the whole process.
"""

from __future__ import annotations

import sys

import PySide6.QtCore  # noqa: F401  # brings the hook

_hooks = sys.modules.get("shibokensupport.feature")
if _hooks is not None and hasattr(_hooks, "feature_imported"):
    vars(_hooks)["feature_imported"] = lambda module: None
