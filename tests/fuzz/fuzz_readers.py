"""Broken input for every reader: whatever the bytes are, a reading or a reason in words, and never anything else.

The seeds are the sample sources, and the shared corpus where it is. FUZZ_SECONDS sets how long (60 by itself).
"""

from __future__ import annotations

import os
import random
import time
from itertools import count
from pathlib import Path

from briefing_app.errors import UnreadableFile
from briefing_app.readers import read_draft, read_members

SECONDS = float(os.environ.get("FUZZ_SECONDS", "60"))
_LARGEST = 400_000  # bytes of a seed


def _seeds(repository: Path) -> list[tuple[str, bytes]]:
    corpus = Path(os.environ.get("BRIEFING_CORPUS") or repository.parent / "shared" / "corpus")
    folders = [repository / "resources" / "samples" / "sources"]
    folders += [corpus / name for name in ("docx", "pdf", "email", "msg", "odt", "rtf", "bibliographic")]
    files = [file for folder in folders if folder.is_dir() for file in sorted(folder.iterdir()) if file.is_file()]
    seeds = [(file.name, file.read_bytes()) for file in files if 0 < file.stat().st_size <= _LARGEST]
    pages = sorted((corpus / "html").glob("*/source.html"))
    return seeds + [
        (f"{page.parent.name}.html", page.read_bytes()) for page in pages if page.stat().st_size <= _LARGEST
    ]


def damage(data: bytes, chance: random.Random) -> bytes:
    """The bytes with a few of them changed, cut out, doubled or exchanged for others."""
    broken = bytearray(data)
    for _ in range(chance.choice((1, 2, 8, 64))):
        place = chance.randrange(len(broken) or 1)
        length = chance.choice((1, 4, 64, 1024))
        match chance.randrange(4):
            case 0:
                broken[place : place + 1] = bytes((chance.randrange(256),))
            case 1:
                del broken[place : place + length]
            case 2:
                broken[place:place] = broken[place : place + length]
            case _:
                broken[place : place + length] = chance.randbytes(length)
    return bytes(broken)


def fuzz_every_reader(repository: Path) -> None:
    seeds = _seeds(repository)
    chance = random.Random(7)
    done = refused = 0
    end = time.monotonic() + SECONDS
    while time.monotonic() < end:
        name, data = chance.choice(seeds)
        broken = damage(data, chance)
        try:
            for member in read_members(broken, name):
                assert member.reading is not None or member.problem
        except UnreadableFile as error:
            refused += 1
            assert name in str(error)  # noqa: PT017
        numbers = count()
        try:
            read_draft(broken, name, lambda numbers=numbers: f"n{next(numbers)}")  # type: ignore[misc]
        except UnreadableFile as error:
            assert error.remedy  # noqa: PT017
        done += 1
    print(
        f"\n{done} damaged files of {len(seeds)} seeds in {SECONDS:.0f} s: {refused} refused in words, no other fault"
    )
