"""How much of the machine a running server holds: memory, descriptors, processes, mounts."""

from __future__ import annotations

import os
import time
from dataclasses import dataclass
from pathlib import Path

from Harness import bounds


def children(pid: int) -> list[int]:
    """The direct children of a process."""
    found = []
    for task in Path(f"/proc/{pid}/task").iterdir():
        try:
            found += [int(word) for word in (task / "children").read_text().split()]
        except (FileNotFoundError, ProcessLookupError):
            continue
    return found


def descendants(pid: int) -> list[int]:
    """All processes below a process."""
    found, pending = [], [pid]
    while pending:
        try:
            below = children(pending.pop())
        except (FileNotFoundError, ProcessLookupError):
            continue
        found += below
        pending += below
    return found


def started(pid: int) -> tuple[int, int]:
    """A process and the moment it began: together they name one process for ever."""
    stat = Path(f"/proc/{pid}/stat").read_text(errors="replace")
    return pid, int(stat[stat.rindex(")") + 2 :].split()[19])


def alive(process: tuple[int, int]) -> bool:
    """Whether a process still runs. One that only waits to be reaped does not."""
    try:
        stat = Path(f"/proc/{process[0]}/stat").read_text(errors="replace")
        return started(process[0]) == process and stat[stat.rindex(")") + 2] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


def gone_after(process: tuple[int, int], since: float, limit: float = 10.0) -> float:
    """Seconds from `since` until a process has ended."""
    while alive(process) and time.monotonic() < since + limit:
        time.sleep(0.0005)
    return time.monotonic() - since


def survivors(processes: set[tuple[int, int]]) -> set[tuple[int, int]]:
    """Those that still run when the server has had the time it promises to need."""
    deadline = time.monotonic() + bounds.SHUTDOWN_LATE
    while (left := set(filter(alive, processes))) and time.monotonic() < deadline:
        time.sleep(0.01)
    return left


def _processor_ticks(pid: int) -> int:
    try:
        stat = Path(f"/proc/{pid}/stat").read_text(errors="replace")
    except (FileNotFoundError, ProcessLookupError):
        return 0
    return int(stat[stat.rindex(")") + 2 :].split()[11])


def spinner(pid: int) -> tuple[int, int]:
    """The process below this one that uses the processor, as soon as there is one."""
    deadline = time.monotonic() + 10
    first = {each: _processor_ticks(each) for each in descendants(pid)}
    while time.monotonic() < deadline:
        time.sleep(0.1)
        used = {each: _processor_ticks(each) - first.get(each, 0) for each in descendants(pid)}
        busiest = max(used, key=used.__getitem__)
        if used[busiest] > 5:
            return started(busiest)
    raise AssertionError("no process spins")


def resident(pid: int) -> int:
    """The resident memory of one process, in bytes."""
    return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def _count(path: str) -> int:
    try:
        return len(os.listdir(path))
    except OSError:
        return 0  # it has ended, or is not ours to look at


def _mounts(pid: int) -> int:
    try:
        return len(Path(f"/proc/{pid}/mountinfo").read_text().splitlines())
    except OSError:
        return 0


@dataclass(frozen=True)
class Footprint:
    """One moment of a server and of everything below it."""

    handles: int
    zygote_handles: int
    processes: int
    mounts: int

    @classmethod
    def of(cls, pid: int) -> Footprint:
        below = descendants(pid)
        return cls(
            handles=_count(f"/proc/{pid}/fd"),
            zygote_handles=max((_count(f"/proc/{each}/fd") for each in below), default=0),
            processes=len(below),
            mounts=max((_mounts(each) for each in [pid, *below]), default=0),
        )

    def beyond(self, other: Footprint) -> list[str]:
        """Where this is more than `other` allows, in words."""
        limits = {
            "handles": bounds.HANDLES,
            "zygote_handles": bounds.HANDLES,
            "processes": bounds.PROCESSES,
            "mounts": bounds.MOUNTS,
        }
        return [
            f"{what}: {getattr(other, what)} before, {getattr(self, what)} now"
            for what, more in limits.items()
            if getattr(self, what) > getattr(other, what) + more
        ]


def settled(pid: int, before: Footprint) -> list[str]:
    """What the server still holds too much of after the time it has to calm down."""
    deadline = time.monotonic() + bounds.SETTLE
    while (more := Footprint.of(pid).beyond(before)) and time.monotonic() < deadline:
        time.sleep(0.02)
    return more
