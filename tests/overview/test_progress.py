"""Who has taken what on so far: what everybody sees of how far the councils are."""

from __future__ import annotations

import csv
import io
import json
import re
from datetime import UTC, datetime

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils.timezone import localdate

from tests.cast import ADA, Cast
from tests.clusters import formed
from tests.offers import asked
from tests.offers.asked import open_today, words
from waywarden.county.councils.models import Body
from waywarden.county.decisions.models import Decision
from waywarden.devolution.clusters.actions import clusters
from waywarden.devolution.offers import actions as offers
from waywarden.devolution.offers.actions import Said
from waywarden.devolution.offers.models import Offer, Round
from waywarden.devolution.overview import progress
from waywarden.devolution.overview.progress import (
    AGREED,
    ASKED,
    DECLINED,
    FORMED,
    FORMING,
    MORE_TIME,
    NOT_ASKED,
    STAGES,
    Progress,
    Stage,
)

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


def seen(cast: Cast) -> Progress:
    return progress.progress_of(cast.county, on=localdate())


def stage(cast: Cast, body: Body) -> Stage:
    """Give how far everybody sees that a council is."""
    (only,) = [row.stage for row in seen(cast).rows if row.body == body]
    return only


def page_of(cast: Cast, query: str = "") -> HttpResponse:
    return Client().get(f"/progress/{cast.county.key}/{query}")


def answer(of: Round, body: Body, **said: object) -> Offer:
    """Let a council answer an offer."""
    offer = asked.offer_to(of, body)
    offers.answer(offer=offer, said=Said(**said), by=ADA, now=datetime.now(UTC))  # type: ignore[arg-type]
    return offer


def written_to_all(of: Round) -> Round:
    """Let every council of an offer have had its letter."""
    Offer.objects.filter(round=of).update(sent_at=datetime.now(UTC), letters=1)
    return of


@pytest.fixture
def of(cast: Cast) -> Round:
    return written_to_all(open_today(cast))


def test_before_any_offer_nobody_is_asked(cast: Cast) -> None:
    found = seen(cast)

    assert {row.stage for row in found.rows} == {NOT_ASKED}
    assert "No offer has been made to the councils" in words(page_of(cast))


def test_an_offer_that_is_only_being_written_asks_nobody(cast: Cast) -> None:
    asked.begun(cast)

    assert stage(cast, cast.coldbrook_council) is NOT_ASKED


def test_an_offer_that_was_withdrawn_asked_nobody(cast: Cast, of: Round) -> None:
    offers.withdraw(of=of, reason="A mistake", by=cast.by)

    assert stage(cast, cast.coldbrook_council) is NOT_ASKED


def test_an_offer_that_is_open_asks_nobody_before_its_letter_has_gone(cast: Cast) -> None:
    of = open_today(cast)
    Offer.objects.filter(round=of, body=cast.coldbrook_council).update(
        sent_at=datetime.now(UTC), letters=1
    )

    assert {row.body: row.stage for row in seen(cast).rows} == {
        row.body: ASKED if row.body == cast.coldbrook_council else NOT_ASKED
        for row in seen(cast).rows
    }


def test_once_every_letter_has_gone_every_council_is_asked(cast: Cast, of: Round) -> None:
    assert {row.stage for row in seen(cast).rows} == {ASKED}


@pytest.mark.parametrize("said", ["declined", "more-time"])
def test_an_answer_is_a_councils_own_business(cast: Cast, of: Round, said: str) -> None:
    answer(of, cast.coldbrook_council, answer=said, reason="Too few hands, says the clerk")

    shown = page_of(cast, "?rows=500")

    assert stage(cast, cast.coldbrook_council) is ASKED
    assert "Too few hands" not in words(shown)


@pytest.mark.parametrize(("said", "is_at"), [("declined", DECLINED), ("more-time", MORE_TIME)])
def test_what_a_council_lets_be_read_is_shown(
    cast: Cast, of: Round, said: str, is_at: Stage
) -> None:
    answer(of, cast.coldbrook_council, answer=said, reason="No hands", is_reason_public=True)

    assert stage(cast, cast.coldbrook_council) is is_at


def test_a_council_that_agreed_by_an_open_minute_is_shown_with_the_services(
    cast: Cast, of: Round
) -> None:
    answer(of, cast.coldbrook_council, answer="agreed", taken=formed.resolved())

    (row,) = [each for each in seen(cast).rows if each.body == cast.coldbrook_council]
    assert row.stage is AGREED
    assert row.services == (cast.service("DPS01").name,)


def test_a_minute_that_is_exempt_tells_nobody(cast: Cast, of: Round) -> None:
    answer(of, cast.coldbrook_council, answer="agreed", taken=formed.resolved())
    Decision.objects.filter(body=cast.coldbrook_council).update(is_exempt=True)

    assert stage(cast, cast.coldbrook_council) is ASKED


def test_a_minute_that_is_withdrawn_counts_no_more(cast: Cast, of: Round) -> None:
    answer(of, cast.coldbrook_council, answer="agreed", taken=formed.resolved())
    Decision.objects.filter(body=cast.coldbrook_council).update(status="withdrawn")

    assert stage(cast, cast.coldbrook_council) is ASKED


def test_that_it_agreed_stands_when_it_is_asked_again(cast: Cast, of: Round) -> None:
    answer(of, cast.coldbrook_council, answer="agreed", taken=formed.resolved())
    answer(of, cast.wychbourne_council, answer="declined", reason="No", is_reason_public=True)
    written_to_all(open_today(cast, title="Signs as well"))

    assert stage(cast, cast.coldbrook_council) is AGREED
    assert stage(cast, cast.wychbourne_council) is ASKED


def test_a_cluster_that_is_only_proposed_is_shown_to_nobody(cast: Cast, of: Round) -> None:
    formed.proposed(cast)

    assert stage(cast, cast.coldbrook_council) is ASKED
    assert "Wychbourne and neighbours" not in words(page_of(cast))


def test_who_was_invited_and_has_not_joined_is_not_shown_in_it(cast: Cast, of: Round) -> None:
    made = formed.forming(cast)
    formed.join(made, cast.coldbrook_council)

    assert stage(cast, cast.coldbrook_council) is FORMING
    assert stage(cast, cast.wychbourne_council) is ASKED


def test_the_members_of_a_formed_cluster_are_shown_with_it(cast: Cast) -> None:
    terms = formed.agreed(cast)
    clusters.form(cluster=terms.cluster, by=ADA, now=formed.NOW)

    found = seen(cast)

    assert stage(cast, cast.coldbrook_council) is FORMED
    assert found.taken_on == 3
    shown = page_of(cast).content.decode()
    assert f'<a href="{terms.cluster.get_absolute_url()}">Wychbourne and neighbours</a>' in shown


def test_the_counts_of_the_stages_add_up_to_all_councils(cast: Cast, of: Round) -> None:
    answer(of, cast.coldbrook_council, answer="agreed", taken=formed.resolved())
    formed.join(formed.forming(cast), cast.wychbourne_council)

    found = seen(cast)

    assert [one for one, _ in found.counted] == list(STAGES)
    assert sum(many for _, many in found.counted) == len(found.rows) == 4
    said = words(page_of(cast))
    assert "All councils and meetings 4" in said


def test_a_council_that_is_withdrawn_from_the_list_is_not_counted(cast: Cast) -> None:
    body = cast.coldbrook_council
    Body.objects.filter(pk=body.pk).update(withdrawn_on=localdate())

    assert body not in [row.body for row in seen(cast).rows]


def test_the_page_says_the_day_and_leads_on_by_stage(cast: Cast, of: Round) -> None:
    shown = page_of(cast, "?stage=Asked")

    assert f"As of {localdate():%-d %B %Y}" in words(shown)
    assert of.title in words(shown)
    assert page_of(cast, "?sort=nothing").status_code == 400


def test_the_table_is_taken_away(cast: Cast, of: Round) -> None:
    where = f"/progress/{cast.county.key}"
    table = Client().get(f"{where}.csv").content.decode("utf-8-sig")

    lines = list(csv.DictReader(io.StringIO(table)))
    found = {line["council"]: line["stage"] for line in lines if line.get("stage")}
    assert found[cast.coldbrook_council.name] == "Asked"
    assert len(found) == 4
    assert Client().get(f"{where}.xlsx").status_code == 200


def test_the_map_says_of_each_place_how_far_its_council_is(cast: Cast, of: Round) -> None:
    where = f"/progress/{cast.county.key}/map"
    live = Client().get(f"{where}.geojson")

    said = [each["properties"].get("said", "") for each in json.loads(live.content)["features"]]
    assert f"{cast.coldbrook.name}: asked" in said
    assert any(one.endswith("no parish council or meeting") for one in said)
    assert Client().get(f"{where}/wide.svg").content.startswith(b"<svg")


def test_a_map_is_wide_or_phone(cast: Cast) -> None:
    assert Client().get(f"/progress/{cast.county.key}/map/huge.svg").status_code == 404


def test_a_county_that_is_not_here_has_no_page(cast: Cast) -> None:
    assert Client().get("/progress/nowhere/").status_code == 404


def test_many_councils_take_no_more_questions_than_few(
    cast: Cast, of: Round, django_assert_max_num_queries: object
) -> None:
    with django_assert_max_num_queries(16):  # type: ignore[operator]
        seen(cast)


def test_the_first_page_and_the_countys_lead_here(cast: Cast) -> None:
    where = f'href="/progress/{cast.county.key}/"'

    for page in ("/", cast.county.get_absolute_url()):
        assert where in Client().get(page).content.decode()
    assert re.search(r'href="/clusters/"[^>]*>Clusters', Client().get("/").content.decode())
