"""How programs end: exceptions, exits, threads, files left open."""

import os
import signal
import tempfile

from host import Case, EXITED


class Failure(Case):
    def test_tells_type_message_line_and_traceback(self):
        answer = self.raised("def f(x):\n    return 1 / x\n\nprint('before')\nf(0)\n")
        self.assertEqual(
            (answer.type, answer.message, answer.line), ("ZeroDivisionError", "division by zero", 2)
        )
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
        for code, line in (
            ("x = (", 1),
            ("a = 1\nb = = 2", 2),
            ("if True:\nx", 2),
            ("1 +", 1),
            ("return 5", 1),
            ("a = 1\n  b", 2),
        ):
            with self.subTest(code):
                answer = self.raised(code)
                self.assertIn(answer.type, ("SyntaxError", "IndentationError"))
                self.assertEqual(answer.line, line)
                self.assertIn(f'File "main.py", line {line}', answer.traceback)
        self.assertIn("    b = = 2\n        ^\n", self.raised("a = 1\nb = = 2").traceback)

    def test_chains_and_groups_are_told(self):
        answer = self.raised(
            "try:\n  1/0\nexcept ZeroDivisionError as e:\n  raise ValueError('v') from e"
        )
        self.assertIn("direct cause", answer.traceback)
        self.assertIn("ZeroDivisionError: division by zero", answer.traceback)
        answer = self.raised("try:\n  1/0\nexcept ZeroDivisionError:\n  raise ValueError('v')")
        self.assertIn("During handling", answer.traceback)
        answer = self.raised("raise ExceptionGroup('many', [ValueError('a'), KeyError('b')])")
        self.assertIn("+-+---------------- 1 ----------------", answer.traceback)
        self.assertEqual(answer.message, "many (2 sub-exceptions)")

    def test_without_end_is_bounded(self):
        code = (
            "e = None\nfor i in range(3000):\n  n = ValueError(i); n.__cause__ = e; e = n\nraise e"
        )
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
        bit_by_bit = [
            "x = []\nwhile True: x.append(bytearray(10_000))",
            "x = {}\ni = 0\nwhile True:\n  i += 1\n  x[i] = str(i)",
        ]
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
        answer = self.raised(
            "import traceback, linecache\n"
            "traceback.TracebackException.format = None\n"
            "linecache.cache = 5\n"
            "1/0"
        )
        self.assertEqual(
            (answer.type, answer.message, answer.line), ("ZeroDivisionError", "division by zero", 4)
        )
        answer = self.raised("class E(Exception): pass\nE.__module__ = 5\nraise E('x')")
        self.assertEqual(answer.type, "E")

    def test_by_interrupt_is_told(self):
        answer = self.raised(
            "import os, signal\nos.kill(os.getpid(), signal.SIGINT)\nwhile True: pass"
        )
        self.assertEqual(answer.type, "KeyboardInterrupt")

    def test_by_a_name_that_looks_like_the_host_is_told(self):
        self.assertEqual(
            self.raised("raise type('X', (Exception,), {'__module__': 'a.b'})('m')").type, "a.b.X"
        )

    def test_by_a_signal_is_the_kernels_to_tell(self):
        answer = self.run_code("print('x')\nimport os; os.abort()")
        self.assertEqual(
            (os.WTERMSIG(answer.status), answer.outcome, answer.out), (signal.SIGABRT, None, "x\n")
        )
        self.assertEqual(os.WEXITSTATUS(self.run_code("import os; os._exit(5)").status), 5)


class Exit(Case):
    def test_codes(self):
        for code, status, text in (
            ("import sys; sys.exit()", 0, ""),
            ("import sys; sys.exit(0)", 0, ""),
            ("import sys; sys.exit(3)", 3, ""),
            ("import sys; sys.exit(-1)", -1, ""),
            ("import sys; sys.exit('no luck')", 1, "no luck\n"),
            ("raise SystemExit", 0, ""),
            ("import sys; sys.exit([1])", 1, "[1]\n"),
            ("import sys; sys.exit(True)", 1, ""),
            ("import sys; sys.exit(1 << 80)", -1, ""),
        ):
            with self.subTest(code):
                answer = self.run_code("print('out')\n" + code)
                self.assertEqual((answer.status, answer.outcome, answer.exit), (0, EXITED, status))
                self.assertEqual((answer.out, answer.err), ("out\n", text))

    def test_waits_for_threads(self):
        code = (
            "import threading, time\n"
            "def f():\n"
            "  time.sleep(0.05); print('thread')\n"
            "threading.Thread(target=f).start()\n"
            "print('main')\n"
            "5"
        )
        answer = self.returned(code)
        self.assertEqual((answer.out, answer.value), ("main\nthread\n", "5"))
        answer = self.run_code(code + "\nimport sys; sys.exit(2)")
        self.assertEqual((answer.out, answer.exit), ("main\nthread\n", 2))

    def test_does_not_wait_for_daemons(self):
        code = (
            "import threading, time\n"
            "threading.Thread(target=time.sleep, args=(60,), daemon=True).start()\n"
            "5"
        )
        self.assertEqual(self.returned(code, timeout=5000).value, "5")

    def test_calls_atexit(self):
        code = (
            "import atexit\n"
            "atexit.register(print, 'first registered')\n"
            "atexit.register(print, 'last')\n"
            "print('main')"
        )
        self.assertEqual(self.returned(code).out, "main\nlast\nfirst registered\n")
        self.assertIn(
            "ZeroDivisionError", self.returned("import atexit\natexit.register(lambda: 1/0)").err
        )
        self.assertEqual(
            self.raised("import atexit\natexit.register(print, 'late')\n1/0").out, "late\n"
        )

    def test_writes_files_nobody_closed(self):
        with tempfile.TemporaryDirectory() as directory:
            code = (
                "f = open('a', 'w'); f.write('held')\n"
                "class C: pass\n"
                "c = C(); c.c = c; c.f = open('b', 'w'); c.f.write('cycle')"
            )
            self.returned(code + "\n1", directory=directory)
            with open(os.path.join(directory, "a")) as a, open(os.path.join(directory, "b")) as b:
                self.assertEqual((a.read(), b.read()), ("held", "cycle"))

    def test_runs_destructors(self):
        code = (
            "class A:\n"
            "  def __del__(self): print('gone', self.name)\n"
            "a = A(); a.name = 1\n"
            "b = A(); b.name = 2; b.b = b"
        )
        self.assertEqual(sorted(self.returned(code).out.split("\n")), ["", "gone 1", "gone 2"])

    def test_flushes_logging(self):
        code = (
            "import logging, logging.handlers, sys\n"
            "h = logging.handlers.MemoryHandler(100, target=logging.StreamHandler(sys.stdout))\n"
            "logging.getLogger().addHandler(h)\n"
            "logging.error('kept')"
        )
        self.assertEqual(self.returned(code).out, "kept\n")

    def test_waits_for_executors(self):
        code = """from concurrent.futures import ThreadPoolExecutor
import time
pool = ThreadPoolExecutor(2)
pool.submit(lambda: (time.sleep(0.05), print('late')))
with ThreadPoolExecutor() as other: print(list(other.map(abs, [-1, -2])))"""
        self.assertEqual(self.returned(code).out, "[1, 2]\nlate\n")
