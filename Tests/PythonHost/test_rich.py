"""What a program shows besides text, and that nothing it shows can cost it its result."""

import json
import os
import struct
import textwrap
import unittest
import zlib

from host import EXITED, HOME, SESSION, Case, job, site, zygote

PREVIEWS = os.path.join(os.path.dirname(HOME), "shown")

# Stands for matplotlib: figures by number, in a place where the real one keeps them.
PACKAGES = {
    "matplotlib/__init__.py": "",
    "matplotlib/_pylab_helpers.py": """
        class Gcf:
            figs = {}
            @classmethod
            def get_all_fig_managers(cls): return list(cls.figs.values())
            @classmethod
            def destroy_all(cls): cls.figs.clear()
    """,
    "matplotlib/figure.py": """
        class Figure:
            dpi = 100
            def __init__(self, picture): self.picture = picture
            def get_size_inches(self): return self.picture.get("size", (4, 3))
            def savefig(self, file, format, dpi):
                if "fails" in self.picture: raise self.picture["fails"]
                file.write(b"%d" % dpi + self.picture.get("bytes", b""))
        class SubFigure: pass
    """,
    "matplotlib/axes.py": """
        class Axes:
            def __init__(self, figure): self.figure = figure
            def get_figure(self, root): return self.figure
    """,
    "matplotlib/pyplot.py": """
        from types import SimpleNamespace
        from matplotlib._pylab_helpers import Gcf
        from matplotlib.axes import Axes
        from matplotlib.figure import Figure
        def figure(number, **picture):
            made = Figure(picture)
            canvas = SimpleNamespace(figure=made)
            Gcf.figs[number] = SimpleNamespace(num=number, canvas=canvas)
            return made
        def show(): raise AssertionError("the real one")
    """,
    "IPython/__init__.py": "",
    "IPython/display.py": "def display(*values): raise AssertionError('the real one')\n",
}
for path, text in PACKAGES.items():
    os.makedirs(os.path.dirname(os.path.join(site, path)), exist_ok=True)
    with open(os.path.join(site, path), "w") as file:
        file.write(textwrap.dedent(text))


def png(width, height):
    def chunk(kind, data):
        check = struct.pack(">I", zlib.crc32(kind + data))
        return struct.pack(">I", len(data)) + kind + data + check

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = zlib.compress(b"".join(b"\0" + bytes(width) for _ in range(height)))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


class RichCase(Case):
    def shown(self, code, **rest):
        answer = self.returned(code, **rest)
        return answer, json.loads(answer.shown or "[]")

    def notes(self, code, **rest):
        answer, items = self.shown(code, **rest)
        self.assertTrue(all(item["kind"] == "note" for item in items), items)
        return answer, [item["text"] for item in items]

    def picture(self, item):
        self.assertEqual(item["kind"], "picture")
        with open(os.path.join(PREVIEWS, str(item["preview"])), "rb") as file:
            preview = file.read()
        with open(os.path.join(HOME, item["file"]), "rb") as file:
            return preview, file.read()


class Values(RichCase):
    def test_that_are_plain_show_nothing(self):
        codes = ["", "1", "'x'", "[1]", "class A: pass\nA()", "class A: pass\nA", "lambda: 0"]
        codes += ["import fractions; fractions.Fraction(1, 2)", "import re; re.compile('')"]
        for code in codes:
            with self.subTest(code):
                self.assertIsNone(self.returned(code).shown)

    def test_tell_of_themselves(self):
        for method, mime, told, text in [
            ("html", "text/html", "'<b>ü</b>'", "<b>ü</b>"),
            ("markdown", "text/markdown", "'# x'", "# x"),
            ("markdown", "text/markdown", "('# x', {})", "# x"),
            ("json", "application/json", "{'a': [1, None]}", '{"a": [1, null]}'),
            ("mimebundle", "text/html", "{'text/html': '<i>', 'text/plain': 'i'}", "<i>"),
            ("mimebundle", "text/html", "({'text/html': '<i>'}, {})", "<i>"),
            ("html", "text/html", "'\\ud800'", "?"),
        ]:
            arguments = "self, include=None, exclude=None"
            code = f"class A:\n  def _repr_{method}_({arguments}): return {told}\nA()"
            with self.subTest(code):
                answer, items = self.shown(code)
                self.assertEqual(items, [{"kind": "text", "mime": mime, "text": text}])
                self.assertIn("A object", answer.value)

    def test_show_one_form_and_the_richest(self):
        code = (
            "class A:\n  def _repr_html_(self): return 'html'\n"
            "  def _repr_markdown_(self): return {}\nA()"
        )
        self.assertEqual(self.shown(code.format("'md'"))[1][0]["text"], "md")
        self.assertEqual(self.shown(code.format("None"))[1][0]["text"], "html")

    def test_that_are_pictures_become_files(self):
        data = png(3, 2)
        for told in (repr(data), f"__import__('base64').b64encode({data!r}).decode()"):
            code = f"class A:\n  def _repr_png_(self): return {told}\nA()"
            [item] = self.shown(code)[1]
            self.assertEqual(self.picture(item), (data, data))
            self.assertRegex(item["file"], r"^picture-\d+\.png$")

    def test_that_are_drawings_or_long_texts_become_files(self):
        for method, told, ending in [
            ("svg", "'<svg/>'", ".svg"),
            ("html", "'x' * 20_001", ".html"),
            ("json", "[0] * 20_000", ".json"),
        ]:
            code = f"class A:\n  def _repr_{method}_(self): return {told}\nA()"
            _, [note] = self.notes(code)
            name = note.split()[-1]
            self.assertTrue(name.endswith(ending), note)
            self.assertTrue(os.path.getsize(os.path.join(HOME, name)) > 5)

    def test_of_a_class_that_answers_to_everything_are_plain(self):
        self.assertIsNone(self.returned("from unittest.mock import MagicMock\nMagicMock()").shown)
        code = "class A:\n  def __getattr__(self, name): return lambda *a: '<b>'\nA()"
        self.assertIsNone(self.returned(code).shown)


class HostileValues(RichCase):
    """Each is a note, and the result is there."""

    def hostile(self, body, method="html", options="", **rest):
        code = f"class A:\n  def __repr__(self): return 'me'\n  def _repr_{method}_(self):\n"
        code += textwrap.indent(textwrap.dedent(body), "    ") + f"\n{options}\nA()"
        answer, notes = self.notes(code, **rest)
        self.assertEqual(answer.value, "me")
        self.assertEqual(len(notes), 1, notes)
        return notes[0]

    def test_that_raise(self):
        self.assertEqual(
            self.hostile("raise ValueError('no ü')"), "_repr_html_ failed: ValueError: no ü"
        )
        for raised in ("SystemExit(3)", "KeyboardInterrupt", "MemoryError", "BaseException"):
            self.assertIn("_repr_html_ failed", self.hostile(f"raise {raised}"))

    def test_whose_exception_fails_too(self):
        bad = "class E(Exception):\n  def __str__(self): raise E\nraise E"
        self.assertEqual(self.hostile(bad), "_repr_html_ failed: E")

    def test_that_recurse(self):
        self.assertIn("RecursionError", self.hostile("return self._repr_html_()"))

    def test_of_the_wrong_type(self):
        for told in ("5", "b'x'", "[]", "object()", "type", "((), 2)"):
            self.assertIn("text was expected", self.hostile(f"return {told}"))
        self.assertIn("bytes were expected", self.hostile("return 5", method="png"))
        self.assertIn("Error", self.hostile("return '!'", method="png"))

    def test_of_a_gigabyte(self):
        told = self.hostile("return 'x' * (1 << 30)", data_mib=300)
        self.assertIn("MemoryError", told)

    def test_that_never_end(self):
        note = self.hostile("while True: pass", timeout=30_000)
        self.assertIn("stopped after", note)

    def test_after_the_program_has_wrecked_the_interpreter(self):
        for wreck in (
            "import json; json.dumps = None",
            "import json, sys; sys.modules.clear()",
            "import signal; signal.setitimer = None",
            "import os; os.open = os.path.join = None",
            "import sys; sys.setrecursionlimit(60)",
            "import builtins; builtins.len = builtins.sum = None",
        ):
            code = f"class A:\n  def _repr_html_(self): return '<b>'\nx = A()\n{wreck}\nx"
            with self.subTest(wreck):
                answer = self.returned(code)
                self.assertIn("A object", answer.value)
                json.loads(answer.shown or "[]")


class Bounds(RichCase):
    loop = (
        "from IPython.display import display\nclass A:\n"
        "  def _repr_html_(self): return 'x' * {}\nfor i in range({}): display(A())"
    )

    def test_hold_for_the_count(self):
        _, items = self.shown(self.loop.format(1, 500))
        self.assertEqual([item["kind"] for item in items], ["text"] * 63 + ["note"])

    def test_hold_for_the_bytes(self):
        answer, items = self.shown(self.loop.format(20_000, 60))
        self.assertLess(len(answer.shown), 256 << 10)
        self.assertEqual([item["kind"] for item in items], ["text"] * 12 + ["note"])


class Figures(RichCase):
    plt = "import matplotlib.pyplot as plt\n"

    def test_left_open_are_shown_by_number(self):
        code = self.plt + "plt.figure(2, bytes=b'second')\nplt.figure(1, bytes=b'first')\nNone"
        _, items = self.shown(code)
        self.assertEqual([self.picture(item)[1] for item in items], [b"100first", b"100second"])

    def test_are_shown_once_when_they_are_the_value_too(self):
        for value in ("f", "plt.Axes(f)", "plt.Axes(plt.Figure({'bytes': b'other'}))"):
            _, items = self.shown(self.plt + f"f = plt.figure(1)\n{value}")
            self.assertEqual(len(items), 2 if "other" in value else 1)

    def test_in_a_loop_are_one_each(self):
        code = self.plt + "for i in range(3):\n  plt.figure(1, bytes=b'%d' % i)\n  plt.show()"
        _, items = self.shown(code)
        self.assertEqual([self.picture(i)[1] for i in items], [b"1000", b"1001", b"1002"])

    def test_shown_before_an_exception_are_shown(self):
        code = self.plt + "plt.figure(1, bytes=b'a')\nplt.show()\nplt.figure(1)\n1/0"
        self.assertEqual(len(json.loads(self.raised(code).shown)), 1)

    def test_left_open_at_exit_are_shown(self):
        answer = self.run_code(self.plt + "plt.figure(1)\nraise SystemExit(3)")
        self.assertEqual((answer.outcome, answer.exit), (EXITED, 3))
        self.assertEqual(len(json.loads(answer.shown)), 1)

    def test_too_large_are_drawn_smaller(self):
        _, [note, item] = self.shown(self.plt + "plt.figure(1, size=(200, 200))\nNone")
        self.assertIn("200 x 200 inches is drawn with 20 dots", note["text"])
        self.assertEqual(self.picture(item)[1], b"20")

    def test_that_cannot_be_drawn_are_notes(self):
        for failure in ("ValueError('x')", "KeyboardInterrupt()", "MemoryError()"):
            code = self.plt + f"plt.figure(1, fails={failure})\nplt.figure(2)\n5"
            answer, items = self.shown(code)
            self.assertEqual((answer.value, [i["kind"] for i in items]), ("5", ["note", "picture"]))

    def test_of_odd_sizes_are_notes(self):
        for size in ("(0, 1)", "('a', 1)", "()", "(1e300, 1e300)"):
            answer, items = self.shown(self.plt + f"plt.figure(1, size={size})\n5")
            self.assertEqual(answer.value, "5")
            self.assertIn("note", [item["kind"] for item in items])

    def test_of_a_session_are_shown_after_each_call(self):
        codes = ["plt.figure(1, bytes=b'a'); None", "7", "plt.figure(1, bytes=b'b'); None"]
        codes[0] = self.plt + codes[0]
        answer = zygote().ask([job(code, flags=SESSION) for code in codes])
        counts = [len(json.loads(frame.get("shown", "[]"))) for frame in answer.frames]
        self.assertEqual(counts, [1, 0, 1])


if __name__ == "__main__":
    unittest.main()
