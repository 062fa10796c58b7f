"""Worker processes: functions run in children with limits; a child that breaks one is killed and replaced."""

from __future__ import annotations

import atexit
import contextlib
import multiprocessing
import os
import pickle
import queue
import threading
import time
import weakref
from collections.abc import Callable, Generator
from multiprocessing import connection
from typing import Any

from briefing_app.errors import BriefingError
from briefing_app.work import child
from briefing_app.work.call import Call
from briefing_app.work.limits import Limits, WorkFailed, needed_too_much, took_too_long

_START_SECONDS = 60.0  # for a child to come up on a slow machine
_AT_MOST = 4
_DEFAULT = Limits()


def worker_count() -> int:
    """How many workers a pool has: one for each processor this process may use, four at most."""
    available = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return max(1, min(available, _AT_MOST))


class WorkerPool:
    """A few worker processes that are started when they are first needed.

    ``what`` names the work in messages ("the reader crashed"). It may be used from any thread; callbacks come on
    threads of its own. Functions and arguments must be picklable, which means functions of modules. It is not
    for work that needs this process's state.
    """

    def __init__(self, size: int | None = None, *, limits: Limits = _DEFAULT, what: str = "the worker") -> None:
        self.size = size or worker_count()
        self._limits = limits
        self._what = what
        self._waiting: queue.SimpleQueue[Call | None] = queue.SimpleQueue()
        self._lock = threading.Lock()
        self._threads: list[threading.Thread] = []
        self._outstanding = 0
        self._running: set[Call] = set()
        self._newest: dict[str, Call] = {}
        self._closed = False
        _pools.add(self)

    def submit(
        self,
        function: Callable[..., Any],
        *arguments: Any,
        limits: Limits | None = None,
        supersedes: str = "",
        on_item: Callable[[Any], None] | None = None,
        on_done: Callable[[Call], None] | None = None,
    ) -> Call:
        """Run ``function(*arguments)`` in a worker and give the Call to wait on, or to cancel.

        A call with the key ``supersedes`` cancels an earlier one with that key which has not ended, so that the
        newest request wins. ``on_item`` gets what a generator yields as it comes, ``on_done`` the ended call; both
        run on a thread of the pool. ``on_done`` must be quick; an ``on_item`` that takes its time slows the worker.
        """
        message = pickle.dumps((function, arguments, limits or self._limits), pickle.HIGHEST_PROTOCOL)
        call = Call(message, limits or self._limits, on_item, on_done)
        with self._lock:
            if self._closed:
                raise RuntimeError("the pool is closed")
            previous = self._newest.get(supersedes) if supersedes else None
            if supersedes:
                self._newest[supersedes] = call
            self._outstanding += 1
            if len(self._threads) < min(self.size, self._outstanding):
                thread = threading.Thread(target=self._serve, name="worker", daemon=True)
                self._threads.append(thread)
                thread.start()
        if previous is not None:
            previous.cancel()
        self._waiting.put(call)
        return call

    def run(self, function: Callable[..., Any], *arguments: Any, limits: Limits | None = None) -> Any:
        """Run a function in a worker and wait for its result; raises as ``Call.result`` does."""
        return self.submit(function, *arguments, limits=limits).result()

    def close(self) -> None:
        """Cancel what runs or waits and end every worker. May be called twice."""
        with self._lock:
            if self._closed:
                return
            self._closed = True
            threads = list(self._threads)
        with contextlib.suppress(queue.Empty):
            while True:
                waiting = self._waiting.get_nowait()
                if waiting is not None:
                    waiting.cancel()
        with self._lock:
            running = list(self._running)
        for call in running:
            call.cancel()
        for _ in threads:
            self._waiting.put(None)
        for thread in threads:
            if thread is not threading.current_thread():
                thread.join()

    def __enter__(self) -> WorkerPool:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _serve(self) -> None:
        """One thread for each worker: takes calls and sees each through, with a new child after a broken one."""
        worker = _Worker(self._what)
        while True:
            call = self._waiting.get()
            if call is None:
                break
            with self._lock:
                self._running.add(call)
            worker.see_through(call)
            with self._lock:
                self._running.discard(call)
                self._outstanding -= 1
        worker.stop()


class _Worker:
    """One child process, or none yet. Only its own thread uses it, but for the kill of a cancelled call."""

    def __init__(self, what: str) -> None:
        self._what = what
        self._process: multiprocessing.process.BaseProcess | None = None
        self._channel: connection.Connection | None = None

    def see_through(self, call: Call) -> None:
        """Run the call in the child and end it with its result or with what went wrong."""
        if call.is_done:
            return
        try:
            process, channel = self._ready()
            if not call.begin(process.kill):
                return
            try:
                channel.send_bytes(call.message)
                self._follow(call, process, channel)
            except (ConnectionError, EOFError):
                raise self._crashed() from None
            except (pickle.UnpicklingError, TypeError, AttributeError, ImportError) as error:
                raise WorkFailed(f"gave a result that cannot be passed on ({error})") from error
        except BriefingError as error:
            call.fail(error)
        except OSError as error:
            call.fail(WorkFailed(f"no worker process could be started ({error})", cause="crash"))
        finally:
            call.end_of_child()
            if self._process is not None and not self._process.is_alive():
                self._discard()

    def _follow(self, call: Call, process: multiprocessing.process.BaseProcess, channel: connection.Connection) -> None:
        seconds = call.limits.seconds
        deadline = None if seconds is None else time.monotonic() + seconds
        while True:
            left = None if deadline is None else max(0.0, deadline - time.monotonic())
            ready = connection.wait([channel, process.sentinel], left)
            if channel not in ready:
                if ready:
                    raise self._crashed()
                self._discard()
                raise took_too_long(call.limits)
            kind, value = channel.recv()
            match kind:
                case child.ITEM:
                    call.item(value)
                    deadline = None if seconds is None else time.monotonic() + seconds
                    continue
                case child.RESULT:
                    call.finish(value)
                case child.ERROR:
                    call.fail(value)
                case child.FAULT:
                    call.fail(WorkFailed(value[0], details=value[1]))
                case child.MEMORY:
                    self._discard()
                    raise needed_too_much(call.limits)
            return

    def _crashed(self) -> WorkFailed:
        self._discard()
        return WorkFailed(f"{self._what} crashed", cause="crash")

    def _ready(self) -> tuple[multiprocessing.process.BaseProcess, connection.Connection]:
        """A child that is up and idle."""
        if self._process is not None and self._channel is not None:
            if self._process.is_alive():
                return self._process, self._channel
            self._discard()
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe()
        process = context.Process(target=child.main, args=(theirs,), name="briefing-worker", daemon=True)
        process.start()
        theirs.close()
        self._process, self._channel = process, ours
        try:
            if connection.wait([ours, process.sentinel], _START_SECONDS) and ours.poll():
                ours.recv()
                return process, ours
        except (EOFError, OSError):
            pass
        self._discard()
        raise WorkFailed("no worker process could be started", cause="crash")

    def _discard(self) -> None:
        """Kill the child and take its leavings away; the next call gets a new one."""
        if self._process is not None:
            self._process.kill()
            self._process.join()
            self._process.close()
        if self._channel is not None:
            self._channel.close()
        self._process = self._channel = None

    def stop(self) -> None:
        """Let an idle child end."""
        self._discard()


_pools: weakref.WeakSet[WorkerPool] = weakref.WeakSet()


@atexit.register
def _close_all() -> None:
    for pool in list(_pools):
        pool.close()


def results(call: Call) -> Generator[Any, None, Any]:
    """What a call's generator yields, as it comes, with the call's result as this one's; closing it cancels."""
    items: queue.SimpleQueue[Any] = queue.SimpleQueue()
    end = object()
    call.listen(items.put, lambda _: items.put(end))
    try:
        while (item := items.get()) is not end:
            yield item
    except GeneratorExit:
        call.cancel()
        raise
    return call.result()
