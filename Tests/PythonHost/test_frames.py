"""Jobs that are no jobs."""

import struct

from host import (
    ARGV,
    CODE,
    CONTEXT,
    Case,
    DIRECTORY,
    FILENAME,
    FLAGS,
    INVALID,
    LIMIT,
    SEARCH_PATH,
    field,
    frame,
    job,
    zygote,
)


class Frames(Case):
    def test_that_are_broken_are_invalid_jobs(self):
        code = field(CODE, b"print(1)")
        broken = [
            b"",
            b"x",
            b"\0" * 12,
            frame(b""),
            frame(code, magic=1),
            frame(code, version=2),
            frame(code, kind=2),
            frame(code, length=3),
            frame(code, length=2**32 - 1),
            frame(code)[:-1],
            frame(code) + b"x",
            frame(code + code),
            frame(code + b"\1\0\0"),
            frame(field(99, b"") + code),
            frame(code + field(LIMIT, b"123")),
            frame(code + field(FLAGS, b"12345")),
            frame(code + field(FLAGS, b"\xff\xff\xff\xff")),
            frame(code + field(FILENAME, b"")),
            frame(code + field(FILENAME, b"a\0b")),
            frame(code + field(FILENAME, b"a" * 4096)),
            frame(code + field(DIRECTORY, b"")),
            frame(code + field(DIRECTORY, b"relative")),
            frame(code + field(DIRECTORY, b"/a\0b")),
            frame(code + field(DIRECTORY, b"/" + b"a" * 4095)),
            frame(code + field(DIRECTORY, b"/nowhere")),
            frame(code + field(DIRECTORY, b"/usr/bin/env")),
            frame(code + field(SEARCH_PATH, b"relative")),
            frame(code + field(SEARCH_PATH, b"/usr") * 2),
            frame(code + field(FILENAME, b"\xff")),
            frame(field(CODE, b"\xff\xfe")),
            frame(field(CODE, b"a\0b")),
            frame(code + field(ARGV, b"[" * 100_000)),
            frame(code + field(CONTEXT, b"\xff")),
            frame(struct.pack("<HHI", CODE, 1, 0)),
            frame(struct.pack("<HHI", CODE, 0, 2**32 - 1)),
            frame(struct.pack("<HHI", CODE, 0, 5) + b"1234"),
            frame(field(0, b"") + code),
        ]
        for bytes_ in broken:
            with self.subTest(bytes_[:40]):
                answer = zygote().ask([bytes_])
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
            answer = zygote().ask([bytes(bytes_)])
            self.assertEqual(answer.status, 0)
            self.assertIsNotNone(answer.outcome)
