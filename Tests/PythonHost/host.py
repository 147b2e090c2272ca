"""One zygote (harness.c), one forked worker per case: what the tests of CPythonHost stand on."""

import atexit
import functools
import json
import os
import shutil
import struct
import subprocess
import tempfile
import unittest

MAGIC, VERSION, JOB, RESULT = 0x31584253, 1, 1, 2
CODE, FILENAME, CONTEXT, REQUIREMENTS, ARGV, LIMIT, FLAGS = range(1, 8)
DIRECTORY, SEARCH_PATH = 10, 11
INLINE, SCRIPT, SESSION = 1, 2, 4
RETURNED, RAISED, EXITED, UNSATISFIED, INVALID = range(5)
WARM, PIDNS, NO_READER, FIXED_SEED = 1, 2, 4, 8
FIELDS = {
    1: ("outcome", "<I"),
    2: ("value", None),
    3: ("total", "<Q"),
    4: ("type", None),
    5: ("message", None),
    6: ("line", "<I"),
    7: ("traceback", None),
    8: ("exit", "<i"),
    9: ("unsatisfied", None),
    11: ("names", "<Q"),
    16: ("shown", None),
}


def field(kind, value):
    return struct.pack("<HHI", kind, 0, len(value)) + value


def frame(fields, magic=MAGIC, version=VERSION, kind=JOB, length=None):
    return (
        struct.pack("<IHHI", magic, version, kind, len(fields) if length is None else length)
        + fields
    )


def job(code, **options):
    fields = field(CODE, code if isinstance(code, bytes) else code.encode())
    for name, kind in (
        ("filename", FILENAME),
        ("context", CONTEXT),
        ("requirements", REQUIREMENTS),
        ("argv", ARGV),
        ("start", DIRECTORY),
        ("search", SEARCH_PATH),
    ):
        if name in options:
            value = options[name]
            text = value if isinstance(value, str) else json.dumps(value)
            fields += field(kind, text.encode())
    for name, kind in (("limit", LIMIT), ("flags", FLAGS)):
        if name in options:
            fields += field(kind, struct.pack("<I", options[name]))
    return frame(fields)


class Answer:
    """What came back: the process's `status`, streams, and the result's fields (None: absent)."""

    def __init__(self, status, faults, out, err, result):
        self.status, self.faults, self.out, self.err = (
            status,
            faults,
            out.decode(),
            err.decode(errors="replace"),
        )
        self.frames = []
        while result:
            magic, version, kind, length = struct.unpack_from("<IHHI", result)
            assert (magic, version, kind) == (MAGIC, VERSION, RESULT) and len(result) >= 12 + length
            self.frames.append(self.read(result[12 : 12 + length]))
            result = result[12 + length :]
        last = self.frames[-1] if self.frames else {}
        for name, _ in FIELDS.values():
            setattr(self, name, last.get(name))

    @staticmethod
    def read(fields):
        found = {}
        while fields:
            kind, reserved, length = struct.unpack_from("<HHI", fields)
            assert reserved == 0 and len(fields) >= 8 + length
            name, layout = FIELDS[kind]
            assert name not in found
            value = fields[8 : 8 + length]
            found[name] = struct.unpack(layout, value)[0] if layout else value.decode()
            fields = fields[8 + length :]
        return found


class Zygote:
    def __init__(self, *sites, modules=()):
        self.process = subprocess.Popen(
            [os.environ["SBX_HARNESS"], "serve", os.environ["SBX_PRELUDE"], *sites],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={"SBX_MODULES": ",".join(modules), "HOME": HOME},
            cwd="/",
        )

    def ask(self, jobs, options=0, data_mib=0, timeout=20_000, directory=""):
        request = struct.pack(
            "<IIII256s", options, data_mib, timeout, len(jobs), directory.encode()
        )
        for one in jobs:
            request += struct.pack("<I", len(one)) + one
        self.process.stdin.write(request)
        self.process.stdin.flush()
        status, faults, *sizes = struct.unpack("<iIIII", self.take(20))
        return Answer(status, faults, *(self.take(size) for size in sizes))

    def take(self, size):
        data = self.process.stdout.read(size)
        assert len(data) == size, "the harness is gone"
        return data

    def close(self):
        self.process.stdin.close()
        self.process.stdout.close()
        self.process.wait(10)


# Where runs save pictures, with a place beside it for their previews.
HOME = os.path.join(tempfile.mkdtemp(prefix="sbx-home-"), "home")
os.mkdir(HOME)
atexit.register(shutil.rmtree, os.path.dirname(HOME))

# A directory of packages every worker of the common zygote sees; tests add to it.
site = tempfile.mkdtemp(prefix="sbx-site-")
atexit.register(shutil.rmtree, site)


@functools.cache
def zygote():
    started = Zygote(site)
    atexit.register(started.close)
    return started


class Case(unittest.TestCase):
    maxDiff = None

    def run_code(self, code, *, options=0, data_mib=0, timeout=20_000, directory="", **rest):
        return zygote().ask([job(code, **rest)], options, data_mib, timeout, directory)

    def returned(self, code, **rest):
        answer = self.run_code(code, **rest)
        self.assertEqual(answer.status, 0, answer.err)
        self.assertEqual(answer.outcome, RETURNED, answer.traceback or answer.message)
        return answer

    def raised(self, code, **rest):
        answer = self.run_code(code, **rest)
        self.assertEqual((answer.status, answer.outcome), (0, RAISED), (answer.out, answer.err))
        return answer
