"""Thousands of calls in a row: the server is as large and as quick after them as before.

Two thousand by default; SANDBOA_SOAK=full makes it ten thousand.
"""

from __future__ import annotations

import os
import statistics
import time

import pytest

from Harness import bounds
from Harness.execution import begin, finish, run
from Harness.footprint import Footprint, children, resident, settled
from Harness.server import Server

CALLS = 10_000 if os.environ.get("SANDBOA_SOAK") == "full" else 2_000

# What a server meets in a day. Every one starts, and ends, in its own way.
PROGRAMS = [
    ("print(1)", "ok"),
    ("x = [n * n for n in range(1000)]\nsum(x)", "ok"),
    ("import json; json.dumps({'a': [1] * 100})", "ok"),
    ("1 / 0", "error"),
    ("print('x' * 50_000)", "ok"),
    ("open('file', 'w').write('x' * 10_000)", "ok"),
    ("import sys; sys.exit(3)", "error"),
    ("import os; os.kill(os.getpid(), 9)", "killed"),
]

# Before measuring: lazily made buffers, allocator pools and the pool of workers are there.
WARM = 200


def resident_below(pid: int) -> int:
    """The zygotes' memory: what a worker leaves in them would show here."""
    return sum(resident(each) for each in children(pid))


@pytest.mark.timeout(900)
def test_thousands_of_calls_leave_the_server_as_it_was(server: Server):
    with server.connect() as client:
        client.greet()
        pid = client.process.pid

        def round_of(calls: int) -> list[float]:
            took = []
            for n in range(calls):
                code, status = PROGRAMS[n % len(PROGRAMS)]
                begun = time.monotonic()
                assert run(client, code)["status"] == status
                took.append(time.monotonic() - begun)
            return took

        round_of(WARM)
        memory, footprint, zygotes = resident(pid), Footprint.of(pid), resident_below(pid)
        first = statistics.median(round_of(CALLS // 2))
        last = statistics.median(round_of(CALLS // 2))
        assert not settled(pid, footprint)
        assert resident(pid) - memory < bounds.RESIDENT
        assert resident_below(pid) - zygotes < 4 * bounds.RESIDENT
        assert last <= first * bounds.SLOWER + bounds.SLOWER_BY


@pytest.mark.timeout(300)
def test_many_at_once_leave_the_server_as_it_was(server: Server):
    with server.connect() as client:
        client.greet()
        pid = client.process.pid
        for _ in range(WARM):
            run(client, "1")
        memory, footprint = resident(pid), Footprint.of(pid)
        for _ in range(CALLS // 100):
            calls = [(begin(client, code), s) for code, s in PROGRAMS * 3]
            for call, status in calls:
                assert finish(client, call)["structuredContent"]["status"] == status
        assert not settled(pid, footprint)
        assert resident(pid) - memory < bounds.RESIDENT


@pytest.mark.timeout(300)
def test_cancelled_calls_leave_nothing(server: Server):
    with server.connect() as client:
        client.greet()
        pid = client.process.pid
        for _ in range(WARM):
            run(client, "1")
        memory, footprint = resident(pid), Footprint.of(pid)
        for n in range(CALLS // 10):
            call = begin(client, "while True: pass", timeout=60_000)
            time.sleep(0.001 * (n % 5))
            client.notify("notifications/cancelled", requestId=call)
        assert run(client, "1 + 1", bounds.PROMPT)["result"] == "2"
        assert not settled(pid, footprint)
        assert resident(pid) - memory < bounds.RESIDENT
