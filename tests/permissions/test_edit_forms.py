"""Every form that changes what is there carries its version; the list is taken from the URLconf.

Sent twice it is saved once, and nobody else is blamed; sent on top of a change of
somebody else's it is answered with both versions.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from functools import cache
from typing import Any
from uuid import uuid4

import pytest
from django.db import transaction
from django.utils.timezone import localdate

from soak.browsers import Fields
from tests.permissions.addresses import Pattern, address, patterns
from tests.permissions.county import County
from tests.permissions.forms import who_may
from tests.permissions.policy import POLICY
from waywarden.county.people.gate import SENT
from waywarden.county.people.models import Office
from waywarden.fabric.forms.drafts import NOT_TYPED
from waywarden.fabric.forms.once import SENT as ONCE
from waywarden.fabric.journal import queries as journal

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]

VERSION = "version"
SIGNING_IN = "It lets somebody in, and changes no record."
SECRET = "It sets a secret of one's own, of which nothing is shown to be changed."
#: Forms that somebody types into, and that carry neither a version nor a key, with the reason.
NEITHER = {
    "people:sign-in": SIGNING_IN,
    "people:link": SIGNING_IN,
    "people:password": SIGNING_IN,
    "people:second-step": SIGNING_IN,
    "people:first-run": SIGNING_IN,
    "people:set-up-app": SECRET,
    "people:add-passkey": SECRET,
    "people:set-password": SECRET,
    "offices:invitation": "Its key is accepted once.",
    "notices:preferences": "One person's own choice: what they chose last counts.",
}


@cache
def _days() -> dict[str, str]:
    return {
        str(days): f"{localdate() + timedelta(days=days):%Y-%m-%d}" for days in (9, 19, 1400, 1500)
    }


FIGURE = {"what": "new", "source": "Counted", "stated_on": "2026-03-01"}
OFFERED = {"starts_on": _days()["1500"], "answer_by": _days()["1400"], "years": "3"}
RESOLVED = {"outcome": "agreed", "reference": "CA7", "stated_on": "2026-03-01", "reason": "A slip"}
NAMED = {"starts_on": _days()["1500"]}
SOURCED, ALONE = {"whole_source": "A quote"}, {"alone_source": "A quote"}
END = {"when": "on", "reason": "Moves away"}
WISH = {"services": "DPS01", "places": "Coldbrook"}
CHALLENGED = {
    "relevant_body": "parish",
    "part": "whole",
    "outcomes": "Good",
    "capability": "Trained",
    "period": "none",
}
BUDGET = {
    "cost_1_what": "Fuel",
    "cost_1_vat": "none",
    "cost_1_often": "year",
    "reclaims": "none",
}
HOSTED = {"host_kind": "cic", "host_email": "green@example.org"}
FUND = {"reach": "local", "pays_for": "both", "kinds": "council"}
DEFERRED = {"outcome": "deferred", "deferred_until": _days()["19"]}
#: What is typed into each edit form, and what somebody else types into it.
EDITS: dict[str, tuple[dict[str, str], dict[str, str]]] = {
    "desk:contact": (
        {"kind": "email", "value": "first@example.org"},
        {"kind": "email", "value": "second@example.org"},
    ),
    "quantities:quantity": (FIGURE | {"amount": "1,234.50"}, FIGURE | {"amount": "77"}),
    "offers:change": (OFFERED | {"title": "Signs"}, OFFERED | {"title": "Hedges"}),
    "offers:own": ({"tax_base": "262"}, {"tax_base": "263.5"}),
    "offers:dispute": (
        {"dispute": "It was sold", "takes_photo_away": ""},
        {"dispute": "It was never there", "takes_photo_away": ""},
    ),
    "interest:who": ({"who": "Friends"}, {"who": "Others"}),
    "interest:what": (WISH | {"what": "To mow"}, WISH | {"what": "To plant"}),
    "interest:how": (
        {"by_whom": "Six of us", "host_kind": "", "is_challenge": "on"},
        {"by_whom": "Two of us", "host_kind": "", "is_challenge": "on"},
    ),
    "interest:challenge": (CHALLENGED | {"finances": "£50"}, CHALLENGED | {"finances": "£70"}),
    "interest:budget": (BUDGET | {"cost_1_amount": "50"}, BUDGET | {"cost_1_amount": "70"}),
    "interest:legal-form": ({"form": "cio"}, {"form": "benefit"}),
    "interest:steps": (
        {"on_name": "2026-05-11", "noted_name": "Green Hands"},
        {"on_name": "2026-05-11", "noted_name": "Blue Hands"},
    ),
    "interest:host": (HOSTED | {"host": "Green CIC"}, HOSTED | {"host": "Blue CIC"}),
    "interest:change-fund": (FUND | {"name": "Mowers"}, FUND | {"name": "Hedges"}),
    "interest:coordinate": ({"coordinator": "Ada"}, {"coordinator": "Nia"}),
    "interest:assess": (
        {"finding_0": "met", "says_0": "They know how"},
        {"finding_0": "partly", "says_0": "They learn"},
    ),
    "clusters:assess-alone": ({"says_capacity": "One mower"}, {"says_capacity": "Two mowers"}),
    "clusters:answer-alone": ({"says": "Two mowers"}, {"says": "Three mowers"}),
    "clusters:decide-alone": (
        {"outcome": "agreed", "reasons": "It lasts"},
        DEFERRED | {"reasons": "It is not insured"},
    ),
    "agreements:change": ({"title": "Signs"}, {"title": "Hedges"}),
    "agreements:clause": ({"safety_rules": "Hats"}, {"safety_rules": "Boots"}),
    "agreements:power": ({"power": "grant"}, {"power": "contract"}),
    "clusters:change": (NAMED | {"name": "Signs"}, NAMED | {"name": "Hedges"}),
    "clusters:cost": (SOURCED | {"whole": "1,234.50"}, SOURCED | {"whole": "77"}),
    "clusters:alone": (ALONE | {"alone": "1,234.50"}, ALONE | {"alone": "77"}),
    "clusters:work": (
        {"visits": "8", "first_month": "4", "last_month": "9"},
        {"visits": "7", "first_month": "4", "last_month": "9"},
    ),
    "clusters:choose-model": (
        {"intended": "own", "intended_why": "We have a team"},
        {"intended": "county", "intended_why": "Nobody has the hours"},
    ),
    "clusters:state-model": (
        {"cost": "900", "said_by": "Brook Mowing", "said_on": "2026-10-12"},
        {"cost": "800", "said_by": "Hill Mowing", "said_on": "2026-10-12"},
    ),
    "clusters:capacity": (
        {f"month_{month}": "3" for month in range(1, 13)},
        {f"month_{month}": "4" for month in range(1, 13)},
    ),
    "decisions:hand-on": ({"decider": "Bron"}, {"decider": "Fay"}),
    "decisions:notice": (
        {"announced_on": "2026-10-01", "urgency": "Floods", "reason": "A slip"},
        {"announced_on": "2026-10-02", "urgency": "Storms", "reason": "A slip"},
    ),
    "decisions:correct": (
        RESOLVED | {"conditions": "In dry weather"},
        RESOLVED | {"conditions": "Until October"},
    ),
    "offices:end": (END | {"on": _days()["9"]}, END | {"on": _days()["19"]}),
    "offices:extend": ({"until": _days()["1500"]}, {"until": _days()["1400"]}),
    "people:sign-in-rule": (
        {"required": "no", "reason": "The council resolved so"},
        {"required": "yes", "reason": "The council resolved otherwise"},
    ),
}


def open_forms(county: County, pattern: Pattern) -> Iterator[dict[str, str]]:
    """Open a page as somebody who may send its form; give the forms that are sent back to it."""
    name, where = who_may(county, pattern, county.bodies[0]), address_of(county, pattern)
    if name is None:
        return
    page = county.browser(name).get(where)
    if page.status_code == 200:
        found = Fields(page.content.decode())
        own = zip(found.forms, found.actions, strict=True)
        yield from (fields for fields, action in own if action in ("", where))


def address_of(county: County, pattern: Pattern) -> str:
    return address(pattern, county, county.bodies[0])


def typed_into(fields: dict[str, str]) -> set[str]:
    return set(fields) - NOT_TYPED - {VERSION}


FORMS = [each for each in patterns() if each.name in POLICY and POLICY[each.name].takes_forms]


def test_every_form_that_is_typed_into_carries_its_version_or_a_key(county: County) -> None:
    bare = {
        pattern.name
        for pattern in FORMS
        for fields in open_forms(county, pattern)
        if typed_into(fields) and not {VERSION, ONCE} & set(fields)
    }

    assert bare - set(NEITHER) == set()


def test_every_form_with_a_version_is_tried_here(county: County) -> None:
    with_version = {
        pattern.name
        for pattern in FORMS
        for fields in open_forms(county, pattern)
        if VERSION in fields
    }

    assert with_version == set(EDITS)
    assert set(NEITHER) <= set(POLICY)


def test_a_form_that_shows_what_is_there_is_an_edit_form(county: County) -> None:
    """A key alone is for what is new: such a form starts without the row it is about."""
    made = {
        pattern.name
        for pattern in FORMS
        for fields in open_forms(county, pattern)
        if ONCE in fields and VERSION not in fields
    }

    assert made == {
        "desk:add-contact",
        "imports:send",
        "offices:appoint",
        "offices:hand-over",
        "offices:invite",
        "looking_in:look-in",
        "recovery:propose",
        "papers:add",
        "offers:begin",
        "offers:add-service",
        "offers:withdraw",
        "offers:answer",
        "offers:call-back",
        "offers:called",
        "offers:end-link",
        "offers:confirm-power",
        "offers:take-back-confirmation",
        "interest:ask",
        "interest:withdraw",
        "interest:add-paper",
        "interest:add-fund",
        "interest:close-fund",
        "interest:award",
        "interest:take-award-back",
        "interest:replace-paper",
        "interest:take-paper-back",
        "interest:note",
        "interest:decide",
        "interest:erase",
        "interest:hosting",
        "making:make",
        "making:adopt",
        "making:change",
        "agreements:draft",
        "agreements:add-party",
        "agreements:add-line",
        "agreements:remove-party",
        "agreements:remove-line",
        "agreements:confirm-power",
        "agreements:take-back",
        "agreements:send",
        "agreements:sign",
        "agreements:name-decision",
        "agreements:add-paper",
        "agreements:confirm-paper",
        "agreements:refuse-paper",
        "agreements:start",
        "agreements:give-notice",
        "agreements:end",
        "agreements:withdraw",
        "clusters:propose",
        "clusters:ask-alone",
        "clusters:withdraw-alone",
        "clusters:withdraw",
        "clusters:add-member",
        "clusters:question",
        "clusters:end-link",
        "clusters:confirm-power",
        "clusters:take-back-confirmation",
        "clusters:leave",
        "clusters:erase-why",
        "clusters:agree",
        "clusters:note-holder",
        "clusters:choose-group",
        "clusters:give-up",
        "clusters:draw-up",
        "clusters:meet",
        "clusters:lend",
        "clusters:settle",
        "clusters:consent",
        "clusters:unpaid",
        "clusters:put-right",
        "clusters:end-unpaid",
        "clusters:note-paid",
        "decisions:record",
        "decisions:plan",
        "decisions:take",
        "decisions:withdraw",
        "decisions:call-in",
        "decisions:confirm",
        "decisions:add-option",
        "decisions:sign-off",
        "decisions:declare",
        "decisions:take-back",
    }


every_edit = pytest.mark.parametrize(
    "pattern", [p for p in FORMS if p.name in EDITS], ids=lambda pattern: pattern.name
)


@every_edit
def test_an_edit_sent_twice_is_saved_once_and_blames_nobody(
    county: County, pattern: Pattern
) -> None:
    mine, _ = EDITS[pattern.name]
    with transaction.atomic():
        before = journal.length()
        answers = [send(county, pattern, opened, mine) for opened in twice(county, pattern)]
        grew = journal.length() - before
        transaction.set_rollback(True)

    assert [answer.status_code for answer in answers] == [302, 302]
    assert grew == 1


@every_edit
def test_an_edit_on_top_of_another_is_answered_with_both(county: County, pattern: Pattern) -> None:
    mine, theirs = EDITS[pattern.name]
    with transaction.atomic():
        first, second = twice(county, pattern)
        saved = send(county, pattern, first, theirs)
        before = journal.length()
        answer = send(county, pattern, second, mine)
        grew = journal.length() - before
        transaction.set_rollback(True)

    page = answer.content.decode()
    assert saved.status_code == 302, page
    assert (answer.status_code, grew) == (409, 0)
    assert "This changed while you had it open" in page
    assert "Save my version on top" in page


def twice(county: County, pattern: Pattern) -> tuple[dict[str, str], dict[str, str]]:
    """Open the form in two tabs."""
    first, second = (
        next(fields for fields in open_forms(county, pattern) if VERSION in fields)
        for _ in range(2)
    )
    return first, second


def send(county: County, pattern: Pattern, opened: dict[str, str], typed: dict[str, str]) -> Any:
    name = who_may(county, pattern, county.bodies[0])
    office = county.office(str(name))
    named = {"decider": str(county.office(typed["decider"]).pk)} if "decider" in typed else {}
    if "coordinator" in typed:
        of = Office.objects.get(person__shown_as=typed["coordinator"], kind__endswith="officer")
        named = {"coordinator": str(of.pk)}
    sent = opened | typed | named | {SENT: office.pk if office else "", ONCE: str(uuid4())}
    return county.browser(str(name)).post(address_of(county, pattern), sent)
