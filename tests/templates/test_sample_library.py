"""The sample library: readable, honest about itself, and the ground of every quotation in its recipe."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from briefing_app.model.briefing import Meta
from briefing_app.model.grading import Credibility, Reliability
from briefing_app.model.marking import parse_marking
from briefing_app.model.reading import Reading
from briefing_app.readers.dispatch import read
from briefing_app.storage.templates import load_template

SAYS = "written for Briefing Composer"


@pytest.fixture(scope="module")
def folder(repository: Path) -> Path:
    return repository / "resources" / "samples"


@pytest.fixture(scope="module")
def readings(folder: Path) -> dict[str, Reading]:
    return {path.name: read(path.read_bytes(), path.name) for path in sorted((folder / "sources").iterdir())}


@pytest.fixture(scope="module")
def recipe(folder: Path) -> dict[str, Any]:
    loaded = yaml.safe_load((folder / "briefing.yaml").read_text("utf-8"))
    assert isinstance(loaded, dict)
    return loaded


def test_every_source_can_be_read_and_says_that_it_is_a_sample(readings: dict[str, Reading], folder: Path) -> None:
    assert len(readings) == 15
    scans = [name for name, reading in readings.items() if reading.no_text]
    assert scans == ["14-harbour-notice-scan.pdf"]
    assert SAYS in (folder / "sources" / scans[0]).read_bytes().decode("latin-1")
    for name, reading in readings.items():
        assert reading.no_text or SAYS in reading.text, name
        assert reading.warnings == (), name
        assert reading.fields.title or name.startswith("04"), name
    assert {reading.fields.language for reading in readings.values()} >= {"en", "ru", "uk", "fr", "ar"}
    assert {name.rsplit(".", 1)[1] for name in readings} == {"txt", "md", "html", "mhtml", "eml", "pdf", "docx"}


def test_one_source_is_a_reprint_of_another(readings: dict[str, Reading]) -> None:
    original, reprint = (
        readings["02-northern-dispatch-secretary-accuses.html"],
        readings["13-harbour-gazette-reprint.html"],
    )
    assert original.text == reprint.text
    assert original.fields.title != reprint.fields.title


def test_every_quotation_of_the_recipe_stands_in_its_source_once(
    recipe: dict[str, Any], readings: dict[str, Reading]
) -> None:
    for name, passage in recipe["passages"].items():
        assert readings[passage["file"]].text.count(passage["quote"]) == 1, name
        Credibility(str(passage["credibility"]))
        own = readings[passage["file"]].fields.language
        assert ("translation" in passage) == (own != "en"), name


def texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from texts(part)
    elif isinstance(value, list):
        for part in value:
            yield from texts(part)


def test_the_recipe_hangs_together(recipe: dict[str, Any], readings: dict[str, Reading], repository: Path) -> None:
    template = load_template(repository / "templates" / f"{recipe['template']}.yaml")
    assert list(recipe["sections"]) == [section.key for section in template.sections]
    assert parse_marking(Meta(**recipe["meta"]).marking) is not None
    assert recipe["sources"].keys() <= readings.keys()
    for fields in recipe["sources"].values():
        assert fields.get("reliability", "F") in list(Reliability)
    body = "\n".join(texts([recipe["sections"], recipe["notes"]]))
    blocks = [block for section in recipe["sections"].values() for block in section]
    quoted = {block["quotation"] for block in blocks if "quotation" in block}
    assert set(re.findall(r"\[@([a-z0-9-]+)\]", body)) | quoted == set(recipe["passages"])
    assert set(re.findall(r"\[\^([a-z0-9-]+)\]", body)) == set(recipe["notes"])
    kinds = {kind for block in blocks for kind in block} - {"translated", "mark"}
    assert kinds == {"paragraph", "quotation", "bullets", "table", "picture"}
    (picture,) = [block["picture"] for block in blocks if "picture" in block]
    assert (repository / "resources" / "samples" / "pictures" / picture["file"]).is_file()
    assert picture["alt"]
    (table,) = [block["table"] for block in blocks if "table" in block]
    assert {len(row) for row in [table["head"], table["widths"], *table["rows"]]} == {4}


def test_the_pages_and_mails_are_those_that_the_script_makes(repository: Path, folder: Path) -> None:
    program = (
        "import sys; from samples_text import all_samples; from make_samples import content\n"
        "from pathlib import Path; folder = Path(sys.argv[1])\n"
        "for sample in all_samples():\n"
        "    if sample['file'].endswith(('.html', '.md', '.txt', '.eml')):\n"
        "        assert content(sample, b'') == (folder / sample['file']).read_bytes(), sample['file']\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(folder / "sources")],
        cwd=repository / "packaging",
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
