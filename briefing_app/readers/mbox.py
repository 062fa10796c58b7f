"""Mailboxes (mbox): each message is a source, and so is what is attached to it."""

from __future__ import annotations

import io
from collections.abc import Iterator

from briefing_app.readers import failures
from briefing_app.readers.members import Member, Nesting, nested
from briefing_app.readers.splitting import split_mailbox


def members(data: bytes, name: str, nesting: Nesting) -> Iterator[Member]:
    """The messages in order, ``message 1`` and so on. Raises UnreadableFile where there are none."""
    met = False
    for part in split_mailbox(io.BytesIO(data), name):
        met = True
        if part.problem:
            yield Member(name=part.name, file_name=part.file_name, problem=part.problem)
        else:
            yield from nested(part.data, part.name, part.file_name, nesting)
    if not met:
        raise failures.damaged(name, "a mailbox", "there is no message in it")
