"""AB15: every address of a cluster, asked by who left it and by who joined it late.

What they may see follows from the one table: pages for everybody, those for its own people
while a council is in the cluster, and versions of the terms by when they held.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate

from tests.permissions import canaries
from tests.permissions.addresses import Pattern, patterns
from tests.permissions.county import County
from tests.permissions.matrix import Cell, ask
from tests.permissions.policy import ITS_PEOPLE, POLICY, PUBLIC
from waywarden.devolution.clusters.actions import terms
from waywarden.devolution.clusters.actions.terms import Draft
from waywarden.devolution.clusters.models import Cluster, Membership, Terms

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]

#: Pages of one version of the terms: seen by whoever was in the cluster while it held.
OF_TERMS = frozenset({"clusters:terms", "clusters:shares-csv", "clusters:shares-xlsx"})
OF_A_CLUSTER = [
    pattern
    for pattern in patterns()
    if pattern.name.startswith("clusters:") and "cluster" in pattern.parts
]
DAY = timedelta(days=1)
#: Colm, Coldbrook's clerk, asks about the cluster of another parish.
WHO = "Colm"


@pytest.fixture
def there(county: County) -> Iterator[County]:
    """Give a cluster of Wychbourne's whose first terms gave way to others five days ago."""
    with transaction.atomic():
        found, now = _cluster(county), timezone.now()
        cast = county.cast
        _joined(county, invited_days_ago=0)
        season = {"season_starts_on": localdate(), "season_ends_on": localdate() + 300 * DAY}
        Membership.objects.filter(cluster=found).update(alone_pence=200, alone_source="A quote")
        draft = Draft(rule="equal", **season)
        terms.draw_up(cluster=found, draft=draft, by=cast.by, now=now)
        Terms.objects.filter(cluster=found, number=1).update(made_at=now - 10 * DAY)
        Terms.objects.filter(cluster=found, number=2).update(made_at=now - 5 * DAY)
        yield county
        transaction.set_rollback(True)


def _cluster(county: County) -> Cluster:
    return Cluster.objects.get(key=county.planted["cluster", county.bodies[0].key])


def _joined(county: County, *, invited_days_ago: int, left_days_ago: int = 0) -> None:
    """Let Coldbrook have been asked so many days ago, and perhaps have left since."""
    found, today = _cluster(county), localdate()
    first = found.memberships.get(body=county.bodies[0])
    since = timedelta(days=invited_days_ago)
    given = {
        "invited_at": timezone.now() - since,
        "answer": "agreed",
        "answered_at": timezone.now() - since,
        "decision": first.decision,
        "starts_on": today - since,
        "ends_on": today - timedelta(days=left_days_ago) if left_days_ago else None,
    }
    body = county.cast.coldbrook_council
    Membership.objects.update_or_create(cluster=found, body=body, defaults=given)


def asked(county: County, pattern: Pattern, method: str = "GET") -> HttpResponse:
    """Ask one question, and undo what it did."""
    with transaction.atomic():
        answer = ask(county, Cell(pattern, method, WHO, county.bodies[0]))
        transaction.set_rollback(True)
    return answer


def terms_seen(county: County, number: int) -> set[int]:
    """Give how each page of a version of the terms is answered."""
    key = county.planted["cluster", county.bodies[0].key]
    pages = (reverse(name, args=[key, number]) for name in OF_TERMS)
    return {county.browser(WHO).get(page).status_code for page in pages}


def test_ab15_who_left_sees_what_everybody_sees_and_the_terms_of_its_time(there: County) -> None:
    _joined(there, invited_days_ago=30, left_days_ago=7)

    for pattern in OF_A_CLUSTER:
        rule, answer = POLICY[pattern.name], asked(there, pattern)
        if pattern.name in OF_TERMS:
            continue
        is_open = rule == PUBLIC
        assert answer.status_code in ({200} if is_open else {403, 405}), pattern.name
        sent = canaries.everything_sent(answer)
        assert list(canaries.leaked(there, WHO, sent)) == [], pattern.name
    assert terms_seen(there, 1) == {200}
    assert terms_seen(there, 2) == {403}


def test_ab15_who_left_changes_nothing_in_the_cluster(there: County) -> None:
    _joined(there, invited_days_ago=30, left_days_ago=7)

    for pattern in OF_A_CLUSTER:
        assert asked(there, pattern, "POST").status_code in (403, 405), pattern.name


def test_ab15_who_joined_late_sees_what_members_see_but_not_what_was_over(there: County) -> None:
    _joined(there, invited_days_ago=1)

    for pattern in OF_A_CLUSTER:
        rule, answer = POLICY[pattern.name], asked(there, pattern)
        if pattern.name in OF_TERMS:
            continue
        is_open = rule.see >= ITS_PEOPLE
        assert answer.status_code in ({200} if is_open else {403, 405}), pattern.name
    assert terms_seen(there, 1) == {403}
    assert terms_seen(there, 2) == {200}


def test_ab15_old_members_see_nothing_new_of_who_left_and_it_nothing_of_them(
    there: County,
) -> None:
    _joined(there, invited_days_ago=30, left_days_ago=7)
    key = there.planted["cluster", there.bodies[0].key]
    history = reverse("journal:history", args=["cluster", key])
    assert "drew up terms" in there.browser("Bron").get(history).content.decode()

    # The line of the terms is of today, a week after its last day.
    assert "drew up terms" not in there.browser(WHO).get(history).content.decode()
