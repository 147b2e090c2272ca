"""The built server, started as root or as an ordinary user.

Both ways are tested, because the walls differ: root gives each slot a user of its own, an ordinary
user gets them inside a user namespace. As root, the ordinary user is one that exists nowhere else.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from Harness.client import StdioClient

PROJECT = Path(__file__).resolve().parents[2]

# In no password file, so nothing else on the machine runs as this user.
ORDINARY_USER = 65500

# What a machine may have set for its package index and proxy; only an environment's build sees it.
INDEX_SETTINGS = ("PIP_", "SSL_CERT_", "HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY", "REQUESTS_CA_")


def modes() -> list[str]:
    """The ways this test run can start the server: only root can start it both ways."""
    return ["root", "user"] if os.geteuid() == 0 else ["user"]


@dataclass(frozen=True)
class Server:
    """How to start `sandboa` in one mode, with a home directory of its own."""

    mode: str
    program: Path
    home: Path

    @classmethod
    def make(cls, mode: str, program: Path, below: Path) -> Server:
        home = below / f"home-{mode}"
        home.mkdir(mode=0o700)
        server = cls(mode, program, home)
        if server._changes_user:
            os.chown(home, ORDINARY_USER, ORDINARY_USER)
        return server

    @property
    def _changes_user(self) -> bool:
        return self.mode == "user" and os.geteuid() == 0

    def give(self, folder: Path) -> None:
        """Lets the server's user write into a folder, and others read it."""
        if self._changes_user:
            os.chown(folder, ORDINARY_USER, ORDINARY_USER)
        folder.chmod(0o755)

    @property
    def environment(self) -> dict[str, str]:
        """All that the server sees: nothing of the machine's own settings."""
        return {
            "HOME": str(self.home),
            "XDG_STATE_HOME": str(self.home / "state"),
            "PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
            "LANG": "C.UTF-8",
        }

    def command(self, *arguments: str) -> list[str]:
        """The whole command line, for a test that starts the process itself."""
        line = [str(self.program), *arguments]
        if not self._changes_user:
            return line
        user = str(ORDINARY_USER)
        return ["setpriv", f"--reuid={user}", f"--regid={user}", "--clear-groups", "--", *line]

    def run(
        self, *arguments: str, timeout: float = 60, stdin: str = "", **environment: str
    ) -> subprocess.CompletedProcess[str]:
        """Runs one command to its end, and gives its exit code, output and errors."""
        return subprocess.run(
            self.command(*arguments),
            input=stdin,
            capture_output=True,
            text=True,
            timeout=timeout,
            cwd=self.home.parent,
            env={**self.environment, **environment},
            check=False,
        )

    def build_environment(self, name: str) -> None:
        """`sandboa env build NAME`, with the machine's package index settings."""
        settings = {k: v for k, v in os.environ.items() if k.upper().startswith(INDEX_SETTINGS)}
        done = self.run("env", "build", name, timeout=300, **settings)
        assert done.returncode == 0, f"sandboa env build {name}: {done.stderr}"

    def serve(self, *options: str) -> list[str]:
        """The command line of a server. Without a policy of its own, nothing is limited: a test of
        something else makes more calls than any agent may."""
        mild = [] if "--policy" in options else ["--policy", "permissive"]
        return self.command("serve", *mild, *options)

    def connect(self, *options: str, **keywords) -> StdioClient:
        """`sandboa serve` and a plain client for it. Use it with `with`."""
        return StdioClient(
            self.serve(*options),
            environment=self.environment,
            folder=self.home.parent,
            **keywords,
        )

    @asynccontextmanager
    async def official(self, *options: str, era: str = "legacy", **callbacks):
        """`sandboa serve` and the official SDK's session, past its greeting.

        `era` is "legacy" (initialize) or "modern" (server/discover); callbacks are ClientSession's.
        """
        from mcp import ClientSession, StdioServerParameters
        from mcp.client.stdio import stdio_client

        command, *arguments = self.serve(*options)
        parameters = StdioServerParameters(
            command=command, args=arguments, env=self.environment, cwd=self.home.parent
        )
        async with stdio_client(parameters, errlog=sys.__stderr__) as (incoming, outgoing):
            async with ClientSession(incoming, outgoing, **callbacks) as session:
                await (session.initialize() if era == "legacy" else session.discover())
                yield session


def install(below: Path) -> Path:
    """Copies the built server to where any user can read it, and gives its program."""
    prefix = below / "prefix"
    subprocess.run(
        ["make", "-C", str(PROJECT), "install-files", f"PREFIX={prefix}", "DESTDIR="],
        check=True,
        timeout=60,
        stdout=subprocess.DEVNULL,
    )
    return prefix / "bin" / "sandboa"


def scratch() -> tempfile.TemporaryDirectory[str]:
    """A directory for one test run that other users may enter."""
    folder = tempfile.TemporaryDirectory(prefix="sandboa-tests-")
    os.chmod(folder.name, 0o755)
    return folder
