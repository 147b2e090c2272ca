"""What a decision costs in the program that is shipped: time is `make bench`'s, memory is here."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from Harness.server import PROJECT, Server

# `bench` decides this often in each round, for each of two policies.
DECISIONS = 2 * 1_000


@pytest.fixture
def counter(place: Path) -> Path:
    """A library to preload that counts allocations."""
    library = place / "allocations.so"
    source = PROJECT / "Tests" / "Harness" / "allocations.c"
    compiler = os.environ.get("CC", "cc")
    subprocess.run(
        [compiler, "-O2", "-Wall", "-Werror", "-shared", "-fPIC", str(source), "-o", str(library)],
        check=True, timeout=60)
    library.chmod(0o755)
    return library


def allocations(server: Server, place: Path, counter: Path, rounds: int) -> int:
    count = place / f"count-{rounds}"
    count.write_bytes(bytes(8))
    count.chmod(0o666)
    done = server.run(
        "bench", "--only", "decision", "--rounds", str(rounds),
        LD_PRELOAD=str(counter), ALLOCATIONS=str(count))
    assert done.returncode in (0, 1), done.stderr
    return int.from_bytes(count.read_bytes(), "little")


def test_an_allowed_call_is_decided_without_an_allocation(server, place, counter) -> None:
    # Both read one large policy and compile it once: the difference is nine rounds.
    few, many = (allocations(server, place, counter, rounds) for rounds in (10, 19))
    assert few > 10_000, "allocations are not counted"
    # A round also makes two calls to judge and reserves once in SQLite.
    assert (many - few) / (9 * DECISIONS) < 0.5, (few, many)
