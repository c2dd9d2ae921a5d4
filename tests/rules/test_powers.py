"""Legal powers, case by case: the Oxfordshire offer, its parishes, groups and shared posts."""

from dataclasses import replace
from datetime import date

import pytest

from waywarden.rules.legislation import TO_BE_CONFIRMED, PowerNotRecorded
from waywarden.rules.powers import (
    Kind,
    Party,
    Recorded,
    Use,
    Weight,
    answer,
    check,
    open_powers,
    power,
)

START = date(2027, 4, 1)
COUNTY = Party("Oxfordshire County Council", Kind.PRINCIPAL, True, True, by_executive=True)
DISTRICT = Party("Cherwell District Council", Kind.PRINCIPAL, True, False)
PARISH = Party("Wychbourne Parish Council", Kind.PARISH, holds_function=True)
MEETING = Party("Coldbrook Parish Meeting", Kind.MEETING, holds_function=True)
GROUP = Party("Friends of the Green", Kind.OUTSIDE, holds_function=False)
HEALTH = Party("the health board", Kind.PUBLIC)
UNPARISHED = Party("Headington", Kind.NOBODY)
BOTH_DECIDED = frozenset(
    {
        Recorded.GIVER_DECISION,
        Recorded.EXECUTIVE_DECISION,
        Recorded.OTHER_EXECUTIVE_DECISION,
        Recorded.TAKER_MINUTE,
    }
)
MOWING = Use(
    "LGA2000-s9EA",
    on=START,
    giver=COUNTY,
    taker=PARISH,
    service="DPS01",
    is_key_decision=False,
    recorded=BOTH_DECIDED,
)


def found(use: Use, weight: Weight) -> dict[str, str]:
    return {one.key: one.says for one in check(use) if one.weight is weight}


def refused(use: Use) -> list[str]:
    return list(found(use, Weight.REFUSES))


def warned(use: Use) -> list[str]:
    return list(found(use, Weight.WARNS))


def instead(use: Use, key: str) -> tuple[str, ...]:
    return next(one.instead for one in check(use) if one.key == key)


def test_the_cabinet_may_ask_a_parish_council_to_cut_its_verges() -> None:
    assert answer(MOWING).is_clear


def test_until_both_sides_have_decided_that_is_said_and_by_name() -> None:
    use = replace(MOWING, recorded=frozenset())

    assert found(use, Weight.MISSING) == {
        "needs-executive-decision": "Not recorded yet: the decision of the executive of "
        "Oxfordshire County Council.",
        "needs-taker-minute": "Not recorded yet: the minute by which Wychbourne Parish Council "
        "accepts.",
    }
    assert not answer(use).is_refused
    assert not answer(use).is_clear


def test_section_101_for_what_the_cabinet_holds_warns_and_offers_section_9ea() -> None:
    use = replace(MOWING, power="LGA1972-s101")

    assert refused(use) == []
    assert warned(use) == ["not-an-executive-function"]
    assert instead(use, "not-an-executive-function") == ("LGA2000-s9EA",)
    said = found(use, Weight.WARNS)["not-an-executive-function"]
    assert "section 101(1A) to (1D)" in said
    assert TO_BE_CONFIRMED in said


def test_section_101_to_a_council_whose_own_cabinet_answers_for_it_is_refused() -> None:
    unitary = Party("Northshire Council", Kind.PRINCIPAL, True, True, by_executive=True)
    committees = replace(COUNTY, has_executive=False, by_executive=False)
    use = replace(MOWING, power="LGA1972-s101", giver=committees, taker=unitary)

    assert refused(use) == ["not-the-takers-executive-function"]
    assert instead(use, "not-the-takers-executive-function") == OUTSIDE
    unasked = replace(use, taker=replace(unitary, by_executive=None))
    assert list(found(unasked, Weight.MISSING)) == ["not-the-takers-executive-function"]


def test_no_parish_has_an_executive_that_could_answer_for_anything() -> None:
    committees = replace(COUNTY, has_executive=False, by_executive=False)

    assert answer(replace(MOWING, power="LGA1972-s101", giver=committees)).is_clear


@pytest.mark.parametrize(
    ("agreed", "since", "is_ended"),
    [
        (date(1998, 4, 1), date(2001, 10, 1), True),
        (date(2001, 10, 1), date(2001, 10, 1), False),
        (date(2005, 4, 1), date(2001, 10, 1), False),
        (date(1998, 4, 1), None, False),
        (None, date(2001, 10, 1), False),
        (date(1998, 4, 1), date(2031, 10, 1), False),
    ],
)
def test_an_arrangement_ended_when_an_executive_took_the_function_over(
    agreed: date | None, since: date | None, is_ended: bool
) -> None:
    county = replace(COUNTY, by_executive_since=since)
    use = replace(MOWING, power="LGA1972-s101", giver=county, agreed_on=agreed)

    assert ("no-executive-took-it-over" in refused(use)) is is_ended


@pytest.mark.parametrize("key", ["LGA1972-s101", "LGA2000-s9EA", "LGA1972-s136"])
def test_no_power_between_councils_is_for_a_group_which_is_offered_a_contract_or_a_grant(
    key: str,
) -> None:
    use = replace(MOWING, power=key, taker=GROUP)

    assert "taker-is-an-authority" in refused(use)
    assert instead(use, "taker-is-an-authority") == ("contract", "grant")


def test_a_group_cannot_hand_over_what_only_councils_hold() -> None:
    use = replace(MOWING, power="LGA1972-s136", giver=GROUP, taker=COUNTY)

    assert "giver-is-an-authority" in refused(use)


@pytest.mark.parametrize("other", [GROUP, HEALTH])
def test_lending_officers_to_or_from_others_than_councils_is_warned_of(other: Party) -> None:
    lent = replace(MOWING, power="LGA1972-s113", taker=other)
    borrowed = replace(MOWING, power="LGA1972-s113", giver=other, taker=COUNTY)

    assert refused(lent) == refused(borrowed) == []
    assert warned(lent) == ["taker-may-be-no-authority"]
    assert warned(borrowed) == ["giver-may-be-no-authority"]


def test_another_public_body_is_warned_of_and_not_refused() -> None:
    use = replace(MOWING, taker=HEALTH)

    assert refused(use) == []
    assert warned(use) == ["taker-may-be-no-authority"]


def test_a_council_without_a_cabinet_hands_over_by_section_101() -> None:
    committees = replace(COUNTY, has_executive=False, by_executive=False)
    use = replace(MOWING, giver=committees)

    assert refused(use) == ["an-executive-hands-it-over", "an-executive-function"]
    assert instead(use, "an-executive-hands-it-over")[0] == "LGA1972-s101"


def test_whether_there_is_a_cabinet_must_be_recorded_before_section_9ea_is_relied_on() -> None:
    use = replace(MOWING, giver=replace(COUNTY, has_executive=None, by_executive=None))

    assert list(found(use, Weight.MISSING)) == [
        "an-executive-hands-it-over",
        "an-executive-function",
    ]


def test_a_council_cannot_hand_over_what_it_does_not_hold() -> None:
    use = replace(MOWING, giver=DISTRICT)

    assert refused(use) == ["giver-holds-the-function"]
    assert "Cherwell District Council does not hold this function" in check(use)[0].says


def test_both_must_hold_a_function_to_share_what_it_costs() -> None:
    use = replace(MOWING, power="LGA1972-s136", taker=replace(PARISH, holds_function=False))

    assert refused(use) == ["both-hold-the-function"]
    assert instead(use, "both-hold-the-function") == ("LGA2000-s9EA", *OUTSIDE)


OUTSIDE = ("contract", "grant")


def test_whether_both_hold_it_must_be_recorded_before_money_flows_by_section_136() -> None:
    use = replace(MOWING, power="LGA1972-s136", taker=replace(PARISH, holds_function=None))

    assert list(found(use, Weight.MISSING)) == ["both-hold-the-function"]


def test_a_contribution_between_two_councils_that_hold_the_function_is_clear() -> None:
    assert answer(replace(MOWING, power="LGA1972-s136")).is_clear


@pytest.mark.parametrize("key", ["LGA2000-s9EA", "LGA1972-s136", "grant"])
def test_where_there_is_no_parish_council_the_district_or_a_neighbour_is_named(key: str) -> None:
    use = replace(MOWING, power=key, taker=UNPARISHED)

    said = found(use, Weight.REFUSES)["somebody-takes-it"]
    assert said.startswith("Headington has no parish council")
    assert "district council" in said
    assert "taker-is-an-authority" not in refused(use)
    assert open_powers(use) == ()


@pytest.mark.parametrize("key", ["LGA1972-s101", "LGA2000-s9EA", "LGA1972-s136", "LGA1972-s113"])
def test_a_parish_meeting_is_warned_of_and_not_refused(key: str) -> None:
    taking = replace(MOWING, power=key, taker=MEETING)
    paying = replace(MOWING, power=key, giver=MEETING, taker=PARISH)

    assert refused(taking) == []
    assert "the-meeting-is-no-authority" in warned(taking)
    assert "the-giving-meeting-is-no-authority" in warned(paying)


def test_an_order_gives_a_parish_meeting_the_powers_of_a_council() -> None:
    assert answer(replace(MOWING, taker=replace(MEETING, has_order=True))).is_clear


def test_the_monitoring_officers_confirmation_answers_a_warning_and_stays_beside_it() -> None:
    use = replace(MOWING, taker=MEETING, confirmed=frozenset({"the-meeting-is-no-authority"}))

    (finding,) = check(use)
    assert finding.is_confirmed
    assert answer(use).is_clear


def test_nobody_can_confirm_away_what_the_law_as_read_refuses() -> None:
    use = replace(MOWING, giver=DISTRICT, confirmed=frozenset({"giver-holds-the-function"}))

    assert answer(use).is_refused
    assert not answer(use).is_clear


def test_no_officer_is_lent_before_being_asked() -> None:
    use = replace(MOWING, power="LGA1972-s113", taker=DISTRICT)

    assert list(found(use, Weight.MISSING)) == ["needs-officers-consulted"]
    asked = replace(use, recorded=BOTH_DECIDED | {Recorded.OFFICERS_CONSULTED})
    assert answer(asked).is_clear


def test_what_is_not_recorded_cannot_be_confirmed_away() -> None:
    use = replace(MOWING, power="grant", taker=GROUP, recorded=frozenset())

    confirmed = replace(use, confirmed=frozenset({"needs-giver-decision"}))
    assert not answer(confirmed).is_clear


def test_a_change_of_employer_is_never_recorded_as_lending() -> None:
    use = replace(MOWING, power="LGA1972-s113", taker=DISTRICT, changes_employer=True)

    assert refused(use) == ["the-employer-stays"]


def test_a_key_decision_without_28_days_of_publicity_is_warned_of() -> None:
    for is_key in (True, None):
        use = replace(MOWING, is_key_decision=is_key)

        assert warned(use) == ["publicity-of-28-days"]
        law = next(one.law for one in check(use) if one.key == "publicity-of-28-days")
        assert law is not None
        assert law.key == "SI2012-2089"
        published = replace(use, recorded=BOTH_DECIDED | {Recorded.PUBLICITY})
        assert answer(published).is_clear


def test_section_20_is_history_and_a_new_agreement_is_offered_section_9eb() -> None:
    use = replace(MOWING, power="LGA2000-s20", taker=DISTRICT)

    assert warned(use) == ["superseded"]
    assert instead(use, "superseded") == ("LGA2000-s9EB",)
    assert "LGA2000-s20" not in [one.key for one in open_powers(use)]


def test_a_joint_committee_needs_quorum_votes_and_a_chair() -> None:
    use = replace(MOWING, power="LGA1972-s102", taker=DISTRICT)

    assert list(found(use, Weight.MISSING)) == ["needs-constitution"]
    assert "quorum, votes and chair" in check(use)[0].says


@pytest.mark.parametrize("key", ["LGA2000-s9EB", "SI2012-1019"])
def test_what_executives_do_together_needs_one_and_its_decision_on_both_sides(key: str) -> None:
    together = replace(MOWING, power=key, taker=DISTRICT, recorded=frozenset())

    assert {"needs-executive-decision", "needs-other-executive-decision"} <= set(
        found(together, Weight.MISSING)
    )
    assert warned(replace(together, taker=PARISH)) == ["executives-on-both-sides"]
    unknown = replace(together, taker=replace(DISTRICT, has_executive=None))
    assert warned(unknown) == ["executives-on-both-sides"]


def test_a_parish_council_maintains_footpaths_by_its_own_power() -> None:
    assert answer(replace(MOWING, power="HA1980-s43", service="ROW")).is_clear
    assert "stays liable" in power("HA1980-s43").explains


def test_the_power_over_footpaths_is_not_for_verges_nor_for_a_district() -> None:
    assert warned(replace(MOWING, power="HA1980-s43")) == ["the-service-is-covered"]
    assert warned(replace(MOWING, power="HA1980-s43", service="")) == ["the-service-is-covered"]
    district = replace(MOWING, power="HA1980-s43", service="ROW", taker=DISTRICT)
    assert refused(district) == ["taker-is-a-parish-council"]


def test_a_parish_council_needs_the_highway_authoritys_consent_for_verges() -> None:
    use = replace(MOWING, power="HA1980-s96-5")

    assert list(found(use, Weight.MISSING)) == ["needs-highway-consent"]
    consented = replace(use, recorded=BOTH_DECIDED | {Recorded.HIGHWAY_CONSENT})
    assert answer(consented).is_clear


def test_a_council_trades_with_public_bodies_and_is_warned_of_others() -> None:
    assert answer(replace(MOWING, power="LAGSA1970", taker=HEALTH)).is_clear
    assert warned(replace(MOWING, power="LAGSA1970", taker=GROUP)) == ["taker-is-a-public-body"]


@pytest.mark.parametrize("key", ["LGA1972-s137", "LA2011-gpc"])
def test_the_spending_powers_are_options_that_somebody_must_confirm(key: str) -> None:
    assert "an-option-only" in warned(replace(MOWING, power=key))


@pytest.mark.parametrize(
    "taker", [MEETING, GROUP, HEALTH, replace(GROUP, name="a company")], ids=lambda one: one.name
)
def test_the_general_power_is_not_a_parish_meetings_nor_a_groups(taker: Party) -> None:
    use = replace(MOWING, power="LA2011-gpc", taker=taker)

    assert refused(use) == ["the-general-power-is-a-councils"]
    said = found(use, Weight.REFUSES)["the-general-power-is-a-councils"]
    assert said.startswith(f"{taker.name} does not have the general power of competence")
    assert "Parish meetings, groups, charities and companies do not." in said
    assert instead(use, "the-general-power-is-a-councils") == OUTSIDE
    law = next(one.law for one in check(use) if one.refuses)
    assert law is not None
    assert law.name == "Localism Act 2011, section 8"


def test_who_may_be_a_meeting_or_has_an_order_is_asked_about_the_general_power() -> None:
    for taker in (replace(MEETING, kind=Kind.UNKNOWN), replace(MEETING, has_order=True)):
        use = replace(MOWING, power="LA2011-gpc", taker=taker)

        assert refused(use) == []
        assert list(found(use, Weight.MISSING)) == ["the-general-power-is-a-councils"]


def test_a_district_has_the_general_power_and_a_parish_council_once_it_is_eligible() -> None:
    use = replace(MOWING, power="LA2011-gpc")

    assert list(found(replace(use, taker=DISTRICT), Weight.MISSING)) == []
    assert list(found(use, Weight.MISSING)) == ["the-parish-council-is-eligible"]
    eligible = replace(use, taker=replace(PARISH, is_eligible=True))
    assert warned(eligible) == ["an-option-only"]
    assert found(eligible, Weight.MISSING) == found(eligible, Weight.REFUSES) == {}
    not_yet = replace(use, taker=replace(PARISH, is_eligible=False))
    assert refused(not_yet) == ["the-parish-council-is-eligible"]
    assert instead(not_yet, "the-parish-council-is-eligible")[-2:] == OUTSIDE


def test_a_grant_or_a_contract_is_open_to_a_group_once_the_council_has_decided() -> None:
    for key in OUTSIDE:
        assert answer(replace(MOWING, power=key, taker=GROUP)).is_clear


def test_what_is_open_to_a_group_holds_no_power_between_councils() -> None:
    keys = [one.key for one in open_powers(replace(MOWING, taker=GROUP))]

    assert keys[-2:] == ["contract", "grant"]
    assert not {"LGA1972-s101", "LGA2000-s9EA", "LGA1972-s136"} & set(keys)


def test_a_power_that_is_not_in_the_table_is_not_recorded_and_never_guessed() -> None:
    with pytest.raises(PowerNotRecorded, match="No power is recorded under 'LGA1933-s1'"):
        check(replace(MOWING, power="LGA1933-s1"))
