"""Money for whoever takes a service on: the funds, and what the county's own have awarded."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localdate
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from waywarden.county.people.acting import asking, office_of
from waywarden.county.people.gate import for_officers
from waywarden.devolution.interest import funding_actions as actions
from waywarden.devolution.interest import funding_lists as lists
from waywarden.devolution.interest import permissions, policies, queries
from waywarden.devolution.interest.funding_forms import (
    AddFundForm,
    AwardForm,
    ChangeFundForm,
    NoWordsForm,
    as_typed,
)
from waywarden.devolution.interest.models import Expression, Fund
from waywarden.devolution.interest.national import national_fund, national_funds
from waywarden.devolution.interest.ways import way_of
from waywarden.fabric.common.wording import pounds
from waywarden.fabric.forms.once import once
from waywarden.fabric.forms.sheets import METHODS, Sheet, answer
from waywarden.fabric.forms.versions import Saved
from waywarden.fabric.tables.lists import ListPage
from waywarden.fabric.tables.views import beside
from waywarden.fabric.tables.writing import table_response


@require_safe
@never_cache
def funding(request: HttpRequest) -> HttpResponse:
    """List the funds, for everybody."""
    acting = asking(request).acting
    may_add = acting is not None and permissions.may_list(acting)
    context = {"may_add": may_add} | beside(request, _list(request))
    return render(request, "interest/funding.html", context)


@require_safe
@never_cache
def funding_table(request: HttpRequest) -> HttpResponse:
    """Download the funds as the page lists them."""
    on, found = localdate(), _list(request).found
    about = {"source": lists.SOURCE, "licence": lists.LICENCE}
    return table_response(request, f"funding-{on}", lists.FUNDS, found, made_on=on, **about)


def _list(request: HttpRequest) -> ListPage[lists.FundLine]:
    on = localdate()
    lines = [lists.FundLine(fund, left, on) for fund, left in queries.funds_with_left()]
    lines += [lists.FundLine(fund, None, on) for fund in national_funds()]
    return lists.funds_list(lines, request.GET)


@require_safe
@never_cache
def fund(request: HttpRequest, fund: int) -> HttpResponse:
    """Show a fund: who may apply, by which criteria, and how much is left."""
    found = _fund(fund)
    context = {
        "fund": found,
        "line": lists.FundLine(found, queries.left_pence(found), localdate()),
        "may_change": permissions.may_change_fund(asking(request).acting, found),
        "no_change": policies.obstacles_to_any_change(found),
    }
    return render(request, "interest/fund.html", context)


@require_safe
@never_cache
def national(request: HttpRequest, key: str) -> HttpResponse:
    """Show a national fund that the package knows of."""
    found = national_fund(key)
    if found is None:
        raise Http404("There is no such fund.")
    context = {"fund": found, "line": lists.FundLine(found, None, localdate())}
    return render(request, "interest/fund.html", context)


@require_http_methods(METHODS)
@for_officers(permissions.may_list)
@once
def add(request: HttpRequest) -> HttpResponse:
    """List a fund."""
    form = AddFundForm(request.POST or None, initial={"checked_on": localdate()})
    made: list[Fund] = []

    def change() -> str:
        body, by = office_of(request).body, asking(request).by
        made.append(actions.add(body=body, terms=form.terms(), by=by))
        return f"{made[0]} is listed."

    lead = "Only what a source says. What is not known stays blank."
    sheet = Sheet("List a fund", "List it", lead=lead, way=_way())
    return answer(request, form, sheet, change=change, there=lambda: made[0])


@require_http_methods(METHODS)
@for_officers(permissions.may_list)
def change(request: HttpRequest, fund: int) -> HttpResponse:
    """Put a fund right."""
    found = _own(request, fund)
    form = ChangeFundForm(request.POST or None, initial=as_typed(found))

    def save() -> str:
        version, by = form.cleaned_data["version"], asking(request).by
        actions.change(fund=found, version=version, terms=form.terms(), by=by)
        return "It is saved."

    def saved() -> Saved:
        found.refresh_from_db()
        return Saved(as_typed(found), found.version, url=found.get_absolute_url())

    sheet = Sheet(f"Change {found}", "Save it", way=_way(found))
    return answer(request, form, sheet, change=save, there=found, saved=saved)


@require_http_methods(METHODS)
@for_officers(permissions.may_list)
@once
def close(request: HttpRequest, fund: int) -> HttpResponse:
    """Close a fund."""
    found = _own(request, fund)
    form = NoWordsForm(request.POST if request.method == "POST" else None)

    def save() -> str:
        actions.close(fund=found, by=asking(request).by, today=localdate())
        return f"{found} is closed."

    lead = "It stays on the list as closed, and nobody is shown it as open any more."
    sheet = Sheet(f"Close {found}", "Close it", lead=lead, way=_way(found))
    return answer(request, form, sheet, change=save, there=found)


@require_http_methods(METHODS)
@for_officers()
@once
def award(request: HttpRequest, number: int) -> HttpResponse:
    """Record what a fund of the county gives to whoever asked."""
    of = _asked(request, number)
    funds = queries.funds_to_award(of, on=localdate())
    form = AwardForm(request.POST or None, funds=funds)

    def save() -> str:
        found, amount = form.chosen()
        by, today = asking(request).by, localdate()
        actions.award(of=of, fund=found, amount_pence=amount, by=by, today=today)
        return f"{pounds(amount)} of {found} is recorded."

    obstacles = policies.obstacles_to_choosing_a_fund(of, funds)
    lead = " ".join(obstacles) or "Never more than is left. Those who asked see it on their page."
    sheet = Sheet("Record an award", "Record it", lead=lead, way=way_of(of))
    return answer(request, form, sheet, change=save, there=of)


@require_http_methods(METHODS)
@for_officers()
@once
def take_award_back(request: HttpRequest, number: int, award: int) -> HttpResponse:
    """Take an award back."""
    of = _asked(request, number)
    found = next((each for each in queries.awards_to(of) if each.pk == award), None)
    if found is None:
        raise Http404("There is no such award.")
    form = NoWordsForm(request.POST if request.method == "POST" else None)

    def save() -> str:
        actions.take_back(award=found, by=asking(request).by, today=localdate())
        return "It is taken back."

    lead = f"{pounds(found.amount_pence)} of {found.fund}: it is left again to give."
    sheet = Sheet("Take an award back", "Take it back", lead=lead, way=way_of(of))
    return answer(request, form, sheet, change=save, there=of)


def _asked(request: HttpRequest, number: int) -> Expression:
    of = queries.expression_numbered(number)
    if of is None:
        raise Http404("There is no such expression of interest.")
    if not permissions.may_run(asking(request).acting, of):
        raise PermissionDenied
    return of


def _own(request: HttpRequest, number: int) -> Fund:
    found = _fund(number)
    if not permissions.may_change_fund(asking(request).acting, found):
        raise PermissionDenied
    return found


def _fund(number: int) -> Fund:
    found = Fund.objects.select_related("kept_by").filter(pk=number).first()
    if found is None:
        raise Http404("There is no such fund.")
    return found


def _way(of: Fund | None = None) -> tuple[tuple[str, str], ...]:
    up = ("Funding", reverse("interest:funding"))
    return (up, (of.name, of.get_absolute_url())) if of else (up,)
