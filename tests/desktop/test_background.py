"""Work beside the window: results and errors come to the main thread, in order, and not after a cancel."""

from __future__ import annotations

import threading
from collections.abc import Generator, Iterator

import pytest
from pytestqt.qtbot import QtBot

from briefing_app.desktop.background import Lane


@pytest.fixture
def lane(qapp: object) -> Iterator[Lane]:
    made = Lane("test")
    yield made
    made.close(wait=5.0)


def test_results_come_in_order_to_the_main_thread(qtbot: QtBot, lane: Lane) -> None:
    seen: list[tuple[int, str]] = []
    for number in range(5):
        lane.run(lambda number=number: (number, threading.current_thread().name), seen.append)
    threads: list[str] = []
    lane.run(lambda: None, lambda _: threads.append(threading.current_thread().name))
    qtbot.waitUntil(lambda: bool(threads))
    assert seen == [(number, "test") for number in range(5)]
    assert threads == ["MainThread"]


def test_an_error_is_handed_over_and_the_lane_goes_on(qtbot: QtBot, lane: Lane) -> None:
    errors: list[Exception] = []
    done: list[int] = []
    lane.run(lambda: 1 // 0, None, errors.append)
    lane.run(lambda: 7, done.append)
    qtbot.waitUntil(lambda: bool(done))
    assert isinstance(errors[0], ZeroDivisionError)
    assert done == [7]


def test_a_cancelled_job_is_closed_and_says_nothing_more(qtbot: QtBot, lane: Lane) -> None:
    closed = threading.Event()
    go_on = threading.Semaphore(1)
    steps: list[int] = []

    def job() -> Generator[int, None, str]:
        try:
            for number in range(1000):
                go_on.acquire()
                yield number
            return "end"
        finally:
            closed.set()

    told: list[object] = []
    ticket = lane.follow(job, steps.append, told.append, told.append)
    qtbot.waitUntil(lambda: bool(steps))
    ticket.cancel()
    go_on.release()
    assert closed.wait(5)
    later: list[int] = []
    lane.run(lambda: 1, later.append)
    qtbot.waitUntil(lambda: bool(later))
    assert told == []
    assert steps == [0]


def test_an_answer_for_a_part_of_a_window_that_was_deleted_is_dropped(qtbot: QtBot, lane: Lane) -> None:
    from PySide6.QtWidgets import QLabel
    from shiboken6 import delete

    label = QLabel()
    go_on = threading.Event()
    lane.run(lambda: go_on.wait() and "late", label.setText)
    lane.run(lambda: "later", lambda text: label.setText(text))
    delete(label)
    go_on.set()
    done: list[int] = []
    lane.run(lambda: 7, done.append)
    qtbot.waitUntil(lambda: bool(done))
