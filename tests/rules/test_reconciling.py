"""Register, agreements and payments held against one another: every difference is named."""

from dataclasses import replace
from datetime import date

import pytest

from waywarden.rules.periods import Period
from waywarden.rules.reconciling import (
    Agreed,
    PaidOut,
    Registered,
    Scheduled,
    What,
    payment_differences,
    register_differences,
    unexplained,
)

ON = date(2027, 8, 31)
AGREED = Agreed(
    "OX-1", "Urban grass", "Coldbrook", "Wychbourne", Period(date(2027, 4, 1), date(2027, 8, 31))
)
ENTRY = Registered("Urban grass", "Coldbrook", "Wychbourne", "OX-1")
BY_DEFAULT = replace(ENTRY, deliverer="the county", agreement="")
QUARTER = Period(date(2027, 4, 1), date(2027, 6, 30))
DUE = Scheduled("OX-1", QUARTER, date(2027, 4, 29), 100_00)
PAID = PaidOut("OX-1", QUARTER, date(2027, 4, 20), 100_00)


class TestRegister:
    def test_fo10_a_register_that_follows_its_agreements_has_no_difference(self) -> None:
        other = replace(BY_DEFAULT, place="Little Haye")

        assert register_differences([AGREED], [ENTRY, other], on=ON) == []

    def test_fo10_on_the_day_after_it_ended_a_register_that_still_cites_it_is_found(self) -> None:
        (found,) = register_differences([AGREED], [ENTRY], on=date(2027, 9, 1))

        assert found.what is What.STALE
        assert found.says == (
            "Urban grass in Coldbrook: the register cites agreement OX-1, which does not cover it "
            "on 1 September 2027. Record to whom it has returned."
        )
        assert register_differences([AGREED], [BY_DEFAULT], on=date(2027, 9, 1)) == []

    @pytest.mark.parametrize(
        ("entry", "says"),
        [
            (BY_DEFAULT, "the register names the county by default"),
            (replace(ENTRY, deliverer="Little Haye"), "names Little Haye under OX-1"),
            (replace(ENTRY, agreement="OX-2"), "names Wychbourne under OX-2"),
        ],
    )
    def test_fo10_an_agreement_in_force_that_the_register_does_not_show_is_found(
        self, entry: Registered, says: str
    ) -> None:
        (found,) = register_differences([AGREED], [entry], on=ON)

        assert found.what is What.NOT_REGISTERED
        assert says in found.says

    @pytest.mark.parametrize("entries", [[], [replace(ENTRY, deliverer="")]])
    def test_fo10_nothing_is_unowned_without_an_alert(self, entries: list[Registered]) -> None:
        (found,) = register_differences([AGREED], entries, on=ON)

        assert found.what is What.NOBODY

    def test_an_entry_that_names_nobody_is_found_without_an_agreement(self) -> None:
        (found,) = register_differences([], [replace(BY_DEFAULT, deliverer="")], on=ON)

        assert found.says.endswith("Record who delivers it.")

    def test_two_agreements_for_one_service_in_one_place_are_found(self) -> None:
        other = replace(AGREED, agreement="OX-2")

        (found,) = register_differences([AGREED, other], [ENTRY], on=ON)

        assert found.what is What.TWO_AGREEMENTS
        assert "OX-1 and OX-2 are both in force on 31 August 2027" in found.says


class TestPayments:
    def test_fo10_what_was_paid_as_due_has_no_difference(self) -> None:
        halves = [replace(PAID, pence=40_00), replace(PAID, pence=60_00)]

        assert payment_differences([DUE], [PAID], on=ON) == []
        assert payment_differences([DUE], halves, on=ON) == []

    @pytest.mark.parametrize(
        ("paid", "on", "what"),
        [
            ([], date(2027, 4, 29), None),
            ([replace(PAID, pence=1)], date(2027, 4, 29), None),
            ([], date(2027, 4, 30), What.NOT_PAID),
            ([PAID], date(2027, 4, 19), None),
            ([replace(PAID, paid_on=date(2027, 5, 2))], date(2027, 5, 1), What.NOT_PAID),
            ([replace(PAID, pence=99_99)], date(2027, 4, 30), What.PAID_OTHERWISE),
            ([replace(PAID, pence=100_01)], date(2027, 4, 20), What.PAID_OTHERWISE),
            ([PAID, PAID], date(2027, 4, 20), What.PAID_OTHERWISE),
        ],
    )
    def test_fo10_what_was_not_paid_in_time_or_otherwise_is_found(
        self, paid: list[PaidOut], on: date, what: What | None
    ) -> None:
        found = payment_differences([DUE], paid, on=on)

        assert [one.what for one in found] == ([what] if what else [])

    def test_fo10_a_payment_that_no_agreement_asks_for_is_found(self) -> None:
        stray = replace(PAID, agreement="OX-9")
        and_back = [stray, replace(stray, pence=-100_00)]

        (found,) = payment_differences([], [stray], on=ON)

        assert found.what is What.PAID_UNAGREED
        assert "£100 was paid, and nothing is due for these days" in found.says
        assert payment_differences([], and_back, on=ON) == []

    def test_the_sentences_name_agreement_days_and_sums(self) -> None:
        (missing,) = payment_differences([DUE], [], on=ON)
        (other,) = payment_differences([DUE], [replace(PAID, pence=99_00)], on=ON)

        assert missing.says == (
            "Agreement OX-1, 1 April 2027 to 30 June 2027: £100 was due by 29 April 2027 and is "
            "not paid."
        )
        assert other.says.endswith("£100 is due, and £99 was paid.")


def test_fo10_a_difference_somebody_explained_is_left_out_by_its_key() -> None:
    found = register_differences([AGREED], [BY_DEFAULT], on=ON)
    key = "not registered: Urban grass, Coldbrook"

    assert [one.key for one in found] == [key]
    assert unexplained(found, {key: "The register follows on Monday."}) == []
    assert unexplained(found, {key: " "}) == found
