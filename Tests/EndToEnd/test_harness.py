"""The harness: a client that misses a fault, or a leak check that can't fail, proves nothing.

The other side is a small server written here, which misbehaves when asked to.
"""

from __future__ import annotations

import subprocess
import sys
import time

import pytest

from Harness import leaks
from Harness.client import MODERN, StdioClient

FAKE = r"""
import json, sys, time
print("ready", file=sys.stderr, flush=True)
def say(message): print(json.dumps({"jsonrpc": "2.0", **message}), flush=True)
held = []
for line in sys.stdin:
    request = json.loads(line)
    method, identifier = request["method"], request.get("id")
    if method == "hold": held.append(identifier)
    elif method == "release":
        for each in reversed(held): say({"id": each, "result": {}})
        say({"method": "notifications/progress", "params": {}})
        say({"id": identifier, "result": {}})
    elif method == "twice":
        for _ in range(2): say({"id": 900, "result": {}})
    elif method == "chatter": print("hello", flush=True)
    elif method == "fail": say({"id": identifier, "error": {"code": -32601, "message": "no"}})
    elif method == "leave": sys.exit(3)
    elif method == "linger": held = None
    elif identifier is not None: say({"id": identifier, "result": request})
if held is None: time.sleep(60)
"""


@pytest.fixture
def fake() -> StdioClient:
    return StdioClient([sys.executable, "-c", FAKE], timeout=10)


def test_a_request_gets_its_result(fake):
    with fake:
        assert fake.request("echo", {"a": 1})["params"] == {"a": 1}
        assert "ready" in fake.errors()


def test_answers_are_found_in_any_order(fake):
    with fake:
        held = [fake.post("hold") for _ in range(3)]
        fake.request("release")
        assert [fake.answer(each, timeout=1)["id"] for each in held] == held
        assert [each["method"] for each in fake.notifications] == ["notifications/progress"]


def test_a_modern_request_carries_its_envelope():
    with StdioClient([sys.executable, "-c", FAKE], revision=MODERN) as fake:
        meta = fake.greet()["params"]["_meta"]
        assert meta["io.modelcontextprotocol/protocolVersion"] == MODERN


def test_bytes_of_any_size_arrive(fake):
    with fake:
        assert len(fake.request("echo", {"a": "x" * 3_000_000})["params"]["a"]) == 3_000_000


@pytest.mark.parametrize(("method", "fault"), [("twice", "answered twice"), ("fail", "-32601")])
def test_a_wrong_answer_fails_the_test(fake, method, fault):
    with fake, pytest.raises(AssertionError, match=fault):
        fake.request(method)
        fake.answer(901)


def test_anything_but_messages_fails_the_test(fake):
    with fake, pytest.raises(ValueError):
        fake.request("chatter")


def test_silence_is_checked(fake):
    with fake:
        fake.notify("nothing")
        fake.silence(0.2)
        fake.post("echo")
        with pytest.raises(AssertionError, match="nothing should have come"):
            fake.silence(5)


def test_a_wait_ends(fake):
    with fake, pytest.raises(TimeoutError):
        fake.request("hold", timeout=0.1)


def test_a_server_that_leaves_is_noticed(fake):
    with pytest.raises(AssertionError, match="exited with 3"), fake:
        with pytest.raises(EOFError):
            fake.request("leave")


def test_a_server_that_lingers_is_noticed(fake):
    with pytest.raises(AssertionError, match="still ran"), fake:
        fake.notify("linger")


def test_a_daemon_that_stays_is_found_and_ended(monkeypatch):
    monkeypatch.setattr(leaks, "GRACE", 0.2)
    before = leaks.Traces.now()
    subprocess.run(["setsid", "--fork", "sleep", "60"], check=True, timeout=10)
    left = leaks.left_since(before)
    assert len(left) == 1 and "(sleep)" in left[0]
    deadline = time.monotonic() + 5
    while leaks.Traces.now().since(before) and time.monotonic() < deadline:
        time.sleep(0.01)
    assert leaks.Traces.now().since(before) == []


def test_a_file_that_stays_is_found(tmp_path, monkeypatch):
    monkeypatch.setattr(leaks, "TEMPORARY", [tmp_path])
    monkeypatch.setattr(leaks, "GRACE", 0.0)
    before = leaks.Traces.now()
    (tmp_path / "sandboa-left").touch()
    assert leaks.left_since(before) == [f"file {tmp_path}/sandboa-left"]
