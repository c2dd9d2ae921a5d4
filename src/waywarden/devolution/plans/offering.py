"""What a plan says the services of an offer would cost a council."""

from collections.abc import Mapping, Sequence

from waywarden.county.places.models import Area
from waywarden.devolution.offers.costs import Costs, Span
from waywarden.devolution.plans import queries, words
from waywarden.devolution.plans.named import Named
from waywarden.planning.reports import ClusterReport, CouncilReport, Range


def offer_costs(
    number: int, places: Mapping[int, Sequence[Area]], codes: frozenset[str]
) -> dict[int, Costs]:
    """Return what a plan says of councils of one place each, if it planned these very services.

    A council of several places is planned at each of them, so no one sum is its own.
    """
    run = queries.run_numbered(number)
    # A clerk could not open a trial, and it tells who else is willing.
    if run is None or queries.is_hidden(run) or set(run.services) != codes:
        return {}
    report = queries.report_of(run)
    named, councils = Named(run, report), {each.key: each for each in report.councils}
    own = {key: councils.get(areas[0].key) for key, areas in places.items() if len(areas) == 1}
    # What it would leave with the county is in neither sum: they would not be of this offer.
    planned = {key: each for key, each in own.items() if each and _plans_all_of(each)}
    return {key: _costs(council, named) for key, council in planned.items()}


def why_no_costs(number: int, codes: frozenset[str]) -> str:
    """Say why councils see no cost of a plan; blank where they see it."""
    run = queries.run_numbered(number)
    if run is None:
        return f"There is no plan {number}."
    if queries.is_hidden(run):
        return f"{run} is a trial that councils cannot see. Show it to everybody first."
    if set(run.services) != codes:
        return f"{run} is not of these very services."
    return ""


def _plans_all_of(council: CouncilReport) -> bool:
    return bool(council.alone_models) and not council.stays


def _costs(council: CouncilReport, named: Named) -> Costs:
    own = [cluster for cluster in named.report.clusters if council.key in cluster.members]
    return Costs(
        alone=_span(council.alone),
        together=_span(council.together) if own else None,
        cluster=" ".join(_cluster(cluster, council, named) for cluster in own),
        plan=str(named.run),
        url=named.address_of(own[0]) if own else named.run.get_absolute_url(),
    )


def _span(of: Range) -> Span:
    return Span(of.low, of.expected, of.high)


def _cluster(cluster: ClusterReport, council: CouncilReport, named: Named) -> str:
    """Say with whom, and who would do most of it."""
    others = [named.councils[key].name for key in cluster.members if key != council.key]
    together = f"The plan puts it together with {words.listed(others)}." if others else ""
    if cluster.lead == council.key:
        return f"{together} It would lead the cluster.".strip()
    return f"{together} {named.councils[cluster.lead].name} would lead the cluster.".strip()
