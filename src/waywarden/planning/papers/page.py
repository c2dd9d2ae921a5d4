"""A plan as one page that needs nothing else: maps, costs, proof, clusters, councils, assumptions.

It holds its own styles and pictures, runs no script and asks no other host.
"""

from dataclasses import replace
from html import escape
from importlib.resources import files
from string import Template

from waywarden import __version__
from waywarden.fabric.maps import drawing
from waywarden.planning.papers import figures, sections
from waywarden.planning.papers.charting import range_chart
from waywarden.planning.papers.drawing import Ground, plan_drawing
from waywarden.planning.papers.writing import ATTRIBUTION
from waywarden.planning.reports import Range, Report, ServiceReport
from waywarden.planning.words.phrasing import capital, counted
from waywarden.planning.words.wording import (
    APPROXIMATE,
    AT_A_FIRMS_PRICES,
    NOBODY,
    OUR_ESTIMATE,
    between,
    costs_of,
    heading,
    proof,
    rules,
    saving,
    sentence,
    short_pounds,
    summary,
    takes_part,
)

CALCULATED = "A calculated limit, not an opinion."
NO_ANSWER = (
    "No council has said yet whether it would take part. It shows what could be if each were "
    "willing to have its services delivered with others, at estimated quantities and prices."
)


def plan_page(ground: Ground) -> str:
    """Return the whole page of a plan."""
    report = ground.report
    return Template(_piece("page.html")).substitute(
        css=_piece("page.css").strip(),
        title=escape(heading(report)),
        county=escape(report.county),
        summary=escape(summary(report)),
        notice=_notice(report),
        costs=_costs(report),
        proof=_proof(report),
        maps=_maps(ground),
        clusters=sections.clusters(report),
        services=sections.services(report),
        findings=sections.findings(report),
        detail=sections.each_cluster(ground),
        outside=sections.outside(ground),
        assumed=sections.assumed(report),
        left_out=sections.left_out(report),
        approximate=escape(APPROXIMATE),
        attribution=escape(ATTRIBUTION),
        version=escape(__version__),
        made_from=escape(_made_from(report)),
    )


def _piece(name: str) -> str:
    return (files("waywarden.planning") / name).read_text(encoding="utf-8")


def _notice(report: Report) -> str:
    if report.is_everyone:
        return f'<div class="notice"><p><strong>An illustration.</strong> {NO_ANSWER}</p></div>'
    if takes_part(report):
        return ""
    told = f"{NOBODY}, so nothing changes: the county pays for what it does now."
    return f'<div class="notice"><p>{told}</p></div>'


def _costs(report: Report) -> str:
    levels = (
        f"The same work {AT_A_FIRMS_PRICES}: {OUR_ESTIMATE}.",
        "The same work, each council by itself.",
        "The same work, in clusters or alone.",
    )
    marks = ("", "", ' class="plan"')
    rows = zip(costs_of(report), levels, marks, strict=False)
    told = "".join(_cost(name, amount, level, mark) for (name, amount), level, mark in rows)
    return f'<dl class="costs">{told}</dl>'


def _cost(name: str, amount: Range, level: str, mark: str) -> str:
    return (
        f"<div{mark}><dt>{name}, a year</dt>"
        f'<dd class="figure">{short_pounds(amount.expected)}</dd>'
        f'<dd class="small muted">{between(amount)}. {level}</dd></div>'
    )


def _proof(report: Report) -> str:
    if not report.clusters:
        return ""
    said = f'<p class="proof__say">{escape(saving(report))} {escape(proof(report))}</p>'
    basis = " ".join(filter(None, (CALCULATED, sentence(report.bound_is), rules(report))))
    return f'<div class="proof">{said}<p class="muted">{escape(basis)}</p></div>'


def _maps(ground: Ground) -> str:
    """Show one map of clusters, or where services are planned apart one for each of them."""
    report = ground.report
    beside = f"{figures.key(ground)}{_covered(report)}"
    if report.shape == "shared" or not report.clusters:
        drawn = figures.map_figure(plan_drawing(ground), drawing.TALL, drawing.TALL_PHONE)
        return f'<div class="split">{drawn}<div>{beside}</div></div>'
    drawn = "".join(_map_of(ground, service) for service in report.services)
    return f'<div class="split"><div class="maps">{drawn}</div><div>{beside}</div></div>'


def _map_of(ground: Ground, service: ServiceReport) -> str:
    only = replace(ground, service=service.code)
    named = (
        f"{service.name} in {counted(len(only.clusters), 'proposed cluster', 'proposed clusters')}"
    )
    return figures.map_figure(plan_drawing(only), drawing.TALL_PHONE, title=named)


def _covered(report: Report) -> str:
    many = capital(counted(len(report.services), "service", "services"))
    names = ", ".join(service.name.lower() for service in report.services)
    chart = range_chart([(name.partition(",")[0], amount) for name, amount in costs_of(report)])
    return (
        f"<h2>What the figures cover</h2><p>{many}: {escape(names)}.</p>"
        f'<figure class="chart">{chart}'
        "<figcaption>Dot: expected prices. Bar: low to high prices, a year.</figcaption></figure>"
    )


def _made_from(report: Report) -> str:
    codes = ",".join(service.code for service in report.services)
    words = f"shape {report.shape}, effort {report.effort}, seed {report.seed}, services {codes}"
    return f"{words}; input {report.input_hash[:12]}"
