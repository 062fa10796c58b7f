"""The texts of the sample library: `packaging/samples/*.txt`, fields at the head and light markup below.

Blocks are divided by blank lines: `## ` is a heading, `- ` lines are a list, `| ` lines are a table with its head
first, all else is a paragraph. A text with `reprint:` has the body of the one that it names.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).resolve().parent / "samples"

NOTICES = {
    "en": "This is a sample written for Briefing Composer. The events, places, outlets and people in it are invented.",
    "ru": "Это учебный пример, написанный для Briefing Composer (a sample written for Briefing Composer). "
    "События, места, издания и лица вымышлены.",
    "uk": "Це навчальний приклад, написаний для Briefing Composer (a sample written for Briefing Composer). "
    "Події, місця, видання та особи вигадані.",
    "fr": "Ceci est un exemple écrit pour Briefing Composer (a sample written for Briefing Composer). "
    "Les événements, les lieux, les journaux et les personnes sont inventés.",
    "ar": "هذا نص تدريبي كُتب من أجل Briefing Composer (a sample written for Briefing Composer). "
    "الأحداث والأماكن والصحف والأشخاص كلها من نسج الخيال.",
}


@dataclass(frozen=True, slots=True)
class Part:
    """One block: a heading, a paragraph, list items, or the rows of a table with its head first."""

    kind: str
    text: str = ""
    items: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Sample:
    """One sample source before it is given its format."""

    fields: dict[str, str]
    parts: tuple[Part, ...]

    def __getitem__(self, name: str) -> str:
        return self.fields.get(name, "")

    @property
    def notice(self) -> str:
        return NOTICES[self["language"]]

    @property
    def authors(self) -> list[str]:
        return [name.strip() for name in self["author"].split(";") if name.strip()]


def all_samples() -> list[Sample]:
    return [_read(path) for path in sorted(FOLDER.glob("*.txt"))]


def _read(path: Path) -> Sample:
    head, _, body = path.read_text("utf-8").partition("\n\n")
    fields = dict(line.split(": ", 1) for line in head.splitlines())
    if "reprint" in fields:
        return Sample(fields, _read(FOLDER / f"{fields['reprint']}.txt").parts)
    return Sample(fields, tuple(_part(block) for block in body.strip().split("\n\n")))


def _part(block: str) -> Part:
    lines = block.strip().splitlines()
    if block.startswith("## "):
        return Part("heading", block[3:].strip())
    if block.startswith("- "):
        return Part("list", items=tuple(line[2:].strip() for line in lines))
    if block.startswith("| "):
        rows = tuple(tuple(cell.strip() for cell in line.strip("|").split("|")) for line in lines)
        return Part("table", rows=rows)
    return Part("paragraph", " ".join(line.strip() for line in lines))
