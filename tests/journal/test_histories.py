"""The history of a record, and the trail of a body: read by whom they are for, in their words."""

import json
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import transaction
from django.test import Client
from django.utils.timezone import localdate, now

from tests.cast import ADA, Cast
from tests.plans.kept import keep_for
from waywarden.county.councils import actions as councils
from waywarden.county.looking_in.actions import open_access
from waywarden.county.offices import actions as offices
from waywarden.county.offices.actions import Offer
from waywarden.county.offices.hands import Hand
from waywarden.county.papers import actions as papers
from waywarden.county.papers.models import Paper
from waywarden.county.people.models import Office
from waywarden.county.services import actions as services
from waywarden.county.services import correcting_actions as correcting
from waywarden.fabric.common.subjects import Actor
from waywarden.fabric.documents import actions as documents
from waywarden.fabric.journal import actions as journal
from waywarden.fabric.journal import histories, telling
from waywarden.fabric.journal.models import Entry
from waywarden.fabric.journal.verifying import verify

pytestmark = pytest.mark.django_db

TODAY = date(2026, 5, 1)
NOW = datetime(2026, 5, 1, 9, 42, tzinfo=UTC)
COLM = Actor("person-9", "Clerk, Coldbrook Parish Council", body="coldbrook-council")


def page(browser: Client, address: str, status: int = 200) -> str:
    answer = browser.get(address)
    assert answer.status_code == status
    return answer.content.decode()


def corrected(cast: Cast) -> None:
    cast.record(cast.estimate(cast.coldbrook, "DPS01", 1000, 2000, 4000))
    cast.record(cast.quantity(cast.wychbourne, "DPS01", 5_550))
    seen = cast.coldbrook.quantities.get().pk
    correcting.correct_quantity(
        area=cast.coldbrook, service=cast.service("DPS01"), seen=seen, amount_milli=1_234_500,
        source="Walked with a wheel", stated_on=TODAY, by=COLM, today=TODAY,
    )  # fmt: skip


def test_fo9_a_quantity_tells_who_changed_what_and_from_what_since_it_was_estimated(
    cast: Cast, client: Client
) -> None:
    corrected(cast)

    said = " ".join(page(client, "/history/quantity/coldbrook-marlshire_DPS01/").split())

    assert "<strong>Clerk, Coldbrook Parish Council</strong> corrected a quantity" in said
    assert "<dt>Figure</dt><dd>1,234.5 m²</dd>" in said
    assert "<dt>Estimate</dt><dd>1,000 to 4,000 m²</dd>" in said
    assert "2,000" not in said
    assert "1 May 2026" in said
    assert "<strong>Ada</strong> recorded quantities" in said
    assert "5,550" not in said


def test_a_place_tells_of_the_figures_its_council_changed(cast: Cast, client: Client) -> None:
    corrected(cast)

    said = page(client, "/history/area/coldbrook-marlshire/")

    assert "corrected a quantity" in said
    assert "corrected a quantity" not in page(client, "/history/area/wychbourne-marlshire/")


def test_a_place_and_a_body_tell_of_the_day_they_were_recorded_among_others(
    cast: Cast, client: Client
) -> None:
    corrected(cast)

    place = page(client, "/history/area/coldbrook-marlshire/")
    body = page(client, "/history/body/coldbrook-council/")

    assert "<strong>Ada</strong> recorded areas" in place
    assert "<dd>Coldbrook</dd>" in place
    assert "<dd>300</dd>" in place
    assert "<strong>Ada</strong> recorded boundaries" in place
    assert "Drawn for the tests" in place
    assert "<strong>Ada</strong> recorded quantities" in place
    assert "1,000 to 4,000 m²" in place
    assert "<strong>Ada</strong> recorded bodies" in body
    assert "<dd>Coldbrook Parish Council</dd>" in body
    for said in (place, body):
        assert "Wychbourne" not in said.split("<main")[1].split("</main")[0]
        assert "5,550" not in said


def test_a_place_that_was_recorded_with_no_other_has_nothing_of_theirs(
    cast: Cast, client: Client
) -> None:
    said = page(client, "/history/area/unparished-ward-marlshire/")

    assert "recorded areas" in said
    assert "recorded quantities" not in said


def test_a_service_tells_of_its_catalogue_and_who_confirmed_its_duty(
    cast: Cast, client: Client
) -> None:
    services.confirm_duty(
        service=cast.service("DPS01"), office="Monitoring Officer", on=TODAY, by=ADA, today=TODAY
    )

    said = page(client, "/history/service/DPS01/")

    assert "confirmed a default duty" in said
    assert "loaded the service catalogue" in said


def test_a_plan_tells_when_it_was_kept(cast: Cast, client: Client) -> None:
    keep_for(cast)

    assert "kept a plan" in page(client, "/history/plan/1/")
    for none in ("2", "x", "9" * 30):
        page(client, f"/history/plan/{none}/", status=404)


def test_a_bodys_contacts_are_told_until_they_are_erased(cast: Cast, client: Client) -> None:
    contact = councils.add_contact(
        body=cast.coldbrook_council, kind="email", value="clerk@coldbrook.example", by=COLM,
        today=TODAY,
    )  # fmt: skip
    address, own = "/history/body/coldbrook-council/", cast.signed_in(cast.at_coldbrook.person)
    assert "clerk@coldbrook.example" in page(own, address)

    journal.forget(person_key=contact.key, by=ADA, now=NOW)

    said = page(own, address)
    assert "clerk@coldbrook.example" not in said
    assert "(erased on 1 May 2026)" in said


def test_an_address_that_was_withdrawn_is_not_read_on_in_a_public_history(
    cast: Cast, client: Client
) -> None:
    councils.add_contact(
        body=cast.coldbrook_council, kind="email", value="clerk@coldbrook.example", by=COLM,
        today=TODAY,
    )  # fmt: skip
    bron = cast.signed_in(cast.at_wychbourne.person)

    for reader in (client, bron):
        said = page(reader, "/history/body/coldbrook-council/")
        assert "added a contact" in said
        assert "clerk@coldbrook.example" not in said
        assert "(shown to its own officers)" in said


def looked_in(cast: Cast) -> None:
    with transaction.atomic():
        journal.write(
            by=Actor("person-1", "The operator"), did="began to look in from outside",
            to=cast.coldbrook_council.subject, reason="The clerk cannot sign in",
        )  # fmt: skip


def test_ab14_a_body_sees_in_its_trail_that_the_operator_looked_in_and_the_public_does_not(
    cast: Cast, client: Client
) -> None:
    looked_in(cast)
    own, bron = cast.at_coldbrook, cast.at_wychbourne

    trail = page(cast.signed_in(own.person), "/bodies/coldbrook-council/journal/")
    assert "<strong>The operator</strong> began to look in from outside" in trail
    assert "Reason: The clerk cannot sign in" in trail
    assert "The clerk cannot sign in" not in page(client, "/history/body/coldbrook-council/")
    page(cast.signed_in(bron.person), "/bodies/coldbrook-council/journal/", status=403)
    assert client.get("/bodies/coldbrook-council/journal/").status_code == 302


def test_what_was_changed_about_how_somebody_signs_in_is_for_themselves_alone(
    cast: Cast, client: Client
) -> None:
    colm, bron = cast.at_coldbrook.person, cast.at_wychbourne.person
    own, others = cast.signed_in(colm), cast.signed_in(bron)
    address = f"/history/person/{colm.key}/"
    with transaction.atomic():
        journal.write(by=colm.actor, did="set a password", to=colm.subject)

    assert address in page(own, "/account/sign-in/")
    assert "set a password" in page(own, address)
    for browser in (others, client):
        page(browser, address, status=404)


def test_an_offices_history_is_for_the_officers_of_its_body(cast: Cast, client: Client) -> None:
    own, other = cast.at_coldbrook, cast.at_wychbourne
    address = f"/history/{own.subject.kind}/{own.subject.key}/"

    assert "gave an office" in page(cast.signed_in(own.person), address)
    page(cast.signed_in(other.person), address, status=404)
    page(client, address, status=404)
    page(cast.signed_in(own.person), "/history/office/office-99999999999999999999/", status=404)


def test_ab14_who_looks_in_with_a_reason_sees_an_offices_history(cast: Cast) -> None:
    own, county = cast.at_coldbrook, cast.at_the_county
    address = f"/history/{own.subject.kind}/{own.subject.key}/"
    page(cast.signed_in(county.person), address, status=404)

    hand = Hand(county.person, county)
    open_access(
        body=own.body, reason="They asked us", hours=1, by=hand, now=now(), today=localdate()
    )

    assert "gave an office" in page(cast.signed_in(county.person), address)


@pytest.mark.parametrize(
    "address",
    [
        "/history/person/person-1/",
        "/history/area/nowhere/",
        "/history/body/nobody/",
        "/history/service/ABC/",
        "/history/quantity/coldbrook-marlshire/",
        "/history/quantity/coldbrook-marlshire_ABC/",
        "/history/secret/1/",
    ],
)
def test_what_has_no_history_or_is_no_record_is_not_found(
    cast: Cast, client: Client, address: str
) -> None:
    page(client, address, status=404)


def test_a_long_trail_is_sorted_filtered_and_cut_into_pages(cast: Cast) -> None:
    for _ in range(3):
        looked_in(cast)
    browser, trail = cast.signed_in(cast.at_coldbrook.person), "/bodies/coldbrook-council/journal/"

    first = page(browser, f"{trail}?rows=2")
    assert "1 to 2 shown" in first
    assert 'aria-label="Pages of this list"' in first
    assert first.count("ww-history__line") == 2
    newest, oldest = (
        page(browser, f"{trail}?rows=1{sort}").partition("ww-history__line")[2]
        for sort in ("", "&sort=-line")
    )
    assert "gave an office" in newest
    assert "began to look in from outside" in oldest
    assert page(browser, f"{trail}?who=The+operator").count("ww-history__line") == 3
    assert "No line is like that" in page(browser, f"{trail}?day=1999")
    page(browser, f"{trail}?sort=hash", status=400)


def test_a_bodys_trail_is_downloaded_in_words(cast: Cast) -> None:
    looked_in(cast)
    browser = cast.signed_in(cast.at_coldbrook.person)

    table = browser.get("/bodies/coldbrook-council/journal.csv").content.decode("utf-8-sig")

    assert table.splitlines()[0] == "line,at,who,did,to,changed,why,hash"
    assert "The clerk cannot sign in" in table
    filtered = browser.get("/bodies/coldbrook-council/journal.csv?did=gave+an+office")
    assert "The clerk cannot sign in" not in filtered.content.decode()


def test_the_copy_a_body_takes_away_holds_its_own_lines_and_the_whole_chain(cast: Cast) -> None:
    corrected(cast)
    browser = cast.signed_in(cast.at_coldbrook.person)
    cast.at_wychbourne  # noqa: B018 - Wychbourne's own matter

    answer = browser.get("/bodies/coldbrook-council/journal.jsonl")

    text = b"".join(answer.streaming_content).decode()
    lines = [json.loads(line) for line in text.splitlines()]
    assert "wychbourne" not in text.lower()
    assert "Walked with a wheel" in text
    found = verify(lines)
    assert found.faults == []
    assert (found.lines, found.sealed) == (Entry.objects.count(), found.lines - 2)


def test_heads_are_shown_answered_to_programs_and_downloaded(cast: Cast, client: Client) -> None:
    assert "No head has been published yet." in page(client, "/journal/head/")
    head = journal.publish_head(today=TODAY, now=NOW)

    shown = page(client, "/journal/head/")
    assert head.hash in shown
    assert "The latest heads" in shown
    assert client.get("/journal/head.json").json()["heads"] == [
        {
            "day": "2026-05-01",
            "line": head.number,
            "hash": head.hash,
            "published_at": "2026-05-01T09:42:00Z",
        }
    ]
    assert f"2026-05-01,{head.number},{head.hash}" in page(client, "/journal/heads.csv")


def test_many_changes_are_told_as_far_as_a_page_can(cast: Cast) -> None:
    with transaction.atomic():
        line = journal.write(
            by=ADA, did="counted", to=cast.coldbrook.subject,
            after={f"tree_{n}": n for n in range(100)} | {"is_done": True, "odd": {"a_on": "x"}},
        )  # fmt: skip

    (told,) = telling.told([line])

    assert len(told.changes) == telling.MOST_CHANGES
    assert told.untold == 102 - telling.MOST_CHANGES
    assert "and 82 more" in told.in_one_line


IN_WORDS = [
    ("is_done", True, "yes"),
    ("is_done", False, "no"),
    ("share_pence", 638_150, "£6,381.50"),
    ("ends_on", "2027-03-31", "31 March 2027"),
    ("ends_on", "soon", "soon"),
    ("range_milli", [1000, None, 2500], "1, 2.5"),
    ("odd", {"a": 1, "ends_on": "2027-03-31"}, "a: 1, ends_on: 31 March 2027"),
    ("email", {"personal": "7b7d7a4e-0000-4000-8000-000000000000", "hash": "x"}, "(not held)"),
    ("nothing", {}, "nothing"),
]


@pytest.mark.parametrize(("name", "value", "words"), IN_WORDS)
def test_values_are_told_in_words(name: str, value: object, words: str) -> None:
    assert telling.in_words(name, value) == words


def test_a_papers_history_is_for_who_may_read_it_and_once_withdrawn_for_its_own_people(
    cast: Cast, client: Client
) -> None:
    own, bron = cast.signed_in(cast.at_coldbrook.person), cast.signed_in(cast.at_wychbourne.person)
    open_one, closed = kept_paper(cast, is_public=True), kept_paper(cast, is_public=False)

    said = page(client, f"/history/paper/paper-{open_one.pk}/")
    assert "added a paper" in said
    assert "kept a file" in said
    assert "<dt>Its fingerprint (SHA-256)</dt>" in said
    assert "<dt>Kind of file</dt>" in said
    page(bron, f"/history/paper/paper-{closed.pk}/", status=404)
    assert "added a paper" in page(own, f"/history/paper/paper-{closed.pk}/")

    papers.withdraw(paper=open_one, by=COLM, today=TODAY)

    page(client, f"/history/paper/paper-{open_one.pk}/", status=404)
    assert "withdrew a file" in page(own, f"/history/paper/paper-{open_one.pk}/")
    page(own, "/history/paper/paper-0/", status=404)
    for short in (f"{closed.pk}", f"paper-0{closed.pk}"):
        page(own, f"/history/paper/{short}/", status=404)
    office = Office.objects.get(body=cast.coldbrook_council)
    page(own, f"/history/office/{office.subject.key}/")
    page(own, f"/history/office/{office.pk}/", status=404)


def kept_paper(cast: Cast, *, is_public: bool) -> Paper:
    ready = documents.made(content=b"%PDF-1.7", media_type="application/pdf", name="a.pdf")
    return papers.add(
        body=cast.coldbrook_council, title="Minutes", kind="minutes", is_public=is_public,
        ready=ready, by=COLM, today=TODAY,
    )  # fmt: skip


def test_ab13_an_invitations_history_is_for_the_officers_of_its_body(
    cast: Cast, client: Client
) -> None:
    office, today = cast.at_coldbrook, localdate()
    offer = Offer("lou@example.org", "councillor", today, today + timedelta(days=30))
    sent = offices.invite(body=office.body, offer=offer, by=office, now=now(), today=today)
    offices.withdraw(invitation=sent, by=office.actor, now=now())
    own = cast.signed_in(office.person)

    said = page(own, f"/history/invitation/{sent.key}/")

    assert "sent an invitation" in said
    assert "withdrew an invitation" in said
    assert "lou@example.org" not in said
    bron = cast.signed_in(cast.at_wychbourne.person)
    # As the list of invitations: for who gives offices, not for every officer.
    officer = cast.office(cast.dot, office.body, "finance-officer").person
    listed = cast.signed_in(officer).get("/bodies/coldbrook-council/people/invitations/")
    assert listed.status_code == 403
    page(cast.signed_in(officer), f"/history/invitation/{sent.key}/", status=404)
    for reader, key in ((client, sent.key), (bron, sent.key), (own, "invitation-x")):
        page(reader, f"/history/invitation/{key}/", status=404)


#: Kinds of record that have no history of their own, and where their lines are read instead.
READ_ELSEWHERE = {
    "file": "in the history of its paper",
    "calendar": "by whose calendar it is",
    "county": "in the journal: a county is loaded as a whole",
    "catalogue": "in the history of each service",
}


def test_every_kind_of_record_the_journal_names_has_a_history(cast: Cast) -> None:
    """A kind that appears in the journal of a whole day's work is registered or named above."""
    corrected(cast)
    keep_for(cast)
    kept_paper(cast, is_public=True)
    assert cast.at_coldbrook

    named = set(Entry.objects.values_list("subject_kind", flat=True))

    assert named - set(histories.kinds()) - set(READ_ELSEWHERE) == set()
