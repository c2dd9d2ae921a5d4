"""Whose duty a service is where nothing has been agreed."""

import pytest

from waywarden.rules.duties import (
    AS_HIGHWAY_AUTHORITY,
    SERVICES,
    DefaultDuty,
    Obligation,
    ParishRoute,
    Tier,
    default_duties,
    default_duty,
    holder_tier,
)

TWO_TIERS = {"county", "district", "parish"}
ONE_TIER = {"unitary", "parish"}

every_duty = pytest.mark.parametrize(
    "duty",
    [duty for service in SERVICES for duty in default_duties(service)],
    ids=lambda duty: f"{duty.service} {duty.where}",
)


@pytest.mark.parametrize("service", ["DPS01", "DPS02", "HDG", "EPI", "SID"])
def test_verges_hedges_and_paths_fall_to_the_county_as_highway_authority(service: str) -> None:
    duty = default_duty(service)

    assert duty.tier is Tier.COUNTY
    assert duty.capacity == AS_HIGHWAY_AUTHORITY
    assert duty.obligation is Obligation.DUTY
    assert duty.is_executive
    assert [(ground.law_key, ground.certainty_percent) for ground in duty.grounds] == [
        ("HA1980-s41", 95),
        ("HA1980-s96", 95),
        ("HA1980-s154", 90),
    ]


def test_an_answer_names_its_laws_and_how_sure_we_are_of_the_chief_one() -> None:
    duty = default_duty("LIT")

    assert [law.section for law in duty.laws] == ["section 89", "section 59"]
    assert duty.certainty == 95


def test_how_sure_we_are_of_nothing_is_not_known() -> None:
    assert default_duty("FUR").certainty is None


def test_what_a_parish_may_do_is_said_in_a_sentence() -> None:
    assert default_duty("DPS01").parish_may == (
        "A parish council may look after verges and trees with the highway authority's consent."
    )
    assert default_duty("U5S").parish_may == "A parish council may do this with a grant."
    assert default_duty("FUR").parish_may == ""


def test_a_parish_may_mow_verges_only_with_the_highway_authoritys_consent() -> None:
    duty = default_duty("DPS01")

    assert duty.parish_route is ParishRoute.CONSENT
    assert [ground.law.section for ground in duty.parish_grounds] == ["section 96(5)"]


def test_illegal_signs_are_the_countys_on_the_highway_and_the_districts_elsewhere() -> None:
    on_the_highway, elsewhere = default_duties("FLY")

    assert (on_the_highway.tier, on_the_highway.where) == (Tier.COUNTY, "on the highway")
    assert (elsewhere.tier, elsewhere.where) == (Tier.DISTRICT, "elsewhere")


def test_litter_is_the_districts_and_a_parish_may_set_up_bins() -> None:
    duty = default_duty("LIT")

    assert duty.tier is Tier.DISTRICT
    assert duty.parish_route is ParishRoute.OWN_POWER


def test_nobody_must_provide_public_toilets() -> None:
    duty = default_duty("TOI")

    assert duty.obligation is Obligation.POWER
    assert holder_tier(duty, TWO_TIERS) is None


def test_nobody_has_recorded_whether_a_districts_functions_are_executive_ones() -> None:
    assert default_duty("LIT").is_executive is None


@pytest.mark.parametrize("service", ["ADM", "INS", "no such service", ""])
def test_a_power_nobody_recorded_is_not_guessed(service: str) -> None:
    duty = default_duty(service)

    assert duty.tier is Tier.NOT_RECORDED
    assert not duty.has_power
    assert holder_tier(duty, TWO_TIERS | ONE_TIER) is None


def test_a_street_bench_falls_to_an_owner_who_is_not_known() -> None:
    duty = default_duty("FUR")

    assert duty.tier is Tier.OWNER
    assert holder_tier(duty, TWO_TIERS) is None


def test_a_lengthsman_bundle_falls_to_nobody_as_a_whole() -> None:
    assert holder_tier(default_duty("LEN"), ONE_TIER) is None


@pytest.mark.parametrize(("service", "tier"), [("DPS01", Tier.COUNTY), ("LIT", Tier.DISTRICT)])
def test_a_unitary_council_holds_what_both_tiers_hold_elsewhere(service: str, tier: Tier) -> None:
    duty = default_duty(service)

    assert holder_tier(duty, TWO_TIERS) is tier
    assert holder_tier(duty, ONE_TIER) is Tier.UNITARY


def test_a_duty_has_no_holder_where_its_tier_is_missing() -> None:
    assert holder_tier(default_duty("LIT"), {"county", "parish"}) is None


@every_duty
def test_every_law_it_rests_on_is_in_the_table(duty: DefaultDuty) -> None:
    for ground in duty.grounds + duty.parish_grounds:
        assert ground.law.key == ground.law_key
        assert 0 < ground.certainty_percent <= 100


@every_duty
def test_a_law_is_named_just_where_a_council_holds_it(duty: DefaultDuty) -> None:
    assert duty.has_power == (duty.tier in {Tier.COUNTY, Tier.DISTRICT, Tier.ANY})
    assert duty.has_power == (duty.obligation is not Obligation.NOT_RECORDED)
