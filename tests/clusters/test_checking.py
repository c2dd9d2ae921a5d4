"""AB3: who changes agreed terms or a settlement in the database is found by `waywarden check`."""

from __future__ import annotations

import sys
from typing import Any

import pytest
from django.db import connection

from tests.cast import ADA, Cast
from tests.clusters.formed import ALONE, agree, agreed, council, drawn_up, formed, joined
from tests.clusters.led import asked, led
from tests.clusters.test_dissolving import consent, settled
from waywarden import cli
from waywarden.devolution.clusters.checking import changed_behind_the_pages
from waywarden.devolution.clusters.models import Settlement, Terms
from waywarden.devolution.interest.models import Expression
from waywarden.fabric.journal import records
from waywarden.fabric.journal.models import Entry
from waywarden.rules.clusters_terms import digest
from waywarden.upkeep import beginning

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]

BROOK = "Terms 1 of Wychbourne and neighbours (wychbourne-and-neighbours)"


def sql(words: str, *values: Any) -> None:
    """Change rows as somebody does who has the database."""
    with connection.cursor() as cursor:
        cursor.execute(words, values)
        assert cursor.rowcount > 0


def line_of(did: str) -> int:
    """Give the number of the line that says so."""
    return Entry.objects.get(did=did).number


@pytest.fixture
def checked(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Any:
    """Give what runs `waywarden check` on this database: its exit code and what it says."""
    monkeypatch.setattr(cli, "_stop_with", lambda words: None)
    monkeypatch.setattr(beginning, "start", lambda say: None)
    monkeypatch.setattr(sys, "argv", ["waywarden", "check"])

    def checked() -> tuple[int, str]:
        capsys.readouterr()
        with pytest.raises(SystemExit) as left:
            cli.main()
        return int(left.value.code or 0), capsys.readouterr().err

    return checked


def test_ab3_what_is_as_it_was_agreed_to_passes(cast: Cast, checked: Any) -> None:
    made = formed(cast)
    of = settled(cast, made, 300_00, -100_00, -200_00)
    for name in ALONE:
        consent(cast, of, name)
    drawn_up(made)

    assert checked()[0] == 0
    assert records.faults() == []


@pytest.mark.parametrize(
    "edit",
    [
        "UPDATE clusters_terms SET notice_days = 1",
        "UPDATE clusters_terms SET says = 'Other words'",
        "UPDATE clusters_share SET pence = pence + 1",
        "UPDATE clusters_share SET votes = 99",
        "DELETE FROM clusters_share",
    ],
)
def test_ab3_an_update_of_agreed_terms_or_shares_is_named(
    cast: Cast, checked: Any, edit: str
) -> None:
    agreed(cast)
    sql(edit)

    code, said = checked()

    line = line_of("drew up terms")
    assert code == 2
    assert f"{BROOK}: what is held is not what line {line} of the journal kept." in said


def test_ab3_who_writes_the_hash_anew_as_well_is_found_by_the_journal(cast: Cast) -> None:
    of = agreed(cast)
    sql("UPDATE clusters_share SET pence = 1 WHERE pence = 72727")
    anew = digest(of.facts())
    sql("UPDATE clusters_terms SET hash = %s", anew)
    sql("UPDATE clusters_agreement SET hash = %s", anew)

    found = list(changed_behind_the_pages())

    assert Terms.objects.get().is_as_hashed()
    assert found[0].startswith(f"{BROOK}: what is held is not what line")
    assert found[1:] == [
        f"{BROOK}: the agreement of {council(cast, name)} is not as the journal kept it."
        for name in ALONE
    ]


def test_ab3_a_hash_alone_that_was_changed_is_named(cast: Cast) -> None:
    drawn_up(joined(cast))
    sql("UPDATE clusters_terms SET hash = %s", "0" * 64)
    assert records.faults() == [f"{BROOK}: its hash was changed."]


def test_ab3_a_consent_to_pay_more_than_alone_is_not_written_in(cast: Cast) -> None:
    of = drawn_up(joined(cast))
    agree(of, cast.coldbrook_council)
    sql("UPDATE clusters_agreement SET accepts_above_alone = %s", True)
    assert records.faults() == [
        f"{BROOK}: the agreement of Coldbrook Parish Council is not as the journal kept it."
    ]


def test_ab3_what_was_put_in_or_taken_out_is_named(cast: Cast) -> None:
    made = joined(cast)
    of = drawn_up(made)
    agree(of, cast.coldbrook_council)
    line = line_of("agreed to terms")
    sql("DELETE FROM clusters_agreement")
    assert records.faults() == [
        "Terms 1 of wychbourne-and-neighbours: the agreement of coldbrook-council is gone, though "
        f"line {line} of the journal keeps it."
    ]
    sql("UPDATE clusters_terms SET number = 7")

    said = records.faults()

    renumbered = BROOK.replace("1", "7", 1)
    assert f"{renumbered}: no line of the journal says that it was drawn up." in said
    assert (
        f"Terms 1 of wychbourne-and-neighbours: gone, though line {line_of('drew up terms')} of "
        "the journal says it was drawn up."
    ) in said


def test_ab3_a_settlement_is_held_against_the_journal_as_well(cast: Cast, checked: Any) -> None:
    made = formed(cast)
    of = settled(cast, made, 300_00, -100_00, -200_00)
    consent(cast, of, "wychbourne")
    sql("UPDATE clusters_portion SET balance_pence = -15000 WHERE balance_pence < 0")

    code, said = checked()

    named = "Settlement 1 of Wychbourne and neighbours (wychbourne-and-neighbours)"
    line = line_of("drew up a settlement")
    assert code == 2
    assert f"{named}: what is held is not what line {line} of the journal kept." in said
    anew = digest(Settlement.objects.get().facts())
    sql("UPDATE clusters_settlement SET hash = %s", anew)
    sql("UPDATE clusters_consent SET hash = %s", anew)
    assert f"{named}: the agreement of Wychbourne Town Council is not as" in records.faults()[1]


def test_of_many_the_first_are_named_and_the_others_counted(cast: Cast, checked: Any) -> None:
    made = joined(cast)
    for _ in range(13):
        drawn_up(made)
    sql("UPDATE clusters_terms SET notice_days = 1")

    code, said = checked()

    assert code == 2
    assert said.count("what is held is not what line") == 10
    assert said.strip().endswith("And 3 more.")


def test_who_asked_and_led_may_be_erased_and_its_terms_hold(cast: Cast) -> None:
    made, of = joined(cast), asked(cast)
    led(made, of, by=ADA)
    drawn_up(made)
    Expression.objects.filter(pk=of.pk).update(who="Somebody erased")
    assert records.faults() == []
