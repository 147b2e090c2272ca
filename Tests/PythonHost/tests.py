"""What CPythonHost promises, checked from outside: one zygote (harness.c), one forked worker per case.

Run by `./run`; arguments go to unittest (`./run -v Outcome.test_…`).
"""

import contextlib
import json
import os
import shutil
import signal
import struct
import subprocess
import sys
import tempfile
import unittest

MAGIC, VERSION, JOB, RESULT = 0x31584253, 1, 1, 2
CODE, FILENAME, CONTEXT, REQUIREMENTS, ARGV, LIMIT, FLAGS = range(1, 8)
INLINE, SCRIPT, SESSION = 1, 2, 4
RETURNED, RAISED, EXITED, UNSATISFIED, INVALID = range(5)
WARM, PIDNS, NO_READER, FIXED_SEED = 1, 2, 4, 8
FIELDS = {
    1: ("outcome", "<I"), 2: ("value", None), 3: ("total", "<Q"), 4: ("type", None), 5: ("message", None),
    6: ("line", "<I"), 7: ("traceback", None), 8: ("exit", "<i"), 9: ("unsatisfied", None),
}


def field(kind, value):
    return struct.pack("<HHI", kind, 0, len(value)) + value


def frame(fields, magic=MAGIC, version=VERSION, kind=JOB, length=None):
    return struct.pack("<IHHI", magic, version, kind, len(fields) if length is None else length) + fields


def job(code, **options):
    fields = field(CODE, code if isinstance(code, bytes) else code.encode())
    for name, kind in (("filename", FILENAME), ("context", CONTEXT), ("requirements", REQUIREMENTS), ("argv", ARGV)):
        if name in options:
            value = options[name]
            text = value if isinstance(value, str) else json.dumps(value)
            fields += field(kind, text.encode())
    for name, kind in (("limit", LIMIT), ("flags", FLAGS)):
        if name in options:
            fields += field(kind, struct.pack("<I", options[name]))
    return frame(fields)


class Answer:
    """What came back: `status` of the process, streams, and the result's fields (None when absent)."""

    def __init__(self, status, faults, out, err, result):
        self.status, self.faults, self.out, self.err = status, faults, out.decode(), err.decode(errors="replace")
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
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, env={"SBX_MODULES": ",".join(modules)}, cwd="/",
        )

    def ask(self, jobs, options=0, data_mib=0, timeout=20_000, directory=""):
        request = struct.pack("<IIII256s", options, data_mib, timeout, len(jobs), directory.encode())
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


def setUpModule():
    global zygote, site
    site = tempfile.mkdtemp(prefix="sbx-site-")
    unittest.addModuleCleanup(shutil.rmtree, site)
    zygote = Zygote(site)
    unittest.addModuleCleanup(zygote.close)


def install(name, version, requires=(), url=None):
    """Writes the metadata of a package into the zygote's site directory."""
    directory = os.path.join(site, f"{name}-{version}.dist-info")
    os.mkdir(directory)
    lines = ["Metadata-Version: 2.1", f"Name: {name}", f"Version: {version}"]
    lines += [f"Requires-Dist: {one}" for one in requires]
    with open(os.path.join(directory, "METADATA"), "w") as file:
        file.write("\n".join(lines) + "\n")
    if url:
        with open(os.path.join(directory, "direct_url.json"), "w") as file:
            json.dump({"url": url}, file)


class Case(unittest.TestCase):
    maxDiff = None

    def run_code(self, code, *, options=0, data_mib=0, timeout=20_000, directory="", **rest):
        return zygote.ask([job(code, **rest)], options, data_mib, timeout, directory)

    def returned(self, code, **rest):
        answer = self.run_code(code, **rest)
        self.assertEqual(answer.status, 0, answer.err)
        self.assertEqual(answer.outcome, RETURNED, answer.traceback or answer.message)
        return answer

    def raised(self, code, **rest):
        answer = self.run_code(code, **rest)
        self.assertEqual((answer.status, answer.outcome), (0, RAISED), (answer.out, answer.err))
        return answer


class LastValue(Case):
    """A program's value is that of its last expression, as in a notebook."""

    table = [
        ("1 + 1", "2"),
        ("1 + 1\n", "2"),
        ("", None),
        ("# nothing", None),
        ("None", None),
        ("x = 1", None),
        ("x = 1\nx", "1"),
        ("x = 1; x", "1"),
        ("x = 1; x;", None),
        ("x = 1\nx;", None),
        ("x = 1\nx ; # why", None),
        ("x = 1\nx # why", "1"),
        ("x = 1\nx\n\n# the end\n", "1"),
        ("x = 1\nx == 1", "True"),
        ("x = 1\nx += 1", None),
        ("x: int = 1", None),
        ("(y := 5)", "5"),
        ("(1,\n 2)", "(1, 2)"),
        ("a = [\n1,\n]\n[\n  a,\n]", "[[1]]"),
        ('print("""\nx = 1\n""")', None),
        ('a = 1\n"""\nb\n"""', r"'\nb\n'"),
        ("'it''s; #'", "'its; #'"),
        ("a = '\\''; a", '"\'"'),
        ("a = r'\\''; a", '"\\\\\'"'),
        ("f'{1}' 'x'", "'1x'"),
        ("1 + \\\n  1", "2"),
        ("x = 2 \\\n  + 1\nx", "3"),
        ("if True:\n  5", None),
        ("if True: 5; 6", None),
        ("for i in [1]: i; 7", None),
        ("class A: pass; 3", None),
        ("def f(): return 1\nf()", "1"),
        ("import math\nmath.floor(2.5)", "2"),
        ("lambda x=1: x\n5", "5"),
        ("(lambda x=1: x)()", "1"),
        ("{'a': 1}", "{'a': 1}"),
        ("[i for i in range(3)]", "[0, 1, 2]"),
        ("x = 1\r\nx\r\n", "1"),
        ("x = 1\rx", "1"),
        ("\ufeff1", "1"),
        ("'é' * 2", "'éé'"),
        ("from __future__ import annotations\ndef f(a: b): pass\nf.__annotations__", "{'a': 'b'}"),
        ("@staticmethod\ndef f(): pass", None),
        ("'''doc'''\n__doc__", "'doc'"),
        ("elif_ = 1; elif_", "1"),
        ("\f1", "1"),
        ("x = 1\n\\\nx", "1"),
        ("match = 3\nmatch", "3"),
        ("print", "<built-in function print>"),
        ("'\\ud800'", "'\\ud800'"),
    ]

    def test_of_programs_of_many_shapes(self):
        for code, value in self.table:
            with self.subTest(code):
                self.assertEqual(self.returned(code).value, value)

    def test_is_what_an_ast_would_say(self):
        """The cut in the text agrees with a cut in the syntax tree on the programs above, squared."""
        import ast

        for first, _ in self.table:
            for second, _ in self.table[::3]:
                code = (first + "\n" + second).replace("\r\n", "\n").replace("\r", "\n").replace("\ufeff", "")
                expected = self.value_by_ast(code)
                if expected is None or " at 0x" not in expected:
                    with self.subTest(code):
                        answer = self.run_code(code)
                        self.assertEqual((answer.status, answer.value), (0, expected))

    @classmethod
    def value_by_ast(cls, code):
        """The repr a notebook shows, or None: no value, or an exception."""
        import ast

        scope = {"__name__": "__main__"}
        try:
            body = ast.parse(code).body
            last = body.pop() if body and isinstance(body[-1], ast.Expr) else None
            with contextlib.redirect_stdout(None):
                exec(compile(ast.Module(body, []), "main.py", "exec"), scope)
                value = last and eval(compile(ast.Expression(last.value), "main.py", "eval"), scope)
        except Exception:
            return None
        return None if value is None or cls.silenced(code) else repr(value)

    @staticmethod
    def silenced(code):
        import io
        import tokenize

        skipped = (tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.ENDMARKER, tokenize.DEDENT)
        tokens = [t for t in tokenize.generate_tokens(io.StringIO(code).readline) if t.type not in skipped]
        return bool(tokens) and tokens[-1].string == ";"

    def test_script_mode_has_none_and_no_await(self):
        self.assertIsNone(self.returned("1 + 1", flags=SCRIPT).value)
        self.assertEqual(self.raised("import asyncio\nawait asyncio.sleep(0)", flags=SCRIPT).type, "SyntaxError")

    def test_is_cut_at_the_limit_and_says_so(self):
        answer = self.returned("'x' * 1_000_000", limit=100)
        self.assertEqual((answer.value, answer.total), ("'" + "x" * 99, 1_000_002))
        self.assertEqual(len(self.returned("'x' * 30_000").value), 20_000)
        whole = self.returned("'x' * 98", limit=100)
        self.assertEqual((len(whole.value), whole.total), (100, None))
        self.assertEqual(self.returned("'é' * 10", limit=4).value, "'é")  # no half of a character
        self.assertEqual((lambda a: (a.value, a.total))(self.returned("5", limit=0)), ("", 1))
        self.assertEqual(len(self.returned("'x' * 9_000_000", limit=2**32 - 1).value), 1 << 20)

    def test_whose_repr_raises_is_an_error(self):
        answer = self.raised("class A:\n  def __repr__(self):\n    return 1 / 0\nA()")
        self.assertEqual((answer.type, answer.line), ("ZeroDivisionError", 3))
        self.assertIn("in __repr__", answer.traceback)
        self.assertEqual(self.raised("class A:\n  def __repr__(self): return 5\nA()").type, "TypeError")
        self.assertEqual(self.run_code("class A:\n  def __repr__(s): raise SystemExit(4)\nA()").exit, 4)


class Namespace(Case):
    def test_is_a_fresh_main(self):
        code = "print(sorted(globals()))\nimport sys, __main__\n(__name__, vars(__main__) is globals(), __builtins__.__name__)"
        answer = self.returned(code)
        self.assertEqual(answer.value, "('__main__', True, 'builtins')")
        names = "['__builtins__', '__doc__', '__loader__', '__name__', '__package__', '__spec__']"
        self.assertEqual(answer.out.strip(), names)

    def test_of_one_run_is_unknown_to_the_next(self):
        self.returned("import json; json.secret = 1; x = 1; import sys; sys.path.append('/nowhere')")
        answer = self.returned("import json, sys\n('x' in globals(), hasattr(json, 'secret'), '/nowhere' in sys.path)")
        self.assertEqual(answer.value, "(False, False, False)")

    def test_holds_the_context(self):
        context = {"n": 3, "größe": [1, {"a": None}], "_x": 1.5, "__y": True}
        self.assertEqual(self.returned("(n * 2, größe, _x, __y)", context=context).value, "(6, [1, {'a': None}], 1.5, True)")

    def test_refuses_a_context_of_other_names(self):
        for context in ({"a b": 1}, {"": 1}, {"__name__": 1}, {"__builtins__": {}}, {"class": 1}, [1], "5", "{", "[" * 9999):
            with self.subTest(str(context)[:20]):
                answer = self.run_code("print(1)", context=context)
                self.assertEqual((answer.status, answer.outcome, answer.out), (0, INVALID, ""))
                self.assertIn("context", answer.message)

    def test_knows_arguments_and_paths(self):
        with tempfile.TemporaryDirectory() as directory:
            with open(os.path.join(directory, "helper.py"), "w") as file:
                file.write("value = 42\n")
            code = "import sys, helper\n(sys.argv, sys.path[0], helper.value, '__file__' in globals())"
            answer = self.returned(code, argv=["a", "é"], filename="job.py", directory=directory)
            self.assertEqual(answer.value, repr((["job.py", "a", "é"], directory, 42, False)))
            self.assertFalse(os.path.exists(os.path.join(directory, "__pycache__")))
        self.assertEqual(self.returned("import sys\nsys.argv").value, "['main.py']")
        self.assertEqual(self.run_code("1", argv={"a": 1}).outcome, INVALID)
        self.assertEqual(self.run_code("1", argv=[1]).outcome, INVALID)

    def test_has_the_builtins_of_site(self):
        self.assertEqual(self.run_code("exit(3)").exit, 3)
        self.assertEqual(self.run_code("quit()").exit, 0)

    def test_has_classes_that_know_where_they_live(self):
        code = "import pickle, dataclasses\n@dataclasses.dataclass\nclass P:\n  x: int\npickle.loads(pickle.dumps(P(3)))"
        self.assertEqual(self.returned(code).value, "P(x=3)")
        code = "import typing\nclass T(typing.NamedTuple):\n  a: int\nT(1), T.__module__"
        self.assertEqual(self.returned(code).value, "(T(a=1), '__main__')")

    def test_source_is_found(self):
        code = "import inspect\ndef f():\n    return 1\nprint(inspect.getsource(f), end='')"
        self.assertEqual(self.returned(code).out, "def f():\n    return 1\n")

    def test_of_a_session_goes_on(self):
        jobs = [job("x = 20", flags=SESSION), job("print(x)\nx + 1", flags=SESSION), job("1/0", flags=SESSION), job("x * 2")]
        answer = zygote.ask(jobs)
        self.assertEqual((answer.status, answer.out, answer.value), (0, "20\n", "40"))
        self.assertEqual([one["outcome"] for one in answer.frames], [RETURNED, RETURNED, RAISED, RETURNED])
        self.assertEqual(answer.frames[1]["value"], "21")

    def test_takes_no_second_run_without_a_session(self):
        answer = zygote.ask([job("1"), job("2")])
        self.assertEqual((os.WEXITSTATUS(answer.status), len(answer.frames)), (75, 1))


class Failure(Case):
    def test_tells_type_message_line_and_traceback(self):
        answer = self.raised("def f(x):\n    return 1 / x\n\nprint('before')\nf(0)\n")
        self.assertEqual((answer.type, answer.message, answer.line), ("ZeroDivisionError", "division by zero", 2))
        self.assertEqual(answer.out, "before\n")
        self.assertEqual(
            answer.traceback,
            "Traceback (most recent call last):\n"
            '  File "main.py", line 5, in <module>\n'
            "    f(0)\n"
            '  File "main.py", line 2, in f\n'
            "    return 1 / x\n"
            "           ~~^~~\n"
            "ZeroDivisionError: division by zero\n",
        )

    def test_carets_stand_under_a_last_expression_after_a_semicolon(self):
        answer = self.raised("x = 0; y = 1; y / x + 5")
        self.assertIn("    x = 0; y = 1; y / x + 5\n                  ~~^~~\n", answer.traceback)

    def test_has_frames_of_the_program_only(self):
        answer = self.raised("import json\njson.loads('{')")
        self.assertEqual((answer.type, answer.line), ("json.decoder.JSONDecodeError", 2))
        self.assertNotIn("decoder.py", answer.traceback)
        self.assertIn('File "main.py", line 2', answer.traceback)

    def test_of_syntax_points_at_the_place(self):
        for code, line in (("x = (", 1), ("a = 1\nb = = 2", 2), ("if True:\nx", 2), ("1 +", 1), ("return 5", 1), ("a = 1\n  b", 2)):
            with self.subTest(code):
                answer = self.raised(code)
                self.assertIn(answer.type, ("SyntaxError", "IndentationError"))
                self.assertEqual(answer.line, line)
                self.assertIn(f'File "main.py", line {line}', answer.traceback)
        self.assertIn("    b = = 2\n        ^\n", self.raised("a = 1\nb = = 2").traceback)

    def test_chains_and_groups_are_told(self):
        answer = self.raised("try:\n  1/0\nexcept ZeroDivisionError as e:\n  raise ValueError('v') from e")
        self.assertIn("direct cause", answer.traceback)
        self.assertIn("ZeroDivisionError: division by zero", answer.traceback)
        answer = self.raised("try:\n  1/0\nexcept ZeroDivisionError:\n  raise ValueError('v')")
        self.assertIn("During handling", answer.traceback)
        answer = self.raised("raise ExceptionGroup('many', [ValueError('a'), KeyError('b')])")
        self.assertIn("+-+---------------- 1 ----------------", answer.traceback)
        self.assertEqual(answer.message, "many (2 sub-exceptions)")

    def test_without_end_is_bounded(self):
        code = "e = None\nfor i in range(3000):\n  n = ValueError(i); n.__cause__ = e; e = n\nraise e"
        self.assertLessEqual(len(self.raised(code).traceback.encode()), 16 << 10)
        answer = self.raised("raise ValueError('y' * 50_000_000)")
        self.assertEqual(len(answer.message), 4096)
        self.assertTrue(answer.traceback.endswith("yyyy\n"))
        self.assertLessEqual(len(answer.traceback.encode()), 16 << 10)

    def test_of_recursion_is_an_error(self):
        answer = self.raised("def f(n):\n  return f(n + 1)\nf(0)")
        self.assertEqual((answer.type, answer.line), ("RecursionError", 2))
        self.assertIn("Previous line repeated", answer.traceback)

    def test_with_hardly_any_recursion_left_is_told(self):
        answer = self.raised("import sys\nsys.setrecursionlimit(20)\n1/0")
        self.assertEqual((answer.type, "main.py" in answer.traceback), ("ZeroDivisionError", True))

    def test_of_memory_is_an_error(self):
        """Told with its line, unless what ran out were the bytes a traceback is made of."""
        at_once = ["x = bytearray(1 << 30)", "x = 'y' * (1 << 40)", "x = [0]\nwhile True: x += x"]
        bit_by_bit = ["x = []\nwhile True: x.append(bytearray(10_000))", "x = {}\ni = 0\nwhile True:\n  i += 1\n  x[i] = str(i)"]
        for code in at_once + bit_by_bit:
            with self.subTest(code):
                answer = self.raised("print('before')\n" + code, data_mib=128)
                self.assertEqual((answer.type, answer.out), ("MemoryError", "before\n"))
                if code in at_once:
                    self.assertIn("main.py", answer.traceback)
                    self.assertGreaterEqual(answer.line, 2)

    def test_of_memory_in_a_repr_is_an_error(self):
        self.assertEqual(self.raised("['x' * 30_000_000] * 10", data_mib=128).type, "MemoryError")

    def test_with_a_hostile_exception_is_told(self):
        answer = self.raised("class E(Exception):\n  def __str__(self): raise KeyError(1)\nraise E")
        self.assertEqual(answer.type, "E")
        self.assertIn("KeyError", answer.message)
        answer = self.raised("import traceback, linecache\ntraceback.TracebackException.format = None\nlinecache.cache = 5\n1/0")
        self.assertEqual((answer.type, answer.message, answer.line), ("ZeroDivisionError", "division by zero", 4))
        answer = self.raised("class E(Exception): pass\nE.__module__ = 5\nraise E('x')")
        self.assertEqual(answer.type, "E")

    def test_by_interrupt_is_told(self):
        answer = self.raised("import os, signal\nos.kill(os.getpid(), signal.SIGINT)\nwhile True: pass")
        self.assertEqual(answer.type, "KeyboardInterrupt")

    def test_by_a_name_that_looks_like_the_host_is_told(self):
        self.assertEqual(self.raised("raise type('X', (Exception,), {'__module__': 'a.b'})('m')").type, "a.b.X")

    def test_by_a_signal_is_the_kernels_to_tell(self):
        answer = self.run_code("print('x')\nimport os; os.abort()")
        self.assertEqual((os.WTERMSIG(answer.status), answer.outcome, answer.out), (signal.SIGABRT, None, "x\n"))
        self.assertEqual(os.WEXITSTATUS(self.run_code("import os; os._exit(5)").status), 5)


class Exit(Case):
    def test_codes(self):
        for code, status, text in (
            ("import sys; sys.exit()", 0, ""), ("import sys; sys.exit(0)", 0, ""), ("import sys; sys.exit(3)", 3, ""),
            ("import sys; sys.exit(-1)", -1, ""), ("import sys; sys.exit('no luck')", 1, "no luck\n"), ("raise SystemExit", 0, ""),
            ("import sys; sys.exit([1])", 1, "[1]\n"), ("import sys; sys.exit(True)", 1, ""), ("import sys; sys.exit(1 << 80)", -1, ""),
        ):
            with self.subTest(code):
                answer = self.run_code("print('out')\n" + code)
                self.assertEqual((answer.status, answer.outcome, answer.exit), (0, EXITED, status))
                self.assertEqual((answer.out, answer.err), ("out\n", text))

    def test_waits_for_threads(self):
        code = "import threading, time\ndef f():\n  time.sleep(0.05); print('thread')\nthreading.Thread(target=f).start()\nprint('main')\n5"
        answer = self.returned(code)
        self.assertEqual((answer.out, answer.value), ("main\nthread\n", "5"))
        answer = self.run_code(code + "\nimport sys; sys.exit(2)")
        self.assertEqual((answer.out, answer.exit), ("main\nthread\n", 2))

    def test_does_not_wait_for_daemons(self):
        code = "import threading, time\nthreading.Thread(target=time.sleep, args=(60,), daemon=True).start()\n5"
        self.assertEqual(self.returned(code, timeout=5000).value, "5")

    def test_calls_atexit(self):
        code = "import atexit\natexit.register(print, 'first registered')\natexit.register(print, 'last')\nprint('main')"
        self.assertEqual(self.returned(code).out, "main\nlast\nfirst registered\n")
        self.assertIn("ZeroDivisionError", self.returned("import atexit\natexit.register(lambda: 1/0)").err)
        self.assertEqual(self.raised("import atexit\natexit.register(print, 'late')\n1/0").out, "late\n")

    def test_writes_files_nobody_closed(self):
        with tempfile.TemporaryDirectory() as directory:
            code = "f = open('a', 'w'); f.write('held')\nclass C: pass\nc = C(); c.c = c; c.f = open('b', 'w'); c.f.write('cycle')"
            self.returned(code + "\n1", directory=directory)
            with open(os.path.join(directory, "a")) as a, open(os.path.join(directory, "b")) as b:
                self.assertEqual((a.read(), b.read()), ("held", "cycle"))

    def test_runs_destructors(self):
        code = "class A:\n  def __del__(self): print('gone', self.name)\na = A(); a.name = 1\nb = A(); b.name = 2; b.b = b"
        self.assertEqual(sorted(self.returned(code).out.split("\n")), ["", "gone 1", "gone 2"])

    def test_flushes_logging(self):
        code = "import logging, logging.handlers, sys\nh = logging.handlers.MemoryHandler(100, target=logging.StreamHandler(sys.stdout))\nlogging.getLogger().addHandler(h)\nlogging.error('kept')"
        self.assertEqual(self.returned(code).out, "kept\n")

    def test_waits_for_executors(self):
        code = """from concurrent.futures import ThreadPoolExecutor
import time
pool = ThreadPoolExecutor(2)
pool.submit(lambda: (time.sleep(0.05), print('late')))
with ThreadPoolExecutor() as other: print(list(other.map(abs, [-1, -2])))"""
        self.assertEqual(self.returned(code).out, "[1, 2]\nlate\n")


class Await(Case):
    def test_at_top_level(self):
        code = "import asyncio\nasync def f(x):\n  await asyncio.sleep(0.001)\n  return x\na = await f(1)\nprint(a)\nawait f(2)"
        answer = self.returned(code)
        self.assertEqual((answer.out, answer.value), ("1\n", "2"))

    def test_shares_one_loop(self):
        code = """import asyncio
async def loop(): return asyncio.get_running_loop()
first = await loop()
(await loop()) is first"""
        self.assertEqual(self.returned(code).value, "True")

    def test_anywhere_means_a_loop_everywhere(self):
        first = "import asyncio\nasync def f(): return 7\ntask = asyncio.create_task(f())\nawait task"
        self.assertEqual(self.returned(first).value, "7")
        last = "import asyncio\nawait asyncio.sleep(0)\nasyncio.get_running_loop().is_running()"
        self.assertEqual(self.returned(last).value, "True")
        answer = self.raised("import asyncio\nx = 1/0\nawait asyncio.sleep(0)")
        self.assertEqual((answer.type, answer.line), ("ZeroDivisionError", 2))
        self.assertEqual(answer.traceback.count("File "), 1)

    def test_with_statements(self):
        code = """async def numbers():
  for i in range(3): yield i
async for i in numbers():
  print(i, end=' ')
[i async for i in numbers()]"""
        answer = self.returned(code)
        self.assertEqual((answer.out, answer.value), ("0 1 2 ", "[0, 1, 2]"))

    def test_leftover_tasks_are_cancelled(self):
        code = """import asyncio
async def forever():
  try:
    await asyncio.sleep(60)
  finally:
    print('cancelled')
task = asyncio.create_task(forever())
await asyncio.sleep(0)
5"""
        answer = self.returned(code, timeout=10_000)
        self.assertEqual((answer.out, answer.value), ("cancelled\n", "5"))

    def test_errors_have_lines(self):
        answer = self.raised("import asyncio\nasync def f():\n  await asyncio.sleep(0)\n  1/0\nawait f()")
        self.assertEqual((answer.type, answer.line), ("ZeroDivisionError", 4))
        self.assertNotIn("runners.py", answer.traceback)

    def test_asyncio_run_works_too(self):
        self.assertEqual(self.returned("import asyncio\nasync def f(): return 7\nasyncio.run(f())").value, "7")


class Output(Case):
    def test_survives_a_kill_right_after_print(self):
        for text, code in (("x\n", "print('x')"), ("x", "print('x', end='')"), ("a b", "print('a', 'b', end='')"),
                           ("x", "import sys; sys.stdout.write('x')"), ("x", "import sys; sys.stdout.buffer.write(b'x')")):
            with self.subTest(code):
                answer = self.run_code(code + "\nimport os; os.kill(os.getpid(), 9)")
                self.assertEqual((os.WTERMSIG(answer.status), answer.out), (9, text))
        answer = self.run_code("import sys\nprint('e', file=sys.stderr, end=''); import os; os.kill(os.getpid(), 9)")
        self.assertEqual(answer.err, "e")
        answer = self.run_code("def f():\n  for i in range(1000): print(i)\n  import os; os.kill(os.getpid(), 9)\nf()")
        self.assertEqual(answer.out, "".join(f"{i}\n" for i in range(1000)))

    def test_survives_a_time_limit(self):
        answer = self.run_code("print('partial', end='')\nwhile True: pass", timeout=300)
        self.assertEqual((answer.status, answer.out), (-1, "partial"))
        answer = self.run_code("print('partial', end='')\nimport time; time.sleep(60)", timeout=300)
        self.assertEqual((answer.status, answer.out), (-1, "partial"))

    def test_keeps_its_order(self):
        code = "import sys, os\nprint('1')\nsys.stdout.buffer.write(b'2\\n')\nprint('3', end='\\n')\nos.write(1, b'4\\n')\nprint('5' * 20000)\nprint('6')\nsys.stdout.buffer.write(b'7' * 9000)\nsys.stdout.write('8')"
        self.assertEqual(self.returned(code + ";").out, "1\n2\n3\n4\n" + "5" * 20000 + "\n6\n" + "7" * 9000 + "8")

    def test_is_utf8(self):
        self.assertEqual(self.returned("print('é€😀')").out, "é€😀\n")
        self.assertEqual(self.returned("import sys\nsys.stdout.reconfigure(encoding='utf8', errors='replace')\nprint('\\ud800')").out, "?\n")
        self.assertEqual(self.raised("print('\\ud800')").type, "UnicodeEncodeError")
        self.assertEqual(self.returned("import sys\nprint('\\ud800', file=sys.stderr)").err, "\\ud800\n")
        self.assertEqual(self.raised("import sys\nsys.stdout.reconfigure(encoding='latin-1')").type, "ValueError")
        self.assertEqual(self.raised("import sys\nsys.stdout.reconfigure(encoding='nonsense')").type, "LookupError")

    def test_is_an_ordinary_stream(self):
        code = """import io, sys
s = sys.stdout
print(s.encoding, s.errors, s.newlines, s.fileno(), s.isatty(), s.writable(), s.readable(), s.seekable(), s.closed, s.name, s.mode)
print(s.buffer.writable(), s.buffer.readable(), s.buffer.fileno(), s.buffer.raw is s.buffer, s.buffer.mode)
print(isinstance(s, io.TextIOBase), isinstance(s.buffer, io.BufferedIOBase), sys.__stdout__ is s, sys.stderr.fileno())
s.writelines(['a', 'b\\n'])
with s: pass
s.close(); s.buffer.close(); s.flush()
w = io.TextIOWrapper(s.buffer, encoding='utf-8', line_buffering=True)
print('wrapped', file=w)
del w
print('after', s.write('xyz'))
s.buffer.write(memoryview(b'bytes\\n')), s"""
        answer = self.returned(code)
        self.assertEqual(
            answer.out,
            "utf-8 surrogateescape None 1 False True False False False <stdout> w\n"
            "True False 1 True wb\nTrue True True 2\nab\nwrapped\nxyzafter 3\nbytes\n",
        )
        self.assertEqual(answer.value, "(6, <sandboa.TextOutput name='<stdout>'>)")
        for code in ("sys.stdout.write(5)", "sys.stdout.write(b'')", "sys.stdout.buffer.write('')", "type(sys.stdout)()"):
            self.assertEqual(self.raised("import sys\n" + code).type, "TypeError")
        self.assertEqual(self.raised("import sys\nsys.stdout.read()").type, "io.UnsupportedOperation")

    def test_can_be_replaced(self):
        code = "import contextlib, io, sys\nb = io.StringIO()\nwith contextlib.redirect_stdout(b): print('inside')\nprint(b.getvalue())"
        self.assertEqual(self.returned(code).out, "inside\n\n")
        self.assertEqual(self.returned("import io, sys\nsys.stdout = io.TextIOWrapper(sys.stdout.buffer, encoding='utf-8')\nprint('kept')").out, "kept\n")
        self.assertEqual(self.returned("import io, sys\nsys.stdout = io.TextIOWrapper(sys.stdout.detach(), encoding='utf-8')\nprint('kept')").out, "kept\n")
        self.assertEqual(self.returned("import os\nsys = __import__('sys')\nsys.stdout = open(1, 'w', closefd=False)\nprint('kept')").out, "kept\n")
        self.assertEqual(self.returned("import sys\nsys.stdout = None\nprint('gone')\ndel sys.stdout").out, "")

    def test_of_other_parts_arrives(self):
        self.assertEqual(self.returned("import logging\nlogging.warning('w')").err, "WARNING:root:w\n")
        self.assertIn("Current thread", self.returned("import faulthandler\nfaulthandler.dump_traceback()").err)
        self.assertEqual(self.returned("import subprocess, sys\nsubprocess.run(['/bin/echo', 'child'])\nprint('parent')").out, "child\nparent\n")
        self.assertEqual(self.returned("import os\nprint('a', end='')\np = os.fork()\nif p == 0:\n  print('child', flush=True); os._exit(0)\nos.waitpid(p, 0)\nprint('b');").out, "achild\nb\n")

    def test_of_warnings_comes_once(self):
        answer = self.returned("import warnings\nfor i in range(3): warnings.warn('careful')")
        self.assertEqual(answer.err, "main.py:2: UserWarning: careful\n  for i in range(3): warnings.warn('careful')\n")

    def test_of_threads_arrives(self):
        code = "import threading\nts = [threading.Thread(target=lambda i=i: print(f'{i}\\n' * 50, end='')) for i in range(8)]\n[t.start() for t in ts]\n[t.join() for t in ts];"
        self.assertEqual(sorted(self.returned(code).out.split()), sorted(str(i) for i in range(8) for _ in range(50)))
        answer = self.returned("import threading\nt = threading.Thread(target=lambda: 1/0)\nt.start(); t.join()")
        self.assertIn("ZeroDivisionError", answer.err)

    def test_does_not_lock_the_interpreter(self):
        """A program that reads its own standard output in another thread."""
        code = "import os, threading\nr, w = os.pipe()\nsaved = os.dup(1); os.dup2(w, 1); os.close(w)\nn = 0\ndef f():\n  global n\n  while (b := os.read(r, 65536)): n += len(b)\nt = threading.Thread(target=f); t.start()\nprint('x' * 1_000_000)\nfor i in range(100_000): print('y')\nos.dup2(saved, 1)\nt.join()\nn"
        self.assertEqual(self.returned(code).value, "1200001")

    def test_to_a_closed_pipe_is_an_error_once(self):
        code = "import sys, time\ntime.sleep(0.05)\ntry:\n  print('x')\n  time.sleep(0)\nexcept BrokenPipeError: sys.stderr.write('broken')\nprint('y'); print('z' * 100_000)\n5"
        answer = self.returned(code, options=NO_READER)
        self.assertEqual((answer.value, answer.err), ("5", "broken"))

    def test_costs_one_system_call(self):
        code = "import os\nr, w = os.pipe(); saved = os.dup(1); os.dup2(w, 1)\nimport fcntl; fcntl.fcntl(r, 1031, 1 << 20)\n" \
               "def calls():\n  return int([l for l in open('/proc/self/io') if l.startswith('syscw')][0].split()[1])\n" \
               "a = calls()\nfor i in range(100): print(i, 'b', 'c', sep='-')\nb = calls()\nos.dup2(saved, 1)\nb - a"
        answer = self.returned(code)
        if answer.value is None:
            self.skipTest("no /proc/self/io")
        self.assertEqual(answer.value, "100")

    def test_in_abundance_arrives_whole(self):
        self.assertEqual(self.returned("for i in range(200_000): print(i)").out, "".join(f"{i}\n" for i in range(200_000)))
        self.assertEqual(len(self.returned("print('x' * 5_000_000)").out), 5_000_001)


class Surroundings(Case):
    def test_standard_input_is_at_its_end(self):
        self.assertEqual(self.raised("input('name? ')").type, "EOFError")
        self.assertEqual(self.raised("input('name? ')").out, "name? ")
        self.assertEqual(self.returned("import sys\nsys.stdin.read()").value, "''")

    def test_signals_are_usable(self):
        code = "import signal, os\nhits = []\nsignal.signal(signal.SIGUSR1, lambda *a: hits.append(1))\nos.kill(os.getpid(), signal.SIGUSR1)\nhits"
        self.assertEqual(self.returned(code).value, "[1]")
        code = "import signal\n[signal.getsignal(s) for s in (signal.SIGPIPE, signal.SIGXFSZ)] == [signal.SIG_IGN] * 2"
        self.assertEqual(self.returned(code).value, "True")
        code = "import os\nr, w = os.pipe(); os.close(r)\ntry: os.write(w, b'x')\nexcept BrokenPipeError: print('ignored')"
        self.assertEqual(self.returned(code).out, "ignored\n")

    def test_is_isolated(self):
        code = "import sys, gc\n(sys.flags.isolated, sys.flags.safe_path, sys.flags.no_site, sys.flags.utf8_mode, sys.dont_write_bytecode, sys.executable, gc.isenabled(), 'site' in sys.modules)"
        self.assertEqual(self.returned(code).value, "(1, True, 1, 1, True, '/usr/bin/python3.11', True, False)")
        self.assertEqual(self.returned("import sys\n[p for p in sys.path if not p.startswith('/usr/lib/python3.11')]").value, repr(["/", site]))

    def test_holds_no_secret_generator(self):
        code = "import sys\n[m for m in ('ssl', '_ssl', 'multiprocessing', 'tempfile', 'urllib.request', 'http.client') if m in sys.modules]"
        self.assertEqual(self.returned(code).value, "[]")
        self.assertEqual(self.returned("import ssl, urllib.request\nhasattr(urllib.request, 'HTTPSHandler')").value, "True")

    def test_prelude_is_out_of_sight(self):
        code = "import sys\n[m for m in sys.modules if 'sandboa' in m or m in ('errors', 'requirements')]"
        self.assertEqual(self.returned(code).value, "[]")

    def test_fork_hooks_reach_the_programs_own_forks(self):
        code = "import os, random, threading, sys\nr, w = os.pipe()\nif (p := os.fork()) == 0:\n  os.write(w, repr((random.random(), threading.active_count())).encode()); os._exit(0)\nos.waitpid(p, 0)\n(eval(os.read(r, 99))[0] != random.random())"
        self.assertEqual(self.returned(code).value, "True")

    def test_a_forked_child_that_runs_on_does_not_answer(self):
        code = "import os\np = os.fork()\nif p: print(os.waitstatus_to_exitcode(os.waitpid(p, 0)[1]))\nelse: %s\nprint('parent' if p else 'child')\np > 0"
        for end, out, err in (("pass", "child\n0\nparent\n", ""), ("1/0", "1\nparent\n", "ZeroDivisionError"), ("raise SystemExit(3)", "3\nparent\n", ""),
                              ("import atexit; atexit.register(print, 'exit')", "child\nexit\n0\nparent\n", "")):
            with self.subTest(end):
                answer = self.returned(code % end)
                self.assertEqual((answer.out, answer.value, len(answer.frames)), (out, "True", 1))
                self.assertIn(err, answer.err)

    def test_multiprocessing_works(self):
        code = "import multiprocessing as m\ndef f(x): return x * x\nwith m.get_context('fork').Pool(2) as p: print(p.map(f, [1, 2, 3]))"
        self.assertEqual(self.returned(code).out, "[1, 4, 9]\n")


class Twins(Case):
    """Two workers of one zygote, with the same process id."""

    expressions = {
        "random": "__import__('random').random()", "gauss": "__import__('random').gauss()", "shuffle": "__import__('random').sample(range(10**9), 3)",
        "uuid1": "__import__('uuid').uuid1()", "uuid1 node": "__import__('uuid').getnode()", "uuid4": "__import__('uuid').uuid4()",
        "tempfile": "__import__('tempfile').mktemp()", "ssl": "__import__('ssl').RAND_bytes(16)", "secrets": "__import__('secrets').token_hex()",
        "urandom": "__import__('os').urandom(8)", "authkey": "bytes(__import__('multiprocessing').current_process().authkey)",
    }

    def test_draw_different_numbers(self):
        if os.geteuid() != 0:
            self.skipTest("needs root for a pid namespace of its own")
        for name, expression in self.expressions.items():
            with self.subTest(name):
                code = f"import os\nprint(os.getpid())\n{expression}"
                one, two = (self.returned(code, options=PIDNS) for _ in range(2))
                self.assertEqual((one.out, two.out), ("1\n", "1\n"))
                self.assertNotEqual(one.value, two.value)

    def test_of_a_zygote_that_holds_generators_draw_different_numbers(self):
        """OpenSSL, tempfile, multiprocessing and numpy's legacy state, loaded and used before the fork."""
        if os.geteuid() != 0:
            self.skipTest("needs root for a pid namespace of its own")
        os.makedirs(os.path.join(site, "numpy"))
        for name, text in (
            ("numpy/__init__.py", ""),
            ("numpy/random.py", "import random\nstate = random.Random(0)\ndef seed(words):\n  assert len(words) == 8\n  state.seed(repr(words))\nrand = state.random"),
            ("used.py", "import ssl, tempfile, multiprocessing\nssl.RAND_bytes(8)\ntempfile.mktemp()\n"),
        ):
            with open(os.path.join(site, name), "w") as file:
                file.write(text)
        full = Zygote(site, modules=["numpy.random", "used"])
        self.addCleanup(full.close)
        expressions = dict(self.expressions, numpy="__import__('numpy.random').random.rand()")
        for name, expression in expressions.items():
            with self.subTest(name):
                code = f"import os, sys\nprint(os.getpid(), '_ssl' in sys.modules)\n{expression}"
                one, two = (full.ask([job(code)], PIDNS) for _ in range(2))
                self.assertEqual((one.out, two.out), ("1 True\n", "1 True\n"))
                self.assertIsNotNone(one.value, one.traceback)
                self.assertNotEqual(one.value, two.value)

    def test_with_equal_seeds_draw_equal_numbers(self):
        """So it is the seed that decides, and nothing else."""
        for name in ("random", "gauss", "uuid1 node"):
            one, two = (self.returned(self.expressions[name], options=FIXED_SEED).value for _ in range(2))
            self.assertEqual(one, two)

    def test_uuid1_does_not_tell_the_hosts_address(self):
        self.assertEqual(self.returned("import uuid\nuuid.uuid1().node >> 40 & 1").value, "1")


class Warm(Case):
    snapshot = """
import sys, gc, warnings, linecache, threading, atexit, builtins
(sorted(globals()), sorted(sys.modules), sys.argv, sys.path, warnings.filters, sorted(linecache.cache), threading.active_count(),
 atexit._ncallbacks(), sorted(vars(builtins)), sorted(vars(sys)), sys.exc_info(), sys.stdout.errors, gc.isenabled(), gc.get_freeze_count(),
 [n for n in ('squares', 'table', 'key') if n in globals()], getattr(sys, 'last_value', None), hasattr(builtins, '_'),
 sorted(warnings.onceregistry), sys.getrecursionlimit(), sys.flags)
"""

    def test_leaves_no_trace(self):
        cold, warm = self.returned(self.snapshot), self.returned(self.snapshot, options=WARM)
        self.assertEqual(cold.value, warm.value)
        self.assertEqual((warm.out, warm.err), ("", ""))
        self.assertIn("'main.py'", cold.value)

    def test_is_followed_by_an_ordinary_run(self):
        answer = self.returned("print(1+1)\nsquares = 1\nsquares", options=WARM)
        self.assertEqual((answer.out, answer.value), ("2\n", "1"))


class Requirements(Case):
    @classmethod
    def setUpClass(cls):
        try:
            subprocess.run(
                ["python3", "-m", "pip", "install", "-q", "--disable-pip-version-check", "--target", site, "packaging==24.2"],
                check=True, timeout=120, capture_output=True,
            )
        except (subprocess.SubprocessError, OSError) as error:
            raise unittest.SkipTest(f"the package 'packaging' can't be had: {error}")
        install("demo", "1.2", ["other>=2; extra == 'more'", "absent; extra == 'less'", "demo[more]; extra == 'round'", "demo[round]; extra == 'round'"])
        install("other", "2.0b1")
        install("linked", "1.0", url="https://example.org/linked-1.0.tar.gz")
        install("strange", "not-a-version")

    def unsatisfied(self, code, **rest):
        answer = self.run_code(code, **{"flags": INLINE, **rest})
        self.assertEqual((answer.status, answer.out), (0, "" if answer.outcome != RETURNED else answer.out))
        if answer.outcome == RETURNED:
            return []
        self.assertEqual(answer.outcome, UNSATISFIED, answer.message)
        return [(one["requirement"], one["reason"]) for one in json.loads(answer.unsatisfied)]

    def test_of_a_job(self):
        table = [
            (["demo"], None), (["demo>=1,<2"], None), (["Demo ==1.2"], None), (["demo>=2"], "1.2 is installed"), (["nothing"], "not installed"),
            (["other"], None), (["other>=2.0a1"], None), (["other>=1.9"], None), (["demo[more]"], "other 2.0b1"), (["demo[less]"], "absent is not installed"),
            (["demo[unheard-of]"], None), (["nothing; python_version < '3'"], None), (["nothing; python_version > '3'"], "not installed"),
            (["nothing; sys_platform == 'win32'"], None), (["de mo"], "not a valid requirement"), ([""], "not a valid requirement"),
            (["../x"], "not a valid requirement"), (["-r x.txt"], "not a valid requirement"),
            (["linked @ https://example.org/linked-1.0.tar.gz"], None), (["demo @ https://example.org/demo.whl"], "not from"), (["strange>=1"], "not-a-version"),
        ]
        for requirements, reason in table:
            with self.subTest(requirements):
                found = self.unsatisfied("print(1)", requirements=requirements)
                if reason is None:
                    self.assertEqual(found, [])
                else:
                    self.assertEqual(len(found), 1)
                    self.assertIn(reason, found[0][1])

    def test_of_a_block(self):
        table = [
            ('# /// script\n# dependencies = ["nothing"]\n# ///\n', ["nothing"]),
            ("# /// script\n# dependencies = ['nothing']\n# ///\n", ["nothing"]),
            ('# /// script\n# dependencies = [\n#   "nothing",\n#   "demo>=1",\n#   "demo>5",\n# ]\n# ///\nprint(1)', ["nothing", "demo>5"]),
            ('# /// script\r\n# dependencies = ["nothing"]\r\n# ///\r\n', ["nothing"]),
            ('# /// script\n# dependencies = ["nothing[a,b]>=1; python_version >= \'3\'"]\n# ///\n', ["nothing[a,b]>=1; python_version >= '3'"]),
            ('x = 1\n\n# /// script\n# dependencies = ["nothing"]\n# ///', ["nothing"]),
            ('# /// script\n#\n# dependencies = ["nothing"]\n#\n# ///\n', ["nothing"]),
            ('# /// script\n# dependencies = ["demo"]\n# ///\n', []),
            ('# /// script\n# dependencies = ["nothing"]\n', []),  # not closed: no block
            ('# /// script\n#dependencies = ["nothing"]\n# ///\n', []),  # not PEP 723: no space
            ('# /// other\n# dependencies = ["nothing"]\n# ///\n', []),
            ('x = """\n# /// script\n# dependencies = ["nothing"]\n# ///\n"""', []),  # a string
            ('if 1:\n    # /// script\n    # dependencies = ["nothing"]\n    # ///\n    pass', []),
            ('# /// script\n# dependencies = ["a"]\n\n# ///\n', []),  # interrupted
            ('# /// script\n# requires-python = ">=3.99"\n# ///\n', ["python >=3.99"]),
            ('# /// script\n# requires-python = ">=3.11"\n# ///\n', []),
            ('# /// script\n# requires-python = "whatever"\n# ///\n', ["python whatever"]),
            ('# /// script\n# dependencies = ["nothing"]\n# ///\nx = "unterminated', ["nothing"]),
            ('# /// script\n# [tool.x]\n# y = 1\n# ///\n', []),
            ("# /// script\n# ///\n", []),
        ]
        for code, expected in table:
            with self.subTest(code):
                self.assertEqual([name for name, _ in self.unsatisfied(code)], expected)

    def test_of_both_are_united(self):
        code = '# /// script\n# dependencies = ["beta", "No_Thing >= 1"]\n# ///\n'
        found = self.unsatisfied(code, requirements=["alpha", "no-thing>=1", "beta"])
        self.assertEqual([name for name, _ in found], ["alpha", "no-thing>=1", "beta"])

    def test_in_a_block_count_only_when_asked(self):
        self.assertEqual(self.returned('# /// script\n# dependencies = ["nothing"]\n# ///\n5').value, "5")

    def test_wrongly_stated_are_an_error(self):
        block = "# /// script\n# dependencies = {}\n# ///\n"
        table = [
            (block.format('["a"]') + "\n" + block.format('["b"]'), {}, "more than one"),
            (block.format('["a"'), {}, "not TOML"), (block.format("5"), {}, "list of strings"), (block.format("[5]"), {}, "list of strings"),
            ("# /// script\n# requires-python = 3\n# ///\n", {}, "string"), ("1", {"requirements": "{"}, "not JSON"),
            ("1", {"requirements": {"a": 1}}, "list of strings"), ("1", {"requirements": [1]}, "list of strings"), ("1", {"requirements": ["a%d" % i for i in range(1001)]}, "limit"),
        ]
        for code, rest, message in table:
            with self.subTest(code=code, **rest):
                answer = self.run_code(code, flags=INLINE, **rest)
                self.assertEqual((answer.status, answer.outcome), (0, INVALID))
                self.assertIn(message, answer.message)

    def test_in_thousands_stay_small(self):
        answer = self.run_code("1", requirements=["x" * 100 + str(i) for i in range(500)])
        self.assertEqual((answer.outcome, len(json.loads(answer.unsatisfied))), (UNSATISFIED, 100))


class RequirementsWithoutPackaging(Case):
    def test_are_unsatisfied_with_that_reason(self):
        bare = Zygote()
        self.addCleanup(bare.close)
        answer = bare.ask([job("print(1)", requirements=["demo"])])
        self.assertEqual((answer.outcome, answer.out), (UNSATISFIED, ""))
        self.assertIn("packaging", json.loads(answer.unsatisfied)[0]["reason"])
        self.assertEqual(bare.ask([job("1", requirements=[])]).outcome, RETURNED)


class Start(unittest.TestCase):
    """What a zygote says when it can't be made."""

    def check(self, *modules, root="-", sources={}, prefix=()):
        with tempfile.TemporaryDirectory() as directory:
            for name, text in sources.items():
                with open(os.path.join(directory, name + ".py"), "w") as file:
                    file.write(text)
            command = [*prefix, os.environ["SBX_HARNESS"], "check", root, directory, *modules]
            done = subprocess.run(command, capture_output=True, text=True, timeout=60, env={"PATH": os.environ["PATH"]})
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        code, _, message = done.stdout.strip().partition(" ")
        return int(code), message

    def test_names_the_module_that_is_missing(self):
        code, message = self.check("json", "no_such_module", "re")
        self.assertLess(code, 0)
        self.assertIn("module no_such_module can't be imported: ModuleNotFoundError", message)

    def test_names_the_module_that_fails(self):
        code, message = self.check("bad", sources={"bad": "raise RuntimeError('no luck')"})
        self.assertIn("module bad can't be imported: RuntimeError: no luck", message)

    def test_refuses_a_second_thread(self):
        source = "import threading, time\nthreading.Thread(target=time.sleep, args=(60,), daemon=True).start()"
        code, message = self.check("busy", sources={"busy": source})
        self.assertEqual(code, -16)
        self.assertIn("started a thread", message)

    def test_lets_modules_ask_for_fork_hooks_in_any_spelling(self):
        source = "import os\nfrom os import register_at_fork\nregister_at_fork(before=print)\nos.register_at_fork(after_in_child=print, after_in_parent=print)"
        self.assertEqual(self.check("hooks", sources={"hooks": source}), (0, ""))

    def test_works_in_a_root_that_holds_only_usr(self):
        if os.geteuid() != 0:
            self.skipTest("needs root for chroot and a bind mount")
        with tempfile.TemporaryDirectory() as root:
            for name in ("lib", "lib64"):
                os.symlink("usr/" + name, os.path.join(root, name))
            os.mkdir(os.path.join(root, "usr"))
            mount = f'mount --bind /usr "{root}/usr" && exec "$@"'
            self.assertEqual(self.check("json", "asyncio", root=root, prefix=["unshare", "-m", "sh", "-c", mount, "sh"]), (0, ""))


class Frames(Case):
    def test_that_are_broken_are_invalid_jobs(self):
        code = field(CODE, b"print(1)")
        broken = [
            b"", b"x", b"\0" * 12, frame(b""), frame(code, magic=1), frame(code, version=2), frame(code, kind=2), frame(code, length=3),
            frame(code, length=2**32 - 1), frame(code)[:-1], frame(code) + b"x", frame(code + code), frame(code + b"\1\0\0"), frame(field(99, b"") + code),
            frame(code + field(LIMIT, b"123")), frame(code + field(FLAGS, b"12345")), frame(code + field(FLAGS, b"\xff\xff\xff\xff")),
            frame(code + field(FILENAME, b"")), frame(code + field(FILENAME, b"a\0b")), frame(code + field(FILENAME, b"a" * 256)),
            frame(code + field(FILENAME, b"\xff")), frame(field(CODE, b"\xff\xfe")), frame(field(CODE, b"a\0b")), frame(code + field(ARGV, b"[" * 100_000)),
            frame(code + field(CONTEXT, b"\xff")), frame(struct.pack("<HHI", CODE, 1, 0)), frame(struct.pack("<HHI", CODE, 0, 2**32 - 1)),
            frame(struct.pack("<HHI", CODE, 0, 5) + b"1234"), frame(field(0, b"") + code),
        ]
        for bytes_ in broken:
            with self.subTest(bytes_[:40]):
                answer = zygote.ask([bytes_])
                self.assertEqual((answer.status, answer.outcome, answer.out), (0, INVALID, ""))
                self.assertTrue(answer.message)

    def test_cut_and_flipped_anywhere_never_crash_the_worker(self):
        import random

        dice = random.Random(7)
        whole = job("1", context={"a": 1}, argv=["x"], requirements=[], limit=5, flags=3)
        for _ in range(150):
            bytes_ = bytearray(whole[: dice.randrange(len(whole) + 1)])
            for _ in range(dice.randrange(4)):
                if bytes_:
                    bytes_[dice.randrange(len(bytes_))] = dice.randrange(256)
            answer = zygote.ask([bytes(bytes_)])
            self.assertEqual(answer.status, 0)
            self.assertIsNotNone(answer.outcome)


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0], *sys.argv[1:]])
