"""How runs and servers end: cancelled, at the end of input, by signals, with their parent."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from Harness import bounds
from Harness.client import LEGACY, MODERN, StdioClient
from Harness.execution import SPIN, begin, finish, ping, run
from Harness.footprint import children, descendants, gone_after, spinner, started, survivors


@pytest.mark.parametrize("era", [LEGACY, MODERN])
def test_a_cancelled_run_is_killed_at_once_and_never_answered(server, era):
    samples = []
    with server.connect(revision=era) as client:
        client.greet()
        for _ in range(bounds.ATTEMPTS):
            call = begin(client, SPIN, timeout=60_000)
            process = spinner(client.process.pid)
            client.notify("notifications/cancelled", requestId=call, reason="enough")
            samples.append(gone_after(process, time.monotonic(), 10))
        client.silence(0.3)
        assert run(client, "1 + 1", bounds.PROMPT)["result"] == "2"
    assert bounds.kept(samples, bounds.CANCEL_LATE), samples


def test_a_cancel_ends_only_its_own_call(client):
    first, second = begin(client, SPIN, timeout=60_000), begin(client, SPIN, timeout=1500)
    client.notify("notifications/cancelled", requestId=str(first))  # another type: another id
    client.notify("notifications/cancelled", requestId=first)
    assert finish(client, second)["structuredContent"]["status"] == "timeout"
    client.silence(0.3)


def live(pid: int) -> set[tuple[int, int]]:
    found = set()
    for each in [pid, *descendants(pid)]:
        try:
            found.add(started(each))
        except (FileNotFoundError, ProcessLookupError):
            continue  # a server that starts has children that end at once
    return found


def busy_server(client: StdioClient) -> set[tuple[int, int]]:
    """A server in the middle of work: spinning, sleeping and deaf runs."""
    deaf = "import signal\nfor n in (1, 2, 15): signal.signal(n, signal.SIG_IGN)\n" + SPIN
    for code in (SPIN, "import time; time.sleep(60)", deaf):
        begin(client, code, timeout=60_000)
    spinner(client.process.pid)
    processes = live(client.process.pid)
    assert len(processes) > 3
    return processes


def test_the_end_of_input_ends_everything(server):
    with server.connect() as client:
        client.greet()
        processes = busy_server(client)
        client.process.stdin.close()
        assert not survivors(processes)
        # Closing the counters writes to the device: a moment, then it is gone itself.
        assert client.process.wait(client.FAREWELL) == 0


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_a_signal_ends_everything(server, number):
    with server.connect() as client:
        client.exit_codes = {0, -number, 128 + number}
        client.greet()
        processes = busy_server(client)
        client.process.send_signal(number)
        assert not survivors(processes)


def test_even_a_killed_server_leaves_nothing(server):
    with server.connect() as client:
        client.exit_codes = {-signal.SIGKILL}
        client.greet()
        processes = busy_server(client)
        client.process.kill()
        client.process.wait(bounds.PROMPT)
        assert not survivors(processes)


def test_a_server_ends_with_its_parent(server, tmp_path):
    """The client dies, but somebody else still holds the pipe: end of input never comes."""
    middle = "import subprocess, sys, time; p = subprocess.Popen(sys.argv[1:]); time.sleep(60)"
    with StdioClient(
        [sys.executable, "-c", middle, *server.serve()],
        environment=server.environment,
        folder=server.home.parent,
    ) as client:
        client.exit_codes = {-signal.SIGKILL}
        client.greet()
        begin(client, SPIN, timeout=60_000)
        spinner(client.process.pid)
        processes = live(children(client.process.pid)[0])
        client.process.kill()
        client.process.wait(bounds.PROMPT)
        assert not survivors(processes)


def test_output_that_nobody_reads_does_not_hold_the_server(server):
    """The reader has gone, the input stays open: writing fails, nothing hangs, nothing stays."""
    process = subprocess.Popen(
        server.serve(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=server.environment,
        cwd=server.home.parent,
        bufsize=0,
    )
    process.stdout.close()
    try:
        for n in range(3):
            line = json.dumps({"jsonrpc": "2.0", "id": n, "method": "ping"}) + "\n"
            process.stdin.write(line.encode())
            time.sleep(0.1)
    except BrokenPipeError:
        pass  # it has drawn its conclusion
    process.stdin.close()
    process.wait(bounds.SHUTDOWN_LATE)


# The standard descriptors


def test_no_child_holds_the_clients_pipes(client):
    ours = {
        f"pipe:[{os.fstat(stream.fileno()).st_ino}]"
        for stream in (client.process.stdin, client.process.stdout)
    }
    run(client, "1")
    checked = 0
    for pid in descendants(client.process.pid):
        try:
            handles = list(Path(f"/proc/{pid}/fd").iterdir())
        except (PermissionError, FileNotFoundError):
            continue  # a worker is not for us to look at unless we are root
        for handle in handles:
            checked += 1
            try:
                assert os.readlink(handle) not in ours, f"process {pid} holds {handle}"
            except FileNotFoundError:
                continue
    assert checked or os.geteuid() != 0


def test_descriptors_0_and_1_of_the_server_are_not_the_wire(client):
    folder = Path(f"/proc/{client.process.pid}/fd")
    try:
        zero, one = os.readlink(folder / "0"), os.readlink(folder / "1")
    except PermissionError:
        pytest.skip("the server's descriptors are not for this user to look at")
    assert zero == "/dev/null"
    assert one == os.readlink(folder / "2")


def test_nothing_but_messages_is_on_the_output(client):
    """Whatever a run writes, and wherever: the reader of these tests fails on any other byte."""
    code = "import os\nfor n in (1, 2):\n  os.write(n, b'{}\\n\\x00\\n')\nprint('x')"
    for _ in range(20):
        assert run(client, code)["status"] == "ok"
    ping(client)
