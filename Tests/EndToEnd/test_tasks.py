"""Calls that last, answered with a handle: the tasks extension of the stateless revision."""

from __future__ import annotations

import time
from typing import Any, Literal

import anyio
import mcp
import mcp_types as types
import pytest
from mcp import StdioServerParameters
from mcp.client.extension import ClaimContext, ClientExtension, ResultClaim

from Harness import bounds
from Harness.client import MODERN, StdioClient
from Harness.execution import SPIN, TOOL, begin, finish
from Harness.footprint import gone_after, spinner, survivors
from Harness.policies import connect, write
from Harness.server import Server

EXTENSION = "io.modelcontextprotocol/tasks"
TAKES_TASKS = {"extensions": {EXTENSION: {}}}
BAD_PARAMS, MISSING_CAPABILITY = -32602, -32021

# When a call becomes a task, in seconds.
TASK_AFTER = 5.0

LONG = "import time\nprint('begun', flush=True)\ntime.sleep(8)\nprint('done')\n6 * 7"


@pytest.fixture
def tasks(server: Server):
    with server.connect(revision=MODERN, capabilities=TAKES_TASKS) as client:
        yield client


def handle(client: StdioClient, call: int) -> dict:
    """The answer of a call that lasts, checked for what the extension asks of it."""
    result = client.answer(call, 20)["result"]
    assert result["resultType"] == "task" and result["status"] == "working"
    assert len(result["taskId"]) == 32 and int(result["taskId"], 16)
    assert result["ttlMs"] == 600_000 and result["pollIntervalMs"] > 0
    assert result["createdAt"].endswith("Z") and result["lastUpdatedAt"].endswith("Z")
    return result


def look(client: StdioClient, task: str) -> dict:
    state = client.request("tasks/get", {"taskId": task}, timeout=bounds.PROMPT)
    assert state["resultType"] == "complete" and state["taskId"] == task
    return state


def ended(client: StdioClient, task: str, within: float = 30) -> dict:
    deadline = time.monotonic() + within
    while (state := look(client, task))["status"] == "working":
        assert time.monotonic() < deadline, state
        time.sleep(0.1)
    return state


def test_a_call_that_lasts_is_answered_with_a_handle_and_goes_on(tasks: StdioClient):
    begun = time.monotonic()
    call = begin(tasks, LONG)
    task = handle(tasks, call)["taskId"]
    assert TASK_AFTER <= time.monotonic() - begun < TASK_AFTER + 1
    state = look(tasks, task)
    assert state["status"] == "working"
    assert state["statusMessage"].startswith("running, ")
    assert state["statusMessage"].endswith(" s: begun")
    state = ended(tasks, task)
    assert state["status"] == "completed" and "error" not in state
    result = state["result"]
    assert result["isError"] is False and result["resultType"] == "complete"
    assert result["structuredContent"]["stdout"] == "begun\ndone\n"
    assert result["structuredContent"]["result"] == "42"
    assert result["_meta"]["sandboa/walls"]
    assert look(tasks, task)["result"] == result, "a result is kept"
    tasks.silence(0.3)


def test_a_failure_of_the_program_is_a_completed_task(tasks: StdioClient):
    call = begin(tasks, SPIN, timeout=6000)
    state = ended(tasks, handle(tasks, call)["taskId"])
    assert state["status"] == "completed" and state["result"]["isError"] is True
    told = state["result"]["structuredContent"]
    assert (told["status"], told["stdout"]) == ("timeout", "before\n")


def test_a_short_call_is_answered_at_once(tasks: StdioClient):
    assert finish(tasks, begin(tasks, "1 + 1"))["structuredContent"]["result"] == "2"


def test_cancelling_a_task_kills_its_run_and_keeps_what_it_printed(tasks: StdioClient):
    samples = []
    for _ in range(3):
        task = handle(tasks, begin(tasks, SPIN, timeout=60_000))["taskId"]
        process = spinner(tasks.process.pid)
        sent = time.monotonic()
        acknowledged = tasks.request("tasks/cancel", {"taskId": task}, timeout=bounds.PROMPT)
        assert set(acknowledged) == {"resultType", "_meta"}
        samples.append(gone_after(process, sent))
        state = ended(tasks, task, bounds.PROMPT)
        assert state["status"] == "cancelled" and "result" not in state
        partial = state["_meta"]["sandboa/partial_result"]["structuredContent"]
        assert (partial["status"], partial["stdout"]) == ("cancelled", "before\n")
    assert bounds.kept(samples, bounds.CANCEL_LATE), samples


def test_a_client_that_does_not_declare_tasks_waits(server: Server):
    with server.connect(revision=MODERN) as client:
        call = begin(client, "import time; time.sleep(6); 1")
        assert finish(client, call)["structuredContent"]["result"] == "1"
        for method in ("tasks/get", "tasks/update", "tasks/cancel"):
            params = {"taskId": "x", "inputResponses": {}}
            error = client.answer(client.post(method, params), bounds.PROMPT)["error"]
            assert error["code"] == MISSING_CAPABILITY
            assert error["data"]["requiredCapabilities"] == TAKES_TASKS


@pytest.mark.parametrize("method", ["tasks/get", "tasks/update", "tasks/cancel"])
@pytest.mark.parametrize("task", ["0" * 32, "x", "", 7, None, "y" * 500])
def test_an_unknown_task_is_refused(tasks: StdioClient, method: str, task: object):
    params = {"taskId": task, "inputResponses": {}}
    error = tasks.answer(tasks.post(method, params), bounds.PROMPT)["error"]
    assert error["code"] == BAD_PARAMS


def test_progress_stops_where_the_task_begins(tasks: StdioClient):
    arguments = {"name": TOOL, "arguments": {"code": LONG}, "_meta": {"progressToken": "t"}}
    task = handle(tasks, tasks.post("tools/call", arguments))["taskId"]
    seen = [note["params"] for note in tasks.notifications]
    assert [note["progress"] for note in seen] == pytest.approx([1, 3], abs=0.5)
    assert all(note["message"].endswith(" s: begun") for note in seen), seen
    assert ended(tasks, task)["status"] == "completed"
    assert len(tasks.notifications) == len(seen)


def test_a_person_is_asked_before_there_is_a_task(server: Server, place):
    rule = "action: require_approval\n        approval: {timeout: 20s}\n"
    policy = write(place, f"tools:\n  {TOOL}:\n    rules:\n      - name: ask\n        {rule}")
    abilities = {"elicitation": {}, **TAKES_TASKS}
    with connect(server, place, policy, revision=MODERN, capabilities=abilities) as client:
        parameters = {"name": TOOL, "arguments": {"code": LONG}}
        asked = client.request("tools/call", parameters)
        assert asked["resultType"] == "input_required"
        answers = {
            key: {"action": "accept", "content": {"approve": True}}
            for key in asked["inputRequests"]
        }
        retry = {"inputResponses": answers, "requestState": asked["requestState"]}
        task = handle(client, client.post("tools/call", {**parameters, **retry}))["taskId"]
        assert ended(client, task)["result"]["structuredContent"]["result"] == "42"


def test_the_end_of_input_ends_tasks(tasks: StdioClient):
    handle(tasks, begin(tasks, SPIN, timeout=60_000))
    process = spinner(tasks.process.pid)
    tasks.process.stdin.close()
    assert not survivors({process})


# The official SDK, which has no tasks of its own and takes them as an extension


class Handle(types.Result):
    result_type: Literal["task"]
    task_id: str
    status: str
    poll_interval_ms: int


class State(types.Result):
    status: str
    result: dict[str, Any] | None = None


class Asking(types.RequestParams):
    task_id: str


class GetTask(types.Request[Asking, Literal["tasks/get"]]):
    method: Literal["tasks/get"] = "tasks/get"
    params: Asking
    name_param = "taskId"


class Tasks(ClientExtension):
    """Asks until a task has ended, and gives its result as if nothing had happened."""

    identifier = EXTENSION

    def __init__(self) -> None:
        self.handles: list[Handle] = []

    def claims(self) -> list[ResultClaim[Any]]:
        return [ResultClaim(result_type="task", model=Handle, resolve=self.resolve)]

    async def resolve(self, handle: Handle, context: ClaimContext) -> types.CallToolResult:
        self.handles.append(handle)
        request = GetTask(params=Asking(task_id=handle.task_id))
        while (state := await context.session.send_request(request, State)).status == "working":
            await anyio.sleep(handle.poll_interval_ms / 1000)
        return types.CallToolResult.model_validate(state.result)


@pytest.mark.anyio
async def test_the_official_client_resolves_a_task_by_itself(server: Server):
    command, *arguments = server.serve()
    parameters = StdioServerParameters(
        command=command, args=arguments, env=server.environment, cwd=server.home.parent
    )
    extension = Tasks()
    async with mcp.Client(parameters, mode="auto", extensions=[extension]) as client:
        assert EXTENSION in client.server_capabilities.extensions
        short = await client.call_tool(TOOL, {"code": "1 + 1"})
        assert short.structured_content["result"] == "2" and not extension.handles
        long = await client.call_tool(TOOL, {"code": LONG})
        assert long.structured_content["result"] == "42" and len(extension.handles) == 1
