"""The page of a cluster asks who runs it, and who is in it, once; nothing is remembered after."""

from __future__ import annotations

from collections import Counter

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cast import ADA, Cast
from tests.clusters.formed import TODAY, drawn_up, formed, joined
from tests.clusters.led import asked, led
from waywarden.devolution.clusters import queries
from waywarden.devolution.clusters.actions import roles
from waywarden.devolution.clusters.looking import asked_once, only_shown

pytestmark = [pytest.mark.django_db]

#: More than the page of a formed cluster of three asks for, and far fewer than if it asked anew.
MOST = 48


def test_a_page_asks_who_runs_a_cluster_and_who_is_in_it_once(cast: Cast) -> None:
    made = formed(cast)
    for office in (cast.at_the_county, cast.at_wychbourne):
        browser = cast.signed_in(office.person)
        browser.get(made.get_absolute_url())

        with CaptureQueriesContext(connection) as asked_for:
            answer = browser.get(made.get_absolute_url())

        assert answer.status_code == 200 and len(asked_for) <= MOST
        said = Counter(each["sql"] for each in asked_for)
        often = [sql for sql, times in said.items() if times > 1 and "clusters_membership" in sql]
        assert [sql for sql in often if sql.startswith('SELECT "clusters_membership"')] == []
        runs = [sql for sql in said if sql.startswith('SELECT "clusters_cluster"."id" AS "pk"')]
        assert len(runs) == 1 and said[runs[0]] == 1


def test_terms_and_a_lead_that_is_no_council_cost_no_query_for_each(cast: Cast) -> None:
    made = joined(cast)
    led(made, asked(cast), by=ADA)
    browser = cast.signed_in(cast.at_the_county.person)

    def drawn_up_and_shown(times: int) -> int:
        for _ in range(times):
            drawn_up(made)
        browser.get(made.get_absolute_url())
        with CaptureQueriesContext(connection) as asked_for:
            browser.get(made.get_absolute_url())
        return len(asked_for)

    one = drawn_up_and_shown(1)
    # What is in force is looked for among them, the newest first: two queries for each.
    assert drawn_up_and_shown(3) - one <= 6


def test_within_a_page_the_same_is_asked_once_and_elsewhere_each_time() -> None:
    asked_for: list[str] = []

    @asked_once
    def ask(what: str, *, on: int) -> int:
        asked_for.append(f"{what} {on}")
        return len(asked_for)

    @only_shown
    def page() -> list[int]:
        return [ask("a", on=1), ask("a", on=1), ask("a", on=2), ask("b", on=1)]

    assert page() == [1, 1, 2, 3]
    assert page() == [4, 4, 5, 6]
    assert [ask("a", on=1), ask("a", on=1)] == [7, 8]


def test_what_goes_wrong_on_a_page_leaves_nothing_remembered() -> None:
    asked_for: list[int] = []
    ask = asked_once(lambda: asked_for.append(1))

    @only_shown
    def page() -> None:
        ask()
        raise LookupError

    with pytest.raises(LookupError):
        page()
    ask()
    ask()
    assert len(asked_for) == 3


def test_a_change_is_seen_at_once_by_who_asks_after_it(cast: Cast) -> None:
    made = formed(cast)
    office = cast.at_wychbourne
    assert queries.run_by(office, on=TODAY) == {made.pk}
    roles.give_up(role=queries.lead_of(made), reason="Tired", by=ADA, today=TODAY)
    assert queries.run_by(office, on=TODAY) == set()
