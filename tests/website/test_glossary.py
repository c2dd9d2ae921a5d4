"""The words explained are whole, plain and the same in the pages and in docs/."""

import doctest
from pathlib import Path

import pytest

from waywarden.fabric.common import wording
from waywarden.fabric.maps import tinting
from waywarden.website import glossary, search

ROOT = Path(__file__).resolve().parents[2]

EXPECTED = {
    "cluster", "cluster-lead", "service-lead", "precept", "band-d", "s101", "s113", "s136",
    "s9ea", "s9eb", "s20", "highway-authority", "parish-meeting", "unparished-area",
    "principal-council", "estimate", "confidence", "standards", "executive-function", "register",
    "gss-code", "swathe", "agency-agreement",
}  # fmt: skip


def test_every_word_the_product_leans_on_is_explained() -> None:
    assert set(glossary.terms()) >= EXPECTED


@pytest.mark.parametrize("term", glossary.terms().values(), ids=lambda term: term.key)
def test_an_explanation_is_one_short_sentence_and_then_a_paragraph(term: glossary.Term) -> None:
    assert term.short.endswith(".")
    assert len(term.short) <= 120
    assert len(term.long) > len(term.short) / 2
    assert term.confidence in {"A", "B", "C"}
    assert term.source or term.confidence != "B"


def test_the_glossary_in_docs_is_current() -> None:
    assert (ROOT / "docs/glossary.md").read_text("utf-8") == glossary.as_markdown()


@pytest.mark.parametrize("module", [wording, search, tinting])
def test_the_examples_beside_the_wording_are_true(module: object) -> None:
    assert doctest.testmod(module).failed == 0  # type: ignore[arg-type]
