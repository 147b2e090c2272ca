"""`sandboa repl --json` as a child: cells and commands in, one answer a line."""

from __future__ import annotations

import json
from typing import Any

from Harness.client import Message, StdioClient
from Harness.server import Server


class Repl(StdioClient):
    """Sessions from a pipe. Use it with `with`."""

    @classmethod
    def of(cls, server: Server, *options: str, **keywords: Any) -> Repl:
        return cls(
            server.command("repl", "--json", *options),
            environment=server.environment,
            folder=server.home.parent,
            **keywords,
        )

    def begin(self, code: str) -> None:
        """Sends a cell of any number of lines, without waiting for its answer."""
        self.send_bytes(f"exec({code!r})\n".encode() if "\n" in code else f"{code}\n".encode())

    def finish(self, timeout: float | None = None) -> Message:
        return json.loads(self.read_line(timeout))

    def run(self, code: str, timeout: float | None = None) -> Message:
        """Runs a cell and gives what became of it."""
        self.begin(code)
        return self.finish(timeout)

    def value(self, code: str) -> str | None:
        """The value of a cell that has to succeed."""
        answer = self.run(code)
        assert answer.get("status") == "ok", answer
        return answer.get("result")

    def block(self, code: str) -> Message:
        """Runs a cell as a person would type it, up to the blank line that ends it."""
        self.send_bytes(f"{code}\n\n".encode())
        return self.finish()

    def ask(self, line: str) -> Any:
        """A command that has to succeed; gives its answer."""
        self.send_bytes(f":{line}\n".encode())
        told = self.finish()
        assert "error" not in told, told
        return told["answer"]

    def refusal(self, line: str) -> Message:
        """A command that has to be refused; gives code and reason."""
        self.send_bytes(f":{line}\n".encode())
        told = self.finish()
        assert "error" in told, told
        return told["error"]

    def switch(self, session: str) -> None:
        self.ask(f"switch {session}")

    def branch(self, *arguments: str) -> str:
        """Branches the present session and gives the new one's id."""
        return self.ask(" ".join(["branch", *arguments]))["session"]
