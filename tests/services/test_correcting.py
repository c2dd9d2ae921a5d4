"""A parish's own clerk puts its figures right; the old ones are kept, and nobody's work is lost."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from threading import Barrier

import pytest
from django.db import IntegrityError, connection
from django.test import Client

from tests.cast import Cast, introduce
from waywarden.county.people.models import Office
from waywarden.county.services import correcting_actions as correcting
from waywarden.county.services import queries
from waywarden.county.services.models import Quantity
from waywarden.fabric.common.refusals import Overtaken
from waywarden.fabric.common.subjects import Actor
from waywarden.fabric.journal import queries as journal
from waywarden.fabric.journal.models import Entry

pytestmark = pytest.mark.django_db

GRASS = "/places/coldbrook-marlshire/quantities/village-grass/"
COLM = Actor("person-9", "Clerk, Coldbrook Parish Council", body="coldbrook-council")
TODAY = date(2026, 5, 1)


@pytest.fixture
def office(cast: Cast) -> Office:
    """Colm's office, in which he is signed in."""
    return cast.at_coldbrook


@pytest.fixture
def colm(cast: Cast, office: Office) -> Client:
    return cast.signed_in(cast.colm)


def estimated(cast: Cast) -> Quantity:
    cast.record(cast.estimate(cast.coldbrook, "DPS01", 1000, 2000, 4000))
    return held(cast)


def held(cast: Cast) -> Quantity:
    found = queries.current_quantity(cast.coldbrook, cast.service("DPS01"))
    assert found is not None
    return found


def fields(office: Office, version: int, **typed: object) -> dict[str, object]:
    given = {
        "acting_in": office.pk,
        "version": version,
        "what": "new",
        "amount": "1,234.5",
        "source": "Walked with a wheel",
        "stated_on": "2026-04-20",
    }
    return given | typed


def dispute(office: Office, version: int, words: str = "The green was sold") -> dict[str, object]:
    return {"acting_in": office.pk, "version": version, "what": "dispute", "dispute": words}


def test_po2_a_counted_figure_takes_the_place_of_an_estimate_with_its_source(
    cast: Cast, colm: Client, office: Office, client: Client
) -> None:
    old = estimated(cast)

    answer = colm.post(GRASS, fields(office, old.pk), follow=True)

    assert "Village grass in Coldbrook: your change is saved." in answer.content.decode()
    new = held(cast)
    assert (new.amount_milli, new.is_estimate, new.confidence) == (1_234_500, False, "A")
    assert (new.source, new.stated_on) == ("Walked with a wheel", date(2026, 4, 20))
    old.refresh_from_db()
    assert old.superseded_on is not None
    assert "1,234.5 m²" in client.get("/places/coldbrook-marlshire/").content.decode()


def test_a_disputed_figure_stands_and_says_why(
    cast: Cast, colm: Client, office: Office, client: Client
) -> None:
    old = estimated(cast)

    colm.post(GRASS, dispute(office, old.pk))

    new = held(cast)
    assert (new.is_disputed, new.dispute) == (True, "The green was sold")
    assert (new.amount_milli, new.low_milli, new.source) == (
        old.amount_milli,
        old.low_milli,
        old.source,
    )
    assert "The green was sold" in client.get("/places/coldbrook-marlshire/").content.decode()


def test_where_nothing_is_held_a_figure_is_entered_and_nothing_can_be_disputed(
    cast: Cast, colm: Client, office: Office
) -> None:
    refused = colm.post(GRASS, dispute(office, 0))
    assert refused.status_code == 400
    assert "No figure is held that could be disputed." in refused.content.decode()

    assert colm.post(GRASS, fields(office, 0)).status_code == 302
    assert held(cast).amount_milli == 1_234_500


WRONG = {
    "amount": ("many", "Enter a number, such as 1,200"),
    "source": ("", "Say where the figure is from"),
    "stated_on": ("yesterday", "Enter the date as day, month and year"),
    "what": ("", "Say what you want to do"),
}


@pytest.mark.parametrize(("field", "typed", "said"), [(k, *v) for k, v in WRONG.items()])
def test_what_is_missing_or_no_figure_is_asked_for(
    cast: Cast, colm: Client, office: Office, field: str, typed: str, said: str
) -> None:
    answer = colm.post(GRASS, fields(office, 0, **{field: typed}))

    assert answer.status_code == 400
    assert said in answer.content.decode()
    assert not Quantity.objects.exists()


@pytest.mark.parametrize("amount", ["-1", "NaN", "1e308", "1.2345", "9" * 13])
def test_amounts_that_are_none_are_refused(
    cast: Cast, colm: Client, office: Office, amount: str
) -> None:
    assert colm.post(GRASS, fields(office, 0, amount=amount)).status_code == 400
    assert not Quantity.objects.exists()


@pytest.mark.parametrize("amount", ["12,50", "1,2345", ",5", "1,234,5", "12.5,0", "1,23.4"])
def test_a_comma_that_stands_for_a_point_makes_no_figure_a_hundred_times_too_large(
    cast: Cast, colm: Client, office: Office, amount: str
) -> None:
    answer = colm.post(GRASS, fields(office, 0, amount=amount))

    assert "Write a point before decimals, as in 12.5" in answer.content.decode()
    assert not Quantity.objects.exists()


@pytest.mark.parametrize(
    ("amount", "milli"),
    [("1,234.5", 1_234_500), ("1 234.5", 1_234_500), ("1,234,567", 1_234_567_000), ("0.5", 500)],
)
def test_commas_and_spaces_between_thousands_are_read_over(
    cast: Cast, colm: Client, office: Office, amount: str, milli: int
) -> None:
    colm.post(GRASS, fields(office, 0, amount=amount))

    assert held(cast).amount_milli == milli


def test_a_count_still_to_come_and_a_figure_already_held_are_refused(
    cast: Cast, colm: Client, office: Office
) -> None:
    to_come = colm.post(GRASS, fields(office, 0, stated_on="2999-01-01"))
    assert "is still to come" in to_come.content.decode()

    colm.post(GRASS, fields(office, 0))
    again = colm.post(GRASS, fields(office, held(cast).pk))
    assert again.status_code == 400
    assert "That is the figure held already" in again.content.decode()


def test_a_figure_changed_meanwhile_is_answered_with_both(
    cast: Cast, colm: Client, office: Office
) -> None:
    seen = estimated(cast).pk
    service = cast.service("DPS01")
    correcting.correct_quantity(
        area=cast.coldbrook, service=service, seen=seen, amount_milli=777_000,
        source="The county’s survey", stated_on=TODAY, by=COLM, today=TODAY,
    )  # fmt: skip

    for sent in (fields(office, seen), dispute(office, seen)):
        answer = colm.post(GRASS, sent)
        page = answer.content.decode()
        assert answer.status_code == 409
        assert "777 m²" in page
        assert "The county’s survey" in page
        assert f'name="version" value="{held(cast).pk}"' in page
    assert "The green was sold" in page
    assert held(cast).amount_milli == 777_000


def test_whoever_is_late_is_told_who_changed_the_figure_with_a_table(
    cast: Cast, colm: Client, office: Office
) -> None:
    seen = estimated(cast).pk
    correcting.correct_quantity(
        area=cast.coldbrook, service=cast.service("DPS01"), seen=seen, amount_milli=777_000,
        source="The county’s survey", stated_on=TODAY, by=COLM, today=TODAY,
    )  # fmt: skip
    cast.record(cast.quantity(cast.coldbrook, "DPS01", 888))

    page = colm.post(GRASS, fields(office, seen)).content.decode()
    assert "Ada saved a change on" in page
    assert "Clerk, Coldbrook Parish Council saved" not in page

    Quantity.objects.update(recorded_at=datetime.now(UTC) + timedelta(minutes=1))
    page = colm.post(GRASS, fields(office, seen)).content.decode()
    assert "saved a change" not in page


def test_another_parishs_clerk_and_the_district_may_not(cast: Cast) -> None:
    cast.record(cast.quantity(cast.coldbrook, "DPS01", 100))
    offices = (cast.at_wychbourne, cast.office(cast.dot, cast.marlshire_council, "officer"))

    for office in offices:
        browser = cast.signed_in(office.person)
        assert browser.get("/places/coldbrook-marlshire/quantities/").status_code == 403
        assert browser.get(GRASS).status_code == 403
        assert browser.post(GRASS, fields(office, held(cast).pk)).status_code == 403
        unparished = "/places/unparished-ward-marlshire/quantities/"
        assert browser.get(unparished).status_code == 403
    assert held(cast).amount_milli == 100_000


def test_the_clerk_finds_the_figures_from_the_page_of_the_place(cast: Cast, colm: Client) -> None:
    page = colm.get("/places/coldbrook-marlshire/").content.decode()

    assert "/places/coldbrook-marlshire/quantities/" in page
    assert "Village grass" in colm.get("/places/coldbrook-marlshire/quantities/").content.decode()
    assert "quantities/" not in colm.get("/places/wychbourne-marlshire/").content.decode()


def test_the_journal_tells_what_was_and_what_is(cast: Cast) -> None:
    seen = estimated(cast).pk

    correcting.dispute_quantity(
        area=cast.coldbrook, service=cast.service("DPS01"), seen=seen, dispute="The green was sold",
        by=COLM, today=TODAY,
    )  # fmt: skip

    line = Entry.objects.order_by("number").last()
    assert line.did == "disputed a quantity"
    assert (line.subject_kind, line.subject_key) == ("quantity", "coldbrook-marlshire_DPS01")
    assert (line.before["is_disputed"], line.after["is_disputed"]) == (False, True)
    assert line.before["range_milli"] == line.after["range_milli"] == [1_000_000, 4_000_000]
    assert line.bodies == ["coldbrook-council"]
    assert journal.faults() == []


def test_nothing_is_disputed_that_counts_no_more(cast: Cast) -> None:
    with pytest.raises(Overtaken):
        correcting.dispute_quantity(
            area=cast.coldbrook, service=cast.service("DPS01"), seen=9, dispute="No", by=COLM,
            today=TODAY,
        )  # fmt: skip


def test_of_two_who_enter_the_first_figure_the_second_is_told(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    def taken(self: Quantity, **_: object) -> None:
        raise IntegrityError("a_place_has_one_current_quantity_of_a_service")

    monkeypatch.setattr(Quantity, "save", taken)

    with pytest.raises(Overtaken):
        correcting.correct_quantity(
            area=cast.coldbrook, service=cast.service("DPS01"), seen=0, amount_milli=1000,
            source="Counted", stated_on=TODAY, by=COLM, today=TODAY,
        )  # fmt: skip


CLERKS, ROUNDS = 6, 4


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
class TestAtOnce:
    """Several who saw the same figure, or that there was none."""

    def correct(self, cast: Cast, clerk: int, start: Barrier) -> int:
        kept = 0
        try:
            for rounds in range(ROUNDS):
                seen = queries.current_quantity(cast.coldbrook, cast.service("DPS01"))
                start.wait(timeout=30)
                try:
                    correcting.correct_quantity(
                        area=cast.coldbrook, service=cast.service("DPS01"),
                        seen=seen.pk if seen else 0, amount_milli=1000 * (clerk + 10 * rounds + 1),
                        source=f"Clerk {clerk}", stated_on=TODAY, by=COLM, today=TODAY,
                    )  # fmt: skip
                    kept += 1
                except Overtaken:
                    pass
                start.wait(timeout=30)
            return kept
        finally:
            connection.close()

    def test_one_alone_succeeds_and_the_others_are_told(self) -> None:
        cast, start = introduce(), Barrier(CLERKS)

        with ThreadPoolExecutor(CLERKS) as pool:
            kept = list(pool.map(lambda n: self.correct(cast, n, start), range(CLERKS)))

        assert sum(kept) == ROUNDS
        assert Quantity.objects.count() == ROUNDS
        assert Quantity.objects.current().count() == 1
        assert Entry.objects.filter(did="corrected a quantity").count() == ROUNDS
