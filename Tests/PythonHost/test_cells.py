"""What a program's value, namespace and awaiting are."""

import contextlib
import os
import tempfile

from host import Case, EXITED, INVALID, RAISED, RETURNED, SCRIPT, SESSION, job, zygote


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
        """The cut in the text agrees with one in the syntax tree on the programs above, squared."""
        for first, _ in self.table:
            for second, _ in self.table[::3]:
                code = (
                    (first + "\n" + second)
                    .replace("\r\n", "\n")
                    .replace("\r", "\n")
                    .replace("\ufeff", "")
                )
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

        skipped = (
            tokenize.COMMENT,
            tokenize.NL,
            tokenize.NEWLINE,
            tokenize.ENDMARKER,
            tokenize.DEDENT,
        )
        tokens = [
            t for t in tokenize.generate_tokens(io.StringIO(code).readline) if t.type not in skipped
        ]
        return bool(tokens) and tokens[-1].string == ";"

    def test_script_mode_has_none_and_no_await(self):
        self.assertIsNone(self.returned("1 + 1", flags=SCRIPT).value)
        self.assertEqual(
            self.raised("import asyncio\nawait asyncio.sleep(0)", flags=SCRIPT).type, "SyntaxError"
        )

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
        self.assertEqual(
            self.raised("class A:\n  def __repr__(self): return 5\nA()").type, "TypeError"
        )
        self.assertEqual(
            self.run_code("class A:\n  def __repr__(s): raise SystemExit(4)\nA()").exit, 4
        )


class Namespace(Case):
    def test_is_a_fresh_main(self):
        code = (
            "print(sorted(globals()))\n"
            "import sys, __main__\n"
            "(__name__, vars(__main__) is globals(), __builtins__.__name__)"
        )
        answer = self.returned(code)
        self.assertEqual(answer.value, "('__main__', True, 'builtins')")
        names = "['__builtins__', '__doc__', '__loader__', '__name__', '__package__', '__spec__']"
        self.assertEqual(answer.out.strip(), names)

    def test_of_one_run_is_unknown_to_the_next(self):
        self.returned(
            "import json; json.secret = 1; x = 1; import sys; sys.path.append('/nowhere')"
        )
        answer = self.returned(
            "import json, sys\n('x' in globals(), hasattr(json, 'secret'), '/nowhere' in sys.path)"
        )
        self.assertEqual(answer.value, "(False, False, False)")

    def test_holds_the_context(self):
        context = {"n": 3, "größe": [1, {"a": None}], "_x": 1.5, "__y": True}
        self.assertEqual(
            self.returned("(n * 2, größe, _x, __y)", context=context).value,
            "(6, [1, {'a': None}], 1.5, True)",
        )

    def test_refuses_a_context_of_other_names(self):
        for context in (
            {"a b": 1},
            {"": 1},
            {"__name__": 1},
            {"__builtins__": {}},
            {"class": 1},
            [1],
            "5",
            "{",
            "[" * 9999,
        ):
            with self.subTest(str(context)[:20]):
                answer = self.run_code("print(1)", context=context)
                self.assertEqual((answer.status, answer.outcome, answer.out), (0, INVALID, ""))
                self.assertIn("context", answer.message)

    def test_knows_arguments_and_paths(self):
        with tempfile.TemporaryDirectory() as directory:
            with open(os.path.join(directory, "helper.py"), "w") as file:
                file.write("value = 42\n")
            code = (
                "import sys, helper\n(sys.argv, sys.path[0], helper.value, '__file__' in globals())"
            )
            answer = self.returned(code, argv=["a", "é"], filename="job.py", directory=directory)
            self.assertEqual(answer.value, repr((["job.py", "a", "é"], directory, 42, False)))
            self.assertFalse(os.path.exists(os.path.join(directory, "__pycache__")))
        self.assertEqual(self.returned("import sys\nsys.argv").value, "['main.py']")
        self.assertEqual(self.run_code("1", argv={"a": 1}).outcome, INVALID)
        self.assertEqual(self.run_code("1", argv=[1]).outcome, INVALID)

    def test_starts_where_the_job_says(self):
        with tempfile.TemporaryDirectory() as directory:
            directory = os.path.realpath(directory)
            scripts = os.path.join(directory, "scripts")
            os.mkdir(scripts)
            with open(os.path.join(scripts, "helper.py"), "w") as file:
                file.write("value = 42\n")
            code = "import os, sys\n(os.getcwd(), sys.path[0], sys.path.count(sys.path[0]))"
            answer = self.returned(code, start=directory)
            self.assertEqual(answer.value, repr((directory, directory, 1)))
            answer = self.returned(
                code + "[:2] + (__import__('helper').value,)", start=directory, search=scripts
            )
            self.assertEqual(answer.value, repr((directory, scripts, 42)))
            answer = self.run_code("1", start=os.path.join(directory, "gone"))
            self.assertEqual(answer.outcome, INVALID)
            self.assertIn("No such file", answer.message)

    def test_a_script_that_is_a_file_knows_which(self):
        code = "import sys\nprint(globals().get('__file__'), sys.argv)"
        path = "/some/where/job.py"
        for options, said in (
            ({"filename": path, "flags": SCRIPT, "argv": ["x"]}, f"{path} {[path, 'x']}\n"),
            ({"filename": "job.py", "flags": SCRIPT}, "None ['job.py']\n"),
            ({"filename": path}, f"None {[path]}\n"),
        ):
            self.assertEqual(self.run_code(code, **options).out, said)
        answer = self.run_code("1/0", filename=path, flags=SCRIPT)
        self.assertIn(f'File "{path}", line 1', answer.traceback)

    def test_has_the_builtins_of_site(self):
        self.assertEqual(self.run_code("exit(3)").exit, 3)
        self.assertEqual(self.run_code("quit()").exit, 0)

    def test_has_classes_that_know_where_they_live(self):
        code = (
            "import pickle, dataclasses\n"
            "@dataclasses.dataclass\n"
            "class P:\n"
            "  x: int\n"
            "pickle.loads(pickle.dumps(P(3)))"
        )
        self.assertEqual(self.returned(code).value, "P(x=3)")
        code = "import typing\nclass T(typing.NamedTuple):\n  a: int\nT(1), T.__module__"
        self.assertEqual(self.returned(code).value, "(T(a=1), '__main__')")

    def test_source_is_found(self):
        code = "import inspect\ndef f():\n    return 1\nprint(inspect.getsource(f), end='')"
        self.assertEqual(self.returned(code).out, "def f():\n    return 1\n")

    def test_of_a_session_goes_on(self):
        jobs = [
            job("x = 20", flags=SESSION),
            job("print(x)\nx + 1", flags=SESSION),
            job("1/0", flags=SESSION),
            job("x * 2"),
        ]
        answer = zygote().ask(jobs)
        self.assertEqual((answer.status, answer.out, answer.value), (0, "20\n", "40"))
        self.assertEqual(
            [one["outcome"] for one in answer.frames], [RETURNED, RETURNED, RAISED, RETURNED]
        )
        self.assertEqual(answer.frames[1]["value"], "21")

    def session(self, *cells):
        """The answers to the cells of one session, each a file of its own."""
        jobs = [
            job(code, filename=f"cell {number}", flags=SESSION)
            for number, code in enumerate(cells, 1)
        ]
        answer = zygote().ask(jobs)
        self.assertEqual(answer.status, 0, answer.err)
        return answer

    def test_of_a_session_counts_its_names(self):
        frames = self.session("x = y = 1", "import json, colorsys; del y", "__z = _w = 2").frames
        self.assertEqual([one["names"] for one in frames], [2, 2, 3])

    def test_of_a_session_shows_earlier_cells_in_tracebacks(self):
        frames = self.session("def f(a):\n    return 1 / a  # here", "f(1)", "f(0)").frames
        told = frames[2]["traceback"]
        self.assertIn('File "cell 1", line 2, in f', told)
        self.assertIn("return 1 / a  # here", told)
        self.assertEqual(frames[2]["line"], 1)

    def test_of_a_session_is_not_changed_by_a_program_that_is_none(self):
        context = job("x = ", filename="cell 2", flags=SESSION, context={"x": 2})
        answer = zygote().ask([job("x = 1", flags=SESSION), context, job("x", flags=SESSION)])
        self.assertEqual([one["outcome"] for one in answer.frames], [RETURNED, RAISED, RETURNED])
        self.assertEqual(answer.value, "1")

    def test_of_a_session_keeps_its_arguments_and_its_directory(self):
        code = "import os, sys; sys.argv = ['a', 'b']; os.chdir('/usr')"
        self.assertEqual(
            self.session(code, "sys.argv, os.getcwd(), sys.path[0]").value,
            "(['a', 'b'], '/usr', '/usr')",
        )

    def test_of_a_session_awaits_in_every_cell(self):
        cell = "import asyncio; await asyncio.sleep(0, 3)"
        frames = self.session(cell, cell).frames
        self.assertEqual([one["value"] for one in frames], ["3", "3"])

    def test_of_a_session_ends_with_exit_as_any_program_does(self):
        answer = self.session("import atexit; atexit.register(print, 'bye')", "raise SystemExit(3)")
        self.assertEqual((answer.outcome, answer.exit, answer.out), (EXITED, 3, "bye\n"))

    def test_of_a_session_outlives_its_module(self):
        answer = self.session("import sys; x = 5; sys.modules.clear()", "x", "x + 1")
        self.assertEqual(answer.value, "6")

    def test_takes_no_second_run_without_a_session(self):
        answer = zygote().ask([job("1"), job("2")])
        self.assertEqual((os.WEXITSTATUS(answer.status), len(answer.frames)), (75, 1))


class Await(Case):
    def test_at_top_level(self):
        code = (
            "import asyncio\n"
            "async def f(x):\n"
            "  await asyncio.sleep(0.001)\n"
            "  return x\n"
            "a = await f(1)\n"
            "print(a)\n"
            "await f(2)"
        )
        answer = self.returned(code)
        self.assertEqual((answer.out, answer.value), ("1\n", "2"))

    def test_shares_one_loop(self):
        code = """import asyncio
async def loop(): return asyncio.get_running_loop()
first = await loop()
(await loop()) is first"""
        self.assertEqual(self.returned(code).value, "True")

    def test_anywhere_means_a_loop_everywhere(self):
        first = (
            "import asyncio\nasync def f(): return 7\ntask = asyncio.create_task(f())\nawait task"
        )
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
        answer = self.raised(
            "import asyncio\nasync def f():\n  await asyncio.sleep(0)\n  1/0\nawait f()"
        )
        self.assertEqual((answer.type, answer.line), ("ZeroDivisionError", 4))
        self.assertNotIn("runners.py", answer.traceback)

    def test_asyncio_run_works_too(self):
        self.assertEqual(
            self.returned("import asyncio\nasync def f(): return 7\nasyncio.run(f())").value, "7"
        )
