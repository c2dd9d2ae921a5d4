"""AB16: what is still being written, and what was asked and not decided, reaches no rival.

A round that is being written, clusters that are only proposed, an expression that is begun
and one that is sent, the price a council was quoted and what a contractor would cost hold
words that stand nowhere else. Every address of the site is asked, and every search and list
is asked for the words by their first letters, as a rival council, a group, somebody without an
office and a visitor. What is asked for must also not be counted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone
from django.utils.timezone import localdate

from tests.cast import person
from tests.permissions import canaries
from tests.permissions.addresses import Pattern, address, patterns
from tests.permissions.county import County, fill
from tests.permissions.policy import Role
from waywarden.county.councils.models import Body
from waywarden.devolution.clusters.actions import clusters
from waywarden.devolution.clusters.actions.clusters import Idea
from waywarden.devolution.clusters.models import Cluster, Scope, Stated
from waywarden.devolution.interest.models import Expression
from waywarden.devolution.offers import actions as offers
from waywarden.devolution.offers.actions import Rate, Terms
from waywarden.devolution.offers.models import Offer, Round
from waywarden.fabric.common.subjects import Actor

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]

#: How every word begins, and one that no word begins with, of the same length.
BEGINS, NOWHERE = "kestrelq", "kestrelz"
QUOTED = 7_654_321
#: In how many ways what a council was quoted may be written.
QUOTED_WORDS = ("7654321", "76543.21", "76,543")
#: Everybody to whom it is not known yet: a rival's clerk, a group's, and people of no office.
RIVALS = ("Bron", "Gil", "Dot", "Nobody")
#: What lists are asked to keep, and the search to find.
COLUMNS = ("q", "name", "title", "cluster", "round", "who", "what", "council", "body", "place")
#: Rooms without a search or a list: a reader's own account, the files of forms.
ROOMS_WITHOUT = frozenset({"people", "paperwork", "tables", "recovery", "offices"})
A_YEAR = timedelta(days=365)


def word(of: str) -> str:
    """Give the word of one thing: letters alone, so that nothing escapes them."""
    return f"{BEGINS}uill{of}"


@pytest.fixture(scope="module")
def county(django_db_setup: None, django_db_blocker: Any) -> Iterator[County]:
    """Give the county with a rival group, and every address about what is not known yet."""
    with django_db_blocker.unblock(), transaction.atomic():
        filled = fill()
        canaries.plant(filled)
        group = Body.objects.create(key="friends", kind="group", name="Friends of the Brook")
        filled.cast.office(person("Gil"), group, "officer")
        filled.enter("Gil", Role.OTHER_CLERK, group)
        _write_a_round(filled)
        _propose(filled)
        _ask(filled)
        Offer.objects.filter(body=filled.cast.coldbrook_council).update(own_quote_pence=QUOTED)
        yield filled
        transaction.set_rollback(True)


def _at(county: County, kind: str, number: object) -> None:
    for body in county.bodies:
        county.planted[kind, body.key] = number


def _write_a_round(county: County) -> None:
    cast, today = county.cast, localdate()
    words = {"title": word("round"), "says": word("round"), "criteria": word("round")}
    days = {"starts_on": today + 2 * A_YEAR, "answer_by": today + A_YEAR}
    terms = Terms(**words, **days, power="LGA2000-s9EA")
    made = offers.begin(body=cast.county_council, terms=terms, by=cast.by)
    rate = Rate(rate_millipence=5_000, visits=2, standard=word("round"))
    line = offers.offer_service(of=made, service=cast.service("DPS01"), rate=rate, by=cast.by)
    _at(county, "round", made.pk)
    _at(county, "round being written", made.pk)
    _at(county, "offered", line.pk)


def _propose(county: County) -> None:
    cast = county.cast
    colm = Actor("person-colm", "Colm", cast.coldbrook_council.key)
    by_whom = {"county": (cast.county_council, cast.by), "parish": (cast.coldbrook_council, colm)}
    for name, (body, by) in by_whom.items():
        said, day = word(f"of{name}"), localdate() + A_YEAR
        made = clusters.propose(
            body=body,
            idea=Idea(name=f"Idea of the {name}", starts_on=day),
            members=[cast.wychbourne_council, cast.coldbrook_council],
            services=[cast.service("DPS01")],
            by=by,
        )
        # What it is called stands in no address: only what pages say is looked for.
        idea = Idea(name=said, starts_on=day, says=said)
        clusters.change(cluster=made, version=made.version, idea=idea, by=by, today=localdate())
        scope = Scope.objects.get(cluster=made)
        told = {"model": "contractor", "aspect": "cost", "pence": 100, "said_by": said}
        Stated.objects.create(scope=scope, said_on=localdate(), **told)
        county.planted["cluster", county.bodies[name == "parish"].key] = made.key


def _ask(county: County) -> None:
    cast, now = county.cast, timezone.now()
    for stage, facts in {"begun": {}, "sent": {"status": "sent", "sent_at": now}}.items():
        said = dict.fromkeys(("who", "what", "by_whom", "contact_name"), word(stage))
        made = Expression.objects.create(
            asked_of=cast.county_council,
            body=cast.coldbrook_council,
            kind="council",
            contact_email="clerk@example.org",
            begun_at=now,
            **said,
            **facts,
        )
        made.services.set([cast.service("DPS01")])
        made.places.set([cast.coldbrook])
        for kind in ("wishes", "interest") if stage == "begun" else ("interest",):
            county.planted[kind, cast.coldbrook_council.key] = made.pk


def _addresses(county: County) -> Iterator[tuple[Pattern, str]]:
    for pattern in patterns():
        for body in county.bodies if pattern.parts else county.bodies[:1]:
            yield pattern, address(pattern, county, body)
    for kind, number in _histories():
        yield patterns_named("journal:history"), f"/history/{kind}/{number}/"


def patterns_named(name: str) -> Pattern:
    """Give the pattern of a name."""
    return next(each for each in patterns() if each.name == name)


def _histories() -> Iterator[tuple[str, str]]:
    """Give what there is a history of."""
    yield from (("round", each.key) for each in Round.objects.all())
    yield from (("offer", each.key) for each in Offer.objects.all())
    yield from (("cluster", each.key) for each in Cluster.objects.all())
    yield from (("expression", each.key) for each in Expression.objects.all())


def _sent(browser: Client, where: str) -> str:
    return canaries.everything_sent(browser.get(where))


def _leaks(sent: str) -> list[str]:
    words = set(re.findall(rf"{BEGINS}uill\w+", sent))
    return sorted(words | {said for said in QUOTED_WORDS if said in sent})


@pytest.mark.parametrize("name", RIVALS)
def test_ab16_no_page_file_picture_map_or_feed_holds_a_word_of_it(
    county: County, name: str
) -> None:
    browser = county.browser(name)

    found = {
        f"{pattern.name} {where}": leaks
        for pattern, where in _addresses(county)
        if (leaks := _leaks(_sent(browser, where)))
    }

    assert found == {}


@pytest.mark.parametrize("name", RIVALS)
def test_ab16_no_search_and_no_list_finds_or_counts_it_by_its_first_letters(
    county: County, name: str
) -> None:
    browser, found = county.browser(name), []

    for pattern in patterns():
        if pattern.parts or pattern.name.partition(":")[0] in ROOMS_WITHOUT:
            continue
        where = address(pattern, county, county.bodies[0]).partition("?")[0]
        for column in COLUMNS:
            if _asked(browser, where, column, BEGINS) != _asked(browser, where, column, NOWHERE):
                found.append(f"{pattern.name} by {column}")

    assert found == []


def _asked(browser: Client, where: str, column: str, said: str) -> tuple[int, str]:
    """Give what is answered, without what was asked for and what differs each time."""
    answer = browser.get(where, {column: said})
    streamed = getattr(answer, "streaming_content", None)
    sent = canaries.readable(b"".join(streamed) if streamed is not None else answer.content)
    sent = re.sub(rf"{BEGINS}(?!uill)|{NOWHERE}", "", sent)
    sent = re.sub(r'(nonce-|nonce="|value="|key")[\w+/=-]{20,}', "", sent)
    return answer.status_code, re.sub(r"\b\w{4}-\w{4}\b|\d\d:\d\d:\d\d(\.\d+)?", "", sent)


def test_ab16_those_whose_it_is_find_it(county: County) -> None:
    """A word that nobody ever reads would prove nothing."""
    cast = county.cast
    parish = county.planted["cluster", cast.coldbrook_council.key]
    read = {
        "Ada": ("/offers/", "/clusters/", "/interest/asked/"),
        "Colm": (
            f"/clusters/{parish}/",
            *(f"/interest/{each.pk}/" for each in Expression.objects.filter(who__contains=BEGINS)),
        ),
    }

    seen = {
        leak
        for name, pages in read.items()
        for where in pages
        for leak in _leaks(_sent(county.browser(name), where))
    }

    assert {word(of) for of in ("round", "ofcounty", "ofparish", "begun", "sent")} <= seen


def test_ab16_a_list_that_may_find_it_answers_otherwise(county: County) -> None:
    """If lists were asked in the wrong words, that they find nothing would prove nothing."""
    ada = county.browser("Ada")

    for where, column in (("/clusters/", "name"), ("/interest/asked/", "who")):
        asked, other = (_asked(ada, where, column, said) for said in (BEGINS, NOWHERE))
        assert _leaks(asked[1])
        assert not _leaks(other[1])


def test_ab16_the_county_reads_of_no_expression_before_it_is_sent(county: County) -> None:
    ada = county.browser("Ada")

    found = {
        where
        for pattern, where in _addresses(county)
        if pattern.name.startswith(("interest:", "overview:", "website:", "journal:"))
        and word("begun") in _sent(ada, where)
    }

    assert found == set()


def test_ab16_what_is_opened_and_to_whom_it_is_invited_is_known_then(county: County) -> None:
    cast = county.cast
    with transaction.atomic():
        draft = Round.objects.get(title=word("round"))
        offers.open_round(of=draft, by=cast.by, now=timezone.now())
        made = Cluster.objects.get(name=word("ofcounty"))
        clusters.invite(cluster=made, by=cast.by, now=timezone.now())

        visitor, bron = Client(), county.browser("Bron")
        assert word("round") in _sent(visitor, draft.get_absolute_url())
        assert word("ofcounty") in _sent(visitor, made.get_absolute_url())
        assert word("ofcounty") in _sent(bron, f"{made.get_absolute_url()}models/")
        assert word("ofparish") not in _sent(bron, "/clusters/")
        transaction.set_rollback(True)
