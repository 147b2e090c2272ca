"""The workspace: one directory of the user's, at its own path, and nothing beside it."""

from __future__ import annotations

import json
import os
import shutil
import socket
import stat
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from Harness.execution import run
from Harness.profiles import changed
from Harness.server import ORDINARY_USER, Server

EXIT_OK, EXIT_FAILED, EXIT_USAGE, EXIT_ENVIRONMENT = 0, 1, 2, 5

Execute = Callable[..., tuple[int, dict]]


@pytest.fixture(params=["/tmp", "/var/tmp"])
def workspace(server: Server, request: pytest.FixtureRequest) -> Iterator[Path]:
    """A workspace below /tmp, which a run's scratch directory covers, and one elsewhere."""
    folder = Path(tempfile.mkdtemp(prefix="sandboa-workspace-", dir=request.param)) / "work space"
    folder.mkdir()
    folder.parent.chmod(0o755)
    server.give(folder)
    (folder / "given").write_text("given")
    os.chown(folder / "given", folder.stat().st_uid, folder.stat().st_gid)
    yield folder
    shutil.rmtree(folder.parent)


@pytest.fixture
def execute(server: Server, workspace: Path, workshop: Path) -> Execute:
    """Runs a program through `sandboa exec --json --workspace`, under `interpreter`."""
    file = workshop / f"at-work-{server.mode}.py"

    def execute(code: str, *options: str, profile: str = "interpreter") -> tuple[int, dict]:
        file.write_text(code)
        file.chmod(0o644)
        done = server.run(
            "exec", "--json", "--profile", profile, "--workspace", str(workspace), *options,
            str(file),
        )  # fmt: skip
        assert done.stdout, done.stderr
        return done.returncode, json.loads(done.stdout)

    return execute


def printed(execute: Execute, code: str, **options: str) -> str:
    status, outcome = execute(code, **options)
    assert (status, outcome["status"]) == (EXIT_OK, "ok"), outcome
    return outcome["stdout"]


def test_a_run_starts_in_it_and_finds_what_is_there(execute, workspace):
    code = "import os, sys; print([os.getcwd(), sys.path[0], open('given').read()])"
    where = str(workspace)
    assert printed(execute, code) == f"{[where, where, 'given']}\n"


def test_what_a_run_makes_is_the_owners(execute, workspace):
    code = (
        "import os\n"
        "open('made', 'w').write('made')\n"
        "os.makedirs('a/b'); os.symlink('made', 'a/link'); os.chmod('made', 0o640)\n"
        "open('given', 'a').write(' more')\n"
        "os.rename('given', 'moved'); os.mkfifo('fifo')\n"
        "print(os.stat('made').st_uid == os.getuid() == os.stat('moved').st_uid)\n"
    )
    assert printed(execute, code) == "True\n"
    owner = workspace.stat()
    for name in ("made", "moved", "a", "a/b", "a/link", "fifo"):
        found = (workspace / name).lstat()
        assert (found.st_uid, found.st_gid) == (owner.st_uid, owner.st_gid), name
    assert (workspace / "moved").read_text() == "given more"
    assert stat.S_IMODE((workspace / "made").stat().st_mode) == 0o640


def test_files_keep_an_owner_that_is_somebody_else(server, execute, workspace):
    """As root the server works for whoever owns the directory, and as nobody else."""
    if server.mode != "root":
        pytest.skip("an ordinary user's workspace is that user's")
    for path in (workspace, workspace / "given"):
        os.chown(path, 65432, 65433)
    (workspace / "given").chmod(0o600)
    (workspace / "roots").write_text("secret")
    (workspace / "roots").chmod(0o600)
    code = (
        "import os\n"
        "open('made', 'w').write(open('given').read())\n"
        "try: print(open('roots').read())\n"
        "except PermissionError: print('no')\n"
        "print(os.stat('roots').st_uid)\n"
    )
    assert printed(execute, code) == "no\n65534\n"
    made = (workspace / "made").stat()
    assert (made.st_uid, made.st_gid) == (65432, 65433)


def test_everything_around_it_is_empty(execute, workspace):
    beside = workspace.parent / "beside"
    beside.write_text("not for you")
    beside.chmod(0o644)
    code = (
        "import os\n"
        f"path = {str(workspace)!r}\n"
        "while (path := os.path.dirname(path)) != '/':\n"
        "    try: os.mkdir(path + '/sandboa-new')\n"
        "    except OSError: pass\n"
        "    print(path, [n for n in sorted(os.listdir(path)) if n != 'sandboa-new'])\n"
        f"try: open({str(beside)!r})\n"
        "except OSError as error: print(error.strerror)\n"
    )
    *levels, last = printed(execute, code).splitlines()
    expected, path = [], workspace
    while str(path.parent) != "/":
        expected.append(f"{path.parent} {[path.name]}")
        path = path.parent
    assert levels == expected
    assert last == "No such file or directory"
    assert not (workspace.parent / "sandboa-new").exists()


def test_links_do_not_lead_out(execute, workspace):
    (workspace / "link").symlink_to("/etc/passwd")
    (workspace / "up").symlink_to("../../../../../etc")
    code = (
        "import os\n"
        "for path in ('link', 'up/passwd', 'up', '../../../../etc/passwd', '/proc/self/cwd/up'):\n"
        "    try: print(path, os.listdir(path) if os.path.isdir(path) else open(path).read(9))\n"
        "    except OSError as error: print(error.strerror)\n"
        "os.symlink('/etc/shadow', 'new')\n"
        "for source in ('/usr/bin/env', '/tmp/mine'):\n"
        "    open('/tmp/mine', 'w').close()\n"
        "    for make in (os.link, os.rename):\n"
        "        try: make(source, 'hard'); print('linked', source)\n"
        "        except OSError: pass\n"
    )
    assert set(printed(execute, code).splitlines()) == {"No such file or directory"}
    assert not (workspace / "hard").exists()


def test_nothing_in_it_executes(execute, workspace):
    program = workspace / "program"
    shutil.copyfile("/usr/bin/true", program)
    program.chmod(0o755)
    script = workspace / "script"
    script.write_text("#!/bin/sh\nexit 0\n")
    script.chmod(0o755)
    code = (
        "import ctypes, os, shutil, subprocess\n"
        "shutil.copy('/usr/bin/true', 'copy')\n"
        "for name in ('program', 'script', 'copy'):\n"
        "    try: subprocess.run([os.path.abspath(name)]); print('ran', name)\n"
        "    except OSError as error: print(error.strerror)\n"
        "loader = os.path.realpath('/lib64/ld-linux-x86-64.so.2')\n"
        "done = subprocess.run([loader, './program'], capture_output=True, text=True)\n"
        "print('failed to map' in done.stderr, done.returncode != 0)\n"
        "try: ctypes.CDLL(os.path.abspath('program')); print('loaded')\n"
        "except OSError as error: print('failed to map' in str(error))\n"
    )
    said = printed(execute, code).splitlines()
    assert said == ["Permission denied"] * 3 + ["True True", "True"]


def test_no_setid_bit_is_set_through_it(execute, workspace):
    code = (
        "import os\n"
        "open('file', 'w').close(); os.mkdir('folder')\n"
        "for action in (lambda: os.chmod('file', 0o4755), lambda: os.chmod('file', 0o2755),\n"
        "               lambda: os.fchmod(os.open('file', 0), 0o6755),\n"
        "               lambda: os.open('new', os.O_CREAT | os.O_WRONLY, 0o4755),\n"
        "               lambda: os.mkdir('new', 0o2755), lambda: os.chmod('folder', 0o2755),\n"
        "               lambda: os.mknod('new', 0o104755), lambda: os.chown('file', 0, 0)):\n"
        "    try: action(); print('allowed')\n"
        "    except OSError as error: print(error.strerror)\n"
    )
    assert set(printed(execute, code).splitlines()) == {"Operation not permitted"}
    for path in workspace.rglob("*"):
        assert not path.lstat().st_mode & 0o6000, path


def test_a_setid_program_in_it_is_none(server, execute, workspace):
    if server.mode != "root":
        pytest.skip("only root can put one there")
    program = workspace / "become-root"
    shutil.copyfile("/usr/bin/id", program)
    program.chmod(0o4755)
    code = (
        "import subprocess\n"
        "try: subprocess.run(['./become-root'])\n"
        "except PermissionError: print('no')\n"
    )
    assert printed(execute, code) == "no\n"
    options = "print([l.split()[5] for l in open('/proc/self/mountinfo') if 'work' in l][-1])"
    assert {"nosuid", "nodev", "noexec"} <= set(printed(execute, options).strip().split(","))


def test_a_socket_of_the_host_in_it_is_deaf(server, execute, workspace):
    """Its name belongs to no network namespace, and no mount keeps a connection out."""
    with socket.socket(socket.AF_UNIX) as listener:
        folder = os.getcwd()
        os.chdir(workspace)  # the name of a socket is short
        try:
            listener.bind("ear")
        finally:
            os.chdir(folder)
        os.chmod(workspace / "ear", 0o777)
        listener.listen()
        listener.setblocking(False)
        code = (
            "import os, socket\n"
            "for make in (lambda: socket.socket(socket.AF_UNIX).connect('ear'),\n"
            "             lambda: socket.socket(socket.AF_UNIX).bind('mouth')):\n"
            "    try: make(); print('allowed')\n"
            "    except OSError as error: print(error.strerror)\n"
        )
        assert printed(execute, code) == "Operation not permitted\nPermission denied\n"
        with pytest.raises(BlockingIOError):
            listener.accept()


def test_children_and_pools_work_in_it(execute, workspace):
    (workspace / "helper.py").write_text("def square(n): return n * n\n")
    code = (
        "import multiprocessing, subprocess, helper\n"
        "with multiprocessing.Pool(2) as pool: print(pool.map(helper.square, [2, 3]))\n"
        "with multiprocessing.get_context('spawn').Pool(2) as pool:\n"
        "    print(pool.map(helper.square, [4]))\n"
        "print(subprocess.check_output(['cat', 'given'], text=True))\n"
    )
    assert printed(execute, code) == "[4, 9]\n[16]\ngiven\n"


def test_a_program_that_lies_in_it_knows_where(server, workspace):
    folder = workspace / "scripts"
    folder.mkdir()
    (folder / "helper.py").write_text("def square(n): return n * n\n")
    program = folder / "program.py"
    program.write_text(
        "import multiprocessing, os, sys\nfrom helper import square\n"
        "def cube(n): return n * square(n)\n"
        "if __name__ == '__main__':\n"
        "    print([__file__, sys.argv[0], sys.path[0], os.getcwd(), sys.argv[1:]])\n"
        "    with multiprocessing.get_context('spawn').Pool(1) as pool:\n"
        "        print(pool.map(cube, [3]))\n"
    )
    done = server.run(
        "exec", "--profile", "interpreter", "--workspace", str(workspace), str(program), "--", "x"
    )
    told = [str(program), str(program), str(folder), str(workspace), ["x"]]
    assert done.stdout == f"{told}\n[27]\n", done.stderr


def test_a_profile_that_reads_does_not_write(server, execute, workspace, workshop):
    file = changed("interpreter", workshop, f"reading-{server.mode}", workspace="read")
    code = (
        "import os\n"
        "print(open('given').read())\n"
        "for action in (lambda: open('new', 'w'), lambda: open('given', 'a'),\n"
        "               lambda: os.remove('given'), lambda: os.chmod('given', 0o777),\n"
        "               lambda: os.mkdir('d'), lambda: os.rename('given', 'x'),\n"
        "               lambda: os.utime('given'), lambda: os.symlink('x', 'l')):\n"
        "    try: action(); print('allowed')\n"
        "    except OSError as error: print(error.errno in (1, 13, 30))\n"
        "open('/tmp/scratch', 'w').write('mine')\n"
    )
    said = printed(execute, code, profile=f"interpreter={file}")
    assert said.splitlines() == ["given"] + ["True"] * 8
    assert sorted(path.name for path in workspace.iterdir()) == ["given"]


def test_a_profile_without_one_shows_nothing(execute, workspace):
    code = f"import os; print(os.path.exists({str(workspace / 'given')!r}), os.listdir('.'))"
    assert printed(execute, code, profile="compute") == "False []\n"


def test_run_after_run_finds_it_and_only_it(server, workspace, workshop):
    """The scratch directory is new each time, also where the workspace lies in it."""
    file = changed("interpreter", workshop, f"again-{server.mode}", name="compute")
    options = ["--profile", f"compute={file}", "--workspace", str(workspace)]
    with server.connect(*options) as client:
        client.greet()
        for number in range(20):
            code = (
                "import os, subprocess\n"
                "subprocess.Popen(['sleep', '60'])\n"
                f"open('n{number}', 'x').close(); open('/tmp/left', 'x').close()\n"
                # What a run can do to the names on the way must not mislead the next.
                f"top = {str(workspace)!r}.split('/')[2]\n"
                "try:\n"
                "    os.rename(f'/tmp/{top}', '/tmp/away'); os.symlink('/usr', f'/tmp/{top}')\n"
                "except OSError: pass\n"
                "len(os.listdir('.'))\n"
            )
            outcome = run(client, code)
            assert outcome["result"] == str(number + 2), outcome
        mounts = Path(f"/proc/{client.process.pid}/mountinfo").read_text()
        assert str(workspace.parent) not in mounts
    assert len(list(workspace.iterdir())) == 21


def test_the_wall_is_told(server, workspace, workshop):
    file = changed("interpreter", workshop, f"told-{server.mode}", name="compute")
    with server.connect("--profile", f"compute={file}", "--workspace", str(workspace)) as client:
        client.greet()
        result = client.call("python_execute", code="1")
        assert any("workspace" in str(wall) for wall in result["_meta"]["sandboa/walls"]), result


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/nowhere", "No such file or directory"),
        ("/usr/bin/env", "Not a directory"),
        ("/", "no workspace"),
        ("/usr", "/usr inside is made for every run"),
        ("/usr/share", "/usr inside is made for every run"),
        ("/bin", "/usr inside is made for every run"),
        ("/proc/self", "/proc inside is made for every run"),
        ("/dev", "/dev inside is made for every run"),
    ],
)
@pytest.mark.parametrize("command", ["serve", "exec", "call"])
def test_a_directory_that_cannot_be_one_is_a_mistake(server, command, path, said):
    more = {"serve": [], "exec": ["-"], "call": ["python_execute", "code=1"]}[command]
    done = server.run(command, "--workspace", path, *more, timeout=10)
    assert done.returncode == EXIT_USAGE and said in done.stderr, done
    assert not done.stdout


def test_a_directory_with_our_own_files_is_a_mistake(server, place):
    """A run that can write there could replace what guards it."""
    for folder, said in ((server.home, "state"), (server.home.parent, "holds"),
                         (server.program.parent, "sandboa")):  # fmt: skip
        done = server.run("serve", "--workspace", str(folder), timeout=10)
        assert done.returncode == EXIT_USAGE and said in done.stderr, done
    policy = place / "policy.yaml"
    policy.write_text("version: '1'\n")
    done = server.run("serve", "--workspace", str(place), "--policy", str(policy), timeout=10)
    assert done.returncode == EXIT_USAGE and "the policy" in done.stderr, done


def test_a_link_to_a_workspace_is_followed_once(server, place, workspace):
    link = place / "link"
    link.symlink_to(workspace)
    program = place / "program.py"
    program.write_text("import os; print(os.getcwd())")
    done = server.run(
        "exec", "--profile", "interpreter", "--workspace", str(link), str(program)
    )
    assert done.stdout == f"{workspace}\n", done.stderr


def test_a_file_system_without_idmapped_mounts_is_named(server):
    """As root; an ordinary user's own numbers need no map."""
    if server.mode != "root":
        pytest.skip("an ordinary user needs no idmapped mount")
    with tempfile.TemporaryDirectory(prefix="sandboa-ramfs-", dir="/var/tmp") as folder:
        subprocess.run(["mount", "-t", "ramfs", "ramfs", folder], check=True)
        try:
            done = server.run(
                "exec", "--profile", "interpreter", "--workspace", folder, "-", stdin="print(1)"
            )
        finally:
            subprocess.run(["umount", folder], check=True)
    assert done.returncode == EXIT_ENVIRONMENT, done
    assert "workspace" in done.stderr and "idmapped" in done.stderr, done
    assert not done.stdout


def test_a_mount_in_it_is_part_of_it(server, workspace):
    if server.mode != "root":
        pytest.skip("only root can mount")
    inner = workspace / "inner"
    inner.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(inner)], check=True)
    try:
        (inner / "file").write_text("inside")
        os.chown(inner, ORDINARY_USER, ORDINARY_USER)
        program = "import os; print(open('inner/file').read(), os.access('inner/file', os.X_OK))"
        done = server.run(
            "exec", "--profile", "interpreter", "--workspace", str(workspace), "-", stdin=program
        )
        assert done.stdout == "inside False\n", done.stderr
    finally:
        subprocess.run(["umount", str(inner)], check=True)
