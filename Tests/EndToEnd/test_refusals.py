"""What is refused before it becomes a call: answered, on record, and never repeated there."""

from __future__ import annotations

import json
import subprocess

import pytest

from Harness.client import MODERN
from Harness.execution import TOOL, ping
from Harness.policies import call, connect, error, records, verify
from Harness.server import Server

# Stands wherever a client may write what it likes.
WORD = "zebra"

UNKNOWN_TOOL = -32602


def request(method: str, params: object = None) -> bytes:
    return json.dumps(
        {"jsonrpc": "2.0", "id": 1, "method": method, "params": {} if params is None else params}
    ).encode()


HALF_AN_ENVELOPE = {
    "name": TOOL, "arguments": {}, "_meta": {"io.modelcontextprotocol/protocolVersion": MODERN},
}
ANOTHER_VERSION = {
    "name": TOOL,
    "_meta": {
        "io.modelcontextprotocol/protocolVersion": WORD,
        "io.modelcontextprotocol/clientCapabilities": {},
    },
}

# Each line and what its record is about.
REFUSED = [
    (b"zebra", "line"),
    (b'{"jsonrpc":"2.0","id":1,"method":"ping","zebra":1,"zebra":2}', "line"),
    (b'{"jsonrpc":"2.0","id":1,"method":"ping","zebra":1,"Zebra":2}', "line"),
    (b'{"jsonrpc":"2.0","id":1,"method":"\xff\xfezebra"}', "line"),
    (b"x" * (5 << 20), "line"),
    (b"[" + request(WORD) + b"]", "batch"),
    (b'"zebra"', "message"),
    (b'{"jsonrpc":"2.0","id":null,"method":"zebra"}', "message"),
    (request(WORD), "method"),
    (request("tools/call", {"name": WORD}), "tool"),
    (request("tools/call", {"name": TOOL + "\u200b"}), "tool"),
    (request("tools/call", {"name": TOOL, "arguments": [WORD]}), "params"),
    (request("tools/list", {"cursor": WORD}), "params"),
    (request("tools/call", HALF_AN_ENVELOPE), "envelope"),
    (request("tools/call", ANOTHER_VERSION), "envelope"),
]

# The protocol allows no answer to these.
SILENT = [
    (b'{"jsonrpc":"2.0","method":"tools/call","params":{"name":"zebra"}}', "message"),
    (b'{"jsonrpc":"1.0","method":"notifications/zebra"}', "message"),
]


def refused(place) -> list[dict]:
    return [record for record in records(place) if record["kind"] == "refused"]


# 1 to 5: what slipped past others left no trace there, either.
def test_every_refusal_leaves_a_record_and_no_word_of_it(server: Server, place) -> None:
    with connect(server, place, "permissive") as client:
        client.greet()
        for line, _ in REFUSED:
            client.send_bytes(line + b"\n")
            assert client.read()["error"]["code"] < 0
        for line, _ in SILENT:
            client.send_bytes(line + b"\n")
        ping(client)
        assert not call(client)["isError"]
    found = refused(place)
    assert [record["what"] for record in found] == [what for _, what in REFUSED + SILENT]
    for (line, _), record in zip(REFUSED + SILENT, found, strict=True):
        assert record["bytes"] == len(line) and record["code"] < 0
        assert record["transport"] == "stdio" and record["reason"]
        assert ("excerpt" in record) == (len(line) < 4 << 20)
        assert WORD not in json.dumps(record).lower()
    assert len({record["excerpt"] for record in found if "excerpt" in record}) == len(found) - 1
    assert TOOL in found[10]["reason"] and "U+200B" in found[10]["reason"]
    kinds = {record["kind"] for record in records(place)}
    assert kinds >= {"refused", "decided", "finished"}
    verify(server, place)


def test_a_flood_of_refusals_leaves_sixty_records_and_a_count(server: Server, place) -> None:
    many = 3_000
    with connect(server, place, "permissive") as client:
        client.greet()
        for start in range(0, many, 500):
            client.send_bytes(b"".join(request(f"{WORD}/{n}") + b"\n" for n in range(500)))
            for _ in range(500):
                assert client.read()["error"]["code"] == -32601
        assert not call(client)["isError"]
    found = refused(place)
    assert [record["what"] for record in found] == ["method"] * 60 + ["more"]
    assert found[-1]["count"] == many - 60
    assert found[-1]["counts"] == {"method": many - 60}
    verify(server, place)


def test_the_readers_of_the_log_know_refusals(server: Server, place) -> None:
    with connect(server, place, "permissive") as client:
        client.greet()
        client.send_bytes(request("tools/call", {"name": WORD}) + b"\n")
        assert client.read()["error"]["code"] == UNKNOWN_TOOL
        assert not call(client)["isError"]
    home = ("--home", str(place / "home"))
    searched = server.run("audit", "search", *home, "--kind", "refused", "--json").stdout
    (found,) = [json.loads(line) for line in searched.splitlines()]
    assert found["what"] == "tool"
    assert "refused tool" in server.run("audit", "search", *home, "--kind", "refused").stdout
    assert "refused tool" in server.run("audit", "tail", *home).stdout
    for format in ("jsonl", "csv", "cef", "syslog"):
        lines = server.run("audit", "export", *home, "--format", format).stdout.splitlines()
        assert sum("refused" in line and "tool" in line for line in lines) == 1
    assert server.run("audit", "search", *home, "--kind", "nonsense").returncode == 2


def limit_files(server: Server, client, size: str) -> None:
    """Lets no file of the running server grow beyond this: as its own user, which may do that."""
    *as_user, _ = server.command()
    command = ["prlimit", "--pid", str(client.process.pid), f"--fsize={size}:"]
    subprocess.run([*as_user, *command], check=True, timeout=10)


def test_a_log_that_can_not_be_written_stops_no_refusal(server: Server, place) -> None:
    with connect(server, place, "permissive") as client:
        client.greet()
        assert not call(client)["isError"]
        limit_files(server, client, "0")
        for _ in range(100):
            client.send_bytes(request(WORD) + b"\n")
            assert client.read()["error"]["code"] == -32601
        # A call needs its record, and gets none.
        assert error(call(client))["code"] == "unavailable"
        limit_files(server, client, "unlimited")
        assert not call(client)["isError"]
    kinds = [record["kind"] for record in records(place)]
    assert kinds.count("gap") == 1
    # Those of the sixty are in the gap; the count of the others came when there was room again.
    assert [record["count"] for record in refused(place)] == [40]
    verify(server, place)


# 30: a name that only looks like a tool's is unknown, and whoever sent it is told why.
@pytest.mark.parametrize(
    ("name", "character"),
    [
        (TOOL.replace("o", "\u043e"), "U+043E CYRILLIC SMALL LETTER O"),
        (TOOL.replace("o", "\u03bf"), "U+03BF GREEK SMALL LETTER OMICRON"),
        (TOOL.replace("e", "\uff45", 1), "U+FF45 FULLWIDTH LATIN SMALL LETTER E"),
        (TOOL + "\u200b", "U+200B ZERO WIDTH SPACE"),
        (TOOL[:3] + "\u00ad" + TOOL[3:], "U+00AD SOFT HYPHEN"),
        ("\u202e" + TOOL, "U+202E RIGHT-TO-LEFT OVERRIDE"),
        (TOOL + "\u0301", "U+0301 COMBINING ACUTE ACCENT"),
        (TOOL + " ", "U+0020 SPACE"),
    ],
)
def test_a_name_that_looks_like_a_tool_s_is_unknown(client, name: str, character: str) -> None:
    client.send_bytes(request("tools/call", {"name": name, "arguments": {"code": "1"}}) + b"\n")
    fault = client.read()["error"]
    assert fault["code"] == UNKNOWN_TOOL
    assert character in fault["message"] and f'"{TOOL}"' in fault["message"]
