"""The guards of tests/conftest.py do what they say."""

import os
import socket
import threading
from pathlib import Path

import pytest

from briefing_app.app import paths


def test_a_connection_is_refused(network_attempts: list[str]) -> None:
    with socket.socket() as sock, pytest.raises(RuntimeError, match="network is closed"):
        sock.connect(("127.0.0.1", 9))
    assert len(network_attempts) == 1
    network_attempts.clear()


def test_a_name_is_not_looked_up(network_attempts: list[str]) -> None:
    with pytest.raises(RuntimeError, match="network is closed"):
        socket.getaddrinfo("example.org", 80)
    assert len(network_attempts) == 1
    network_attempts.clear()


def test_a_swallowed_attempt_fails_the_test(pytester: pytest.Pytester, repository: Path) -> None:
    pytester.makeconftest((repository / "tests" / "conftest.py").read_text(encoding="utf-8"))
    pytester.makepyfile(
        """
        import contextlib, socket

        def test_swallows():
            with contextlib.suppress(Exception), socket.socket() as sock:
                sock.connect(("127.0.0.1", 9))
        """
    )
    result = pytester.runpytest_subprocess("-p", "no:cacheprovider")
    result.assert_outcomes(passed=1, errors=1)
    result.stdout.fnmatch_lines(["*this test used the network*"])


@pytest.mark.skipif(not hasattr(socket, "AF_UNIX"), reason="this system has no Unix sockets")
def test_a_unix_socket_is_let_through(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with socket.socket(socket.AF_UNIX) as server, socket.socket(socket.AF_UNIX) as client:
        server.bind("s")
        server.listen()
        thread = threading.Thread(target=lambda: server.accept()[0].close())
        thread.start()
        client.connect("s")
        thread.join()


def test_every_user_folder_lies_in_the_tests_home(briefing_home: Path) -> None:
    for folder in (
        paths.user_data_dir(),
        paths.user_state_dir(),
        paths.user_templates_dir(),
        paths.default_library_dir(),
        paths.demo_library_dir(),
    ):
        assert folder.is_relative_to(briefing_home)


def test_qt_has_no_screen() -> None:
    assert os.environ["QT_QPA_PLATFORM"] == "offscreen" or "DISPLAY" in os.environ
