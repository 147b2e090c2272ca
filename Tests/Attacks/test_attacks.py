"""Runs every file of Payloads through `python_execute`, in each mode, against one living server.

A payload is a Python program that tries one climb from inside and tells what the kernel said. Most
end with a list of the holes they found, so that a failure shows what got through. Its first lines:

    # expect: CLAUSE; CLAUSE; …     required, first: what `structuredContent` has to be like
    # with: NAME …                  put Support/NAME.py in front (`kernel`: raw system calls)
    # each: WORD WORD …             run once per word, given to the program as the name `each`
    # modes: root,user              only for a server started so (both, unless said)
    # profiles: compute,interpreter only under these walls (both, unless said); the prose says why
    # timeout: MILLISECONDS         the call's time limit (10000 unless said)
    # arrange: NAME                 what the runner sets up around it, see `arranged` below
    # anything else                 prose: the attack, and why it should fail

    CLAUSE = FIELD RELATION VALUE
    FIELD: a path into structuredContent: status, error.type, usage.wall_ms
    RELATION: =  equal   in  one of VALUE,VALUE   ~  matches   !~  does not match   <=   >=
    VALUE: a Python literal or a bare word; `None` is an absent field or null. The field `result` is
           the text of the last expression's repr, so an empty list is result='[]'.

The statement after the header is the guard: a payload started outside the walls stops there.

After each payload the server has to answer an ordinary call at once and untouched, and to be back
to the processes, descriptors and mounts it had.
"""

from __future__ import annotations

import os
import re
import secrets
import socket
import statistics
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from Harness import bounds
from Harness.client import StdioClient
from Harness.execution import begin, finish, run
from Harness.footprint import Footprint, children, settled, started
from Harness.payloads import FOLDER, GUARD, PROFILES, Clause, Payload, cases, payloads
from Harness.profiles import as_compute
from Harness.server import Server

# An ordinary program, and what it has to find: its own output, no leftovers, a standard library.
ORDINARY = """
import json, math, os
print(1)
(os.listdir('.'), os.environ.get('POISONED'), math.sqrt(4), json.dumps([None]))
"""
ORDINARY_RESULT = "([], None, 2.0, '[null]')"

# Bytes no line of the server may hold: raw control characters (a terminal would obey them).
RAW_CONTROL = re.compile(rb"[\x00-\x1f]")


class WatchedClient(StdioClient):
    """A client that looks at every byte the server writes."""

    forbidden: tuple[bytes, ...] = ()

    def read_line(self, timeout: float | None = None) -> bytes:
        line = super().read_line(timeout)
        assert not RAW_CONTROL.search(line), "a line holds raw control characters"
        for secret in self.forbidden:
            assert secret not in line, f"a line tells {secret!r}"
        return line


class Target:
    """The server under attack. One per mode and profile; replaced when an attack has ended it."""

    def __init__(self, server: Server, profile: str) -> None:
        self.server = server
        self.options = as_compute(profile, server.home.parent)
        self.canary = f"sandboa-canary-{secrets.token_hex(16)}"
        self.client = self._start()
        self.calm = statistics.median(self.ordinary_call() for _ in range(30))
        self.footprint = Footprint.of(self.pid)

    def _start(self) -> WatchedClient:
        client = WatchedClient(
            self.server.serve(*self.options),
            environment={**self.server.environment, "SANDBOA_CANARY": self.canary},
            folder=self.server.home.parent,
        )
        client.forbidden = (self.canary.encode(), b"root:x:0:0")
        client.__enter__()
        client.greet()
        return client

    @property
    def pid(self) -> int:
        return self.client.process.pid

    def revive(self) -> None:
        """A server that an attack has ended must not fail the tests after it too."""
        if self.client.process.poll() is not None:
            self.client = self._start()

    def execute(self, code: str, timeout: int = 10_000, **arguments: Any) -> dict[str, Any]:
        wait = timeout / 1000 + 20
        return run(self.client, code, wait, timeout=timeout, **arguments)

    def ordinary_call(self) -> float:
        """Seconds an ordinary call takes; it has to be answered as if nothing had happened."""
        begun = time.monotonic()
        result = self.execute(ORDINARY)
        took = time.monotonic() - begun
        assert (result["status"], result["stdout"]) == ("ok", "1\n"), result
        assert result["result"] == ORDINARY_RESULT, result
        return took

    def zygotes(self) -> set[tuple[int, int]]:
        return {started(pid) for pid in children(self.pid)}


@pytest.fixture(scope="module")
def targets(server: Server) -> Iterator[dict[str, Target]]:
    """A server for each profile, started when the first attack comes."""
    targets: dict[str, Target] = {}
    try:
        yield targets
    finally:
        for target in targets.values():
            target.client.__exit__(None)


def aim(targets: dict[str, Target], server: Server, profile: str) -> Target:
    if profile not in targets:
        targets[profile] = Target(server, profile)
    return targets[profile]


@contextmanager
def arranged(target: Target, name: str | None) -> Iterator[dict[str, Any]]:
    """Sets up what a payload needs, gives it names to use, and checks the rest afterwards."""
    yield from {
        None: lambda: iter([{}]),
        "zygotes": lambda: keeping_zygotes(target),
        "marks": lambda: leaving_marks(target),
        "listeners": lambda: listening(target),
        "secrets": lambda: hiding_secrets(target),
        "neighbor": lambda: beside_a_neighbor(target),
    }[name]()


def keeping_zygotes(target: Target) -> Iterator[dict[str, Any]]:
    """The zygotes have to be the same processes before and after."""
    before = target.zygotes()
    assert before, "the server has no children: there is nothing to keep"
    yield {}
    assert before <= target.zygotes(), "a zygote was ended from inside a run"


def leaving_marks(target: Target) -> Iterator[dict[str, Any]]:
    """Other calls have brought marks in every argument before, and one is still under way."""
    for _ in range(8):
        mark = f"sandboa-marker-{secrets.token_hex(16)}"
        target.execute(f"kept = {mark!r} * 1000\nprint(kept[:47])", context={"given": mark})
    mark = f"sandboa-marker-{secrets.token_hex(16)}"
    waiting = begin(target.client, f"import time; kept = {mark!r} * 1000; time.sleep(2)")
    yield {}
    assert finish(target.client, waiting)["structuredContent"]["status"] == "ok"


def listening(target: Target) -> Iterator[dict[str, Any]]:
    """A TCP port, an abstract and a named Unix socket really listen here, and stay alone."""
    abstract = f"sandboa-listener-{secrets.token_hex(8)}"
    named = str(target.server.home.parent / f"{abstract}.socket")
    with (
        socket.create_server(("127.0.0.1", 0)) as tcp,
        socket.socket(socket.AF_UNIX) as hidden,
        socket.socket(socket.AF_UNIX) as visible,
    ):
        hidden.bind("\0" + abstract)
        visible.bind(named)
        os.chmod(named, 0o777)
        hidden.listen()
        visible.listen()
        for listener in (tcp, hidden, visible):
            # They do hear: from here, where nothing is walled in.
            with socket.socket(listener.family) as knock:
                knock.connect(listener.getsockname())
                listener.accept()[0].close()
            listener.setblocking(False)
        yield {"port": tcp.getsockname()[1], "abstract": abstract, "named": named}
        for listener in (tcp, hidden, visible):
            with pytest.raises(BlockingIOError):
                listener.accept()
    os.unlink(named)


def hiding_secrets(target: Target) -> Iterator[dict[str, Any]]:
    """Files any local user may read: in the server's home, where it works, where all write."""
    folders = [target.server.home, target.server.home.parent, Path(tempfile.gettempdir())]
    files = [folder / f"sandboa-secret-{secrets.token_hex(4)}" for folder in folders]
    for file in files:
        file.write_text("sandboa-secret")
        file.chmod(0o644)
    try:
        yield {"secrets": [*map(str, files), str(target.server.program), str(FOLDER)]}
    finally:
        for file in files:
            file.unlink()


def beside_a_neighbor(target: Target) -> Iterator[dict[str, Any]]:
    """Another run is at work all the while, and must come out as if it had been alone."""
    code = """
import os, time
for folder in ('.', '/tmp'):
    open(f'{folder}/neighbor', 'w').write('mine')
time.sleep(2.5)
[open(f'{folder}/neighbor').read() for folder in ('.', '/tmp')]
"""
    waiting = begin(target.client, code, timeout=20_000)
    time.sleep(0.5)
    yield {}
    result = finish(target.client, waiting)["structuredContent"]
    assert (result["status"], result["result"]) == ("ok", "['mine', 'mine']"), result


def identify(value: object) -> str:
    return value.name if isinstance(value, Payload) else str(value or "")


@pytest.mark.parametrize(
    ("profile", "payload", "word"),
    [pytest.param(*case, id="-".join(filter(None, map(identify, case)))) for case in cases()],
)
def test_the_attack_meets_what_it_expects(
    targets: dict[str, Target], server: Server, profile: str, payload: Payload, word: str | None
):
    if server.mode not in payload.modes:
        pytest.skip(f"only as {payload.modes}")
    target = aim(targets, server, profile)
    target.revive()
    with arranged(target, payload.arrangement) as names:
        context = {**names, **({"each": word} if word else {})}
        begun = time.monotonic()
        result = target.execute(payload.code, timeout=payload.timeout, context=context)
        took = time.monotonic() - begun
    assert not payload.unmet(result), (payload.unmet(result), result)
    assert took <= payload.timeout / 1000 + bounds.PROMPT, f"answered after {took:.3f} s"
    assert target.ordinary_call() <= bounds.PROMPT
    assert {note["method"] for note in target.client.notifications} <= {"notifications/progress"}
    assert target.client.process.poll() is None, target.client.errors()
    assert not settled(target.pid, target.footprint)


@pytest.mark.parametrize("profile", PROFILES)
def test_the_server_is_as_fast_as_before(targets: dict[str, Target], server: Server, profile: str):
    target = aim(targets, server, profile)
    now = statistics.median(target.ordinary_call() for _ in range(30))
    assert now <= target.calm * bounds.SLOWER + bounds.SLOWER_BY, (target.calm, now)


@pytest.mark.parametrize("payload", payloads(), ids=identify)
def test_a_payload_does_nothing_outside(payload: Payload):
    statements = [line for line in payload.text.splitlines() if line and not line.startswith("#")]
    assert statements[0] == GUARD
    for name in payload.support:
        lines = (FOLDER / "Support" / f"{name}.py").read_text().splitlines()
        assert GUARD.partition("; ")[2] in lines
    compile(payload.code, payload.name, "exec")


@pytest.mark.parametrize(
    ("clause", "met", "unmet"),
    [
        ("status=ok", {"status": "ok"}, {"status": "error"}),
        ("status in memory,error", {"status": "error"}, {"status": "ok"}),
        (r"stdout='a;b\n'", {"stdout": "a;b\n"}, {"stdout": "a"}),
        ("stdout~'^a.c$'", {"stdout": "abc"}, {"stdout": "ab"}),
        ("stdout~'a'", {"stdout": "a"}, {}),
        ("stdout!~'a'", {"stdout": "b"}, {"stdout": "a"}),
        ("result=None", {}, {"result": "None"}),
        ("result in '[]',None", {"result": "[]"}, {"result": "[1]"}),
        ("error.type=ValueError", {"error": {"type": "ValueError"}}, {"error": None}),
        ("usage.wall_ms<=5", {"usage": {"wall_ms": 5}}, {"usage": {"wall_ms": 6}}),
        ("usage.wall_ms>=5", {"usage": {"wall_ms": 5}}, {"usage": {"wall_ms": 4}}),
    ],
)
def test_a_clause_tells_right_from_wrong(clause: str, met: dict, unmet: dict):
    assert Clause.parse(clause).met_by(met)
    assert not Clause.parse(clause).met_by(unmet)
