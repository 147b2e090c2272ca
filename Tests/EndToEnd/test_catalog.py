"""The catalogue as a client meets it: sets, unknown parameters, paths without a workspace."""

from __future__ import annotations

import pytest

from Harness.execution import TOOL
from Harness.server import Server

INTERPRETER = {
    "run_python_code", "run_python_file", "list_python_environments", "list_installed_packages",
    "read_file", "write_file", "list_directory", "clear_session", "list_sessions",
}  # fmt: skip
SNAPSHOTS = {"session_checkpoint", "session_rollback", "session_branch", "session_tree"}
SETS = {
    "all": INTERPRETER | SNAPSHOTS | {TOOL},
    "core": {
        TOOL, "run_python_code", "run_python_file", "list_sessions", "clear_session",
        "list_python_environments", "list_installed_packages",
    },
    "interpreter": INTERPRETER,
    "pyodide": {TOOL},
    "sessions": SNAPSHOTS | {"list_sessions", "clear_session"},
}  # fmt: skip
NEEDED = {
    TOOL: {"code": "1"},
    "run_python_code": {"code": "1"},
    "run_python_file": {"file_path": "a.py"},
    "read_file": {"file_path": "a.py"},
    "write_file": {"file_path": "a.py", "content": ""},
}
PATHS = [
    ("run_python_code", "save_as"), ("run_python_file", "file_path"), ("read_file", "file_path"),
    ("write_file", "file_path"), ("list_directory", "directory_path"),
]  # fmt: skip


def refusal(client, tool: str, **arguments) -> dict:
    result = client.call(tool, **arguments)
    assert result["isError"], result
    error = result["structuredContent"]["error"]
    assert error["reason"] in result["content"][0]["text"]
    return error


@pytest.mark.parametrize("name", SETS)
def test_a_set_is_exactly_its_tools(server: Server, name: str) -> None:
    with server.connect("--tools", name) as client:
        client.greet()
        tools = [tool["name"] for tool in client.request("tools/list")["tools"]]
        assert set(tools) == SETS[name] and len(tools) == len(SETS[name])


def test_the_first_tool_does_no_harm(client) -> None:
    first = client.request("tools/list")["tools"][0]
    assert first["annotations"]["readOnlyHint"] and not first["annotations"]["destructiveHint"]


@pytest.mark.parametrize("tool", sorted(SETS["all"]))
def test_an_unknown_parameter_is_refused_by_its_name(client, tool: str) -> None:
    error = refusal(client, tool, **NEEDED.get(tool, {}), no_such_parameter=1)
    assert error["code"] == "invalid_arguments" and "no_such_parameter" in error["reason"]


@pytest.mark.parametrize(("tool", "name"), PATHS)
def test_without_a_workspace_a_path_is_refused_with_what_to_do(client, tool, name) -> None:
    error = refusal(client, tool, **(NEEDED.get(tool, {}) | {name: "a.py"}))
    assert error["code"] == "invalid_arguments"
    assert error["reason"].startswith(f"{name}: ") and "--workspace DIR" in error["reason"]
