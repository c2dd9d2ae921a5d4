"""Paying out of an award: four eyes on the person, and never more than was awarded."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waywarden.rules.payments import left_of, person_of, why_beyond, why_not_approve
from waywarden.rules.saying import Refused


class TestFourEyes:
    def test_ab10_a_second_person_approves(self) -> None:
        assert why_not_approve("ada", hands=["bron", "colm"]) == ""

    @pytest.mark.parametrize(
        ("approver", "merged"),
        [
            ("ada", {}),
            ("ada-at-home", {"ada-at-home": "ada"}),
            ("ada-2", {"ada-2": "ada-at-home", "ada-at-home": "ada"}),
        ],
    )
    def test_ab10_nobody_approves_what_they_prepared_in_whatever_account(
        self, approver: str, merged: dict[str, str]
    ) -> None:
        says = why_not_approve(approver, hands=["bron", "ada"], merged=merged)

        assert says.startswith("You prepared, sent or changed this yourself")

    def test_ab10_an_account_merged_after_it_prepared_is_still_its_person(self) -> None:
        assert why_not_approve("ada", hands=["ada-at-home"], merged={"ada-at-home": "ada"})

    def test_what_nobody_prepared_cannot_be_approved(self) -> None:
        assert "Let somebody prepare it first" in why_not_approve("ada", hands=[])

    def test_accounts_merged_in_a_ring_are_refused_rather_than_followed_for_ever(self) -> None:
        with pytest.raises(Refused, match="merged in a ring"):
            person_of("a", {"a": "b", "b": "a"})


class TestAward:
    @given(award=st.integers(0, 10**6), asked=st.lists(st.integers(0, 10**5), max_size=30))
    def test_ab11_paying_whatever_is_allowed_never_comes_to_more_than_the_award(
        self, award: int, asked: list[int]
    ) -> None:
        taken: list[int] = []

        for pence in asked:
            if not why_beyond(award, taken, pence):
                taken.append(pence)

        assert left_of(award, taken) >= 0

    def test_fo6_it_is_said_what_is_left_and_how_much_is_too_much(self) -> None:
        assert why_beyond(100_00, [70_00], 30_00) == ""
        assert why_beyond(100_00, [70_00], 31_50) == (
            "Of the award of £100 £30 is left, and £31.50 is asked: £1.50 too much."
        )
        assert why_beyond(100_00, [100_00], 1) == "Of the award of £100 nothing is left."
        assert why_beyond(100_00, [100_00], 0) == ""
        assert "£0.01 is left, and £0.02 is asked" in why_beyond(100_00, [99_99], 2)
