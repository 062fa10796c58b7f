"""DOCX and PDF of the 200-page model (400 notes, 60 tables, 20 pictures) against their peers, and growth to 500 pages.

Each program runs in a process of its own: processor seconds of the writing alone (its imports and the content are there
before), the most memory that process took, the size of its file. Peers that are not installed are said to be absent.
BRIEFING_BENCH_PAGES sets the pages.
"""

from __future__ import annotations

import importlib.util
import json
import math
import os
import shutil
import subprocess
import sys
from pathlib import Path

PAGES = int(os.environ.get("BRIEFING_BENCH_PAGES", "200"))
GROWTH = (10, 50, 200, 500)
_MODULES = {"docxtpl": "docxtpl", "typst": "typst", "weasyprint": "weasyprint"}
_PROGRAMS = {"pandoc": "pandoc", "libreoffice": "soffice"}


def _absent(name: str) -> str:
    """Why a peer cannot be measured here; empty where it can."""
    if (module := _MODULES.get(name)) and importlib.util.find_spec(module) is None:
        return f"the package {module} is not installed"
    if (program := _PROGRAMS.get(name)) and shutil.which(program) is None:
        return f"{program} is not installed"
    return ""


def _measure(name: str, pages: int, folder: Path, repository: Path) -> dict[str, float]:
    place = folder / f"{name}-{pages}"
    place.mkdir()
    command = [sys.executable, "-m", "tests.bench.export_runs", name, str(pages), str(place)]
    done = subprocess.run(command, cwd=repository, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{name} does not run: {done.stderr.strip().splitlines()[-1]}")
    measured: dict[str, float] = json.loads(done.stdout)
    return measured


def _table(kind: str, names: tuple[str, ...], folder: Path, repository: Path) -> None:
    ours = _measure(names[0], PAGES, folder, repository)
    print(f"\n{kind}, {PAGES} pages       seconds   ours is    peak MB   file KB")
    for name in names:
        if reason := _absent(name):
            print(f"{name:24} {reason}")
            continue
        one = ours if name == names[0] else _measure(name, PAGES, folder, repository)
        ratio = "" if one is ours else f"{one['seconds'] / ours['seconds']:.1f} x"
        print(f"{name:24} {one['seconds']:7.2f} {ratio:>9} {one['megabytes']:9.0f} {one['bytes'] / 1024:9.0f}")


def _growth(name: str, folder: Path, repository: Path) -> None:
    (folder / "growth").mkdir(exist_ok=True)
    print(f"\n{name}: growth")
    before: tuple[int, float] | None = None
    for pages in GROWTH:
        one = _measure(name, pages, folder / "growth", repository)
        doubling = ""
        if before is not None:
            doublings = math.log2(pages / before[0])
            per_page = (one["seconds"] / pages) / (before[1] / before[0])
            doubling = f"{per_page ** (1 / doublings):.2f} of the time a page for each doubling"
        sizes = f"{one['megabytes']:6.0f} MB {one['bytes'] / 1024:8.0f} KB"
        print(f"{pages:5} pages {one['seconds']:7.2f} s {sizes}  {doubling}")
        before = pages, one["seconds"]


def bench_docx(repository: Path, tmp_path: Path) -> None:
    _table("DOCX", ("ours-docx", "pandoc", "python-docx", "docxtpl"), tmp_path, repository)


def bench_pdf_peers(repository: Path, tmp_path: Path) -> None:
    _table("PDF", ("ours-pdf", "typst", "weasyprint", "libreoffice"), tmp_path, repository)


def bench_export_growth(repository: Path, tmp_path: Path) -> None:
    for name in ("ours-docx", "ours-pdf"):
        _growth(name, tmp_path, repository)
