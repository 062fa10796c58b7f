"""One command, from its words to its exit code.

Results go to standard output (JSON with ``--json``), messages to standard error. Exit codes: 0 success, 1 a failed
check, export or file, 2 wrong use.
"""

from __future__ import annotations

import errno
import sys
from collections.abc import Sequence

from briefing_app.cli.output import complain, silence, speak_utf8
from briefing_app.cli.words import parse
from briefing_app.errors import BriefingError, NotVerbatim, UsageError

_NO_ROOM = {errno.ENOSPC, errno.EFBIG, errno.EIO, getattr(errno, "EDQUOT", errno.ENOSPC)}


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and give its exit code. Never a traceback for anything an analyst can cause."""
    speak_utf8()
    words = list(sys.argv[1:] if argv is None else argv)
    try:
        arguments = parse(words)
        code: int = arguments.run(arguments)
        if sys.stdout is not None:  # None where the caller has closed it
            sys.stdout.flush()
        return code
    except NotVerbatim as error:
        complain(str(error))
        return 1
    except UsageError as error:
        complain(str(error))
        return 2
    except BriefingError as error:
        complain(str(error))
        return 1
    except KeyboardInterrupt:
        complain("Stopped. What was finished is kept.")
        return 130
    except BrokenPipeError:
        silence()
        return 1
    except OSError as error:
        if error.filename is not None or error.errno not in _NO_ROOM:
            return _unexpected(error)
        silence()
        complain("The results could not be written out: there is no room where they go. Send them somewhere else.")
        return 1
    except Exception as error:  # the last resort of this front end: see docs/architecture.md
        return _unexpected(error)


def _unexpected(error: Exception) -> int:
    from briefing_app.app.faults import record_fault

    log = record_fault(error)
    complain(
        f"Something went wrong that is a fault of the program, not yours ({type(error).__name__}: {error}). "
        f"Your files are unharmed. Details are in {log}."
    )
    return 1
