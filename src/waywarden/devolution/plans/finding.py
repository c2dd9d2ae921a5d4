"""What an address of plans names: a plan, a cluster in it. Not there is "not found"."""

import re

from django.http import Http404, HttpRequest

from waywarden.county.people.acting import asking
from waywarden.county.places import queries as places
from waywarden.data.names import nearest
from waywarden.devolution.plans import permissions, queries
from waywarden.devolution.plans.models import PlanRun
from waywarden.planning.reports import ClusterReport, Report

# Larger than any database's whole numbers: nobody has so many plans.
MOST_DIGITS = 9
MISTYPED = re.compile(r"/plans/([^/]{1,100})/(?:clusters/([^/]{1,120})/)?.*")
MOST_NEAR = 5


def run_called(request: HttpRequest, number: int) -> PlanRun:
    """Return the plan with this number; a trial is not there for whoever may not see it."""
    run = queries.run_numbered(number) if len(str(number)) <= MOST_DIGITS else None
    if run is None or not permissions.may_see(asking(request), run):
        raise Http404("There is no such plan.")
    return run


def cluster_called(report: Report, key: str) -> ClusterReport:
    """Return the cluster of a plan with this key."""
    for cluster in report.clusters:
        if cluster.key == key:
            return cluster
    raise Http404("The plan has no such cluster.")


def placed_called(run: PlanRun, place: str) -> queries.PlacedCouncil:
    """Return where a plan puts the council of the place with this key."""
    for placed in queries.placed_councils(run):
        if placed.council.key == place:
            return placed
    raise Http404("The plan has no such council.")


def trials_too(request: HttpRequest) -> bool:
    """Whether whoever asks sees trials in the list of plans."""
    return permissions.may_see_trials(asking(request).acting)


def meant(path: str) -> list[tuple[str, str, str]]:
    """Return the plans or clusters a mistyped address may have meant: name, detail and address."""
    asked = MISTYPED.fullmatch(path)
    county = places.home_county()
    if asked is None or county is None:
        return []
    number, cluster = asked.groups()
    public = queries.runs_of(county)
    run = next((one for one in public if str(one.number) == number), None)
    if run and cluster and (near := _near_clusters(run, cluster)):
        return near
    likely = [run] if run else public[:MOST_NEAR]
    return [(str(found), found.county.name, found.get_absolute_url()) for found in likely]


def _near_clusters(run: PlanRun, asked: str) -> list[tuple[str, str, str]]:
    report = queries.report_of(run)
    known = {name: cluster for cluster in report.clusters for name in (cluster.key, cluster.name)}
    likely = dict.fromkeys(known[name].number for name in nearest(asked, list(known)))
    numbered = {cluster.number: cluster for cluster in report.clusters}
    return [
        (
            f"Cluster {number}: {numbered[number].name}",
            str(run),
            f"{run.get_absolute_url()}clusters/{numbered[number].key}/",
        )
        for number in list(likely)[:MOST_NEAR]
    ]
