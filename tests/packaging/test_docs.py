"""The words around the code: every link leads somewhere, and the pages of the code are current."""

import re
from pathlib import Path

import pytest

from tools import docs

ROOT = Path(__file__).resolve().parents[2]
LINK = re.compile(r"\]\((?!https?://|mailto:|#)([^)#\s]+)")
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])


def broken_links(page: Path) -> list[str]:
    """List the links of a page to files that are not there."""
    linked = LINK.findall(page.read_text("utf-8"))
    return [link for link in linked if not (page.parent / link).exists()]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_leads_somewhere(page: Path) -> None:
    assert broken_links(page) == []


def test_a_link_that_leads_nowhere_is_found(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("[here](page.md) [nowhere](gone.md) [law](https://example.org/)", "utf-8")

    assert broken_links(page) == ["gone.md"]


def test_every_decision_is_listed() -> None:
    folder = ROOT / "docs" / "adr"
    listed = LINK.findall((folder / "README.md").read_text("utf-8"))

    assert listed == [path.name for path in sorted(folder.glob("0*.md"))]


def test_the_pages_made_from_the_code_are_current() -> None:
    assert docs.outdated() == []
