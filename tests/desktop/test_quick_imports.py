"""Modules imported after Qt are left alone by it, so that two threads may import pydantic at once."""

import subprocess
import sys

CODE = """
import sys, inspect
from briefing_app.desktop import quick_imports
seen = []
inspect.getsource = lambda module: seen.append(module) or ""
import threading
def load():
    import pydantic
    pydantic.TypeAdapter(int)
threads = [threading.Thread(target=load) for _ in range(4)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
import briefing_app.desktop.window
assert not seen, seen[:3]
print("quiet")
"""


def test_qt_does_not_read_what_is_imported_after_it() -> None:
    result = subprocess.run([sys.executable, "-c", CODE], capture_output=True, text=True, check=False)
    assert result.stdout == "quiet\n", result.stderr
    assert result.stderr == ""
