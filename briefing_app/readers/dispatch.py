"""One door for all formats: find out what the bytes are, and let that format's reader read them."""

from __future__ import annotations

from itertools import islice

from briefing_app.model.reading import Reading
from briefing_app.readers import failures
from briefing_app.readers.detection import LABELS, detect
from briefing_app.readers.members import read_members
from briefing_app.readers.single import SINGLE, read_as


def read(data: bytes, name: str) -> Reading:
    """Read a file's bytes; ``name`` is its file name, which the messages use.

    The format is told by the content first, so that a wrongly named file is read as what it is. The same bytes
    give the same reading always. A file with several sources in it is refused: ``read_members`` gives them.
    Raises UnreadableFile, and nothing else, for any bytes whatever.
    """
    key = detect(data, name)
    return read_as(key, data, name) if key in SINGLE else _only_member(key, data, name)


def _only_member(key: str, data: bytes, name: str) -> Reading:
    first = list(islice(read_members(data, name), 2))
    if len(first) == 1 and first[0].reading is not None and key != "zip":
        return first[0].reading
    raise failures.unsupported(
        name, f"{LABELS[key]} with sources of its own", "Import it into the library: each of them becomes a source."
    )
