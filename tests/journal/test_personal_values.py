"""What says something of a person lies beside the chain, and can be erased from there."""

import json
from datetime import UTC, datetime
from uuid import UUID

import pytest
from django.core import serializers
from django.db import transaction
from django.db.transaction import TransactionManagementError

from tests.cast import ADA
from waywarden.fabric.common.subjects import Subject
from waywarden.fabric.journal import actions as journal
from waywarden.fabric.journal import queries
from waywarden.fabric.journal.models import Entry, PersonalValue

pytestmark = [pytest.mark.postgres, pytest.mark.django_db]

NOW = datetime(2026, 5, 1, 9, 42, tzinfo=UTC)
CANARIES = [f"canary-{number}@example.org" for number in range(20)]


@transaction.atomic
def move(to: str, of: str = "person-7") -> Entry:
    """Write that somebody's address changed."""
    return journal.write(
        by=ADA,
        did="changed an address",
        to=Subject("person", of),
        before={"email": journal.personal(f"old-{to}", of=of)},
        after={"email": journal.personal(to, of=of)},
    )


def test_the_chain_holds_no_personal_value_however_it_is_read(db: None) -> None:
    for canary in CANARIES:
        move(canary)

    chain = serializers.serialize("json", Entry.objects.all())
    copied_out = json.dumps(list(queries.lines()))

    assert not [canary for canary in CANARIES if canary in chain or canary in copied_out]
    assert PersonalValue.objects.filter(value__in=CANARIES).count() == len(CANARIES)


def test_what_the_chain_holds_is_the_salted_hash_of_the_value(db: None) -> None:
    line = move("dot@example.org")

    held = line.after["email"]
    kept = PersonalValue.objects.get(pk=UUID(held["personal"]))
    assert kept.value == "dot@example.org"
    assert held["hash"] == journal.salted_hash(kept.salt, "dot@example.org")
    assert held["hash"] != move("dot@example.org").after["email"]["hash"]


def test_somebody_forgotten_leaves_no_value_and_no_salt_and_the_chain_still_holds(
    db: None,
) -> None:
    move("dot@example.org", of="person-7")
    move("bron@example.org", of="person-3")

    count = journal.forget(person_key="person-7", by=ADA, now=NOW, reason="She asked")

    erased = PersonalValue.objects.filter(person_key="person-7")
    assert count == 2
    assert {(row.value, row.salt, row.erased_at) for row in erased} == {("", "", NOW)}
    assert PersonalValue.objects.filter(person_key="person-3", value="bron@example.org").exists()
    assert queries.faults() == []
    last = Entry.objects.order_by("number").last()
    assert (last.did, last.after, last.reason) == (
        "erased personal values",
        {"erased": 2},
        "She asked",
    )


def test_nothing_is_written_where_there_is_nothing_to_forget(db: None) -> None:
    assert journal.forget(person_key="person-7", by=ADA, now=NOW) == 0
    assert queries.length() == 0


@pytest.mark.django_db(transaction=True)
def test_a_personal_value_is_kept_in_the_transaction_of_its_line_or_not_at_all() -> None:
    with pytest.raises(TransactionManagementError):
        journal.personal("dot@example.org", of="person-7")
