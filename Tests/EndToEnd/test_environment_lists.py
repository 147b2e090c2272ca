"""`sandboa env list` and `env packages`: which Pythons there are, and what is installed in them."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from Harness.server import Server

OK, FAILED, USAGE, ENVIRONMENT = 0, 1, 2, 5
PYTHON = Path("/usr/bin/python3")
SERIES = ".".join(PYTHON.resolve().name.removeprefix("python").split(".")[:2])


def make_virtual(place: Path, version: str = f"{SERIES}.2", python: Path = PYTHON) -> Path:
    """A virtual environment by hand: nothing of it works but what is looked at."""
    series = ".".join(version.split(".")[:2])
    packages = place / f"lib/python{series}/site-packages"
    packages.mkdir(parents=True)
    (place / "bin").mkdir()
    (place / "bin/python3").symlink_to(python)
    (place / "pyvenv.cfg").write_text(f"home = {python.parent}\nversion = {version}\n")
    return packages


def give_metadata(packages: Path, name: str, version: str) -> None:
    directory = packages / f"{name}-{version}.dist-info"
    directory.mkdir()
    (directory / "METADATA").write_text(f"Name: {name}\nVersion: {version}\n")


@pytest.fixture
def told(server: Server, place: Path) -> Callable[..., dict[str, dict]]:
    """What `env list --json` tells, by name, when the user's home is the test's own folder."""

    def told(*options: str) -> dict[str, dict]:
        done = server.run("env", "list", "--json", *options, HOME=str(place))
        assert done.returncode == OK, done.stderr
        listed = json.loads(done.stdout)
        assert len({entry["name"] for entry in listed}) == len(listed)
        return {entry["name"]: entry for entry in listed}

    return told


def test_the_embedded_python_is_told_exactly(server: Server, told):
    system = told()["system"]
    running = subprocess.run(
        [PYTHON, "-I", "-c", "import platform; print(platform.python_version())"],
        capture_output=True, text=True, check=True, timeout=20,
    ).stdout.strip()
    assert system["version"] == running and system["fault"] is None
    assert system["kind"] == "system" and system["path"] == str(PYTHON.resolve())


def test_all_kinds_are_found_without_running_any(server: Server, place: Path, told):
    trap = place / "trap"
    trap.write_text(f"#!/bin/sh\ntouch {place}/was-run\n")
    trap.chmod(0o755)
    make_virtual(place / "work/.venv")
    for version in ("3.12.1", "2.7.18"):
        binaries = place / f".pyenv/versions/{version}/bin"
        binaries.mkdir(parents=True)
        (binaries / "python3").write_bytes(trap.read_bytes())
        (binaries / "python3").chmod(0o755)
        series = version.rpartition(".")[0]
        (place / f".pyenv/versions/{version}/lib/python{series}/site-packages").mkdir(parents=True)
    base = place / "miniforge/envs/web"
    make_virtual(base)
    (base / "conda-meta").mkdir()
    (base / "conda-meta/history").touch()
    (base / f"conda-meta/python-{SERIES}.5-h0_0.json").touch()
    (place / ".conda").mkdir()
    (place / ".conda/environments.txt").write_text(f"{base}\n")

    found = told("--workspace", str(place / "work"))
    assert set(found) == {
        "system", "data", "pyenv:2.7.18", "pyenv:3.12.1", "conda:web", ".venv"
    }
    assert found[".venv"]["version"] == f"{SERIES}.2" and found[".venv"]["fault"] is None
    assert found[".venv"]["path"] == str(place / "work/.venv/bin/python3")
    assert found["conda:web"]["version"] == f"{SERIES}.5"
    assert f"runs have Python {SERIES}" in found["pyenv:2.7.18"]["fault"]
    assert found["data"]["kind"] == "managed" and found["data"]["state"] in ("ready", "missing")
    assert not (place / "was-run").exists()

    text = server.run(
        "env", "list", "--workspace", str(place / "work"), HOME=str(place), COLUMNS="200"
    )
    assert text.returncode == OK and not text.stderr
    for name in found:
        assert f"\n{name} " in text.stdout
    assert "no code runs with them" in text.stdout


def test_without_a_home_there_are_ours_alone(server: Server, place: Path):
    options = ["--home", str(place / "state")]
    line = server.command("env", "list", "--json", *options)
    done = subprocess.run(
        line, env={"PATH": "/usr/bin:/bin"}, cwd=place, capture_output=True, timeout=30, check=False
    )
    assert done.returncode == OK, done.stderr
    assert [entry["name"] for entry in json.loads(done.stdout)] == ["system", "data"]


def test_a_workspace_that_is_none_is_a_usage_error(server: Server, place: Path):
    (place / "file").touch()
    for path in ("missing", "file"):
        for command in (["list"], ["packages", "system"]):
            done = server.run("env", *command, "--workspace", str(place / path))
            assert done.returncode == USAGE and path in done.stderr and not done.stdout


def test_what_the_workspace_says_cannot_play_with_a_terminal(server: Server, place: Path):
    make_virtual(place / "a\x1b[31mred", python=Path("/opt/\x1b]0;x\x07/python"))
    done = server.run("env", "list", "--workspace", str(place), HOME=str(place))
    assert done.returncode == OK and "\x1b" not in done.stdout + done.stderr


def packages(server: Server, name: str, *options: str, **environment: str) -> dict:
    done = server.run("env", "packages", name, "--json", *options, **environment)
    assert done.returncode == OK, done.stderr
    return json.loads(done.stdout)


def test_the_packages_of_the_systems_python_are_what_runs_can_import(server: Server, place: Path):
    bare = ["--home", str(place / "state")]
    for name in ("system", "default"):
        told = packages(server, name, *bare)
        assert told["source"] == "metadata" and told["environment"]["name"] == "system"
        # Debian's own packages are for Debian's programs: no run imports them.
        assert (told["packages"], told["total"], told["notes"]) == ([], 0, [])
    text = server.run("env", "packages", "system", *bare)
    assert text.returncode == OK and "0 packages in system" in text.stderr and not text.stdout


def test_the_packages_of_the_data_environment_are_read_behind_the_walls(
    server: Server, data_environment: None
):
    told = packages(server, "data")
    assert told["source"] == "metadata" and told["environment"]["kind"] == "managed"
    found = {package["name"]: package["version"] for package in told["packages"]}
    status = json.loads(server.run("env", "status", "data", "--json").stdout)
    locked = dict(line.split("==") for line in status["packages"])
    assert {name.lower().replace("_", "-"): version for name, version in found.items()} == {
        name.lower().replace("_", "-"): version for name, version in locked.items()
    }
    assert told["total"] == len(locked) and told["notes"] == []
    assert packages(server, "system")["packages"] == told["packages"]
    text = server.run("env", "packages", "data")
    assert text.returncode == OK and "numpy" in text.stdout


def test_of_an_environment_outside_the_walls_names_are_told(server: Server, place: Path):
    directory = make_virtual(place / "sub/.venv")
    give_metadata(directory, "Demo", "1.2")
    (directory / "broken.dist-info").mkdir()
    os.mkfifo(directory / "pipe-1.0.dist-info")
    told = packages(server, "sub/.venv", "--workspace", str(place))
    assert told["source"] == "names" and told["total"] == 3
    assert told["packages"] == [
        {"name": "demo", "version": "1.2"}, {"name": "pipe", "version": "1.0"}
    ]
    assert len(told["notes"]) == 1 and "broken" in told["notes"][0]
    text = server.run("env", "packages", "./sub/.venv", "--workspace", str(place))
    assert text.returncode == OK and "demo" in text.stdout
    assert "by the names of their metadata" in text.stderr


def test_what_cannot_be_told_is_no_empty_list(server: Server, place: Path):
    (place / "bare").mkdir()
    (place / "bare/pyvenv.cfg").write_text("home = /usr/bin\n")
    done = server.run("env", "packages", "bare", "--json", "--workspace", str(place))
    assert done.returncode == FAILED and "can't be told" in done.stderr and not done.stdout
    options = ["--home", str(place / "state")]
    done = server.run("env", "packages", "data", "--json", *options)
    assert done.returncode == FAILED and "env build data" in done.stderr and not done.stdout


def test_an_unknown_name_is_explained(server: Server, place: Path):
    done = server.run("env", "packages", "sytem", HOME=str(place))
    assert done.returncode == USAGE and not done.stdout
    assert "Did you mean 'system'?" in done.stderr and "system, default, data" in done.stderr


def test_the_worker_tells_its_python_to_anybody(program: Path):
    worker = program.resolve().parents[1] / "libexec/sandboa/sandboa-worker"
    done = subprocess.run([worker, "version"], capture_output=True, text=True, timeout=20)
    assert done.returncode == 0 and done.stdout.startswith(f"{SERIES}.") and not done.stderr
    wrong = subprocess.run([worker, "version", "x"], capture_output=True, timeout=20)
    assert wrong.returncode == 2
