"""Two who use the same thing at the same moment: one of them does, on every database."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier

import pytest
from django.db import connection
from django.utils.timezone import now

from tests.cast import DAY, Cast, introduce
from tests.signing_in.links import app_of, code_of
from waywarden.county.people.models import Person
from waywarden.county.signing_in import actions
from waywarden.fabric.common.refusals import Refusal
from waywarden.fabric.forms import buckets
from waywarden.fabric.forms.buckets import Limit, TooMany
from waywarden.fabric.journal import queries as journal

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]

HANDS = 6
NOW = datetime(2027, 4, 1, 9, tzinfo=UTC)
FOUR_AN_HOUR = Limit("four an hour", 4, timedelta(hours=1))


@pytest.fixture
def there(transactional_db: None) -> Cast:
    return introduce()


def all_at_once(act: Callable[[int], object]) -> int:
    """Let several do a thing at the same moment; say how many did it."""
    start = Barrier(HANDS)

    def one(hand: int) -> int:
        try:
            start.wait(timeout=20)
            act(hand)
        except (Refusal, TooMany):
            return 0
        else:
            return 1
        finally:
            connection.close()

    with ThreadPoolExecutor(HANDS) as pool:
        return sum(pool.map(one, range(HANDS)))


def test_ab8_a_link_followed_by_several_at_once_lets_one_in(there: Cast) -> None:
    assert there.bron
    asked = actions.ask_for_link(address="bron@example.org", browser="hers", now=now())
    link = {"secret": asked[1], "browser": "hers", "address": ""}

    assert all_at_once(lambda _: actions.use_link(**link, now=now())) == 1


def test_ab8_a_code_used_by_several_at_once_lets_one_in(there: Cast) -> None:
    bron = there.bron
    code = code_of(app_of(bron))

    assert all_at_once(lambda _: actions.use_code(person=bron, code=code, now=now())) == 1


def test_ab8_a_recovery_code_used_by_several_at_once_lets_one_in(there: Cast) -> None:
    bron = there.bron
    app_of(bron)
    code = actions.renew_recovery_codes(person=bron, by=bron.actor)[0]

    assert all_at_once(lambda _: actions.use_code(person=bron, code=code, now=now())) == 1


def test_ab8_of_several_who_come_first_at_once_one_is_the_first_officer(there: Cast) -> None:
    office = {"kind": "officer", "ends_on": DAY, "is_operator": False, "today": DAY, "now": NOW}

    def begin(hand: int) -> None:
        who = {"email": f"officer{hand}@example.org", "shown_as": "An officer"}
        actions.begin(**who, **office, body=there.county_council)  # type: ignore[arg-type]

    assert all_at_once(begin) == 1
    assert Person.objects.count() == 1
    assert journal.faults() == []


def test_a_bucket_gives_no_token_twice_at_once(there: Cast) -> None:
    assert all_at_once(lambda _: buckets.take(FOUR_AN_HOUR, "Bron", now=NOW)) == 4


def test_an_app_set_up_twice_at_once_is_set_up_once(there: Cast) -> None:
    bron, secret = there.bron, "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
    codes = [code_of(secret, later) for later in (-1, 0, 1)]

    def set_up(hand: int) -> None:
        code = codes[hand % 3]
        actions.set_up_app(person=bron, secret=secret, code=code, by=bron.actor, now=now())

    assert all_at_once(set_up) == 1
