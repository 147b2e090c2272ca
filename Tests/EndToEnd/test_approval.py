"""A person decides about a call: in both eras of the protocol, and only once."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from Harness.client import MODERN, StdioClient
from Harness.execution import TOOL
from Harness.policies import call, connect, error, records, write
from Harness.server import Server


ASK = f"tools:\n  {TOOL}:\n    rules:\n      - name: ask first\n        action: require_approval\n"
ASK += "        when: {path: args.code, op: contains, value: danger}\n"
ASK += "        approval: {timeout: 3s}\n"


def question(client: StdioClient) -> dict:
    """The server's own request, however many other messages come first."""
    while True:
        message = client.read()
        if message.get("method") == "elicitation/create":
            return message


# 40
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
