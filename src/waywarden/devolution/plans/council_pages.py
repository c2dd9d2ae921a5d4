"""What the page of one council in a plan shows: why it is where the plan puts it."""

from waywarden.devolution.plans.models import PlanRun
from waywarden.devolution.plans.queries import PlacedCouncil
from waywarden.devolution.plans.sections import PlaceSection


class CouncilPage(PlaceSection):
    """One council in a plan: its clusters, why, what it would pay, what would change."""

    def __init__(self, run: PlanRun, placed: PlacedCouncil) -> None:
        super().__init__(placed)
        self.placed = placed

    @property
    def why(self) -> tuple[str, ...]:
        """Say why it is here, what would change if it left, who would do what."""
        return self.council.why
