"""What tests say of offers: a round, a service in it, and who sends which form."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

from django.http import HttpResponse
from django.test import Client
from django.utils.timezone import localdate

from tests.cast import Cast
from waywarden.county.councils import actions as councils
from waywarden.county.councils.models import Body
from waywarden.county.people.models import Office
from waywarden.devolution.offers import actions
from waywarden.devolution.offers.actions import Rate, Terms
from waywarden.devolution.offers.models import Offer, Round
from waywarden.fabric.notices.models import Notice

NOW = datetime(2027, 5, 3, 12, tzinfo=UTC)
#: Village grass at five pence a square metre and year.
GRASS = Rate(rate_millipence=5_000, visits=2, standard="Cut at least one metre back")


def terms(**facts: Any) -> Terms:
    """Give the terms of a round that starts in April 2028."""
    days = {"starts_on": date(2028, 4, 1), "answer_by": date(2027, 12, 1)}
    said = {"title": "Grass from April 2028", "power": "LGA2000-s9EA", "years": 3}
    return Terms(**said | days | facts)


def begun(cast: Cast, **facts: Any) -> Round:
    """Let the county begin a round that offers village grass."""
    made = actions.begin(body=cast.county_council, terms=terms(**facts), by=cast.by)
    actions.offer_service(of=made, service=cast.service("DPS01"), rate=GRASS, by=cast.by)
    return made


def opened(cast: Cast, now: datetime = NOW, **facts: Any) -> Round:
    """Let it open the round to every council."""
    made = begun(cast, **facts)
    actions.open_round(of=made, by=cast.by, now=now)
    return made


def open_today(cast: Cast, **facts: Any) -> Round:
    """Let it open a round that is open on the day the tests run."""
    today = localdate()
    days = {"starts_on": today + timedelta(days=400), "answer_by": today + timedelta(days=90)}
    return opened(cast, now=datetime.now(UTC), **days | facts)


def offer_to(of: Round, body: Body) -> Offer:
    """Give the offer to a council."""
    return Offer.objects.select_related("round__body", "body").get(round=of, body=body)


def reachable(cast: Cast, body: Body, address: str = "clerk@coldbrook.example") -> None:
    """List an e-mail address of a council."""
    councils.add_contact(body=body, kind="email", value=address, by=cast.by, today=localdate())


def link_in_last_letter() -> str:
    """Give the path of the link that was sent last."""
    return Notice.objects.order_by("pk").values_list("link", flat=True).last() or ""


def by_link(cast: Cast, offer: Offer) -> Client:
    """Give a browser that has opened the link of a council's letter, without an account."""
    if not offer.body.contacts.filter(kind="email").exists():
        reachable(cast, offer.body)
    actions.write_to(offer=offer, by=cast.by, now=datetime.now(UTC))
    browser = Client()
    assert browser.get(link_in_last_letter()).status_code == 302
    return browser


def send(
    browser: Client, where: str, *, acting: Office | None = None, **typed: Any
) -> HttpResponse:
    """Fill in a form and send it."""
    sent = {"once": str(uuid4())} | ({"acting_in": str(acting.pk)} if acting else {})
    return browser.post(where, sent | typed, follow=True)


def words(answer: HttpResponse) -> str:
    """Give what a page says, without its tags."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))
