"""What stands in the way of a plan that is asked for, in words to act on."""

from collections.abc import Iterator, Mapping, Sequence

from waywarden.devolution.making import queries
from waywarden.devolution.making.adopting import Adoptable
from waywarden.devolution.making.models import AskedPlan
from waywarden.devolution.making.wishes import Question
from waywarden.planner.obstacles.feasibility import refuse_hopeless
from waywarden.planner.sharing import sharing_of
from waywarden.planning.asking import Asked
from waywarden.planning.facts import CannotPlan
from waywarden.planning.words.refusing import refused_plainly

#: So many plans of one council may wait for their turn.
MOST_WAITING = 10
#: Councils times services: what a worker can hold in its memory.
MOST_LINES = 40_000
#: How often a worker takes a plan up, counting those that ended while they made it.
MOST_TRIES = 3
#: So many clusters of a plan are proposed at once: others who change something wait meanwhile.
MOST_ADOPTED = 12


def obstacles_to_asking(question: Question) -> list[str]:
    """Say why a plan cannot be asked for: what the planner itself refuses, in plain words."""
    lines = len(question.facts.councils) * len(question.wishes.services)
    if lines > MOST_LINES:
        return [
            f"That is {lines:,} amounts; a plan made on the page may have {MOST_LINES:,}. "
            "Choose fewer services."
        ]
    names = {one.key: one.name for one in question.facts.councils}
    if against := contradictions(question.wishes.asked, names):
        return against
    try:
        with refused_plainly():
            problem = question.problem()
            if question.wishes.rules:
                refuse_hopeless(problem, sharing_of(problem), is_shared=True)
    except CannotPlan as refused:
        return [str(refused)]
    return []


def contradictions(asked: Asked, names: Mapping[str, str]) -> list[str]:
    """Say which two rules cannot both be kept, naming both councils."""
    return [f"{said} Take one of these rules away." for said in _against(asked, names)]


def _against(asked: Asked, names: Mapping[str, str]) -> Iterator[str]:
    apart = {frozenset(pair) for pair in asked.apart}
    for said, pair in _joined(asked, names):
        if frozenset(pair) in apart:
            yield f"{said}, and the two are to be kept apart."
        yield from (
            f"{said}, and {names[key]} is left out."
            for key in dict.fromkeys(pair)
            if key in asked.excluded
        )


def _joined(asked: Asked, names: Mapping[str, str]) -> Iterator[tuple[str, tuple[str, str]]]:
    """Return the pairs that a rule puts into one cluster, each with that rule in words."""
    for one, other in asked.together:
        yield f"{names[one]} and {names[other]} are to be together", (one, other)
    for (place, _), lead in asked.locks.items():
        if lead == place:
            yield f"{names[lead]} is to lead for itself", (lead, place)
        else:
            yield f"{names[lead]} is to lead for {names[place]}", (lead, place)


def obstacles_to_waiting(waiting: int) -> list[str]:
    """Say why no more plans may be put in line."""
    if waiting < MOST_WAITING:
        return []
    return [
        f"{waiting} plans of your council wait for their turn already. Wait until one is made, or "
        "withdraw one."
    ]


def obstacles_to_stopping(asked: AskedPlan) -> list[str]:
    """Say why a plan cannot be stopped."""
    if asked.is_live:
        return []
    return [f"It is not being made: {asked.get_status_display().lower()}. Nothing was changed."]


def obstacles_to_asking_again(asked: AskedPlan) -> list[str]:
    """Say why a plan cannot be asked for again."""
    if queries.is_given_up(asked):
        return []
    return [f"Nothing is to be made again: {asked.get_status_display().lower()}."]


def obstacles_to_adopting(found: Sequence[Adoptable], *, is_hidden: bool) -> list[str]:
    """Say why clusters of a plan cannot be proposed to their councils."""
    if is_hidden:
        return [
            "It is a trial. Show it to everybody first: the councils you invite will want to read "
            "what it says of them."
        ]
    if not found:
        return ["Tick at least one cluster of the plan."]
    if len(found) > MOST_ADOPTED:
        return [f"Tick {MOST_ADOPTED} clusters or fewer at a time. Nothing was proposed."]
    return [
        *(
            f"“{each.cluster}” was proposed from this plan already."
            for each in found
            if not each.is_free
        ),
        *(
            f"No council or meeting is listed for any place of “{each.name}”."
            for each in found
            if not each.members
        ),
    ]
