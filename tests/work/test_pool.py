"""Worker processes do their work, keep their limits, and are replaced when they break them."""

from __future__ import annotations

import contextlib
import multiprocessing
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from briefing_app.errors import BriefingError, Cancelled, NotVerbatim
from briefing_app.work.call import Call
from briefing_app.work.limits import Limits, WorkFailed
from briefing_app.work.pool import WorkerPool, results
from briefing_app.work.progress import Progress
from tests.work import tasks

MEGABYTE = 1 << 20


@pytest.fixture(scope="module")
def pool() -> Iterator[WorkerPool]:
    with WorkerPool(1, what="the reader") as pool:
        yield pool


def test_a_call_runs_in_another_process_and_gives_its_result(pool: WorkerPool) -> None:
    assert pool.run(tasks.double, 21) == 42
    assert pool.run(tasks.process_id) != multiprocessing.current_process().pid


def test_large_data_goes_in_whole(pool: WorkerPool) -> None:
    assert pool.run(tasks.length, bytes(20 * MEGABYTE)) == 20 * MEGABYTE


def test_progress_comes_as_it_is_made_and_the_result_after_it(pool: WorkerPool) -> None:
    job = results(pool.submit(tasks.steps, 3))
    assert [next(job) for _ in range(3)] == [Progress(step, 3, f"step {step}") for step in (1, 2, 3)]
    with pytest.raises(StopIteration) as end:
        next(job)
    assert end.value.value == "all done"


@pytest.mark.parametrize(
    ("function", "arguments", "limits", "reason"),
    [
        (tasks.hang, (), Limits(seconds=0.2), "took longer than 0.2 s"),
        (tasks.crash, (), Limits(), "the reader crashed"),
        (tasks.leave, (), Limits(), "the reader crashed"),
        (tasks.stumble, (), Limits(), "an unexpected fault (KeyError: 'no such key')"),
        pytest.param(
            tasks.eat,
            (800 * MEGABYTE,),
            Limits(memory=256 * MEGABYTE),
            "needed more than 256 MB of memory",
            marks=pytest.mark.skipif(sys.platform != "linux", reason="only Linux limits address space"),
        ),
    ],
)
def test_a_call_that_breaks_a_limit_fails_in_plain_words_and_the_next_one_works(
    pool: WorkerPool, function: object, arguments: tuple[object, ...], limits: Limits, reason: str
) -> None:
    with pytest.raises(WorkFailed) as failed:
        pool.run(function, *arguments, limits=limits)  # type: ignore[arg-type]
    assert failed.value.reason == reason
    assert isinstance(failed.value, BriefingError)
    assert pool.run(tasks.double, 2) == 4


def test_errors_for_the_analyst_come_back_as_themselves(pool: WorkerPool) -> None:
    with pytest.raises(BriefingError, match="encrypted") as refused:
        pool.run(tasks.refuse)
    assert refused.value.remedy == "Save it without a password."
    with pytest.raises(NotVerbatim) as near:
        pool.run(tasks.not_verbatim)
    assert (near.value.nearest, near.value.start, near.value.end) == ("close by", 3, 11)


def test_a_result_that_cannot_be_sent_is_a_failure_and_not_a_hang(pool: WorkerPool) -> None:
    with pytest.raises(WorkFailed):
        pool.run(tasks.give_what_cannot_be_sent)
    assert pool.run(tasks.double, 3) == 6


def test_a_cancelled_call_ends_at_once_and_its_process_is_replaced(pool: WorkerPool, tmp_path: Path) -> None:
    started = threading.Event()
    call = pool.submit(
        tasks.announce_and_hang, str(tmp_path / "pid"), on_item=lambda _: started.set(), limits=Limits(seconds=None)
    )
    assert started.wait(30)
    call.cancel()
    with pytest.raises(Cancelled):
        call.result()
    assert pool.run(tasks.process_id) != int((tmp_path / "pid").read_text())


def test_the_newest_request_wins(pool: WorkerPool) -> None:
    ended: list[Call] = []
    started = threading.Event()
    first = pool.submit(
        tasks.announce_and_hang,
        "/dev/null",
        supersedes="preview",
        on_item=lambda _: started.set(),
        on_done=ended.append,
    )
    assert started.wait(30)
    second = pool.submit(tasks.double, 1, supersedes="preview")
    third = pool.submit(tasks.double, 5, supersedes="preview")
    assert third.result() == 10
    assert isinstance(first.error, Cancelled)
    assert first in ended
    with contextlib.suppress(Cancelled):  # it may have ended before the third came
        assert second.result() == 2


def test_closing_the_stream_of_a_job_cancels_it(pool: WorkerPool) -> None:
    call = pool.submit(tasks.announce_and_hang, "/dev/null", limits=Limits(seconds=None))
    job = results(call)
    next(job)
    job.close()
    assert isinstance(call.error, Cancelled)


def test_nothing_starts_before_it_is_needed_and_nothing_is_left_after_it() -> None:
    before = set(multiprocessing.active_children())
    pool = WorkerPool(2)
    assert set(multiprocessing.active_children()) <= before
    calls = [pool.submit(tasks.process_id) for _ in range(6)]
    assert 1 <= len({call.result() for call in calls}) <= 2
    waiting = pool.submit(tasks.hang)
    pool.close()
    assert isinstance(waiting.error, Cancelled)
    assert set(multiprocessing.active_children()) <= before


def test_a_program_that_ends_without_closing_its_pool_leaves_no_process(tmp_path: Path, repository: Path) -> None:
    script = tmp_path / "program.py"
    script.write_text(
        "from briefing_app.work.pool import WorkerPool\n"
        "from tests.work import tasks\n"
        "if __name__ == '__main__':\n"
        "    pool = WorkerPool(1)\n"
        "    print(pool.run(tasks.process_id))\n"
        "    pool.submit(tasks.hang)\n"
    )
    ended = subprocess.run(
        [sys.executable, str(script)],
        env={"PYTHONPATH": str(repository), "PATH": ""},
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert ended.stderr == ""
    assert not Path(f"/proc/{int(ended.stdout)}").exists()
