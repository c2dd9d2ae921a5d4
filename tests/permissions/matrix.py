"""Asks every address in every way as everybody, and says where the answer is not the table's."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from uuid import uuid4

from django.db import transaction
from django.http import HttpResponse
from django.urls import reverse

from tests.permissions import canaries
from tests.permissions.addresses import Pattern, address, patterns
from tests.permissions.county import UNPROVEN, County
from tests.permissions.policy import POLICY, PUBLIC, Role, Rule
from waywarden.county.councils.models import Body
from waywarden.county.people.gate import SENT
from waywarden.fabric.forms.once import SENT as ONCE
from waywarden.fabric.journal import queries as journal

SAFE = ("GET", "HEAD")
METHODS = (*SAFE, "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
SHOWN = frozenset({200, 302, 304})
#: What a form that is let in may be answered: done, or refused in words.
TAKEN = frozenset({200, 302, 303, 400, 409, 410, 422, 429})
CLOSED = frozenset({302, 401, 403, 404, 405})


@dataclass(frozen=True)
class Cell:
    """One question: who asks for which address, how, and about which body."""

    pattern: Pattern
    method: str
    name: str
    body: Body

    def __str__(self) -> str:
        return f"{self.method} {self.pattern.name} about {self.body.key} as {self.name}"


#: Enough of them to see that a page for everybody is for everybody.
A_FEW = ("Nobody", "Dot", "Bron", "Opal")


def cells(
    county: County, found: Iterable[Pattern] | None = None, *, is_whole: bool = True
) -> Iterator[Cell]:
    """Give the cells of the matrix; a page about no body is asked for once.

    All but the whole matrix asks only a few for the pages that are for everybody, and in
    the ways that nobody uses.
    """
    for pattern in patterns() if found is None else found:
        is_brief = POLICY[pattern.name] == PUBLIC and not is_whole
        bodies = county.bodies if pattern.parts and not is_brief else county.bodies[:1]
        for body in bodies:
            for name in A_FEW if is_brief else county.people:
                is_one_of_few = name in A_FEW and body == county.bodies[0]
                for method in METHODS if is_whole or is_one_of_few else ("GET", "POST"):
                    yield Cell(pattern, method, name, body)


def faults(county: County, cell: Cell) -> list[str]:
    """Ask one question, undo what it did, and say what is wrong with the answer."""
    rule, role = POLICY[cell.pattern.name], county.role(cell.name, cell.body)
    with transaction.atomic():
        before = journal.length()
        answer = ask(county, cell)
        sent = canaries.everything_sent(answer)
        grew = journal.length() - before
        transaction.set_rollback(True)
    found = [
        *_of_status(rule, role, cell.method, answer),
        *canaries.leaked(county, cell.name, sent),
    ]
    if grew and not (cell.method == "POST" and role in rule.change):
        found.append(f"the journal grew by {grew}")
    return [f"{cell}: {fault}" for fault in found]


def ask(county: County, cell: Cell) -> HttpResponse:
    """Ask as a browser would in which somebody has signed in."""
    browser = county.browser(cell.name)
    where = address(cell.pattern, county, cell.body)
    if cell.method != "POST":
        return getattr(browser, cell.method.lower())(where)  # type: ignore[no-any-return]
    office = county.office(cell.name)
    sent = {SENT: office.pk if office else "", ONCE: str(uuid4())}
    return browser.post(where, sent)  # type: ignore[return-value]


def _of_status(rule: Rule, role: Role, method: str, answer: HttpResponse) -> Iterator[str]:
    status = answer.status_code
    if method in SAFE:
        fits = _of_page(rule, role)
    elif method == "POST":
        fits = _of_form(rule, role)
    elif method == "OPTIONS":
        fits = SHOWN | CLOSED if role in rule.see else CLOSED
    else:
        fits = CLOSED | {400, 409}
    if status not in fits:
        yield f"answered {status}, expected one of {sorted(fits)}"
    elif status == 302 and not _may_go_on(rule, role, method) and not _asks_to_sign_in(answer):
        yield f"sent on to {answer['Location']} instead of to sign in"


def _of_page(rule: Rule, role: Role) -> frozenset[int]:
    if role in rule.not_theirs & rule.see:
        return frozenset({404})
    if role in rule.see:
        return SHOWN
    return frozenset({405}) if not rule.see else _refused(rule, role)


def _of_form(rule: Rule, role: Role) -> frozenset[int]:
    if role in rule.change:
        return TAKEN
    if not rule.takes_forms:
        return frozenset({405}) | (frozenset() if role in rule.see else _refused(rule, role))
    refused = _refused(rule, role)
    # Whoever sends a form is told that nothing was saved, before they sign in.
    if 302 in refused and role in (Role.VISITOR, *UNPROVEN):
        return refused - {302} | {401}
    return refused


def _refused(rule: Rule, role: Role) -> frozenset[int]:
    if role in rule.not_theirs:
        return frozenset({404})
    if role is Role.VISITOR:
        return frozenset({rule.to_visitors, 404} if rule.is_hidden else {rule.to_visitors})
    if role in UNPROVEN:
        # Led to the second step, or told that it is needed.
        return frozenset({302, 403, 404} if rule.is_hidden else {302, 403})
    return frozenset({404} if rule.is_hidden else {403})


def _may_go_on(rule: Rule, role: Role, method: str) -> bool:
    return role in (rule.change if method == "POST" else rule.see)


def _asks_to_sign_in(answer: HttpResponse) -> bool:
    return answer["Location"].startswith((reverse("people:sign-in"), "/account/"))


def every_fault(county: County, asked: Iterable[Cell]) -> Iterator[str]:
    """Give what is wrong in any of some cells, one by one."""
    for cell in asked:
        yield from faults(county, cell)
