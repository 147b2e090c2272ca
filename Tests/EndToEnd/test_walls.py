"""What the kernel itself says of a run: the walls, read from inside."""

from __future__ import annotations

import ast
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from Harness.client import StdioClient
from Harness.execution import begin, finish, value
from Harness.footprint import descendants
from Harness.payloads import PROFILES
from Harness.profiles import as_compute
from Harness.server import Server


@pytest.fixture(scope="module", params=PROFILES)
def profile(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture(scope="module")
def client(server: Server, profile: str, workshop: Path) -> Iterator[StdioClient]:
    with server.connect(*as_compute(profile, workshop)) as client:
        client.greet()
        yield client


def seen(client: StdioClient, code: str) -> object:
    """What an expression is inside, as a value here."""
    return ast.literal_eval(value(client, code))


def status(client: StdioClient) -> dict[str, str]:
    lines = seen(client, "[line.rstrip() for line in open('/proc/self/status')]")
    return dict(line.split(":\t", 1) for line in lines if ":\t" in line)


def test_the_flags_of_the_process(client):
    told = status(client)
    assert told["NoNewPrivs"] == "1"
    assert told["Seccomp"] == "2"
    assert int(told["Seccomp_filters"]) >= 1
    for kind in ("Inh", "Prm", "Eff", "Bnd", "Amb"):
        assert int(told[f"Cap{kind}"], 16) == 0, kind


def test_the_user_is_nobody(client):
    told = status(client)
    for kind in ("Uid", "Gid"):
        numbers = set(told[kind].split())
        assert len(numbers) == 1 and numbers != {"0"}, told[kind]
    assert seen(client, "import os; {0, *os.getresuid(), *os.getgroups()} - {os.getuid()}") == {0}


def test_each_slot_has_a_user_of_its_own(server, client):
    """As root: two runs at once could otherwise signal each other and share a process limit."""
    if server.mode != "root":
        pytest.skip("an ordinary user has one user id; user namespaces keep the slots apart")
    code = "import os, time; time.sleep(0.5); os.getuid()"
    calls = [begin(client, code) for _ in range(3)]
    users = [finish(client, call)["structuredContent"]["result"] for call in calls]
    assert len(set(users)) == 3, users


def test_no_user_of_the_host_is_root_inside(client):
    """A mapping to the host's user 0 would make sysctls writable without any capability."""
    for file in ("uid_map", "gid_map"):
        for _, outside, count in seen(
            client, f"[tuple(map(int, line.split())) for line in open('/proc/self/{file}')]"
        ):
            whole = (outside, count) == (0, 4294967295)  # no user namespace at all
            assert whole or outside > 0


def test_every_namespace_is_another(server, client):
    kinds = ["mnt", "pid", "net", "ipc", "uts"] + (["user"] if server.mode == "user" else [])
    inside = seen(client, f"import os; {{k: os.readlink(f'/proc/self/ns/{{k}}') for k in {kinds}}}")
    for kind in kinds:
        assert inside[kind] != os.readlink(f"/proc/self/ns/{kind}"), kind


def test_the_host_is_called_sandboa(client):
    assert seen(client, "import os; os.uname().nodename") == "sandboa"
    assert seen(client, "import os; os.uname()[1]") != os.uname().nodename


def test_there_is_one_network_interface_and_no_way_out(client):
    code = """
def lines(name):
    try: return open(f'/proc/self/net/{name}').read().splitlines()
    except OSError: return []
([line.split(':')[0].strip() for line in lines('dev')[2:]], lines('route')[1:])
"""
    interfaces, routes = seen(client, code)
    assert interfaces in (["lo"], []) and routes == []


def test_no_mount_is_writable_and_executable(client):
    lines = seen(client, "[line.split() for line in open('/proc/self/mountinfo')]")
    assert lines
    for fields in lines:
        where, options = fields[4], set(fields[5].split(","))
        assert "ro" in options or {"noexec", "nosuid", "nodev"} <= options, (where, options)
        assert "nosuid" in options, (where, options)


def test_the_scratch_directory_is_a_tmpfs_with_quotas(client):
    lines = seen(client, "[line.split() for line in open('/proc/self/mountinfo')]")
    writable = [f for f in lines if "rw" in f[5].split(",")]
    assert writable
    for fields in writable:
        kind, _, options = fields[fields.index("-") + 1 :][:3]
        assert kind == "tmpfs", fields
        assert "size=" in options and "nr_inodes=" in options, fields


def test_the_mounts_come_from_nowhere_else(client):
    """Nothing of the host's own tree beyond its system libraries."""
    lines = seen(client, "[line.split() for line in open('/proc/self/mountinfo')]")
    for fields in lines:
        assert fields[4] == "/" or fields[4].split("/")[1] in {
            "usr", "lib", "lib64", "lib32", "bin", "sbin", "proc", "dev", "sandbox",
        }, fields  # fmt: skip


def test_a_process_sees_itself_alone(client):
    pids = seen(client, "import os; [int(n) for n in os.listdir('/proc') if n.isdigit()]")
    own = seen(client, "import os; os.getpid()")
    assert own > 1 and len(pids) <= 2
    assert seen(client, "import os; os.getppid()") in (0, 1)


def test_few_descriptors_are_open(client):
    code = """
import os
found = {}
for name in os.listdir('/proc/self/fd'):
    try: found[int(name)] = os.readlink(f'/proc/self/fd/{name}')
    except OSError: pass
found
"""
    handles = seen(client, code)
    assert len(handles) <= 8, handles
    for number, target in handles.items():
        kind = target.split(":")[0]
        assert kind in ("pipe", "socket") or target in ("/dev/null", "/null"), (number, target)


def test_the_environment_is_short_and_made(client):
    told = seen(client, "import os; dict(os.environ)")
    assert len(told) < 25
    assert str(Path.home()) not in told.values() or Path.home() == Path("/")


# Limits that differ: descriptors, file size, address space, data, processes.
LARGEST = {
    "compute": (256, 64 << 20, 4 << 30, 512 << 20, 64),
    "interpreter": (1024, 256 << 20, 8 << 30, 1 << 30, 128),
}


def test_the_limits_of_the_kernel_are_set(client, profile):
    code = """
import resource
names = [name for name in dir(resource) if name.startswith('RLIMIT_')]
{name: resource.getrlimit(getattr(resource, name)) for name in names}
"""
    told = seen(client, code)
    # An ordinary user's inits and zygote count towards the same number.
    ours = 4
    files, file_size, addresses, data, processes = LARGEST[profile]
    for name, most in {
        "RLIMIT_CORE": 1, "RLIMIT_NOFILE": files, "RLIMIT_MEMLOCK": 0, "RLIMIT_MSGQUEUE": 0,
        "RLIMIT_NICE": 0, "RLIMIT_RTPRIO": 0, "RLIMIT_FSIZE": file_size,
        "RLIMIT_AS": addresses,
        "RLIMIT_DATA": data, "RLIMIT_NPROC": processes + ours, "RLIMIT_STACK": 8 << 20,
        "RLIMIT_SIGPENDING": 128,
    }.items():  # fmt: skip
        soft, hard = told[name]
        assert 0 <= soft <= hard <= most, (name, soft, hard)


def test_nothing_below_the_server_can_be_dumped(client):
    """Zygotes, inits and workers: no other process of their user may read their memory."""
    value(client, "1")
    for pid in descendants(client.process.pid):
        try:
            owner = os.stat(f"/proc/{pid}/environ").st_uid
            user = int(Path(f"/proc/{pid}/status").read_text().split("Uid:")[1].split()[0])
        except (FileNotFoundError, ProcessLookupError):
            continue
        assert user == 0 or owner != user, f"process {pid} is dumpable"


def test_nothing_below_the_server_has_its_environment(server, client):
    value(client, "1")
    checked = 0
    for pid in descendants(client.process.pid):
        try:
            text = Path(f"/proc/{pid}/environ").read_bytes()
        except OSError:
            continue
        checked += 1
        assert str(server.home).encode() not in text, f"process {pid} carries the environment"
    assert checked or os.geteuid() != 0


def test_a_zygote_has_one_thread(client):
    value(client, "1")
    for pid in descendants(client.process.pid):
        try:
            assert len(os.listdir(f"/proc/{pid}/task")) == 1, pid
        except FileNotFoundError:
            continue
