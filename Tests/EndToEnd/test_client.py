"""The official Python SDK as the client, in both eras."""

from __future__ import annotations

import os
import time
from collections import Counter

import anyio
import jsonschema
import mcp
import pytest
from mcp import StdioServerParameters
from mcp.shared.exceptions import MCPError

from Harness import bounds
from Harness.execution import SPIN, TOOL
from Harness.footprint import children, gone_after, spinner
from Harness.server import Server

pytestmark = pytest.mark.anyio

ERAS = pytest.mark.parametrize("era", ["legacy", "modern"])


def told(result: mcp.types.CallToolResult) -> dict:
    """The structured content of a result; the SDK has held it against the output schema."""
    assert result.structured_content is not None, result
    assert bool(result.is_error) == (result.structured_content["status"] != "ok")
    return result.structured_content


@ERAS
async def test_it_lists_and_calls(server: Server, era: str):
    async with server.official(era=era) as session:
        tools = (await session.list_tools()).tools
        tool = next(tool for tool in tools if tool.name == TOOL)
        assert tool.description and tool.input_schema["required"] == ["code"]
        assert tool.output_schema is not None
        assert tool.annotations.open_world_hint is False
        assert tool.annotations.read_only_hint is not None
        result = await session.call_tool(TOOL, {"code": "print('printed')\n6 * 7"})
        assert (told(result)["stdout"], told(result)["result"]) == ("printed\n", "42")
        assert "42" in result.content[0].text
        assert {"sandboa/profile", "sandboa/walls"} <= result.meta.keys()


@pytest.mark.parametrize("mode", ["auto", "legacy", "2026-07-28"])
async def test_the_high_level_client_finds_its_way(server: Server, mode: str):
    command, *arguments = server.serve()
    parameters = StdioServerParameters(
        command=command, args=arguments, env=server.environment, cwd=server.home.parent
    )
    async with mcp.Client(parameters, mode=mode) as client:
        assert client.protocol_version == ("2025-11-25" if mode == "legacy" else "2026-07-28")
        assert client.server_info is None or client.server_info.name == "sandboa"
        assert TOOL in [tool.name for tool in (await client.list_tools()).tools]
        assert told(await client.call_tool(TOOL, {"code": "1 + 1"}))["result"] == "2"


@ERAS
async def test_fifty_calls_in_flight_answer_out_of_order(server: Server, era: str):
    """Each call sleeps its own time, the first the longest; every answer is its own."""
    finished: list[int] = []
    async with server.official(era=era) as session:

        async def call(n: int) -> None:
            code = f"import time; time.sleep({(50 - n) * 0.008}); {n} * 11"
            assert told(await session.call_tool(TOOL, {"code": code}))["result"] == str(n * 11)
            finished.append(n)

        begun = time.monotonic()
        async with anyio.create_task_group() as group:
            for n in range(50):
                group.start_soon(call, n)
        took = time.monotonic() - begun
    assert Counter(finished) == Counter(range(50))
    assert finished != sorted(finished), "nothing overtook anything"
    asleep = sum(n * 0.008 for n in range(1, 51))
    assert took < asleep, "the calls waited for each other"


@ERAS
async def test_a_loop_ends_within_its_limit(server: Server, era: str):
    samples = []
    async with server.official(era=era) as session:
        for _ in range(bounds.ATTEMPTS):
            begun = time.monotonic()
            result = await session.call_tool(TOOL, {"code": SPIN, "timeout": 500})
            samples.append(time.monotonic() - begun)
            assert (told(result)["status"], told(result)["stdout"]) == ("timeout", "before\n")
    assert bounds.kept(samples, 0.5 + bounds.TIMEOUT_LATE), samples


@ERAS
async def test_giving_up_kills_the_run(server: Server, era: str):
    """The SDK tells the server when its caller stops waiting."""
    samples = []
    others = set(children(os.getpid()))
    async with server.official(era=era) as session:
        (pid,) = set(children(os.getpid())) - others
        for _ in range(bounds.ATTEMPTS):
            async with anyio.create_task_group() as group:
                group.start_soon(session.call_tool, TOOL, {"code": SPIN, "timeout": 60_000})
                process = await anyio.to_thread.run_sync(spinner, pid)
                group.cancel_scope.cancel()
                given_up = time.monotonic()
            samples.append(await anyio.to_thread.run_sync(gone_after, process, given_up))
        result = await session.call_tool(TOOL, {"code": "1 + 1"})
        assert told(result)["result"] == "2"
    assert bounds.kept(samples, bounds.CANCEL_LATE), samples


@ERAS
async def test_progress_is_reported_on_a_long_call(server: Server, era: str):
    steps: list[float] = []

    async def progress(step: float, total: float | None, message: str | None) -> None:
        steps.append(step)

    async with server.official(era=era) as session:
        code = f"import time; time.sleep({bounds.PROGRESS_WITHIN + 1}); 1"
        arguments = {"code": code, "timeout": 60_000}
        await session.call_tool(TOOL, arguments, progress_callback=progress)
        seen = len(steps)
        await anyio.sleep(0.3)
    assert seen >= 1 and steps == sorted(set(steps)) and len(steps) == seen


@ERAS
async def test_faults_of_the_protocol_are_errors(server: Server, era: str):
    async with server.official(era=era) as session:
        with pytest.raises(MCPError) as fault:
            await session.call_tool("no_such_tool", {})
        assert fault.value.error.code == -32602
        result = await session.call_tool(TOOL, {"code": 5})
        assert result.is_error and "code" in result.content[0].text


@ERAS
async def test_every_outcome_passes_the_output_schema(server: Server, era: str):
    """The SDK checks successes by itself; here the failures are held against the schema too."""
    programs = {
        "ok": "print(1)\n2",
        "error": "1 / 0",
        "timeout": SPIN,
        "killed": "import os; os.kill(os.getpid(), 9)",
        "crashed": "import ctypes; ctypes.string_at(0)",
        "denied": "import ctypes; ctypes.CDLL(None).syscall(169, 0, 0, 0, 0)",
    }
    async with server.official(era=era) as session:
        tools = (await session.list_tools()).tools
        schema = next(tool for tool in tools if tool.name == TOOL).output_schema
        for status, code in programs.items():
            result = await session.call_tool(TOOL, {"code": code, "timeout": 500})
            assert told(result)["status"] == status
            jsonschema.validate(told(result), schema)
