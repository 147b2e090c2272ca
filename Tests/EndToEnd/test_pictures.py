"""What a program shows besides text: pictures, tables, and what values tell of themselves."""

from __future__ import annotations

import base64
import struct
from collections.abc import Iterator

import pytest

from Harness.client import Message, StdioClient
from Harness.execution import answer, run
from Harness.server import Server

# Bytes of a picture in a result, as base64.
PICTURE_BYTES = 1_000_000


@pytest.fixture(scope="module")
def client(server: Server, data_environment: None) -> Iterator[StdioClient]:
    with server.connect() as client:
        client.greet()
        yield client


def size(picture: bytes) -> tuple[int, int]:
    """Width and height of a PNG, whose every chunk is looked at."""
    assert picture.startswith(b"\x89PNG\r\n\x1a\n")
    at, kinds = 8, []
    while at < len(picture):
        length, kind = struct.unpack_from(">I4s", picture, at)
        kinds.append(kind)
        at += 12 + length
    assert at == len(picture) and kinds[0] == b"IHDR" and kinds[-1] == b"IEND" and b"IDAT" in kinds
    return struct.unpack_from(">II", picture, 16)


def parts(
    client: StdioClient, code: str, **arguments
) -> tuple[Message, list[bytes], list[Message]]:
    """The structured content, the pictures and the links of a run that has to succeed."""
    result = answer(client, code, timeout=60_000, **arguments)
    content = result["content"]
    assert result["structuredContent"]["status"] == "ok", content
    pictures = [part for part in content if part["type"] == "image"]
    assert all(len(part["data"]) <= PICTURE_BYTES for part in pictures)
    assert {part["mimeType"] for part in pictures} <= {"image/png", "image/jpeg"}
    links = [part for part in content if part["type"] == "resource_link"]
    decoded = [base64.b64decode(part["data"], validate=True) for part in pictures]
    return result["structuredContent"], decoded, links


PLOT = "import matplotlib.pyplot as plt\nplt.plot([1, 4, 2])\n"


@pytest.mark.parametrize("end", ["", "plt.show()", "plt.gcf()", "plt.gca()", "raise SystemExit"])
def test_a_plot_is_a_picture_with_a_link(client, end):
    outcome, pictures, links = parts(client, PLOT + end)
    assert len(pictures) == 1 and size(pictures[0]) == (640, 480)
    assert [link["name"] for link in links] == ["figure-1.png"]
    assert links[0]["mimeType"] == "image/png" and links[0]["size"] == len(pictures[0])
    assert [artifact["uri"] for artifact in outcome["artifacts"]] == [links[0]["uri"]]
    assert links[0]["uri"].startswith("sandboa://artifact/")
    assert outcome["stderr"] == "" and "notes" not in outcome


def test_two_figures_come_in_order(client):
    code = PLOT + "plt.figure(figsize=(2, 1))\nplt.plot([1])"
    _, pictures, links = parts(client, code)
    assert [size(picture) for picture in pictures] == [(640, 480), (200, 100)]
    assert [link["name"] for link in links] == ["figure-1.png", "figure-2.png"]


def test_figures_of_a_loop_are_one_each(client):
    code = "import matplotlib.pyplot as plt\nfor i in range(3):\n  plt.plot([i])\n  plt.show()\n"
    _, pictures, _ = parts(client, code + "print(plt.get_fignums())")
    assert len(pictures) == len(set(pictures)) == 3


def test_many_figures_are_shown_up_to_a_number(client):
    code = "import matplotlib.pyplot as plt\nfor i in range(15): plt.figure(figsize=(1, 1))\nNone"
    outcome, pictures, links = parts(client, code)
    assert (len(pictures), len(links), len(outcome["artifacts"])) == (10, 15, 15)
    assert any("not shown here" in note for note in outcome["notes"])


def test_a_huge_figure_is_still_small(client):
    code = "import matplotlib.pyplot as plt\nplt.figure(figsize=(200, 200))\nplt.plot([1, 2])"
    outcome, [picture], _ = parts(client, code)
    assert size(picture)[0] <= 4000
    assert any("200 x 200 inches" in note for note in outcome["notes"])


def test_a_noisy_figure_is_shown_smaller_and_kept_whole(client):
    code = (
        "import matplotlib.pyplot as plt, numpy as np\nplt.figure(figsize=(12, 12))\n"
        "plt.imshow(np.random.rand(1200, 1200, 3))"
    )
    _, [picture], [link] = parts(client, code)
    assert link["size"] > PICTURE_BYTES > len(picture)
    assert size(picture)[0] == size(picture)[1] < 1200


@pytest.mark.parametrize(
    "image", ["'RGB', (30, 20)", "'1', (30, 20)", "'CMYK', (30, 20)", "'F', (30, 20)"]
)
def test_an_image_is_a_picture(client, image):
    code = f"import numpy\nfrom PIL import Image\nImage.new({image})"
    _, [picture], [link] = parts(client, code)
    assert size(picture) == (30, 20) and link["name"] == "image-1.png"


def test_a_figure_with_an_exception_after_it(client):
    outcome = run(client, PLOT + "plt.show()\n1/0", timeout=60_000)
    assert outcome["error"]["type"] == "ZeroDivisionError"
    assert [artifact["name"] for artifact in outcome["artifacts"]] == ["figure-1.png"]


@pytest.mark.parametrize(
    "size", ["(0, 0)", "(-1, 1)", "(float('nan'), 1)", "(1e9, 1e9)", "(1000, 0.001)"]
)
def test_a_figure_of_an_odd_size_costs_nothing_else(client, size):
    code = f"import matplotlib.pyplot as plt\nplt.gcf()._size = {size}\n"
    code += f"plt.gcf().get_size_inches = lambda: {size}\n5"
    outcome, _, _ = parts(client, code)
    assert outcome["result"] == "5"


# Tables


def table(client: StdioClient, code: str) -> tuple[Message, str]:
    result = answer(client, "import pandas as pd, numpy as np\n" + code, timeout=60_000)
    [table] = result["structuredContent"]["tables"]
    return table, result["content"][0]["text"]


def test_a_long_data_frame_shows_both_ends(client):
    found, text = table(client, "pd.DataFrame({'a': range(10_000), 'b|': 'x\\ny|z'})")
    assert found["columns"] == ["index", "a", "b|"]
    assert (found["total_rows"], found["total_columns"]) == (10_000, 2)
    assert [row[0] for row in found["rows"]] == [*range(50), *range(9950, 10_000)]
    assert found["rows"][0] == [0, 0, "x\ny|z"]
    lines = text[text.index("__TABLE__") :].splitlines()[1:104]
    assert lines[0] == "| index | a | b\\| |" and lines[52] == "| … | … | … |"
    assert lines[2] == "| 0 | 0 | x\\ny\\|z |"


def test_a_wide_data_frame_shows_both_sides(client):
    found, text = table(client, "pd.DataFrame(np.zeros((2, 100)))")
    assert len(found["columns"]) == 31 and found["total_columns"] == 100
    assert "| 14 | … | 85 |" in text


def test_cells_are_json(client):
    code = """
pd.DataFrame({
    'missing': [None, np.nan, pd.NaT, pd.NA], 'number': [1.5, float('inf'), float('nan'), -2.0],
    'date': [pd.Timestamp('2026-01-02'), pd.NaT, pd.NaT, pd.NaT],
    'object': [2**70, 'x' * 500, b'q', True],
})"""
    found, _ = table(client, code)
    _, missing, number, date, object_ = (list(column) for column in zip(*found["rows"]))
    assert missing == [None] * 4
    assert number == [1.5, "inf", None, -2.0]
    assert date == ["2026-01-02 00:00:00", None, None, None]
    assert object_[0] == str(2**70) and object_[2:] == ["b'q'", True]
    assert len(object_[1]) == 200


@pytest.mark.parametrize(
    "code", ["pd.Series([1, 2], name='s')", "pd.DataFrame({'s': [1, 2]})", "pd.Series([1, 2])"]
)
def test_a_series_is_a_table(client, code):
    found, _ = table(client, code)
    assert [row[1] for row in found["rows"]] == [1, 2]


def test_a_frame_of_long_texts_is_bounded(client):
    code = "pd.DataFrame([['ü' * 1000] * 40] * 500)"
    found, text = table(client, code)
    assert 1 <= len(found["rows"]) < 100 and found["total_rows"] == 500
    assert len(text) < 50_000


def test_hostile_cells_are_cells(client):
    code = """
import pandas as pd
class A:
    def __repr__(self): return 'A'
    def __str__(self): raise ValueError
pd.DataFrame({'a': [A(), 1]}, dtype=object).set_axis(['x', 'y'])
"""
    found, _ = table(client, code.replace("__str__", "item"))
    assert [row[1] for row in found["rows"]] == ["<ValueError>", 1]


# Values


@pytest.mark.parametrize(
    ("method", "told", "mime"),
    [
        ("html", "<b>x</b>", "text/html"),
        ("markdown", "# x", "text/markdown"),
        ("json", "[1]", "application/json"),
    ],
)
def test_a_value_tells_of_itself(client, method, told, mime):
    code = "class A:\n  def __repr__(self): return 'me'\n"
    code += f"  def _repr_{method}_(self): return {told!r}\nA()"
    result = answer(client, code)
    assert result["structuredContent"]["result"] == "me"
    assert result["structuredContent"]["rich"] == [{"mime": mime, "text": told}]
    assert f"__SHOWN__ ({mime}):\n{told}" in result["content"][0]["text"]


@pytest.mark.parametrize(
    "body",
    [
        "raise ValueError('no')",
        "raise SystemExit(3)",
        "return 5",
        "return 'x' * (1 << 30)",
        "while True: pass",
        "return self._repr_html_()",
    ],
)
def test_a_value_that_tells_lies_keeps_its_result(client, body):
    code = f"class A:\n  def __repr__(self): return 'me'\n  def _repr_html_(self):\n    {body}\nA()"
    outcome = run(client, code, wait=40)
    assert (outcome["status"], outcome["result"]) == ("ok", "me"), outcome
    assert len(outcome["notes"]) == 1 and "rich" not in outcome


def test_the_time_of_showing_counts(client):
    code = "class A:\n  def _repr_html_(self):\n    while True: pass\nA()"
    assert run(client, code, timeout=1_000)["status"] == "timeout"


def test_a_preview_is_what_its_bytes_say(client):
    code = """
import os
class A:
    def _repr_png_(self):
        return b'GIF89a no png'
A()
"""
    outcome, pictures, _ = parts(client, code)
    assert pictures == [] and "not shown here" in outcome["notes"][-1]
    assert outcome["artifacts"][0]["mime"] == "application/octet-stream"


@pytest.mark.parametrize(
    "place",
    [
        "os.symlink('/etc/passwd', '../shown/1')",
        "os.mkfifo('../shown/1')",
        "os.makedirs('../shown/1')",
        "open('../shown/1', 'wb').truncate(60 << 20)",
        "os.rmdir('../shown'); os.symlink('/etc', '../shown')",
    ],
)
def test_a_place_of_previews_that_was_prepared_gives_nothing(client, place):
    code = f"""
import os
os.mkdir('../shown')
{place}
class A:
    def _repr_png_(self): return b'\\x89PNG\\r\\n\\x1a\\n'
A()
"""
    result = answer(client, code)
    text = str(result["content"])
    assert result["structuredContent"]["status"] == "ok" and "root:" not in text
