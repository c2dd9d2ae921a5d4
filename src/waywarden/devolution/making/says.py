"""What the page of a plan asked for says."""

from dataclasses import dataclass
from functools import cached_property

from waywarden.devolution.making.models import AskedPlan
from waywarden.devolution.making.prices import in_words
from waywarden.devolution.making.queries import UNKNOWN, Progress
from waywarden.devolution.making.wishes import LIMITS, Question, Wishes
from waywarden.devolution.plans import queries as kept
from waywarden.fabric.common.wording import whole_pounds
from waywarden.planning.costing import costing_for
from waywarden.planning.words.phrasing import listed
from waywarden.planning.words.wording import between

#: So many names stand in a sentence.
MOST_NAMED = 12
STAGES = {
    "getting ready": "Getting ready",
    "search": "Looking for a cheaper plan",
    "proof": "Proving how good it is",
}


@dataclass(frozen=True)
class AskedPage:
    """A plan asked for: what was asked in words, how far it is, what came of it."""

    asked: AskedPlan
    progress: Progress

    @cached_property
    def question(self) -> Question:
        return self.asked.asks()

    @property
    def wishes(self) -> Wishes:
        return self.question.wishes

    @cached_property
    def _names(self) -> dict[str, str]:
        names = {one.key: one.name for one in self.question.facts.councils}
        return names | {code: one.name for code, one in self.question.costing.services.items()}

    @property
    def begun_from(self) -> int | None:
        """The number of the plan in which councils were moved; none where it began from nothing."""
        return self.wishes.begun_from

    @property
    def services(self) -> str:
        return listed([self._names[code].lower() for code in self.wishes.services])

    @property
    def willing(self) -> str:
        """Say which councils count as willing."""
        if self.wishes.willing is None:
            return self.wishes.willing_says
        names = [self._names[key] for key in self.wishes.willing if key in self._names]
        if not names:
            return f"nobody: those {self.wishes.willing_says}"
        shown = names[:MOST_NAMED]
        more = f" and {len(names) - MOST_NAMED} more" if len(names) > MOST_NAMED else ""
        said = ", ".join(shown) + more if more else listed(shown)
        return f"{len(names)} {self.wishes.willing_says}: {said}"

    @property
    def limits(self) -> list[str]:
        """Say each limit and price that holds, as a line."""
        figures = self.question.costing.figures
        return [figures[key].words for key in LIMITS]

    @property
    def prices(self) -> list[str]:
        """Say each price that was set for this plan, as a line."""
        return in_words(costing_for(self.question.facts.county), self.wishes.prices)

    @property
    def ways(self) -> str:
        """Say in which ways a lead may have the work done."""
        ways = ["firms"]
        ways += ["own employees"] if self.wishes.own_staff else []
        ways += ["volunteers"] if self.wishes.volunteers else []
        return listed(ways)

    @property
    def rules(self) -> list[str]:
        """Say each rule that was asked for."""
        return list(self.wishes.asked.words(self._names))

    @property
    def stage(self) -> str:
        return STAGES.get(self.asked.stage, self.asked.stage.capitalize())

    @property
    def percent(self) -> int:
        return self.asked.done_permille // 10

    @property
    def best(self) -> str:
        """The best cost so far; blank where none is known."""
        return "" if self.asked.best_pence is None else whole_pounds(self.asked.best_pence)

    @property
    def cost_range(self) -> str:
        """What the plan costs a year, from low to high prices."""
        if self.asked.plan is None:
            return ""
        return between(kept.report_of(self.asked.plan).planned)

    @property
    def entered(self) -> str:
        """Say who entered the figures it follows from, whoever entered most first."""
        many: dict[str, int] = {}
        for line in self.asked.figures:
            many[line["entered_by"]] = many.get(line["entered_by"], 0) + 1
        people = sorted(many, key=lambda name: (-many[name], name))
        words = {UNKNOWN: "by nobody known"}
        return listed(
            [f"{many[name]:,} {words.get(name, f'by {name}')}" for name in people] or ["none"]
        )
