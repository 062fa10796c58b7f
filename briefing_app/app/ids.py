"""Fresh ids for nodes, excerpts and briefings: short, random, and safe as anchors in every export format."""

from __future__ import annotations

import secrets


def new_id(prefix: str = "n") -> str:
    """A fresh id: ``prefix`` and 12 hexadecimal digits."""
    return f"{prefix}{secrets.token_hex(6)}"
