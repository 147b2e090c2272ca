"""Messages of real conversations, held against the published schema of their revision."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from Harness.client import MODERN, StdioClient
from Harness.execution import TOOL
from Harness.server import Server

SCHEMAS = Path(__file__).resolve().parents[1] / "Schemas"

REVISIONS = ["2024-11-05", "2025-03-26", "2025-06-18", "2025-11-25", MODERN]

PROGRAMS = [
    "print('out'); 6 * 7",
    "1 / 0",
    "while True: pass",
    "import os; os.abort()",
    "print('x' * 100_000)",
]


def definition(revision: str, *names: str) -> Draft202012Validator:
    """The first of these definitions that the revision's schema has."""
    schema = json.loads((SCHEMAS / f"schema-{revision}.json").read_text())
    key = "$defs" if "$defs" in schema else "definitions"
    name = next(name for name in names if name in schema[key])
    return Draft202012Validator({**schema, "$ref": f"#/{key}/{name}"})


def check(revision: str, message: Any, *names: str) -> None:
    faults = list(definition(revision, *names).iter_errors(message))
    assert not faults, [f"{list(fault.path)}: {fault.message}" for fault in faults[:5]]


@pytest.fixture(params=REVISIONS)
def talk(request: pytest.FixtureRequest, server: Server):
    with server.connect(revision=request.param) as client:
        yield request.param, client


def test_a_conversation_follows_its_schema(talk: tuple[str, StdioClient]):
    revision, client = talk
    greeting = "DiscoverResult" if revision == MODERN else "InitializeResult"
    check(revision, client.greet(), greeting)
    check(revision, client.request("tools/list"), "ListToolsResult")
    for code in PROGRAMS:
        arguments = {"name": TOOL, "arguments": {"code": code, "timeout": 1000}}
        response = client.answer(client.post("tools/call", arguments))
        check(revision, response, "JSONRPCResultResponse", "JSONRPCResponse")
        check(revision, response["result"], "CallToolResult")


def test_what_is_offered_beside_tools_follows_its_schema(talk: tuple[str, StdioClient]):
    revision, client = talk
    client.greet()
    listed = client.request("resources/list")
    check(revision, listed, "ListResourcesResult")
    check(revision, client.request("resources/templates/list"), "ListResourceTemplatesResult")
    for resource in listed["resources"]:
        read = client.request("resources/read", {"uri": resource["uri"]})
        check(revision, read, "ReadResourceResult")
    prompts = client.request("prompts/list")
    check(revision, prompts, "ListPromptsResult")
    for prompt in prompts["prompts"]:
        arguments = {each["name"]: "text" for each in prompt["arguments"]}
        got = client.request("prompts/get", {"name": prompt["name"], "arguments": arguments})
        check(revision, got, "GetPromptResult")
        argument = {"name": prompt["arguments"][0]["name"], "value": ""}
        ref = {"type": "ref/prompt", "name": prompt["name"]}
        completed = client.request("completion/complete", {"ref": ref, "argument": argument})
        check(revision, completed, "CompleteResult")


def test_errors_follow_their_schema(talk: tuple[str, StdioClient]):
    revision, client = talk
    client.greet()
    for method, parameters in {
        "no/such/method": {},
        "tools/call": {"name": "no_such_tool", "arguments": {}},
        "tools/list": {"cursor": "no-such-cursor"},
        "resources/read": {"uri": "nothing://here"},
        "prompts/get": {"name": "nothing"},
    }.items():
        response = client.answer(client.post(method, parameters))
        assert "error" in response
        check(revision, response, "JSONRPCErrorResponse", "JSONRPCError")
    for line in (b"{", b"[]", b"1", b'{"jsonrpc":"1.0","id":1,"method":"ping"}'):
        client.send_bytes(line + b"\n")
        message = client.read()
        # Older schemas know no error without an id; the protocol forbids null, so it is left out.
        message.setdefault("id", 0)
        check(revision, message, "JSONRPCErrorResponse", "JSONRPCError")


def test_progress_follows_its_schema(talk: tuple[str, StdioClient]):
    revision, client = talk
    client.greet()
    arguments = {"code": "import time; time.sleep(6)", "timeout": 60_000}
    parameters = {"name": TOOL, "arguments": arguments, "_meta": {"progressToken": "t"}}
    client.answer(client.post("tools/call", parameters), 60)
    assert client.notifications
    for message in client.notifications:
        check(revision, message, "JSONRPCNotification")
        check(revision, message, "ProgressNotification")


@pytest.mark.parametrize("revision", REVISIONS)
def test_a_schema_can_say_no(revision: str):
    for wrong in ({"content": 5}, {"content": [{"type": "text"}]}):
        assert not definition(revision, "CallToolResult").is_valid(wrong)


def test_the_tools_own_schemas_are_schemas(client):
    for tool in client.request("tools/list")["tools"]:
        for name in ("inputSchema", "outputSchema"):
            if name in tool:
                Draft202012Validator.check_schema(tool[name])
                assert tool[name]["type"] == "object"
        hints = {"readOnlyHint", "destructiveHint", "idempotentHint", "openWorldHint"}
        assert hints <= tool["annotations"].keys()
