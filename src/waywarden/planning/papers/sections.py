"""The sections of a plan's page: clusters, services, who pays what, what was assumed."""

from collections.abc import Mapping, Sequence
from html import escape

from waywarden.fabric.common.wording import CONFIDENCE, whole_pounds
from waywarden.fabric.maps import drawing
from waywarden.planning.papers import figures
from waywarden.planning.papers.drawing import Ground, cluster_drawing
from waywarden.planning.papers.tabling import Shown, table
from waywarden.planning.reports import (
    ClusterReport,
    CouncilReport,
    LedService,
    Range,
    Report,
    ServiceReport,
)
from waywarden.planning.words.delivering import way
from waywarden.planning.words.phrasing import capital, counted
from waywarden.planning.words.pounds import COORDINATION, Pounds, handed_down, rounded
from waywarden.planning.words.wording import between, holds, saved_percent


def findings(report: Report) -> str:
    """Return what is found, in sentences: the same as the maps and charts, for every reader."""
    rows = "".join(f"<li>{escape(finding)}</li>" for finding in report.findings)
    return _section("findings", "In words", f'<ul class="text">{rows}</ul>') if rows else ""


def clusters(report: Report) -> str:
    """Return the table of clusters with its total; nothing where there is none."""
    if not report.clusters:
        return ""
    pounds = Pounds(report)
    planned, alone = pounds.clusters_planned, pounds.clusters_alone
    columns: list[Shown[ClusterReport]] = [
        Shown("Cluster and lead", _cluster_link),
        Shown("Councils", lambda one: str(len(one.members)), is_number=True),
        Shown("Service leads", lambda one: str(_leads(one)), is_number=True),
        Shown("Planned, a year", lambda one: _pounds(planned[one.key]), is_number=True),
        Shown("Alone, a year", lambda one: _pounds(alone[one.key]), is_number=True),
        Shown("Saved", _saved, is_number=True),
        Shown("Holds at", holds),
    ]
    drawn = table(
        "Clusters from north to south, with what they would cost at expected prices",
        columns,
        report.clusters,
        total=_total(report, pounds),
    )
    return _section("clusters", "The clusters", drawn)


def _total(report: Report, pounds: Pounds) -> list[str]:
    joined = len({member for cluster in report.clusters for member in cluster.members})
    planned, alone = pounds.in_clusters
    name = f"All {counted(len(report.clusters), 'cluster', 'clusters')}"
    costs = _pounds(planned), _pounds(alone), saved_percent(alone, planned)
    return [name, f"{joined:,}", "", *costs, ""]


def _cluster_link(cluster: ClusterReport) -> str:
    return (
        f'<span class="chip chip--{escape(cluster.tint)}">{cluster.number}</span> '
        f'<a href="#cluster-{cluster.number}">{escape(cluster.name)}</a>'
    )


def _leads(cluster: ClusterReport) -> int:
    return len({led.lead for led in cluster.services})


def _expected(amount: Range) -> str:
    return whole_pounds(amount.expected)


def _pounds(pounds: int) -> str:
    return whole_pounds(100 * pounds)


def _saved(cluster: ClusterReport) -> str:
    return saved_percent(cluster.alone.expected, cluster.planned.expected)


def services(report: Report) -> str:
    """Return the services planned, the level of each, and what it costs."""
    columns: list[Shown[ServiceReport]] = [
        Shown("Service", lambda one: escape(one.name)),
        Shown("Level planned", _level),
        Shown("Now, a year", lambda one: _expected(one.now), is_number=True),
        Shown("Alone, a year", lambda one: _expected(one.alone), is_number=True),
        Shown("Planned, a year", lambda one: _expected(one.planned), is_number=True),
        Shown("Low to high, planned", lambda one: between(one.planned), is_number=True),
    ]
    drawn = table("Each service, at expected prices", columns, report.services)
    return _section("services", "The services", drawn)


def _level(service: ServiceReport) -> str:
    letter = f"{service.level_confidence}: {service.level_source}"
    return f'{escape(service.level)}<br><span class="small muted">{escape(letter)}</span>'


def each_cluster(ground: Ground) -> str:
    """Return every cluster in full, folded away: its map, its leads, what its councils pay."""
    if not ground.report.clusters:
        return ""
    text = (
        '<p class="text">Open a cluster to see who would lead, in which way, and who pays what.</p>'
    )
    pounds = Pounds(ground.report)
    folded = "".join(_cluster(ground, cluster, pounds) for cluster in ground.report.clusters)
    return _section("councils", "Who would do what, and who would pay what", text + folded)


def _cluster(ground: Ground, cluster: ClusterReport, pounds: Pounds) -> str:
    councils = {council.key: council for council in ground.report.councils}
    members = [councils[key] for key in cluster.members]
    cost = _pounds(pounds.clusters_planned[cluster.key])
    told = f"{counted(len(members), 'council', 'councils')}, {cost} a year"
    name = f'<span class="chip chip--{escape(cluster.tint)}">{cluster.number}</span>'
    summary = f'{name} <h3>{escape(cluster.name)}</h3> <span class="muted">{told}</span>'
    number = cluster.number
    drawn = figures.map_figure(cluster_drawing(ground, number), drawing.NEAR_PHONE)
    binds = "".join(f"<p>{escape(words)}</p>" for words in cluster.binds)
    led = _led(ground, cluster, pounds.services(cluster))
    shares = pounds.members_alone(cluster), pounds.members_together(cluster)
    paid = f"What each council of cluster {number} would pay a year, each to the nearest pound"
    return (
        f'<details id="cluster-{number}"><summary>{summary}</summary>'
        f'<div class="inside inside--map"><div>{led}{binds}</div>{drawn}</div>'
        f"{_members(paid, members, *shares)}</details>"
    )


def _led(ground: Ground, cluster: ClusterReport, costs: Mapping[str, int]) -> str:
    service = {one.code: one.name for one in ground.report.services}
    name = {one.key: one.name for one in ground.report.councils}
    columns: list[Shown[LedService]] = [
        Shown("Service", lambda one: escape(service.get(one.service, one.service))),
        Shown("Lead", lambda one: escape(name[one.lead])),
        Shown("How", lambda one: escape(way(one.model))),
        Shown("Cost, a year", lambda one: _pounds(costs[one.service]), is_number=True),
        Shown("Busiest month", _peak, is_number=True),
    ]
    running = ["Running the cluster", "", "", _pounds(costs[COORDINATION]), ""]
    caption = f"Who would lead in cluster {cluster.number}"
    return table(caption, columns, cluster.services, total=running)


def _peak(led: LedService) -> str:
    return "No limit" if led.peak_percent is None else f"{led.peak_percent}% used"


def _members(
    caption: str,
    members: Sequence[CouncilReport],
    alone: Mapping[str, int],
    together: Mapping[str, int],
) -> str:
    """Return what councils pay, given the whole pounds of each alone and together by its key."""
    columns: list[Shown[CouncilReport]] = [
        Shown("Council", lambda one: escape(one.name)),
        Shown("Alone", lambda one: _pounds(alone[one.key]), is_number=True),
        Shown("Together", lambda one: _together(one, together[one.key]), is_number=True),
        Shown("Saved", lambda one: _pounds(alone[one.key] - together[one.key]), is_number=True),
        Shown("Together, low to high", lambda one: between(one.together), is_number=True),
    ]
    before, after = sum(alone.values()), sum(together.values())
    sums = _pounds(before), _pounds(after), _pounds(before - after)
    total = [f"All {counted(len(members), 'council', 'councils')}", *sums, ""]
    return table(caption, columns, members, total=total)


def _together(council: CouncilReport, pounds: int) -> str:
    cost = _pounds(pounds)
    if council.together.expected > council.alone.expected:
        return f'<span class="over">{cost}, more than alone</span>'
    return cost


def outside(ground: Ground) -> str:
    """Return the councils in no cluster, folded away."""
    alone = [one for one in ground.report.councils if one.cluster is None]
    joined = {member for cluster in ground.report.clusters for member in cluster.members}
    left = [one for one in alone if one.key not in joined]
    if not left:
        return ""
    costs = (
        _adding_up({one.key: one.alone.expected for one in left}),
        _adding_up({one.key: one.together.expected for one in left}),
    )
    drawn = _members("What each council in no cluster would pay a year", left, *costs)
    many = capital(counted(len(left), "council", "councils"))
    summary = f"<summary><h3>{many} in no cluster</h3></summary>"
    return f'<details>{summary}<div class="inside">{drawn}</div></details>'


def _adding_up(pence: Mapping[str, int]) -> dict[str, int]:
    return handed_down(rounded(sum(pence.values())), pence)


def assumed(report: Report) -> str:
    """Return what was assumed, with its letter and source."""
    columns: list[Shown[tuple[str, str, str]]] = [
        Shown("Assumption", lambda one: escape(one[0])),
        Shown("How sure", lambda one: f"<b>{escape(one[1])}</b> {CONFIDENCE.get(one[1], '')}"),
        Shown("Source", lambda one: escape(one[2])),
    ]
    drawn = table("Assumptions, how sure each is and where it comes from", columns, report.assumed)
    many = capital(counted(len(report.assumed), "assumption", "assumptions"))
    summary = f"<summary><h3>{many}, each with its source</h3></summary>"
    return f'<details>{summary}<div class="inside">{drawn}</div></details>'


def left_out(report: Report) -> str:
    """Return the councils that could not be planned, and why."""
    if not report.left_out:
        return ""
    rows = "".join(f"<li>{escape(name)}. {escape(reason)}</li>" for name, reason in report.left_out)
    return f"<h3>Left out</h3><ul>{rows}</ul>"


def _section(key: str, title: str, body: str) -> str:
    return f'<section aria-labelledby="{key}"><h2 id="{key}">{title}</h2>{body}</section>'
