"""Which packages are installed: a job of sandboa's own, run in a worker like any other.

The caller gives `places`, directories of packages, or None for those that programs import from, and
`most`, how many packages to list. What is found there may be hostile: metadata is read and bounded,
nothing is imported, and the standard library is imported before anything of it can be. The value is
one JSON object: packages ([name, version] by name), total, notes.
"""

import json
import os
import re
import stat
import sys
from importlib import metadata
from itertools import islice

ENTRIES = 100_000  # names in one directory; beyond, the count would not be known
HEAD_BYTES = 65_536  # of one METADATA: name and version are among its first lines
TEXT_CHARACTERS = 900_000  # of all packages, as JSON: a value holds 1 MiB
NOTES = 20
SUFFIXES = (".dist-info", ".egg-info")
NAME = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._-]{0,98}[A-Za-z0-9])?")
VERSION = re.compile(r"[A-Za-z0-9][A-Za-z0-9.!+_-]{0,99}")


class Fault(Exception):
    """A package that can't be told; the message says why."""


class Installed(metadata.Distribution):
    """One package by its metadata directory, or by the file that old installers wrote."""

    def __init__(self, path):
        self.path = path
        self.is_text = True

    def read_text(self, filename):
        """The headers of a metadata file; None when there is none. "" is the path itself."""
        if not filename and os.path.isdir(self.path):
            raise Fault("it has neither METADATA nor PKG-INFO")
        try:
            head = _head(os.path.join(self.path, filename) if filename else self.path)
        except (FileNotFoundError, NotADirectoryError):
            return None
        text = head.decode(errors="replace")
        self.is_text = self.is_text and "\ufffd" not in text
        return text

    def locate_file(self, path):
        return os.path.join(os.path.dirname(self.path), path)


class Listing:
    """What has been found so far. The first place that has a package decides its version."""

    def __init__(self):
        self.found = {}  # by place and normalized name: {version: name}
        self.faults = 0
        self.notes = []
        self.unsaid = 0

    def note(self, subject, reason):
        if len(self.notes) < NOTES:
            self.notes.append(f"{ascii(subject[:100])}: {reason[:200]}")
        else:
            self.unsaid += 1

    def look(self, place):
        """Adds the packages of one directory."""
        with os.scandir(place) as entries:
            names = [entry.name for entry in islice(entries, ENTRIES + 1)]
        if len(names) > ENTRIES:
            raise Fault(f"{place} has more than {ENTRIES} entries: its packages can't be counted")
        here = {}
        for entry in sorted(name for name in names if name.endswith(SUFFIXES)):
            try:
                name, version = self._package(place, entry)
            except Exception as error:
                self.faults += 1
                self.note(entry, _reason(error))
            else:
                here.setdefault(_normalized(name), {})[version] = name
        for key, versions in here.items():
            if len(versions) > 1:
                self.note(key, f"is there more than once: {', '.join(versions)}")
            self.found.setdefault(key, versions)

    def _package(self, place, entry):
        if entry.startswith("~"):
            raise Fault("an installation that was interrupted has left it")
        installed = Installed(os.path.join(place, entry))
        headers = installed.metadata
        name, version = headers.get("Name"), headers.get("Version")
        for value, pattern, what in ((name, NAME, "name"), (version, VERSION, "version")):
            if not value:
                raise Fault(f"its metadata tells no {what}")
            if not pattern.fullmatch(value):
                raise Fault(f"its metadata tells a {what} that is none")
        if not installed.is_text:
            self.note(entry, "its metadata is not UTF-8")
        return name, version

    def answer(self, most):
        """All of it as JSON, whole or with a note on how much is left out."""
        packages = [
            [name, version]
            for _, versions in sorted(self.found.items())
            for version, name in versions.items()
        ]
        total = len(packages) + self.faults
        listed, room = [], TEXT_CHARACTERS
        for package in packages[:most]:
            room -= len(json.dumps(package)) + 2
            if room < 0:
                break
            listed.append(package)
        if len(listed) < len(packages):
            self.notes.append(f"{len(packages) - len(listed)} packages more are not listed")
        if self.unsaid:
            self.notes.append(f"and {self.unsaid} more of such notes")
        return json.dumps({"packages": listed, "total": total, "notes": self.notes})


class Text:
    """A value that is shown as it is, without quotes."""

    def __init__(self, text):
        self.text = text

    def __repr__(self):
        return self.text


def _head(path):
    """A file's first bytes, up to the empty line that ends the headers."""
    handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC)
    try:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            raise Fault("its metadata is no file")
        parts, size = [], 0
        while size < HEAD_BYTES and (part := os.read(handle, HEAD_BYTES - size)):
            parts.append(part)
            size += len(part)
    finally:
        os.close(handle)
    return re.split(rb"\r?\n\r?\n", b"".join(parts), maxsplit=1)[0]


def _normalized(name):
    return re.sub(r"[-_.]+", "-", name).lower()


def _reason(error):
    if isinstance(error, Fault):
        return str(error)
    if isinstance(error, OSError):
        return f"its metadata can't be read: {error.strerror}"
    return f"its metadata can't be read: {type(error).__name__}"


def _all(places):
    listing = Listing()
    if places is None:
        for place in sys.path:
            if os.path.isdir(place):
                listing.look(place)
    else:
        for place in places:
            listing.look(place)
    return listing


Text(_all(places).answer(most))
