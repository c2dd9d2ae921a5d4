"""What somebody asks of a plan on the page, and the question this puts to the planner. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from waywarden.devolution.making.prices import with_prices
from waywarden.planner import Problem, Willingness
from waywarden.planning.asking import Asked, asked_again
from waywarden.planning.costing import Costing, costing_for
from waywarden.planning.facts import Amount, CouncilFacts, CountyFacts, LeftOut
from waywarden.planning.fingerprint import input_hash
from waywarden.planning.posing import problem_of

SHAPE, SEED = "shared", 0
#: The figures of a county's costing that may be set for one plan.
LIMITS = ("most_members", "travel_limit_km", "low_percent", "high_percent")


@dataclass(frozen=True)
class Wishes:
    """What is asked of a plan. ``willing`` are the keys of places; all count where it is none."""

    services: tuple[str, ...]
    effort: str
    willing: tuple[str, ...] | None = None
    #: Where the willing are from, in words.
    willing_says: str = "as if every council took part"
    limits: Mapping[str, int] = field(default_factory=dict)
    own_staff: bool = True
    volunteers: bool = True
    #: Prices that are set for this plan, in thousandths of a penny by `prices.Expected.key`.
    prices: Mapping[str, int] = field(default_factory=dict)
    rules: tuple[tuple[str, ...], ...] = ()
    #: The groups of councils that the search begins from, by their keys; none where it begins
    #: from nothing.
    start: tuple[tuple[str, ...], ...] = ()
    #: The number of the plan in which councils were moved, if it is one made again from there.
    begun_from: int | None = None

    @property
    def everyone(self) -> bool:
        """Whether councils that have not answered count as willing."""
        return self.willing is None

    @property
    def asked(self) -> Asked:
        """The rules that are to be kept."""
        return asked_again(self.rules)


@dataclass(frozen=True)
class Question:
    """Everything a plan follows from: the facts of a county as they were, and what was asked."""

    facts: CountyFacts
    wishes: Wishes

    @property
    def costing(self) -> Costing:
        """What is assumed of the county, with the limits, prices and ways that were asked for."""
        costing = costing_for(self.facts.county)
        figures = {
            key: replace(figure, value=self.wishes.limits.get(key, figure.value))
            for key, figure in costing.figures.items()
        }
        services = {
            code: replace(
                service,
                own_staff=service.own_staff if self.wishes.own_staff else None,
                volunteers=service.volunteers if self.wishes.volunteers else None,
            )
            for code, service in costing.services.items()
        }
        asked = replace(costing, figures=figures, services=services)
        return with_prices(asked, self.wishes.prices)

    @property
    def answered(self) -> CountyFacts:
        """The facts, with those who are willing counted as such, wherever they could go alone."""
        willing = set(self.wishes.willing or ())
        said = dict.fromkeys(self.wishes.services, Willingness.LEAD.value)
        councils = tuple(
            replace(one, willingness=said) if one.key in willing else one
            for one in self.facts.councils
        )
        return replace(self.facts, councils=councils)

    @property
    def known_as(self) -> str:
        """The hash of all that the plan follows from: the same question has the same."""
        wishes = self.wishes
        return input_hash(
            self.answered,
            wishes.services,
            shape=SHAPE,
            effort=wishes.effort,
            seed=SEED,
            everyone=wishes.everyone,
            costing=self.costing,
            asked=wishes.asked,
            start=wishes.start,
        )

    def problem(self) -> Problem:
        """Return the problem to plan. Raises `CannotPlan` or `Infeasible`, saying what is wrong."""
        return problem_of(
            self.answered,
            self.wishes.services,
            everyone=self.wishes.everyone,
            costing=self.costing,
            asked=self.wishes.asked,
        )

    def plain(self) -> dict[str, Any]:
        """Return it as plain values, ready for JSON."""
        return {"facts": asdict(self.facts), "wishes": asdict(self.wishes)}


def question_from(plain: Mapping[str, Any]) -> Question:
    """Return the question that `Question.plain` told."""
    facts, wishes = plain["facts"], plain["wishes"]
    return Question(
        CountyFacts(
            county=facts["county"],
            councils=tuple(_council(one) for one in facts["councils"]),
            neighbours=_pairs(facts["neighbours"]),
            left_out=tuple(LeftOut(**one) for one in facts["left_out"]),
        ),
        wishes_from(wishes),
    )


def wishes_from(plain: Mapping[str, Any]) -> Wishes:
    """Return the wishes that a question told."""
    willing = plain["willing"]
    return Wishes(
        **{
            **plain,
            "services": tuple(plain["services"]),
            "willing": None if willing is None else tuple(willing),
            "rules": tuple(tuple(rule) for rule in plain["rules"]),
            "start": tuple(tuple(group) for group in plain.get("start", ())),
        }
    )


def _council(plain: Mapping[str, Any]) -> CouncilFacts:
    amounts = {code: Amount(**one) for code, one in plain["amounts"].items()}
    return CouncilFacts(**{**plain, "amounts": amounts})


def _pairs(plain: Sequence[Sequence[str]]) -> tuple[tuple[str, str], ...]:
    return tuple((one, other) for one, other in plain)
