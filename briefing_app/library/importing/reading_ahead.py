"""Reading many files in worker processes: several small ones a task, a few tasks ahead, results in order."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from briefing_app.errors import BriefingError
from briefing_app.library.store.packing import Packed, packed_form
from briefing_app.model.reading import Reading
from briefing_app.readers.members import Member
from briefing_app.work.call import Call
from briefing_app.work.limits import Limits
from briefing_app.work.pool import WorkerPool, worker_count

Read = Callable[[bytes, str], Reading | Iterable[Member]]

_SMALL = 128 << 10  # bytes up to which files share a task
_TASK_FILES, _TASK_BYTES = 32, 256 << 10
_AHEAD_BYTES = 32 << 20
_SEND_SECONDS, _SEND_BYTES = 0.05, 256 << 10
_HELD = 4  # messages of one task that wait to be taken in before its worker has to wait


@dataclass(frozen=True, slots=True)
class Unread:
    """A file, or the part ``member`` of a large one, whose bytes are to be read; ``number`` is the file's."""

    number: int
    path: Path
    member: str | None
    file_name: str
    data: bytes = field(repr=False)


Sent = tuple[int, Member | None, Packed | None]  # by the item's number; without a member at the item's end
Found = tuple[Unread, Member | None, Packed | None]  # the same, with the item


def read_all(items: list[tuple[bytes, str]], read: Read) -> Generator[list[Sent]]:
    """Read several items one after another, and pack what is in them for the library.

    It runs in a worker. What is found is sent when enough has gathered or some time has gone by, so that the time
    limit is that of one slow item and not of many.
    """
    found: list[Sent] = []
    size, since = 0, time.monotonic()
    for number, (data, name) in enumerate(items):
        for member in members_of(read, data, name):
            found.append((number, member, _packed(member, data)))
            size += _weight(member)
            if size > _SEND_BYTES or time.monotonic() - since > _SEND_SECONDS:
                yield found
                found, size, since = [], 0, time.monotonic()
        found.append((number, None, None))
    yield found


def members_of(read: Read, data: bytes, name: str) -> Iterator[Member]:
    """What ``read`` gives for one item; a file that cannot be read is a member with a problem."""
    try:
        given = read(data, name)
        if isinstance(given, Reading):
            yield Member(file_name=name, reading=given)
        else:
            yield from given
    except BriefingError as error:
        yield Member(file_name=name, problem=str(error))


def _packed(member: Member, data: bytes) -> Packed | None:
    if member.reading is None:
        return None
    return packed_form(data if member.data is None else member.data, member.reading.text)


def _weight(member: Member) -> int:
    return 200 + len(member.data or b"") + (len(member.reading.text) if member.reading else 0)


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

    def __iter__(self) -> Iterator[list[Sent]]:
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._messages or not self._open)
                if not self._messages:
                    return
                message = self._messages.popleft()
                self._changed.notify_all()
            yield message


class _Task:
    """Items that one call reads. ``given`` counts the members of each that were passed on already."""

    def __init__(self, items: list[Unread]) -> None:
        self.items = items
        self.size = sum(len(item.data) for item in items)
        self.channel = _Channel()
        self.call: Call | None = None

    def start(self, pool: WorkerPool, read: Read) -> None:
        arguments = [(item.data, item.file_name) for item in self.items]
        self.call = pool.submit(read_all, arguments, read, on_item=self.channel.put, on_done=self.channel.close)


class ReadingAhead:
    """Reads items in a pool of workers and gives what is in them in the items' order.

    A worker that crashes, hangs or runs out of memory costs only the item that it was at: the others of its task
    are read again, each in a task of its own.
    """

    def __init__(self, read: Read, limits: Limits) -> None:
        self._read = read
        self._pool = WorkerPool(limits=limits, what="the reader")
        self._tasks: deque[_Task] = deque()

    def __enter__(self) -> ReadingAhead:
        return self

    def __exit__(self, *_: object) -> None:
        for task in self._tasks:
            task.channel.close()
        self._pool.close()

    def results(self, items: Iterable[Unread]) -> Iterator[Found]:
        """What is in each item. A member of a failed item may be its last, with the reason as its problem."""
        gathered: list[Unread] = []
        size = 0
        for item in items:
            if gathered and (len(item.data) > _SMALL or size + len(item.data) > _TASK_BYTES):
                self._start(gathered)
                gathered, size = [], 0
            gathered.append(item)
            size += len(item.data)
            if len(gathered) >= _TASK_FILES or size > _SMALL:
                self._start(gathered)
                gathered, size = [], 0
            while len(self._tasks) > worker_count() * 3 or self._bytes_ahead() > _AHEAD_BYTES:
                yield from self._finish()
        if gathered:
            self._start(gathered)
        while self._tasks:
            yield from self._finish()

    def _bytes_ahead(self) -> int:
        return sum(task.size for task in self._tasks)

    def _start(self, items: list[Unread]) -> None:
        task = _Task(items)
        self._tasks.append(task)
        task.start(self._pool, self._read)

    def _finish(self) -> Iterator[Found]:
        """Everything that the oldest task finds."""
        task = self._tasks[0]
        given = [0] * len(task.items)
        done = 0
        for number, member, packed in _flat(task.channel):
            yield task.items[number], member, packed
            given[number] += 1
            done += member is None
        error = _error(task.call)
        if error is not None:
            rest = task.items[done:]
            for item, passed_on in zip(rest, given[done:], strict=True):
                yield from self._alone(item, passed_on) if len(task.items) > 1 else _failed(item, error)
        self._tasks.popleft()

    def _alone(self, item: Unread, passed_on: int) -> Iterator[Found]:
        """Read one item of a task that failed by itself; ``passed_on`` of its members were given already."""
        task = _Task([item])
        task.start(self._pool, self._read)
        self._tasks.append(task)
        try:
            for met, (_, member, packed) in enumerate(_flat(task.channel)):
                if member is None or met >= passed_on:
                    yield item, member, packed
            error = _error(task.call)
            if error is not None:
                yield from _failed(item, error)
        finally:
            task.channel.close()
            self._tasks.remove(task)


def _flat(channel: _Channel) -> Iterator[Sent]:
    for message in channel:
        yield from message


def _error(call: Call | None) -> BriefingError | None:
    return call.error if call is not None else None


def _failed(item: Unread, error: BriefingError) -> Iterator[Found]:
    yield item, Member(file_name=item.file_name, problem=str(error)), None
    yield item, None, None
