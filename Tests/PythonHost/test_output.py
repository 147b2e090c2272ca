"""Nothing printed is lost, and printing stays cheap."""

import os

from host import Case, NO_READER


class Output(Case):
    def test_survives_a_kill_right_after_print(self):
        for text, code in (
            ("x\n", "print('x')"),
            ("x", "print('x', end='')"),
            ("a b", "print('a', 'b', end='')"),
            ("x", "import sys; sys.stdout.write('x')"),
            ("x", "import sys; sys.stdout.buffer.write(b'x')"),
        ):
            with self.subTest(code):
                answer = self.run_code(code + "\nimport os; os.kill(os.getpid(), 9)")
                self.assertEqual((os.WTERMSIG(answer.status), answer.out), (9, text))
        answer = self.run_code(
            "import sys\nprint('e', file=sys.stderr, end=''); import os; os.kill(os.getpid(), 9)"
        )
        self.assertEqual(answer.err, "e")
        answer = self.run_code(
            "def f():\n  for i in range(1000): print(i)\n  import os; os.kill(os.getpid(), 9)\nf()"
        )
        self.assertEqual(answer.out, "".join(f"{i}\n" for i in range(1000)))

    def test_survives_a_time_limit(self):
        answer = self.run_code("print('partial', end='')\nwhile True: pass", timeout=300)
        self.assertEqual((answer.status, answer.out), (-1, "partial"))
        answer = self.run_code("print('partial', end='')\nimport time; time.sleep(60)", timeout=300)
        self.assertEqual((answer.status, answer.out), (-1, "partial"))

    def test_keeps_its_order(self):
        code = (
            "import sys, os\n"
            "print('1')\n"
            "sys.stdout.buffer.write(b'2\\n')\n"
            "print('3', end='\\n')\n"
            "os.write(1, b'4\\n')\n"
            "print('5' * 20000)\n"
            "print('6')\n"
            "sys.stdout.buffer.write(b'7' * 9000)\n"
            "sys.stdout.write('8')"
        )
        self.assertEqual(
            self.returned(code + ";").out, "1\n2\n3\n4\n" + "5" * 20000 + "\n6\n" + "7" * 9000 + "8"
        )

    def test_is_utf8(self):
        self.assertEqual(self.returned("print('é€😀')").out, "é€😀\n")
        self.assertEqual(
            self.returned(
                "import sys\n"
                "sys.stdout.reconfigure(encoding='utf8', errors='replace')\n"
                "print('\\ud800')"
            ).out,
            "?\n",
        )
        self.assertEqual(self.raised("print('\\ud800')").type, "UnicodeEncodeError")
        self.assertEqual(
            self.returned("import sys\nprint('\\ud800', file=sys.stderr)").err, "\\ud800\n"
        )
        self.assertEqual(
            self.raised("import sys\nsys.stdout.reconfigure(encoding='latin-1')").type, "ValueError"
        )
        self.assertEqual(
            self.raised("import sys\nsys.stdout.reconfigure(encoding='nonsense')").type,
            "LookupError",
        )

    def test_is_an_ordinary_stream(self):
        code = """import io, sys
s = sys.stdout
print(s.encoding, s.errors, s.newlines, s.fileno(), s.isatty(), s.writable(), s.readable(),
      s.seekable(), s.closed, s.name, s.mode)
print(s.buffer.writable(), s.buffer.readable(), s.buffer.fileno(), s.buffer.raw is s.buffer,
      s.buffer.mode)
print(isinstance(s, io.TextIOBase), isinstance(s.buffer, io.BufferedIOBase),
      sys.__stdout__ is s, sys.stderr.fileno())
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
        for code in (
            "sys.stdout.write(5)",
            "sys.stdout.write(b'')",
            "sys.stdout.buffer.write('')",
            "type(sys.stdout)()",
        ):
            self.assertEqual(self.raised("import sys\n" + code).type, "TypeError")
        self.assertEqual(
            self.raised("import sys\nsys.stdout.read()").type, "io.UnsupportedOperation"
        )

    def test_can_be_replaced(self):
        code = (
            "import contextlib, io, sys\n"
            "b = io.StringIO()\n"
            "with contextlib.redirect_stdout(b): print('inside')\n"
            "print(b.getvalue())"
        )
        self.assertEqual(self.returned(code).out, "inside\n\n")
        self.assertEqual(
            self.returned(
                "import io, sys\n"
                "sys.stdout = io.TextIOWrapper(sys.stdout.buffer, encoding='utf-8')\n"
                "print('kept')"
            ).out,
            "kept\n",
        )
        self.assertEqual(
            self.returned(
                "import io, sys\n"
                "sys.stdout = io.TextIOWrapper(sys.stdout.detach(), encoding='utf-8')\n"
                "print('kept')"
            ).out,
            "kept\n",
        )
        self.assertEqual(
            self.returned(
                "import os\n"
                "sys = __import__('sys')\n"
                "sys.stdout = open(1, 'w', closefd=False)\n"
                "print('kept')"
            ).out,
            "kept\n",
        )
        self.assertEqual(
            self.returned("import sys\nsys.stdout = None\nprint('gone')\ndel sys.stdout").out, ""
        )

    def test_of_other_parts_arrives(self):
        self.assertEqual(
            self.returned("import logging\nlogging.warning('w')").err, "WARNING:root:w\n"
        )
        self.assertIn(
            "Current thread",
            self.returned("import faulthandler\nfaulthandler.dump_traceback()").err,
        )
        self.assertEqual(
            self.returned(
                "import subprocess, sys\nsubprocess.run(['/bin/echo', 'child'])\nprint('parent')"
            ).out,
            "child\nparent\n",
        )
        self.assertEqual(
            self.returned(
                "import os\n"
                "print('a', end='')\n"
                "p = os.fork()\n"
                "if p == 0:\n"
                "  print('child', flush=True); os._exit(0)\n"
                "os.waitpid(p, 0)\n"
                "print('b');"
            ).out,
            "achild\nb\n",
        )

    def test_of_warnings_comes_once(self):
        answer = self.returned("import warnings\nfor i in range(3): warnings.warn('careful')")
        self.assertEqual(
            answer.err,
            "main.py:2: UserWarning: careful\n  for i in range(3): warnings.warn('careful')\n",
        )

    def test_of_threads_arrives(self):
        code = (
            "import threading\n"
            "ts = [threading.Thread(target=lambda i=i: print(f'{i}\\n' * 50, "
            "end='')) for i in range(8)]\n"
            "[t.start() for t in ts]\n"
            "[t.join() for t in ts];"
        )
        self.assertEqual(
            sorted(self.returned(code).out.split()),
            sorted(str(i) for i in range(8) for _ in range(50)),
        )
        answer = self.returned(
            "import threading\nt = threading.Thread(target=lambda: 1/0)\nt.start(); t.join()"
        )
        self.assertIn("ZeroDivisionError", answer.err)

    def test_does_not_lock_the_interpreter(self):
        """A program that reads its own standard output in another thread."""
        code = (
            "import os, threading\n"
            "r, w = os.pipe()\n"
            "saved = os.dup(1); os.dup2(w, 1); os.close(w)\n"
            "n = 0\n"
            "def f():\n"
            "  global n\n"
            "  while (b := os.read(r, 65536)): n += len(b)\n"
            "t = threading.Thread(target=f); t.start()\n"
            "print('x' * 1_000_000)\n"
            "for i in range(100_000): print('y')\n"
            "os.dup2(saved, 1)\n"
            "t.join()\n"
            "n"
        )
        self.assertEqual(self.returned(code).value, "1200001")

    def test_to_a_closed_pipe_is_an_error_once(self):
        code = (
            "import sys, time\n"
            "time.sleep(0.05)\n"
            "try:\n"
            "  print('x')\n"
            "  time.sleep(0)\n"
            "except BrokenPipeError: sys.stderr.write('broken')\n"
            "print('y'); print('z' * 100_000)\n"
            "5"
        )
        answer = self.returned(code, options=NO_READER)
        self.assertEqual((answer.value, answer.err), ("5", "broken"))

    def test_costs_one_system_call(self):
        code = (
            "import os\n"
            "r, w = os.pipe(); saved = os.dup(1); os.dup2(w, 1)\n"
            "import fcntl; fcntl.fcntl(r, 1031, 1 << 20)\n"
            "def calls():\n"
            "  return int([l for l in open('/proc/self/io') if "
            "l.startswith('syscw')][0].split()[1])\n"
            "a = calls()\n"
            "for i in range(100): print(i, 'b', 'c', sep='-')\n"
            "b = calls()\n"
            "os.dup2(saved, 1)\n"
            "b - a"
        )
        answer = self.returned(code)
        if answer.value is None:
            self.skipTest("no /proc/self/io")
        self.assertEqual(answer.value, "100")

    def test_in_abundance_arrives_whole(self):
        self.assertEqual(
            self.returned("for i in range(200_000): print(i)").out,
            "".join(f"{i}\n" for i in range(200_000)),
        )
        self.assertEqual(len(self.returned("print('x' * 5_000_000)").out), 5_000_001)
