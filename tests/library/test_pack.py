"""A pack carries sources to another library: whole, provable, nothing doubled, nothing overwritten."""

from __future__ import annotations

import hashlib
import json
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from briefing_app.errors import BriefingError, NewerVersion, StorageError
from briefing_app.library.care import merging
from briefing_app.library.care.checking import check
from briefing_app.library.care.pack_writing import all_ids, tagged_ids, write_pack
from briefing_app.library.library import Library, run
from briefing_app.library.search.search import Query
from briefing_app.library.store.packing import FILE_FROM
from briefing_app.library.store.states import SourceState
from briefing_app.model.reading import Fields

RUSSIAN = "Кабель перерезан ночью. Власти обвинили судно."


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    """Files with Russian and Arabic names, one large, one with several sources in it."""
    folder = tmp_path / "saved"
    folder.mkdir()
    (folder / "кабель в проливе.txt").write_text(RUSSIAN, encoding="utf-8")
    (folder / "كابل الإنترنت.md").write_text("# كابل\n\nقُطع كابل الإنترنت في المضيق.", encoding="utf-8")
    (folder / "annex.txt").write_text("annex " * (FILE_FROM // 6 + 1), encoding="utf-8")
    lines = [{"title": f"Статья {n}", "outlet": "Вестник", "text": f"Текст статьи номер {n}."} for n in range(3)]
    (folder / "лента.jsonl").write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    return folder


@pytest.fixture
def filled(folder: Path, saved: Path) -> Path:
    with Library.open(folder, write=True) as library:
        run(library.import_paths([saved], workers=False))
        library.add_text("The same words.", Fields(title="First"))
        library.add_text("The same words.", Fields(title="Second"))
        russian = _id(library, "кабель в проливе.txt")
        library.correct(russian, outlet="Вестник Залива", authors=("Анна", "Борис"), reliability="B")
        library.set_tags(russian, ["Кабель", "пролив"])
    return folder


def _id(library: Library, name: str) -> str:
    (found,) = (source.id for source in library.rows(0, 100) if name in (source.file_name, source.title))
    return found


def _contents(library: Library) -> dict[str, tuple[Any, ...]]:
    """All that a library knows of its sources, by id."""
    return {
        source.id: (
            source,
            library.text(source.id),
            library.original(source.id),
            library.blocks(source.id),
            library.pages(source.id),
            library.warnings(source.id),
            library.as_read(source.id),
            library.corrections(source.id),
            library.tags(source.id),
            _state(library, source.id),
        )
        for source in library.rows(0, 1000)
    }


def _state(library: Library, id: str) -> SourceState:
    """What is kept with a source, without what is this library's own: when it came, what was read and triaged."""
    return replace(library.states([id])[id], added="", seen=False, triage="")


def _pack(folder: Path, target: Path) -> Path:
    run(write_pack(folder, all_ids(folder), target))
    return target


def test_a_pack_carries_everything_and_a_second_merge_adds_nothing(filled: Path, tmp_path: Path) -> None:
    pack = _pack(filled, tmp_path / "пакет.pack")
    with Library.open(filled, write=False) as here, Library.open(tmp_path / "other", write=True) as other:
        report = run(other.merge_pack(pack))
        assert len(report.added) == 8
        assert (report.same, report.taken, report.conflicts, report.tagged) == ((), (), (), ())
        assert _contents(other) == _contents(here)
        assert other.search(Query(text="кабель", tag="пролив")).total == 1
        change = other.change_number()
        again = run(other.merge_pack(pack))
        assert (again.added, len(again.same), again.taken, again.conflicts, again.tagged) == ((), 8, (), (), ())
        assert other.change_number() == change
    assert run(check(tmp_path / "other")).problems == ()


def test_the_same_sources_give_the_same_bytes_and_no_path_of_this_machine(
    filled: Path, saved: Path, tmp_path: Path
) -> None:
    first = _pack(filled, tmp_path / "one.pack")
    with Library.open(tmp_path / "other", write=True) as other:
        run(other.merge_pack(first))
    second = _pack(tmp_path / "other", tmp_path / "two.pack")
    assert first.read_bytes() == second.read_bytes()
    with zipfile.ZipFile(first) as archive:
        assert str(saved).encode() not in archive.read("sources.jsonl")
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_files_imported_on_both_sides_are_one_source(filled: Path, saved: Path, tmp_path: Path) -> None:
    pack = _pack(filled, tmp_path / "a.pack")
    with Library.open(tmp_path / "other", write=True) as other:
        run(other.import_paths([saved], workers=False))
        before = other.count()
        report = run(other.merge_pack(pack))
        assert (before, len(report.added), len(report.same)) == (6, 2, 6)
        assert other.count() == 8
        russian = _id(other, "кабель в проливе.txt")
        assert {(one.id, one.field, one.there) for one in report.taken} == {
            (russian, "outlet", "Вестник Залива"),
            (russian, "authors", "Анна, Борис"),
            (russian, "reliability", "B"),
        }
        assert (other.source(russian).outlet, other.tags(russian)) == ("Вестник Залива", ("Кабель", "пролив"))


def test_what_both_sides_have_corrected_stays_and_is_told_and_tags_are_united(filled: Path, tmp_path: Path) -> None:
    pack = _pack(filled, tmp_path / "a.pack")
    with Library.open(tmp_path / "other", write=True) as other:
        run(other.merge_pack(pack))
        russian = _id(other, "кабель в проливе.txt")
        other.correct(russian, outlet="Другая газета", reliability="B", title="Свой заголовок")
        other.set_tags(russian, ["КАБЕЛЬ", "своё"])
        report = run(other.merge_pack(pack))
        assert [(one.id, one.field, one.here, one.there) for one in report.conflicts] == [
            (russian, "outlet", "Другая газета", "Вестник Залива")
        ]
        assert (report.taken, report.tagged) == ((), (russian,))
        kept = other.source(russian)
        assert (kept.outlet, kept.title, kept.reliability) == ("Другая газета", "Свой заголовок", "B")
        assert other.tags(russian) == ("КАБЕЛЬ", "пролив", "своё")


def test_a_text_that_was_read_otherwise_stays_and_is_told(filled: Path, tmp_path: Path) -> None:
    pack = _pack(filled, tmp_path / "a.pack")

    def change(record: dict[str, Any]) -> dict[str, Any]:
        if record["file_name"] == "кабель в проливе.txt":
            record |= {"text_sha256": hashlib.sha256(b"cable").hexdigest(), "blocks": [], "reader": "txt/99"}
        return record

    old = hashlib.sha256(RUSSIAN.encode()).hexdigest()
    new = f"texts/{hashlib.sha256(b'cable').hexdigest()}.txt"
    changed = _rewritten(pack, {f"texts/{old}.txt": None, new: b"cable"}, change)
    with Library.open(filled, write=True) as library:
        before = _contents(library)
        report = run(library.merge_pack(changed))
        assert [(one.field, one.there) for one in report.conflicts] == [("text", "txt/99")]
        assert _contents(library) == before


def test_an_id_that_another_source_has_here_is_not_taken_from_it(filled: Path, tmp_path: Path) -> None:
    pack = _pack(filled, tmp_path / "a.pack")
    with Library.open(tmp_path / "other", write=True) as other:
        there = other.add_text("Quite another source.")

        def change(record: dict[str, Any]) -> dict[str, Any]:
            return record | {"id": there.id} if record["file_name"] == "кабель в проливе.txt" else record

        report = run(other.merge_pack(_rewritten(pack, {}, change)))
        assert len(report.added) == 8
        (moved,) = (one for one in report.added if one.pack_id == there.id)
        assert other.text(moved.id) == RUSSIAN
        assert other.text(there.id) == "Quite another source."


def test_chosen_sources_only(filled: Path, tmp_path: Path) -> None:
    assert len(tagged_ids(filled, "КАБЕЛЬ")) == 1
    report = run(write_pack(filled, tagged_ids(filled, "кабель"), tmp_path / "a.pack"))
    assert report.sources == 1
    assert report.sha256 == hashlib.sha256((tmp_path / "a.pack").read_bytes()).hexdigest()
    for ids, words in (([], "No source was chosen"), (["nowhere"], "no source with the id")):
        with pytest.raises(BriefingError, match=words):
            run(write_pack(filled, ids, tmp_path / "b.pack"))
    assert {path.name for path in tmp_path.iterdir()} == {"library", "saved", "a.pack"}


def test_a_source_without_its_original_is_not_packed(filled: Path, tmp_path: Path) -> None:
    (annex,) = (path for path in (filled / "originals").rglob("*") if path.is_file())
    annex.unlink()
    with pytest.raises(StorageError, match=r"annex.*missing or was changed"):
        _pack(filled, tmp_path / "a.pack")
    assert {path.name for path in tmp_path.iterdir()} == {"library", "saved"}


def _rewritten(pack: Path, members: dict[str, bytes | None], change: Any = None, **head: object) -> Path:
    """The pack with members replaced or left out, records changed (and their hash made right), its head altered."""
    changed = pack.with_name("changed.pack")
    with zipfile.ZipFile(pack) as old, zipfile.ZipFile(changed, "w") as new:
        contents: dict[str, bytes | None] = {name: old.read(name) for name in old.namelist()}
        if change is not None:
            records = [change(json.loads(line)) for line in (contents["sources.jsonl"] or b"").splitlines()]
            lines = b"".join(json.dumps(record).encode() + b"\n" for record in records)
            contents["sources.jsonl"] = lines
            head = {"sources_sha256": hashlib.sha256(lines).hexdigest(), **head}
        contents["pack.json"] = json.dumps(json.loads(contents["pack.json"] or b"") | head).encode()
        for name, data in (contents | members).items():
            if data is not None:
                new.writestr(name, data)
    return changed


def _is_refused(pack: Path, library: Library, words: str, kind: type[BriefingError] = StorageError) -> None:
    change = library.change_number()
    with pytest.raises(kind, match=words):
        run(library.merge_pack(pack))
    assert (library.count(), library.change_number()) == (0, change)


@pytest.mark.parametrize(
    "record",
    [
        {"id": "../../etc"},
        {"kind": "spell"},
        {"blocks": [["paragraph", 0, 10**9, 0]]},
        {"blocks": [["paragraph", 5, 1, 0]]},
        {"pages": [[1, -1, 2]]},
        {"tags": [1]},
        {"corrected": {"sha256": "0" * 64}},
        {"corrected": {"published": "yesterday"}},
        {"as_read": {"title": "only"}},
        {"sha256": "0" * 64},
        {"text_sha256": "0" * 64},
        {"member": 7},
        {"note": 3},
        {"collections": [""]},
        {"parent": "0" * 12},
        {"said": [["0" * 12, "reprint"]]},
        {"said": [["0" * 12, "cousin"]]},
    ],
)
def test_a_record_that_no_library_has_is_refused(filled: Path, tmp_path: Path, record: dict[str, Any]) -> None:
    pack = _pack(filled, tmp_path / "a.pack")
    with Library.open(tmp_path / "other", write=True) as other:
        _is_refused(_rewritten(pack, {}, lambda one: one | record), other, "damaged or was changed")


def test_a_tampered_foreign_or_newer_pack_is_refused_and_nothing_of_it_taken(filled: Path, tmp_path: Path) -> None:
    pack = _pack(filled, tmp_path / "a.pack")
    with zipfile.ZipFile(pack) as archive:
        original = next(name for name in archive.namelist() if name.startswith("originals/"))
        text = next(name for name in archive.namelist() if name.startswith("texts/"))
        records = archive.read("sources.jsonl")
    with Library.open(tmp_path / "other", write=True) as other:
        for members in (
            {original: b"another"},
            {text: b"another"},
            {original: None},
            {text: None},
            {"../evil": b"x"},
            {f"originals/{hashlib.sha256(b'x').hexdigest()}": b"x"},
            {"sources.jsonl": records.replace("Вестник".encode(), "Подделка".encode())},
            {"sources.jsonl": records.rpartition(b"\n{")[0] + b"\n"},
            {"sources.jsonl": None},
            {"outlets.json": b'{"X": ["A", ""]}'},
            {"outlets.json": None},
            {"pack.json": b"[]"},
            {"pack.json": b"{}"},
        ):
            _is_refused(_rewritten(pack, members), other, "damaged or was changed")
        _is_refused(_rewritten(pack, {}, sources=2), other, "damaged or was changed")
        _is_refused(_rewritten(pack, {}, version=3), other, "newer version", NewerVersion)
        _is_refused(_rewritten(pack, {"pack.json": None}), other, "no pack")
        for data in (b"", b"PK\x03\x04", pack.read_bytes()[:-500]):
            (tmp_path / "broken.pack").write_bytes(data)
            _is_refused(tmp_path / "broken.pack", other, "no pack")
        _is_refused(tmp_path / "nowhere.pack", other, "does not exist")


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(place=st.floats(0, 1, exclude_max=True), bit=st.integers(0, 7))
def test_one_changed_bit_is_noticed_or_changes_nothing(
    tmp_path_factory: pytest.TempPathFactory, place: float, bit: int
) -> None:
    room = tmp_path_factory.mktemp("bit")
    with Library.open(room / "here", write=True) as here:
        here.add_text(RUSSIAN, Fields(title="Кабель", outlet="Вестник"))
        pack = _pack(room / "here", room / "a.pack")
        data = bytearray(pack.read_bytes())
        data[int(place * len(data))] ^= 1 << bit
        pack.write_bytes(data)
        with Library.open(room / "other", write=True) as other:
            try:
                run(other.merge_pack(pack))
            except StorageError:
                assert other.count() == 0
            else:  # a bit of the ZIP's own that means nothing, such as a date
                assert _contents(other) == _contents(here)


def test_a_merge_that_was_stopped_is_finished_by_doing_it_again(
    filled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(merging, "_BATCH_SOURCES", 3)
    pack = _pack(filled, tmp_path / "a.pack")
    with Library.open(tmp_path / "other", write=True) as other:
        job = other.merge_pack(pack)
        while other.count() == 0:
            next(job)
        job.close()
        assert other.count() == 3
        report = run(other.merge_pack(pack))
        assert (len(report.added), len(report.same), other.count()) == (5, 3, 8)
        with Library.open(filled, write=False) as here:
            assert _contents(other) == _contents(here)


@pytest.fixture
def worked(filled: Path, tmp_path: Path) -> Path:
    """The library with all that an analyst does with sources, and a message with what is attached to it."""
    (tmp_path / "message.eml").write_bytes(MESSAGE.encode())
    with Library.open(filled, write=True) as library:
        run(library.import_paths([tmp_path / "message.eml"], workers=False))
        first, second, arabic = (_id(library, name) for name in ("First", "Second", "كابل الإنترنت.md"))
        library.star([first, arabic])
        library.triage([first], "kept")
        library.mark_seen([first])
        library.set_note(arabic, "Проверить: كابل")
        library.correct(arabic, marking="TLP:AMBER", outlet="الوكالة")
        library.collect(library.make_collection("Кабели").num, [first, arabic])
        library.make_collection("A search", "tag:ports")
        library.grade_outlet("الوكالة", "C", "a news agency")
        library.grade_outlet("Nobody's", "F")
        library.say_kinship(second, first, "reprint")
        library.say_kinship(arabic, first, "independent")
        library.set_origin(second)
    return filled


MESSAGE = """From: a@b.example
To: c@d.example
Subject: With a file
Message-ID: <1@b.example>
Date: Mon, 02 Nov 2026 10:00:00 +0000
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary=x

--x
Content-Type: text/plain

See the file.
--x
Content-Type: text/plain
Content-Disposition: attachment; filename=annex2.txt

The cable was cut at night, as the port told us.
--x--
"""


def test_a_pack_carries_what_the_analyst_did_with_sources(worked: Path, tmp_path: Path) -> None:
    pack = _pack(worked, tmp_path / "a.pack")
    with Library.open(worked, write=False) as here, Library.open(tmp_path / "other", write=True) as other:
        report = run(other.merge_pack(pack))
        assert _contents(other) == _contents(here)
        assert [(one.title, one.there) for one in report.taken] == [("الوكالة", "C, a news agency")]
        states = other.states(source.id for source in other.rows(0, 100))
        assert {state.triage for state in states.values()} == {""}
        assert not any(state.seen for state in states.values())
        (annex,) = (id for id, state in states.items() if state.parent)
        assert states[annex].parent == _id(other, "With a file")
        first, second, arabic = (_id(other, name) for name in ("First", "Second", "كابل الإنترنت.md"))
        assert [(kin.source_id, kin.is_origin) for kin in other.reprint_group(first)] == [
            (second, True),
            (first, False),
        ]
        assert (other.source(arabic).reliability, other.source(arabic).marking) == ("C", "TLP:AMBER")
        assert {one.name for one in other.outlets() if one.reliability} == {"الوكالة"}
        assert [(one.name, one.query, one.count) for one in other.collections()] == [("Кабели", None, 2)]
        change = other.change_number()
        again = run(other.merge_pack(pack))
        assert (again.taken, again.conflicts, again.tagged, other.change_number()) == ((), (), (), change)
    assert run(check(tmp_path / "other")).problems == ()
    second_pack = _pack(tmp_path / "other", tmp_path / "b.pack")
    assert second_pack.read_bytes() == pack.read_bytes()


def test_what_was_done_on_both_sides_stays_and_is_told(worked: Path, tmp_path: Path) -> None:
    pack = _pack(worked, tmp_path / "a.pack")
    with Library.open(tmp_path / "other", write=True) as other:
        run(other.merge_pack(pack))
        first, second, arabic = (_id(other, name) for name in ("First", "Second", "كابل الإنترنت.md"))
        other.star([first], False)
        other.set_note(arabic, "Mine.")
        other.set_note(second, "Only here.")
        other.say_kinship(arabic, first, "derived")
        other.set_origin(first)
        other.grade_outlet("الوكالة", "E")
        other.remove_collection(other.collections()[0].num)
        other.make_collection("кабели", "tag:cable")
        report = run(other.merge_pack(pack))
        assert {(one.field, one.here, one.there) for one in report.conflicts} == {
            ("note", "Mine.", "Проверить: كابل"),
            ("kinship with First", "derived", "independent"),
            ("origin of its reprints", "First", "Second"),
            ("grade of the outlet", "E", "C, a news agency"),
        }
        assert {(one.field, one.there) for one in report.taken} == {("star", "yes"), ("collection", "Кабели (pack)")}
        state = other.states([arabic])[arabic]
        assert state.note == "Mine.\n\nFrom the pack “a.pack”:\nПроверить: كابل"
        assert other.states([second])[second].note == "Only here."
        assert {one.name: one.query for one in other.collections()} == {"кабели": "tag:cable", "Кабели (pack)": None}
        assert other.reprint_group(first)[0].source_id == first
        again = run(other.merge_pack(pack))
        assert "note" not in {one.field for one in again.conflicts}
        assert again.taken == ()
    back = _pack(tmp_path / "other", tmp_path / "back.pack")
    with Library.open(worked, write=True) as here:
        assert ("note", state.note) in {(one.field, one.there) for one in run(here.merge_pack(back)).taken}
        assert here.states([arabic])[arabic].note == state.note


def test_relations_to_sources_that_are_not_packed_stay_behind(worked: Path, tmp_path: Path) -> None:
    with Library.open(worked, write=False) as here:
        ids = [_id(here, name) for name in ("Second", "annex2.txt")]
    run(write_pack(worked, ids, tmp_path / "a.pack"))
    with Library.open(tmp_path / "other", write=True) as other:
        run(other.merge_pack(tmp_path / "a.pack"))
        assert {state.parent for state in other.states(ids).values()} == {None}
        assert other.reprint_group(ids[0]) == ()
    assert run(check(tmp_path / "other")).problems == ()


def test_a_pack_of_version_1_is_read(filled: Path, tmp_path: Path) -> None:
    pack = _pack(filled, tmp_path / "a.pack")

    def older(record: dict[str, Any]) -> dict[str, Any]:
        newer = ("starred", "note", "collections", "parent", "said")
        return {name: value for name, value in record.items() if name not in newer}

    first = _rewritten(pack, {"outlets.json": None}, older, version=1, outlets_sha256=None)
    with Library.open(filled, write=False) as here, Library.open(tmp_path / "other", write=True) as other:
        assert len(run(other.merge_pack(first)).added) == 8
        assert _contents(other) == _contents(here)


def test_sources_that_are_attached_in_a_ring_are_refused(worked: Path, tmp_path: Path) -> None:
    pack = _pack(worked, tmp_path / "a.pack")
    with Library.open(worked, write=False) as here:
        one, two = _id(here, "First"), _id(here, "Second")

    def ring(record: dict[str, Any]) -> dict[str, Any]:
        return record | {"parent": {one: two, two: one}.get(record["id"], record["parent"])}

    with Library.open(tmp_path / "other", write=True) as other:
        _is_refused(_rewritten(pack, {}, ring), other, "damaged or was changed")


def test_an_address_that_a_click_would_run_does_not_come_in_with_a_pack(filled: Path, tmp_path: Path) -> None:
    pack = _pack(filled, tmp_path / "a.pack")

    def change(record: dict[str, Any]) -> dict[str, Any]:
        return record | {"corrected": record["corrected"] | {"url": "javascript:alert(1)"}}

    with Library.open(tmp_path / "other", write=True) as other:
        report = run(other.merge_pack(_rewritten(pack, {}, change)))
        assert len(report.added) == 8
        assert {source.url for source in other.rows(0, 100)} == {""}


def test_a_collection_stands_beside_saved_searches_that_have_its_name(filled: Path, tmp_path: Path) -> None:
    long = "Кабель " * 17
    with Library.open(filled, write=True) as library:
        library.collect(library.make_collection(long).num, [_id(library, "кабель в проливе.txt")])
    pack = _pack(filled, tmp_path / "a.pack")
    with Library.open(tmp_path / "other", write=True) as other:
        for name in (long, f"{long[:100]} (pack)"):
            other.make_collection(name, "cable")
        for _ in range(2):
            run(other.merge_pack(pack))
        (collection,) = [one for one in other.collections() if one.query is None]
        assert (collection.name, collection.count) == (f"{long[:100]} (pack 3)", 1)
