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
)

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


def test_nobody_has_recorded_whether_a_districts_functions_are_executive_ones() -> None:
    assert default_duty("LIT").is_executive is None


@pytest.mark.parametrize("service", ["ADM", "INS", "no such service", ""])
def test_a_power_nobody_recorded_is_not_guessed(service: str) -> None:
    duty = default_duty(service)

    assert duty.tier is Tier.NOT_RECORDED
    assert duty.grounds == ()


def test_a_street_bench_falls_to_an_owner_who_is_not_known() -> None:
    duty = default_duty("FUR")

    assert duty.tier is Tier.OWNER


@every_duty
def test_every_law_it_rests_on_is_in_the_table(duty: DefaultDuty) -> None:
    for ground in duty.grounds + duty.parish_grounds:
        assert ground.law.key == ground.law_key
        assert 0 < ground.certainty_percent <= 100


@every_duty
def test_a_law_is_named_just_where_a_council_holds_it(duty: DefaultDuty) -> None:
    assert bool(duty.grounds) == (duty.tier in {Tier.COUNTY, Tier.DISTRICT, Tier.ANY})
    assert bool(duty.grounds) == (duty.obligation is not Obligation.NOT_RECORDED)
