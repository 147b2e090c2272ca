"""Every limit of a profile does something: a program that passes without it fails with it.

The same programs meet the limits twice: as options of `sandboa exec`, and as lines of a replaced
profile. A program prints `fine` when nothing stopped it, and what it was told when something did.
"""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from Harness import bounds
from Harness.execution import begin, finish, run
from Harness.footprint import descendants
from Harness.server import PROJECT, Server

PROFILE = PROJECT / "sandbox" / "profiles" / "compute.yaml"

EXIT_OK, EXIT_FAILED, EXIT_USAGE, EXIT_LIMIT = 0, 1, 2, 4


@dataclass(frozen=True)
class Knob:
    """One limit: its name in a profile, its option, a value, and a program that feels it."""

    key: str
    tight: str
    code: str
    statuses: tuple[str, ...]
    said: str = ""
    option: str | None = None
    exits: tuple[int, ...] = (EXIT_LIMIT,)


KNOBS = [
    Knob(
        "wall", "300ms", "import time\nprint('begun', flush=True)\ntime.sleep(1.5)\nprint('fine')",
        ("timeout",), "begun\n", "--timeout",
    ),
    Knob(
        "cpu", "1s",
        "import time\nprint('begun', flush=True)\n"
        "while time.process_time() < 3: pass\nprint('fine')",
        ("timeout", "killed"), "begun\n", "--cpu",
    ),
    Knob(
        "memory", "96MiB", "print('begun', flush=True)\nx = bytearray(200 << 20)\nprint('fine')",
        ("memory", "error"), "begun\n", "--memory", (EXIT_LIMIT, EXIT_FAILED),
    ),
    Knob(
        "address_space", "700MiB",
        "import mmap\nprint('begun', flush=True)\n"
        "x = [mmap.mmap(-1, 1 << 30, flags=mmap.MAP_SHARED | mmap.MAP_ANONYMOUS)]\nprint('fine')",
        ("memory", "error"), "begun\n", None, (EXIT_LIMIT, EXIT_FAILED),
    ),
    Knob(
        "processes", "8",
        "import threading\ngate = threading.Event()\ndef start():\n"
        "    threading.Thread(target=gate.wait).start()\n"
        "try:\n    for _ in range(40): start()\n    print('fine')\n"
        "except RuntimeError: print('no more')\nfinally: gate.set()",
        ("ok",), "no more\n", "--processes", (EXIT_OK,),
    ),
    Knob(
        "open_files", "24",
        "try:\n    files = [open('/dev/null') for _ in range(100)]\n    print('fine')\n"
        "except OSError as error: print(error.strerror)",
        ("ok",), "Too many open files\n", "--open-files", (EXIT_OK,),
    ),
    Knob(
        "file_size", "1MiB",
        "try:\n    file = open('big', 'wb', buffering=0)\n"
        "    for _ in range(5): file.write(bytes(1 << 20))\n    print('fine')\n"
        "except OSError as error: print(error.strerror)",
        ("ok",), "File too large\n", "--file-size", (EXIT_OK,),
    ),
    Knob(
        "scratch", "4MiB",
        "try:\n    for n in range(20): open(f'f{n}', 'wb', buffering=0).write(bytes(1 << 20))\n"
        "    print('fine')\nexcept OSError as error: print(error.strerror)",
        ("ok",), "No space left on device\n", "--scratch", (EXIT_OK,),
    ),
    Knob(
        "scratch_files", "100",
        "try:\n    for n in range(500): open(f'f{n}', 'w').close()\n    print('fine')\n"
        "except OSError as error: print(error.strerror)",
        ("ok",), "No space left on device\n", None, (EXIT_OK,),
    ),
    Knob(
        "stack", "1MiB",
        "import ctypes\nprint('begun', flush=True)\n"
        "top = next(int(line.split()[0].split('-')[1], 16) for line in open('/proc/self/maps')\n"
        "           if '[stack]' in line)\nctypes.memset(top - (4 << 20), 0, 1)\nprint('fine')",
        ("crashed",), "begun\n", None, (EXIT_FAILED,),
    ),
    Knob(
        "output", "100KiB",
        "import sys\nfor n in range(50_000): print(f'line {n}')\nsys.stderr.write('fine')",
        ("killed", "error"), "line 0\n", "--output", (EXIT_LIMIT,),
    ),
]  # fmt: skip

OPTIONS = [knob for knob in KNOBS if knob.option]


@pytest.fixture(scope="module")
def execute(server: Server, workshop: Path) -> Callable[..., tuple[int, dict]]:
    """Runs a program through `sandboa exec --json`."""
    file = workshop / f"program-{server.mode}.py"

    def execute(code: str, *options: str) -> tuple[int, dict]:
        file.write_text(code)
        file.chmod(0o644)
        done = server.run("exec", "--json", *options, str(file))
        assert done.stdout, done.stderr
        return done.returncode, json.loads(done.stdout)

    return execute


def printed_fine(outcome: dict) -> bool:
    return "fine" in outcome["stdout"] + outcome["stderr"]


@pytest.mark.parametrize("knob", KNOBS, ids=lambda knob: knob.key)
def test_without_the_limit_the_program_passes(execute, knob):
    code, outcome = execute(knob.code)
    assert (code, outcome["status"]) == (EXIT_OK, "ok") and printed_fine(outcome), outcome


@pytest.mark.parametrize("knob", OPTIONS, ids=lambda knob: knob.key)
def test_an_option_of_exec_is_felt(execute, knob):
    code, outcome = execute(knob.code, knob.option, knob.tight)
    assert outcome["status"] in knob.statuses and code in knob.exits, (code, outcome)
    assert outcome["stdout"].startswith(knob.said) and not printed_fine(outcome), outcome


@pytest.mark.parametrize("knob", OPTIONS, ids=lambda knob: knob.key)
def test_an_option_loosens_nothing_that_it_does_not_name(execute, knob):
    code, outcome = execute("print('fine')", knob.option, knob.tight)
    assert (code, outcome["stdout"]) == (EXIT_OK, "fine\n"), outcome


def replaced(folder: Path, name: str, **changes: str) -> Path:
    """The profile that ships, with some of its lines changed."""
    text = PROFILE.read_text()
    for key, value in changes.items():
        text, found = re.subn(rf"(?m)^(\s*){key}:.*$", rf"\g<1>{key}: {value}", text)
        assert found == 1, f"the profile has {found} lines named {key}"
    file = folder / f"{name}.yaml"
    file.write_text(text)
    file.chmod(0o644)
    return file


@pytest.mark.parametrize("knob", KNOBS, ids=lambda knob: knob.key)
def test_a_line_of_the_profile_is_felt(server, workshop, knob):
    file = replaced(workshop, f"tight-{server.mode}-{knob.key}", **{knob.key: knob.tight})
    with server.connect("--profile", f"compute={file}") as client:
        client.greet()
        outcome = run(client, knob.code)
        assert outcome["status"] in knob.statuses, outcome
        assert outcome["stdout"].startswith(knob.said) and not printed_fine(outcome), outcome
        assert run(client, "1 + 1")["result"] == "2"


def test_the_ceiling_of_the_profile_is_felt(server, workshop):
    file = replaced(workshop, f"ceiling-{server.mode}", wall="200ms", wall_ceiling="400ms")
    with server.connect("--profile", f"compute={file}") as client:
        client.greet()
        begun = time.monotonic()
        outcome = run(client, "import time; time.sleep(30)", timeout=20_000)
        assert outcome["status"] == "timeout"
        assert time.monotonic() - begun < 0.4 + bounds.PROMPT
        assert outcome["limits"]["wall_ms"] == 400


def test_the_shown_characters_of_the_profile_are_felt(server, workshop):
    file = replaced(workshop, f"shown-{server.mode}", shown="200")
    with server.connect("--profile", f"compute={file}") as client:
        client.greet()
        outcome = run(client, "print('x' * 5000)")
        assert len(outcome["stdout"]) < 500
        assert outcome["truncated"]["stdout"]["total"] == 5001


def test_the_process_list_of_the_profile_is_felt(server, workshop):
    file = replaced(workshop, f"list-{server.mode}", process_list="none")
    code = "import os; os.path.exists('/proc/self/status')"
    for option, seen in (([], "True"), (["--profile", f"compute={file}"], "False")):
        with server.connect(*option) as client:
            client.greet()
            assert run(client, code)["result"] == seen


def test_the_slots_of_the_profile_are_felt(server, workshop):
    file = replaced(workshop, f"slots-{server.mode}", ready="1", most="2")
    with server.connect("--profile", f"compute={file}") as client:
        client.greet()
        run(client, "1")
        few = len(descendants(client.process.pid))
        code = "import time\nbegun = time.monotonic()\ntime.sleep(0.5)\n(begun, time.monotonic())"
        calls = [begin(client, code) for _ in range(6)]
        spans = [finish(client, call)["structuredContent"]["result"] for call in calls]
    edges = sorted(
        (float(word), step)
        for span in spans
        for word, step in zip(span.strip("()").split(","), (1, -1), strict=True)
    )
    together = [sum(step for _, step in edges[: n + 1]) for n in range(len(edges))]
    assert max(together) == 2, "two at a time, and no fewer"
    with server.connect() as client:
        client.greet()
        run(client, "1")
        time.sleep(1)
        assert len(descendants(client.process.pid)) > few


@pytest.mark.parametrize("line", [{"forks": "3"}, {"age": "1s"}])
def test_a_template_gives_way_to_a_new_one(server, workshop, line):
    """All workers of a template share its hash seed: a new seed tells of a new template."""
    file = replaced(workshop, f"template-{server.mode}-{next(iter(line))}", **line)
    with server.connect("--profile", f"compute={file}") as client:
        client.greet()
        seeds = set()
        deadline = time.monotonic() + 20
        while len(seeds) < 3 and time.monotonic() < deadline:
            seeds.add(run(client, "hash('seed')")["result"])
            time.sleep(0.2)
    assert len(seeds) >= 3, "no new template within twenty seconds"


@pytest.mark.parametrize(
    ("pattern", "with_", "named"),
    [
        (r"(?m)^  memory:.*$", "", "memory"),
        (r"(?m)^  memory:", "  memmory:", "memmory"),
        (r"(?m)^  memory:.*$", "  memory: a lot", "memory"),
        (r"(?m)^  open_files:.*$", "  open_files: -1", "open_files"),
        (r"(?m)^filter:.*$", "filter: no-such", "filter"),
        (r"(?m)^version:.*$", "version: 99", "version"),
        (r"(?m)^name:.*$", "name: other", "name"),
    ],
)
def test_a_wrong_profile_stops_the_start_and_is_named(server, workshop, pattern, with_, named):
    text, found = re.subn(pattern, with_, PROFILE.read_text())
    assert found == 1
    file = workshop / f"wrong-{server.mode}.yaml"
    file.write_text(text)
    file.chmod(0o644)
    done = server.run("serve", "--profile", f"compute={file}", timeout=10)
    assert done.returncode == EXIT_USAGE, done
    assert named in done.stderr and file.name in done.stderr
    assert not done.stdout


def test_the_effective_limits_are_told(execute):
    _, outcome = execute("print('fine')", "--timeout", "5s", "--memory", "128MiB")
    assert outcome["limits"]["wall_ms"] == 5000
    assert outcome["limits"]["memory_bytes"] == 128 << 20
