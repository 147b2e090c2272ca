"""A server under policy: what it refuses and counts, and how it takes a new policy over."""

from __future__ import annotations

import signal
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from Harness.execution import TOOL
from Harness.policies import call, connect, error, records, verify, write
from Harness.server import Server


# Refusals


# 38
def test_the_default_policy_limits_runs(server: Server, place: Path) -> None:
    with connect(server, place, "default") as client:
        client.greet()
        for _ in range(10):
            assert not call(client)["isError"]
        refused = error(call(client))
    assert refused["code"] == "rate_limited"
    assert refused["rule"].startswith(TOOL)
    assert 0 < refused["retry_after_ms"] <= 60_000
    assert "at most 10 calls per minute" in refused["reason"]
    assert "room again in" in refused["reason"]


def test_a_denial_says_what_to_do_and_runs_nothing(server: Server, place: Path) -> None:
    policy = write(
        place,
        f"tools:\n  {TOOL}:\n    rules:\n      - name: no networking\n"
        "        deny_if: {path: args.code, op: contains, value: socket}\n"
        "        on_deny: There is no network here.\n",
    )
    with connect(server, place, policy) as client:
        client.greet()
        refused = call(client, "import socket")
        assert not call(client, "1")["isError"]
    assert error(refused) == {
        "code": "denied", "rule": "no networking", "reason": "There is no network here.",
    }
    assert refused["_meta"]["sandboa/category"] == "Execute"
    assert "There is no network here." in refused["content"][0]["text"]


def names(client) -> list[str]:
    return [tool["name"] for tool in client.request("tools/list")["tools"]]


def test_a_hidden_tool_is_in_no_list_and_no_call_reaches_it(server: Server, place: Path) -> None:
    policy = write(place, f"hide: [{TOOL}]\n")
    with connect(server, place, policy) as client:
        client.greet()
        assert names(client) and TOOL not in names(client)
        assert error(call(client))["rule"] == "(hidden)"


# 40: a verdict reaches the walls and the output.
def test_tightened_limits_hold(server: Server, place: Path) -> None:
    policy = write(
        place,
        f"tools:\n  {TOOL}:\n    rules:\n      - name: small\n"
        "        limits: {wall: 700ms, memory: 96MiB, output: 4KiB, files: 20}\n",
    )
    with connect(server, place, policy) as client:
        client.greet()
        spin = call(client, "while True: pass")["structuredContent"]
        assert spin["status"] == "timeout" and spin["limits"]["wall_ms"] == 700
        assert call(client, "1", timeout=60_000)["structuredContent"]["limits"]["wall_ms"] == 700
        full = call(client, "x = bytearray(200 << 20)")["structuredContent"]
        assert full["status"] == "memory" and full["limits"]["memory_bytes"] == 96 << 20
        loud = call(client, "print('x' * 100_000)")["structuredContent"]
        assert loud["status"] == "killed" and loud["error"]["type"] == "OutputLimit"
        files = call(client, "[open('/dev/null') for _ in range(40)]")["structuredContent"]
        assert files["status"] == "error" and "Too many open files" in files["error"]["message"]


def test_a_policy_can_not_loosen_a_limit(server: Server, place: Path) -> None:
    policy = write(
        place,
        f"tools:\n  {TOOL}:\n    rules:\n      - limits: {{wall: 20h, memory: 64GiB}}\n",
    )
    with connect(server, place, policy) as client, connect(server, place, "permissive") as plain:
        client.greet()
        plain.greet()
        limits = call(client, "1")["structuredContent"]["limits"]
        assert limits == call(plain, "1")["structuredContent"]["limits"]


# Counters


# 16
def test_counters_survive_a_kill(server: Server, place: Path) -> None:
    policy = write(place, f"tools:\n  {TOOL}:\n    rules:\n      - rate_limit: 5/day\n")
    with connect(server, place, policy) as client:
        client.greet()
        assert [call(client)["isError"] for _ in range(3)] == [False] * 3
        client.exit_codes = {-signal.SIGKILL}
        client.process.kill()
        client.process.wait()
    with connect(server, place, policy) as client:
        client.greet()
        assert [call(client)["isError"] for _ in range(3)] == [False, False, True]
    verify(server, place)


# 19
def test_a_limit_holds_among_calls_at_once(server: Server, place: Path) -> None:
    policy = write(place, f"tools:\n  {TOOL}:\n    rules:\n      - rate_limit: 10/day\n")
    with connect(server, place, policy) as client:
        client.greet()
        arguments = {"name": TOOL, "arguments": {"code": "1"}}
        calls = [client.post("tools/call", arguments) for _ in range(60)]
        answers = [client.answer(one)["result"] for one in calls]
    assert sum(not answer["isError"] for answer in answers) == 10


@pytest.fixture
def redis(place: Path) -> Iterator[str]:
    """A real Redis on a loopback port, and its address."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    command = ["redis-server", "--port", str(port), "--bind", "127.0.0.1", "--save", ""]
    process = subprocess.Popen(
        [*command, "--dir", str(place)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        deadline = time.monotonic() + 10
        while True:
            try:
                socket.create_connection(("127.0.0.1", port), 1).close()
                break
            except OSError:
                assert time.monotonic() < deadline and process.poll() is None
                time.sleep(0.05)
        yield f"redis://127.0.0.1:{port}/0"
    finally:
        process.terminate()
        process.wait(10)


def test_two_servers_share_one_redis_to_the_call(server: Server, place: Path, redis: str) -> None:
    policy = write(place, f"tools:\n  {TOOL}:\n    rules:\n      - rate_limit: 10/day\n")
    ran: list[bool] = []

    def hundred() -> None:
        with connect(server, place, policy, "--state", redis) as client:
            client.greet()
            arguments = {"name": TOOL, "arguments": {"code": "1"}}
            calls = [client.post("tools/call", arguments) for _ in range(100)]
            ran.extend(not client.answer(one, 60)["result"]["isError"] for one in calls)

    both = [threading.Thread(target=hundred) for _ in range(2)]
    for one in both:
        one.start()
    for one in both:
        one.join(120)
    assert len(ran) == 200 and sum(ran) == 10


def test_without_its_redis_a_server_denies(server: Server, place: Path) -> None:
    policy = write(place, f"tools:\n  {TOOL}:\n    rules:\n      - rate_limit: 10/day\n")
    with socket.create_server(("127.0.0.1", 0)) as probe:
        gone = f"redis://127.0.0.1:{probe.getsockname()[1]}/0"
    with connect(server, place, policy, "--state", gone) as client:
        client.greet()
        assert error(call(client))["code"] == "unavailable"
    with connect(server, place, policy, "--state", gone, "--state-fail", "open") as client:
        client.greet()
        assert not call(client)["isError"]


# 34
def test_a_store_s_password_is_shown_nowhere(server: Server, place: Path) -> None:
    policy = write(place, f"tools:\n  {TOOL}:\n    rules:\n      - rate_limit: 10/day\n")
    with socket.create_server(("127.0.0.1", 0)) as probe:
        gone = f"redis://somebody:hunter2@127.0.0.1:{probe.getsockname()[1]}/0"
    with connect(server, place, policy, "--state", gone) as client:
        client.greet()
        refused = call(client)
        assert error(refused)["code"] == "unavailable"
        assert "hunter2" not in str(refused) + client.errors()
    for file in (place / "home").rglob("*"):
        assert file.is_dir() or b"hunter2" not in file.read_bytes()


# Reload


def until(condition, seconds: float = 10) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it did not come about in time"
        time.sleep(0.05)


# 31
def test_a_replaced_policy_is_taken_over_and_a_bad_one_is_not(server: Server, place: Path) -> None:
    policy = write(place, "default: allow\n")
    with connect(server, place, policy) as client:
        client.greet()
        assert not call(client)["isError"]
        write(place, "default: deny\n")
        until(lambda: call(client)["isError"])
        assert TOOL in names(client)
        write(place, "defualt: allow\n")
        until(lambda: "did you mean" in client.errors() or "default" in client.errors())
        assert error(call(client))["rule"] == "(default deny)"
        write(place, f"default: allow\nhide: [{TOOL}]\n")
        until(lambda: TOOL not in names(client))
    kinds = [record["kind"] for record in records(place)]
    assert kinds.count("policy") >= 3
