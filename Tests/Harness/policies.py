"""Servers under a policy of a test's own, and what their logs say."""

from __future__ import annotations

import json
from pathlib import Path

from Harness.client import StdioClient
from Harness.execution import TOOL
from Harness.server import Server


def write(place: Path, text: str) -> str:
    """Puts a policy in our dialect into a folder, by a rename, and gives its path."""
    path = place / "policy.yaml"
    fresh = place / "policy.new"
    default = "" if "def" in text else "default: allow\n"
    fresh.write_text("version: '1'\ndialect: sandboa\n" + default + text)
    fresh.chmod(0o644)
    fresh.rename(path)
    return str(path)


def connect(server: Server, place: Path, policy: str, *options: str, **keywords) -> StdioClient:
    """A server under this policy whose state is in the folder, and a client for it."""
    home = str(place / "home")
    return server.connect("--policy", policy, "--home", home, *options, **keywords)


def call(client: StdioClient, code: str = "print(1)", **arguments) -> dict:
    return client.call(TOOL, code=code, **arguments)


def error(result: dict) -> dict:
    """Why a call was refused."""
    assert result["isError"], result
    return result["structuredContent"]["error"]


def records(place: Path) -> list[dict]:
    """Every record of the audit log in the folder."""
    found = []
    for file in sorted((place / "home" / "audit").iterdir()):
        if file.suffix == ".jsonl":
            found += [json.loads(line) for line in file.read_text().splitlines()]
    return found


def verify(server: Server, place: Path) -> None:
    """The chain of the log is whole."""
    done = server.run("audit", "verify", "--home", str(place / "home"))
    assert done.returncode == 0, done.stdout + done.stderr
