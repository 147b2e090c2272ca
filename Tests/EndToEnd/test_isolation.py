"""Nothing one call leaves behind reaches another: no name, no file, no random number."""

from __future__ import annotations

import ast
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from Harness.client import StdioClient
from Harness.execution import begin, finish, run, value
from Harness.server import Server


@pytest.fixture(scope="module")
def client(server: Server) -> Iterator[StdioClient]:
    with server.connect() as client:
        client.greet()
        yield client


# What the first call does, and what the next would see of it.
LEFTOVERS = {
    "a global": ("x = 1", "'x' in globals()", "False"),
    "a builtin": ("import builtins; builtins.len = lambda _: 66", "len('ab')", "2"),
    "an attribute of a module": (
        "import math; math.pi = 3", "import math; round(math.pi, 2)", "3.14"),
    "a module": ("import sys; sys.modules['json'] = None", "import json; json.dumps(1)", "'1'"),
    "the environment": (
        "import os; os.environ['LEFT'] = '1'", "import os; 'LEFT' in os.environ", "False"),
    "a file": ("open('left', 'w')", "import os; os.listdir('.')", "[]"),
    "a file in /tmp": (
        "open('/tmp/left', 'w')", "import os; 'left' in os.listdir('/tmp')", "False"),
    "a module file": (
        "open('json.py', 'w').write('1/0'); open('/tmp/json.py', 'w').write('1/0')",
        "import importlib, json; importlib.reload(json); json.dumps(1)", "'1'"),
    "the directory": (
        "import os; os.mkdir('left'); os.chdir('left')",
        "import os; 'left' in os.getcwd()", "False"),
    "the mask": ("import os; os.umask(0o777)", "import os; os.umask(0) != 0o777", "True"),
    "a handler": (
        "import signal; signal.signal(15, signal.SIG_IGN)",
        "import signal; signal.getsignal(15) == signal.SIG_IGN", "False"),
    "a blocked signal": (
        "import signal; signal.pthread_sigmask(0, [15])",
        "import signal; 15 in signal.pthread_sigmask(0, [])", "False"),
    "a limit": (
        "import resource; resource.setrlimit(7, (50, 50))",
        "import resource; resource.getrlimit(7)[0] > 50", "True"),
    "a thread": (
        "import threading, time; threading.Thread(target=time.sleep, args=(9,)).start()",
        "import threading; threading.active_count()", "1"),
    "a descriptor": (
        "import os; [os.open('/dev/null', 0) for _ in range(50)]",
        "import os; len(os.listdir('/proc/self/fd')) < 20", "True"),
    "a name of the process": (
        "import ctypes; ctypes.CDLL(None).prctl(15, b'left', 0, 0, 0)",
        "open('/proc/self/comm').read() == 'left\\n'", "False"),
    "a path": (
        "import sys; sys.path.insert(0, '/left')", "import sys; '/left' in sys.path", "False"),
    "a filter of warnings": (
        "import warnings; warnings.simplefilter('error')",
        "import warnings; warnings.warn('x') is None", "True"),
    "the decimal context": (
        "import decimal; decimal.getcontext().prec = 3; decimal.DefaultContext.prec = 3",
        "import decimal; decimal.getcontext().prec", "28"),
    "the locale": (
        "import locale; locale.setlocale(locale.LC_ALL, 'C')",
        "import locale, sys; sys.stdout.encoding.lower()", "'utf-8'"),
    "the affinity": (
        "import os; os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})",
        "import os; len(os.sched_getaffinity(0)) == os.cpu_count() or os.cpu_count() == 1", "True"),
    "processor time": (
        "sum(range(20_000_000))",
        "import resource; resource.getrusage(resource.RUSAGE_SELF).ru_utime < 0.2", "True"),
    "the seed": (
        "import random; random.seed(1)",
        "import random; random.random() == random.Random(1).random()", "False"),
    "a type poked": (
        "import ctypes; ctypes.memset(id(type) + 16, 0, 64)", "type('a', (), {}).__name__", "'a'"),
}  # fmt: skip


@pytest.mark.parametrize("name", LEFTOVERS)
def test_the_next_call_sees_nothing_of(client, name):
    first, second, wanted = LEFTOVERS[name]
    for _ in range(3):  # the pool may hold workers forked before the first
        run(client, first, timeout=500)
        assert value(client, second) == wanted


def test_calls_at_the_same_time_share_nothing(client):
    code = """
import os, time
mine = str(n)
for folder in ('.', '/tmp'):
    with open(f'{folder}/name', 'x') as file: file.write(mine)
time.sleep(0.2)
(n, [open(f'{folder}/name').read() for folder in ('.', '/tmp')], sorted(os.listdir('.')))
"""
    calls = [begin(client, code, context={"n": n}) for n in range(12)]
    for n, call in enumerate(calls):
        outcome = finish(client, call)["structuredContent"]
        assert outcome["result"] == repr((n, [str(n)] * 2, ["name"])), outcome


# Everything random that a fork would copy; each is one expression.
RANDOM = {
    "random": "random.getrandbits(64)",
    "an instance": "random.Random().getrandbits(64)",
    "shuffle": "tuple(random.sample(range(1000), 20))",
    "SystemRandom": "random.SystemRandom().getrandbits(64)",
    "secrets": "secrets.token_hex(16)",
    "os.urandom": "os.urandom(16).hex()",
    "ssl": "ssl.RAND_bytes(16).hex()",
    "uuid1": "str(uuid.uuid1())",
    "the node of uuid1": "uuid.getnode()",
    "uuid4": "str(uuid.uuid4())",
    "temporary names": "tempfile.mktemp()",
    "a temporary file": "os.path.basename(tempfile.mkstemp()[1])",
    "authkey": "multiprocessing.current_process().authkey.hex()",
    "a salt": "base64.b64encode(hashlib.new('sha256', os.urandom(8)).digest()).decode()",
}

IMPORTS = """
import base64, hashlib, multiprocessing, os, random, secrets, ssl, tempfile, uuid
"""


@pytest.mark.parametrize("name", RANDOM)
def test_no_two_workers_draw_the_same(client, name):
    code = IMPORTS + RANDOM[name]
    calls = [begin(client, code) for _ in range(12)]
    drawn = [finish(client, call)["structuredContent"] for call in calls]
    drawn += [run(client, code) for _ in range(12)]
    values = [outcome["result"] for outcome in drawn]
    assert len(set(values)) == len(values), values


def test_the_node_of_uuid1_is_not_the_machines(client):
    """The address of a network card would tell one machine from another for ever."""
    told = int(ast.literal_eval(value(client, "import uuid; str(uuid.getnode())")))
    cards = {
        int(path.read_text().replace(":", ""), 16)
        for path in Path("/sys/class/net").glob("*/address")
        if path.read_text().strip()
    }
    assert told not in cards - {0}


def test_the_host_name_tells_nothing_of_the_machine(client):
    name = ast.literal_eval(value(client, "import socket; socket.gethostname()"))
    assert name == "sandboa" != os.uname().nodename
