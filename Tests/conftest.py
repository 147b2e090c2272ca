"""Fixtures of the end-to-end and attack tests. Every test that takes `server` runs once per mode.

SANDBOA_BIN names a server to test instead of the one in .build/release; it has to be installed
where an ordinary user can read it.
"""

from __future__ import annotations

import os
import shutil
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from Harness import leaks
from Harness.client import StdioClient
from Harness.server import Server, install, modes, scratch


# Servers are to start with the usual signals, even when these tests run under nohup: a handler here
# is the default there.
if signal.getsignal(signal.SIGHUP) == signal.SIG_IGN:
    signal.signal(signal.SIGHUP, lambda *_: None)


@pytest.fixture(scope="session")
def workshop() -> Iterator[Path]:
    """A directory for this test run."""
    with scratch() as folder:
        yield Path(folder)


@pytest.fixture(scope="session")
def program(workshop: Path) -> Path:
    """The server's program."""
    chosen = os.environ.get("SANDBOA_BIN")
    return Path(chosen) if chosen else install(workshop)


@pytest.fixture(scope="session", params=modes())
def server(request: pytest.FixtureRequest, program: Path, workshop: Path) -> Server:
    """The server as root, and again as an ordinary user."""
    return Server.make(request.param, program, workshop)


@pytest.fixture(scope="session")
def data_environment(server: Server) -> None:
    """The environment of the `sci` template, built once per mode."""
    server.build_environment("data")


@pytest.fixture
def place(server: Server, tmp_path: Path) -> Iterator[Path]:
    """A folder of a test's own that the server's user may use."""
    folder = server.home.parent / f"place-{server.mode}-{tmp_path.name}"
    folder.mkdir()
    server.give(folder)
    yield folder
    shutil.rmtree(folder)


@pytest.fixture
def client(server: Server) -> Iterator[StdioClient]:
    """A plain client that has greeted a server of its own."""
    with server.connect() as client:
        client.greet()
        yield client


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture(scope="session", autouse=True)
def orphans_are_adopted() -> None:
    leaks.adopt_orphans()


@pytest.fixture(scope="module", autouse=True)
def nothing_is_left_behind(orphans_are_adopted: None, workshop: Path) -> Iterator[None]:
    """Fails a suite that leaves a process, a mount, a cgroup or a temporary file."""
    before = leaks.Traces.now()
    yield
    left = leaks.left_since(before)
    assert not left, "left behind: " + "; ".join(left)
