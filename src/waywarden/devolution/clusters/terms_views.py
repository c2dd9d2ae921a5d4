"""The terms of a cluster: drawn up, read in every version, agreed to."""

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_http_methods, require_safe

from waywarden.county.people.acting import asking
from waywarden.devolution.clusters import pages, permissions, queries
from waywarden.devolution.clusters.actions import terms as actions
from waywarden.devolution.clusters.forms import AgreeForm, DraftForm
from waywarden.devolution.clusters.gate import of_cluster, of_member, of_terms
from waywarden.devolution.clusters.models import Cluster, Membership, Terms
from waywarden.devolution.clusters.sharing import RULES
from waywarden.devolution.clusters.views import LETTERS, council_of, way
from waywarden.fabric.forms.buckets import limited
from waywarden.fabric.forms.fields import in_pounds
from waywarden.fabric.forms.once import once
from waywarden.fabric.forms.sheets import METHODS, Sheet, answer

#: The last day of a season that is a year, from its first.
A_YEAR = timedelta(days=364)
KEPT = (
    "rule",
    "season_starts_on",
    "season_ends_on",
    "notice_days",
    "on_default",
    "years",
    "extension_years",
    "quorum",
    "says",
)


@require_safe
@of_terms(permissions.may_read)
def terms(request: HttpRequest, terms: Terms) -> HttpResponse:
    """Show a version of the terms with every member's figure."""
    newest = queries.terms_of(terms.cluster)[0]
    context = {
        "terms": terms,
        "money": pages.money_of(terms, on=localdate()),
        "rule": RULES.get(terms.rule, terms.rule),
        "is_newest": newest.number == terms.number,
        "agreements": terms.agreements.select_related("membership__body", "decision__body"),
    }
    return render(request, "clusters/terms.html", context)


@require_http_methods(METHODS)
@limited(LETTERS, council_of)
@of_cluster(permissions.may_run)
@once
def draw_up(request: HttpRequest, cluster: Cluster) -> HttpResponse:
    """Draw up the next version of the terms."""
    members = queries.members_of(cluster, on=localdate())
    form = DraftForm(request.POST or None, initial=_first(cluster, members), members=members)
    made: list[Terms] = []

    def draw_up() -> str:
        by = asking(request).by
        made.append(actions.draw_up(cluster=cluster, draft=form.draft(), by=by, now=now()))
        return "It is drawn up. Each member agrees to it by a resolution."

    lead = "What was agreed before stands until every member has agreed to this version."
    sheet = Sheet("Draw up terms", "Draw them up", lead=lead, way=way(cluster))
    return answer(request, form, sheet, change=draw_up, there=lambda: made[0])


def _first(cluster: Cluster, members: list[Membership]) -> dict[str, object]:
    newest = next(iter(queries.terms_of(cluster)), None)
    votes: dict[str, object] = {f"votes_{held.pk}": 1 for held in members}
    if newest is None:
        return votes | {
            "rule": "alone",
            "season_starts_on": cluster.starts_on,
            "season_ends_on": cluster.starts_on + A_YEAR,
            "notice_days": 180,
            "on_default": "shares",
            "years": 3,
            "extension_years": 0,
            "quorum": len(members) // 2 + 1,
        }
    for share in newest.shares.all():
        votes[f"votes_{share.membership_id}"] = share.votes
        votes[f"figure_{share.membership_id}"] = in_pounds(share.figure_pence)
    return votes | {name: getattr(newest, name) for name in KEPT}


@require_http_methods(METHODS)
@of_member(permissions.may_answer)
@once
def agree(request: HttpRequest, held: Membership) -> HttpResponse:
    """Record that a member agrees to the newest terms."""
    newest = next(iter(queries.terms_of(held.cluster)), None)
    share = newest.shares.filter(membership=held).first() if newest else None
    if newest is None or share is None:
        return redirect(held.cluster)
    form = AgreeForm(
        request.POST or None,
        initial={"shown": newest.hash},
        is_above_alone=share.is_above_alone,
    )

    def agree() -> str:
        actions.agree(
            terms=newest,
            held=held,
            shown=form.cleaned_data["shown"],
            taken=form.taken(),
            accepts_above_alone=form.cleaned_data.get("accepts_above_alone", False),
            by=asking(request).by,
            now=now(),
        )
        return f"The agreement of {held.body} is recorded."

    sheet = Sheet(
        f"Agree to terms {newest.number}",
        "Record the agreement",
        kicker=held.body.name,
        way=(*way(held.cluster), (f"Terms {newest.number}", newest.get_absolute_url())),
    )
    return answer(request, form, sheet, change=agree, there=newest)
