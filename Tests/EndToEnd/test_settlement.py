"""How the end of a call settles its counters: whatever the end, nothing leaks and nothing is
charged twice."""

from __future__ import annotations

import signal
import time
from pathlib import Path

import pytest

from Harness.client import MODERN
from Harness.execution import SPIN, TOOL
from Harness.policies import call, connect, error, records, verify, write
from Harness.server import Server


def limited(place: Path, charge: str, most: int = 1, extra: str = "") -> str:
    """A policy under which `most` calls a day are charged in this way."""
    limit = f"limit: {{counter: runs, max: {most}, window: day, charge: {charge}}}"
    return write(
        place,
        f"tools:\n  {TOOL}:\n    rules:\n      - name: few\n        {limit}\n"
        "        limits: {wall: 1s, memory: 96MiB}\n" + extra,
    )


# 16
ENDINGS = {
    "it raised": ("1/0", "error"),
    "it was stopped at its time": (SPIN, "timeout"),
    "it took too much memory": ("x = bytearray(200 << 20)", "memory"),
    "it crashed": ("import os; os.abort()", "crashed"),
    "it left at once": ("import os; os._exit(3)", None),
    "it killed itself": ("import os, signal; os.kill(os.getpid(), signal.SIGKILL)", None),
}


# 16: no end of a call leaks a reservation or settles it twice.
@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize("charge", ["success", "attempt"])
def test_each_ending_is_charged_as_the_policy_says(server, place, ending, charge) -> None:
    code, status = ENDINGS[ending]
    with connect(server, place, limited(place, charge)) as client:
        client.greet()
        first = call(client, code)
        assert first["isError"]
        assert status in (None, first["structuredContent"]["status"])
        second = call(client)
        assert second["isError"] is (charge == "attempt")
        # Whatever was given back was given back once.
        assert error(call(client))["code"] == "rate_limited"
    verify(server, place)


# 16: a call that nobody waits for any more is settled all the same.
@pytest.mark.parametrize("charge", ["success", "attempt"])
def test_a_cancelled_call_is_charged_as_the_policy_says(server, place, charge) -> None:
    with connect(server, place, limited(place, charge)) as client:
        client.greet()
        open_call = client.post("tools/call", {"name": TOOL, "arguments": {"code": SPIN}})
        while not any(record["kind"] == "decided" for record in records(place)):
            time.sleep(0.02)
        client.notify("notifications/cancelled", requestId=open_call)
        while not any(record["kind"] == "finished" for record in records(place)):
            time.sleep(0.02)
        assert call(client)["isError"] is (charge == "attempt")
        assert error(call(client))["code"] == "rate_limited"


# 16: ids are the client's business: one that comes again frees or hides nothing.
def test_an_id_that_comes_again_is_a_call_of_its_own(server: Server, place: Path) -> None:
    line = {"jsonrpc": "2.0", "id": "same", "method": "tools/call"}
    line["params"] = {"name": TOOL, "arguments": {"code": "1"}}
    with connect(server, place, limited(place, "attempt", most=2)) as client:
        client.greet()
        for is_refused in (False, False, True):
            client.send(line)
            assert client.answer("same")["result"]["isError"] is is_refused


# 18: the same request sent twice at once is one call, charged once.
def test_a_request_repeated_while_it_is_open_is_charged_once(server: Server, place: Path) -> None:
    line = {"jsonrpc": "2.0", "id": "same", "method": "tools/call"}
    line["params"] = {"name": TOOL, "arguments": {"code": "import time; time.sleep(0.4)"}}
    with connect(server, place, limited(place, "attempt", most=2)) as client:
        client.greet()
        client.send(line)
        for _ in range(5):
            client.send(line)
        answers = [client.read() for _ in range(6)]
        assert sum("error" in answer for answer in answers) == 5
        assert not call(client)["isError"]
        assert error(call(client))["code"] == "rate_limited"


# 18: coming again with a person's answer is the same call, and charged when it runs.
def test_a_call_that_comes_again_with_its_approval_is_charged_once(server, place) -> None:
    ask = "      - {name: ask, action: require_approval}\n"
    policy = limited(place, "attempt", most=2, extra=ask)
    able = {"elicitation": {"form": {}}}
    with connect(server, place, policy, revision=MODERN, capabilities=able) as client:
        client.greet()
        parameters = {"name": TOOL, "arguments": {"code": "1"}}
        for is_refused in (False, False, True):
            for _ in range(3):
                asked = client.request("tools/call", parameters)
            assert asked["resultType"] == "input_required"
            (key,) = asked["inputRequests"]
            yes = {key: {"action": "accept", "content": {"approve": True}}}
            again = {"inputResponses": yes, "requestState": asked["requestState"]}
            done = client.request("tools/call", {**parameters, **again})
            assert done["isError"] is is_refused


# 18: what failed may be tried again without being charged twice, where the policy says so.
def test_a_failed_call_can_be_tried_again(server: Server, place: Path) -> None:
    with connect(server, place, limited(place, "success")) as client:
        client.greet()
        for _ in range(5):
            assert call(client, "1/0")["structuredContent"]["status"] == "error"
        assert not call(client)["isError"]
        assert error(call(client))["code"] == "rate_limited"


# 16: a server that is killed leaves what it had granted charged, and nothing else.
def test_of_two_hundred_calls_around_a_kill_exactly_ten_run(server: Server, place: Path) -> None:
    policy = write(place, f"tools:\n  {TOOL}:\n    rules:\n      - rate_limit: 10/day\n")
    arguments = {"name": TOOL, "arguments": {"code": "1"}}

    def send(client, count: int) -> int:
        calls = [client.post("tools/call", arguments) for _ in range(count)]
        return sum(not client.answer(one, 60)["result"]["isError"] for one in calls)

    with connect(server, place, policy) as client:
        client.greet()
        assert send(client, 4) == 4
        client.exit_codes = {-signal.SIGKILL}
        client.process.kill()
        client.process.wait()
    with connect(server, place, policy) as client:
        client.greet()
        assert send(client, 196) == 6
    verify(server, place)
