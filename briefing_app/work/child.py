"""The inside of a worker process: takes calls one after another and sends back what they give.

A call is a module's function and its arguments. A function that is a generator has what it yields sent back as it
comes, and its return value as the result.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import signal
import threading
import traceback
from collections.abc import Callable, Generator
from multiprocessing import connection, parent_process
from multiprocessing.connection import Connection
from typing import Any

from briefing_app.errors import BriefingError
from briefing_app.work.limits import Limits, limit_memory

READY, ITEM, RESULT, ERROR, FAULT, MEMORY = "ready", "item", "result", "error", "fault", "memory"


def main(channel: Connection) -> None:
    """Serve calls until the parent closes the channel or ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to handle
    threading.Thread(target=_end_with_parent, daemon=True).start()
    with contextlib.suppress(ConnectionError, EOFError):  # the parent has ended, and so does this
        channel.send((READY, os.getpid()))
        _serve_all(channel)


def _serve_all(channel: Connection) -> None:
    while True:
        try:
            function, arguments, limits = pickle.loads(channel.recv_bytes())
        except (EOFError, OSError):
            return
        except Exception as error:  # the call cannot be unpickled here: the caller's fault, told to the caller
            channel.send((FAULT, (f"could not be started ({error})", traceback.format_exc())))
            continue
        if not _serve(channel, function, arguments, limits):
            return


def _serve(channel: Connection, function: Callable[..., Any], arguments: tuple[Any, ...], limits: Limits) -> bool:
    """Run one call; false where the process is no longer fit for another."""
    try:
        limit_memory(limits.memory)
        try:
            result = function(*arguments)
            if isinstance(result, Generator):
                result = _stream(channel, result)
            message = pickle.dumps((RESULT, result), pickle.HIGHEST_PROTOCOL)
        finally:
            limit_memory(None)
        channel.send_bytes(message)
    except MemoryError:
        channel.send((MEMORY, None))
        return False
    except BriefingError as error:
        channel.send((ERROR, error))
    except (BrokenPipeError, EOFError):
        return False
    except Exception as error:  # a call's unexpected fault must not end the worker; the parent gets it whole
        reason = f"an unexpected fault ({type(error).__name__}: {error})"
        channel.send((FAULT, (reason[:500], traceback.format_exc())))
    return True


def _stream(channel: Connection, items: Generator[Any, None, Any]) -> Any:
    while True:
        try:
            item = next(items)
        except StopIteration as end:
            return end.value
        channel.send((ITEM, item))


def _end_with_parent() -> None:
    """End at once when the parent has ended, however that happened, so that no worker is left behind."""
    parent = parent_process()
    if parent is not None:
        connection.wait([parent.sentinel])
        os._exit(1)
