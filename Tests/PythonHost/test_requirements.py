"""Are the packages a program names installed?"""

import json
import os
import subprocess
import unittest

from host import Case, INLINE, INVALID, RETURNED, UNSATISFIED, Zygote, job, site


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


class Requirements(Case):
    @classmethod
    def setUpClass(cls):
        try:
            subprocess.run(
                [
                    "python3",
                    "-m",
                    "pip",
                    "install",
                    "-q",
                    "--disable-pip-version-check",
                    "--target",
                    site,
                    "packaging==24.2",
                ],
                check=True,
                timeout=120,
                capture_output=True,
            )
        except (subprocess.SubprocessError, OSError) as error:
            raise unittest.SkipTest(f"the package 'packaging' can't be had: {error}")
        install(
            "demo",
            "1.2",
            [
                "other>=2; extra == 'more'",
                "absent; extra == 'less'",
                "demo[more]; extra == 'round'",
                "demo[round]; extra == 'round'",
            ],
        )
        install("other", "2.0b1")
        install("linked", "1.0", url="https://example.org/linked-1.0.tar.gz")
        install("strange", "not-a-version")

    def unsatisfied(self, code, **rest):
        answer = self.run_code(code, **{"flags": INLINE, **rest})
        self.assertEqual(
            (answer.status, answer.out), (0, "" if answer.outcome != RETURNED else answer.out)
        )
        if answer.outcome == RETURNED:
            return []
        self.assertEqual(answer.outcome, UNSATISFIED, answer.message)
        return [(one["requirement"], one["reason"]) for one in json.loads(answer.unsatisfied)]

    def test_of_a_job(self):
        table = [
            (["demo"], None),
            (["demo>=1,<2"], None),
            (["Demo ==1.2"], None),
            (["demo>=2"], "1.2 is installed"),
            (["nothing"], "not installed"),
            (["other"], None),
            (["other>=2.0a1"], None),
            (["other>=1.9"], None),
            (["demo[more]"], "other 2.0b1"),
            (["demo[less]"], "absent is not installed"),
            (["demo[unheard-of]"], None),
            (["nothing; python_version < '3'"], None),
            (["nothing; python_version > '3'"], "not installed"),
            (["nothing; sys_platform == 'win32'"], None),
            (["de mo"], "not a valid requirement"),
            ([""], "not a valid requirement"),
            (["../x"], "not a valid requirement"),
            (["-r x.txt"], "not a valid requirement"),
            (["linked @ https://example.org/linked-1.0.tar.gz"], None),
            (["demo @ https://example.org/demo.whl"], "not from"),
            (["strange>=1"], "not-a-version"),
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
            (
                '# /// script\n'
                '# dependencies = [\n'
                '#   "nothing",\n'
                '#   "demo>=1",\n'
                '#   "demo>5",\n'
                '# ]\n'
                '# ///\n'
                'print(1)',
                ["nothing", "demo>5"],
            ),
            ('# /// script\r\n# dependencies = ["nothing"]\r\n# ///\r\n', ["nothing"]),
            (
                "# /// script\n"
                "# dependencies = [\"nothing[a,b]>=1; python_version >= '3'\"]\n"
                "# ///\n",
                ["nothing[a,b]>=1; python_version >= '3'"],
            ),
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
            ("# /// script\n# [tool.x]\n# y = 1\n# ///\n", []),
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
        self.assertEqual(
            self.returned('# /// script\n# dependencies = ["nothing"]\n# ///\n5').value, "5"
        )

    def test_wrongly_stated_are_an_error(self):
        block = "# /// script\n# dependencies = {}\n# ///\n"
        table = [
            (block.format('["a"]') + "\n" + block.format('["b"]'), {}, "more than one"),
            (block.format('["a"'), {}, "not TOML"),
            (block.format("5"), {}, "list of strings"),
            (block.format("[5]"), {}, "list of strings"),
            ("# /// script\n# requires-python = 3\n# ///\n", {}, "string"),
            ("1", {"requirements": "{"}, "not JSON"),
            ("1", {"requirements": {"a": 1}}, "list of strings"),
            ("1", {"requirements": [1]}, "list of strings"),
            ("1", {"requirements": ["a%d" % i for i in range(1001)]}, "limit"),
        ]
        for code, rest, message in table:
            with self.subTest(code=code, **rest):
                answer = self.run_code(code, flags=INLINE, **rest)
                self.assertEqual((answer.status, answer.outcome), (0, INVALID))
                self.assertIn(message, answer.message)

    def test_in_thousands_stay_small(self):
        answer = self.run_code("1", requirements=["x" * 100 + str(i) for i in range(500)])
        self.assertEqual((answer.outcome, len(json.loads(answer.unsatisfied))), (UNSATISFIED, 100))


class RequirementsOfABareEnvironment(Case):
    def test_are_checked_with_the_systems_packaging_which_does_not_count(self):
        bare = Zygote()
        self.addCleanup(bare.close)
        answer = bare.ask([job("print(1)", requirements=["packaging"])])
        self.assertEqual((answer.outcome, answer.out), (UNSATISFIED, ""))
        self.assertIn("packaging", json.loads(answer.unsatisfied)[0]["reason"])
        self.assertEqual(bare.ask([job("1", requirements=[])]).outcome, RETURNED)
