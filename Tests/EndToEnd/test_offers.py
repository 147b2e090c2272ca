"""Resources, prompts and completions: listed, read, filled in, completed, and refused by name."""

from __future__ import annotations

import json

import mcp
import pytest
from mcp.shared.exceptions import MCPError

from Harness import bounds
from Harness.client import MODERN, StdioClient
from Harness.server import Server

BAD_PARAMS, NO_RESOURCE, UNKNOWN_METHOD = -32602, -32002, -32601

PROFILE = "sandboa://profiles/compute"
TEMPLATE = "sandboa://profiles/{name}"
TEMPLATES = {TEMPLATE, "python://packages/{env_name}", "python://session/{session_id}/history"}

PROMPTS = {
    "python_function_template": ["description"],
    "refactor_python_code": ["code"],
    "debug_python_error": ["code", "error_message"],
}


@pytest.fixture(params=["2024-11-05", "2025-06-18", "2025-11-25", MODERN])
def talk(request: pytest.FixtureRequest, server: Server):
    with server.connect(revision=request.param) as client:
        client.greet()
        yield client


def fault(client: StdioClient, method: str, **params: object) -> dict:
    return client.answer(client.post(method, params), bounds.PROMPT)["error"]


def test_what_is_offered_is_declared(talk: StdioClient):
    declared = talk.greet()["capabilities"]
    assert {"tools", "resources", "prompts"} <= declared.keys()
    assert ("completions" in declared) == (talk.revision != "2024-11-05")
    extensions = {"io.modelcontextprotocol/tasks": {}} if talk.revision == MODERN else None
    assert declared.get("extensions") == extensions
    for capability in declared.values():
        assert not {"listChanged", "subscribe"} & capability.keys()


def test_a_resource_is_listed_and_read(talk: StdioClient):
    listed = talk.request("resources/list")
    assert PROFILE in [resource["uri"] for resource in listed["resources"]]
    templates = talk.request("resources/templates/list")
    assert {each["uriTemplate"] for each in templates["resourceTemplates"]} == TEMPLATES
    read = talk.request("resources/read", {"uri": PROFILE})
    (content,) = read["contents"]
    assert (content["uri"], content["mimeType"]) == (PROFILE, "application/json")
    profile = json.loads(content["text"])
    assert profile["name"] == "compute" and profile["limits"]["wall_ms"] > 0
    for result in (listed, templates, read):
        around = {"resultType", "ttlMs", "cacheScope"} & result.keys()
        assert len(around) == (3 if talk.revision == MODERN else 0)


@pytest.mark.parametrize(
    "uri",
    [
        "sandboa://profiles/nothing",
        "sandboa://profiles/../x",
        "sandboa://profiles/",
        "file:///etc/passwd",
    ],
)
def test_what_is_not_there_is_an_error_of_the_era(talk: StdioClient, uri: str):
    error = fault(talk, "resources/read", uri=uri)
    assert error["code"] == (BAD_PARAMS if talk.revision == MODERN else NO_RESOURCE)
    assert error["data"] == {"uri": uri}


@pytest.mark.parametrize("uri", [None, 7, "", "no-scheme", "a:b c", "a:" + "x" * 3000])
def test_what_is_no_uri_is_refused(talk: StdioClient, uri: object):
    assert fault(talk, "resources/read", uri=uri)["code"] == BAD_PARAMS


@pytest.mark.parametrize("method", ["resources/list", "resources/templates/list", "prompts/list"])
def test_no_cursor_was_ever_handed_out(talk: StdioClient, method: str):
    assert fault(talk, method, cursor="x")["code"] == BAD_PARAMS


@pytest.mark.parametrize("method", ["resources/subscribe", "resources/unsubscribe"])
def test_nobody_can_subscribe(talk: StdioClient, method: str):
    assert fault(talk, method, uri=PROFILE)["code"] == UNKNOWN_METHOD


def test_the_prompts_take_what_they_say(talk: StdioClient):
    listed = talk.request("prompts/list")["prompts"]
    found = {prompt["name"]: [a["name"] for a in prompt["arguments"]] for prompt in listed}
    assert found == PROMPTS
    for name, arguments in PROMPTS.items():
        texts = {each: f"text of {each}\n```\nout of the fence?" for each in arguments}
        got = talk.request("prompts/get", {"name": name, "arguments": texts})
        (message,) = got["messages"]
        assert message["role"] == "user"
        for text in texts.values():
            assert f"\n{text}\n````" in message["content"]["text"]
        for missing in arguments:
            rest = {key: value for key, value in texts.items() if key != missing}
            error = fault(talk, "prompts/get", name=name, arguments=rest)
            assert error["code"] == BAD_PARAMS and missing in error["message"]
    assert fault(talk, "prompts/get", name="nothing")["code"] == BAD_PARAMS


def test_arguments_are_completed(talk: StdioClient):
    def complete(ref: dict, name: str, value: str) -> list[str]:
        params = {"ref": ref, "argument": {"name": name, "value": value}}
        return talk.request("completion/complete", params)["completion"]["values"]

    assert complete({"type": "ref/resource", "uri": TEMPLATE}, "name", "com") == ["compute"]
    prompt = {"type": "ref/prompt", "name": "debug_python_error"}
    assert "ValueError" in complete(prompt, "error_message", "val")
    assert complete(prompt, "code", "x") == []
    for ref, name in [
        ({"type": "ref/resource", "uri": "a:{b}"}, "b"),
        ({"type": "ref/resource", "uri": TEMPLATE}, "other"),
        ({"type": "ref/prompt", "name": "nothing"}, "code"),
        ({"type": "ref/tool", "name": "x"}, "code"),
    ]:
        argument = {"name": name, "value": ""}
        assert fault(talk, "completion/complete", ref=ref, argument=argument)["code"] == BAD_PARAMS


# The official SDK


@pytest.mark.anyio
@pytest.mark.parametrize("era", ["legacy", "modern"])
async def test_the_official_client_finds_all_of_it(server: Server, era: str):
    async with server.official(era=era) as session:
        assert PROFILE in [str(each.uri) for each in (await session.list_resources()).resources]
        templates = (await session.list_resource_templates()).resource_templates
        assert {each.uri_template for each in templates} == TEMPLATES
        read = await session.read_resource(PROFILE)
        assert json.loads(read.contents[0].text)["name"] == "compute"
        with pytest.raises(MCPError) as missing:
            await session.read_resource("sandboa://profiles/nothing")
        assert missing.value.error.code == (BAD_PARAMS if era == "modern" else NO_RESOURCE)
        listed = (await session.list_prompts()).prompts
        assert {each.name for each in listed} == set(PROMPTS)
        got = await session.get_prompt("refactor_python_code", {"code": "x=1"})
        assert "x=1" in got.messages[0].content.text
        with pytest.raises(MCPError) as refused:
            await session.get_prompt("refactor_python_code", {})
        assert refused.value.error.code == BAD_PARAMS
        ref = mcp.types.ResourceTemplateReference(type="ref/resource", uri=TEMPLATE)
        values = await session.complete(ref, {"name": "name", "value": "c"})
        assert values.completion.values == ["compute"]
