"""Forms of a call that slipped past other policy engines: here they run nothing."""

from __future__ import annotations

import json

import pytest

from Harness.execution import TOOL
from Harness.policies import connect, error, records, verify, write
from Harness.server import Server

CODE = {"code": "print('ran')"}


def line(**members) -> str:
    return json.dumps({"jsonrpc": "2.0", "id": 77, "method": "tools/call", **members})


CALL = line(params={"name": TOOL, "arguments": CODE})

FORMS = {
    "a batch": f"[{CALL}]",
    "arguments that are a list": line(params={"name": TOOL, "arguments": ["print('ran')"]}),
    "arguments that are a text": line(params={"name": TOOL, "arguments": "print('ran')"}),
    "arguments that are a number": line(params={"name": TOOL, "arguments": 5}),
    "a number beyond doubles": CALL.replace('"code"', '"timeout": 1e400, "code"'),
    "a name twice": CALL.replace('"name"', '"name": "harmless", "name"'),
    "a name in another case": CALL.replace('"name"', '"Name": "harmless", "name"'),
    "params in another case": CALL.replace('"params"', '"Params": {}, "params"'),
    "arguments in another case": CALL.replace('"arguments"', '"Arguments": {}, "arguments"'),
    "a method in another case": CALL.replace('"method"', '"Method": "ping", "method"'),
    "a blank behind the name": CALL.replace(TOOL, TOOL + " "),
    "a blank before the name": CALL.replace(TOOL, " " + TOOL),
    "a zero behind the name": CALL.replace(TOOL, TOOL + "\\u0000"),
    "a name in capitals": CALL.replace(TOOL, TOOL.upper()),
    "a Cyrillic letter in the name": CALL.replace(TOOL, TOOL.replace("o", "\\u043e")),
    "a fullwidth letter in the name": CALL.replace(TOOL, TOOL.replace("o", "\\uff4f")),
    "nothing to be seen in the name": CALL.replace(TOOL, TOOL + "\\u200b"),
    "a mark on the name": CALL.replace(TOOL, TOOL + "\\u0301"),
    "a control of direction in the name": CALL.replace(TOOL, "\\u202e" + TOOL),
    "no id": json.dumps(
        {"jsonrpc": "2.0", "method": "tools/call", "params": {"name": TOOL, "arguments": CODE}}
    ),
}


# 1 to 6, 30, 32: one strict parser reads a call, what was judged is what runs, and what asks for no
# answer gets none.
@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("default", ["allow", "deny"])
def test_no_form_of_a_denied_call_runs(server: Server, place, form: str, default: str) -> None:
    rules = "    rules:\n      - {name: never, action: deny}\n"
    policy = write(place, f"default: {default}\ntools:\n  {TOOL}:\n{rules}")
    with connect(server, place, policy) as client:
        client.greet()
        client.send_bytes(FORMS[form].encode() + b"\n")
        client.send({"jsonrpc": "2.0", "id": "after", "method": "ping"})
        while (message := client.read()).get("id") != "after":
            if "result" in message:
                assert error(message["result"])["code"] == "denied"
            else:
                assert message["error"]["code"] < 0
                assert message.get("id", 77) == 77
    assert not [record for record in records(place) if record["kind"] == "finished"]
    verify(server, place)


def test_a_batch_is_judged_call_by_call(server: Server, place) -> None:
    policy = write(place, f"tools:\n  {TOOL}:\n    rules:\n      - rate_limit: 1/day\n")
    with connect(server, place, policy, revision="2025-03-26") as client:
        client.greet()
        both = [json.loads(CALL), json.loads(CALL) | {"id": 78}]
        client.send(both)
        answers = [client.answer(one)["result"]["isError"] for one in (77, 78)]
    assert sorted(answers) == [False, True]


# 15, 16
def test_a_failed_run_is_given_back_only_where_the_policy_says(server: Server, place) -> None:
    limit = "limit: {counter: runs, max: 1, window: day, charge: CHARGE}"
    for charge, second in (("success", False), ("attempt", True)):
        counter = limit.replace("CHARGE", charge).replace("runs", f"runs_{charge}")
        policy = write(place, f"tools:\n  {TOOL}:\n    rules:\n      - {counter}\n")
        with connect(server, place, policy) as client:
            client.greet()
            assert client.call(TOOL, code="1/0")["isError"]
            assert client.call(TOOL, code="1")["isError"] is second
