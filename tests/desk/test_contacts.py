"""How the public reaches a body: its own officers put it right, and nobody's work is lost."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client

from tests.cast import Cast, introduce
from waywarden.county.councils import actions
from waywarden.county.councils.models import Contact
from waywarden.county.people.models import Office
from waywarden.fabric.common.refusals import Overtaken
from waywarden.fabric.common.subjects import Actor
from waywarden.fabric.forms.models import Draft
from waywarden.fabric.journal import queries
from waywarden.fabric.journal.models import Entry, PersonalValue

pytestmark = pytest.mark.django_db

LIST = "/bodies/coldbrook-council/contacts/"
COLM = Actor("person-9", "Clerk, Coldbrook Parish Council", body="coldbrook-council")
TODAY = date(2026, 5, 1)


@pytest.fixture
def office(cast: Cast) -> Office:
    """Colm's office, in which he is signed in."""
    return cast.at_coldbrook


@pytest.fixture
def colm(cast: Cast, office: Office) -> Client:
    return cast.signed_in(cast.colm)


def listed(cast: Cast, value: str = "clerk@coldbrook.example", kind: str = "email") -> Contact:
    return actions.add_contact(
        body=cast.coldbrook_council, kind=kind, value=value, by=COLM, today=TODAY
    )


def fields(office: Office, **typed: object) -> dict[str, object]:
    return {"acting_in": office.pk, "kind": "phone", "value": "01865 000000", **typed}


def test_a_clerk_lists_a_contact_and_the_page_of_the_place_shows_it(
    colm: Client, office: Office, client: Client
) -> None:
    answer = colm.post(f"{LIST}add/", fields(office, once=uuid4()), follow=True)

    assert answer.redirect_chain == [(LIST, 302)]
    assert "01865 000000 is listed." in answer.content.decode()
    assert "01865 000000" in client.get("/places/coldbrook-marlshire/").content.decode()
    contact = Contact.objects.get()
    assert (contact.source, contact.confidence) == (
        "Given by Clerk, Coldbrook Parish Council",
        "A",
    )


def test_ab9_a_contact_sent_twice_is_listed_once(colm: Client, office: Office) -> None:
    sent = fields(office, once=uuid4())

    answers = [colm.post(f"{LIST}add/", sent) for _ in range(3)]

    assert {(answer.status_code, answer["Location"]) for answer in answers} == {(302, LIST)}
    assert Contact.objects.count() == 1
    assert Entry.objects.filter(did="added a contact").count() == 1


WRONG = {
    ("email", "the clerk"): "Enter an e-mail address",
    ("web", "javascript:alert(1)"): "Enter the whole address of the website",
    ("web", "coldbrook.example"): "Enter the whole address of the website",
    ("phone", "ask at the shop"): "Enter a telephone number",
    ("phone", ""): "Enter the address or number",
    ("pigeon", "north loft"): "Say what it is",
}


@pytest.mark.parametrize(("typed", "said"), WRONG.items())
def test_what_leads_nowhere_is_refused_and_kept_in_the_form(
    colm: Client, office: Office, typed: tuple[str, str], said: str
) -> None:
    kind, value = typed

    answer = colm.post(f"{LIST}add/", fields(office, once=uuid4(), kind=kind, value=value))

    page = answer.content.decode()
    assert answer.status_code == 400
    assert "<title>Error: Add a contact" in page
    assert said in page
    assert not value or f'value="{value}"' in page
    assert not Contact.objects.exists()


def test_a_contact_listed_already_is_not_listed_again(cast: Cast, colm: Client, office) -> None:
    listed(cast, "01865 000000", "phone")

    answer = colm.post(f"{LIST}add/", fields(office, once=uuid4()))

    assert answer.status_code == 400
    assert "01865 000000 is listed already." in answer.content.decode()


def test_a_contact_is_changed_withdrawn_and_listed_again(
    cast: Cast, colm: Client, office: Office
) -> None:
    contact = listed(cast)

    colm.post(f"{LIST}{contact.pk}/", fields(office, version=1))
    contact.refresh_from_db()
    assert (contact.kind, contact.value, contact.version) == ("phone", "01865 000000", 2)

    colm.post(f"{LIST}{contact.pk}/withdraw/", {"acting_in": office.pk, "version": 2})
    contact.refresh_from_db()
    assert contact.ended_on is not None
    assert "Withdrawn on" in colm.get(LIST).content.decode()

    colm.post(f"{LIST}add/", fields(office, once=uuid4()))
    contact.refresh_from_db()
    assert (contact.ended_on, contact.version, Contact.objects.count()) == (None, 4, 1)


def test_a_stale_version_is_answered_with_both_and_what_was_typed_is_kept(
    cast: Cast, colm: Client, office: Office
) -> None:
    contact = listed(cast)
    actions.change_contact(
        contact=contact, version=1, kind="email", value="office@coldbrook.example", by=COLM,
        today=TODAY,
    )  # fmt: skip

    answer = colm.post(f"{LIST}{contact.pk}/", fields(office, version=1))

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "This changed while you had it open" in page
    assert "Clerk, Coldbrook Parish Council saved a change on" in page
    assert "office@coldbrook.example" in page
    assert 'value="01865 000000"' in page
    assert '<input type="hidden" name="version" value="2"' in page
    assert f'name="acting_in" value="{office.pk}"' in page
    contact.refresh_from_db()
    assert contact.value == "office@coldbrook.example"

    on_top = colm.post(f"{LIST}{contact.pk}/", fields(office, version=2))
    assert on_top.status_code == 302
    contact.refresh_from_db()
    assert contact.value == "01865 000000"


def test_whoever_is_late_is_told_who_changed_this_contact_and_of_no_other_change(
    cast: Cast, colm: Client, office: Office
) -> None:
    contact = listed(cast)
    actions.change_contact(
        contact=contact, version=1, kind="email", value="office@coldbrook.example", by=COLM,
        today=TODAY,
    )  # fmt: skip
    deputy = Actor("person-8", "Deputy clerk, Coldbrook Parish Council", body="coldbrook-council")
    other = {"body": cast.coldbrook_council, "kind": "phone", "value": "01865 111111"}
    actions.add_contact(**other, by=deputy, today=TODAY)
    late = fields(office, version=1)

    page = colm.post(f"{LIST}{contact.pk}/", late).content.decode()
    assert "Clerk, Coldbrook Parish Council saved a change on" in page
    assert "Deputy" not in page

    # A table names no contact: which of several it changed cannot be told.
    web = Contact(**other | {"kind": "web"}, source="A table", confidence="A")
    for kind, is_named in (("web", True), ("email", False)):
        web.kind = kind
        actions.record_contacts(body=cast.coldbrook_council, contacts=[web], by=deputy, today=TODAY)
        page = colm.post(f"{LIST}{contact.pk}/", late).content.decode()
        assert ("saved a change" in page) == is_named
        assert "Deputy" not in page


def test_a_contact_withdrawn_meanwhile_is_not_changed(
    cast: Cast, colm: Client, office: Office
) -> None:
    contact = listed(cast)
    actions.withdraw_contact(contact=contact, version=1, by=COLM, today=TODAY)

    answer = colm.post(f"{LIST}{contact.pk}/", fields(office, version=2))
    assert answer.status_code == 409
    assert "Add it to list it again." in answer.content.decode()


def test_a_contact_changed_meanwhile_is_not_withdrawn(
    cast: Cast, colm: Client, office: Office
) -> None:
    contact = listed(cast)

    for version in ("x", "9" * 5000, 7):
        sent = {"acting_in": office.pk, "version": version}
        answer = colm.post(f"{LIST}{contact.pk}/withdraw/", sent)
        assert answer.status_code == 409
        assert "This changed while you had it open" in answer.content.decode()
    contact.refresh_from_db()
    assert contact.ended_on is None


def test_a_contact_withdrawn_twice_is_withdrawn_once_and_nobody_is_blamed(
    cast: Cast, colm: Client, office: Office
) -> None:
    contact = listed(cast)

    for _ in range(2):
        sent = {"acting_in": office.pk, "version": 1}
        assert colm.post(f"{LIST}{contact.pk}/withdraw/", sent).status_code == 302
    assert Entry.objects.filter(did="withdrew a contact").count() == 1


def test_a_contact_that_is_withdrawn_leaves_every_page_at_once(
    cast: Cast, colm: Client, office: Office, client: Client
) -> None:
    contact = listed(cast, value="home@example.org")
    pages = ("/bodies/coldbrook-council/", "/places/coldbrook-marlshire/")
    assert all(contact.value in client.get(page).content.decode() for page in pages)

    colm.post(f"{LIST}{contact.pk}/withdraw/", {"acting_in": office.pk, "version": 1})

    assert not any(contact.value in client.get(page).content.decode() for page in pages)


@pytest.mark.parametrize("asked", ["2020-01-01", "2026-05-01", "2031-01-01"])
def test_a_contact_once_withdrawn_is_read_for_no_day_but_by_its_officers(
    cast: Cast, colm: Client, client: Client, asked: str
) -> None:
    gone, left = listed(cast, value="home@example.org"), listed(cast, value="clerk@example.org")
    actions.withdraw_contact(contact=gone, version=1, by=COLM, today=date(2026, 6, 1))

    for page in ("/bodies/coldbrook-council/", "/places/coldbrook-marlshire/"):
        said = client.get(page, {"on": asked}).content.decode()
        assert gone.value not in said
    said = client.get("/bodies/coldbrook-council/", {"on": asked}).content.decode()
    assert left.value in said
    assert "Contacts are not kept for other days." in said
    assert gone.value in colm.get(LIST).content.decode()


def test_a_change_to_what_is_listed_already_is_refused(
    cast: Cast, colm: Client, office: Office
) -> None:
    listed(cast, "01865 000000", "phone")
    contact = listed(cast)

    answer = colm.post(f"{LIST}{contact.pk}/", fields(office, version=1))

    assert answer.status_code == 400
    assert "is listed already, or was withdrawn." in answer.content.decode()


def test_another_councils_clerk_sees_and_changes_nothing(cast: Cast) -> None:
    contact, bron = listed(cast), cast.at_wychbourne
    browser = cast.signed_in(cast.bron)

    for address in (LIST, f"{LIST}add/", f"{LIST}{contact.pk}/", "/bodies/coldbrook-council/contacts.csv"):  # fmt: skip  # noqa: E501
        assert browser.get(address).status_code == 403
    sent = fields(bron, once=uuid4(), version=1)
    for address in (f"{LIST}add/", f"{LIST}{contact.pk}/", f"{LIST}{contact.pk}/withdraw/"):
        assert browser.post(address, sent).status_code == 403
    assert Contact.objects.get().version == 1
    own = "/bodies/wychbourne-council/contacts/"
    assert browser.get(f"{own}{contact.pk}/").status_code == 404


def test_contacts_are_downloaded_with_those_withdrawn(cast: Cast, colm: Client) -> None:
    actions.withdraw_contact(contact=listed(cast), version=1, by=COLM, today=TODAY)
    listed(cast, "https://coldbrook.example/", "web")

    table = colm.get("/bodies/coldbrook-council/contacts.csv").content.decode("utf-8-sig")

    assert table.splitlines()[0] == "body,kind,contact,source,stated_on,ended_on"
    assert "clerk@coldbrook.example" in table
    assert "2026-05-01,2026-05-01" in table


def test_the_journal_tells_of_contacts_without_holding_them(cast: Cast) -> None:
    contact = listed(cast)
    actions.change_contact(
        contact=contact, version=1, kind="email", value="office@coldbrook.example", by=COLM,
        today=TODAY,
    )  # fmt: skip
    actions.withdraw_contact(contact=contact, version=2, by=COLM, today=TODAY)

    chain = str(list(queries.lines()))
    assert "@coldbrook.example" not in chain
    assert PersonalValue.objects.filter(person_key=contact.key).count() == 4
    told = Entry.objects.filter(subject_kind="body").order_by("number")
    assert [line.did for line in told] == [
        "added a contact",
        "changed a contact",
        "withdrew a contact",
    ]
    assert queries.faults() == []


def test_a_draft_comes_back_after_signing_in_again_and_goes_once_it_is_sent(
    cast: Cast, colm: Client, office: Office
) -> None:
    token = between(colm.get(f"{LIST}add/").content.decode(), 'name="draft_of" value="', '"')
    colm.post(
        "/drafts/",
        fields(office, draft_of=token, once=uuid4()),
        headers={"HX-Request": "true"},
    )
    colm.logout()
    assert colm.get(f"{LIST}add/").status_code == 302

    again = cast.signed_in(cast.colm)
    page = again.get(f"{LIST}add/").content.decode()
    assert 'value="01865 000000"' in page
    assert "Draft saved at " in page
    assert Draft.objects.get().body == "coldbrook-council"

    again.post(f"{LIST}add/", fields(office, once=uuid4()))
    assert not Draft.objects.exists()


def test_a_draft_that_comes_in_after_its_form_was_accepted_is_not_kept(
    colm: Client, office: Office
) -> None:
    token = between(colm.get(f"{LIST}add/").content.decode(), 'name="draft_of" value="', '"')
    sent = fields(office, draft_of=token, once=uuid4())
    colm.post(f"{LIST}add/", sent)

    colm.post("/drafts/", sent, headers={"HX-Request": "true"})

    assert not Draft.objects.exists()


def between(text: str, start: str, end: str) -> str:
    return text.split(start, 1)[1].split(end, 1)[0]


EDITORS, EDITS = 4, 5


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
class TestAtOnce:
    """Two and more who change one contact at the same moment."""

    def edit(self, contact: Contact, editor: int, start: Barrier) -> list[str]:
        """Change the contact again and again as it is read; give what was acknowledged."""
        kept = []
        try:
            for edit in range(EDITS):
                start.wait(timeout=30)
                row = Contact.objects.select_related("body").get(pk=contact.pk)
                start.wait(timeout=30)
                value = f"{editor}-{edit}@coldbrook.example"
                try:
                    actions.change_contact(
                        contact=row, version=row.version, kind="email", value=value, by=COLM,
                        today=TODAY,
                    )  # fmt: skip
                    kept.append(value)
                except Overtaken:
                    pass
            return kept
        finally:
            connection.close()

    def test_of_those_who_saw_one_version_one_alone_changes_it(self) -> None:
        contact, start = listed(introduce()), Barrier(EDITORS)

        with ThreadPoolExecutor(EDITORS) as pool:
            kept = list(pool.map(lambda n: self.edit(contact, n, start), range(EDITORS)))

        contact.refresh_from_db()
        acknowledged = [value for each in kept for value in each]
        assert len(acknowledged) == EDITS
        assert contact.version == 1 + EDITS
        assert Entry.objects.filter(did="changed a contact").count() == EDITS
        assert contact.value in acknowledged


@pytest.mark.parametrize("website", ["http://127.0.0.1/", "http://10.0.0.8/", "ftp://a.example/"])
def test_a_website_that_nobody_outside_can_open_is_not_listed(
    colm: Client, office: Office, website: str
) -> None:
    answer = colm.post(f"{LIST}add/", fields(office, kind="web", value=website, once=uuid4()))

    assert answer.status_code == 400
    assert "one that everybody can open" in answer.content.decode()
    assert not Contact.objects.exists()
