"""Whoever answers a letter reaches the body concerned, whatever the letter is about."""

from __future__ import annotations

import pytest
from django.test import override_settings
from django.utils.timezone import localdate, now

from tests.cast import ADA, Cast
from tests.clusters.formed import IDEA, NOW
from waywarden.county.councils import actions as councils
from waywarden.county.councils.models import Body
from waywarden.county.looking_in.actions import open_access
from waywarden.county.offices.hands import Hand
from waywarden.county.offices.telling import answers_to
from waywarden.county.services import correcting_actions as correcting
from waywarden.devolution.clusters.actions import clusters
from waywarden.fabric.common.subjects import Actor
from waywarden.fabric.notices.models import Notice

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


def reached_at(body: Body, address: str) -> Body:
    """Let a body have a public address."""
    said = {"by": ADA, "today": localdate()}
    councils.add_contact(body=body, kind="email", value=address, **said)
    return body


def acting(body: Body) -> Actor:
    """Give somebody who acts for a body."""
    return Actor("person-77", f"Officer, {body}", body=body.key)


def answered_at() -> set[str]:
    """Give every address that an answer to what was written would reach."""
    return set(Notice.objects.values_list("reply_to", flat=True))


def test_an_answer_to_a_letter_about_a_cluster_reaches_who_wrote_it(cast: Cast) -> None:
    county = reached_at(cast.county_council, "parishes@county.example")
    assert cast.at_wychbourne

    made = clusters.propose(
        body=county,
        idea=IDEA,
        members=[cast.wychbourne_council, cast.coldbrook_council],
        services=[cast.service("DPS01")],
        by=acting(county),
    )
    clusters.invite(cluster=made, by=acting(county), now=NOW)

    assert answered_at() == {"parishes@county.example"}


def test_an_answer_to_a_letter_about_a_figure_reaches_who_changed_it(cast: Cast) -> None:
    coldbrook = reached_at(cast.coldbrook_council, "clerk@coldbrook.example")
    assert cast.at_the_county
    cast.record(cast.estimate(cast.coldbrook, "DPS01", 1000, 2000, 4000))
    seen = cast.coldbrook.quantities.get().pk

    correcting.correct_quantity(
        area=cast.coldbrook,
        service=cast.service("DPS01"),
        seen=seen,
        amount_milli=1_234_500,
        source="Walked with a wheel",
        stated_on=localdate(),
        by=acting(coldbrook),
        today=localdate(),
    )

    assert answered_at() == {"clerk@coldbrook.example"}


def test_an_answer_to_who_looks_in_reaches_the_county_that_does(cast: Cast) -> None:
    reached_at(cast.county_council, "parishes@county.example")
    office = cast.at_the_county
    assert cast.at_coldbrook
    hand = Hand(office.person, office)

    open_access(
        body=cast.coldbrook_council,
        reason="They asked us",
        hours=1,
        by=hand,
        now=now(),
        today=localdate(),
    )

    assert answered_at() == {"parishes@county.example"}


@override_settings(CONTACT_EMAIL="help@site.example")
def test_an_answer_to_the_operator_reaches_whoever_looks_after_the_site(cast: Cast) -> None:
    assert answers_to(Actor("person-1", "The operator")) == "help@site.example"


def test_a_body_without_a_public_address_is_not_answered_at_anybody_elses(cast: Cast) -> None:
    assert answers_to(acting(cast.coldbrook_council)) == ""
