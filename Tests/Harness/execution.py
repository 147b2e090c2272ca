"""Calling `python_execute`, which most tests do all the time."""

from __future__ import annotations

from typing import Any

from Harness import bounds
from Harness.client import Message, StdioClient

TOOL = "python_execute"

# Prints, then never ends.
SPIN = "print('before', flush=True)\nwhile True: pass"

STATUSES = {"ok", "error", "timeout", "memory", "killed", "crashed", "denied", "cancelled"}


def begin(client: StdioClient, code: str, **arguments: Any) -> int:
    """Starts a run and gives the request's id: `finish` waits for it."""
    parameters = {"name": TOOL, "arguments": {"code": code, **arguments}}
    return client.post("tools/call", parameters)


def finish(client: StdioClient, identifier: int, wait: float | None = None) -> Message:
    """The whole result of a run, checked for what must hold for every one."""
    response = client.answer(identifier, wait)
    assert "result" in response, response
    result = response["result"]
    assert "status" in result["structuredContent"], result
    status = result["structuredContent"]["status"]
    assert status in STATUSES, result
    assert bool(result.get("isError")) == (status != "ok"), result
    assert result["content"][0]["type"] == "text", result
    wanted = {"sandboa/category", "sandboa/profile", "sandboa/walls", "sandboa/timeout_ms"}
    assert wanted <= result["_meta"].keys(), result["_meta"]
    return result


def answer(client: StdioClient, code: str, wait: float | None = None, **arguments: Any) -> Message:
    """Runs a program and gives the whole result."""
    return finish(client, begin(client, code, **arguments), wait)


def run(client: StdioClient, code: str, wait: float | None = None, **arguments: Any) -> Message:
    """Runs a program and gives what became of it: the structured content."""
    return answer(client, code, wait, **arguments)["structuredContent"]


def value(client: StdioClient, code: str, **arguments: Any) -> str | None:
    """The text of the last expression of a program that has to succeed."""
    outcome = run(client, code, **arguments)
    assert outcome["status"] == "ok", outcome
    return outcome.get("result")


def ping(client: StdioClient, identifier: object = "alive") -> None:
    """The server is there, and the next thing it says is the answer to this."""
    client.send({"jsonrpc": "2.0", "id": identifier, "method": "ping"})
    assert client.read(bounds.PROMPT) == {"jsonrpc": "2.0", "id": identifier, "result": {}}
