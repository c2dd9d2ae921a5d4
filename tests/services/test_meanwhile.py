"""Figures taken in from a table put aside only what was shown with it."""

from datetime import date

import pytest
from django.db import IntegrityError

from tests.cast import ABOUT, Cast
from waywarden.county.services import actions
from waywarden.county.services.models import Quantity
from waywarden.fabric.common.refusals import Overtaken
from waywarden.fabric.journal.models import Entry

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]

TODAY = date(2026, 5, 1)


def record(cast: Cast, amount: int, seen: int, source: str = "The table") -> actions.Recorded:
    table = [cast.quantity(cast.coldbrook, "DPS01", amount, source=source)]
    return actions.record_quantities(
        of=ABOUT, quantities=table, seen=[seen], by=cast.by, today=TODAY
    )


def current() -> list[int]:
    return [quantity.amount_milli // 1000 for quantity in Quantity.objects.current()]


def test_the_figure_that_was_shown_is_put_aside(cast: Cast) -> None:
    cast.record(cast.quantity(cast.coldbrook, "DPS01", 100))

    assert record(cast, 200, Quantity.objects.get().pk).replaced == 1
    assert current() == [200]


@pytest.mark.parametrize("seen", [0, 999_999])
def test_a_figure_that_nobody_was_shown_stays(cast: Cast, seen: int) -> None:
    cast.record(cast.quantity(cast.coldbrook, "DPS01", 100))
    lines = Entry.objects.count()

    with pytest.raises(Overtaken, match="changed by somebody else meanwhile"):
        record(cast, 200, seen)

    assert (current(), Entry.objects.count()) == ([100], lines)


def test_of_two_who_put_the_first_figure_there_one_is_told_of_the_other(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    cast.record(cast.quantity(cast.coldbrook, "DPS01", 100))
    looks = iter([lambda asked: {}, actions._current_of])
    # The other's figure was not there yet when this one looked.
    monkeypatch.setattr(actions, "_current_of", lambda asked: next(looks)(asked))

    with pytest.raises(Overtaken, match="changed by somebody else meanwhile"):
        record(cast, 200, 0)

    assert current() == [100]


def test_a_figure_that_may_not_be_is_refused_for_what_it_is(cast: Cast) -> None:
    with pytest.raises(IntegrityError):
        record(cast, 200, 0, source="")
