"""A server under policy: what it refuses, counts, asks, records, and takes over when it changes."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from Harness.client import LEGACY, MODERN, StdioClient
from Harness.execution import TOOL
from Harness.server import Server


@pytest.fixture
def place(server: Server, tmp_path: Path) -> Iterator[Path]:
    """A folder the server's user may use, with a home of its own for each test."""
    folder = server.home.parent / f"serving-{server.mode}-{tmp_path.name}"
    folder.mkdir()
    if server.mode == "user" and os.geteuid() == 0:
        os.chown(folder, 65500, 65500)
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


def write(place: Path, text: str) -> str:
    path = place / "policy.yaml"
    fresh = place / "policy.new"
    default = "" if "def" in text else "default: allow\n"
    fresh.write_text("version: '1'\ndialect: sandboa\n" + default + text)
    fresh.chmod(0o644)
    fresh.rename(path)
    return str(path)


def connect(server: Server, place: Path, policy: str, *options: str, **keywords) -> StdioClient:
    home = str(place / "home")
    return server.connect("--policy", policy, "--home", home, *options, **keywords)


def call(client: StdioClient, code: str = "print(1)", **arguments) -> dict:
    return client.call(TOOL, code=code, **arguments)


def error(result: dict) -> dict:
    assert result["isError"], result
    return result["structuredContent"]["error"]


def records(place: Path) -> list[dict]:
    found = []
    for file in sorted((place / "home" / "audit").iterdir()):
        if file.suffix == ".jsonl":
            found += [json.loads(line) for line in file.read_text().splitlines()]
    return found


def verify(server: Server, place: Path) -> None:
    done = server.run("audit", "verify", "--home", str(place / "home"))
    assert done.returncode == 0, done.stdout + done.stderr


# Refusals


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


def test_a_hidden_tool_is_in_no_list_and_no_call_reaches_it(server: Server, place: Path) -> None:
    policy = write(place, f"hide: [{TOOL}]\n")
    with connect(server, place, policy) as client:
        client.greet()
        assert client.request("tools/list")["tools"] == []
        assert error(call(client))["rule"] == "(hidden)"


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


# Reload


def until(condition, seconds: float = 10) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it did not come about in time"
        time.sleep(0.05)


def test_a_replaced_policy_is_taken_over_and_a_bad_one_is_not(server: Server, place: Path) -> None:
    policy = write(place, "default: allow\n")
    with connect(server, place, policy) as client:
        client.greet()
        assert not call(client)["isError"]
        write(place, "default: deny\n")
        until(lambda: call(client)["isError"])
        assert client.request("tools/list")["tools"] != []
        write(place, "defualt: allow\n")
        until(lambda: "did you mean" in client.errors() or "default" in client.errors())
        assert error(call(client))["rule"] == "(default deny)"
        write(place, f"default: allow\nhide: [{TOOL}]\n")
        until(lambda: client.request("tools/list")["tools"] == [])
    kinds = [record["kind"] for record in records(place)]
    assert kinds.count("policy") >= 3


# Approval

ASK = f"tools:\n  {TOOL}:\n    rules:\n      - name: ask first\n        action: require_approval\n"
ASK += "        when: {path: args.code, op: contains, value: danger}\n"
ASK += "        approval: {timeout: 3s}\n"


def question(client: StdioClient) -> dict:
    """The server's own request, however many other messages come first."""
    while True:
        message = client.read()
        if message.get("method") == "elicitation/create":
            return message


@pytest.mark.parametrize(
    ("reply", "runs"),
    [
        ({"action": "accept", "content": {"approve": True}}, True),
        ({"action": "accept", "content": {"approve": False}}, False),
        ({"action": "accept"}, False),
        ({"action": "decline"}, False),
        ({"action": "cancel"}, False),
        ({"nonsense": 1}, False),
    ],
)
def test_a_person_decides_while_the_call_is_open(server, place, reply, runs) -> None:
    policy = write(place, ASK)
    with connect(server, place, policy, capabilities={"elicitation": {}}) as client:
        client.greet()
        assert not call(client)["isError"]
        parameters = {"name": TOOL, "arguments": {"code": "print('danger')"}}
        waiting = client.post("tools/call", parameters)
        asked = question(client)
        text = asked["params"]["message"]
        assert TOOL in text and "ask first" in text and "danger" in text
        client.send({"jsonrpc": "2.0", "id": asked["id"], "result": reply})
        result = client.answer(waiting)["result"]
    assert result["isError"] is not runs
    if runs:
        assert result["structuredContent"]["stdout"] == "danger\n"
    else:
        assert error(result)["code"] == "denied"
    decisions = [r["decision"] for r in records(place) if r["kind"] == "decided"]
    assert decisions == ["allow", "require_approval", "allow" if runs else "deny"]


def test_nobody_to_ask_and_no_answer_are_no(server: Server, place: Path) -> None:
    policy = write(place, ASK)
    with connect(server, place, policy) as client:
        client.greet()
        assert "elicitation" in error(call(client, "'danger'"))["reason"]
    with connect(server, place, policy, capabilities={"elicitation": {}}) as client:
        client.greet()
        began = time.monotonic()
        waiting = client.post("tools/call", {"name": TOOL, "arguments": {"code": "'danger'"}})
        question(client)
        assert error(client.answer(waiting)["result"])["code"] == "denied"
        assert time.monotonic() - began >= 3


def test_in_the_new_era_the_client_comes_again(server: Server, place: Path) -> None:
    policy = write(place, ASK)
    able = {"elicitation": {"form": {}}}
    with connect(server, place, policy, revision=MODERN, capabilities=able) as client:
        client.greet()
        parameters = {"name": TOOL, "arguments": {"code": "print('danger')"}}
        asked = client.request("tools/call", parameters)
        assert asked["resultType"] == "input_required"
        (key,) = asked["inputRequests"]
        yes = {key: {"action": "accept", "content": {"approve": True}}}
        again = {"inputResponses": yes, "requestState": asked["requestState"]}
        other = {"name": TOOL, "arguments": {"code": "print('danger!')"}}
        assert client.request("tools/call", {**other, **again})["isError"]
        done = client.request("tools/call", {**parameters, **again})
        assert done["structuredContent"]["stdout"] == "danger\n"
        replay = client.request("tools/call", {**parameters, **again})
        assert replay["isError"] and "used before" in error(replay)["reason"]


def test_a_cancelled_call_takes_its_question_back(server: Server, place: Path) -> None:
    policy = write(place, ASK)
    with connect(server, place, policy, capabilities={"elicitation": {}}) as client:
        client.greet()
        waiting = client.post("tools/call", {"name": TOOL, "arguments": {"code": "'danger'"}})
        asked = question(client)
        client.notify("notifications/cancelled", requestId=waiting)
        message = client.read()
        assert message["method"] == "notifications/cancelled"
        assert message["params"]["requestId"] == asked["id"]
        assert not call(client)["isError"]


# The log


def test_every_call_leaves_two_records_and_the_chain_holds(server: Server, place: Path) -> None:
    secret = "ghp_" + "a" * 36
    with connect(server, place, "permissive") as client:
        client.greet()
        done = call(client, f"token = '{secret}'", context={"password": "hunter2"})
        call(client, 5)
    log = records(place)
    decided = [r for r in log if r["kind"] == "decided"]
    (finished,) = [r for r in log if r["kind"] == "finished"]
    assert [r["decision"] for r in decided] == ["allow", "invalid"]
    assert done["_meta"]["sandboa/audit"] == decided[0]["id"] == finished["call"]
    assert finished["status"] == "ok"
    assert decided[0]["client"] == "sandboa-tests 1" and decided[0]["era"] == LEGACY
    text = json.dumps(log)
    assert secret not in text and "hunter2" not in text
    for file in (place / "home" / "audit").iterdir():
        assert file.stat().st_mode & 0o077 == 0
    verify(server, place)
    found = server.run("audit", "search", "--home", str(place / "home"), "--tool", TOOL, "--json")
    assert len(found.stdout.splitlines()) == 3


def test_a_changed_byte_is_found(server: Server, place: Path) -> None:
    with connect(server, place, "permissive") as client:
        client.greet()
        call(client)
    file = next(f for f in (place / "home" / "audit").iterdir() if f.suffix == ".jsonl")
    text = file.read_text()
    assert '"decision":"allow"' in text
    file.write_text(text.replace('"decision":"allow"', '"decision":"deny"', 1))
    done = server.run("audit", "verify", "--home", str(place / "home"))
    assert done.returncode == 1
    assert f"{file.name}:" in done.stdout


@pytest.mark.parametrize("format", ["jsonl", "csv", "cef", "syslog"])
def test_the_log_can_be_exported(server: Server, place: Path, format: str) -> None:
    with connect(server, place, "permissive") as client:
        client.greet()
        call(client)
    done = server.run("audit", "export", "--home", str(place / "home"), "--format", format)
    assert done.returncode == 0 and TOOL in done.stdout


def test_no_decided_record_is_lost_by_a_kill(server: Server, place: Path) -> None:
    for _ in range(5):
        with connect(server, place, "permissive") as client:
            client.greet()
            waiting = {"name": TOOL, "arguments": {"code": "print('ran', flush=True)"}}
            client.post("tools/call", waiting)
            answered = call(client)["_meta"]["sandboa/audit"]
            client.exit_codes = {-signal.SIGKILL}
            client.process.kill()
            client.process.wait()
        assert any(r["id"] == answered for r in records(place))
    with connect(server, place, "permissive") as client:
        client.greet()
        call(client)
    verify(server, place)


def test_a_log_that_can_not_be_written_stops_the_start(server: Server, place: Path) -> None:
    if server.mode == "root":
        pytest.skip("root may write anywhere")
    home = place / "home"
    home.mkdir(mode=0o500)
    os.chown(home, 0, 0)
    home.chmod(0o555)
    done = server.run("serve", "--home", str(home), timeout=10)
    assert done.returncode == 5
    assert str(home) in done.stderr
