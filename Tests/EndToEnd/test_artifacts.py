"""What a run leaves in its working directory, and what it prints beyond what a result shows."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from Harness.client import Message, StdioClient
from Harness.execution import answer, run
from Harness.server import Server


@pytest.fixture(scope="module")
def client(server: Server) -> Iterator[StdioClient]:
    with server.connect() as client:
        client.greet()
        yield client


def left(client: StdioClient, code: str) -> tuple[dict[str, Message], str]:
    """The artifacts of a run by name, and its notes."""
    outcome = run(client, "import os\n" + code)
    assert outcome["status"] == "ok", outcome
    artifacts = {artifact["name"]: artifact for artifact in outcome["artifacts"]}
    assert len(artifacts) == len(outcome["artifacts"])
    return artifacts, "\n".join(outcome.get("notes", []))


def test_a_run_that_leaves_nothing_has_no_artifacts(client):
    artifacts, notes = left(client, "open('/tmp/x', 'w').write('x')\nopen('.x', 'w').write('x')")
    assert (artifacts, notes) == ({}, "")


def test_files_are_listed_and_linked(client):
    code = "os.mkdir('d')\nopen('a.txt', 'w').write('hello')\nopen('d/b.csv', 'w').write('a,b')"
    result = answer(client, f"import os\n{code}")
    artifacts = result["structuredContent"]["artifacts"]
    assert [(a["name"], a["mime"], a["bytes"]) for a in artifacts] == [
        ("a.txt", "text/plain", 5),
        ("d/b.csv", "text/csv", 3),
    ]
    for artifact in artifacts:
        address = rf"sandboa://artifact/[0-9a-f]{{32}}/{artifact['name']}"
        assert re.fullmatch(address, artifact["uri"])
    links = [part for part in result["content"] if part["type"] == "resource_link"]
    assert [link["uri"] for link in links] == [artifact["uri"] for artifact in artifacts]
    text = result["content"][0]["text"]
    assert "__FILES__ (kept for 30 minutes" in text and artifacts[0]["uri"] in text


@pytest.mark.parametrize(
    ("name", "content", "mime"),
    [
        ("a.png", b"\x89PNG\r\n\x1a\n", "image/png"),
        ("a.png", b"<svg/>", "application/octet-stream"),
        ("a.png", b"\xff\xd8\xff\xe0", "application/octet-stream"),
        ("a.JPG", b"\xff\xd8\xff\xe0", "image/jpeg"),
        ("a.pdf", b"%PDF-1.7", "application/pdf"),
        ("a.npz", b"PK\x03\x04", "application/x-npz"),
        ("a.zip", b"PK\x03\x04", "application/zip"),
        ("a.parquet", b"PAR1", "application/vnd.apache.parquet"),
        ("a.json", b' {"a": 1}', "application/json"),
        ("a.json", b"no", "application/octet-stream"),
        ("a.html", b"<!doctype html>", "text/html"),
        ("a.svg", b"<?xml version='1.0'?><svg/>", "image/svg+xml"),
        ("a.csv", b"a;b", "text/csv"),
        ("a.csv", b"\0", "application/octet-stream"),
        ("a", "ü".encode(), "text/plain"),
        ("a", b"\xff", "application/octet-stream"),
        ("a", b"", "text/plain"),
        ("a.bin", b"\x89PNG\r\n\x1a\n", "image/png"),
    ],
)
def test_a_type_is_what_the_bytes_bear_out(client, name, content, mime):
    artifacts, _ = left(client, f"open({name!r}, 'wb').write({content!r})")
    assert artifacts[name]["mime"] == mime


@pytest.mark.parametrize(
    ("code", "note"),
    [
        ("os.mkfifo('x')", "links, pipes and sockets are not kept"),
        ("os.symlink('/etc/passwd', 'x')", "links, pipes and sockets are not kept"),
        ("open('/tmp/a', 'w').write('x')\nos.link('/tmp/a', 'x')", "several names"),
        ("open('x', 'w').write('x')\nos.chmod('x', 0)", "not readable"),
    ],
)
def test_what_is_no_plain_file_is_told(client, code, note):
    artifacts, notes = left(client, code)
    assert artifacts == {} and note in notes and notes.endswith(": x"), notes


def test_directories_that_lead_out_lead_nowhere(client):
    artifacts, _ = left(client, "os.symlink('/etc', 'd')\nos.symlink('/', 'e')")
    assert artifacts == {}


def test_a_working_directory_that_was_replaced_gives_nothing(client):
    artifacts, _ = left(client, "os.rmdir('../home')\nos.symlink('/etc', '../home')")
    assert artifacts == {}


def test_a_sparse_file_is_kept_up_to_a_size(client):
    artifacts, notes = left(client, "open('small', 'wb').truncate(1 << 20)")
    assert artifacts["small"]["bytes"] == 1 << 20
    code = """
for name in ('a', 'b'): open(name, 'wb').truncate(40 << 20)
try: open('c', 'wb').truncate(10 << 30)
except OSError: pass
"""
    artifacts, notes = left(client, code)
    assert artifacts["a"]["bytes"] == 40 << 20 and "b" not in artifacts
    assert "more than 64 MiB in all): b" in notes


def test_many_files_are_kept_up_to_a_number(client):
    code = """
made = 0
try:
    for i in range(5000):
        open(f'{i:04}', 'w').close()
        made += 1
except OSError: pass
print(made)
"""
    outcome = run(client, code, timeout=60_000)
    assert [a["name"] for a in outcome["artifacts"]] == [f"{i:04}" for i in range(64)]
    made = int(outcome["stdout"])
    assert made > 1000
    assert f"(more than 64 files): 0064, 0065, 0066 and {made - 67} more" in str(outcome["notes"])


def test_names_are_shown_in_printable_characters(client):
    code = r"""
for name in (b'a\nb', b'\xff', b'\xe2\x80\xaex', b'back\\slash', 'ü 1'.encode(), b'a%b', b'-x'):
    open(name, 'w').write('x')
"""
    artifacts, _ = left(client, code)
    assert set(artifacts) == {
        "a\\u{a}b",
        "\\xff",
        "\\u{202e}x",
        "back\\\\slash",
        "ü 1",
        "a%b",
        "-x",
    }
    assert artifacts["ü 1"]["uri"].endswith("/%C3%BC%201")
    assert artifacts["a%b"]["uri"].endswith("/a%25b")


def test_a_deep_directory_is_looked_into_up_to_a_depth(client):
    code = """
for i in range(100):
    open('f', 'w').write('x')
    os.mkdir('d')
    os.chdir('d')
"""
    artifacts, notes = left(client, code)
    assert len(artifacts) == 9 and "d/d/d/d/d/d/d/d/f" in artifacts
    assert "more than 8 deep" in notes


def test_files_that_come_and_go_do_no_harm(client):
    code = """
import threading
def churn():
    while True:
        open('x', 'w').write('x' * 1000)
        os.rename('x', 'y')
        os.unlink('y')
threading.Thread(target=churn, daemon=True).start()
import time; time.sleep(0.05)
"""
    for _ in range(5):
        artifacts, _ = left(client, code)
        assert set(artifacts) <= {"x", "y"}


@pytest.mark.parametrize("end", ["while True: pass", "os.abort()", "1/0", "os._exit(3)"])
def test_however_a_run_ends_its_files_are_there(client, end):
    code = f"import os\nopen('x', 'w').write('x')\n{end}"
    outcome = run(client, code, timeout=1_000)
    assert outcome["status"] != "ok"
    assert [artifact["name"] for artifact in outcome["artifacts"]] == ["x"]


def test_the_next_run_finds_nothing(client):
    left(client, "open('x', 'w').write('x')")
    for _ in range(5):
        assert run(client, "import os\nos.listdir(), os.listdir('..')")["result"] in (
            "([], ['home', 'tmp'])",
            "([], ['tmp', 'home'])",
        )


# Output


def test_long_output_is_a_resource(client):
    outcome = run(client, "for i in range(500_000): print(f'{i:09}')")
    assert outcome["stdout"].startswith("000000000\n")
    assert outcome["stdout"].endswith("000499999\n")
    cut = outcome["truncated"]["stdout"]
    assert cut["total"] == 5_000_000 and cut["uri"].endswith("/stdout")
    assert outcome["artifacts"] == []


def test_both_streams_can_be_long(client):
    code = "import sys\nprint('ü' * 30_000)\nprint('x' * 90_000, file=sys.stderr)"
    result = answer(client, code)
    cut = result["structuredContent"]["truncated"]
    assert (cut["stdout"]["total"], cut["stderr"]["total"]) == (30_001, 90_001)
    links = {p["name"]: p for p in result["content"] if p["type"] == "resource_link"}
    assert (links["stdout"]["size"], links["stderr"]["size"]) == (60_001, 90_001)


def test_short_output_is_no_resource(client):
    outcome = run(client, "print('x' * 19_999)")
    assert outcome["truncated"] == {} and outcome["artifacts"] == []


def test_output_up_to_the_limit_survives_the_kill(client):
    outcome = run(client, "while True: print('x' * 1000)", wait=60)
    assert outcome["status"] == "killed"
    assert "uri" in outcome["truncated"]["stdout"]
