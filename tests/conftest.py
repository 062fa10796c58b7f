"""What holds for every test: no screen, no network, no file outside its own folder."""

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # before anything imports Qt

import socket
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

# No test asserts a time of the clock: a busy machine fails nothing. The build server tries the same examples each time.
settings.register_profile("house", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("server", settings.get_profile("house"), derandomize=True)
settings.load_profile("server" if os.environ.get("CI") else "house")

pytest_plugins = ["pytester"]  # for the tests of the guards below

REPOSITORY = Path(__file__).resolve().parents[1]

_SOCKET_EVENTS = {"socket.connect", "socket.bind", "socket.sendto", "socket.sendmsg"}
_LOOKUP_EVENTS = {"socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr"}
_attempts: list[str] = []


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--regen", action="store_true", help="write the golden files anew, instead of comparing")


class NetworkBlocked(RuntimeError):
    """A test tried to use the network, which the product never does."""


def _refuse_network(event: str, args: tuple[object, ...]) -> None:
    if event in _SOCKET_EVENTS:
        sock, address = args[0], args[1]
        if isinstance(sock, socket.socket) and sock.family == getattr(socket, "AF_UNIX", None):
            return
        attempt = f"{event} {address!r}"
    elif event in _LOOKUP_EVENTS:
        attempt = f"{event} {args[0]!r}"
    else:
        return
    _attempts.append(attempt)
    raise NetworkBlocked(f"the network is closed in tests: {attempt}")


sys.addaudithook(_refuse_network)


@pytest.fixture
def network_attempts() -> list[str]:
    """The refused attempts of this test; one that makes them on purpose clears the list."""
    return _attempts


@pytest.fixture(autouse=True)
def _no_network() -> Iterator[None]:
    """Fail the test that tried to use the network even where the code under test swallowed the refusal."""
    _attempts.clear()
    yield
    attempts, _attempts[:] = list(_attempts), []
    assert not attempts, f"this test used the network: {attempts}"


@pytest.fixture(scope="session", autouse=True)
def _home_of_session(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Fixtures wider than one test get a home of their own too."""
    os.environ["BRIEFING_HOME"] = str(tmp_path_factory.mktemp("home"))


@pytest.fixture(autouse=True)
def briefing_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty home for this test: the user's data, state and templates all lie under it."""
    home = tmp_path / "home"
    monkeypatch.setenv("BRIEFING_HOME", str(home))
    return home


@pytest.fixture(scope="session")
def repository() -> Path:
    return REPOSITORY


@pytest.fixture(scope="session")
def corpus() -> Path:
    """The shared test corpus, which is not part of the repository; mark the test with `corpus` too."""
    folder = Path(os.environ.get("BRIEFING_CORPUS") or REPOSITORY.parent / "shared" / "corpus")
    if not folder.is_dir():
        pytest.skip(f"the test corpus is not here: {folder} (set BRIEFING_CORPUS to its folder)")
    return folder


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Compare a text with the golden file of that name under tests/; `--regen` writes the file anew."""

    def compare(name: str, text: str) -> None:
        file = REPOSITORY / "tests" / name
        if request.config.getoption("--regen"):
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8", newline="\n")
        assert text == file.read_text(encoding="utf-8"), f"{name} differs; see what changed, then use --regen"

    return compare
