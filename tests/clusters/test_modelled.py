"""What a plan reckons stands in sentences to three figures, and to the penny where it is listed."""

from __future__ import annotations

import pytest

from tests.cast import Cast
from tests.clusters.formed import forming, held, say_alone
from tests.offers.asked import words
from waywarden.devolution.clusters.actions.clusters import Figures
from waywarden.devolution.clusters.models import ESTIMATED

pytestmark = [pytest.mark.django_db]


def test_a_plans_figures_are_about_so_much_until_somebody_says_their_own(cast: Cast) -> None:
    alone = {"coldbrook-council": 1_234_56, "wychbourne-council": 98_765_43}
    source = f"{ESTIMATED}Plan 1 of 1 April 2026"
    figures = Figures(source=source, whole_pence=87_654_32, alone_pence=alone)
    made = forming(cast, "coldbrook", "wychbourne", figures=figures)
    browser = cast.signed_in(cast.at_the_county.person)

    page = words(browser.get(made.get_absolute_url()))

    assert "Alone: about £1,230 a year (Estimate at the prices" in page
    assert "Alone: about £98,800 a year" in page
    assert "All of it is said to cost about £87,700 a year" in page
    listed = browser.get(f"{made.get_absolute_url()}members.csv").content.decode("utf-8-sig")
    assert "1234.56" in listed and "98765.43" in listed
    say_alone(held(made, cast.coldbrook_council), 1_234_56)
    assert "Alone: £1,234.56 a year (A quote)" in words(browser.get(made.get_absolute_url()))
