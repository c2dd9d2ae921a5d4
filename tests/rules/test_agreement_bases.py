"""What each rule of agreements and their money rests on stands on the page of reference."""

import importlib
import pkgutil
from pathlib import Path

import pytest

from waywarden import rules
from waywarden.rules.basis import Basis, Sure

PAGE = Path(__file__).resolve().parents[2] / "docs" / "reference" / "agreements.md"
MODULES = [
    importlib.import_module(f"waywarden.rules.{found.name}")
    for found in pkgutil.iter_modules(rules.__path__)
]
BASES: list[Basis] = [basis for module in MODULES for basis in getattr(module, "BASES", ())]


def test_rules_that_rest_on_something_are_found() -> None:
    assert len(BASES) >= 30
    assert {basis.sure for basis in BASES} == set(Sure)


@pytest.mark.parametrize("basis", BASES, ids=lambda basis: basis.rule[:40])
def test_every_rule_stands_on_the_page_with_its_source_and_how_sure_we_are(basis: Basis) -> None:
    row = f"| {basis.rule} | {basis.source} | {basis.sure} |"

    assert row in PAGE.read_text("utf-8")
    assert basis.rule.endswith(".")
    assert not basis.source.endswith(".")
