"""A long list reads from the database the page it shows, and not every row it has."""

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from tests.cast import Cast
from tests.imports.sending import CONTACTS, MINE, Desk
from tests.pages.reading import Page, body_of
from waywarden.fabric.imports.models import Upload
from waywarden.fabric.journal import actions as journal
from waywarden.fabric.journal.models import Entry

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]

TRAIL = "/bodies/coldbrook-council/journal/"


@pytest.fixture
def colm(cast: Cast) -> Desk:
    desk = Desk(cast, cast.at_coldbrook)
    with transaction.atomic():
        for number in range(120):
            journal.write(
                by=desk.office.actor, did=f"did number {number % 3}", to=desk.office.body.subject
            )
    return desk


def read_of(desk: Desk, address: str, model: type[Entry] | type[Upload]) -> int:
    """Count the rows of a kind that a page makes of what the database holds."""
    made: list[object] = []
    kept = model.from_db.__func__  # type: ignore[attr-defined]
    with pytest.MonkeyPatch.context() as patch:
        counting = classmethod(lambda cls, *given: made.append(1) or kept(cls, *given))
        patch.setattr(model, "from_db", counting)
        assert desk.browser.get(address).status_code == 200
    return len(made)


def test_a_page_of_a_trail_reads_its_own_lines_alone(colm: Desk) -> None:
    assert read_of(colm, TRAIL, Entry) <= 100
    assert read_of(colm, f"{TRAIL}?page=3", Entry) <= 50
    assert read_of(colm, f"{TRAIL}?who=nobody", Entry) > 100


def test_a_trail_is_counted_chosen_from_and_paged_as_before(colm: Desk) -> None:
    many = Entry.objects.concerning("coldbrook-council").count()

    first, last = colm.page(TRAIL), colm.page(f"{TRAIL}?page=3")

    assert f"{many} lines, 1 to 50 shown" in first.words
    assert f"{many} lines, 101 to {many} shown" in last.words
    offered = [option.get("value") for option in first.of("option")]
    assert {"did number 0", "did number 1", "did number 2", colm.office.actor.shown_as} <= {
        *offered
    }
    assert colm.page(f"{TRAIL}?did=did+number+1").words.count("did number 1") >= 40
    whole = body_of(colm.browser.get(f"{TRAIL[:-1]}.csv"))
    assert whole.count("did number") == 120


def test_a_page_of_tables_sent_reads_its_own_alone_and_none_of_their_rows(colm: Desk) -> None:
    sent = Upload(kind="contacts", by_key="x", body_key="coldbrook-council", name="a", table={})
    sent.status, sent.decided_at = "left", "2026-04-01T00:00:00Z"
    Upload.objects.bulk_create(
        Upload(**{f.attname: getattr(sent, f.attname) for f in Upload._meta.fields} | {"sha256": n})
        for n in range(60)
    )
    colm.paste("contacts", CONTACTS + MINE)

    with CaptureQueriesContext(connection) as asked:
        assert read_of(colm, "/imports/?rows=25", Upload) == 25
    page = Page(body_of(colm.browser.get("/imports/?rows=25")))

    assert not [query for query in asked if '"imports_upload"."table"' in query["sql"]]
    assert "61 tables, 1 to 25 shown" in page.words
    offered = {option.get("value") for option in page.of("option")}
    assert {"Left out, all of it", "Read, and not decided on"} <= offered
    assert [p for p in offered if p and "contact" in p.lower()]
