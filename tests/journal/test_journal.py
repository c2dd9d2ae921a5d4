"""The journal: written at its end and nowhere else, and whoever tampers with it is found out."""

from collections.abc import Callable
from datetime import date

import pytest
from django.db import connection, transaction
from django.db.transaction import TransactionManagementError

from tests.cast import ADA, Cast
from tests.journal import guards
from waywarden.fabric.common.subjects import Subject
from waywarden.fabric.journal import actions as journal
from waywarden.fabric.journal import queries
from waywarden.fabric.journal.models import FIRST, Entry, Head, Immutable

pytestmark = pytest.mark.postgres

VERGE = Subject("place", "coldbrook", "/places/coldbrook-marlshire/")


@transaction.atomic
def write(did: str = "mended the gate", **more: object) -> Entry:
    """Write a line as an action does."""
    return journal.write(by=ADA, did=did, to=VERGE, **more)


@pytest.fixture
def five_lines(db: None) -> list[Entry]:
    """A journal of five lines that holds, in the hands of somebody who took its guards down."""
    guards.take_down()
    return [write(f"did thing {number}", after={"thing": number}) for number in range(1, 6)]


def sql(statement: str, *values: object) -> None:
    """Reach past the models, as somebody with the database in hand can."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def test_a_journal_without_lines_holds(db: None) -> None:
    assert queries.faults() == []
    assert queries.length() == 0


def test_a_line_says_who_did_what_to_which_thing_before_and_after(db: None) -> None:
    write("renamed a parish", before={"name": "Marl"}, after={"name": "Marl Green"}, reason="SI 1")

    line = Entry.objects.get()
    assert (line.actor_key, line.actor_shown_as) == ("ada@county.example", "Ada")
    assert (line.did, line.reason) == ("renamed a parish", "SI 1")
    assert (line.subject_kind, line.subject_key) == ("place", "coldbrook")
    assert line.subject_url == "/places/coldbrook-marlshire/"
    assert (line.before, line.after) == ({"name": "Marl"}, {"name": "Marl Green"})


def test_each_line_follows_the_one_before_it(five_lines: list[Entry]) -> None:
    lines = list(Entry.objects.order_by("number"))

    assert [line.number for line in lines] == [1, 2, 3, 4, 5]
    assert [line.previous_hash for line in lines] == [FIRST, *(line.hash for line in lines[:-1])]
    assert queries.faults() == []
    assert queries.length() == 5


def test_the_hash_is_worked_out_from_what_was_written_and_not_from_the_record(db: None) -> None:
    # An accent, an order of keys and a moment with microseconds must survive the database.
    written = write("wrote", after={"b": [1, None, "Little Haye–Sköne"], "a": {"z": 1, "y": 2}})

    assert Entry.objects.get().expected_hash() == written.hash


def test_the_newest_line_about_a_thing_is_found(db: None) -> None:
    write("first")
    write("second")
    with transaction.atomic():
        journal.write(by=ADA, did="else", to=Subject("place", "wychbourne"))

    found = queries.last_about(VERGE)

    assert found is not None
    assert found.did == "second"
    assert queries.last_about(Subject("place", "nowhere")) is None


def test_a_line_cannot_be_saved_again(five_lines: list[Entry]) -> None:
    line = Entry.objects.get(number=3)
    line.did = "something else"

    with pytest.raises(Immutable, match="cannot be changed"):
        line.save()


def test_a_line_just_written_cannot_be_saved_again(db: None) -> None:
    with pytest.raises(Immutable, match="cannot be changed"):
        write().save()


def test_a_line_cannot_be_removed(five_lines: list[Entry]) -> None:
    with pytest.raises(Immutable, match="cannot be removed"):
        five_lines[2].delete()


@pytest.mark.parametrize(
    "attempt",
    [
        lambda lines: lines.update(did="something else"),
        lambda lines: lines.delete(),
        lambda lines: lines.about("place", "coldbrook").delete(),
        lambda lines: lines.filter(number=2).update(after={}),
    ],
)
def test_many_lines_cannot_be_changed_or_removed_at_once(
    five_lines: list[Entry], attempt: Callable
) -> None:
    with pytest.raises(Immutable):
        attempt(Entry.objects.all())

    assert queries.faults() == []


def test_several_lines_cannot_be_changed_at_once_by_their_records(five_lines: list[Entry]) -> None:
    for line in five_lines:
        line.did = "something else"

    with pytest.raises(Immutable):
        Entry.objects.bulk_update(five_lines, ["did"])


@pytest.mark.django_db(transaction=True)
def test_a_line_outside_the_transaction_of_its_change_is_refused() -> None:
    with pytest.raises(TransactionManagementError, match="inside the change's own transaction"):
        journal.write(by=ADA, did="did", to=VERGE)

    assert not Entry.objects.exists()


def test_a_line_is_not_kept_when_its_change_is_not(db: None) -> None:
    def change_and_fail() -> None:
        with transaction.atomic():
            journal.write(by=ADA, did="did", to=VERGE)
            raise ValueError("the change failed")

    with pytest.raises(ValueError, match="the change failed"):
        change_and_fail()

    assert queries.length() == 0
    assert queries.faults() == []


ALTERED = {
    "who": ("actor_shown_as", "Dot"),
    "whose key": ("actor_key", "dot@example.org"),
    "what": ("did", "did nothing"),
    "to which kind": ("subject_kind", "body"),
    "to which thing": ("subject_key", "wychbourne"),
    "at which address": ("subject_url", "/"),
    "why": ("reason", "no reason"),
    "when": ("at", "2001-01-01 00:00:00+00:00"),
    "before": ("before", '{"thing": 9}'),
    "after": ("after", '{"thing": 9}'),
    "for which bodies": ("bodies", '["coldbrook-council"]'),
}


@pytest.mark.parametrize(("column", "value"), ALTERED.values(), ids=ALTERED)
def test_an_altered_line_shows(five_lines: list[Entry], column: str, value: str) -> None:
    columns = {field.column for field in Entry._meta.fields}
    assert column in columns

    sql(f'UPDATE journal_entry SET "{column}" = %s WHERE number = 3', value)  # noqa: S608

    assert queries.faults()[0] == "Line 3 has been altered."


def test_every_column_of_a_line_is_covered_by_its_hash() -> None:
    covered = {column for column, _ in ALTERED.values()} | {"number", "previous_hash", "hash"}

    assert covered == {field.column for field in Entry._meta.fields}


def test_an_altered_line_with_a_hash_to_match_still_shows_at_the_next(
    five_lines: list[Entry],
) -> None:
    sql("UPDATE journal_entry SET did = 'did nothing' WHERE number = 3")
    forged = Entry.objects.get(number=3).expected_hash()

    sql("UPDATE journal_entry SET hash = %s WHERE number = 3", forged)

    assert queries.faults() == ["Line 4 does not follow the line before it."]


def test_a_removed_line_shows(five_lines: list[Entry]) -> None:
    sql("DELETE FROM journal_entry WHERE number = 3")

    assert queries.faults() == [
        "Line 3 is missing.",
        "Line 4 does not follow the line before it.",
    ]


def test_two_lines_in_each_others_place_show(five_lines: list[Entry]) -> None:
    for old, new in ((2, 99), (3, 2), (99, 3)):
        sql("UPDATE journal_entry SET number = %s WHERE number = %s", new, old)

    faults = queries.faults()

    assert "Line 2 has been altered." in faults
    assert "Line 3 has been altered." in faults
    assert "Line 2 does not follow the line before it." in faults


def test_an_inserted_line_shows(five_lines: list[Entry]) -> None:
    sql("UPDATE journal_entry SET number = number + 10 WHERE number > 3")
    sql("UPDATE journal_entry SET number = number - 9 WHERE number > 3")
    between = Entry.objects.get(number=3)
    forged = Entry(number=4, **{name: getattr(between, name) for name in COPIED})
    forged.previous_hash = between.hash
    forged.hash = forged.expected_hash()

    forged.save()

    assert queries.faults()[:2] == [
        "Line 5 does not follow the line before it.",
        "Line 5 has been altered.",
    ]


COPIED = [
    "at",
    "actor_key",
    "actor_shown_as",
    "did",
    "subject_kind",
    "subject_key",
    "subject_url",
    "before",
    "after",
    "reason",
]


@pytest.mark.parametrize("cut", [1, 2, 5])
def test_a_cut_tail_shows_against_the_head(five_lines: list[Entry], cut: int) -> None:
    sql("DELETE FROM journal_entry WHERE number > %s", 5 - cut)

    assert queries.faults() == [f"The journal ends at line {5 - cut}, but its head says 5."]


def test_a_head_that_was_removed_or_turned_back_shows(five_lines: list[Entry]) -> None:
    sql("UPDATE journal_head SET number = 4")
    assert queries.faults() == ["The journal ends at line 5, but its head says 4."]

    sql("DELETE FROM journal_head")
    assert queries.faults() == ["The journal ends at line 5, but its head says 0."]


def test_a_tail_cut_together_with_the_head_does_not_show_by_itself(
    five_lines: list[Entry],
) -> None:
    # The journal says so of itself: this takes a copy of the latest hash kept elsewhere.
    kept_elsewhere = Head.objects.get().hash
    sql("DELETE FROM journal_entry WHERE number > 3")
    third = Entry.objects.get(number=3).hash
    sql("UPDATE journal_head SET number = 3, hash = %s", third)

    assert queries.faults() == []
    assert Head.objects.get().hash != kept_elsewhere


def test_an_action_writes_one_line_with_what_was_before_and_what_is_after(cast: Cast) -> None:
    cast.record(cast.quantity(cast.coldbrook, "DPS01", 100))
    lines = Entry.objects.count()

    cast.record(cast.quantity(cast.coldbrook, "DPS01", 120), today=date(2026, 5, 1))

    last = Entry.objects.order_by("number").last()
    assert Entry.objects.count() == lines + 1
    assert last.did == "recorded quantities"
    assert last.before["coldbrook-marlshire DPS01"][0] == 100_000
    assert last.after["coldbrook-marlshire DPS01"][0] == 120_000
    assert queries.faults() == []
