"""What it would cost: the page on which whoever asks gives a budget."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from waywarden.devolution.interest import budget_actions as actions
from waywarden.devolution.interest import queries
from waywarden.devolution.interest.budget_forms import COST, INCOME, BudgetForm, as_typed, rows_for
from waywarden.devolution.interest.gate import Visit, for_asker
from waywarden.devolution.interest.models import Budget, Expression
from waywarden.devolution.interest.ways import way_of
from waywarden.devolution.interest.writing_views import WRITTEN
from waywarden.fabric.forms.buckets import limited
from waywarden.fabric.forms.sheets import METHODS, Sheet, answer
from waywarden.fabric.forms.versions import Saved
from waywarden.rules import vat

#: The button that saves and comes back with more rows.
MORE = "more"


@require_http_methods(METHODS)
@limited(WRITTEN)
@for_asker(changes=True)
def budget(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Say what it would cost and bring in. Nobody has to."""
    of = visit.expression
    held, typed = actions.held(of), request.POST or None
    rows = rows_for(held, typed=typed)
    form = BudgetForm(typed, initial=_held(of), rows=rows)

    def change() -> str:
        said, version = form.reckoned(), form.cleaned_data["version"]
        actions.say_budget(of=of, version=version, said=said, by=visit.by)
        return "It is saved." if said.lines else "It is saved without a budget."

    def saved() -> Saved:
        of.refresh_from_db()
        return Saved(_held(of), of.version, url=of.get_absolute_url())

    there = f"{of.get_absolute_url()}budget/" if MORE in request.POST else of.get_absolute_url()
    template = "interest/budget.html"
    return answer(
        request, form, _sheet(of, visit), change=change, there=there, saved=saved, template=template
    )


def _sheet(of: Expression, visit: Visit) -> Sheet:
    return Sheet(
        "What would it cost?",
        "Save it",
        lead="You need no budget to send it. Rough figures are enough: they are shown as your own. "
        f"{_vat_rule(of)} {vat.TO_BE_CONFIRMED}",
        kicker="Ask to run a service",
        way=way_of(of),
        is_in_office=not visit.is_by_link,
    )


def _held(of: Expression) -> dict[str, object]:
    # Where the law does not say it of whoever asks, they are asked: nothing is chosen for them.
    is_refunded = vat.position_of(of.body_kind) is vat.Position.REFUNDED
    usual = Budget.Reclaims.ALL if is_refunded else ""
    return as_typed(actions.held(of), usual=usual) | {"version": of.version}


def _vat_rule(of: Expression) -> str:
    is_either = of.kind == of.Kind.COUNCIL
    return vat.words_for(of.body_kind, is_council_or_meeting=is_either)


def reckoned(of: Expression) -> dict[str, object]:
    """Return what a page shows of a budget: its lines, and what they come to."""
    found = queries.budget_of(of)
    words = {"vat_rule": _vat_rule(of)}
    if found is None:
        return words | {"budget": None}
    lines = list(found.lines.order_by("order"))
    sums = found.counted(lines)
    named = [("Every year", sums.yearly), ("Once", sums.once), ("The first year", sums.first_year)]
    return words | {
        "budget": found,
        "costs": [line for line in lines if line.side == COST],
        "income": [line for line in lines if line.side == INCOME],
        "totals": named,
        "vat_confirm": vat.TO_BE_CONFIRMED,
    }
