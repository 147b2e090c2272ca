"""Lines: every bad one is answered with the right code and forgotten, and what follows is read."""

from __future__ import annotations

import json

import pytest

from Harness import bounds
from Harness.execution import ping
from Harness.footprint import resident

HANDSHAKES = ["2024-11-05", "2025-03-26", "2025-06-18", "2025-11-25"]

PARSE, INVALID, UNKNOWN_METHOD, BAD_PARAMS = -32700, -32600, -32601, -32602

REQUEST = b'{"jsonrpc":"2.0","id":1,"method":'

BAD_LINES = {
    "half an object": (b"{", {PARSE}),
    "not json": (b"hello", {PARSE}),
    "not utf-8": (b'{"jsonrpc":"2.0","id":1,"method":"\xff\xfe"}', {PARSE, INVALID}),
    "surrogates as bytes": (b'{"jsonrpc":"2.0","id":1,"method":"\xed\xa0\x80"}', {PARSE, INVALID}),
    "a lone surrogate": (rb'{"jsonrpc":"2.0","id":1,"method":"\ud800"}', {PARSE, INVALID}),
    "a raw NUL": (b'{"jsonrpc":"2.0","id":1,"method":"a\x00b"}', {PARSE}),
    "a raw tab": (b'{"jsonrpc":"2.0","id":1,"method":"a\tb"}', {PARSE}),
    "two values": (b"{} {}", {PARSE}),
    "a comma too much": (b'{"jsonrpc":"2.0",}', {PARSE}),
    "a comment": (b'{"jsonrpc":"2.0"} // hi', {PARSE}),
    "NaN": (b'{"jsonrpc":"2.0","id":NaN,"method":"ping"}', {PARSE}),
    "a byte order mark": (b'\xef\xbb\xbf{"jsonrpc":"2.0","id":1,"method":"ping"}', {PARSE}),
    "a key twice": (b'{"jsonrpc":"2.0","id":1,"id":2,"method":"ping"}', {PARSE, INVALID}),
    "a deep hole": (b"[" * 100_000, {PARSE, INVALID}),
    "a deep object": (b'{"a":' * 5_000 + b"1" + b"}" * 5_000, {PARSE, INVALID}),
    "null": (b"null", {INVALID}),
    "a number": (b"1", {INVALID}),
    "a string": (b'"ping"', {INVALID}),
    "an empty object": (b"{}", {INVALID}),
    "an empty array": (b"[]", {INVALID}),
    "no version": (b'{"id":1,"method":"ping"}', {INVALID}),
    "another version": (b'{"jsonrpc":"1.0","id":1,"method":"ping"}', {INVALID}),
    "a number as version": (b'{"jsonrpc":2.0,"id":1,"method":"ping"}', {INVALID}),
    "no method": (b'{"jsonrpc":"2.0","id":1}', {INVALID}),
    "a number as method": (b'{"jsonrpc":"2.0","id":1,"method":5}', {INVALID}),
    "id null": (b'{"jsonrpc":"2.0","id":null,"method":"ping"}', {INVALID}),
    "id true": (b'{"jsonrpc":"2.0","id":true,"method":"ping"}', {INVALID}),
    "id a fraction": (b'{"jsonrpc":"2.0","id":1.5,"method":"ping"}', {INVALID}),
    "id 1e400": (b'{"jsonrpc":"2.0","id":1e400,"method":"ping"}', {INVALID}),
    "id an object": (b'{"jsonrpc":"2.0","id":{},"method":"ping"}', {INVALID}),
    "params a list": (REQUEST + b'"ping","params":[1]}', {INVALID, BAD_PARAMS}),
    "params a number": (REQUEST + b'"ping","params":1}', {INVALID, BAD_PARAMS}),
    "an unknown method": (REQUEST + b'"no/such"}', {UNKNOWN_METHOD}),
    "an unknown tool": (REQUEST + b'"tools/call","params":{"name":"no_such"}}', {BAD_PARAMS}),
    "no tool": (REQUEST + b'"tools/call","params":{}}', {BAD_PARAMS}),
    "arguments a list": (
        REQUEST + b'"tools/call","params":{"name":"python_execute","arguments":[]}}', {BAD_PARAMS}),
    "a bad cursor": (REQUEST + b'"tools/list","params":{"cursor":"no-such"}}', {BAD_PARAMS}),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD_LINES)
def test_every_bad_line_is_answered_and_forgotten(client, name):
    line, codes = BAD_LINES[name]
    client.send_bytes(line + b"\n")
    response = client.read(bounds.PROMPT)
    assert response["error"]["code"] in codes, response
    assert isinstance(response["error"]["message"], str)
    assert response.get("id", 1) == 1, "an id is the request's, or absent: never null or made up"
    ping(client)


SILENT_LINES = {
    "nothing": b"",
    "spaces": b"   \t ",
    "a carriage return": b"\r",
    "an unknown notification": b'{"jsonrpc":"2.0","method":"notifications/no-such"}',
    "a notification with odd params": b'{"jsonrpc":"2.0","method":"notifications/cancelled"}',
    "a cancel of nothing": b'{"jsonrpc":"2.0","method":"notifications/cancelled",'
    b'"params":{"requestId":"no-such"}}',
    "a request's method without id": b'{"jsonrpc":"2.0","method":"tools/list"}',
    "an answer nobody asked for": b'{"jsonrpc":"2.0","id":77,"result":{}}',
    "an error nobody asked for": b'{"jsonrpc":"2.0","id":77,"error":{"code":1,"message":""}}',
}


# 32
@pytest.mark.parametrize("name", SILENT_LINES)
def test_what_asks_for_no_answer_gets_none(client, name):
    client.send_bytes(SILENT_LINES[name] + b"\n")
    ping(client)


@pytest.mark.parametrize("identifier", [0, 1, -1, 2**53 + 1, 2**63 - 1, "1", "", "ü\0\U0001f600"])
def test_an_id_comes_back_as_it_was(client, identifier):
    ping(client, identifier)


def test_lines_may_come_in_pieces_or_together(client):
    line = json.dumps({"jsonrpc": "2.0", "id": "slow", "method": "ping"}).encode()
    for byte in line:
        client.send_bytes(bytes([byte]))
    client.send_bytes(b"\r\n")
    assert client.read(bounds.PROMPT)["id"] == "slow"
    client.send_bytes(b"".join(line.replace(b"slow", b"q%d" % n) + b"\n" for n in range(500)))
    assert [client.read(bounds.PROMPT)["id"] for n in range(500)] == [f"q{n}" for n in range(500)]


# 33
@pytest.mark.parametrize("size", [5 << 20, 96 << 20])
def test_a_line_too_long_is_refused_and_the_next_one_is_read(client, size):
    before = resident(client.process.pid)
    client.send_bytes(b'{"jsonrpc":"2.0","id":1,"method":"ping","params":{"x":"')
    for _ in range(size >> 20):
        client.send_bytes(b"x" * (1 << 20))
    client.send_bytes(b'"}}\n')
    response = client.read(bounds.PROMPT)
    assert response["error"]["code"] == INVALID and response.get("id", 1) == 1
    ping(client)
    assert resident(client.process.pid) - before < 32 << 20, "the line was kept"


def test_batches_belong_to_one_revision(server):
    pair = [{"jsonrpc": "2.0", "id": n, "method": "ping"} for n in (1, 2)]
    for revision in HANDSHAKES:
        with server.connect(revision=revision) as client:
            client.greet()
            client.send([*pair, {"jsonrpc": "2.0", "method": "notifications/initialized"}])
            answers = json.loads(client.read_line(bounds.PROMPT))
            if revision != "2025-03-26":
                assert answers["error"]["code"] == INVALID
                continue
            if isinstance(answers, dict):
                answers = [answers, client.read(bounds.PROMPT)]
            assert sorted(answer["id"] for answer in answers) == [1, 2]
            assert all(answer["result"] == {} for answer in answers)
