"""The job that lists packages, on metadata as installers write it and as nobody should."""

import json
import os
import shutil
import tempfile
import time

from host import Case, Zygote, job, site

CODE = os.path.join(os.environ["SBX_PRELUDE"], "packages.py")
MIB = 1 << 20


class Packages(Case):
    def setUp(self):
        self.place = tempfile.mkdtemp(prefix="sbx-packages-")
        self.addCleanup(shutil.rmtree, self.place)
        with open(CODE) as file:
            self.code = file.read()

    def write(self, entry, text, name="METADATA"):
        """Metadata of one package, with this text (or bytes) in it."""
        directory = os.path.join(self.place, entry)
        os.makedirs(directory, exist_ok=True)
        with open(os.path.join(directory, name), "wb") as file:
            file.write(text if isinstance(text, bytes) else text.encode())

    def ask(self, places="own", most=10_000):
        places = [self.place] if places == "own" else places
        context = {"places": places, "most": most}
        return self.run_code(self.code, context=context, limit=MIB, timeout=60_000)

    def told(self, **rest):
        answer = self.ask(**rest)
        self.assertEqual((answer.status, answer.outcome), (0, 0), answer.traceback or answer.err)
        self.assertEqual((answer.out, answer.total), ("", None))
        return json.loads(answer.value)

    def test_as_installers_write_it(self):
        self.write("Demo_One-1.2.dist-info", "Metadata-Version: 2\nName: Demo.One\nVersion: 1.2\n")
        self.write("six-1.16.dist-info", "Name: six\r\nVersion: 1.16\r\n\r\nVersion: 9\r\n")
        self.write("old.egg-info", "Name: old\nVersion: 0.9\n", name="PKG-INFO")
        with open(os.path.join(self.place, "single-3-py3.11.egg-info"), "w") as file:
            file.write("Name: single\nVersion: 3\n")
        os.mkdir(os.path.join(self.place, "demo_one"))
        told = self.told()
        names = [["Demo.One", "1.2"], ["old", "0.9"], ["single", "3"], ["six", "1.16"]]
        self.assertEqual(told["packages"], names)
        self.assertEqual((told["total"], told["notes"]), (4, []))

    def test_nothing_is_nothing_and_what_cannot_be_read_is_no_zero(self):
        self.assertEqual(self.told(), {"packages": [], "total": 0, "notes": []})
        missing = os.path.join(self.place, "missing")
        answer = self.ask(places=[missing])
        self.assertEqual((answer.outcome, answer.type), (1, "FileNotFoundError"))

    def test_a_fault_is_a_note_and_is_counted(self):
        table = {
            "nothing-1.dist-info": ("x", None, "neither METADATA nor PKG-INFO"),
            "noversion-1.dist-info": ("Name: noversion\n", "METADATA", "no version"),
            "noname-1.dist-info": ("Version: 1\n", "METADATA", "no name"),
            "empty-1.dist-info": ("", "METADATA", "neither METADATA nor PKG-INFO"),
            "below-1.dist-info": ("\nName: below\nVersion: 1\n", "METADATA", "no name"),
            "badname-1.dist-info": ("Name: a b\nVersion: 1\n", "METADATA", "name that is none"),
            "badversion-1.dist-info": ("Name: b\nVersion: \x1b[2J\n", "METADATA", "version that"),
            "~eft-1.dist-info": ("Name: eft\nVersion: 1\n", "METADATA", "interrupted"),
            "bytes-1.dist-info": (b"\xff\xfe\x00\x01" * 100, "METADATA", "no name"),
            "late-1.dist-info": (b"X: y\n" * 20_000 + b"Name: late\n", "METADATA", "no name"),
        }
        for entry, (text, name, _) in table.items():
            self.write(entry, text, name=name or "RECORD")
        told = self.told()
        self.assertEqual((told["packages"], told["total"]), ([], len(table)))
        for entry, (_, _, reason) in table.items():
            (note,) = [note for note in told["notes"] if note.startswith(ascii(entry))]
            self.assertIn(reason, note)
            self.assertTrue(note.isprintable())

    def test_what_is_no_file_is_not_waited_for(self):
        for entry in ("pipe-1.dist-info", "loop-1.dist-info", "dir-1.dist-info"):
            os.mkdir(os.path.join(self.place, entry))
        os.mkfifo(os.path.join(self.place, "pipe-1.dist-info", "METADATA"))
        os.symlink("METADATA", os.path.join(self.place, "loop-1.dist-info", "METADATA"))
        os.mkdir(os.path.join(self.place, "dir-1.dist-info", "METADATA"))
        os.symlink("self-1.dist-info", os.path.join(self.place, "self-1.dist-info"))
        told = self.told()
        self.assertEqual((told["packages"], told["total"], len(told["notes"])), ([], 4, 4))

    def test_what_is_not_utf_8_is_told_with_a_note(self):
        self.write("latin-1.dist-info", b"Name: latin\nAuthor: J\xfcrgen\nVersion: 1\n")
        told = self.told()
        self.assertEqual((told["packages"], told["total"]), ([["latin", "1"]], 1))
        self.assertIn("not UTF-8", told["notes"][0])

    def test_ten_megabytes_of_metadata_are_not_read(self):
        text = b"Name: big\nVersion: 1\n\n" + b"x" * (10 * MIB)
        for number in range(20):
            self.write(f"big{number}-1.dist-info", text.replace(b"big", b"big%d" % number))
        begin = time.monotonic()
        self.assertEqual(self.told()["total"], 20)
        self.assertLess(time.monotonic() - begin, 5)

    def test_two_versions_of_one_package_are_both_told(self):
        self.write("demo-1.dist-info", "Name: demo\nVersion: 1\n")
        self.write("Demo-2.dist-info", "Name: Demo\nVersion: 2\n")
        self.write("demo.egg-info", "Name: demo\nVersion: 1\n", name="PKG-INFO")
        told = self.told()
        self.assertEqual((len(told["packages"]), told["total"], len(told["notes"])), (2, 2, 1))
        self.assertIn("more than once", told["notes"][0])

    def test_the_first_place_on_the_path_decides(self):
        other = tempfile.mkdtemp(prefix="sbx-packages-")
        self.addCleanup(shutil.rmtree, other)
        self.write("demo-1.dist-info", "Name: demo\nVersion: 1\n")
        shutil.copytree(self.place, other, dirs_exist_ok=True)
        with open(os.path.join(other, "demo-1.dist-info", "METADATA"), "w") as file:
            file.write("Name: demo\nVersion: 2\n")
        self.assertEqual(self.told(places=[self.place, other])["packages"], [["demo", "1"]])
        self.assertEqual(self.told(places=[other, self.place])["packages"], [["demo", "2"]])

    def test_without_places_it_is_what_programs_can_import(self):
        directory = os.path.join(site, "onpath-4.dist-info")
        os.mkdir(directory)
        self.addCleanup(shutil.rmtree, directory)
        with open(os.path.join(directory, "METADATA"), "w") as file:
            file.write("Name: onpath\nVersion: 4\n")
        self.assertIn(["onpath", "4"], self.told(places=None)["packages"])

    def test_nothing_in_the_place_is_imported(self):
        for module in ("email", "json", "csv", "importlib_metadata", "usercustomize"):
            with open(os.path.join(self.place, f"{module}.py"), "w") as file:
                file.write("print('imported')\nraise SystemExit(3)\n")
        with open(os.path.join(self.place, "evil.pth"), "w") as file:
            file.write("import os; os._exit(3)\n")
        self.write("demo-1.dist-info", "Name: demo\nVersion: 1\n")
        self.assertEqual(self.told()["packages"], [["demo", "1"]])
        # Neither where the place is on the path: the standard library comes first.
        zygote = Zygote(self.place)
        self.addCleanup(zygote.close)
        answer = zygote.ask([job(self.code, context={"places": None, "most": 9}, limit=MIB)])
        self.assertEqual((answer.status, answer.out), (0, ""))
        self.assertEqual(json.loads(answer.value)["packages"], [["demo", "1"]])

    def write_singles(self, count, name="p{}", version="1"):
        """Metadata in files, which are made faster than directories."""
        for number in range(count):
            with open(os.path.join(self.place, f"{number}.egg-info"), "w") as file:
                file.write(f"Name: {name.format(number)}\nVersion: {version}\n")

    def test_all_are_counted_when_not_all_are_listed(self):
        self.write_singles(3_000)
        told = self.told(most=1_000)
        self.assertEqual((told["total"], len(told["packages"])), (3_000, 1_000))
        self.assertEqual(told["notes"], ["2000 packages more are not listed"])

    def test_long_names_are_left_out_when_there_is_no_room(self):
        self.write_singles(6_000, name="n" * 90 + "{}", version="1" * 90)
        told = self.told()
        self.assertEqual(told["total"], 6_000)
        self.assertGreater(len(told["packages"]), 4_000)
        self.assertLess(len(told["packages"]), 6_000)
        self.assertIn("are not listed", told["notes"][-1])

    def test_more_entries_than_are_looked_at_are_no_count(self):
        smaller = self.code.replace("ENTRIES = 100_000", "ENTRIES = 50")
        self.assertNotEqual(smaller, self.code)
        self.code = smaller
        self.write_singles(50)
        self.assertEqual(self.told()["total"], 50)
        os.mkdir(os.path.join(self.place, "one more"))
        answer = self.ask()
        self.assertEqual((answer.outcome, answer.type), (1, "Fault"))
        self.assertIn("can't be counted", answer.message)

    def test_notes_are_few(self):
        for number in range(500):
            self.write(f"p{number}-1.dist-info", "")
        notes = self.told()["notes"]
        self.assertEqual((len(notes), notes[-1]), (21, "and 480 more of such notes"))
