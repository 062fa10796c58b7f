"""Reading many files in worker processes: several small ones a task, a few tasks ahead, results in order."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Iterable, Iterator

from briefing_app.errors import BriefingError
from briefing_app.library.importing.files import Item
from briefing_app.library.importing.pieces import Given, Piece, Read, Sent, pieces_of, read_all, warm_up
from briefing_app.readers.members import read_members
from briefing_app.work.call import Call
from briefing_app.work.limits import Limits, WorkFailed
from briefing_app.work.pool import WorkerPool, worker_count

_SMALL = 128 << 10  # bytes up to which files share a task
_TASK_FILES, _TASK_BYTES = 32, 256 << 10
_AHEAD_BYTES = 32 << 20
_HELD = 4  # messages of one task that wait to be taken in before its worker has to wait
_BEAT = 0.25  # seconds after which somebody who waits for results hears that there are none yet
_HERE = (".txt", ".text", ".md", ".markdown", ".jsonl", ".ndjson", ".jsonlines")
_HERE_BYTES = 64 << 10  # of plain text, that no reader can take long over
_HERE_FILES = 16  # of such files before workers are started at all


Found = tuple[Item, Piece | None]  # a piece of an item, and none at the item's end


class _Channel:
    """What one call sends, from the pool's thread to the importing one; a full channel makes the sender wait."""

    def __init__(self) -> None:
        self._messages: deque[list[Sent]] = deque()
        self._changed = threading.Condition()
        self._open = True

    def put(self, message: list[Sent]) -> None:
        with self._changed:
            self._changed.wait_for(lambda: len(self._messages) < _HELD or not self._open)
            self._messages.append(message)
            self._changed.notify_all()

    def close(self, _: Call | None = None) -> None:
        """No more will come, or no more is wanted."""
        with self._changed:
            self._open = False
            self._changed.notify_all()

    def __iter__(self) -> Iterator[Sent | None]:
        """What was sent, in order; None after each moment in which nothing came."""
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._messages or not self._open, _BEAT)
                if not self._messages and not self._open:
                    return
                message = self._messages.popleft() if self._messages else [None]
                self._changed.notify_all()
            yield from message


class _Task:
    """Items that one call reads. ``given`` counts the members of each that were passed on already."""

    def __init__(self, items: list[Item]) -> None:
        self.items = items
        self.size = sum(_size(item) for item in items)
        self.channel = _Channel()
        self.call: Call | None = None

    def start(self, pool: WorkerPool, read: Read) -> None:
        arguments: list[Given] = [(item.data, item.file_name, item.beside) for item in self.items]
        self.call = pool.submit(read_all, arguments, read, on_item=self.channel.put, on_done=self.channel.close)

    @property
    def error(self) -> BriefingError | None:
        return self.call.error if self.call is not None else None


class ReadingAhead:
    """Reads items in a pool of workers and gives what is in them in the items' order.

    A worker that crashes, hangs or runs out of memory costs only the item that it was at: the others of its task
    are read again, each in a task of its own. Until workers are up, small plain texts are read in this process.
    """

    def __init__(self, read: Read, limits: Limits) -> None:
        self._read = read
        self._pool = WorkerPool(limits=limits, what="the reader")
        self._tasks: deque[_Task] = deque()
        self._warming: list[Call] = []
        self._read_here = 0

    def __enter__(self) -> ReadingAhead:
        return self

    def __exit__(self, *_: object) -> None:
        for task in self._tasks:
            task.channel.close()
        self._pool.close()

    def results(self, items: Iterable[Item]) -> Iterator[Found | None]:
        """What is in each item; None now and then while nothing comes.

        A piece of a failed item may be its last, with the reason as its problem.
        """
        gathered: list[Item] = []
        size = 0
        for item in items:
            if not gathered and not self._tasks and self._is_read_here(item):
                yield from ((item, piece) for piece in pieces_of(self._read, item.data, item.file_name))
                yield item, None
                continue
            if gathered and (_size(item) > _SMALL or size + _size(item) > _TASK_BYTES):
                self._start(gathered)
                gathered, size = [], 0
            gathered.append(item)
            size += _size(item)
            if len(gathered) >= _TASK_FILES or size > _SMALL:
                self._start(gathered)
                gathered, size = [], 0
            while len(self._tasks) > worker_count() * 3 or self._bytes_ahead() > _AHEAD_BYTES:
                yield from self._finish()
        if gathered:
            self._start(gathered)
        while self._tasks:
            yield from self._finish()

    def _is_read_here(self, item: Item) -> bool:
        """True for a small plain text as long as no worker is up, which are started after some of them."""
        if not item.file_name.lower().endswith(_HERE) or len(item.data) > _HERE_BYTES or b"\0" in item.data:
            return False
        if self._read is not read_members or any(call.is_done for call in self._warming):
            return False
        self._read_here += 1
        if self._read_here == _HERE_FILES:
            self._warm()
        return True

    def _warm(self) -> None:
        if not self._warming:
            self._warming = [self._pool.submit(warm_up) for _ in range(self._pool.size)]

    def _bytes_ahead(self) -> int:
        return sum(task.size for task in self._tasks)

    def _start(self, items: list[Item]) -> None:
        task = _Task(items)
        self._tasks.append(task)
        task.start(self._pool, self._read)

    def _finish(self) -> Iterator[Found | None]:
        """Everything that the oldest task finds."""
        task = self._tasks[0]
        given = [0] * len(task.items)
        done = 0
        for sent in task.channel:
            if sent is None:
                yield None
                continue
            number, piece = sent
            yield task.items[number], piece
            given[number] += 1
            done += piece is None
        error = task.error
        if error is not None:
            rest = task.items[done:]
            for item, passed_on in zip(rest, given[done:], strict=True):
                yield from self._alone(item, passed_on) if len(task.items) > 1 else _failed(item, error)
        self._tasks.popleft()

    def _alone(self, item: Item, passed_on: int) -> Iterator[Found | None]:
        """Read one item of a task that failed by itself; ``passed_on`` of its members were given already."""
        task = _Task([item])
        task.start(self._pool, self._read)
        self._tasks.append(task)
        met = 0
        try:
            for sent in task.channel:
                if sent is None:
                    yield None
                    continue
                if sent[1] is None or met >= passed_on:
                    yield item, sent[1]
                met += 1
            if task.error is not None:
                yield from _failed(item, task.error)
        finally:
            task.channel.close()
            self._tasks.remove(task)


def _size(item: Item) -> int:
    return len(item.data) + sum(len(data) for data in item.beside.values())


def _failed(item: Item, error: BriefingError) -> Iterator[Found]:
    yield item, Piece(None, item.file_name, problem=in_words(item.file_name, error))
    yield item, None


def in_words(name: str, error: BriefingError) -> str:
    """Why a file could not be read, with its name."""
    if not isinstance(error, WorkFailed):
        return str(error)
    match error.cause:
        case "time" | "memory":
            return f"Reading “{name}” {error.reason}, and was stopped."
        case "crash":
            return f"“{name}” made {error.reason.removesuffix(' crashed')} crash."
        case _:
            return f"Reading “{name}” came to {error.reason}."
