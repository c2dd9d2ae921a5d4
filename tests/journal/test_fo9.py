"""FO9: the trail says who did what when, before and after, and cannot be changed."""

from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, connection, transaction

from tests.cast import ADA, Cast
from tests.journal import guards
from waywarden.fabric.common.subjects import Actor, Subject
from waywarden.fabric.journal import actions as journal
from waywarden.fabric.journal import queries
from waywarden.fabric.journal.models import Concern, Entry, Immutable, PublishedHead

pytestmark = [pytest.mark.postgres, pytest.mark.django_db]

NOW = datetime(2026, 5, 1, 9, 42, tzinfo=UTC)
TODAY = date(2026, 5, 1)
BRON = Actor("person-3", "Clerk, Wychbourne Town Council", body="wychbourne-council")
VERGE = Subject("verge", "green", bodies=("coldbrook-council",))


@transaction.atomic
def mended() -> Entry:
    return journal.write(
        by=BRON,
        did="corrected a quantity",
        to=VERGE,
        before={"amount_milli": 1000},
        after={"amount_milli": 2000},
        reason="Measured on foot",
    )


@pytest.fixture
def guarded(db: None) -> None:
    """A journal with a line of each kind, guarded as on a real site."""
    guards.put_up()
    mended()
    journal.publish_head(today=TODAY, now=NOW)


def test_fo9_a_line_says_who_when_what_why_before_and_after(db: None) -> None:
    began = datetime.now(UTC)

    line = mended()

    kept = Entry.objects.get()
    assert (kept.actor_key, kept.actor_shown_as) == (BRON.key, BRON.shown_as)
    assert began <= kept.at <= datetime.now(UTC)
    assert (kept.before, kept.after) == ({"amount_milli": 1000}, {"amount_milli": 2000})
    assert kept.reason == "Measured on foot"
    assert kept.hash == line.hash == kept.expected_hash()


TOUCHED = [
    "UPDATE journal_entry SET did = 'did nothing'",
    "DELETE FROM journal_entry",
    "UPDATE journal_concern SET body_key = 'nobody'",
    "DELETE FROM journal_concern",
    "UPDATE journal_publishedhead SET number = 0",
    "DELETE FROM journal_publishedhead",
]


@pytest.mark.parametrize("statement", TOUCHED)
@pytest.mark.usefixtures("guarded")
def test_fo9_the_database_refuses_to_change_or_remove_what_was_written(statement: str) -> None:
    with (
        pytest.raises(IntegrityError, match="The journal is only added to"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)

    assert Entry.objects.get().did == "corrected a quantity"
    assert queries.faults() == []


@pytest.mark.usefixtures("guarded")
def test_a_guarded_journal_goes_on_being_written() -> None:
    mended()

    assert queries.length() == 2
    assert queries.faults() == []


@pytest.mark.parametrize("rows", [Entry, Concern, PublishedHead])
def test_our_own_code_cannot_even_ask_for_it(db: None, rows: type) -> None:
    with pytest.raises(Immutable):
        rows.objects.update(pk=1)
    with pytest.raises(Immutable):
        rows.objects.all().delete()


def test_a_line_concerns_the_body_acted_for_and_those_its_subject_belongs_to(db: None) -> None:
    mended()

    assert Entry.objects.get().bodies == ["coldbrook-council", "wychbourne-council"]
    assert Entry.objects.concerning("coldbrook-council").count() == 1
    assert Entry.objects.concerning("marl-green-meeting").count() == 0


def test_what_an_office_does_and_what_is_done_to_it_is_in_its_bodys_trail(cast: Cast) -> None:
    office = cast.at_wychbourne

    given = Entry.objects.order_by("number").last()
    assert given.bodies == ["wychbourne-council"]
    assert office.actor.body == "wychbourne-council"
    with transaction.atomic():
        about = journal.write(by=ADA, did="looked at it", to=cast.coldbrook_council.subject)
    assert about.bodies == ["coldbrook-council"]


def test_a_line_hidden_from_a_bodys_trail_is_missed(db: None) -> None:
    guards.take_down()
    mended()
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM journal_concern WHERE body_key = 'coldbrook-council'")

    assert queries.faults() == ["Line 1 is not listed with the bodies it concerns."]


def test_a_line_that_concerns_no_body_is_hashed_as_before_there_were_any(db: None) -> None:
    with transaction.atomic():
        line = journal.write(by=ADA, did="loaded", to=Subject("county", "the-county"))

    # Worked out by the code that wrote the first journals, and kept here.
    as_then = line.as_line()
    as_then.pop("bodies")
    import hashlib
    import json

    said = [as_then[name] for name in BEFORE_BODIES]
    text = json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert line.hash == hashlib.sha256(text.encode()).hexdigest()


BEFORE_BODIES = [
    "number",
    "at",
    "actor",
    "did",
    "subject",
    "before",
    "after",
    "reason",
    "previous_hash",
]


class TestHeads:
    """What is made known once a day."""

    def test_a_days_head_is_published_once(self, db: None) -> None:
        mended()
        first = journal.publish_head(today=TODAY, now=NOW)
        mended()

        again = journal.publish_head(today=TODAY, now=NOW)

        assert again == first
        assert (again.number, PublishedHead.objects.count()) == (1, 1)
        assert journal.publish_head(today=date(2026, 5, 2), now=NOW).number == 2

    def test_a_tail_cut_off_with_its_head_shows_against_what_was_published(self, db: None) -> None:
        guards.take_down()
        first = mended()
        mended()
        journal.publish_head(today=TODAY, now=NOW)
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM journal_concern WHERE entry_id = 2")
            cursor.execute("DELETE FROM journal_entry WHERE number = 2")
            cursor.execute("UPDATE journal_head SET number = 1, hash = %s", [first.hash])

        assert queries.faults() == [
            "The journal ends at line 1, but line 2 was published on 1 May 2026."
        ]
