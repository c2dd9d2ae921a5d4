"""Whether the decisions of both sides let an agreement come into force."""

from dataclasses import replace
from datetime import date

import pytest

from waywarden.rules.agreement_decisions import Decider, Decision, Side, findings, obstacles
from waywarden.rules.powers.parties import Kind

DAY = date(2027, 4, 1)
COUNTY = Side("the county", Kind.PRINCIPAL, by_executive=True)
COLDBROOK = Side("Coldbrook", Kind.PARISH)
CABINET = Decision(
    party="the county",
    decider=Decider.EXECUTIVE,
    reference="2027/18",
    decided_on=date(2027, 2, 16),
    digest="d",
    call_in_ends_on=date(2027, 2, 24),
)
MINUTE = Decision(
    party="Coldbrook",
    decider=Decider.FULL_COUNCIL,
    reference="27/011",
    decided_on=date(2027, 1, 12),
)


def told(
    *decisions: Decision, on: date = DAY, sides: tuple[Side, ...] = (COUNTY, COLDBROOK)
) -> str:
    return " ".join(obstacles(sides, decisions, digest="d", on=on))


def test_both_sides_having_decided_it_may_be_in_force() -> None:
    assert told(CABINET, MINUTE) == ""


def test_a_side_that_has_not_decided_yet_is_named() -> None:
    assert told(CABINET) == (
        "No decision of Coldbrook is recorded. Record its decision and the reference."
    )
    assert "No decision of the county" in told(CABINET, MINUTE, on=date(2027, 2, 15))


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"is_yes": False}, "it is refused. Ask for another decision"),
        ({"reference": " "}, "has no reference. Add the number of its minute"),
        ({"digest": "other"}, "is about another version"),
        ({"was_called_in": True}, "was called in. It acts only once decided again"),
        ({"call_in_ends_on": DAY}, "can be called in until 1 April 2027"),
        ({"was_quorate": False}, "there was no quorum"),
        ({"was_quorate": None}, "not recorded whether there was a quorum"),
        (
            {"decider": Decider.FULL_COUNCIL},
            "It takes its executive or officer by delegation "
            "(Local Government Act 2000, section 9EA).",
        ),
    ],
)
def test_a_decision_that_does_not_carry_the_agreement_is_refused_with_the_reason(
    change: dict, says: str
) -> None:
    found = told(replace(CABINET, **change), MINUTE)

    assert says in found
    assert "the decision of the county of 16 February 2027" in found.lower().replace(
        "february", "February"
    )


def test_what_a_council_decided_last_counts() -> None:
    no_more = replace(MINUTE, decided_on=date(2027, 3, 9), is_yes=False)

    assert "of 9 March 2027 it is refused" in told(CABINET, no_more, MINUTE)
    assert told(CABINET, MINUTE, no_more, on=date(2027, 3, 8)) == ""


def test_an_executive_function_may_be_handed_over_by_an_officer_to_whom_it_was_given() -> None:
    assert told(replace(CABINET, decider=Decider.OFFICER), MINUTE) == ""


def test_a_committee_of_a_parish_is_a_warning_as_the_rule_is_recalled() -> None:
    by_committee = replace(MINUTE, decider=Decider.COMMITTEE)

    (found,) = findings((COUNTY, COLDBROOK), (CABINET, by_committee), digest="d", on=DAY)

    assert not found.refuses
    assert "was by its committee. It takes its full council." in found.says
    assert told(CABINET, by_committee) == ""


def test_a_parish_meeting_is_warned_of_and_never_refused_by_a_recalled_rule() -> None:
    meeting = Side("Marl Green", Kind.MEETING)
    decided = replace(MINUTE, party="Marl Green", decider=Decider.PARISH_MEETING)

    (found,) = findings((COUNTY, meeting), (CABINET, decided), digest="d", on=DAY)

    assert not found.refuses
    assert "section 270(1)" in found.says
    with_order = replace(meeting, has_order=True)
    assert findings((COUNTY, with_order), (CABINET, decided), digest="d", on=DAY) == []


def test_where_there_is_no_council_nobody_can_agree() -> None:
    nobody = Side("the unparished ward", Kind.NOBODY)

    assert "there is no council to agree" in told(CABINET, sides=(COUNTY, nobody))


def test_an_agreement_has_two_sides() -> None:
    assert "two sides at least" in told(CABINET, sides=(COUNTY, COUNTY))
