"""Rules about plans, where they put each place, and their letters."""

from typing import Any

from tests.cast import Cast
from tests.constraints.breaking import APRIL, NOON, Break, Whole, once, twice
from waywarden.devolution.clusters.models import Cluster
from waywarden.devolution.letters.models import LetterBundle
from waywarden.devolution.making.models import Adoption, AskedPlan
from waywarden.devolution.plans.models import PlannedPlace, PlanRun, ShownPlan


def run(cast: Cast, **facts: Any) -> dict[str, Any]:
    given = {"number": 1, "county": cast.county, "input_hash": "0f" * 32, "seed": 1}
    wishes = {"shape": "shared", "effort": "quick", "is_everyone": True, "services": ["HDG"]}
    by = {"made_by_key": cast.by.key, "made_by_shown_as": cast.by.shown_as, "made_on": APRIL}
    return given | wishes | by | {"result": {}, "program_version": "0"} | facts


def planned_place(cast: Cast, **facts: Any) -> dict[str, Any]:
    held = PlanRun.objects.first() or PlanRun.objects.create(**run(cast))
    return {"run": held, "area": cast.coldbrook, "cluster_number": 1} | facts


def letters(cast: Cast) -> dict[str, Any]:
    """Give the facts of a plan's letters in one file, asked for."""
    held = PlanRun.objects.first() or PlanRun.objects.create(**run(cast))
    return {"run": held, "asked_by_key": "a", "asked_by_shown_as": "A", "asked_at": NOON}


def shown(cast: Cast) -> dict[str, Any]:
    """Give the facts of a trial that was shown to everybody."""
    held = PlanRun.objects.first() or PlanRun.objects.create(**run(cast))
    return {"run": held, "shown_on": APRIL, "shown_by_key": "a", "shown_by_shown_as": "A"}


def asked(cast: Cast, **facts: Any) -> dict[str, Any]:
    """Give the facts of a plan that waits for its turn."""
    by = {"asked_by_key": "a", "asked_by_shown_as": "A", "asked_at": NOON}
    of = {"county": cast.county, "body": cast.county_council, "input_hash": "0f" * 32}
    return of | by | {"wishes": {}, "question": {}, "figures": []} | facts


def adopted(cast: Cast, **facts: Any) -> dict[str, Any]:
    """Give the facts of a plan's cluster that was proposed."""
    held = PlanRun.objects.first() or PlanRun.objects.create(**run(cast))
    by = {"proposed_by": cast.county_council, "starts_on": APRIL}
    name = f"cluster-{Cluster.objects.count()}"
    made = Cluster.objects.create(key=name, name=name, **by)
    return {"run": held, "key": "cluster-1", "cluster": made} | facts


def _running(cast: Cast, **facts: Any) -> dict[str, Any]:
    return asked(cast, status="running", started_at=NOON) | facts


def _adopted_twice(cast: Cast) -> None:
    first = Adoption.objects.create(**adopted(cast))
    Adoption.objects.create(**adopted(cast, key="cluster-2", cluster=first.cluster))


BROKEN: dict[str, Break] = {
    "a_cluster_of_a_plan_is_proposed_once": twice(Adoption, adopted),
    "an_adoption_names_its_cluster": once(Adoption, lambda cast: adopted(cast, key="")),
    "Adoption.cluster": _adopted_twice,
    "LetterBundle.run": twice(LetterBundle, letters),
    "ShownPlan.run": twice(ShownPlan, shown),
    "the_same_plan_is_made_once_at_a_time": twice(AskedPlan, asked),
    "a_council_has_one_plan_made_at_a_time": lambda cast: (
        AskedPlan.objects.create(**_running(cast)),
        AskedPlan.objects.create(**_running(cast, input_hash="ab" * 32)),
    ),
    "a_plan_asked_for_has_a_known_status": once(AskedPlan, lambda c: asked(c, status="perhaps")),
    "a_plan_that_is_made_is_there": once(AskedPlan, lambda c: _running(c, status="done")),
    "a_plan_being_made_was_begun": once(AskedPlan, lambda c: asked(c, status="running")),
    "a_plan_that_failed_says_why": once(AskedPlan, lambda c: asked(c, status="failed")),
    "a_plan_asked_for_names_its_input": once(AskedPlan, lambda c: asked(c, input_hash="")),
    "no_more_than_the_whole_is_done": once(AskedPlan, lambda c: asked(c, done_permille=1001)),
    "what_a_plan_follows_from_is_planned_once": lambda cast: (
        PlanRun.objects.create(**run(cast)),
        PlanRun.objects.create(**run(cast, number=2)),
    ),
    "each_plan_has_its_own_number": lambda cast: (
        PlanRun.objects.create(**run(cast)),
        PlanRun.objects.create(**run(cast, input_hash="ab" * 32)),
    ),
    "plans_are_numbered_from_one": once(PlanRun, lambda cast: run(cast, number=0)),
    "a_plan_names_what_it_follows_from": once(PlanRun, lambda cast: run(cast, input_hash="")),
    "a_plan_has_a_known_shape": once(PlanRun, lambda cast: run(cast, shape="round")),
    "a_plan_took_a_known_effort": once(PlanRun, lambda cast: run(cast, effort="great")),
    "a_plan_puts_a_place_in_a_cluster_once": twice(PlannedPlace, planned_place),
    "a_plan_leaves_a_place_alone_once": twice(
        PlannedPlace, lambda cast: planned_place(cast, cluster_number=None)
    ),
    "clusters_are_numbered_from_one": once(
        PlannedPlace, lambda cast: planned_place(cast, cluster_number=0)
    ),
}
WHOLE: list[Whole] = [(PlanRun, run), (PlannedPlace, planned_place), (AskedPlan, asked)]
