"""Changes to funds, and what they award: never more than is left."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction

from waywarden.county.councils.models import Body
from waywarden.devolution.interest import policies, queries
from waywarden.devolution.interest.models import Award, Expression, Fund
from waywarden.fabric.common.refusals import Overtaken, Refusal
from waywarden.fabric.common.subjects import Actor
from waywarden.fabric.journal import actions as journal

#: What the journal says of awards: the history of a fund has them too.
AWARDED, TAKEN_BACK = "awarded money of a fund", "took an award back"


class CannotFund(Refusal):
    """A fund or an award that cannot be as asked; the message says why."""


@dataclass(frozen=True, kw_only=True)
class Terms:
    """What is known of a fund, and from where."""

    name: str
    given_by: str
    reach: str
    pays_for: str
    kinds: Sequence[str]
    source: str
    checked_on: date
    criteria: str = ""
    most_pence: int | None = None
    opens_on: date | None = None
    closes_on: date | None = None
    link: str = ""
    pot_pence: int | None = None


@transaction.atomic
def add(*, body: Body, terms: Terms, by: Actor) -> Fund:
    """List a fund."""
    made = Fund.objects.create(kept_by=body, **vars(terms))
    journal.write(by=by, did="listed a fund", to=made.subject, after=_plain(vars(terms)))
    return made


@transaction.atomic
def change(*, fund: Fund, version: int, terms: Terms, by: Actor) -> None:
    """Change what is known of a fund."""
    held = _locked(fund)
    if held.version != version:
        raise Overtaken
    awarded = queries.awarded_pence(held)
    CannotFund.if_any(policies.obstacles_to_changing_a_fund(held, terms.pot_pence, awarded))
    changed = {name: to for name, to in vars(terms).items() if getattr(held, name) != to}
    if not changed:
        return
    before = {name: getattr(held, name) for name in changed}
    Fund.objects.change_as_read(fund, version, **changed)
    was, now = _plain(before), _plain(changed)
    journal.write(by=by, did="changed a fund", to=fund.subject, before=was, after=now)


@transaction.atomic
def close(*, fund: Fund, by: Actor, today: date) -> None:
    """Take a fund off the list of those one may apply to."""
    held = _locked(fund)
    if held.ended_on is not None:
        raise Overtaken("This fund is closed already.")
    Fund.objects.change_as_read(held, held.version, ended_on=today)
    journal.write(by=by, did="closed a fund", to=held.subject, after={"ended_on": str(today)})


@transaction.atomic
def award(*, of: Expression, fund: Fund, amount_pence: int, by: Actor, today: date) -> Award:
    """Give money of a fund to whoever asked: never more than is left of it."""
    held = _locked(fund)
    now = Expression.objects.select_for_update().get(pk=of.pk)
    to_them = queries.awarded_pence(held, to=now)
    obstacles = policies.obstacles_to_awarding(
        held,
        now,
        amount_pence=amount_pence,
        left_pence=queries.left_pence(held),
        had_pence=to_them,
        today=today,
    )
    CannotFund.if_any(obstacles)
    given = {"fund": held, "expression": now, "amount_pence": amount_pence}
    made = Award.objects.create(awarded_on=today, **given)
    after = {"fund": held.key, "amount_pence": amount_pence}
    journal.write(by=by, did=AWARDED, to=now.subject, after=after)
    return made


@transaction.atomic
def take_back(*, award: Award, by: Actor, today: date) -> None:
    """Take an award back: what it gave is left again."""
    _locked(award.fund)
    standing = Award.objects.filter(pk=award.pk, taken_back_on__isnull=True)
    if not standing.update(taken_back_on=today):
        raise Overtaken("This award was taken back already.")
    before = {"fund": award.fund.key, "amount_pence": award.amount_pence}
    journal.write(by=by, did=TAKEN_BACK, to=award.expression.subject, before=before)


def _locked(fund: Fund) -> Fund:
    """Let nobody else award of it, or change it, meanwhile."""
    return Fund.objects.select_for_update(of=("self",)).select_related("kept_by").get(pk=fund.pk)


def _plain(values: dict[str, Any]) -> dict[str, Any]:
    return {name: str(to) if isinstance(to, date) else to for name, to in values.items()}
