"""Sessions: Python state that stays between calls, and what ends with it."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from Harness import leaks
from Harness.repl import Repl
from Harness.server import Server


@pytest.fixture
def repl(server: Server) -> Iterator[Repl]:
    with Repl.of(server, "--timeout", "4s") as repl:
        yield repl


def test_names_stay_from_cell_to_cell(repl: Repl):
    first = repl.run("x = 20")
    assert first["status"] == "ok" and first["new"] and first["names"] == 1
    second = repl.run("print(x); x + 1")
    assert second["stdout"] == "20\n" and second["result"] == "21"
    assert not second["new"] and second["calls"] == 2
    assert repl.value("import json; _ = 7") is None
    assert repl.run("(_, json.dumps([x]))")["result"] == "(7, '[20]')"


def test_a_block_ends_at_a_blank_line(repl: Repl):
    assert repl.block("def f(n):\n    if n:\n        return n\n    return 0")["status"] == "ok"
    assert repl.value("f(3)") == "3"
    repl.send_bytes(b"[1,\n 2]\n")
    assert repl.finish()["result"] == "[1, 2]"


def test_a_traceback_shows_the_lines_of_earlier_cells(repl: Repl):
    repl.block("def divide(a):\n    return a / 0  # here")
    told = repl.run("divide(1)")["error"]
    assert told["type"] == "ZeroDivisionError" and told["line"] == 1
    assert 'File "cell 1", line 2, in divide' in told["traceback"]
    assert "return a / 0  # here" in told["traceback"]
    assert 'File "cell 2", line 1' in told["traceback"]


def test_a_syntax_error_changes_nothing(repl: Repl):
    repl.run("x = 1")
    told = repl.run("x = 2; y = ")
    assert told["error"]["type"] == "SyntaxError" and told["names"] == 1
    assert repl.value("x") == "1"


def test_await_works_at_top_level_in_every_cell(repl: Repl):
    repl.run("import asyncio")
    for number in range(3):
        assert repl.value(f"await asyncio.sleep(0, {number})") == str(number)


def test_directory_and_arguments_survive(repl: Repl):
    repl.run("import os, sys; os.mkdir('d'); os.chdir('d'); sys.argv = ['mine']")
    assert repl.value("os.path.basename(os.getcwd()), sys.argv") == "('d', ['mine'])"


def test_an_exception_leaves_the_session_as_it_is(repl: Repl):
    repl.run("x = 1")
    told = repl.run("x = 2; 1 / 0")
    assert told["status"] == "error" and "ended" not in told
    assert repl.value("x") == "2"


def test_cpu_is_counted_for_each_call(repl: Repl):
    busy = repl.run("sum(i * i for i in range(2_000_000))")
    idle = repl.run("1")
    assert busy["cpu_us"] > 20_000 and idle["cpu_us"] < busy["cpu_us"] / 5


@pytest.mark.parametrize(
    ("code", "status", "word"),
    [
        ("exit()", "ok", "asked to exit"),
        ("raise SystemExit(3)", "error", "status 3"),
        ("import os; os._exit(0)", "ok", "ended its process"),
        ("import os; os.abort()", "crashed", "SIGABRT"),
        ("import ctypes; ctypes.string_at(0)", "crashed", "SIGSEGV"),
        ("import os; os.kill(os.getpid(), 9)", "killed", "SIGKILL"),
        ("while True: pass", "timeout", "time limit"),
        ("x = 'x' * (1 << 26)\nwhile True: print(x)", "killed", "printing"),
    ],
)
def test_what_ends_a_session_is_said_and_ends_no_other(repl: Repl, code, status, word):
    repl.switch("other")
    repl.run("kept = 5")
    repl.switch("main")
    repl.run("gone = 1")
    told = repl.run(code, timeout=20)
    assert told["status"] == status and word in told["ended"], told
    again = repl.run("'gone' in dir()")
    assert again["result"] == "False" and again["new"]
    assert word in again["lost"], again
    assert "lost" not in repl.run("1")
    repl.switch("other")
    assert repl.value("kept") == "5"


def test_exit_does_what_an_interpreter_does_at_exit(repl: Repl):
    repl.run("import atexit; atexit.register(print, 'bye')")
    told = repl.run("print('so'); exit(4)")
    assert told["stdout"] == "so\nbye\n" and "status 4" in told["ended"]


def test_a_process_killed_from_outside_is_a_lost_session(repl: Repl):
    repl.run("x = 1")
    # The pool's parked worker, too: it looks the same.
    workers = [pid for pid in leaks.processes() if is_worker(pid)]
    assert workers
    for pid in workers:
        os.kill(pid, signal.SIGKILL)
    time.sleep(0.1)
    told = repl.run("'x' in dir()")
    assert told["result"] == "False" and told["lost"]


def is_worker(pid: int) -> bool:
    """A worker: three pid namespaces below this one, and no init."""
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return False
    numbers = next(line for line in status.splitlines() if line.startswith("NSpid:")).split()[1:]
    return len(numbers) >= 4 and numbers[-1] != "1"


# What a call leaves running


def test_children_end_with_the_call(repl: Repl):
    told = repl.run(
        "import os, time\nif os.fork() == 0:\n    time.sleep(60)\n    os._exit(0)\nprint('left')"
    )
    assert told["status"] == "ok" and told["stdout"] == "left\n" and "ended" not in told
    assert repl.value("os.waitpid(-1, 0)[1]") == "9"


def test_a_daemon_ends_with_the_call(repl: Repl):
    repl.run(
        "import os, signal, time\n"
        "pid = os.fork()\n"
        "if pid == 0:\n"
        "    os.setsid()\n"
        "    for s in (1, 2, 15): signal.signal(s, signal.SIG_IGN)\n"
        "    if os.fork(): os._exit(0)\n"
        "    open('alive', 'w').close()\n"
        "    while True:\n"
        "        time.sleep(.01)\n"
        "        open('beat', 'w').write(str(time.monotonic()))\n"
        "os.waitpid(pid, 0)\n"
        "while not os.path.exists('beat') or not open('beat').read(): time.sleep(.01)"
    )
    assert repl.value("open('beat').read() != '' and os.path.exists('alive')") == "True"
    before = repl.value("open('beat').read()")
    time.sleep(0.3)
    assert repl.value("open('beat').read()") == before


def test_children_of_a_thread_end_with_the_next_call(repl: Repl):
    repl.run(
        "import os, threading, time\n"
        "def later():\n"
        "    time.sleep(.2)\n"
        "    if os.fork() == 0:\n"
        "        while True:\n"
        "            time.sleep(.01)\n"
        "            open('beat', 'w').write(str(time.monotonic()))\n"
        "threading.Thread(target=later).start()"
    )
    time.sleep(0.5)
    before = repl.value("open('beat').read()")
    time.sleep(0.3)
    assert repl.value("open('beat').read()") == before


def test_what_starts_processes_without_end_loses_its_session(repl: Repl):
    """A thread goes on forking while the call is cleaned up after."""
    repl.switch("other")
    repl.run("x = 1")
    repl.switch("main")
    told = repl.run(
        "import os, threading, time\n"
        "def bomb():\n"
        "    while True:\n"
        "        try:\n"
        "            if os.fork() == 0: time.sleep(60)\n"
        "            os.waitpid(-1, os.WNOHANG)\n"
        "        except OSError: time.sleep(.001)\n"
        "for _ in range(4): threading.Thread(target=bomb, daemon=True).start()\n"
        "time.sleep(.2)",
        timeout=20,
    )
    if "ended" not in told:
        told = repl.run("1", timeout=20)
    assert "ended" in told or told.get("lost"), told
    repl.switch("other")
    assert repl.value("x") == "1"


def test_threads_go_on_between_calls_and_their_output_comes_later(repl: Repl):
    repl.run(
        "import threading, time\n"
        "beats = []\n"
        "def beat():\n"
        "    while True:\n"
        "        time.sleep(.02); beats.append(1)\n"
        "        if len(beats) == 3: print('three')\n"
        "threading.Thread(target=beat, daemon=True).start()"
    )
    time.sleep(0.4)
    told = repl.run("len(beats) > 3")
    assert told["result"] == "True" and told["stdout"] == "three\n"


# Hostile sessions


POISON = """
import builtins, ctypes, os, sys, json, linecache, traceback
builtins.print = builtins.repr = builtins.compile = builtins.len = None
json.dumps = json.loads = traceback.TracebackException = None
linecache.cache = None
sys.modules.clear()
for fd in range(3, 64):
    for _ in range(3):
        try: os.write(fd, b'SBX1' + b'\\x01\\x00\\x02\\x00' + b'\\xff' * 64)
        except OSError: pass
"""


def test_a_poisoned_session_harms_only_itself(repl: Repl):
    repl.switch("healthy")
    repl.run("x = 5")
    repl.switch("sick")
    repl.run(POISON, timeout=20)
    for _ in range(3):
        repl.run("1", timeout=20)
    repl.run("import ctypes; ctypes.memset(id(object) & ~4095, 0x41, 4096)", timeout=20)
    repl.run("1", timeout=20)
    repl.switch("healthy")
    assert repl.value("x") == "5"
    repl.switch("new")
    assert repl.value("1 + 1") == "2"


def test_closing_every_descriptor_loses_the_session_only(repl: Repl):
    repl.run("import os; os.closerange(0, 256)", timeout=20)
    again = repl.run("1 + 1", timeout=20)
    assert again["result"] == "2" and again["new"]


# Limits and endings


def test_there_are_only_so_many_sessions(server: Server):
    with Repl.of(server, "--sessions", "2") as repl:
        for name in ("a", "b"):
            repl.switch(name)
            assert repl.run("1")["new"]
        repl.switch("c")
        refused = repl.run("1")["error"]
        assert refused["code"] == "limit" and ":clear" in refused["reason"]
        repl.switch("a")
        repl.ask("clear")
        repl.switch("c")
        assert repl.run("1")["new"]


def test_an_unused_session_ends(server: Server):
    with Repl.of(server, "--session-idle", "1s") as repl:
        repl.run("x = 1")
        time.sleep(2.2)
        assert repl.ask("sessions") == []
        told = repl.run("'x' in dir()")
        assert told["result"] == "False" and "nobody used it" in told["lost"]


def test_memory_is_bounded(server: Server):
    with Repl.of(server, "--memory", "128MiB") as repl:
        told = repl.run("x = bytearray(1 << 30)")
        assert told["status"] == "memory" and "ended" not in told
        assert repl.value("1") == "1"


def test_the_history_is_kept(repl: Repl):
    repl.run("x = 1")
    repl.run("print(x)")
    repl.run("1 / 0")
    told = repl.ask("history")
    assert [entry["code"] for entry in told] == ["x = 1", "print(x)", "1 / 0"]
    assert told[1]["stdout"] == "1\n" and told[2]["status"] == "error"


def test_a_name_that_is_none_is_refused(repl: Repl):
    assert repl.refusal("clear")["code"] == "not_found"
    assert repl.refusal("no-such-command")["reason"].startswith("there is no command")
    assert repl.refusal("switch")["reason"] == "write :switch SESSION"


@pytest.mark.parametrize("way", ["quit", "end of input", "SIGTERM", "SIGKILL"])
def test_nothing_is_left_behind(server: Server, way):
    before = leaks.Traces.now()
    repl = Repl.of(server)
    repl.exit_codes = {0, -signal.SIGTERM, -signal.SIGKILL}
    with repl:
        repl.run("import threading, time; threading.Thread(target=time.sleep, args=(60,)).start()")
        repl.switch("other")
        repl.run("x = 1")
        repl.ask("checkpoint")
        repl.run("x = 2")
        if way == "quit":
            repl.send_bytes(b":quit\n")
            assert repl.process.wait(3) == 0
        elif way.startswith("SIG"):
            # The program itself, below whatever changed the user.
            repl.process.send_signal(getattr(signal, way))
            repl.process.wait(3)
    assert not leaks.left_since(before)


def test_people_see_values_and_errors(server: Server):
    done = server.run(
        "repl", stdin="x = 6\nx * 7\nprint('out')\n1/0\n:sessions\n:nope\nexit()\nx\n"
    )
    assert done.returncode == 0
    assert "42\n" in done.stdout and "out\n" in done.stdout and "main  4 calls" in done.stdout
    assert "ZeroDivisionError" in done.stderr and "no command :nope" in done.stderr
    assert "the session has ended" in done.stderr and "NameError" in done.stderr


def test_twenty_sessions_side_by_side(server: Server):
    with Repl.of(server, timeout=60) as repl:
        for number in range(20):
            repl.switch(f"s{number}")
            assert repl.run(f"x = {number}")["new"]
        for number in range(20):
            repl.switch(f"s{number}")
            assert repl.value("x") == str(number)


def test_programs_of_the_system_can_be_started(repl: Repl):
    assert repl.value("import subprocess; subprocess.run(['/usr/bin/true']).returncode") == "0"
    code = "import sys; subprocess.run([sys.executable, '-c', 'print(6 * 7)'], check=True)"
    assert repl.run(code)["stdout"] == "42\n"
