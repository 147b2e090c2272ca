"""What a suite may not leave behind: processes, mounts, cgroups, temporary files.

The test process adopts orphans (it is a child subreaper), so that a process which outlives its
server is found whatever it calls itself. Mounts, cgroups and files are found by the project's name:
no other sandboa may start on the machine while tests run.
"""

from __future__ import annotations

import ctypes
import os
import signal
import time
from dataclasses import dataclass
from pathlib import Path

PR_SET_CHILD_SUBREAPER = 36

TEMPORARY = [Path(p) for p in ("/tmp", "/var/tmp", "/dev/shm", "/run", "/run/lock")]

# Seconds a dying process may take: the kernel tears namespaces down after the last one is gone.
GRACE = 2.0


def adopt_orphans() -> None:
    """From now on orphaned descendants become children of this process."""
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0) != 0:
        raise OSError(ctypes.get_errno(), "prctl(PR_SET_CHILD_SUBREAPER)")


def _parents() -> dict[int, tuple[int, str, str]]:
    """Every process: its parent, its state, its name."""
    found = {}
    for entry in os.scandir("/proc"):
        if not entry.name.isdigit():
            continue
        try:
            stat = Path(entry.path, "stat").read_text(errors="replace")
        except (FileNotFoundError, ProcessLookupError):
            continue
        # The name is in parentheses and may hold anything, parentheses too.
        name, rest = stat[stat.index("(") + 1 : stat.rindex(")")], stat[stat.rindex(")") + 2 :]
        state, parent = rest.split()[:2]
        found[int(entry.name)] = (int(parent), state, name)
    return found


def processes() -> dict[int, str]:
    """The living descendants of this process. Orphans that have ended are reaped on the way."""
    everyone = _parents()
    descendants: dict[int, str] = {}
    pending = [os.getpid()]
    while pending:
        current = pending.pop()
        for pid, (parent, state, name) in everyone.items():
            if parent != current:
                continue
            if state != "Z":
                descendants[pid] = name
            elif current == os.getpid():
                _reap(pid)
            pending.append(pid)
    return descendants


def _reap(pid: int) -> None:
    try:
        os.waitpid(pid, os.WNOHANG)
    except ChildProcessError:
        pass  # Its owner was quicker.


def mounts() -> set[str]:
    lines = Path("/proc/self/mountinfo").read_text().splitlines()
    return {line for line in lines if "sandboa" in line}


def cgroups() -> set[str]:
    found = set()
    for folder, names, _ in os.walk("/sys/fs/cgroup"):
        found |= {os.path.join(folder, name) for name in names if name.startswith("sandboa")}
    return found


def temporary_files() -> set[str]:
    found = set()
    for folder in TEMPORARY:
        try:
            found |= {str(p) for p in folder.iterdir() if p.name.lstrip(".").startswith("sandboa")}
        except (FileNotFoundError, PermissionError):
            continue  # Not on this machine, or not for this user: then nothing of ours is there.
    return found


@dataclass(frozen=True)
class Traces:
    """What is there at one moment."""

    processes: dict[int, str]
    mounts: set[str]
    cgroups: set[str]
    files: set[str]

    @classmethod
    def now(cls) -> Traces:
        return cls(processes(), mounts(), cgroups(), temporary_files())

    def since(self, before: Traces) -> list[str]:
        """What is there now and was not before, in words."""
        new = [
            f"process {pid} ({name})"
            for pid, name in self.processes.items()
            if pid not in before.processes
        ]
        new += [f"mount {line}" for line in sorted(self.mounts - before.mounts)]
        new += [f"cgroup {path}" for path in sorted(self.cgroups - before.cgroups)]
        return new + [f"file {path}" for path in sorted(self.files - before.files)]


def left_since(before: Traces) -> list[str]:
    """What stays although it had time to go. Leaked processes are killed, for the next suite."""
    deadline = time.monotonic() + GRACE
    while (left := (after := Traces.now()).since(before)) and time.monotonic() < deadline:
        time.sleep(0.02)
    for pid in after.processes.keys() - before.processes.keys():
        try:
            os.kill(pid, signal.SIGKILL)
        except ProcessLookupError:
            pass  # Gone since.
    return left
