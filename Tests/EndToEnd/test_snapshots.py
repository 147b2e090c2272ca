"""Snapshots: going back in time, and going on in several ways."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from Harness.repl import Repl
from Harness.server import Server


@pytest.fixture
def repl(server: Server) -> Iterator[Repl]:
    with Repl.of(server, "--timeout", "4s") as repl:
        yield repl


def test_a_rollback_goes_back(repl: Repl):
    repl.run("x = 1")
    made = repl.ask("checkpoint first")
    assert made["label"] == "first" and made["calls"] == 1
    repl.run("x = 2")
    state = repl.ask("rollback")
    assert state["origin"] == made["snapshot"] and state["calls"] == 1
    assert repl.value("x") == "1"
    assert [entry["code"] for entry in repl.ask("history")] == ["x = 1", "x"]


def test_any_snapshot_of_the_tree_can_be_gone_back_to(repl: Repl):
    made = []
    for number in range(4):
        repl.run(f"x = {number}")
        made.append(repl.ask("checkpoint")["snapshot"])
    for number in (1, 3, 0, 2):
        repl.ask(f"rollback {made[number]}")
        assert repl.value("x") == str(number)
    tree = repl.ask("tree")
    assert [one["snapshot"] for one in tree["snapshots"]] == made
    assert [one.get("parent") for one in tree["snapshots"]] == [None, *made[:3]]
    assert len(tree["sessions"]) == 1


def test_ten_branches_diverge(repl: Repl):
    repl.run("x = ['root']")
    branches = [repl.branch() for _ in range(10)]
    for name in branches:
        repl.switch(name)
        repl.run(f"x.append({name!r})")
    for name in branches:
        repl.switch(name)
        assert repl.value("x") == repr(["root", name])
    repl.switch("main")
    assert repl.value("x") == "['root']"


def test_branches_draw_different_random_numbers(repl: Repl):
    repl.run("import random, uuid, os; random.random()")
    made = repl.ask("checkpoint")["snapshot"]
    drawn = set()
    for _ in range(4):
        repl.switch("main")
        repl.switch(repl.branch(made))
        drawn.add(repl.value("(random.random(), uuid.uuid4(), os.urandom(4))"))
    assert len(drawn) == 4


def test_a_lost_branch_leaves_the_others(repl: Repl):
    repl.run("x = 1")
    first, second = repl.branch(), repl.branch()
    repl.switch(first)
    told = repl.run("import os; os.kill(os.getpid(), 11)")
    assert told["status"] == "crashed" and "SIGSEGV" in told["ended"], told
    assert "roll back" in told["ended"]
    for name in (second, "main"):
        repl.switch(name)
        assert repl.value("x") == "1"


@pytest.mark.parametrize("code", ["exit(2)", "while True: pass", "import os; os.abort()"])
def test_a_lost_session_can_be_rolled_back(repl: Repl, code):
    repl.run("x = 1")
    repl.ask("checkpoint")
    repl.run("x = 2")
    assert repl.run(code, timeout=20)["ended"]
    repl.ask("rollback")
    assert repl.value("x") == "1"


def test_a_lost_session_that_is_not_rolled_back_begins_anew(repl: Repl):
    repl.run("x = 1")
    repl.ask("checkpoint")
    repl.run("exit()")
    told = repl.run("'x' in dir()")
    assert told["result"] == "False" and told["lost"]
    assert repl.refusal("rollback")["code"] == "not_found"


def test_clearing_drops_what_nobody_lives_on(repl: Repl):
    repl.run("x = 1")
    name = repl.branch()
    repl.ask("clear")
    repl.switch(name)
    assert repl.value("x") == "1"
    tree = repl.ask("tree")
    assert len(tree["snapshots"]) == 1 and len(tree["sessions"]) == 1
    repl.ask("rollback")
    assert repl.value("x") == "1"


# Attacks from a branch


def test_a_branch_can_signal_nobody_else(repl: Repl):
    repl.run("import os; x = 1")
    first, second = repl.branch(), repl.branch()
    repl.switch(first)
    told = repl.run(
        "hit = []\n"
        "for pid in list(range(1, 200)) + [-1]:\n"
        "    if pid == os.getpid(): continue\n"
        "    for sign in (0, 9):\n"
        "        try:\n"
        "            os.kill(pid, sign)\n"
        "            # To all at once the kernel says yes even if it was allowed none of them.\n"
        "            if pid != -1: hit.append((pid, sign))\n"
        "        except (ProcessLookupError, PermissionError): pass\n"
        "print(hit)"
    )
    assert told["stdout"] == "[]\n", told
    for name in (second, "main", first):
        repl.switch(name)
        assert repl.value("x") == "1"
    repl.switch("main")
    repl.ask("rollback")
    assert repl.value("x") == "1"


def test_a_branch_sees_no_process_but_its_own(repl: Repl):
    repl.run("import os")
    repl.switch(repl.branch())
    told = repl.value("[p for p in os.listdir('/proc') if p.isdigit() and int(p) != os.getpid()]")
    assert told == "[]"


def test_hooks_and_handlers_of_the_program_run_in_no_snapshot(repl: Repl):
    """What a snapshot is can't be changed by forking it."""
    repl.run(
        "import os, signal\n"
        "seen = []\n"
        "os.register_at_fork(before=lambda: seen.append('before'),\n"
        "                    after_in_parent=lambda: seen.append('parent'))\n"
    )
    repl.ask("checkpoint")
    for _ in range(3):
        repl.ask("rollback")
        assert repl.value("seen") == "[]"


def test_a_poisoned_snapshot_harms_only_its_tree(repl: Repl):
    repl.switch("healthy")
    repl.run("x = 5")
    repl.switch("sick")
    repl.run(
        "import ctypes, os\n"
        "ctypes.memset(id(int) & ~4095, 0x41, 1)"
    )
    repl.send_bytes(b":checkpoint\n:rollback\n:branch\n")
    for _ in range(3):
        repl.finish(30)
    repl.switch("healthy")
    assert repl.value("x") == "5"
    repl.ask("checkpoint")


# Refusals


@pytest.mark.parametrize(
    ("code", "word"),
    [
        ("import threading; threading.Timer(9, print).start()", "thread"),
        ("f = open('f', 'w')", "file /sandbox/scratch/home/f"),
        ("import os; pipe = os.pipe()", "pipe"),
        ("import socket; pair = socket.socketpair()", "socket"),
        ("import mmap; m = mmap.mmap(-1, 4096)", "mmap"),
        ("import signal; signal.setitimer(signal.ITIMER_REAL, 100)", "timer"),
    ],
)
def test_what_a_snapshot_could_not_hold_is_named(repl: Repl, code, word):
    repl.run(code)
    refused = repl.refusal("checkpoint")
    assert refused["code"] == "unsupported" and word in refused["reason"], refused
    assert repl.value("1 + 1") == "2"


def test_once_it_is_closed_the_snapshot_is_taken(repl: Repl):
    repl.run("f = open('f', 'w')")
    repl.refusal("checkpoint")
    repl.run("f.close()")
    assert repl.ask("checkpoint")["snapshot"]


def test_an_open_checkpoint_is_only_so_deep(repl: Repl):
    for number in range(12):
        repl.run(f"x = {number}")
        repl.ask("checkpoint")
    refused = repl.refusal("checkpoint")
    assert refused["code"] == "limit" and "12 snapshots" in refused["reason"]
    assert repl.value("x") == "11"
    repl.ask("rollback")
    assert repl.value("x") == "11"


def test_an_unknown_snapshot_is_refused_with_those_there_are(repl: Repl):
    repl.run("x = 1")
    assert repl.refusal("rollback")["code"] == "not_found"
    made = repl.ask("checkpoint")["snapshot"]
    refused = repl.refusal("rollback abc")
    assert refused["code"] == "not_found" and made in refused["reason"]


def test_where_nothing_may_fork_it_is_said(server: Server, place):
    text = (server.program.parents[1] / "share/sandboa/sandbox/profiles/compute.yaml").read_text()
    profile = place / "tight.yaml"
    profile.write_text(text.replace("name: compute", "name: interpreter"))
    with Repl.of(server, "--profile", f"interpreter={profile}") as repl:
        repl.run("x = 1")
        refused = repl.refusal("checkpoint")
        assert refused["code"] == "unsupported" and "fork: refused" in refused["reason"]
        assert repl.value("x") == "1"


def test_children_between_branches_do_not_mix(repl: Repl):
    """A branch's leftovers are ended with its call, another branch's state is untouched."""
    repl.run("import os, time")
    first = repl.branch()
    repl.switch(first)
    told = repl.run("if os.fork() == 0:\n    time.sleep(60)\n    os._exit(0)\nprint('left')")
    assert told["stdout"] == "left\n"
    assert repl.value("os.waitpid(-1, 0)[1]") == "9"
    repl.switch("main")
    assert repl.value("1") == "1"


def test_scratch_is_shared_and_not_rolled_back(repl: Repl):
    repl.run("open('f', 'w').write('one')")
    repl.ask("checkpoint")
    repl.run("open('f', 'w').write('two')")
    repl.ask("rollback")
    assert repl.value("open('f').read()") == "'two'"


def test_branches_share_what_they_do_not_write(server: Server, repl: Repl):
    repl.run("x = bytearray(100 << 20)")
    made = repl.ask("checkpoint")["snapshot"]
    if server.mode == "user":
        # Without a memory group nobody tells what is shared: all of it is counted.
        for _ in range(8):
            repl.send_bytes(f":branch {made}\n".encode())
            told = repl.finish()
            if "error" in told:
                break
        assert told["error"]["code"] == "limit" and "memory" in told["error"]["reason"]
        return
    branches = [repl.branch(made) for _ in range(20)]
    for number, name in enumerate(branches):
        repl.switch(name)
        assert repl.value(f"x[{number} << 20] = 7; len(x)") == str(100 << 20)
    for one in repl.ask("tree")["sessions"]:
        assert one["memory_bytes"] < 10 << 20, one
