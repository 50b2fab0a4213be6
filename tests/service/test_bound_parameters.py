"""No value of a client becomes SQL: every statement is made of the code's own words and question marks."""

from pathlib import Path

import pytest

from api.settings import PROJECT
from tests.service.bound_parameters import Code

FILES = sorted([*PROJECT.glob("api/**/*.py"), *PROJECT.glob("dataset/*.py")])
CONSTANTS = ["APPLICATION_ID", "PARQUET"]  # of dataset.model and dataset.database, numbers and words
BUILDING = {  # statements of the build and of its check, which no client has a part in
    "dataset/database.py": ["_FAST + tables_sql", "indexes_sql"],
    "dataset/database_check.py": ["f'SELECT * FROM {name} ORDER BY rowid'"],
    "dataset/inserting.py": ["_statement(table, tuple(columns), len(part) // width)"],
}


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(PROJECT)))
def test_statements_are_made_of_constants(path: Path) -> None:
    name = str(path.relative_to(PROJECT))
    loose = [text for _, text in Code(path.read_text(encoding="utf-8"), CONSTANTS).find_loose()]
    assert loose == BUILDING.get(name, [])


FIXED = [
    'find_rows("SELECT 1 WHERE ?", [x])',
    'find_rows(f"SELECT {_A} FROM t")\n_A = "a" + "b"',
    'def f(ids):\n marks = ", ".join("?" * len(ids))\n find_rows(f"IN ({marks})", ids)',
    'def f(k):\n find_rows(f"ORDER BY {T[k]}")\nT = {"a": "b"}',
    'def f(ks):\n by = ", ".join(f"{T[k]} {\'DESC\' if k else \'ASC\'}" for k in ks)\n find_rows(by)\nT = {"a": "b"}',
    'def _f(a):\n find_row(f"{a}?")\n_f("<")\n_f("<=")',
    'def f():\n for table in ("a", "b"):\n  c.execute(f"SELECT * FROM {table}")',
    "def find_rows(sql):\n connection.execute(sql)",
    'def f():\n def g():\n  find_rows(sql)\n sql = "a"',
    'def f(n):\n find_rows(f"{_m(n)}")\ndef _m(n):\n return "?" * n',
]
LOOSE = [
    'def f(x):\n find_rows(f"SELECT {x}")',
    'def f(x):\n find_rows("SELECT " + x)',
    'def f(x):\n find_rows("SELECT %s" % x)',
    'def f(x):\n find_rows("SELECT {}".format(x))',
    "def f(x):\n c.execute(x)",
    'def f(x):\n sql = "a"\n sql += x\n find_rows(sql)',
    'def f(x):\n sql = "a"\n if x:\n  sql = x\n find_rows(sql)',
    'def f(xs):\n find_rows(", ".join(xs))',
    'def f(xs):\n find_rows(", ".join(f"{x}" for x in xs))',
    'def f(xs):\n for x in xs:\n  find_rows(f"{x}")',
    'def _f(a):\n find_row(f"{a}?")\ndef g(x):\n _f(x)',
    'def _f(*, a):\n find_row(a)\n_f(a="b")',
    'def f(k):\n find_rows(f"ORDER BY {k}")',
    'def f(x):\n find_rows(f"{T[x]}")\n T = {"a": x}',
    'def f():\n find_rows(f"SELECT {request.args}")',
    "def f(x):\n find_rows(_m(x))\ndef _m(n):\n return n",
    "find_rows(unknown)",
    'def f():\n def g(sql):\n  find_rows(sql)\n sql = "a"',
    'def f(y):\n find_rows(f"{x!r:>{y}}")\nx = "a"',
]


@pytest.mark.parametrize("source", FIXED)
def test_what_is_constant_passes(source: str) -> None:
    assert Code(source).find_loose() == []


@pytest.mark.parametrize("source", LOOSE)
def test_what_is_not_is_found(source: str) -> None:
    assert len(Code(source).find_loose()) == 1
