"""The profiles that ship, and how a test puts one in another's place."""

from __future__ import annotations

import re
from pathlib import Path

from Harness.server import PROJECT

FOLDER = PROJECT / "sandbox" / "profiles"


def changed(profile: str, folder: Path, file: str, /, **changes: str) -> Path:
    """A profile that ships, with some of its lines changed, as a file any user can read."""
    text = (FOLDER / f"{profile}.yaml").read_text()
    for key, value in changes.items():
        text, found = re.subn(rf"(?m)^(\s*){key}:.*$", rf"\g<1>{key}: {value}", text)
        assert found == 1, f"the profile has {found} lines named {key}"
    path = folder / f"{file}.yaml"
    path.write_text(text)
    path.chmod(0o644)
    return path


def as_compute(name: str, folder: Path) -> list[str]:
    """Options of a server that runs `python_execute` under another profile's walls."""
    if name == "compute":
        return []
    return ["--profile", f"compute={changed(name, folder, f'{name}-as-compute', name='compute')}"]
