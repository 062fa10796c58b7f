"""The program Tesseract, where one is installed: its languages, and the lines that it recognises in a picture."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from briefing_app.errors import BriefingError

PAGE_SECONDS = 180.0
# By how often sources are in them; the name of each in Tesseract.
COMMON = {
    "en": "eng", "ru": "rus", "uk": "ukr", "ar": "ara", "de": "deu", "fr": "fra", "es": "spa", "zh": "chi_sim",
    "fa": "fas", "he": "heb", "tr": "tur", "pl": "pol", "it": "ita", "pt": "por", "ja": "jpn", "ko": "kor",
    "ro": "ron", "be": "bel", "ka": "kat", "hy": "hye",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class SeenWord:
    """A word with its confidence (0 to 100) and its paragraph and line on the page."""

    text: str
    confidence: float
    paragraph: tuple[int, int]
    line: int


@dataclass(frozen=True, slots=True)
class GrayPicture:
    """A picture in shades of gray: one byte a pixel, row by row from the top."""

    width: int
    height: int
    pixels: bytes
    dpi: int

    @property
    def portable(self) -> bytes:
        """The picture in the simplest format that there is (PGM)."""
        return b"P5 %d %d 255\n" % (self.width, self.height) + self.pixels


def program() -> str:
    """The path of Tesseract on this computer, empty where there is none."""
    return shutil.which("tesseract") or ""


def installed_languages() -> tuple[str, ...]:
    """Tesseract's names of the languages that it can read here; empty without the program."""
    if not program():
        return ()
    try:
        listed = _run(["--list-langs"], b"", 30.0).decode("utf-8", "replace")
    except BriefingError:
        return ()
    return tuple(line.strip() for line in listed.splitlines()[1:] if line.strip())


def chosen_languages(wanted: Sequence[str]) -> tuple[str, ...]:
    """Tesseract's names of the languages wanted ("ru" or "rus"), or of the common ones among those installed.

    Raises BriefingError where Tesseract, or a language that is wanted, is not installed.
    """
    installed = installed_languages()
    if not installed:
        raise BriefingError(
            "Text recognition needs the program Tesseract, which was not found on this computer.",
            "Ask for the package tesseract-ocr and its languages to be installed, and try again.",
        )
    if not wanted:
        found = tuple(name for name in COMMON.values() if name in installed)
        return found or tuple(name for name in installed if name != "osd")[:1]
    names = tuple(dict.fromkeys(COMMON.get(name.split("-")[0].lower(), name) for name in wanted))
    missing = [name for name in names if name not in installed]
    if missing:
        raise BriefingError(
            f"Tesseract has no data for the language {', '.join(missing)} on this computer.",
            f"Install it, or choose among {', '.join(name for name in installed if name != 'osd')}.",
        )
    return names


def seen_words(picture: GrayPicture, languages: Sequence[str], *, turns: bool) -> list[SeenWord]:
    """The words in a picture in reading order. ``turns`` lets Tesseract find out which way up it is.

    Raises BriefingError where Tesseract fails or takes too long.
    """
    options = ["-", "-", "-l", "+".join(languages), "--dpi", str(picture.dpi), "--psm", "1" if turns else "3", "tsv"]
    table = _run(options, picture.portable, PAGE_SECONDS).decode("utf-8", "replace")
    return list(_words(table.splitlines()[1:]))


def _words(rows: Iterable[str]) -> Iterator[SeenWord]:
    for row in rows:
        cells = row.split("\t")
        if len(cells) < 12 or cells[0] != "5" or not cells[11].strip():
            continue
        try:
            block, paragraph, line, confidence = int(cells[2]), int(cells[3]), int(cells[4]), float(cells[10])
        except ValueError:
            continue
        yield SeenWord(cells[11].strip(), confidence, (block, paragraph), line)


def _run(options: Sequence[str], data: bytes, seconds: float) -> bytes:
    try:
        done = subprocess.run(
            [program(), *options],
            input=data,
            capture_output=True,
            timeout=seconds,
            check=False,
            env={**os.environ, "OMP_THREAD_LIMIT": "1"},  # its threads gain little and take the whole computer
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),  # Windows would show a console
        )
    except subprocess.TimeoutExpired as error:
        raise BriefingError(f"Tesseract took longer than {seconds:g} s for one page.") from error
    except OSError as error:
        raise BriefingError(f"Tesseract could not be started: {error}.", "Check how it is installed.") from error
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip().splitlines()
        raise BriefingError(f"Tesseract failed: {said[-1] if said else f'code {done.returncode}'}.")
    return done.stdout
