"""Payload files: reading their header, and holding a result against what it expects.

The grammar is described at the top of Tests/Attacks/test_attacks.py.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parents[1] / "Attacks"

# The first statements of every payload, word for word.
GUARD = "import os; assert os.uname().nodename == 'sandboa'  # only ever inside the walls"

DIRECTIVES = ("expect", "with", "each", "modes", "profiles", "timeout", "arrange")
PROFILES = ["compute", "interpreter"]
ARRANGEMENTS = {"zygotes", "marks", "listeners", "secrets", "neighbor"}

_QUOTED = r"""'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*\""""
_PART = re.compile(rf"(?:[^;'\"]|{_QUOTED})+")
_ITEM = re.compile(rf"(?:[^,'\"]|{_QUOTED})+")
_CLAUSE = re.compile(r"([a-z_]+(?:\.[a-z_]+)*)\s*(!~|~|<=|>=|=|\bin\b)\s*(.+)")


def _value(text: str) -> Any:
    """A Python literal, or the bare word itself."""
    try:
        return ast.literal_eval(text.strip())
    except (SyntaxError, ValueError):
        return text.strip()


@dataclass(frozen=True)
class Clause:
    """One demand on one field of a result, such as `status in memory,error`."""

    path: str
    relation: str
    wanted: Any

    @classmethod
    def parse(cls, text: str) -> Clause:
        match = _CLAUSE.fullmatch(text.strip())
        if not match:
            raise ValueError(f"not a clause: {text!r}")
        path, relation, rest = match.groups()
        wanted = [_value(m.group()) for m in _ITEM.finditer(rest)]
        return cls(path, relation, wanted if relation == "in" else _value(rest))

    def met_by(self, result: dict[str, Any]) -> bool:
        got: Any = result
        for step in self.path.split("."):
            got = got.get(step) if isinstance(got, dict) else None
        match self.relation:
            case "=":
                return got == self.wanted
            case "in":
                return got in self.wanted
            case "~":
                return isinstance(got, str) and re.search(self.wanted, got) is not None
            case "!~":
                return not isinstance(got, str) or re.search(self.wanted, got) is None
            case "<=":
                return got is None or got <= self.wanted
            case _:
                return got is not None and got >= self.wanted

    def __str__(self) -> str:
        return f"{self.path} {self.relation} {self.wanted!r}"


@dataclass(frozen=True)
class Payload:
    """One file of Tests/Attacks/Payloads."""

    path: Path
    text: str
    expectation: list[Clause]
    support: list[str] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    modes: list[str] = field(default_factory=lambda: ["root", "user"])
    profiles: list[str] = field(default_factory=lambda: list(PROFILES))
    timeout: int = 10_000
    arrangement: str | None = None

    @classmethod
    def read(cls, path: Path) -> Payload:
        text = path.read_text()
        header: dict[str, list[str]] = {}
        for line in text.splitlines():
            if not line.startswith("#"):
                break
            name, colon, rest = line[2:].partition(": ")
            if colon and name in DIRECTIVES:
                header.setdefault(name, []).append(rest)
        if not text.startswith("# expect: "):
            raise ValueError(f"{path.name}: the first line has to be `# expect: …`")
        arrangement = header.get("arrange", [None])[0]
        unknown = {*header.get("profiles", ["compute"])[0].split(",")} - {*PROFILES}
        if unknown:
            raise ValueError(f"{path.name}: unknown profiles {unknown}")
        if arrangement and arrangement not in ARRANGEMENTS:
            raise ValueError(f"{path.name}: unknown arrangement {arrangement!r}")
        return cls(
            path=path,
            text=text,
            expectation=[Clause.parse(m.group()) for m in _PART.finditer(header["expect"][0])],
            support=" ".join(header.get("with", [])).split(),
            words=" ".join(header.get("each", [])).split(),
            modes=header.get("modes", ["root,user"])[0].split(","),
            profiles=header.get("profiles", [",".join(PROFILES)])[0].split(","),
            timeout=int(header.get("timeout", ["10000"])[0]),
            arrangement=arrangement,
        )

    @property
    def name(self) -> str:
        return self.path.stem

    @property
    def code(self) -> str:
        """What is really sent: the support files first, then the payload."""
        parts = [(FOLDER / "Support" / f"{name}.py").read_text() for name in self.support]
        return "\n".join([*parts, self.text])

    def unmet(self, result: dict[str, Any]) -> list[str]:
        """The demands that a result does not meet."""
        return [str(clause) for clause in self.expectation if not clause.met_by(result)]


def payloads() -> list[Payload]:
    return [Payload.read(path) for path in sorted((FOLDER / "Payloads").glob("*.py"))]


def cases() -> Iterator[tuple[str, Payload, str | None]]:
    """Every payload under each of its profiles, once, or once per word of its `each`."""
    for profile in PROFILES:
        for payload in payloads():
            for word in payload.words or [None] if profile in payload.profiles else []:
                yield profile, payload, word
