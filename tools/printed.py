"""Runs the Python of a page, block by block, and puts what it prints where the page says so."""

import contextlib
import io
import re
from pathlib import Path

DOCS = Path(__file__).resolve().parent.parent / "docs"

#: The pages whose Python is one script, and whose text blocks are what it prints.
PAGES = ("tutorials/plan-clusters-in-python.md", "reference/planner.md")

_BLOCK = re.compile(r"^```python\n(.*?)^```\n(?:\n```text\n.*?^```\n)?", re.DOTALL | re.MULTILINE)


def rewritten(page: str) -> str:
    """Return a page with what its Python prints, in a block of text after each block that does.

    Blocks run in order, each knowing what those before it named. What an
    earlier run printed is replaced; other blocks of text are left as they are.
    """
    names: dict[str, object] = {"__name__": "__page__"}

    def run(block: re.Match[str]) -> str:
        with contextlib.redirect_stdout(io.StringIO()) as out:
            exec(block[1], names)  # noqa: S102 - the pages are ours
        said = f"\n```text\n{out.getvalue()}```\n" if out.getvalue() else ""
        return f"```python\n{block[1]}```\n{said}"

    return _BLOCK.sub(run, page)


def write() -> None:
    """Write the pages again with what their Python prints today."""
    for name in PAGES:
        page = DOCS / name
        page.write_text(rewritten(page.read_text("utf-8")), "utf-8")
