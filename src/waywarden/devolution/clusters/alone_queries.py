"""Questions about councils that would go alone: who asks, what was found, what may show it."""

from collections.abc import Sequence
from datetime import date

from waywarden.county.councils.models import Body
from waywarden.county.decisions.models import Decision
from waywarden.county.papers.models import Paper
from waywarden.county.places.models import Jurisdiction
from waywarden.devolution.clusters.factors import FACTORS
from waywarden.devolution.clusters.models import Answer, Finding, GoingAlone
from waywarden.devolution.offers.queries import councils_to_ask

Tier = Jurisdiction.Tier
#: How many decisions and papers of each council can be chosen from.
OFFERED = 50


def numbered(number: int) -> GoingAlone | None:
    """Return what a council asked, by its number."""
    found = GoingAlone.objects.select_related("body", "noted_by", "decision__body")
    return found.prefetch_related("services", "answers").filter(pk=number).first()


def asked_by(bodies: Sequence[Body]) -> list[GoingAlone]:
    """Return what councils asked, the newest first."""
    found = GoingAlone.objects.filter(body__in=bodies).select_related("body")
    kept = ("services", "findings", "answers")
    return list(found.prefetch_related(*kept).order_by("-asked_at", "-pk"))


def asked_in_county_of(body: Body, *, on: date) -> list[GoingAlone]:
    """Return what the councils asked that lie in the county a council answers for."""
    return asked_by(councils_to_ask(body, on=on))


def open_in_county_of(body: Body, *, on: date) -> list[GoingAlone]:
    """Return what those councils asked that is not settled."""
    return [each for each in asked_in_county_of(body, on=on) if not each.is_over]


def counties_of(body: Body, *, on: date) -> list[Body]:
    """Return the county or unitary council that answers for a council's parishes."""
    held = Jurisdiction.objects.as_of(on)
    parishes = held.filter(body=body, tier=Tier.PARISH).values("area__county")
    answering = held.filter(tier=Tier.COUNTY, area__in=parishes).values("body")
    return list(Body.objects.filter(pk__in=answering).order_by("pk"))


def answers_of(of: GoingAlone) -> list[Answer]:
    """Return what the council said of its assessments, the newest first."""
    return sorted(of.answers.all(), key=lambda each: each.assessed_at, reverse=True)


def open_of(body: Body) -> list[GoingAlone]:
    """Return what a council asked that is not settled."""
    return [each for each in asked_by([body]) if not each.is_over]


def findings_of(of: GoingAlone) -> list[Finding]:
    """Return how it stands by each factor, in the order in which they are published."""
    rows = of.findings.select_related("decision__body", "paper__body", "paper__file")
    held = {row.factor: row for row in rows}
    return [held[factor.key] for factor in FACTORS if factor.key in held]


def decisions_to_name(body: Body) -> list[Decision]:
    """Return the last decisions of a council that everybody may read."""
    taken = Decision.objects.of(body).taken().filter(is_exempt=False).select_related("body")
    return list(taken.order_by("-pk")[:OFFERED])


def papers_to_name(body: Body) -> list[Paper]:
    """Return the last papers of a council that everybody may read."""
    found = Paper.objects.of(body).there().public().select_related("body", "file")
    return list(found.order_by("-pk")[:OFFERED])


def evidence_for(council: Body, county: Body) -> dict[str, Decision | Paper]:
    """Return what may show how a council stands, by a key: decisions and papers of both."""
    found: dict[str, Decision | Paper] = {}
    for body in (council, county):
        found |= {f"decision-{each.pk}": each for each in decisions_to_name(body)}
        found |= {f"paper-{each.pk}": each for each in papers_to_name(body)}
    return found
