"""The log of calls: what it says, what it leaves out, and that nobody changes it unnoticed."""

from __future__ import annotations

import json
import os
import signal
from pathlib import Path

import pytest

from Harness.client import LEGACY
from Harness.execution import TOOL
from Harness.policies import call, connect, records, verify
from Harness.server import Server


# 34, 40
def test_every_call_leaves_two_records_and_the_chain_holds(server: Server, place: Path) -> None:
    secret = "ghp_" + "a" * 36
    with connect(server, place, "permissive") as client:
        client.greet()
        done = call(client, f"token = '{secret}'", context={"password": "hunter2"})
        call(client, 5)
    log = records(place)
    decided = [r for r in log if r["kind"] == "decided"]
    (finished,) = [r for r in log if r["kind"] == "finished"]
    assert [r["decision"] for r in decided] == ["allow", "invalid"]
    assert done["_meta"]["sandboa/audit"] == decided[0]["id"] == finished["call"]
    assert finished["status"] == "ok"
    assert decided[0]["client"] == "sandboa-tests 1" and decided[0]["era"] == LEGACY
    text = json.dumps(log)
    assert secret not in text and "hunter2" not in text
    for file in (place / "home" / "audit").iterdir():
        assert file.stat().st_mode & 0o077 == 0
    verify(server, place)
    found = server.run("audit", "search", "--home", str(place / "home"), "--tool", TOOL, "--json")
    assert len(found.stdout.splitlines()) == 3


def test_a_changed_byte_is_found(server: Server, place: Path) -> None:
    with connect(server, place, "permissive") as client:
        client.greet()
        call(client)
    file = next(f for f in (place / "home" / "audit").iterdir() if f.suffix == ".jsonl")
    text = file.read_text()
    assert '"decision":"allow"' in text
    file.write_text(text.replace('"decision":"allow"', '"decision":"deny"', 1))
    done = server.run("audit", "verify", "--home", str(place / "home"))
    assert done.returncode == 1
    assert f"{file.name}:" in done.stdout


@pytest.mark.parametrize("format", ["jsonl", "csv", "cef", "syslog"])
def test_the_log_can_be_exported(server: Server, place: Path, format: str) -> None:
    with connect(server, place, "permissive") as client:
        client.greet()
        call(client)
    done = server.run("audit", "export", "--home", str(place / "home"), "--format", format)
    assert done.returncode == 0 and TOOL in done.stdout


def test_no_decided_record_is_lost_by_a_kill(server: Server, place: Path) -> None:
    for _ in range(5):
        with connect(server, place, "permissive") as client:
            client.greet()
            waiting = {"name": TOOL, "arguments": {"code": "print('ran', flush=True)"}}
            client.post("tools/call", waiting)
            answered = call(client)["_meta"]["sandboa/audit"]
            client.exit_codes = {-signal.SIGKILL}
            client.process.kill()
            client.process.wait()
        assert any(r["id"] == answered for r in records(place))
    with connect(server, place, "permissive") as client:
        client.greet()
        call(client)
    verify(server, place)


def test_a_log_that_can_not_be_written_stops_the_start(server: Server, place: Path) -> None:
    if server.mode == "root":
        pytest.skip("root may write anywhere")
    home = place / "home"
    home.mkdir(mode=0o500)
    os.chown(home, 0, 0)
    home.chmod(0o555)
    done = server.run("serve", "--home", str(home), timeout=10)
    assert done.returncode == 5
    assert str(home) in done.stderr
