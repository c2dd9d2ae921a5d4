"""The parts of a page keep their promises whatever a page does with them."""

from dataclasses import replace
from datetime import date

import pytest
from django.template import Context, Template

from waywarden.website.gallery import Amount, Often

VERGE = Amount("m2", 8_000_000, 4_000_000, 12_000_000, is_estimate=True)
SURVEYED = Amount(
    "m2", 21_600_000, source="Survey by Colm", stated_on=date(2026, 5, 4), confidence="A"
)


def drawn(part: str, **context: object) -> str:
    """Draw one part as a page would."""
    return Template("{% load ww %}" + part).render(Context(context))


def test_an_estimate_is_a_range_and_is_called_an_estimate() -> None:
    shown = drawn("{% estimate of %}", of=VERGE)

    assert "4,000 to 12,000 m²" in shown
    assert "estimate (C)" in shown


@pytest.mark.parametrize("of", [VERGE, replace(VERGE, confidence=""), replace(VERGE, low_milli=0)])
def test_an_estimate_cannot_lose_its_label(of: Amount) -> None:
    assert ">estimate" in drawn("{% estimate of %}", of=of)
    assert ">estimate" in drawn("{% quantity of %}", of=of)


def test_an_estimate_takes_no_word_that_would_hide_its_label() -> None:
    with pytest.raises(Exception, match="label"):
        drawn("{% estimate of label=False %}", of=VERGE)


def test_an_unknown_quantity_is_not_known_and_never_nothing() -> None:
    assert drawn("{% estimate of %}{% quantity of %}", of=None).count("Not known") == 2


def test_a_measured_quantity_names_its_source_and_its_date() -> None:
    shown = drawn("{% quantity of %}", of=SURVEYED)

    assert "21,600 m²" in shown
    assert "Survey by Colm, 4 May 2026 (A)" in shown
    assert "estimate" not in shown


def test_a_disputed_quantity_says_so() -> None:
    assert "Disputed" in drawn("{% quantity of %}", of=replace(SURVEYED, is_disputed=True))


def test_a_standard_that_is_not_known_says_so() -> None:
    shown = drawn("{% standards minimum funded delivered %}", minimum=Often(1), funded=Often(2))

    assert shown.count("Not known") == 1
    assert "<svg" not in shown
    assert "Below the minimum" not in shown


def test_less_than_the_minimum_is_said_in_words() -> None:
    below = drawn("{% standards a b c %}", a=Often(1), b=Often(1), c=Often(0))
    enough = drawn("{% standards a b c %}", a=Often(1, 3), b=Often(1, 3), c=Often(1, 2))

    assert "Below the minimum" in below
    assert "Below the minimum" not in enough
    assert "1 in 3 years" in enough


def test_the_chart_tells_paid_extra_and_missed_visits_apart() -> None:
    extra = drawn("{% standards a b c %}", a=Often(1), b=Often(2), c=Often(5))
    missed = drawn("{% standards a b c %}", a=Often(1), b=Often(2), c=Often(1))

    assert extra.count("#0b4f5c") == 2
    assert extra.count("#ffc83d") == 3
    assert missed.count("stroke-dasharray") == 1


def test_too_many_visits_are_words_only() -> None:
    assert "<svg" not in drawn("{% standards a b c %}", a=Often(26), b=Often(26), c=Often(26))


@pytest.mark.parametrize("kind", ["parish", "cluster", "county", "district"])
def test_a_plate_bears_the_full_name_of_the_body(kind: str) -> None:
    shown = drawn("{% plate kind name %}", kind=kind, name="Wychbourne Town Council")

    assert f"ww-plate--{kind}" in shown
    assert ">Wychbourne Town Council<" in shown


def test_a_plate_without_a_body_is_not_known_whatever_its_kind() -> None:
    assert "ww-plate--none" in drawn('{% plate "county" name %}', name=None)
    assert "Not known" in drawn('{% plate "none" %}')


def test_a_plate_of_no_known_kind_is_refused() -> None:
    with pytest.raises(ValueError, match="one of parish, cluster"):
        drawn('{% plate "company" "Acme" %}')


def test_names_are_escaped() -> None:
    shown = drawn('{% plate "parish" name %}{% note "" name %}x{% endnote %}', name="<script>")

    assert "<script>" not in shown
    assert shown.count("&lt;script&gt;") == 2


def test_the_four_numbers_are_never_merged_and_unknown_is_not_nought() -> None:
    shown = drawn("{% figures cost=638100 county_pays=137100 how_to_supply='Add it' %}")

    assert shown.count("<dt>") == 4
    assert "£6,381" in shown
    assert shown.count("Not known") == 2
    assert "£0" not in shown


def test_a_word_explained_can_be_reached_without_a_mouse() -> None:
    shown = drawn('{% term "s101" "under section 101" %}')

    assert 'href="/glossary/#s101"' in shown
    assert 'title="Lets one council' in shown
    assert ">under section 101</a>" in shown


def test_a_source_line_says_what_its_letter_means() -> None:
    shown = drawn('{% source "Street inventory" "2016/17" "B" %}')

    assert "Source: Street inventory, 2016/17." in shown
    assert "Confidence B: worked out from figures read in a source." in shown


def test_a_late_row_carries_the_word_too() -> None:
    shown = drawn("{% dated_row on 'late' %}Claim{% enddated_row %}", on=date(2026, 11, 2))

    assert "Late." in shown
    assert 'datetime="2026-11-02"' in shown


def test_a_cell_of_a_stacked_table_keeps_its_label_and_its_role() -> None:
    shown = drawn('{% cell "Hectares" "n" %}1,653{% endcell %}')

    assert shown == '<td role="cell" data-label="Hectares" class="n">1,653</td>'
