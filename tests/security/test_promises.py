"""Every promise about security names a test there is, or says why there is none."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "reference" / "security.md"
ROW = re.compile(r"^\| (V[0-9.]+) \| (.+?) \| (.+?) \|$", re.MULTILINE)
NAMED = re.compile(r"`(tests/[\w/]+\.py)::(?:\w+::)?(test_\w+)`")
#: Every item that fits us, whether a test or a reason answers it.
WANTED = {"V1.2.10", "V1.3.6", "V2.3.3", "V2.3.4", "V2.3.5", "V2.4.1", "V3.3.1", "V3.4.1", "V3.4.3"}
WANTED |= {"V5.2.1", "V5.2.2", "V5.2.3", "V5.2.6", "V6.2.1", "V6.2.4", "V6.3.3", "V7.4.2", "V8.2.3"}
WANTED |= {"V8.3.2", "V8.4.1", "V13.4.2", "V14.2.7", "V15.2.2", "V15.4.2", "V16.2.5", "V16.4.1"}
WANTED |= {"V16.4.2", "V16.5.1"}
PROMISES = ROW.findall(PAGE.read_text("utf-8"))


@cache
def found_in(file: str) -> frozenset[str]:
    """Name the tests of a file that are run, those of its classes included."""
    path = ROOT / file
    if not path.is_file():
        return frozenset()
    tree = ast.parse(path.read_text("utf-8"))
    tests = (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))
    return frozenset(node.name for node in tests if not is_skipped(node))


def is_skipped(test: ast.FunctionDef) -> bool:
    """Whether a test stands there and is never run, or is known to fail."""
    marks = " ".join(ast.unparse(mark) for mark in test.decorator_list)
    return re.search(r"mark\.(skip|xfail)\b", marks) is not None


def unkept(held_by: str) -> list[str]:
    """List the tests a promise names that are not there; and that it names none."""
    named = NAMED.findall(held_by)
    if not named and not held_by.startswith("reason: "):
        return ["it names no test and no reason"]
    return [f"{file}::{test}" for file, test in named if test not in found_in(file)]


@pytest.mark.parametrize(("item", "held_by"), [(row[0], row[2]) for row in PROMISES])
def test_a_promise_names_tests_there_are(item: str, held_by: str) -> None:
    assert unkept(held_by) == []


def test_every_item_that_fits_us_is_answered_once() -> None:
    answered = [item for item, *_ in PROMISES]

    assert sorted(set(answered)) == sorted(answered)
    assert set(answered) == WANTED


@pytest.mark.parametrize(
    "held_by",
    [
        "`tests/security/test_promises.py::test_that_nobody_wrote`",
        "`tests/security/test_nowhere.py::test_every_item_that_fits_us_is_answered_once`",
        "we are careful",
    ],
)
def test_a_promise_that_nothing_holds_is_found(held_by: str) -> None:
    assert unkept(held_by)


@pytest.mark.parametrize("mark", ["skip", "skip(reason='later')", "xfail"])
def test_a_test_that_is_not_run_holds_nothing(mark: str) -> None:
    [test] = ast.parse(f"@pytest.mark.{mark}\ndef test_it(): pass").body

    assert isinstance(test, ast.FunctionDef)
    assert is_skipped(test)
