"""Quorum, interests and votes."""

import pytest

from waywarden.rules.voting import CannotBeSo, Vote, parish_quorum


@pytest.mark.parametrize(
    ("seats", "quorum"), [(1, 3), (5, 3), (9, 3), (10, 4), (12, 4), (13, 5), (21, 7)]
)
def test_a_parish_needs_one_third_of_its_members_and_never_under_three(
    seats: int, quorum: int
) -> None:
    assert parish_quorum(seats) == quorum


def test_a_council_without_seats_is_none() -> None:
    with pytest.raises(CannotBeSo, match="at least one member"):
        parish_quorum(0)


def test_the_quorum_is_looked_at_again_when_members_leave_for_an_interest() -> None:
    there = Vote(present=4, quorum=3)
    left = Vote(present=4, quorum=3, withdrawn=2, votes_for=2)

    assert there.is_quorate
    assert not left.is_quorate
    assert not left.is_carried


def test_a_member_with_a_dispensation_stays_and_the_item_is_decided() -> None:
    vote = Vote(present=4, quorum=3, withdrawn=1, votes_for=2, votes_against=1)

    assert vote.is_carried


def test_equal_votes_carry_nothing_and_leave_the_second_vote_to_the_chair() -> None:
    vote = Vote(present=5, quorum=3, votes_for=2, votes_against=2, abstained=1)

    assert not vote.is_carried
    assert vote.is_tied
    assert not Vote(present=5, quorum=3, abstained=5).is_tied


@pytest.mark.parametrize(
    ("numbers", "said"),
    [
        ({"present": 5, "withdrawn": 6}, "6 left the item, and 5 were there."),
        ({"present": 5, "withdrawn": 3, "votes_for": 3}, "3 voted or abstained, and 2 stayed."),
        ({"present": -1}, "nought or more"),
        ({"present": 5, "votes_for": 2, "abstained": -1}, "nought or more"),
        ({"present": 5, "quorum": -1}, "nought or more"),
    ],
)
def test_numbers_that_contradict_one_another_are_refused_in_words(
    numbers: dict[str, int], said: str
) -> None:
    with pytest.raises(CannotBeSo, match=said):
        Vote(**{"quorum": 3, **numbers})
