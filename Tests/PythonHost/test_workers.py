"""What a worker has of its own, and how a zygote is made."""

import os
import subprocess
import tempfile
import unittest

from host import Case, FIXED_SEED, PIDNS, WARM, Zygote, job, site


class Surroundings(Case):
    def test_standard_input_is_at_its_end(self):
        self.assertEqual(self.raised("input('name? ')").type, "EOFError")
        self.assertEqual(self.raised("input('name? ')").out, "name? ")
        self.assertEqual(self.returned("import sys\nsys.stdin.read()").value, "''")

    def test_signals_are_usable(self):
        code = (
            "import signal, os\n"
            "hits = []\n"
            "signal.signal(signal.SIGUSR1, lambda *a: hits.append(1))\n"
            "os.kill(os.getpid(), signal.SIGUSR1)\n"
            "hits"
        )
        self.assertEqual(self.returned(code).value, "[1]")
        code = (
            "import signal\n"
            "[signal.getsignal(s) for s in (signal.SIGPIPE, "
            "signal.SIGXFSZ)] == [signal.SIG_IGN] * 2"
        )
        self.assertEqual(self.returned(code).value, "True")
        code = (
            "import os\n"
            "r, w = os.pipe(); os.close(r)\n"
            "try: os.write(w, b'x')\n"
            "except BrokenPipeError: print('ignored')"
        )
        self.assertEqual(self.returned(code).out, "ignored\n")

    def test_is_isolated(self):
        code = (
            "import sys, gc\n"
            "(sys.flags.isolated, sys.flags.safe_path, sys.flags.no_site, sys.flags.utf8_mode, "
            "sys.dont_write_bytecode, sys.executable, gc.isenabled(), 'site' in sys.modules)"
        )
        self.assertEqual(
            self.returned(code).value, "(1, True, 1, 1, True, '/usr/bin/python3.11', True, False)"
        )
        self.assertEqual(
            self.returned(
                "import sys\n[p for p in sys.path if not p.startswith('/usr/lib/python3.11')]"
            ).value,
            repr(["/", site]),
        )

    def test_holds_no_secret_generator(self):
        code = (
            "import sys\n"
            "[m for m in ('ssl', '_ssl', 'multiprocessing', 'tempfile', 'urllib.request', "
            "'http.client') if m in sys.modules]"
        )
        self.assertEqual(self.returned(code).value, "[]")
        self.assertEqual(
            self.returned(
                "import ssl, urllib.request\nhasattr(urllib.request, 'HTTPSHandler')"
            ).value,
            "True",
        )

    def test_prelude_is_out_of_sight(self):
        code = (
            "import sys\n"
            "[m for m in sys.modules if 'sandboa' in m or m in ('errors', 'requirements')]"
        )
        self.assertEqual(self.returned(code).value, "[]")

    def test_fork_hooks_reach_the_programs_own_forks(self):
        code = (
            "import os, random, threading, sys\n"
            "r, w = os.pipe()\n"
            "if (p := os.fork()) == 0:\n"
            "  os.write(w, repr((random.random(), "
            "threading.active_count())).encode()); os._exit(0)\n"
            "os.waitpid(p, 0)\n"
            "(eval(os.read(r, 99))[0] != random.random())"
        )
        self.assertEqual(self.returned(code).value, "True")

    def test_a_forked_child_that_runs_on_does_not_answer(self):
        code = (
            "import os\n"
            "p = os.fork()\n"
            "if p: print(os.waitstatus_to_exitcode(os.waitpid(p, 0)[1]))\n"
            "else: %s\n"
            "print('parent' if p else 'child')\n"
            "p > 0"
        )
        for end, out, err in (
            ("pass", "child\n0\nparent\n", ""),
            ("1/0", "1\nparent\n", "ZeroDivisionError"),
            ("raise SystemExit(3)", "3\nparent\n", ""),
            ("import atexit; atexit.register(print, 'exit')", "child\nexit\n0\nparent\n", ""),
        ):
            with self.subTest(end):
                answer = self.returned(code % end)
                self.assertEqual((answer.out, answer.value, len(answer.frames)), (out, "True", 1))
                self.assertIn(err, answer.err)

    def test_multiprocessing_works(self):
        code = (
            "import multiprocessing as m\n"
            "def f(x): return x * x\n"
            "with m.get_context('fork').Pool(2) as p: print(p.map(f, [1, 2, 3]))"
        )
        self.assertEqual(self.returned(code).out, "[1, 4, 9]\n")


class Twins(Case):
    """Two workers of one zygote, with the same process id."""

    expressions = {
        "random": "__import__('random').random()",
        "gauss": "__import__('random').gauss()",
        "shuffle": "__import__('random').sample(range(10**9), 3)",
        "uuid1": "__import__('uuid').uuid1()",
        "uuid1 node": "__import__('uuid').getnode()",
        "uuid4": "__import__('uuid').uuid4()",
        "tempfile": "__import__('tempfile').mktemp()",
        "ssl": "__import__('ssl').RAND_bytes(16)",
        "secrets": "__import__('secrets').token_hex()",
        "urandom": "__import__('os').urandom(8)",
        "authkey": "bytes(__import__('multiprocessing').current_process().authkey)",
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
        """OpenSSL, tempfile, multiprocessing, numpy's legacy state: loaded, used, then forked."""
        if os.geteuid() != 0:
            self.skipTest("needs root for a pid namespace of its own")
        os.makedirs(os.path.join(site, "numpy"))
        for name, text in (
            ("numpy/__init__.py", ""),
            (
                "numpy/random.py",
                "import random\n"
                "state = random.Random(0)\n"
                "def seed(words):\n"
                "  assert len(words) == 8\n"
                "  state.seed(repr(words))\n"
                "rand = state.random",
            ),
            (
                "used.py",
                "import ssl, tempfile, multiprocessing\nssl.RAND_bytes(8)\ntempfile.mktemp()\n",
            ),
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
            one, two = (
                self.returned(self.expressions[name], options=FIXED_SEED).value for _ in range(2)
            )
            self.assertEqual(one, two)

    def test_uuid1_does_not_tell_the_hosts_address(self):
        self.assertEqual(self.returned("import uuid\nuuid.uuid1().node >> 40 & 1").value, "1")


class Warm(Case):
    snapshot = """
import sys, gc, warnings, linecache, threading, atexit, builtins
(sorted(globals()), sorted(sys.modules), sys.argv, sys.path, warnings.filters,
 sorted(linecache.cache), threading.active_count(), atexit._ncallbacks(),
 sorted(vars(builtins)), sorted(vars(sys)), sys.exc_info(), sys.stdout.errors,
 gc.isenabled(), gc.get_freeze_count(),
 [n for n in ('squares', 'table', 'key') if n in globals()],
 getattr(sys, 'last_value', None), hasattr(builtins, '_'),
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


class Start(unittest.TestCase):
    """What a zygote says when it can't be made."""

    def check(self, *modules, root="-", sources={}, prefix=()):
        with tempfile.TemporaryDirectory() as directory:
            for name, text in sources.items():
                with open(os.path.join(directory, name + ".py"), "w") as file:
                    file.write(text)
            command = [*prefix, os.environ["SBX_HARNESS"], "check", root, directory, *modules]
            done = subprocess.run(
                command,
                capture_output=True,
                text=True,
                timeout=60,
                env={"PATH": os.environ["PATH"]},
            )
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
        source = (
            "import threading, time\n"
            "threading.Thread(target=time.sleep, args=(60,), daemon=True).start()"
        )
        code, message = self.check("busy", sources={"busy": source})
        self.assertEqual(code, -16)
        self.assertIn("started a thread", message)

    def test_lets_modules_ask_for_fork_hooks_in_any_spelling(self):
        source = (
            "import os\n"
            "from os import register_at_fork\n"
            "register_at_fork(before=print)\n"
            "os.register_at_fork(after_in_child=print, after_in_parent=print)"
        )
        self.assertEqual(self.check("hooks", sources={"hooks": source}), (0, ""))

    def test_works_in_a_root_that_holds_only_usr(self):
        if os.geteuid() != 0:
            self.skipTest("needs root for chroot and a bind mount")
        with tempfile.TemporaryDirectory() as root:
            for name in ("lib", "lib64"):
                os.symlink("usr/" + name, os.path.join(root, name))
            os.mkdir(os.path.join(root, "usr"))
            mount = f'mount --bind /usr "{root}/usr" && exec "$@"'
            self.assertEqual(
                self.check(
                    "json", "asyncio", root=root, prefix=["unshare", "-m", "sh", "-c", mount, "sh"]
                ),
                (0, ""),
            )
