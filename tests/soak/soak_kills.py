"""A library whose writer is killed again and again: what was reported as imported is there, whole and found.

The writer is killed at any instant while it imports, edits, merges its index, or makes the index again. SOAK_ROUNDS
sets how often (40 by itself).
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

from briefing_app.library.library import Library, run
from briefing_app.library.search.search import Query

ROUNDS = int(os.environ.get("SOAK_ROUNDS", "40"))
FILES = 1200  # in the folder of one round

# Each prints what it has done, once that is on the drive: "source ID NUMBER", "title ID NUMBER".
EDITOR = """
import sys
from pathlib import Path
from briefing_app.library.library import Library, run
from briefing_app.model.reading import Fields
with Library.open(Path(sys.argv[1]), write=True) as library:
    print("open", flush=True)
    for number in range(int(sys.argv[2]), 1_000_000_000):
        source = library.add_text(f"Word{number} stands in this text. " * 20, Fields(outlet=f"Outlet {number % 3}"))
        print("source", source.id, number, flush=True)
        library.correct(source.id, title=f"Title {number}")
        print("title", source.id, number, flush=True)
        if number % 25 == 24:
            run(library.rebuild_index())
"""

# Small batches make many small segments, which the index merges all the time.
IMPORTER = """
import sys
from pathlib import Path
from briefing_app.library.importing import intake
from briefing_app.library.library import Library
intake._BATCH_SOURCES = 20
if __name__ == "__main__":
    with Library.open(Path(sys.argv[1]), write=True) as library:
        print("open", flush=True)
        told = 0
        kept = intake.Intake.commit
        def commit(self):
            global told
            kept(self)
            for one in self._imported[told:]:
                print("source", one.id, Path(one.path).stem, flush=True)
            told = len(self._imported)
        intake.Intake.commit = commit
        for run in library.interrupted_runs():
            for _ in library.resume_run(run.num):
                pass
            told = 0
        for _ in library.import_paths([Path(sys.argv[3])]):
            pass
        print("done", flush=True)
        for _ in library.rebuild_index():
            pass
"""


def soak_killed_writers(tmp_path: Path, repository: Path) -> None:
    folder = tmp_path / "library"
    chance = random.Random(int(os.environ.get("SOAK_SEED", "7")))
    sources: dict[str, int] = {}
    titles: dict[str, int] = {}
    counts = {"import": 0, "edit": 0, "finished": 0, "before opening": 0}
    for round in range(ROUNDS):
        kind = "edit" if round % 3 == 0 else "import"
        inbox = _inbox(tmp_path, round) if kind == "import" else tmp_path
        told = _killed(EDITOR if kind == "edit" else IMPORTER, folder, round * 10_000, inbox, repository, chance)
        counts[kind] += 1
        counts["finished"] += ("done",) in told
        counts["before opening"] += ("open",) not in told
        for words in told:
            if words[0] == "source":
                sources[words[1]] = int(words[2])
            elif words[0] == "title":
                titles[words[1]] = int(words[2])
        _look(folder, sources, titles, chance)
    with Library.open(folder, write=True) as library:
        for interrupted in library.interrupted_runs():
            run(library.resume_run(interrupted.num))
        assert library.interrupted_runs() == ()
        assert library.index_lag() == 0
        assert library.search(Query(text="stands", limit=1)).total == library.count()
    print(f"\n{ROUNDS} killed writers {counts}: all {len(sources)} reported sources are there, whole and found")


def _inbox(tmp_path: Path, round: int) -> Path:
    inbox = tmp_path / f"inbox{round}"
    inbox.mkdir()
    for number in range(round * 10_000, round * 10_000 + FILES):
        (inbox / f"{number}.txt").write_text(f"Word{number} stands in this text. " * 20)
    return inbox


def _killed(
    script: str, folder: Path, first: int, inbox: Path, repository: Path, chance: random.Random
) -> list[tuple[str, ...]]:
    """What a writer told before it was killed, at a random instant of its work or of its start."""
    program = inbox.parent / "writer.py"
    program.write_text(script)
    writer = subprocess.Popen(
        [sys.executable, str(program), str(folder), str(first), str(inbox)],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(repository)},
        start_new_session=True,
    )
    assert writer.stdout is not None
    time.sleep(0.3 + chance.random() * 3.0)
    writer.send_signal(signal.SIGKILL)
    lines = writer.stdout.read().splitlines(keepends=True)
    writer.wait()
    writer.stdout.close()
    return [tuple(line.split()) for line in lines if line.endswith("\n")]


def _look(folder: Path, sources: dict[str, int], titles: dict[str, int], chance: random.Random) -> None:
    """Everything that was ever reported; nothing has to be done by hand first."""
    if not (folder / "library.sqlite").exists():
        assert not sources
        return
    with Library.open(folder, write=True) as library:
        assert library.count() >= len(sources)
        for id, number in chance.sample(sorted(sources.items()), min(400, len(sources))):
            assert library.text(id).startswith(f"Word{number} stands")
            assert library.original(id).startswith(f"Word{number} stands".encode())
            if id in titles:
                assert library.source(id).title == f"Title {titles[id]}"
        run(library.catch_up())
        for id, number in chance.sample(sorted(sources.items()), min(60, len(sources))):
            assert [hit.source_id for hit in library.search(Query(text=f"word{number}")).hits] == [id]
        with library._store.reading() as connection:
            assert connection.execute("PRAGMA quick_check").fetchone() == ("ok",)
