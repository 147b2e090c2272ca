"""`sandboa env`: built from a lock, whole or absent, quick when there is nothing to do.

A small lock of one package stands for the real ones: an installation of its own gets it.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from Harness.server import INDEX_SETTINGS, Server

OK, FAILED, USAGE, ENVIRONMENT = 0, 1, 2, 5
NAME = "small"


@pytest.fixture(scope="session")
def installation(program: Path, workshop: Path) -> Path:
    """A copy of the installation with one more lock: the package `packaging` alone."""
    prefix = workshop / "prefix-environments"
    shutil.copytree(program.resolve().parents[1], prefix)
    locks = prefix / "share/sandboa/sandbox/environments"
    whole = (locks / "data.lock").read_text()
    part = re.search(r"^packaging==.*?(?=^\S)", whole + "end", re.M | re.S)
    assert part, "data.lock does not hold `packaging` any more: choose another small package"
    (locks / f"{NAME}.lock").write_text(re.sub(r"\n\s+#.*", "", part.group()))
    return prefix


@pytest.fixture
def builder(server: Server, installation: Path) -> Iterator[Server]:
    builder = replace(server, program=installation / "bin/sandboa")
    yield builder
    builder.run("env", "remove", NAME)


@pytest.fixture
def lock(installation: Path) -> Path:
    return installation / f"share/sandboa/sandbox/environments/{NAME}.lock"


def place(builder: Server) -> Path:
    return builder.home / "state/sandboa/environments"


def left_over(builder: Server) -> list[str]:
    return [path.name for path in place(builder).iterdir() if path.suffix in (".new", ".old")]


def state(builder: Server) -> str:
    done = builder.run("env", "status", NAME, "--json")
    told = json.loads(done.stdout)
    assert done.returncode == (OK if told["state"] == "ready" else ENVIRONMENT), done
    return told["state"]


def start_build(builder: Server, settings: dict[str, str]) -> subprocess.Popen[str]:
    return subprocess.Popen(
        builder.command("env", "build", NAME),
        env={**builder.environment, **settings},
        cwd=builder.home.parent,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_a_build_makes_what_the_lock_says_and_is_idempotent(builder: Server):
    assert state(builder) == "missing"
    builder.build_environment(NAME)
    assert state(builder) == "ready" and left_over(builder) == []
    (packages,) = (place(builder) / NAME / "lib").glob("python3*/site-packages")
    assert sorted(path.name.split("-")[0] for path in packages.iterdir()) == ["packaging"] * 2
    assert list(packages.glob("packaging/__pycache__/*.pyc")), "workers cannot write bytecode"

    begin = time.monotonic()
    again = builder.run("env", "build", NAME)
    assert again.returncode == OK and "ready" in again.stdout and not again.stderr
    assert time.monotonic() - begin < 1

    listed = json.loads(builder.run("env", "list", "--json").stdout)
    told = {entry["name"]: entry for entry in listed}
    assert told[NAME]["state"] == "ready" and told["data"]["state"] in ("ready", "missing")
    assert builder.run("env", "remove", NAME).returncode == OK
    assert state(builder) == "missing" and not (place(builder) / NAME).exists()
    assert builder.run("env", "remove", NAME).returncode == OK


def test_everybody_can_read_it_whatever_the_umask(builder: Server):
    line = " ".join(builder.command("env", "build", NAME))
    done = subprocess.run(
        ["sh", "-c", f"umask 077; exec {line}"],
        env={**builder.environment, **_machine_settings()},
        cwd=builder.home.parent,
        timeout=300,
        check=False,
    )
    assert done.returncode == OK
    for path in (place(builder) / NAME / "lib").rglob("*"):
        assert path.stat().st_mode & 0o004, path


def test_another_lock_makes_it_outdated_and_the_next_build_replaces_it(builder: Server, lock: Path):
    builder.build_environment(NAME)
    text = lock.read_text()
    try:
        lock.write_text("# another lock\n" + text)
        assert state(builder) == "outdated"
        builder.build_environment(NAME)
        assert state(builder) == "ready" and left_over(builder) == []
    finally:
        lock.write_text(text)
    assert state(builder) == "outdated"


def test_a_killed_build_leaves_nothing_in_use_and_the_next_cleans_up(builder: Server):
    for line_wanted in ("making", "compiling"):
        process = start_build(builder, _machine_settings())
        with process:
            while line_wanted not in (line := process.stderr.readline()):
                assert line, "the build ended before it was killed"
            process.send_signal(signal.SIGKILL)
        assert state(builder) == "missing"
    builder.build_environment(NAME)
    assert state(builder) == "ready" and left_over(builder) == []


def test_two_builds_at_once_take_turns(builder: Server):
    first = start_build(builder, _machine_settings())
    second = start_build(builder, _machine_settings())
    said = [process.communicate(timeout=300)[1] for process in (first, second)]
    assert [first.returncode, second.returncode] == [OK, OK], said
    assert sum("installing" in text for text in said) == 1, said
    assert sum("waiting" in text for text in said) == 1, said
    assert state(builder) == "ready" and left_over(builder) == []


def test_pip_sees_no_setting_that_could_change_what_is_installed(builder: Server):
    hostile = {
        "PIP_NO_INDEX": "1",
        "PIP_FIND_LINKS": "/nowhere",
        "PIP_TARGET": str(builder.home / "elsewhere"),
        "PYTHONPATH": str(builder.home),
        "PYTHONSTARTUP": "/nowhere",
    }
    process = start_build(builder, {**_machine_settings(), **hostile})
    _, errors = process.communicate(timeout=300)
    assert process.returncode == OK, errors
    assert not (builder.home / "elsewhere").exists()


def test_a_wrong_hash_installs_nothing(builder: Server, lock: Path):
    text = lock.read_text()
    try:
        lock.write_text(re.sub(r"sha256:\w+", "sha256:" + "0" * 64, text))
        process = start_build(builder, _machine_settings())
        _, errors = process.communicate(timeout=300)
        assert process.returncode == ENVIRONMENT and "do not trust" in errors
        assert state(builder) == "missing"
    finally:
        lock.write_text(text)


def test_no_network_is_said_with_what_to_do(builder: Server):
    # Port 9 of this machine: nobody listens.
    process = start_build(builder, {"PIP_INDEX_URL": "http://127.0.0.1:9/simple"})
    _, errors = process.communicate(timeout=120)
    assert process.returncode == ENVIRONMENT, errors
    assert "Fix:" in errors and "network" in errors
    assert state(builder) == "missing"


def test_a_name_without_a_lock_is_explained(builder: Server):
    for command in ("build", "remove", "status"):
        done = builder.run("env", command, "smal")
        assert done.returncode == USAGE and f"'{NAME}'" in done.stderr and not done.stdout


def _machine_settings() -> dict[str, str]:
    """How this machine reaches its package index."""
    return {k: v for k, v in os.environ.items() if k.upper().startswith(INDEX_SETTINGS)}
