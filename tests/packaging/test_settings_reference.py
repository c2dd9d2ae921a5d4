"""The page of settings names every setting the code reads, and no other."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "reference" / "settings.md"
READERS = {"text", "flag", "words", "choice", "number", "whole_number", "get"}
#: What the machine sets, and no operator.
NOT_OURS = {"DJANGO_SETTINGS_MODULE", "PYTHONPATH"}


def read_by(tree: ast.AST) -> Iterator[str]:
    """Name every setting that some code reads from the environment."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and node.args and _reads(node.func):
            first = node.args[0]
            if isinstance(first, ast.Constant) and isinstance(first.value, str):
                yield first.value


def _reads(function: ast.expr) -> bool:
    """Whether it is `environment.text` and the like, or `os.environ.get`."""
    if isinstance(function, ast.Name):
        return function.id in READERS - {"get"}
    if not isinstance(function, ast.Attribute) or function.attr not in READERS:
        return False
    of = function.value
    return (isinstance(of, ast.Name) and of.id == "environment") or (
        isinstance(of, ast.Attribute) and of.attr == "environ"
    )


def settings_read() -> set[str]:
    """Name every setting of the whole program."""
    files = (ROOT / "src" / "waywarden").rglob("*.py")
    found = {name for file in files for name in read_by(ast.parse(file.read_text("utf-8")))}
    return {name for name in found if re.fullmatch(r"[A-Z][A-Z_]+", name)} - NOT_OURS


def settings_named() -> set[str]:
    """Name every setting in the first column of the page's tables."""
    rows = re.findall(r"^\| (`[^|]+) \|", PAGE.read_text("utf-8"), re.MULTILINE)
    return {name for row in rows for name in re.findall(r"`([A-Z_]+)`", row)}


def test_the_page_names_every_setting_and_no_other() -> None:
    assert settings_named() == settings_read()


def test_a_setting_that_is_read_anywhere_is_found() -> None:
    code = "environment.text('ONE'); text('TWO', ''); os.environ.get('THREE'); request.GET.get('x')"

    assert set(read_by(ast.parse(code))) == {"ONE", "TWO", "THREE"}
