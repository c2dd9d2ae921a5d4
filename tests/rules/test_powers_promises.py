"""What holds of every power between every two sides: read may refuse, recalled only warns."""

from dataclasses import replace
from datetime import date
from types import MappingProxyType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waywarden.rules import legislation
from waywarden.rules.legislation import TO_BE_CONFIRMED, Mark
from waywarden.rules.powers import (
    POWERS,
    Kind,
    Party,
    Recorded,
    Use,
    Weight,
    answer,
    check,
    open_powers,
)
from waywarden.rules.powers.conditions import CONDITIONS

UNKNOWN_TOO = st.sampled_from([True, False, None])
DAYS = st.dates(date(2000, 1, 1), date(2040, 12, 31))
parties = st.builds(
    Party,
    st.just("a party"),
    st.sampled_from(Kind),
    UNKNOWN_TOO,
    UNKNOWN_TOO,
    UNKNOWN_TOO,
    st.none() | DAYS,
    st.booleans(),
)
uses = st.builds(
    Use,
    st.sampled_from(sorted(POWERS)),
    on=DAYS,
    giver=parties,
    taker=parties,
    service=st.sampled_from(["", "DPS01", "ROW", "LIB", "none such"]),
    agreed_on=st.none() | DAYS,
    is_key_decision=UNKNOWN_TOO,
    changes_employer=st.booleans(),
    recorded=st.frozensets(st.sampled_from(Recorded)),
)


@given(uses)
def test_only_what_was_read_in_its_source_refuses(use: Use) -> None:
    of_power = POWERS[use.power]
    may_refuse = {one.key: one.may_refuse(of_power) for one in CONDITIONS}

    assert all(may_refuse[one.key] for one in check(use) if one.refuses)


@given(uses)
def test_whoever_is_refused_is_told_what_is_open_or_that_there_is_nobody(use: Use) -> None:
    for finding in check(use):
        if finding.refuses:
            assert finding.instead or Kind.NOBODY is use.taker.kind


@given(uses)
def test_no_power_that_is_offered_instead_is_refused_itself(use: Use) -> None:
    offered = {key for finding in check(use) for key in finding.instead}

    assert use.power not in offered
    assert not any(answer(replace(use, power=key)).is_refused for key in offered)
    assert offered <= {one.key for one in open_powers(use)}


@given(uses)
def test_every_warning_names_its_law_and_can_be_confirmed(use: Use) -> None:
    warnings = [finding for finding in check(use) if finding.weight is Weight.WARNS]
    confirmed = replace(use, confirmed=frozenset(finding.key for finding in warnings))

    for finding in check(confirmed):
        assert finding.is_confirmed == (finding.weight is Weight.WARNS)
    for finding in warnings:
        assert finding.law is not None
        assert finding.law.name in finding.says
        assert TO_BE_CONFIRMED in finding.says


@given(uses)
def test_the_gravest_is_said_first(use: Use) -> None:
    order = [list(Weight).index(finding.weight) for finding in check(use)]

    assert order == sorted(order)


@pytest.mark.parametrize("one", CONDITIONS, ids=lambda one: one.key)
def test_every_condition_is_of_powers_that_there_are(one) -> None:
    assert set(one.powers) <= set(POWERS)
    assert set(one.instead) <= set(POWERS)


@pytest.fixture
def ends(monkeypatch: pytest.MonkeyPatch):
    """End a law on a day, as an Act of Parliament would."""

    def of(key: str, day: date) -> None:
        changed = replace(legislation.LAWS[key], ends_on=day, starts_on=date(2000, 1, 1))
        laws = MappingProxyType({**legislation.LAWS, key: changed})
        monkeypatch.setattr(legislation, "LAWS", laws)

    return of


COUNTY = Party("the county", Kind.PRINCIPAL, True, True, by_executive=True)
PARISH = Party("the parish", Kind.PARISH, holds_function=True)


def test_a_power_is_in_force_on_its_last_day(ends) -> None:
    ends("LGA2000-s9EA", date(2028, 3, 31))
    use = Use("LGA2000-s9EA", on=date(2028, 3, 31), giver=COUNTY, taker=PARISH)

    assert not answer(use).is_refused


def test_a_power_that_was_read_refuses_after_its_last_day_and_others_stay_open(ends) -> None:
    ends("LGA2000-s9EA", date(2028, 3, 31))
    use = Use("LGA2000-s9EA", on=date(2028, 4, 1), giver=COUNTY, taker=PARISH)

    (refusal,) = [finding for finding in check(use) if finding.refuses]
    assert refusal.says == (
        "Delegation of an executive function is in force from 1 January 2000 until 31 March 2028, "
        "not on 1 April 2028."
    )
    assert {"contract", "grant"} <= set(refusal.instead)
    assert "LGA2000-s9EA" not in [one.key for one in open_powers(use)]


def test_a_power_that_is_recalled_only_warns_after_its_last_day(ends) -> None:
    assert POWERS["LAGSA1970"].mark is Mark.RECALLED
    ends("LAGSA1970", date(2028, 3, 31))
    use = Use("LAGSA1970", on=date(2028, 4, 1), giver=COUNTY, taker=PARISH)

    assert not answer(use).is_refused
    (warning,) = [finding for finding in check(use) if finding.key == "in-force"]
    assert "Local Authorities (Goods and Services) Act 1970" in warning.says
    later = replace(use, confirmed=frozenset({"in-force"}))
    assert next(one for one in check(later) if one.key == "in-force").is_confirmed
