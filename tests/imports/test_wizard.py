"""The wizard: nothing is saved unseen, good rows need not wait for bad ones, twice is once."""

import csv
import io
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone
from openpyxl import load_workbook

from tests.cast import DAY, Cast
from tests.imports.sending import CONTACTS, MINE, Desk, figures
from tests.pages.reading import Page, body_of
from waywarden.county.councils.models import Contact
from waywarden.fabric.imports import actions, queries
from waywarden.fabric.imports.kinds import ImportKind, kinds
from waywarden.fabric.imports.models import Upload
from waywarden.fabric.journal.models import Entry
from waywarden.fabric.tables.reading import Sheet

pytestmark = pytest.mark.django_db

TWO = CONTACTS + MINE + ",carrier pigeon,the loft,\n"


@pytest.fixture
def colm(cast: Cast) -> Desk:
    return Desk(cast, cast.at_coldbrook)


def test_nothing_is_saved_before_somebody_has_looked(colm: Desk) -> None:
    page = colm.look(colm.paste("contacts", CONTACTS + MINE))

    assert page.texts("h1") == ["Look before you save"]
    assert figures(page) == {"new": 1, "changed": 0, "same": 0, "left_out": 0}
    assert "Coldbrook Parish Council: e-mail clerk@coldbrook.example" in page.words
    assert not Contact.objects.exists()


def test_what_was_looked_at_is_taken_in_with_one_line_in_the_journal(colm: Desk) -> None:
    lines = Entry.objects.count()

    page = colm.take_in("contacts", CONTACTS + MINE)

    assert page.texts("h1") == ["Taken in"]
    contact = Contact.objects.get()
    assert (contact.kind, contact.value) == ("email", "clerk@coldbrook.example")
    assert Entry.objects.count() == lines + 1


def test_the_journal_is_not_told_the_address(colm: Desk) -> None:
    colm.take_in("contacts", CONTACTS + MINE)

    line = Entry.objects.order_by("number").last()
    assert line.after == {"contacts": {"email": 1}}
    assert "clerk@coldbrook.example" not in str(line.__dict__)


def test_good_rows_are_taken_and_bad_ones_come_back_with_their_reasons(colm: Desk) -> None:
    there = colm.paste("contacts", TWO)["Location"]
    colm.decide(there)

    page = colm.page(there)
    assert figures(page) == {"new": 1, "changed": 0, "same": 0, "left_out": 1}
    assert Contact.objects.count() == 1
    text = colm.browser.get(f"{there}left-out.csv").content.decode("utf-8-sig")
    (row,) = csv.DictReader(io.StringIO(text))
    assert row["value"] == "the loft"
    assert row["reason"] == (
        "kind: “carrier pigeon” is no way we know: web, e-mail, phone or post."
    )


def test_the_rows_that_came_back_can_be_put_right_and_sent_again(colm: Desk) -> None:
    there = colm.paste("contacts", TWO)["Location"]
    text = colm.browser.get(f"{there}left-out.csv").content.decode("utf-8-sig")

    colm.take_in("contacts", text.replace("carrier pigeon", "post"))

    assert Contact.objects.get().kind == "post"


@pytest.mark.parametrize("decision", ["", "more", "bogus"])
def test_a_decision_the_page_does_not_offer_ends_nothing(colm: Desk, decision: str) -> None:
    there = colm.paste("contacts", CONTACTS + MINE)["Location"]

    answer = colm.decide(there, decision)

    assert answer.status_code == 409
    assert "Press one of the buttons below" in body_of(answer)
    assert not Contact.objects.exists()
    assert colm.decide(there).status_code == 302
    assert Contact.objects.exists()


def test_one_may_take_in_nothing(colm: Desk) -> None:
    there = colm.paste("contacts", CONTACTS + MINE)["Location"]

    assert colm.decide(there, "none").status_code == 302

    assert colm.page(there).texts("h1") == ["Left out, all of it"]
    assert not Contact.objects.exists()


def test_the_same_table_again_changes_nothing_and_says_so(colm: Desk) -> None:
    colm.take_in("contacts", CONTACTS + MINE)
    lines = Entry.objects.count()

    there = colm.paste("contacts", CONTACTS + MINE)["Location"]
    page = colm.page(there)

    assert "This very table was taken in before" in page.words
    assert "Nothing would change." in page.words
    assert [b for b in page.of("button") if b.get("value") == "good"] == []
    assert colm.decide(there).status_code == 409
    assert Entry.objects.count() == lines


def test_the_same_table_sent_twice_waits_once(colm: Desk) -> None:
    first = colm.paste("contacts", CONTACTS + MINE)["Location"]

    assert colm.paste("contacts", CONTACTS + MINE)["Location"] == first
    assert Upload.objects.count() == 1


def test_others_may_write_while_a_table_is_read(
    colm: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    read, around, held = queries.sheet_of, list(connection.savepoint_ids), []

    def watched(*given: Any) -> Sheet:
        held.append(connection.savepoint_ids != around)
        return read(*given)

    monkeypatch.setattr(queries, "sheet_of", watched)
    colm.paste("contacts", CONTACTS + MINE)

    assert held == [False]


def test_ab9_two_clicks_are_one_import(colm: Desk) -> None:
    there = colm.paste("contacts", CONTACTS + MINE)["Location"]
    colm.decide(there)
    lines = Entry.objects.count()

    again = colm.decide(there, seen="0" * 64)

    assert (again.status_code, again["Location"]) == (302, there)
    assert colm.decide(there, "none").status_code == 302
    assert Upload.objects.get().status == "taken"
    assert Contact.objects.count() == 1
    assert Entry.objects.count() == lines


def test_whoever_decides_second_is_told_so(colm: Desk) -> None:
    there = colm.paste("contacts", CONTACTS + MINE)["Location"]
    assert "was decided on before" not in body_of(colm.browser.get(colm.decide(there)["Location"]))

    answer = colm.decide(there, seen="0" * 64)

    assert "was decided on before" in body_of(colm.browser.get(answer["Location"]))


def test_what_changed_since_one_looked_is_shown_again(cast: Cast, colm: Desk) -> None:
    there = colm.paste("contacts", TWO)["Location"]
    shown = body_of(colm.browser.get(there))
    Contact.objects.create(
        body=cast.coldbrook_council,
        kind="email",
        value="clerk@coldbrook.example",
        source="Somebody quicker",
        confidence="A",
    )
    seen = shown.split('name="seen" value="')[1][:64]

    answer = colm.decide(there, seen=seen)

    assert answer.status_code == 409
    assert "is not what you were shown" in Page(body_of(answer)).words
    assert Upload.objects.get().waits


def test_what_is_sent_for_one_council_is_not_there_for_another(cast: Cast, colm: Desk) -> None:
    there = colm.paste("contacts", CONTACTS + MINE)["Location"]
    bron = Desk(cast, cast.at_wychbourne)

    for address in (there, f"{there}left-out.csv"):
        assert bron.browser.get(address).status_code == 404
    assert bron.decide(there).status_code == 404
    assert "Pasted cells" not in bron.page("/imports/").words
    assert not Contact.objects.exists()


def test_the_list_of_kinds_says_what_was_sent_and_what_came_of_it(colm: Desk) -> None:
    colm.take_in("contacts", CONTACTS + MINE)

    page = colm.page("/imports/")
    assert "Contacts of councils" in page.texts("h2")
    assert "Taken in" in page.texts("td")


def test_a_visitor_signs_in_first(client: Client, cast: Cast) -> None:
    answer = client.get("/imports/contacts/")

    assert answer.status_code == 302
    assert answer["Location"].startswith("/sign-in/")


def test_an_office_that_takes_nothing_in_is_told_so(cast: Cast) -> None:
    chair = Desk(cast, cast.office(cast.dot, cast.coldbrook_council, "chair"))

    assert chair.browser.get("/imports/contacts/").status_code == 403
    assert chair.paste("contacts", CONTACTS + MINE).status_code == 403
    assert "does not take in any table" in chair.page("/imports/").words


def test_a_form_from_another_office_is_not_accepted(cast: Cast, colm: Desk) -> None:
    there = colm.paste("contacts", CONTACTS + MINE)["Location"]
    other = cast.office(cast.colm, cast.wychbourne_council, "clerk")

    answer = colm.browser.post(f"{there}decide/", {"decision": "good", "acting_in": other.pk})

    assert answer.status_code == 409
    assert not Contact.objects.exists()


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({}, "Choose a file or paste cells, one of the two"),
        ({"cells": "  \n"}, "Choose a file or paste cells, one of the two"),
        ({"cells": "a,b\n1,2"}, "We found no column headed 'kind' or 'value'"),
        ({"cells": "kind,value"}, "This table has headings but no rows below them"),
    ],
)
def test_what_cannot_be_read_is_refused_in_a_sentence(
    colm: Desk, sent: dict[str, str], said: str
) -> None:
    answer = colm.post("/imports/contacts/", **sent)
    page = Page(body_of(answer))

    assert answer.status_code == 400
    assert page.texts("title")[0].startswith("Error:")
    assert said in page.words
    assert not Upload.objects.exists()


def test_a_file_and_pasted_cells_at_once_are_refused(colm: Desk) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    file = SimpleUploadedFile("t.csv", (CONTACTS + MINE).encode())
    answer = colm.post("/imports/contacts/", cells=CONTACTS + MINE, file=file)

    assert answer.status_code == 400


@pytest.mark.parametrize("kind", ["contacts", "quantities"])
def test_every_kind_has_a_table_to_fill_in_that_it_reads_itself(cast: Cast, kind: str) -> None:
    ada = Desk(cast, cast.at_the_county)
    workbook = load_workbook(io.BytesIO(ada.browser.get(f"/imports/{kind}/template.xlsx").content))
    sheet = workbook["Fill in"]
    found: ImportKind = kinds()[kind]
    assert [cell.value for cell in sheet[1]] == [column.name for column in found.columns]
    sheet.append([column.example for column in found.columns])
    filled = io.BytesIO()
    workbook.save(filled)

    page = ada.look(ada.send(kind, filled.getvalue(), "filled.xlsx"))

    assert page.texts("h1") == ["Look before you save"]
    assert f"{kind}.csv" in ada.browser.get(f"/imports/{kind}/template.csv")["Content-Disposition"]


def test_a_kind_there_is_not_is_not_there(colm: Desk) -> None:
    assert colm.browser.get("/imports/wishes/").status_code == 404


def test_every_status_of_an_upload_has_its_moves() -> None:
    assert set(Upload.MOVES) == set(Upload.Status)
    assert {to for moves in Upload.MOVES.values() for to in moves} < set(Upload.Status)


def test_a_decision_is_made_once_whoever_holds_an_older_copy(cast: Cast, colm: Desk) -> None:
    colm.paste("contacts", CONTACTS + MINE)
    held, older = Upload.objects.get(), Upload.objects.get()
    actions.leave_out(upload=held, now=timezone.now())

    with pytest.raises(actions.DecidedAlready):
        actions.leave_out(upload=older, now=timezone.now())


def test_an_office_gone_meanwhile_takes_nothing_in(cast: Cast, colm: Desk) -> None:
    there = colm.paste("contacts", CONTACTS + MINE)["Location"]
    type(colm.office).objects.update(ends_on=DAY)

    assert colm.decide(there).status_code == 409
    assert not Contact.objects.exists()
