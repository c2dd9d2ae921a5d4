"""The county changes a parish's figure with a reason; each council is told what the other did."""

from datetime import date

import pytest
from django.test import Client

from tests.cast import Cast
from waywarden.county.people.models import Office
from waywarden.county.places.models import Jurisdiction
from waywarden.county.services import actions, queries
from waywarden.county.services import correcting_actions as correcting
from waywarden.county.services.models import Quantity
from waywarden.fabric.common.subjects import Actor
from waywarden.fabric.journal.models import Entry
from waywarden.fabric.notices.models import Notice

pytestmark = pytest.mark.django_db

FIGURES = "/places/coldbrook-marlshire/quantities/"
GRASS = f"{FIGURES}village-grass/"
TODAY = date(2026, 5, 1)


@pytest.fixture
def office(cast: Cast) -> Office:
    """Ada's office at the county, in which she is signed in."""
    return cast.at_the_county


@pytest.fixture
def ada(cast: Cast, office: Office) -> Client:
    return cast.signed_in(office.person)


def counted(cast: Cast) -> Quantity:
    cast.record(cast.quantity(cast.coldbrook, "DPS01", 700))
    return held(cast)


def held(cast: Cast) -> Quantity:
    found = queries.current_quantity(cast.coldbrook, cast.service("DPS01"))
    assert found
    return found


def fields(office: Office, version: int, **typed: object) -> dict[str, object]:
    given: dict[str, object] = {"acting_in": office.pk, "version": version, "what": "new"}
    given |= {"amount": "900", "source": "The county’s survey", "stated_on": "2026-04-20"}
    return given | {"reason": "The verge was widened"} | typed


def test_the_county_changes_a_parishs_figure_and_its_clerk_is_told_why(
    cast: Cast, ada: Client, office: Office
) -> None:
    colm, old = cast.at_coldbrook, counted(cast)

    answer = ada.post(GRASS, fields(office, old.pk), follow=True)

    assert "Village grass in Coldbrook: your change is saved." in answer.content.decode()
    assert held(cast).amount_milli == 900_000
    notice = Notice.objects.get()
    assert (notice.to_key, notice.topic) == (colm.person.key, "figures")
    said = "Partnerships officer, The County Council changed the figure of Village grass"
    assert said in notice.text
    assert "It is now 900 m²." in notice.text
    assert "Why: The verge was widened" in notice.text
    assert notice.link == GRASS


def test_the_same_figure_with_another_reason_says_that_the_first_reason_stands(
    cast: Cast, ada: Client, office: Office
) -> None:
    old = counted(cast)
    ada.post(GRASS, fields(office, old.pk))

    again = ada.post(GRASS, fields(office, old.pk, reason="A better reason"), follow=True)

    said = "This is saved already, with the reason first given. Nothing was changed."
    assert said in again.content.decode()
    assert Entry.objects.latest("number").reason == "The verge was widened"


def test_ab14_the_parish_sees_in_its_own_trail_what_the_county_changed(
    cast: Cast, ada: Client, office: Office
) -> None:
    old = counted(cast)

    ada.post(GRASS, fields(office, old.pk))

    line = Entry.objects.latest("number")
    assert line.bodies == ["coldbrook-council", cast.county_council.key]
    colm = cast.signed_in(cast.at_coldbrook.person)
    trail = colm.get("/bodies/coldbrook-council/journal/").content.decode()
    assert "Reason: The verge was widened" in trail


def test_without_a_reason_the_county_changes_nothing(
    cast: Cast, ada: Client, office: Office
) -> None:
    old = counted(cast)

    answer = ada.post(GRASS, fields(office, old.pk, reason=""))

    assert answer.status_code == 400
    assert "Say why you change another council’s figure" in answer.content.decode()
    with pytest.raises(actions.CannotCorrect, match="Say why: Coldbrook Parish Council is told"):
        correcting.dispute_quantity(
            area=cast.coldbrook, service=cast.service("DPS01"), seen=old.pk, dispute="No",
            by=office.actor, today=TODAY, reason=" ",
        )  # fmt: skip
    assert held(cast) == old
    assert not Notice.objects.exists()


def test_cl2_the_county_is_told_when_a_clerk_disputes_a_figure(cast: Cast, office: Office) -> None:
    colm, old = cast.at_coldbrook, counted(cast)
    sent = {"what": "dispute", "dispute": "The green was sold", "version": old.pk}

    cast.signed_in(colm.person).post(GRASS, sent | {"acting_in": colm.pk})

    notice = Notice.objects.get()
    assert notice.to_key == office.person.key
    assert "disputes the figure of Village grass in Coldbrook, 700 m²: The green" in notice.text
    assert "Why:" not in notice.text


def test_an_estimate_that_is_disputed_is_told_as_one(cast: Cast, office: Office) -> None:
    cast.record(cast.estimate(cast.coldbrook, "DPS01", 1000, 2000, 4000))

    correcting.dispute_quantity(
        area=cast.coldbrook, service=cast.service("DPS01"), seen=held(cast).pk,
        dispute="Too much", by=cast.at_coldbrook.actor, today=TODAY,
    )  # fmt: skip

    assert "an estimate: Too much" in Notice.objects.get().text


def test_where_no_parish_is_the_county_needs_no_reason(
    cast: Cast, ada: Client, office: Office
) -> None:
    where = "/places/unparished-ward-marlshire/quantities/"
    assert "No parish council looks after this place." in ada.get(where).content.decode()

    answer = ada.post(f"{where}village-grass/", fields(office, 0, reason=""))

    assert answer.status_code == 302
    assert not Notice.objects.exists()


def test_pages_say_who_can_change_a_figure(cast: Cast, ada: Client) -> None:
    colm = cast.signed_in(cast.at_coldbrook.person)

    assert "they say why, and you are told" in colm.get(FIGURES).content.decode()
    assert "Coldbrook Parish Council can change these figures" in ada.get(FIGURES).content.decode()
    assert "This is another council’s place" in ada.get(GRASS).content.decode()
    own = colm.get(GRASS).content.decode()
    assert "This is another council’s place" not in own
    assert "Why do you change it?" not in own
    for browser in (ada, colm):
        assert FIGURES in browser.get("/places/coldbrook-marlshire/").content.decode()


def test_a_county_that_no_longer_holds_the_place_changes_nothing(
    cast: Cast, ada: Client, office: Office
) -> None:
    Jurisdiction.objects.filter(tier="county").update(ends_on=date(2026, 3, 31))

    assert ada.get(GRASS).status_code == 403
    assert ada.post(GRASS, fields(office, 0)).status_code == 403


def test_a_dispute_by_somebody_without_a_council_needs_a_reason_too(cast: Cast) -> None:
    old = counted(cast)
    with pytest.raises(actions.CannotCorrect):
        correcting.correct_quantity(
            area=cast.coldbrook, service=cast.service("DPS01"), seen=old.pk, amount_milli=1,
            source="x", stated_on=TODAY, by=Actor("person-7", "A person"), today=TODAY,
        )  # fmt: skip


def disputed(cast: Cast) -> Quantity:
    """A figure of the county's that Coldbrook's clerk disputes."""
    counted_on = date(2026, 4, 20)
    cast.record(cast.quantity(cast.coldbrook, "DPS01", 700, stated_on=counted_on))
    correcting.dispute_quantity(
        area=cast.coldbrook, service=cast.service("DPS01"), seen=held(cast).pk,
        dispute="The green was sold", by=cast.at_coldbrook.actor, today=TODAY,
    )  # fmt: skip
    return held(cast)


def the_same(figure: Quantity) -> dict[str, object]:
    amount = figure.amount_milli // 1000
    return {"amount": amount, "source": figure.source, "stated_on": "2026-04-20"}


def test_the_county_cannot_end_a_dispute_by_sending_the_same_figure_again(
    cast: Cast, ada: Client, office: Office
) -> None:
    figure = disputed(cast)

    answer = ada.post(GRASS, fields(office, figure.pk, **the_same(figure)))

    assert answer.status_code == 400
    assert "disputes that very figure" in answer.content.decode()
    assert held(cast).is_disputed


def test_the_parish_takes_its_own_dispute_back_with_the_same_figure(cast: Cast) -> None:
    figure = disputed(cast)
    colm = Office.objects.get(person=cast.colm)

    cast.signed_in(cast.colm).post(GRASS, fields(colm, figure.pk, **the_same(figure)))

    assert not held(cast).is_disputed


def test_another_figure_ends_the_dispute_and_says_so(
    cast: Cast, ada: Client, office: Office
) -> None:
    figure = disputed(cast)

    ada.post(GRASS, fields(office, figure.pk))

    said = Notice.objects.latest("pk").text
    assert "The figure before was disputed; this one is not." in said


def test_a_dispute_reaches_a_county_that_has_no_partnerships_officer(cast: Cast) -> None:
    cast.office(cast.dot, cast.county_council, Office.Kind.OFFICER)

    disputed(cast)

    notice = Notice.objects.get()
    assert notice.to_key == cast.dot.key
    assert "disputes the figure of Village grass in Coldbrook" in notice.text
    assert "The figure stands until somebody enters another on its page." in notice.text
