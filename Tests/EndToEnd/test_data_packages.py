"""The template `sci`: numpy, pandas and matplotlib, chosen by what a program imports."""

from __future__ import annotations

import ast
import json
from collections.abc import Iterator

import pytest

from Harness.client import StdioClient
from Harness.execution import answer, begin, finish, run, value
from Harness.server import Server


@pytest.fixture(scope="module")
def client(server: Server, data_environment: None) -> Iterator[StdioClient]:
    with server.connect() as client:
        client.greet()
        yield client


PROGRAMS = {
    "numpy": "import numpy as np\nfloat(np.linalg.inv(np.eye(50) * 2).sum()) == 25.0",
    "a big product": "import numpy as np\nx = np.ones((500, 500))\nbool((x @ x == 500).all())",
    "pandas": (
        "import pandas as pd, io\nt = pd.read_csv(io.StringIO('a,b\\nx,1\\ny,2\\nx,3'))\n"
        "t.groupby('a').b.sum().to_dict() == {'x': 4, 'y': 2}"
    ),
    "dates": "import pandas as pd\nlen(pd.date_range('2026', periods=3, tz='Europe/Berlin')) == 3",
    "threads of numpy": (
        "import numpy as np\nfrom concurrent.futures import ThreadPoolExecutor\n"
        "with ThreadPoolExecutor(4) as pool:\n"
        "    sums = list(pool.map(lambda n: int(np.full(9, n).sum()), range(9)))\n"
        "sums == [9 * n for n in range(9)]"
    ),
    "files": (
        "import numpy as np\nnp.save('a.npy', np.arange(5))\n"
        "int(np.load('a.npy', mmap_mode='r').sum()) == 10"
    ),
    "a figure in a file": (
        "import matplotlib.pyplot as plt\nplt.plot([1, 2])\nplt.savefig('a.svg')\n"
        "import os\nos.path.getsize('a.svg') > 1000"
    ),
}


@pytest.mark.parametrize("name", PROGRAMS)
def test_a_program_with_packages_behaves(client, name):
    assert value(client, PROGRAMS[name], timeout=60_000) == "True"


@pytest.mark.parametrize(
    "requirements",
    [["numpy"], ["numpy>=1"], ["NumPy >= 1, < 99"], ["pandas", "matplotlib", "numpy"]],
)
def test_what_is_installed_satisfies(client, requirements):
    code = "import numpy\nnumpy.__name__"
    assert value(client, code, requirements=requirements, timeout=60_000) == "'numpy'"


def test_what_is_too_old_does_not_satisfy(client):
    outcome = run(client, "import numpy\n1", requirements=["numpy>=999"], timeout=60_000)
    assert outcome["status"] == "error"
    assert "numpy>=999" in json.dumps(outcome["error"])


@pytest.mark.parametrize(
    "expression",
    [
        "np.random.rand()",
        "np.random.default_rng().random()",
        "np.random.RandomState().rand()",
        "np.random.bytes(8).hex()",
        "random.random()",
    ],
)
def test_no_two_workers_draw_the_same(client, expression):
    code = f"import random, numpy as np\n{expression}"
    calls = [begin(client, code, timeout=60_000) for _ in range(10)]
    drawn = [finish(client, call, 60)["structuredContent"]["result"] for call in calls]
    assert None not in drawn and len(set(drawn)) == len(drawn), drawn


def test_a_figure_is_drawn_into_memory_and_into_the_scratch_directory(client):
    code = """
import io, os
import matplotlib.pyplot as plt
plt.plot([1, 4, 2])
memory = io.BytesIO()
plt.savefig(memory, format='png')
plt.savefig('figure.png')
plt.show()
memory.getvalue()[:4], os.path.getsize('figure.png') > 1000
"""
    assert value(client, code, timeout=60_000) == "(b'\\x89PNG', True)"


def test_the_packages_are_read_only(client):
    code = """
import numpy, os
found = []
for folder in (os.path.dirname(numpy.__file__), os.path.dirname(os.path.dirname(numpy.__file__))):
    for action in (lambda: open(f'{folder}/x', 'w'), lambda: os.unlink(numpy.__file__)):
        try: found.append(action())
        except OSError as error: found.append(type(error).__name__ != '')
found
"""
    assert ast.literal_eval(value(client, code, timeout=60_000)) == [True] * 4


def test_plain_programs_do_not_pay_for_packages(client):
    assert value(client, "import sys; 'numpy' in sys.modules") == "False"
