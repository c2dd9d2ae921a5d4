"""Changes to the catalogue and to quantities: each replaces what was held, and is told."""

from datetime import date
from typing import Any

import pytest

from tests.cast import ADA, DAY, Cast
from waywarden.county.services import actions, catalogue
from waywarden.county.services.models import DeliveryModel, Price, Quantity, Service, Standard
from waywarden.fabric.common.refusals import Refusal
from waywarden.fabric.journal import queries as journal
from waywarden.fabric.journal.models import Entry

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]

LATER = date(2026, 10, 1)


def last_line() -> Entry:
    """Give the newest line of the journal."""
    return Entry.objects.order_by("number").last()


def kept(model: type[Any]) -> list[dict[str, Any]]:
    """Give all that is kept of a kind, but for the keys the database gave."""
    return [
        {name: value for name, value in row.items() if name != "id"}
        for row in model.objects.order_by("pk").values()
    ]


# The catalogue.


def test_the_catalogue_holds_the_services_of_the_package() -> None:
    count = actions.load_catalogue(by=ADA, today=DAY)

    assert count == len(catalogue.written()["service"]) == Service.objects.count()
    assert Service.objects.delivered().count() == 16
    assert last_line().did == "loaded the service catalogue"
    assert last_line().before == {"fingerprint": None}


def test_loading_the_catalogue_again_changes_nothing() -> None:
    actions.load_catalogue(by=ADA, today=DAY)
    before = [kept(model) for model in (Service, Standard, Price, DeliveryModel)]

    actions.load_catalogue(by=ADA, today=LATER)

    assert [kept(model) for model in (Service, Standard, Price, DeliveryModel)] == before
    assert Entry.objects.count() == 1


def test_a_catalogue_written_anew_brings_its_services_up_to_date(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    actions.load_catalogue(by=ADA, today=DAY)
    old = catalogue.fingerprint()
    Service.objects.filter(code="HDG").update(name="An old name")
    Price.objects.filter(service__code="HDG").delete()
    monkeypatch.setattr(catalogue, "fingerprint", lambda: "another")

    actions.load_catalogue(by=ADA, today=LATER)

    hedges = Service.objects.get(code="HDG")
    assert hedges.name != "An old name"
    assert hedges.prices.count() == len(catalogue.prices(hedges))
    assert last_line().before["fingerprint"] == old
    assert last_line().after["fingerprint"] == "another"
    assert set(last_line().before) == {"fingerprint", "HDG"}
    assert "An old name" in last_line().before["HDG"][0]
    assert len(last_line().after["HDG"][2]) == len(catalogue.prices(hedges))


def test_quantities_stay_when_the_catalogue_is_brought_up_to_date(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    cast.record(cast.quantity(cast.coldbrook, "DPS01", 100))
    monkeypatch.setattr(catalogue, "fingerprint", lambda: "another")

    actions.load_catalogue(by=ADA, today=LATER)

    assert Quantity.objects.current().get().service.code == "DPS01"


# Quantities.


def test_a_new_quantity_is_recorded_with_what_is_after_and_nothing_before(cast: Cast) -> None:
    recorded = cast.record(cast.quantity(cast.coldbrook, "DPS01", 21_600))

    assert recorded == actions.Recorded(new=1, replaced=0, unchanged=0)
    assert last_line().did == "recorded quantities"
    assert last_line().before == {}
    assert last_line().after == {
        "coldbrook-marlshire DPS01": [
            21_600_000,
            None,
            "m2",
            "Counted by the clerk",
            None,
            "A",
        ]
    }


def test_a_measured_amount_takes_the_place_of_an_estimate(cast: Cast) -> None:
    cast.record(cast.estimate(cast.coldbrook, "DPS01", 10_000, 20_000, 30_000))

    recorded = cast.record(cast.quantity(cast.coldbrook, "DPS01", 21_600), today=LATER)

    old = Quantity.objects.get(is_estimate=True)
    current = Quantity.objects.current().get()
    assert recorded == actions.Recorded(new=0, replaced=1, unchanged=0)
    assert old.superseded_on == LATER
    assert (current.amount_milli, current.is_estimate) == (21_600_000, False)
    assert last_line().before["coldbrook-marlshire DPS01"][:2] == [
        20_000_000,
        [10_000_000, 30_000_000],
    ]
    assert last_line().after["coldbrook-marlshire DPS01"][:2] == [21_600_000, None]


def test_the_same_quantity_again_changes_nothing_and_writes_nothing(cast: Cast) -> None:
    cast.record(cast.quantity(cast.coldbrook, "DPS01", 21_600, stated_on=DAY))
    lines = Entry.objects.count()

    recorded = cast.record(
        cast.quantity(cast.coldbrook, "DPS01", 21_600, stated_on=DAY), today=LATER
    )

    assert recorded == actions.Recorded(new=0, replaced=0, unchanged=1)
    assert Quantity.objects.count() == 1
    assert Entry.objects.count() == lines


@pytest.mark.parametrize(
    "change",
    [
        {"source": "Counted again"},
        {"stated_on": DAY},
        {"confidence": "B"},
        {"is_disputed": True, "dispute": "The parish says half"},
        {"amount_milli": 21_600_001},
        {"is_example": True},
    ],
)
def test_anything_said_differently_is_a_new_quantity(cast: Cast, change: dict[str, Any]) -> None:
    cast.record(cast.quantity(cast.coldbrook, "DPS01", 21_600))

    recorded = cast.record(cast.quantity(cast.coldbrook, "DPS01", 21_600, **change))

    assert recorded.replaced == 1
    assert Quantity.objects.current().count() == 1


def test_several_quantities_are_one_action_with_a_line_for_each_council(cast: Cast) -> None:
    cast.record(cast.quantity(cast.coldbrook, "DPS01", 1), cast.quantity(cast.coldbrook, "HDG", 2))
    lines = Entry.objects.count()

    recorded = cast.record(
        cast.quantity(cast.coldbrook, "DPS01", 1),
        cast.quantity(cast.coldbrook, "HDG", 3),
        cast.quantity(cast.wychbourne, "HDG", 4),
    )

    assert recorded == actions.Recorded(new=1, replaced=1, unchanged=1)
    assert Entry.objects.count() == lines + 2
    coldbrook, wychbourne = Entry.objects.order_by("-number")[:2][::-1]
    assert coldbrook.after.keys() == coldbrook.before.keys() == {"coldbrook-marlshire HDG"}
    assert (wychbourne.after.keys(), wychbourne.before) == ({"wychbourne-marlshire HDG"}, {})


def test_a_wrong_unit_is_refused_in_words_and_nothing_is_kept(cast: Cast) -> None:
    right = cast.quantity(cast.wychbourne, "DPS01", 5)
    wrong = cast.quantity(cast.coldbrook, "DPS01", 5, unit="acre")

    with pytest.raises(Refusal) as refused:
        cast.record(right, wrong)

    assert str(refused.value) == "Village grass is counted in m2, not in acre."
    assert not Quantity.objects.exists()


def test_a_zero_is_a_quantity_and_not_a_blank(cast: Cast) -> None:
    cast.record(cast.quantity(cast.coldbrook, "DPS01", 0))

    assert Quantity.objects.current().get().amount_milli == 0


def test_nothing_to_record_writes_nothing(cast: Cast) -> None:
    lines = Entry.objects.count()

    assert cast.record() == actions.Recorded(0, 0, 0)
    assert Entry.objects.count() == lines


def test_withdrawn_examples_are_kept_but_no_longer_count(cast: Cast) -> None:
    cast.record(
        cast.quantity(cast.coldbrook, "DPS01", 5, is_example=True),
        cast.quantity(cast.wychbourne, "DPS01", 7),
    )

    count = actions.withdraw_examples(by=ADA, today=LATER)

    assert count == 1
    assert Quantity.objects.count() == 2
    assert [q.area for q in Quantity.objects.current()] == [cast.wychbourne]
    assert last_line().after == {"coldbrook-marlshire DPS01": None}
    assert actions.withdraw_examples(by=ADA, today=LATER) == 0
    assert journal.faults() == []


def test_a_withdrawn_example_leaves_room_for_a_real_quantity(cast: Cast) -> None:
    cast.record(cast.quantity(cast.coldbrook, "DPS01", 5, is_example=True))
    actions.withdraw_examples(by=ADA, today=LATER)

    recorded = cast.record(cast.quantity(cast.coldbrook, "DPS01", 6), today=LATER)

    assert recorded.new == 1
    assert Quantity.objects.current().get().amount_milli == 6000


def test_what_an_example_had_put_aside_counts_again_when_the_example_goes(cast: Cast) -> None:
    cast.record(cast.quantity(cast.coldbrook, "DPS01", 7))
    cast.record(cast.quantity(cast.coldbrook, "DPS01", 5, is_example=True))

    actions.withdraw_examples(by=ADA, today=LATER)

    assert Quantity.objects.current().get().amount_milli == 7000
    assert last_line().after["coldbrook-marlshire DPS01"][0] == 7000


def test_what_was_put_aside_stays_so_where_a_real_quantity_counts_by_now(cast: Cast) -> None:
    cast.record(cast.quantity(cast.coldbrook, "DPS01", 7))
    example = cast.quantity(cast.coldbrook, "DPS01", 5, is_example=True)
    cast.record(example)
    cast.record(cast.quantity(cast.coldbrook, "DPS01", 9))

    actions.withdraw_examples(by=ADA, today=LATER)

    assert Quantity.objects.current().get().amount_milli == 9000


# A monitoring officer's word.


def confirm(cast: Cast, office: str, on: date, today: date = LATER) -> None:
    """Record that an office confirmed whose duty village grass is."""
    actions.confirm_duty(service=cast.service("DPS01"), office=office, on=on, by=ADA, today=today)


def test_a_confirmation_names_the_office_and_the_day(cast: Cast) -> None:
    confirm(cast, "Monitoring officer, The County Council", DAY)

    held = cast.service("DPS01").verification
    assert (held.verified_by, held.verified_on) == ("Monitoring officer, The County Council", DAY)
    assert last_line().did == "confirmed a default duty"
    assert last_line().before == {}
    assert last_line().after == {
        "office": "Monitoring officer, The County Council",
        "on": "2026-04-01",
    }


def test_a_later_confirmation_takes_the_place_of_an_earlier_one(cast: Cast) -> None:
    confirm(cast, "The officer before", DAY)

    confirm(cast, "The officer after", LATER)

    assert cast.service("DPS01").verification.verified_by == "The officer after"
    assert last_line().before == {"office": "The officer before", "on": "2026-04-01"}
    assert last_line().after == {"office": "The officer after", "on": "2026-10-01"}


def test_a_confirmation_cannot_be_dated_tomorrow(cast: Cast) -> None:
    lines = Entry.objects.count()

    with pytest.raises(Refusal, match="still to come"):
        confirm(cast, "The officer", date(2026, 10, 2))

    confirm(cast, "The officer", LATER)
    assert Entry.objects.count() == lines + 1
