"""What holds for every template, every style sheet and the list of libraries."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGES = ROOT / "src/waywarden/website/templates/website"
PARTS = {"base.html", "entries.html", "messages.html", "typed.html"}
WHOLE = [page for page in PAGES.glob("*.html") if page.name not in PARTS]
TEMPLATES = sorted((ROOT / "src/waywarden").glob("**/templates/**/*.html"))


@pytest.mark.parametrize("page", WHOLE, ids=lambda page: page.name)
def test_every_page_has_one_heading_of_the_first_rank(page: Path) -> None:
    assert len(re.findall("<h1", page.read_text("utf-8"))) == 1


@pytest.mark.parametrize("page", WHOLE, ids=lambda page: page.name)
def test_every_page_says_its_own_title(page: Path) -> None:
    assert "{% block title %}" in page.read_text("utf-8")


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_no_template_holds_a_style_or_a_script_of_its_own(template: Path) -> None:
    text = template.read_text("utf-8")

    assert not re.search(r"<style|\sstyle=|\son\w+=|javascript:", text)
    assert all("src=" in tag for tag in re.findall(r"<script[^>]*>", text))


def test_the_list_of_libraries_holds_no_address() -> None:
    assert "http" not in (ROOT / "package-lock.json").read_text("utf-8")
    assert "omit-lockfile-registry-resolved=true" in (ROOT / ".npmrc").read_text("utf-8")


def test_the_style_sheet_asks_no_other_host() -> None:
    for sheet in (ROOT / "src/waywarden/website/static/website").glob("*.css"):
        assert not re.search(r"https?:|//[a-z]", sheet.read_text("utf-8"))
