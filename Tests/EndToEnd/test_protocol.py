"""Both eras of the protocol: handshakes, envelopes, arguments, calls beside calls."""

from __future__ import annotations

import pytest

from Harness import bounds
from Harness.client import LEGACY, MODERN, StdioClient
from Harness.execution import SPIN, TOOL, begin, finish, ping, run

HANDSHAKES = ["2024-11-05", "2025-03-26", "2025-06-18", "2025-11-25"]
PREFIX = "io.modelcontextprotocol/"

UNKNOWN_METHOD, BAD_PARAMS, UNSUPPORTED = -32601, -32602, -32022


def initialize(client: StdioClient, revision: str) -> dict:
    who = {"name": "sandboa-tests", "version": "1"}
    parameters = {"protocolVersion": revision, "capabilities": {}, "clientInfo": who}
    return client.request("initialize", parameters)


# The handshake revisions


@pytest.mark.parametrize("revision", HANDSHAKES)
def test_a_handshake_revision_is_echoed_and_served(server, revision):
    with server.connect(revision=revision) as client:
        told = initialize(client, revision)
        assert told["protocolVersion"] == revision
        assert told["serverInfo"]["name"] == "sandboa"
        assert "tools" in told["capabilities"]
        client.notify("notifications/initialized")
        assert TOOL in [tool["name"] for tool in client.request("tools/list")["tools"]]
        result = client.call(TOOL, code="print(6 * 7)")
        assert "42" in result["content"][0]["text"]
        ping(client)


@pytest.mark.parametrize(
    ("revision", "present", "absent"),
    [
        ("2024-11-05", set(), {"annotations", "title", "outputSchema", "icons"}),
        ("2025-03-26", {"annotations"}, {"title", "outputSchema", "icons"}),
        ("2025-06-18", {"annotations", "outputSchema"}, {"icons"}),
        ("2025-11-25", {"annotations", "outputSchema"}, set()),
    ],
)
def test_a_tool_is_described_in_the_words_of_the_revision(server, revision, present, absent):
    with server.connect(revision=revision) as client:
        client.greet()
        tools = client.request("tools/list")["tools"]
        tool = next(tool for tool in tools if tool["name"] == TOOL)
        assert {"name", "description", "inputSchema"} | present <= tool.keys()
        assert not absent & tool.keys()
        result = client.call(TOOL, code="1")
        assert ("structuredContent" in result) == ("outputSchema" in present)


@pytest.mark.parametrize("asked", ["1999-01-01", "2030-01-01", MODERN, ""])
def test_an_unknown_revision_is_answered_with_the_newest_handshake(server, asked):
    with server.connect() as client:
        assert initialize(client, asked)["protocolVersion"] == LEGACY


def test_before_the_handshake_only_ping_is_served(server):
    with server.connect() as client:
        ping(client)
        response = client.answer(client.post("tools/list"))
        assert "error" in response
        client.greet()
        assert client.request("tools/list")["tools"]


# The stateless revision


@pytest.fixture
def modern(server):
    with server.connect(revision=MODERN) as client:
        yield client


def test_discovery_tells_what_is_served(modern):
    told = modern.request("server/discover")
    assert MODERN in told["supportedVersions"]
    assert told["resultType"] == "complete"
    assert isinstance(told["ttlMs"], int) and told["ttlMs"] >= 0
    assert told["cacheScope"] in ("public", "private")
    assert "tools" in told["capabilities"]
    assert "logging" not in told["capabilities"]


def test_a_stateless_client_needs_no_greeting(modern):
    listed = modern.request("tools/list")
    assert listed["resultType"] == "complete" and "ttlMs" in listed and "cacheScope" in listed
    called = modern.call(TOOL, code="6 * 7")
    assert called["resultType"] == "complete"
    assert called["structuredContent"]["result"] == "42"
    assert called["_meta"][f"{PREFIX}serverInfo"]["name"] == "sandboa"


@pytest.mark.parametrize(
    "method",
    [
        "initialize", "ping", "logging/setLevel", "resources/subscribe", "resources/unsubscribe",
        "tasks/list", "tasks/result", "subscriptions/listen", "sampling/createMessage",
        "no/such/method",
    ],
)  # fmt: skip
def test_what_the_stateless_revision_removed_is_unknown(modern, method):
    response = modern.answer(modern.post(method, {"level": "info", "uri": "file:///x"}))
    assert response["error"]["code"] == UNKNOWN_METHOD


def enveloped(**changes: object) -> dict:
    meta = {f"{PREFIX}protocolVersion": MODERN, f"{PREFIX}clientCapabilities": {}}
    meta |= {f"{PREFIX}{key}": value for key, value in changes.items()}
    return {key: value for key, value in meta.items() if value is not ...}


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"clientCapabilities": ...}, BAD_PARAMS),
        ({"clientCapabilities": "all"}, BAD_PARAMS),
        ({"protocolVersion": 20260728}, BAD_PARAMS),
        ({"protocolVersion": "2031-01-01"}, UNSUPPORTED),
        ({"protocolVersion": LEGACY}, UNSUPPORTED),
    ],
)
def test_a_bad_envelope_is_refused(server, changes, code):
    with server.connect() as client:
        response = client.answer(client.post("tools/list", {"_meta": enveloped(**changes)}))
        assert response["error"]["code"] == code
        if code == UNSUPPORTED:
            assert MODERN in response["error"]["data"]["supported"]
            assert response["error"]["data"]["requested"] == changes["protocolVersion"]
        assert client.request("tools/list", {"_meta": enveloped()})["tools"]


def test_both_eras_are_served_by_one_process_in_turns(server):
    with server.connect() as client:
        assert client.request("server/discover", {"_meta": enveloped()})["resultType"] == "complete"
        client.greet()
        for _ in range(3):
            assert "resultType" not in client.request("tools/list")
            assert client.request("tools/list", {"_meta": enveloped()})["resultType"] == "complete"


def test_the_list_of_tools_does_not_depend_on_what_came_before(modern):
    first = modern.request("tools/list")["tools"]
    modern.call(TOOL, code="1")
    assert modern.request("tools/list")["tools"] == first


# Arguments


@pytest.mark.parametrize(
    ("arguments", "field"),
    [
        ({}, "code"),
        ({"code": 5}, "code"),
        ({"code": None}, "code"),
        ({"code": "1", "timeout": 0}, "timeout"),
        ({"code": "1", "timeout": -1}, "timeout"),
        ({"code": "1", "timeout": "5"}, "timeout"),
        ({"code": "1", "timeout": 1.5}, "timeout"),
        ({"code": "1", "timeout": True}, "timeout"),
        ({"code": "1", "context": []}, "context"),
        ({"code": "1", "requirements": "numpy"}, "requirements"),
        ({"code": "1", "requirements": [1]}, "requirements"),
        ({"code": "1", "requirement": []}, "requirement"),
        ({"code": "1", "Timeout": 5}, "Timeout"),
    ],
)
def test_a_bad_argument_is_a_result_that_names_it(client, arguments, field):
    result = client.request("tools/call", {"name": TOOL, "arguments": arguments})
    assert result["isError"] is True
    assert field in result["content"][0]["text"]


# At the same time


def test_a_long_call_blocks_nobody(client):
    waiting = begin(client, SPIN, timeout=1500)
    for _ in range(5):
        assert client.request("ping", timeout=bounds.PROMPT) == {}
        assert client.request("tools/list", timeout=bounds.PROMPT)["tools"]
        assert run(client, "1 + 1", bounds.PROMPT)["result"] == "2"
    assert finish(client, waiting)["structuredContent"]["status"] == "timeout"


PROGRESS = "import time\nprint('first', flush=True)\ntime.sleep(4)"


def test_progress_is_told_to_who_asked(client):
    tokens = [7, "seven"]
    arguments = {"name": TOOL, "arguments": {"code": PROGRESS, "timeout": 60_000}}
    calls = [
        client.post("tools/call", {**arguments, "_meta": {"progressToken": token}})
        for token in tokens
    ]
    quiet = client.post("tools/call", arguments)
    for call in [*calls, quiet]:
        finish(client, call, 60)
    seen: dict[object, list[dict]] = {}
    for note in client.notifications:
        assert note["method"] == "notifications/progress"
        seen.setdefault(note["params"]["progressToken"], []).append(note["params"])
    assert set(seen) == set(tokens), "each token keeps its type; no other is told of"
    for steps in seen.values():
        # The first after a second, then every two.
        assert [step["progress"] for step in steps] == pytest.approx([1, 3], abs=0.5)
        assert [step["message"] for step in steps] == ["running, 1 s: first", "running, 3 s: first"]
    client.silence(0.3)


def test_a_call_that_waits_for_a_worker_says_so_and_then_that_it_runs(client):
    """More calls than there are workers: the last ones have to wait for their turn."""
    code = "import time; print('mine', flush=True); time.sleep(2.5)"
    arguments = {"name": TOOL, "arguments": {"code": code, "timeout": 60_000}}
    calls = [
        client.post("tools/call", {**arguments, "_meta": {"progressToken": n}}) for n in range(70)
    ]
    for call in calls:
        finish(client, call, 60)
    phases: dict[int, list[str]] = {}
    for note in client.notifications:
        word = note["params"]["message"].split(",")[0]
        told = phases.setdefault(note["params"]["progressToken"], [])
        if told[-1:] != [word]:
            told.append(word)
    assert ["running"] in phases.values()
    assert ["waiting", "running"] in phases.values()
    assert all(told in (["running"], ["waiting", "running"]) for told in phases.values())


def test_nothing_is_told_of_a_call_that_was_cancelled(client):
    code = "import time\nwhile True: print('x', flush=True); time.sleep(0.01)"
    arguments = {"code": code, "timeout": 60_000}
    params = {"name": TOOL, "arguments": arguments, "_meta": {"progressToken": 1}}
    call = client.post("tools/call", params)
    assert client.read(bounds.PROMPT)["method"] == "notifications/progress"
    client.notify("notifications/cancelled", requestId=call)
    client.silence(3)
