"""A library whose writer is killed again and again: what was reported as imported is there, whole and found.

SOAK_ROUNDS sets how often (40 by itself).
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

from briefing_app.library.library import Library
from briefing_app.library.search.search import Query

ROUNDS = int(os.environ.get("SOAK_ROUNDS", "40"))

WRITER = """
import sys
from pathlib import Path
from briefing_app.library.library import Library, run
from briefing_app.model.reading import Fields
with Library.open(Path(sys.argv[1]), write=True) as library:
    for number in range(int(sys.argv[2]), 1_000_000):
        source = library.add_text(f"Word{number} stands in this text. " * 20, Fields(outlet=f"Outlet {number % 3}"))
        library.correct(source.id, title=f"Title {number}")
        print(source.id, number, flush=True)
        if number % 25 == 24:
            run(library.rebuild_index())
"""


def soak_killed_writers(tmp_path: Path, repository: Path) -> None:
    folder = tmp_path / "library"
    chance = random.Random(7)
    reported: dict[str, int] = {}
    for round in range(ROUNDS):
        writer = subprocess.Popen(
            [sys.executable, "-c", WRITER, str(folder), str(round * 1000)],
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": str(repository)},
        )
        assert writer.stdout is not None
        time.sleep(0.5 + chance.random() * 1.5)
        writer.send_signal(signal.SIGKILL)
        for line in writer.stdout.read().splitlines():
            if len(words := line.split()) == 2:
                reported[words[0]] = int(words[1])
        writer.wait()
        writer.stdout.close()
        with Library.open(folder, write=True) as library:
            assert library.count() >= len(reported)
            for id, number in reported.items():
                assert library.text(id).startswith(f"Word{number} stands")
                assert library.source(id).title == f"Title {number}"
            for id, number in chance.sample(sorted(reported.items()), min(50, len(reported))):
                assert [hit.source_id for hit in library.search(Query(text=f"word{number}")).hits] == [id]
    print(f"\n{ROUNDS} killed writers: all {len(reported)} reported sources are there, whole and found")
