"""From a folder of saved articles to a DOCX and a PDF, on the command line."""

from __future__ import annotations

import hashlib
import io
import zipfile
from pathlib import Path

import pytest

from briefing_app.readers.dispatch import read
from tests.cli.conftest import Run

QUOTE = "Officials in Norvik accused a foreign survey ship of dragging its anchor across the line"


def _id_of(run: Run, library: Path, query: str) -> str:
    hits = run("search", query, "--library", library, "--json").json
    assert hits, query
    return str(hits[0]["source_id"])


def test_every_file_met_is_in_one_list(run: Run, tmp_path: Path, saved: Path) -> None:
    ran = run("import", saved, "--library", tmp_path / "library", "--json")
    report = ran.json
    assert ran.code == 0
    assert [len(report[name]) for name in ("imported", "duplicates", "failed")] == [3, 1, 2]
    assert {Path(one["path"]).name for one in report["failed"]} == {"empty.pdf", "broken.docx"}
    assert all(one["reason"] for one in report["failed"])
    assert all(set(one) == {"id", "title", "path", "member"} for one in report["imported"])
    again = run("import", saved, "--library", tmp_path / "library", "--json").json
    assert [len(again[name]) for name in ("imported", "duplicates", "failed")] == [0, 4, 2]


def test_a_search_gives_the_place_of_its_match_in_the_text(run: Run, library: Path) -> None:
    (hit,) = run("search", '"survey ship of dragging"', "--library", library, "--json").json
    text = run("show", hit["source_id"], "--library", library, "--json").json["text"]
    assert (hit["outlet"], hit["date"][:10], hit["language"]) == ("The Northern Ledger", "2026-11-03", "en")
    assert "survey ship" in text[hit["start"] : hit["end"]]
    assert run("search", "норвик*", "--language", "ru", "--library", library, "--json").json[0]["language"] == "ru"
    assert run("search", "cable", "--to", "2020-01-01", "--library", library, "--json").json == []
    assert run("search", "zeppelin", "--library", library, "--json").code == 0


def test_a_passage_goes_into_a_briefing_and_out_to_both_formats(run: Run, library: Path, tmp_path: Path) -> None:
    file = tmp_path / "cable.briefing"
    english = _id_of(run, library, "anchor")
    russian = _id_of(run, library, "министерство")
    assert run("new", "--template", "narrative", "--title", "The cable", "-o", file).code == 0
    added = run("add", file, "--section", "accusation", "--source", english, "--quote", QUOTE, "--library", library)
    assert added.code == 0, added.err
    text = run("show", russian, "--library", library, "--json").json["text"]
    start = text.index("Министерство")
    ranged = ("--range", f"{start}:{start + 40}")
    assert run("add", file, "--section", "Western", "--source", russian, *ranged, "--library", library).code == 0
    plain = run("text", file)
    assert QUOTE in plain.out
    assert text[start : start + 40].strip() in plain.out
    assert "The Northern Ledger" in plain.out
    for name in ("out.docx", "out.pdf"):
        ran = run("export", file, "-o", tmp_path / name, "--marking", "TLP:GREEN", "--date", "2026-11-25", "--json")
        assert ran.code == 0, ran.err
        data = (tmp_path / name).read_bytes()
        assert ran.json["sha256"] == hashlib.sha256(data).hexdigest()
        assert (ran.json["pages"] is None) == name.endswith(".docx")
        words = " ".join(read(data, name).text.split())
        assert QUOTE in words
        run("export", file, "-o", tmp_path / f"again-{name}", "--marking", "TLP:GREEN", "--date", "2026-11-25")
        assert (tmp_path / f"again-{name}").read_bytes() == data
    parts = zipfile.ZipFile(io.BytesIO((tmp_path / "out.docx").read_bytes()))
    footer = "".join(parts.read(name).decode() for name in parts.namelist() if "footer" in name or "header" in name)
    assert "TLP:GREEN" in footer
    assert "NUMPAGES" in footer


def test_a_quotation_that_is_not_verbatim_is_refused_with_the_nearest_passage(
    run: Run, library: Path, tmp_path: Path
) -> None:
    file = tmp_path / "cable.briefing"
    run("new", "--template", "bluf", "--title", "The cable", "-o", file)
    before = file.read_bytes()
    wrong = QUOTE.replace("a foreign survey ship", "a foreign warship")
    source = _id_of(run, library, "anchor")
    names = run("add", file, "--section", "no such section", "--source", source, "--quote", QUOTE, "--library", library)
    assert names.code == 2
    first = names.err.split("“")[2].split("”")[0]
    ran = run("add", file, "--section", first, "--source", source, "--quote", wrong, "--library", library)
    assert ran.code == 1
    assert "survey ship of dragging" in ran.err
    assert file.read_bytes() == before


def test_a_draft_is_laid_into_the_form_and_leaves_whole(run: Run, tmp_path: Path) -> None:
    draft = tmp_path / "draft.md"
    draft.write_text(
        "Opening words with *emphasis*.\n\n## Accusations from Norvik\n\nThe first charge.[^1]\n\n- one\n- two\n\n"
        "## Posture of the West\n\nA [link](https://ledger.example/).\n\n## Weather\n\nFair.\n\n[^1]: A note.\n",
        encoding="utf-8",
    )
    file = tmp_path / "draft.briefing"
    report = run("new", "--template", "narrative", "--title", "Draft", "--from", draft, "-o", file, "--json").json
    assert [one["key"] for one in report["placed"]][:2] == ["lead", "accusation"]
    assert report["kept"] == ["Weather"]
    assert run("export", file, "-o", tmp_path / "draft.docx", "--json").code == 0
    parts = zipfile.ZipFile(tmp_path / "draft.docx")
    assert "A note." in parts.read("word/footnotes.xml").decode()
    assert "https://ledger.example/" in parts.read("word/_rels/document.xml.rels").decode()


@pytest.mark.corpus
def test_the_house_form_is_found_in_the_seed_article(run: Run, corpus: Path, tmp_path: Path) -> None:
    seed = next((corpus / "seed").glob("*.txt"))
    file = tmp_path / "seed.briefing"
    ran = run("new", "--template", "narrative", "--title", "Kremlin accuses NATO", "--from", seed, "-o", file, "--json")
    assert ran.code == 0, ran.err
    assert [one["key"] for one in ran.json["placed"]] == ["lead", "accusation", "western-posture", "implications"]
    assert ran.json["kept"] == []
    words = seed.read_text(encoding="utf-8").split()
    for name in ("seed.docx", "seed.pdf"):
        done = run("export", file, "-o", tmp_path / name, "--marking", "TLP:CLEAR", "--json")
        assert done.code == 0, done.err
        text = read((tmp_path / name).read_bytes(), name).text
        assert _in_order(words, text)
    assert _in_order(words, run("text", file).out)


def _in_order(words: list[str], text: str) -> bool:
    """True where every word stands in the text, in order."""
    position = 0
    for word in words:
        position = text.find(word, position)
        if position < 0:
            return False
        position += len(word)
    return True


def test_a_character_without_a_font_keeps_back_the_pdf_and_not_the_docx(run: Run, tmp_path: Path) -> None:
    draft = tmp_path / "draft.txt"
    draft.write_text("A post with a sign: \N{GRINNING FACE}.\n", encoding="utf-8")
    file = tmp_path / "draft.briefing"
    assert run("new", "--template", "narrative", "--title", "T", "--from", draft, "-o", file).code == 0
    assert run("export", file, "-o", tmp_path / "out.docx").code == 0
    ran = run("export", file, "-o", tmp_path / "out.pdf")
    assert ran.code == 1
    assert "U+1F600" in ran.err
    assert run("export", file, "-o", tmp_path / "out.pdf", "--force").code == 0


@pytest.mark.parametrize("address", ["javascript:alert(1)", "file:///etc/passwd", "data:text/html,x"])
def test_no_export_leads_to_a_script_or_a_file(run: Run, library: Path, tmp_path: Path, address: str) -> None:
    source = run("search", "anchor", "--library", library, "--json").json[0]["source_id"]
    assert run("correct", source, "--url", address, "--library", library).code in (0, 2)
    file = tmp_path / "b.briefing"
    run("new", "--template", "narrative", "--title", "T", "-o", file)
    assert run("add", file, "--section", "lead", "--source", source, "--range", "0:20", "--library", library).code == 0
    assert run("export", file, "-o", tmp_path / "b.pdf").code == 0
    assert f"/URI ({address[:10]}".encode() not in (tmp_path / "b.pdf").read_bytes()
    assert run("export", file, "-o", tmp_path / "b.docx").code == 0
    parts = zipfile.ZipFile(tmp_path / "b.docx")
    assert not any(address in parts.read(name).decode() for name in parts.namelist() if name.endswith(".rels"))


def test_words_divided_between_two_pages_pass_the_self_test(run: Run, tmp_path: Path) -> None:
    draft = tmp_path / "draft.txt"
    words = " ".join(f"norm{n:04}-{'setting' * 6}{n:04}" for n in range(700))
    draft.write_text(f"Opening.\n\n{words}\n\n{'deadbeef' * 1500}\n", encoding="utf-8")
    file = tmp_path / "draft.briefing"
    assert run("new", "--template", "narrative", "--title", "T", "--from", draft, "-o", file).code == 0
    ran = run("export", file, "-o", tmp_path / "out.pdf", "--json")
    assert ran.code == 0, ran.err
    assert ran.json["pages"] > 8


def test_a_heading_with_nothing_below_it_leaves_too(run: Run, tmp_path: Path) -> None:
    draft = tmp_path / "draft.md"
    draft.write_text("Opening.\n\n# Weather at sea\n\n# Harvest\n\nGood.\n", encoding="utf-8")
    file = tmp_path / "draft.briefing"
    assert run("new", "--template", "narrative", "--title", "T", "--from", draft, "-o", file).code == 0
    assert "Weather at sea" in run("text", file).out
    assert "Accusation" not in run("text", file).out
