"""The contract of `python_execute`: what goes in, what comes out, clause by clause."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator

import pytest

from Harness import bounds
from Harness.client import StdioClient
from Harness.execution import SPIN, TOOL, answer, run, value
from Harness.server import Server


@pytest.fixture(scope="module")
def client(server: Server) -> Iterator[StdioClient]:
    """One server for the whole file: no run may feel the one before it."""
    with server.connect() as client:
        client.greet()
        yield client


# The value


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("6 * 7", "42"),
        ("x = 6\nx * 7", "42"),
        ("'text'", "'text'"),
        ("'ü\\n\\0\\ud800'", "'ü\\n\\x00\\ud800'"),
        ("[1, {'a': (2.5, None)}]", "[1, {'a': (2.5, None)}]"),
        ("True", "True"),
        ("0", "0"),
        ("''", "''"),
        ("2 ** 200", str(2**200)),
        ("float('nan')", "nan"),
        ("b'\\xff'", "b'\\xff'"),
        ("def f(): return 1\nf()", "1"),
        ("lambda: 0;1", "1"),
        ("class A:\n  def __repr__(self): return 'me'\nA()", "me"),
        ("await_ = 1; await_", "1"),
        ("(yes := 5)", "5"),
        ("1  # a comment\n\n# more", "1"),
        ("'''two\nlines'''", "'two\\nlines'"),
        ("__name__", "'__main__'"),
        ("from __future__ import annotations\n1", "1"),
    ],
)
def test_the_last_expression_is_the_result(client, code, text):
    assert value(client, code) == text


@pytest.mark.parametrize("code", ["None", "x = 1", "", "# no", "import os", "pass", "print(1)"])
def test_without_a_value_there_is_no_result(client, code):
    assert value(client, code) is None


def test_long_code_runs(client):
    code = "x = 0\n" + "x += 1\n" * 100_000 + "x"
    assert value(client, code, timeout=60_000) == "100000"


@pytest.mark.parametrize("code", ["x = 1\0", "\ufffd", "(" * 10_000, "x = " + "-" * 100_000 + "1"])
def test_code_that_is_no_python_is_an_error(client, code):
    outcome = run(client, code)
    assert outcome["status"] in ("error", "memory") and outcome["error"]["type"], outcome


# The streams


def test_both_streams_are_kept_apart(client):
    code = "import sys\nprint('out')\nprint('err', file=sys.stderr)\n"
    outcome = run(client, code)
    assert (outcome["stdout"], outcome["stderr"]) == ("out\n", "err\n")


def test_every_way_to_write_arrives_in_order(client):
    code = """
import os, sys
print('one', end='')
sys.stdout.flush()
os.write(1, b' two')
sys.stdout.buffer.write(b' three')
sys.stdout.flush()
print(' four', flush=True)
"""
    assert run(client, code)["stdout"] == "one two three four\n"


def test_text_of_any_script_arrives_whole(client):
    text = "ÄÖ 漢字 עברית \U0001f600 e\u0301 \t\r\n\x00\x1b[31m"
    assert run(client, f"print({text!r}, end='')")["stdout"] == text


def test_the_text_form_says_it_all_in_words(client):
    result = answer(client, "print('printed')\n6 * 7")
    text = result["content"][0]["text"]
    assert "printed" in text and "42" in text
    failed = answer(client, "print('printed')\n1 / 0")["content"][0]["text"]
    assert "printed" in failed and "ZeroDivisionError" in failed and "line 2" in failed


def test_input_is_at_its_end(client):
    outcome = run(client, "input('name? ')")
    assert (outcome["status"], outcome["error"]["type"]) == ("error", "EOFError")
    assert value(client, "import sys; sys.stdin.read()") == "''"


def test_warnings_are_on_the_error_stream(client):
    outcome = run(client, "import warnings; warnings.warn('careful')\n'x' is 'x'")
    assert outcome["status"] == "ok"
    assert "UserWarning: careful" in outcome["stderr"]


# Errors


def test_output_before_an_exception_is_kept(client):
    outcome = run(client, "print('before')\nimport sys; sys.stderr.write('too')\n1 / 0")
    assert outcome["status"] == "error"
    assert outcome["stdout"] == "before\n"
    assert outcome["stderr"].startswith("too")
    error = outcome["error"]
    assert (error["type"], error["message"]) == ("ZeroDivisionError", "division by zero")
    assert error["line"] == 3


def test_the_traceback_shows_the_users_frames_only(client):
    code = """import json
def outer():
    inner()
def inner():
    json.loads('{')
outer()
"""
    error = run(client, code)["error"]
    assert error["type"].endswith("JSONDecodeError")
    assert error["line"] == 5, "the innermost line of the user's own code"
    assert "in outer" in error["traceback"] and "in inner" in error["traceback"]
    assert "json/decoder.py" not in error["traceback"]
    assert "sandboa" not in error["traceback"]


@pytest.mark.parametrize(
    ("code", "kind", "line"),
    [
        ("x = 1\nif x\n  pass", "SyntaxError", 2),
        ("\n\n  x = 1", "IndentationError", 3),
        ("return 1", "SyntaxError", 1),
        ("undefined", "NameError", 1),
        ("raise ValueError('ü')", "ValueError", 1),
        ("import no_such_module", "ModuleNotFoundError", 1),
        ("raise KeyboardInterrupt", "KeyboardInterrupt", 1),
        ("raise ExceptionGroup('g', [ValueError(1)])", "ExceptionGroup", 1),
        ("def f(): f()\nf()", "RecursionError", 1),
        ("x = [0] * 10**12", "MemoryError", 1),
        ("class E(Exception): pass\nraise E", "E", 2),
    ],
)
def test_an_error_has_a_type_and_a_line(client, code, kind, line):
    outcome = run(client, code)
    assert outcome["status"] in ("error", "memory") and outcome["error"]["type"] == kind, outcome
    assert outcome["error"]["line"] == line


@pytest.mark.parametrize(
    ("code", "status"),
    [
        ("import sys; print('x'); sys.exit()", "ok"),
        ("import sys; print('x'); sys.exit(0)", "ok"),
        ("print('x'); exit()", "ok"),
        ("import sys; print('x'); sys.exit(3)", "error"),
        ("print('x'); raise SystemExit(-1)", "error"),
        ("import sys; print('x'); sys.exit('no luck')", "error"),
        ("import os; print('x', flush=True); os._exit(4)", "error"),
    ],
)
def test_an_exit_code_decides(client, code, status):
    outcome = run(client, code)
    assert (outcome["status"], outcome["stdout"]) == (status, "x\n")
    if "luck" in code:
        assert "no luck" in outcome["stderr"]


# Time


def test_a_loop_ends_at_its_limit_and_what_it_printed_is_kept(client):
    outcome = run(client, SPIN, timeout=300)
    assert (outcome["status"], outcome["stdout"]) == ("timeout", "before\n")
    assert 300 <= outcome["usage"]["wall_ms"] < 1000


def test_an_unflushed_print_is_kept_too(client):
    assert run(client, "print('before')\nwhile True: pass", timeout=300)["stdout"] == "before\n"


def test_a_short_limit_is_no_trap(client):
    outcome = run(client, "while True: pass", timeout=1)
    assert outcome["status"] == "timeout"


def test_a_limit_over_the_ceiling_is_clamped_and_said(client):
    result = answer(client, "1", timeout=10**9)
    assert result["structuredContent"]["result"] == "1"
    assert result["_meta"]["sandboa/timeout_ms"] < 10**9
    assert result["_meta"]["sandboa/timeout_ms"] == result["structuredContent"]["limits"]["wall_ms"]


def test_a_limit_is_told_as_it_was_given(client):
    assert answer(client, "1", timeout=1234)["_meta"]["sandboa/timeout_ms"] == 1234


# What is told besides


def test_usage_tells_what_was_used(client):
    outcome = run(client, "x = bytearray(100 << 20)\nsum(range(5_000_000))")
    usage = outcome["usage"]
    assert usage["wall_ms"] > 0 and usage["cpu_ms"] > 10
    assert usage["peak_bytes"] > 100 << 20
    assert usage["processes"] >= 1
    asleep = run(client, "import time; time.sleep(0.3)")["usage"]
    assert asleep["wall_ms"] >= 300 and asleep["cpu_ms"] < 200


def test_the_walls_in_force_are_named(client):
    meta = answer(client, "1")["_meta"]
    assert meta["sandboa/category"] == "Execute" or meta["sandboa/category"].lower() == "execute"
    assert meta["sandboa/profile"] == "compute"
    words = json.dumps(meta["sandboa/walls"])
    for wall in ("seccomp", "no_new_privs", "namespaces", "rlimits"):
        assert wall in words


@pytest.mark.parametrize("stream", ["stdout", "stderr"])
def test_long_output_keeps_head_and_tail_and_says_so(client, stream):
    code = f"import sys\nfor n in range(100_000): print(f'line {{n}}', file=sys.{stream})"
    outcome = run(client, code)
    told = outcome["truncated"][stream]
    total = sum(len(f"line {n}\n") for n in range(100_000))
    assert told["total"] == total
    assert told["shown"] < 25_000
    assert outcome[stream].startswith("line 0\nline 1\n")
    assert outcome[stream].endswith("line 99998\nline 99999\n")
    assert abs(len(outcome[stream]) - told["shown"]) < 300, "shown, besides a word on what is not"


def test_short_output_is_not_called_cut(client):
    outcome = run(client, "print('x' * 10_000)")
    assert not (outcome.get("truncated") or {})
    assert len(outcome["stdout"]) == 10_001


def test_a_long_value_is_cut_and_said(client):
    outcome = run(client, "'x' * 1_000_000")
    assert outcome["status"] == "ok"
    assert len(outcome["result"]) < 100_000
    assert outcome["truncated"]["result"]["total"] == 1_000_002


# Context and await


def test_the_context_becomes_names(client):
    context = {
        "number": 5, "text": "ü\n", "nothing": None, "yes": True, "half": 0.5,
        "list": [1, [2]], "object": {"a b": {"c": []}}, "big": 2**80, "print": "shadowed",
    }  # fmt: skip
    code = "(number, text, nothing, yes, half, list, object['a b']['c'], big, print)"
    wanted = (5, "ü\n", None, True, 0.5, [1, [2]], [], 2**80, "shadowed")
    assert value(client, code, context=context) == repr(wanted)


def test_an_odd_name_in_the_context_harms_nothing(client):
    context = {"a b": 1, "class": 2, "": 3, "__builtins__": {}, "__name__": "x", "__file__": "/"}
    outcome = run(client, "len(globals()['a b'] * 'x')", context=context)
    assert outcome["status"] in ("ok", "error")
    assert run(client, "len('ok')")["result"] == "2"


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("import asyncio\nawait asyncio.sleep(0, 'slept')", "'slept'"),
        ("import asyncio\nasync def f(): return 5\nx = await f()\nx + 1", "6"),
        ("async def g():\n  for n in (1, 2): yield n\n[n async for n in g()]", "[1, 2]"),
        ("import asyncio\nasync with asyncio.timeout(5): x = 1\nx", "1"),
        ("import asyncio\nasync def f(): return 5\nasyncio.run(f())", "5"),
        ("import asyncio\nasync def f(): return 5\nf().close()", None),
        (
            "import asyncio\nasync def f(n):\n  await asyncio.sleep(0.01)\n  return n\n"
            "await asyncio.gather(*map(f, range(3)))",
            "[0, 1, 2]",
        ),
    ],
)
def test_await_works_at_the_top(client, code, text):
    assert value(client, code) == text


def test_an_error_in_awaited_code_has_its_line(client):
    error = run(client, "import asyncio\nawait asyncio.sleep(0)\n1 / 0")["error"]
    assert (error["type"], error["line"]) == ("ZeroDivisionError", 3)


# Speed where it is promised


def test_the_limit_is_kept_within_five_milliseconds(client):
    samples = []
    for _ in range(bounds.ATTEMPTS):
        begun = time.monotonic()
        outcome = run(client, SPIN, timeout=500)
        samples.append(time.monotonic() - begun)
        assert (outcome["status"], outcome["stdout"]) == ("timeout", "before\n")
    assert bounds.kept(samples, 0.5 + bounds.TIMEOUT_LATE), samples


def test_the_schema_is_the_contract(client):
    tools = client.request("tools/list")["tools"]
    schema = next(tool for tool in tools if tool["name"] == TOOL)["inputSchema"]
    assert set(schema["properties"]) == {"code", "context", "timeout", "requirements"}
    assert schema["required"] == ["code"]
    assert schema["properties"]["timeout"]["minimum"] == 1
    assert schema.get("additionalProperties") is False
