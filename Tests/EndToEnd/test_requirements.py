"""Requirements of a program: its script block (PEP 723) in every legal form, and the argument."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from Harness.client import StdioClient
from Harness.execution import run, value
from Harness.server import Server


@pytest.fixture(scope="module")
def client(server: Server) -> Iterator[StdioClient]:
    with server.connect() as client:
        client.greet()
        yield client


BLOCK = """# /// script
# requires-python = ">=3.8"
# dependencies = {}
# ///
"""


@pytest.mark.parametrize(
    "dependencies",
    [
        '["no-such-package"]',
        "['no-such-package']",
        '[\n#   "no-such-package",\n# ]',
        '[\n#   "no-such-package[extra,other]>=1.0,<2",  # why\n# ]',
        "[\n#   'no-such-package ; python_version > \"3\"',\n#   # nothing here\n# ]",
        '["no-such-package@ https://example.com/a.whl"]',
        '["No_Such.Package==1.*"]',
    ],
)
def test_every_legal_form_of_a_script_block_is_read(client, dependencies):
    outcome = run(client, BLOCK.format(dependencies) + "print('ran')")
    assert (outcome["status"], outcome["stdout"]) == ("error", ""), "nothing runs without it"
    told = json.dumps(outcome["error"]).lower()
    assert "no-such-package" in told or "no_such.package" in told


@pytest.mark.parametrize(
    "code",
    [
        "text = '''\n" + BLOCK.format('["no-such-package"]') + "'''\n1",
        "x = 1  # /// script\n1",
        '# /// other\n# dependencies = ["no-such-package"]\n# ///\n1',
        BLOCK.format("[]") + "1",
        "# requires: no-such-package\n1",
    ],
)
def test_what_is_no_script_block_asks_for_nothing(client, code):
    assert value(client, code) == "1"


@pytest.mark.parametrize(
    "code",
    [
        BLOCK.format('["no-such-package"') + "1",
        BLOCK.format('["a b c!"]') + "1",
        BLOCK.format("[5]") + "1",
        BLOCK.format("[]") + BLOCK.format("[]") + "1",
        BLOCK.format("[]").replace(">=3.8", ">=99") + "1",
    ],
)
def test_a_broken_script_block_is_an_error_and_not_ignored(client, code):
    outcome = run(client, code)
    assert outcome["status"] == "error" and outcome["error"]["message"]


def test_requirements_are_added_to_those_of_the_block(client):
    code = BLOCK.format('["no-such-package"]') + "1"
    wanted = ["no-other-package>=2", "No-Such-Package", "no-third ; python_version < '3'"]
    outcome = run(client, code, requirements=wanted)
    told = json.dumps(outcome["error"])
    assert outcome["status"] == "error"
    assert "no-such-package" in told.lower() and "no-other-package" in told
    assert "no-third" not in told, "a marker that is false asks for nothing"


def test_no_requirements_are_no_obstacle(client):
    assert value(client, "1", requirements=[]) == "1"
