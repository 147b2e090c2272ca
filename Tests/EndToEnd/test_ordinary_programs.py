"""Ordinary programs behave as on any machine: walls are for the others."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from Harness.client import StdioClient
from Harness.execution import run, value
from Harness.server import Server


@pytest.fixture(scope="module")
def client(server: Server) -> Iterator[StdioClient]:
    with server.connect() as client:
        client.greet()
        yield client


# Each program's last expression has to be True.
PROGRAMS = {
    "threads": """
import threading, queue
line = queue.Queue()
workers = [threading.Thread(target=lambda n=n: line.put(n * n)) for n in range(8)]
for worker in workers: worker.start()
for worker in workers: worker.join()
sorted(line.get() for _ in workers) == [n * n for n in range(8)]
""",
    "thread pool": """
from concurrent.futures import ThreadPoolExecutor
with ThreadPoolExecutor(4) as pool:
    squares = list(pool.map(lambda n: n * n, range(100)))
squares == [n * n for n in range(100)]
""",
    "asyncio": """
import asyncio
async def main():
    line = asyncio.Queue()
    async def put(n):
        await asyncio.sleep(0.001 * n)
        await line.put(n)
    async with asyncio.TaskGroup() as group:
        for n in range(5): group.create_task(put(n))
    done = await asyncio.to_thread(sum, [1, 2])
    return [line.get_nowait() for _ in range(5)], done
asyncio.run(main()) == ([0, 1, 2, 3, 4], 3)
""",
    "asyncio streams on a pair": """
import asyncio, socket
async def main():
    left, right = socket.socketpair()
    reader, writer = await asyncio.open_connection(sock=left)
    other, back = await asyncio.open_connection(sock=right)
    writer.write(b'ping\\n')
    line = await other.readline()
    writer.close(); back.close()
    return line
asyncio.run(main()) == b'ping\\n'
""",
    "sqlite in memory": """
import sqlite3
with sqlite3.connect(':memory:') as base:
    base.execute('create table t (n integer, s text)')
    base.executemany('insert into t values (?, ?)', [(n, str(n)) for n in range(100)])
    total = base.execute('select sum(n), count(*) from t').fetchone()
total == (4950, 100)
""",
    "sqlite in a file": """
import sqlite3, os
for mode in ('delete', 'wal', 'memory'):
    base = sqlite3.connect('data.db')
    base.execute(f'pragma journal_mode={mode}')
    with base:
        base.execute('create table if not exists t (n)')
        base.execute('insert into t values (1)')
    base.close()
sqlite3.connect('data.db').execute('select count(*) from t').fetchone() == (3,)
""",
    "temporary files": """
import tempfile, os
with tempfile.TemporaryDirectory() as folder, tempfile.NamedTemporaryFile() as file:
    file.write(b'x'); file.flush()
    inner = os.path.join(folder, 'a'); open(inner, 'w').write('hi')
    seen = (os.path.getsize(file.name), open(inner).read())
with tempfile.SpooledTemporaryFile(max_size=4) as spool:
    spool.write(b'long enough'); spool.seek(0); rolled = spool.read()
(seen, rolled, os.path.exists(folder)) == ((1, 'hi'), b'long enough', False)
""",
    "files": """
import os, pathlib, shutil, mmap
home = pathlib.Path('a/b'); home.mkdir(parents=True)
(home / 'ü.txt').write_text('text', encoding='utf-8')
shutil.copytree('a', 'c'); shutil.move('c', 'd'); os.symlink('ü.txt', home / 'link')
os.chmod(home / 'ü.txt', 0o600)
with open('d/b/ü.txt', 'r+b') as file, mmap.mmap(file.fileno(), 0) as view:
    view[:4] = b'TEXT'
shutil.make_archive('pack', 'zip', 'd')
names = sorted(str(p) for p in pathlib.Path('.').rglob('*'))
texts = open('d/b/ü.txt').read(), (home / 'link').read_text()
texts == ('TEXT', 'text') and 'pack.zip' in names
""",
    "decimal and fractions": """
import decimal, fractions, statistics
decimal.getcontext().prec = 50
(str(decimal.Decimal(1) / 7)[:12], fractions.Fraction(1, 3) + 1, statistics.median([1, 2, 9])) == (
    '0.1428571428', fractions.Fraction(4, 3), 2)
""",
    "regular expressions": """
import re
swapped = re.sub(r'(?P<a>\\w+) (\\w+)', r'\\2 \\g<a>', 'one two')
swapped == 'two one' and bool(re.match(r'\\w', 'ü'))
""",
    "time zones": """
import datetime, zoneinfo
moment = datetime.datetime(2026, 7, 1, 12, tzinfo=zoneinfo.ZoneInfo('Europe/Berlin'))
(moment.utcoffset().total_seconds(), len(zoneinfo.available_timezones()) > 300) == (7200.0, True)
""",
    "unicode": """
import unicodedata, sys
name = unicodedata.name('\\U0001f600')
(name, 'ß'.upper(), sys.getfilesystemencoding(), sys.stdout.encoding.lower(),
 unicodedata.normalize('NFC', 'e\\u0301')) == ('GRINNING FACE', 'SS', 'utf-8', 'utf-8', 'é')
""",
    "signals to itself": """
import os, signal
seen = []
signal.signal(signal.SIGUSR1, lambda number, frame: seen.append(number))
os.kill(os.getpid(), signal.SIGUSR1)
signal.raise_signal(signal.SIGUSR1)
signal.setitimer(signal.ITIMER_REAL, 0.01)
signal.signal(signal.SIGALRM, lambda number, frame: seen.append(number))
signal.pause()
seen == [signal.SIGUSR1, signal.SIGUSR1, signal.SIGALRM]
""",
    "an interrupt": """
import os, signal
try:
    os.kill(os.getpid(), signal.SIGINT)
    while True: pass
except KeyboardInterrupt:
    seen = True
seen
""",
    "compression and digests": """
import zlib, gzip, bz2, lzma, hashlib, hmac, secrets, base64, zipfile, tarfile, io
data = b'data' * 1000
digest = hashlib.sha256(b'').hexdigest()[:8]
all((zlib.decompress(zlib.compress(data)) == data, gzip.decompress(gzip.compress(data)) == data,
     bz2.decompress(bz2.compress(data)) == data, lzma.decompress(lzma.compress(data)) == data,
     digest == 'e3b0c442', len(secrets.token_bytes(8)) == 8,
     hashlib.blake2b(data).digest() != hashlib.sha3_256(data).digest()))
""",
    "text formats": """
import json, csv, io, configparser, tomllib, xml.etree.ElementTree as tree, email.message, html
tomllib.loads('a = [1]') == {'a': [1]} and tree.fromstring('<a><b/></a>')[0].tag == 'b' and (
    list(csv.reader(io.StringIO('a,"b,c"')))[0] == ['a', 'b,c']) and html.unescape('&amp;') == '&'
""",
    "classes": """
import dataclasses, enum, typing, abc, functools, pickle, copy
@dataclasses.dataclass(order=True)
class Point:
    x: int
    y: int = 0
class Color(enum.Enum):
    RED = 1
pickle.loads(pickle.dumps(Point(1))) == Point(1) and Color['RED'] is pickle.loads(
    pickle.dumps(Color.RED)) and copy.deepcopy([Point(2)]) == [Point(2)]
""",
    "introspection": """
import inspect, ast, dis, types, gc, weakref, sys, platform, os, linecache
def f(a, *, b=1): return a
all((str(inspect.signature(f)) == '(a, *, b=1)', gc.collect() >= 0, sys.argv != [],
     platform.system() == 'Linux', os.cpu_count() >= 1, weakref.ref(f)() is f))
""",
    "subinterpreters of the compiler": """
code = compile('x = 1\\ny = x + 1', 'made', 'exec')
space = {}
exec(code, space)
(space['y'], eval('y * 2', space)) == (2, 4)
""",
    "ctypes": """
import ctypes
libc = ctypes.CDLL(None)
libc.strlen.restype = ctypes.c_size_t
libc.strlen(b'four!') == 5
""",
    "select and pipes": """
import os, select, selectors
read, write = os.pipe()
os.write(write, b'x')
poll = select.epoll(); poll.register(read, select.EPOLLIN)
select.select([read], [], [], 0)[0] == [read] and poll.poll(0) == [(read, select.EPOLLIN)]
""",
    "logging": """
import logging, io
stream = io.StringIO()
logging.basicConfig(stream=stream, level=logging.INFO)
logging.info('told')
'told' in stream.getvalue()
""",
    "a module of its own": """
open('mine.py', 'w').write('value = 42')
import sys
sys.path.insert(0, '.')
import mine
mine.value == 42
""",
    "recursion to the usual depth": """
def down(n): return 0 if n == 0 else 1 + down(n - 1)
down(900) == 900
""",
    "unittest and doctest": """
import unittest, io
class Test(unittest.TestCase):
    def test(self): self.assertEqual(1, 1)
suite = unittest.defaultTestLoader.loadTestsFromTestCase(Test)
unittest.TextTestRunner(stream=io.StringIO()).run(suite).wasSuccessful()
""",
    "the clock": """
import time, datetime
begun = time.perf_counter(); time.sleep(0.02)
slept = time.perf_counter() - begun
0.015 < slept < 5 and abs(time.time() - datetime.datetime.now().timestamp()) < 1
""",
    "shared memory and locks of files": """
import fcntl, os
handle = open('lock', 'w')
fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
fcntl.lockf(handle, fcntl.LOCK_UN)
True
""",
    "help": """
import pydoc, io, contextlib
with contextlib.redirect_stdout(io.StringIO()) as told: help(len)
'len(obj' in told.getvalue()
""",
}  # fmt: skip


@pytest.mark.parametrize("name", PROGRAMS)
def test_an_ordinary_program_behaves(client, name):
    assert value(client, PROGRAMS[name].lstrip("\n"), timeout=30_000) == "True"


def test_a_signal_to_itself_ends_it_as_anywhere(client):
    code = "import os, signal\nprint('before', flush=True)\nos.kill(os.getpid(), signal.SIGTERM)"
    outcome = run(client, code)
    assert (outcome["status"], outcome["stdout"]) == ("killed", "before\n")


def test_a_handler_of_sigterm_runs_first(client):
    code = """
import os, signal, sys
signal.signal(signal.SIGTERM, lambda *_: (print('bye'), sys.exit(0)))
os.kill(os.getpid(), signal.SIGTERM)
"""
    outcome = run(client, code)
    assert (outcome["status"], outcome["stdout"]) == ("ok", "bye\n")


def test_forking_is_refused_as_python_refuses_it(client):
    for code, kind in {
        "import os; os.fork()": "BlockingIOError",
        "import os; os.execv('/bin/sh', ['sh'])": "PermissionError",
        "import socket; socket.socket()": "PermissionError",
        "import subprocess; subprocess.run(['true'])": "BlockingIOError",
    }.items():
        assert run(client, code)["error"]["type"] == kind


def test_code_at_exit_runs(client):
    outcome = run(client, "import atexit; atexit.register(print, 'at the end')")
    assert (outcome["status"], outcome["stdout"]) == ("ok", "at the end\n")


def test_a_program_may_use_every_processor(client: StdioClient) -> None:
    """While it waits for its job, a worker may be kept on one."""
    here = sorted(os.sched_getaffinity(0))
    look = "import os\nsorted(os.sched_getaffinity(0))"
    inherited = look + """
from concurrent.futures import ThreadPoolExecutor
with ThreadPoolExecutor(2) as pool: seen = pool.submit(os.sched_getaffinity, 0).result()
sorted(seen)"""
    for _ in range(5):
        assert value(client, look) == str(here)
        assert value(client, inherited) == str(here)


def test_the_server_may_use_every_processor_after_calls(client: StdioClient) -> None:
    for wait in (0, 0, 0.05, 0):
        run(client, f"import time\ntime.sleep({wait})")
    tasks = [int(task) for task in os.listdir(f"/proc/{client.process.pid}/task")]
    assert [os.sched_getaffinity(task) for task in tasks] == [os.sched_getaffinity(0)] * len(tasks)
