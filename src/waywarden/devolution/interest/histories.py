"""Who may see the history of an expression of interest, and of a fund."""

from collections.abc import Iterable

from django.db.models import Q
from django.http import HttpRequest
from django.utils.timezone import localdate

from waywarden.county.people.acting import asking
from waywarden.devolution.interest import permissions, queries
from waywarden.devolution.interest.answering import NOTED
from waywarden.devolution.interest.funding_actions import AWARDED, TAKEN_BACK
from waywarden.devolution.interest.gate import by_link
from waywarden.devolution.interest.models import Expression, Fund
from waywarden.fabric.journal.histories import Find, Thing, number_in
from waywarden.fabric.journal.models import Entry
from waywarden.fabric.journal.telling import Values, whole


def expression(request: HttpRequest, key: str) -> Thing | None:
    """Find an expression, for those who ask and for those who answer."""
    number = number_in(key, "expression-")
    found = queries.expression_numbered(number)
    is_theirs = by_link(request, number, today=localdate()) is not None
    if found is None or not (is_theirs or permissions.may_see(asking(request), found)):
        return None
    lines = Entry.objects.about("expression", key)
    if not is_theirs and permissions.may_run(asking(request).acting, found):
        # What was written before it was sent is its writer's own.
        lines = lines.filter(at__gte=found.sent_at)
    else:
        lines = lines.exclude(did=NOTED, after__is_for_asker=False)
    return Thing(found.who, found.get_absolute_url(), lines, named=_named)


def fund(request: HttpRequest, key: str) -> Thing | None:
    """Find a fund, for the officers of the county that lists it."""
    number = number_in(key, "fund-")
    found = Fund.objects.select_related("kept_by").filter(pk=number).first()
    if found is None or not permissions.may_change_fund(asking(request).acting, found):
        return None
    own = Q(subject_kind="fund", subject_key=key)
    given = Q(did=AWARDED, after__fund=key) | Q(did=TAKEN_BACK, before__fund=key)
    lines = Entry.objects.filter(own | Q(subject_kind="expression") & given)
    return Thing(found.name, found.get_absolute_url(), lines, _with_whom, _named)


def _with_whom(entry: Entry) -> tuple[Values, Values]:
    """Tell of an award to whom it was given."""
    if entry.subject_kind == "fund":
        return whole(entry)
    to = {"given_to": entry.subject_key}
    return entry.before and entry.before | to, entry.after and entry.after | to


def _named(said: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Name funds, which everybody may know, and whom one has given something, for its county."""
    given = list(said)
    funds = {number_in(key, "fund-") for field, key in given if field == "fund"}
    askers = {number_in(key, "expression-") for field, key in given if field == "given_to"}
    return {each.key: each.name for each in Fund.objects.filter(pk__in=funds)} | {
        each.key: each.who for each in Expression.objects.filter(pk__in=askers)
    }


KINDS: dict[str, Find] = {"expression": expression, "fund": fund}
