"""What holds of every power between every two sides: read may refuse, recalled only warns."""

from dataclasses import replace
from datetime import date
from types import MappingProxyType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waywarden.rules import legislation
from waywarden.rules.legislation import TO_BE_CONFIRMED, Country, Jurisdiction
from waywarden.rules.powers import (
    POWERS,
    Finding,
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
    UNKNOWN_TOO,
    st.sampled_from(Country),
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
    if law := of_power.law:
        may_refuse["in-force"] = bool(law.starts_read_in or law.ends_read_in)
        for side in ("giver", "taker"):
            may_refuse[f"law-reaches-{side}"] = bool(law.jurisdiction_read_in)

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
def changed(monkeypatch: pytest.MonkeyPatch):
    """Change what is held of a law, as an Act of Parliament, or a reader, would."""

    def of(key: str, **facts: object) -> None:
        law = replace(legislation.LAWS[key], **facts)
        laws = MappingProxyType({**legislation.LAWS, key: law})
        monkeypatch.setattr(legislation, "LAWS", laws)

    return of


COUNTY = Party("the county", Kind.PRINCIPAL, True, True, by_executive=True)
PARISH = Party("the parish", Kind.PARISH, holds_function=True)
HANDED_OVER = Use("LGA2000-s9EA", on=date(2028, 4, 1), giver=COUNTY, taker=PARISH)
SOLD = replace(HANDED_OVER, power="LAGSA1970")


def refusal_of(use: Use) -> Finding:
    (refusal,) = [finding for finding in check(use) if finding.refuses]
    return refusal


def test_a_power_is_in_force_on_its_last_day_and_on_its_first(changed) -> None:
    changed("LGA2000-s9EA", ends_on=date(2028, 3, 31), ends_read_in="a source")

    for day in (date(2028, 3, 31), date(2012, 5, 4)):
        assert not answer(replace(HANDED_OVER, on=day)).is_refused


def test_a_last_day_that_was_read_refuses_after_it_and_others_stay_open(changed) -> None:
    changed("LGA2000-s9EA", ends_on=date(2028, 3, 31), ends_read_in="a source")

    refusal = refusal_of(HANDED_OVER)

    assert refusal.says == (
        "Delegation of an executive function is in force from 4 May 2012 until 31 March 2028, not "
        "on 1 April 2028."
    )
    assert {"contract", "grant"} <= set(refusal.instead)
    assert "LGA2000-s9EA" not in [one.key for one in open_powers(HANDED_OVER)]


def test_a_first_day_that_was_read_refuses_before_it() -> None:
    early = replace(HANDED_OVER, on=date(2012, 5, 3))

    refusal = refusal_of(early)

    assert refusal.key == "in-force"
    assert refusal.says.endswith("is in force from 4 May 2012, not on 3 May 2012.")
    assert {"contract", "grant"} <= set(refusal.instead)
    assert "LGA2000-s9EB" not in refusal.instead


@pytest.mark.parametrize(
    ("facts", "says"),
    [
        ({"ends_on": date(2028, 3, 31)}, "until 31 March 2028 (first day not recorded), not on"),
        ({"starts_on": date(2028, 5, 1)}, "from 1 May 2028, not on"),
    ],
)
def test_a_day_that_is_recalled_only_warns_and_can_be_confirmed(changed, facts, says: str) -> None:
    changed("LAGSA1970", **facts)

    assert not answer(SOLD).is_refused
    (warning,) = [finding for finding in check(SOLD) if finding.key == "in-force"]
    assert says in warning.says
    assert "Local Authorities (Goods and Services) Act 1970" in warning.says
    confirmed = replace(SOLD, confirmed=frozenset({"in-force"}))
    assert next(one for one in check(confirmed) if one.key == "in-force").is_confirmed
    # It is not offered in the place of another while that is open.
    assert "LAGSA1970" in [one.key for one in open_powers(SOLD)]
    cannot = replace(SOLD, power="LGA2000-s9EA", giver=replace(COUNTY, holds_function=False))
    assert all("LAGSA1970" not in finding.instead for finding in check(cannot))


def test_what_is_not_recorded_of_a_laws_days_refuses_nothing() -> None:
    long_ago = replace(SOLD, on=date(1900, 1, 1))

    assert "in-force" not in [finding.key for finding in check(long_ago)]
    assert POWERS["LAGSA1970"].days == "first day not recorded"


@pytest.mark.parametrize("side", ["giver", "taker"])
def test_a_law_for_england_is_refused_to_a_council_in_wales_where_that_was_read(side: str) -> None:
    welsh = replace(getattr(HANDED_OVER, side), country=Country.WALES)
    use = replace(HANDED_OVER, **{side: welsh})

    refusal = refusal_of(use)

    assert refusal.key == f"law-reaches-{side}"
    assert "is for England, and the" in refusal.says
    assert refusal.says.endswith("is in Wales.")
    assert {"contract", "grant"} <= set(refusal.instead)
    # The Act of 1972 reaches both countries.
    assert not answer(replace(use, power="LGA1972-s101")).is_refused


def test_how_far_a_law_reaches_only_warns_where_it_is_recalled() -> None:
    scottish = replace(PARISH, country=Country.SCOTLAND)
    use = replace(HANDED_OVER, power="LGA2000-s20", taker=scottish)

    assert not answer(use).is_refused
    (warning,) = [one for one in check(use) if one.key == "law-reaches-taker"]
    assert "is for England and Wales, and the parish is in Scotland." in warning.says
    assert TO_BE_CONFIRMED in warning.says


def test_every_power_that_names_a_law_says_how_far_it_reaches() -> None:
    for power in POWERS.values():
        assert (power.jurisdiction is None) == (power.law is None) == (power.days == "")
    assert POWERS["LA2011-gpc"].jurisdiction is Jurisdiction.ENGLAND


def test_a_contract_and_a_grant_reach_everywhere_on_every_day() -> None:
    abroad = replace(PARISH, country=Country.NORTHERN_IRELAND)

    for key in ("contract", "grant"):
        found = check(replace(HANDED_OVER, power=key, taker=abroad, on=date(1900, 1, 1)))
        assert [finding.weight for finding in found] == [Weight.MISSING]
