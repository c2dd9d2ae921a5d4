"""The budget of whoever asks: said, changed, and taken away where it is left without a line."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from waywarden.devolution.interest import policies
from waywarden.devolution.interest.actions import CannotAsk
from waywarden.devolution.interest.models import Budget, BudgetLine, Expression
from waywarden.fabric.common.refusals import Overtaken
from waywarden.fabric.common.subjects import Actor
from waywarden.fabric.common.wording import pounds
from waywarden.fabric.journal import actions as journal


@dataclass(frozen=True, kw_only=True)
class Budgeted:
    """One line as it was typed."""

    side: str
    what: str
    amount_pence: int
    is_once: bool = False
    vat: str = BudgetLine.Vat.NONE

    @property
    def in_words(self) -> str:
        """The line in one sentence, for the journal."""
        when = "once" if self.is_once else "a year"
        vat = f" ({BudgetLine.Vat(self.vat).label})" if self.side == BudgetLine.Side.COST else ""
        return f"{self.what}: {pounds(self.amount_pence)} {when}{vat}"


@dataclass(frozen=True, kw_only=True)
class Reckoned:
    """A budget as it was typed."""

    lines: Sequence[Budgeted]
    reclaims: str = Budget.Reclaims.UNKNOWN
    percent: int | None = None


def held(of: Expression) -> Reckoned | None:
    """Return the budget that stands there; none where none was given."""
    found = Budget.objects.filter(expression=of).first()
    if found is None:
        return None
    names = list(Budgeted.__annotations__)
    rows = found.lines.order_by("order").values(*names)
    lines = [Budgeted(**row) for row in rows]
    return Reckoned(lines=lines, reclaims=found.reclaims, percent=found.percent)


@transaction.atomic
def say_budget(*, of: Expression, version: int, said: Reckoned, by: Actor) -> None:
    """Say what it would cost and bring in; without a line no budget is kept."""
    CannotAsk.if_any(policies.obstacles_to_writing_on(of))
    if of.version != version:
        raise Overtaken
    before = held(of)
    if (said if said.lines else None) == before:
        return
    Expression.objects.change_as_read(of, version)
    BudgetLine.objects.filter(budget__expression=of).delete()
    if said.lines:
        _keep(of, said)
        journal.write(by=by, did="gave a budget", to=of.subject, after=_noted(of, said))
    else:
        Budget.objects.filter(expression=of).delete()
        journal.write(by=by, did="took the budget away", to=of.subject)


def _keep(of: Expression, said: Reckoned) -> None:
    given = {"reclaims": said.reclaims, "percent": said.percent}
    budget, _ = Budget.objects.update_or_create(expression=of, defaults=given)
    BudgetLine.objects.bulk_create(
        BudgetLine(budget=budget, order=order, **vars(line))
        for order, line in enumerate(said.lines)
    )


def _noted(of: Expression, said: Reckoned) -> dict[str, Any]:
    """Give a budget as the journal keeps it: the words of each line beside the chain."""
    sums = Budget.objects.get(expression=of).counted().first_year
    lines = {
        f"line_{number}": journal.personal(line.in_words, of=of.key)
        for number, line in enumerate(said.lines, start=1)
    }
    return {
        "vat_reclaimed": said.percent or said.reclaims,
        "first_year_cost_pence": sums.cost_pence,
        "first_year_vat_that_stays_pence": sums.kept_vat_pence,
        "first_year_not_covered_pence": sums.uncovered_pence,
    } | lines
