"""The letter of a plan to one council: why here, what it pays, what alone, what if it leaves.

Every figure and reason is the plan's own, as it was kept: nothing is worked out anew.
"""

import re
from collections.abc import Iterator

from waywarden.devolution.plans import words
from waywarden.devolution.plans.pages import proof_of
from waywarden.devolution.plans.queries import PlacedCouncil
from waywarden.devolution.plans.sections import PlaceSection
from waywarden.fabric.common.wording import letter_meaning, whole_pounds
from waywarden.fabric.documents.content import (
    Heading,
    Listed,
    Note,
    Paper,
    Paragraph,
    Part,
    Table,
)
from waywarden.planning.reports import PRICES, ClusterReport
from waywarden.planning.words.delivering import way
from waywarden.planning.words.wording import IF_IT_LEFT, LESS_THAN_IT_ADDS

AUTHOR = "waywarden"
#: Services that an officer has to see at a glance what becomes of.
SERVICE_HEADINGS = ("Service", "What is planned", "If it went alone", "In the plan")


def letter_to(placed: PlacedCouncil) -> Paper:
    """Return a plan's letter to one of its councils."""
    return _Letter(placed).paper


class _Letter(PlaceSection):
    """What the letter to one council says."""

    @property
    def paper(self) -> Paper:
        name = self.council.name
        return Paper(
            title=f"{name} in {self.run}",
            author=AUTHOR,
            about=f"{self.run} for {self.report.county}: letter to {name}",
            made_on=self.run.made_on,
            parts=tuple(self._parts()),
        )

    def _parts(self) -> Iterator[Part]:
        yield from self._opening()
        yield Heading("Why here")
        yield from self._why()
        if self.council.alone_models:
            yield Heading("What you pay, and what you would pay alone")
            yield from self._pays()
        if self.changes:
            yield Heading("Who would do what")
            yield self._services()
        yield Heading("What changes if you leave")
        yield Paragraph(self.if_it_left)
        yield Heading("How sure this is")
        yield from self._sureness()

    def _opening(self) -> Iterator[Part]:
        day = f"{self.run.made_on:%-d %B %Y}"
        yield Paragraph(f"To {self.council.name} ({words.kind_of(self.council).lower()})")
        yield Paragraph(
            f"{self.run}, made on {day}, works out who in {self.report.county} could see to "
            f"{self.service_names} together, and what each council would pay. This letter says "
            f"what it would mean for you. {self.heading}. Nothing is agreed: each council decides "
            "for itself."
        )

    def _why(self) -> Iterator[Part]:
        for cluster in self.own_clusters:
            yield Paragraph(self._membership(cluster))
        if reasons := tuple(said for said in self.council.why if said != self._kept_leaving):
            yield Paragraph(f"The plan’s page says of {self.council.name}:")
            yield Listed(reasons)

    def _membership(self, cluster: ClusterReport) -> str:
        named = {self.council.key, cluster.lead}
        others = [self.councils[key].name for key in cluster.members if key not in named]
        lead = "which you would lead" if self._leads(cluster) else f"led by {cluster.name}"
        together = f", together with {words.listed(others)}" if others else ""
        return f"You would be in cluster {cluster.number}, {lead}{together}."

    def _leads(self, cluster: ClusterReport) -> bool:
        return cluster.lead == self.council.key

    def _pays(self) -> Iterator[Part]:
        council = self.council
        if not self.own_clusters:
            rows = [(case.capitalize(), _pounds(council.alone.at(case))) for case in PRICES]
            yield Table("What you would pay a year", ("Prices", "Alone"), tuple(rows), _figures(2))
            return
        saved = council.alone - council.together
        yield Table(
            "What you would pay a year",
            ("Prices", "In the plan", "Alone", "Difference"),
            tuple(
                (
                    case.capitalize(),
                    _pounds(council.together.at(case)),
                    _pounds(council.alone.at(case)),
                    _difference(saved.at(case)),
                )
                for case in PRICES
            ),
            _figures(4),
        )
        yield Paragraph(
            f"The cost of a cluster is divided {self.share_rule}. It is one rule of several; the "
            "members may choose another."
        )

    def _services(self) -> Table:
        rows = [
            (
                change.service.name,
                change.service.level or "Not known",
                way(change.alone) if change.alone else "Not known",
                self._in_the_plan(change.lead.key if change.lead else "", change.together),
            )
            for change in self.changes
        ]
        return Table("Each service, alone and in the plan", SERVICE_HEADINGS, tuple(rows))

    def _in_the_plan(self, lead: str, model: str) -> str:
        if not lead:
            return "As alone"
        who = "You, for all" if lead == self.council.key else self.councils[lead].name
        return f"{who}: {way(model).lower()}"

    @property
    def _kept_leaving(self) -> str:
        """What the plan itself says of leaving; nothing where it says nothing."""
        return next((said for said in self.council.why if said.startswith(IF_IT_LEFT)), "")

    @property
    def if_it_left(self) -> str:
        """What the plan says would come of the council leaving, and no more than that."""
        if kept := self._kept_leaving:
            return f"{_to_you(kept)} This is at expected prices, with everybody else staying."
        if self.own_clusters:
            saved = self.council.alone.expected - self.council.together.expected
            more = "more" if saved >= 0 else "less"
            return (
                f"You would pay what you would pay alone: at expected prices "
                f"{whole_pounds(abs(saved))} a year {more} than in the plan. What the others would "
                "pay then was not worked out when this plan was made."
            )
        if self.council.alone_models:
            return "You would be in no cluster, so there is nothing to leave."
        return "The plan leaves these services with the county, so there is nothing to leave."

    def _sureness(self) -> Iterator[Part]:
        yield Paragraph(
            "Every amount is an estimate, from quantities that are themselves estimates wherever "
            "nobody has measured. Low, expected and high prices are what tenders for the same work "
            "may come to. Amounts are rounded to whole pounds each by itself, so that some differ "
            "by a pound from the difference of two others."
        )
        if proven := proof_of(self.report):
            yield Paragraph(f"The plan as a whole: {proven}")
        yield Note(
            f"Confidence C: {letter_meaning('C')}. Made from {self.run}, input "
            f"{self.run.input_hash[:12]}, with waywarden {self.run.program_version}. What was "
            "assumed stands on the page of the plan."
        )


def _to_you(kept: str) -> str:
    """Say to a council what a plan says of it leaving; explain what it says of the others."""
    said = kept.removesuffix(LESS_THAN_IT_ADDS).strip()
    said = said.replace(IF_IT_LEFT, "If you left", 1).replace("it would pay", "you would pay", 1)
    if not re.search(r"between them £[0-9,]+ less\.$", said):
        return said
    return (
        f"{said} The others would pay less because your share of the cost is smaller than what "
        "serving you adds to the cost."
    )


def _pounds(pence: int) -> str:
    return whole_pounds(pence)


def _difference(saved: int) -> str:
    if saved < 0:
        return f"{whole_pounds(-saved)} more than alone"
    return f"{whole_pounds(saved)} less than alone"


def _figures(columns: int) -> frozenset[int]:
    return frozenset(range(1, columns))
