"""A plain JSON-RPC client over a child's standard streams.

It hides nothing: any bytes can be sent, every line that comes back can be looked at. Each wait has
a limit, and a server that breaks the protocol fails the test that talks to it.
"""

from __future__ import annotations

import json
import os
import queue
import subprocess
import tempfile
import threading
import time
from pathlib import Path
from typing import Any

LEGACY = "2025-11-25"
MODERN = "2026-07-28"

Message = dict[str, Any]


class StdioClient:
    """A child that speaks line by line. Entering starts it, leaving ends it and checks that."""

    # The server's promise: seconds from the end of its input to the end of everything.
    FAREWELL = 2.0

    def __init__(
        self,
        command: list[str],
        *,
        environment: dict[str, str] | None = None,
        folder: Path | None = None,
        revision: str = LEGACY,
        capabilities: Message | None = None,
        timeout: float = 30,
    ) -> None:
        self.command = command
        self.environment = environment
        self.folder = folder
        self.revision = revision
        self.capabilities = capabilities or {}
        self.timeout = timeout
        # How the server may end. A test that ends it in another way says so here.
        self.exit_codes = {0}
        self.notifications: list[Message] = []
        self._answers: dict[Any, Message] = {}
        self._lines: queue.Queue[bytes | None] = queue.Queue()
        self._next = 0

    # Life

    def __enter__(self) -> StdioClient:
        self._errors = tempfile.TemporaryFile()
        self.process = subprocess.Popen(
            self.command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._errors,
            env=self.environment,
            cwd=self.folder,
            bufsize=0,
        )
        self._reader = threading.Thread(target=self._read_lines, daemon=True)
        self._reader.start()
        return self

    def __exit__(self, failed: type[BaseException] | None, *_: object) -> None:
        try:
            code = self.close()
        finally:
            self._errors.close()
        if failed is None:
            assert code in self.exit_codes, f"the server exited with {code}"

    def _read_lines(self) -> None:
        with self.process.stdout as stream:
            buffer = b""
            while chunk := stream.read(1 << 16):
                *lines, buffer = (buffer + chunk).split(b"\n")
                for line in lines:
                    self._lines.put(line)
            if buffer:
                self._lines.put(buffer)
        self._lines.put(None)

    def close(self) -> int:
        """Ends the input and gives the exit code. A server that stays too long fails the test."""
        if not self.process.stdin.closed:
            self.process.stdin.close()
        try:
            code = self.process.wait(self.FAREWELL)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
            raise AssertionError(
                f"the server still ran {self.FAREWELL} s after the end of its input"
            ) from None
        finally:
            self._reader.join(self.FAREWELL)
        return code

    def errors(self) -> str:
        """What the server has written to its standard error so far."""
        # The descriptor is shared with the server, and so is its position: look, don't move it.
        size = os.fstat(self._errors.fileno()).st_size
        return os.pread(self._errors.fileno(), size, 0).decode(errors="replace")

    # Out

    def send_bytes(self, data: bytes) -> None:
        """Exactly these bytes, a line or not."""
        view = memoryview(data)
        while view:
            view = view[self.process.stdin.write(view) :]

    def send(self, message: Message | list[Any]) -> None:
        self.send_bytes(json.dumps(message, separators=(",", ":")).encode() + b"\n")

    def notify(self, method: str, **params: Any) -> None:
        self.send({"jsonrpc": "2.0", "method": method, "params": self._enveloped(params)})

    def post(self, method: str, params: Message | None = None) -> int:
        """Sends a request and gives its id, without waiting: `answer` waits."""
        self._next += 1
        body = {"jsonrpc": "2.0", "id": self._next, "method": method}
        self.send({**body, "params": self._enveloped(params or {})})
        return self._next

    def _enveloped(self, params: Message) -> Message:
        if self.revision != MODERN:
            return params
        prefix = "io.modelcontextprotocol/"
        meta = {
            f"{prefix}protocolVersion": MODERN,
            f"{prefix}clientCapabilities": self.capabilities,
            f"{prefix}clientInfo": {"name": "sandboa-tests", "version": "1"},
        }
        return {**params, "_meta": {**meta, **params.get("_meta", {})}}

    # In

    def read_line(self, timeout: float | None = None) -> bytes:
        """The next line as it came. Raises TimeoutError, or EOFError at the end of the output."""
        try:
            line = self._lines.get(timeout=self.timeout if timeout is None else timeout)
        except queue.Empty:
            raise TimeoutError(f"no line came; the server said: {self.errors()}") from None
        if line is None:
            self._lines.put(None)
            raise EOFError(f"the server closed its output; it said: {self.errors()}")
        return line

    def read(self, timeout: float | None = None) -> Message:
        """The next message: nothing but JSON objects may come."""
        line = self.read_line(timeout)
        message = json.loads(line)
        assert isinstance(message, dict) and message.get("jsonrpc") == "2.0", line
        return message

    def answer(self, identifier: Any, timeout: float | None = None) -> Message:
        """The response to one request; others that come first are kept, notifications too."""
        deadline = time.monotonic() + (self.timeout if timeout is None else timeout)
        while identifier not in self._answers:
            message = self.read(max(0.0, deadline - time.monotonic()))
            if "method" in message:
                self.notifications.append(message)
            else:
                assert message["id"] not in self._answers, f"answered twice: {message}"
                self._answers[message["id"]] = message
        return self._answers.pop(identifier)

    def silence(self, seconds: float) -> None:
        """Fails when anything comes within this time."""
        try:
            line = self.read_line(seconds)
        except TimeoutError:
            return
        raise AssertionError(f"nothing should have come, but this did: {line!r}")

    # Both

    def request(self, method: str, params: Message | None = None, **options: Any) -> Message:
        """Sends a request and gives its result; an error response fails the test."""
        response = self.answer(self.post(method, params), **options)
        assert "result" in response, response
        return response["result"]

    def greet(self) -> Message:
        """What a client of this revision says first, and the server's description of itself."""
        if self.revision == MODERN:
            return self.request("server/discover")
        result = self.request(
            "initialize",
            {
                "protocolVersion": self.revision,
                "capabilities": self.capabilities,
                "clientInfo": {"name": "sandboa-tests", "version": "1"},
            },
        )
        self.notify("notifications/initialized")
        return result

    def call(self, tool: str, timeout: float | None = None, **arguments: Any) -> Message:
        """Calls a tool and gives its result, errors of the tool included."""
        return self.request("tools/call", {"name": tool, "arguments": arguments}, timeout=timeout)
