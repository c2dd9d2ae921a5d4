"""What a page says its Python prints is what it prints."""

import pytest

from tests.planner.known_games import SWEDEN
from tools import printed
from waywarden.planner import core_excess, share_costs


@pytest.mark.parametrize("name", printed.PAGES)
def test_a_page_prints_what_it_says(name: str) -> None:
    page = (printed.DOCS / name).read_text("utf-8")

    assert printed.rewritten(page) == page, "run `make docs` and read what changed"


def test_blocks_are_one_script_and_old_output_is_replaced() -> None:
    page = "```python\nn = 6\n```\n\n```python\nprint(n * 7)\n```\n\n```text\n41\n```\n"

    assert printed.rewritten(page) == page.replace("41", "42")


def test_what_is_printed_is_put_in_and_what_is_not_is_taken_out() -> None:
    page = "```python\nprint(1)\n```\n\nThen:\n\n```python\none = 1\n```\n\n```text\n1\n```\n"

    assert printed.rewritten(page) == (
        "```python\nprint(1)\n```\n\n```text\n1\n```\n\nThen:\n\n```python\none = 1\n```\n"
    )


def test_other_blocks_are_left_alone() -> None:
    page = "```\nwaywarden serve\n```\n\n```text\nserved\n```\n"

    assert printed.rewritten(page) == page


RULES = {
    "equal": "equal",
    "in proportion to cost alone": "alone",
    "separable costs, remaining benefits": "scrb",
    "Shapley": "shapley",
    "nucleolus": "nucleolus",
    "nucleolus per head": "per_capita_nucleolus",
}


@pytest.mark.parametrize("called", RULES)
def test_the_swedish_shares_are_those_of_the_library(called: str) -> None:
    page = (printed.DOCS / "explanation" / "fair-shares.md").read_text("utf-8")
    shares = share_costs(SWEDEN, "AHKLMT", rule=RULES[called])
    worst = core_excess(SWEDEN, shares)
    leaving = f"H, K and L, by {worst.excess:.2f}" if worst.excess > 0 else "nobody"

    cells = [called, *(f"{shares[group]:.2f}" for group in "AHKLMT"), leaving]
    assert f"| {' | '.join(cells)} |\n" in page
