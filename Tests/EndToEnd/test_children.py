"""Child processes: they work as on any machine, and none outlives or leaves its run."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from Harness import bounds
from Harness.client import StdioClient
from Harness.execution import begin, finish, run
from Harness.footprint import Footprint, settled
from Harness.profiles import FOLDER, as_compute, changed
from Harness.server import Server

Execute = Callable[..., tuple[int, dict]]

# A script in which every way of multiprocessing has to find its functions again.
PROGRAMS = {
    "subprocess": (
        "import subprocess, sys\n"
        "print(subprocess.run(['/bin/echo', 'hello'], capture_output=True, text=True).stdout)\n"
        "print(subprocess.check_output('echo $((6 * 7)) | tr 4 5', shell=True, text=True))\n"
        "print(subprocess.run([sys.executable, '-c', 'import json; print(json.dumps([1]))'],\n"
        "                     capture_output=True, text=True).stdout)\n",
        "hello\n\n52\n\n[1]\n\n",
    ),
    "system and popen": (
        "import os\nprint(os.system('exit 3') >> 8, os.popen('echo out').read())",
        "3 out\n\n",
    ),
    "fork and wait": (
        "import os\n"
        "if (child := os.fork()) == 0: os._exit(7)\n"
        "print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))\n",
        "7\n",
    ),
    "a script's fork that runs on": (
        "import os\n"
        "child = os.fork()\n"
        "if child: os.waitpid(child, 0)\n"
        "print('parent' if child else 'child')\n",
        "child\nparent\n",
    ),
    "an asyncio subprocess": (
        "import asyncio\n"
        "async def main():\n"
        "    child = await asyncio.create_subprocess_exec(\n"
        "        'cat', stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE)\n"
        "    print((await child.communicate(b'through'))[0])\n"
        "asyncio.run(main())\n",
        "b'through'\n",
    ),
    "a process pool": (
        "from concurrent.futures import ProcessPoolExecutor\n"
        "with ProcessPoolExecutor(3) as pool: print(list(pool.map(abs, [-1, -2, -3])))\n",
        "[1, 2, 3]\n",
    ),
    "a pool": (
        "import multiprocessing\n"
        "def square(n): return n * n\n"
        "with multiprocessing.Pool(3) as pool: print(pool.map(square, range(5)))\n",
        "[0, 1, 4, 9, 16]\n",
    ),
    "a queue": (
        "import multiprocessing\n"
        "def put(queue): queue.put('from the child')\n"
        "queue = multiprocessing.Queue()\n"
        "process = multiprocessing.Process(target=put, args=(queue,))\n"
        "process.start(); print(queue.get(timeout=10)); process.join()\n",
        "from the child\n",
    ),
    "locks and shared values": (
        "import multiprocessing\n"
        "value = multiprocessing.Value('i', 0)\n"
        "def add():\n"
        "    for _ in range(100):\n"
        "        with value.get_lock(): value.value += 1\n"
        "all = [multiprocessing.Process(target=add) for _ in range(4)]\n"
        "[p.start() for p in all]; [p.join() for p in all]; print(value.value)\n",
        "400\n",
    ),
    "shared memory": (
        "from multiprocessing import Process, shared_memory\n"
        "block = shared_memory.SharedMemory(create=True, size=1 << 20)\n"
        "def fill(name):\n"
        "    mine = shared_memory.SharedMemory(name); mine.buf[0] = 42; mine.close()\n"
        "process = Process(target=fill, args=(block.name,)); process.start(); process.join()\n"
        "print(block.buf[0]); block.close(); block.unlink()\n",
        "42\n",
    ),
    "a manager": (
        "import multiprocessing\n"
        "with multiprocessing.Manager() as manager:\n"
        "    shared = manager.dict()\n"
        "    process = multiprocessing.Process(target=shared.update, args=({'a': 1},))\n"
        "    process.start(); process.join(); print(dict(shared))\n",
        "{'a': 1}\n",
    ),
    "spawn": (
        "import multiprocessing, os\n"
        "process = multiprocessing.get_context('spawn').Process(target=os._exit, args=(5,))\n"
        "process.start(); process.join(); print(process.exitcode)\n",
        "5\n",
    ),
    "forkserver": (
        "import multiprocessing, os\n"
        "process = multiprocessing.get_context('forkserver').Process(target=os._exit, args=(6,))\n"
        "process.start(); process.join(); print(process.exitcode)\n",
        "6\n",
    ),
    "an interpreter's own name": (
        "import os, sys\nprint(os.access(sys.executable, os.X_OK), os.path.isabs(sys.executable))",
        "True True\n",
    ),
}


@pytest.fixture(scope="module")
def execute(server: Server, workshop: Path) -> Execute:
    """Runs a program through `sandboa exec --json`, under `interpreter` unless told otherwise."""
    file = workshop / f"child-{server.mode}.py"

    def execute(code: str, *options: str, profile: str = "interpreter") -> tuple[int, dict]:
        file.write_text(code)
        file.chmod(0o644)
        done = server.run("exec", "--json", "--profile", profile, *options, str(file))
        assert done.stdout, done.stderr
        return done.returncode, json.loads(done.stdout)

    return execute


@pytest.fixture(scope="module")
def client(server: Server, workshop: Path) -> Iterator[StdioClient]:
    """`python_execute` under the walls of `interpreter`."""
    with server.connect(*as_compute("interpreter", workshop)) as client:
        client.greet()
        run(client, "1")  # From here on its size at rest is what it is.
        yield client


@pytest.mark.parametrize("name", PROGRAMS)
def test_a_program_with_children_works(execute: Execute, name: str):
    code, said = PROGRAMS[name]
    status, outcome = execute(code)
    assert (status, outcome["status"], outcome["stdout"]) == (0, "ok", said), outcome


def test_without_the_profile_nothing_is_started(execute: Execute):
    status, outcome = execute("import os; os.fork()", profile="compute")
    assert (status, outcome["error"]["type"]) == (1, "BlockingIOError"), outcome


def test_the_output_of_children_belongs_to_the_run(execute: Execute):
    code = (
        "import os, subprocess\n"
        "print('own')\n"
        "os.write(1, b'raw\\n')\n"
        "subprocess.run('echo child; echo wrong >&2', shell=True)\n"
        "os.write(2, b'raw wrong\\n')\n"
    )
    _, outcome = execute(code)
    assert outcome["stdout"] == "own\nraw\nchild\n", outcome
    assert outcome["stderr"] == "wrong\nraw wrong\n", outcome


def test_a_child_that_stays_holds_nothing_up(client: StdioClient):
    """It holds the pipes, ignores what can be ignored, and would live for a minute."""
    code = (
        "import subprocess\n"
        "subprocess.Popen(['sh', '-c', 'trap \"\" TERM HUP INT; setsid sleep 60 & sleep 60'])\n"
        "print('done')\n"
    )
    before = Footprint.of(client.process.pid)
    begun = time.monotonic()
    outcome = run(client, code)
    assert (outcome["status"], outcome["stdout"]) == ("ok", "done\n"), outcome
    assert time.monotonic() - begun < bounds.PROMPT
    assert run(client, "1 + 1")["result"] == "2"
    assert not settled(client.process.pid, before)


def test_children_die_with_a_run_that_is_stopped(client: StdioClient):
    before = Footprint.of(client.process.pid)
    code = "import os\nfor _ in range(5): os.fork()\nwhile True: pass"
    begun = time.monotonic()
    outcome = run(client, code, timeout=700)
    assert outcome["status"] == "timeout" and outcome["usage"]["processes"] >= 2, outcome
    assert time.monotonic() - begun < 0.7 + bounds.PROMPT
    assert not settled(client.process.pid, before)


def test_the_processes_of_a_run_are_counted(client: StdioClient):
    code = (
        "import subprocess, time\n"
        "children = [subprocess.Popen(['sleep', '9']) for _ in range(6)]\n"
        "time.sleep(0.3)\n"
        "[child.kill() for child in children]; [child.wait() for child in children]\n"
    )
    assert run(client, code)["usage"]["processes"] == 7
    assert run(client, "1 + 1")["usage"]["processes"] == 1


def test_twenty_runs_with_children_leave_nothing_behind(client: StdioClient):
    """No process, no mount, no descriptor, and no number of the run before."""
    numbers = set()
    code = (
        "import os, subprocess\n"
        "subprocess.Popen(['sleep', '60'])\n"
        "subprocess.run(['true'])\n"
        "open('/dev/shm/left', 'w'); open('/tmp/left', 'w')\n"
        "os.getpid()\n"
    )
    run(client, code)
    before = Footprint.of(client.process.pid)
    for _ in range(20):
        outcome = run(client, code)
        assert outcome["status"] == "ok", outcome
        numbers.add(outcome["result"])
        left = run(client, "import os; os.listdir('/tmp') + os.listdir('/dev/shm')")
        assert left["result"] == "[]", left
    assert len(numbers) == 1, f"a run's own number tells of others: {numbers}"
    assert not settled(client.process.pid, before)


def test_runs_at_the_same_time_do_not_meet(client: StdioClient):
    """Neither by a process, nor by a socket, nor by shared memory."""
    code = (
        "import os, socket, time\n"
        "listener = socket.socket(socket.AF_UNIX); listener.bind(f'/tmp/here'); listener.listen()\n"
        "open('/dev/shm/block', 'x').close()\n"
        "if os.fork() == 0: time.sleep(5); os._exit(0)\n"
        "time.sleep(0.5)\n"
        "(len([n for n in os.listdir('/proc') if n.isdigit()]) <= 2, os.listdir('/dev/shm'))\n"
    )
    calls = [begin(client, code) for _ in range(4)]
    for call in calls:
        outcome = finish(client, call)["structuredContent"]
        assert outcome["result"] == "(True, ['block'])", outcome


# What bounds all processes of a run together where the kernel's groups are out of reach.
HOGS = (
    "import os, time\n"
    "for _ in range(6):\n"
    "    if os.fork() == 0:\n"
    "        held = []\n"
    "        for _ in range(60):\n"
    "            held.append(bytes([1]) * (1 << 20))\n"
    "            time.sleep(0.01)\n"
    "        time.sleep(30)\n"
    "time.sleep(30)\n"
)


def test_children_together_are_held_to_the_memory_of_the_run(server, workshop):
    file = changed(
        "interpreter", workshop, f"small-{server.mode}", name="compute", memory="128MiB",
        scratch="1MiB",
    )  # fmt: skip
    with server.connect("--profile", f"compute={file}") as client:
        client.greet()
        outcome = run(client, HOGS, timeout=6_000)
        # A group kills the largest process, and the others go on; a look ends the run.
        walls = finish(client, begin(client, "1"))["_meta"]["sandboa/walls"]
        if any("memory_poll" in str(wall) for wall in walls):
            assert outcome["status"] == "memory", outcome
            assert outcome["usage"]["peak_bytes"] > 128 << 20
        else:
            assert any("cgroup_memory" in str(wall) for wall in walls), walls
            assert outcome["status"] in ("memory", "timeout"), outcome
        assert run(client, "1 + 1")["result"] == "2"


def test_the_weaker_bound_is_told(server, client):
    walls = [str(wall) for wall in finish(client, begin(client, "1"))["_meta"]["sandboa/walls"]]
    groups = any("cgroup_memory" in wall for wall in walls)
    polled = any("memory_poll" in wall for wall in walls)
    assert groups != polled, walls


def test_compute_is_not_looked_at(server):
    with server.connect() as client:
        client.greet()
        walls = finish(client, begin(client, "1"))["_meta"]["sandboa/walls"]
        assert not any("memory_poll" in str(wall) for wall in walls), walls


def test_an_unknown_profile_is_named(server, workshop):
    file = workshop / f"nothing-{server.mode}.py"
    file.write_text("print(1)")
    file.chmod(0o644)
    done = server.run("exec", "--profile", "no-such", str(file))
    assert done.returncode == 2 and "no-such.yaml" in done.stderr, done


def test_exec_takes_a_profile_from_a_file(execute, workshop, server):
    file = changed("interpreter", workshop, f"few-{server.mode}", processes="5")
    code = (
        "import os, signal\n"
        "made = 0\n"
        "try:\n"
        "    for _ in range(50):\n"
        "        if os.fork() == 0: signal.pause()\n"
        "        made += 1\n"
        "except OSError: print(made < 10)\n"
    )
    _, outcome = execute(code, profile=f"interpreter={file}")
    assert outcome["stdout"] == "True\n", outcome
    assert (FOLDER / "interpreter.yaml").exists()
