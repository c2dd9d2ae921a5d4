"""What stands in the way of a council that would go alone, in words to act on."""

from collections.abc import Sequence
from datetime import date, timedelta

from waywarden.county.councils.models import Body
from waywarden.devolution.clusters.factors import FACTORS, SHOWN, STEPS
from waywarden.devolution.clusters.models import Finding, GoingAlone
from waywarden.fabric.common.wording import day

Outcome = GoingAlone.Outcome
#: So many days a council has to answer its assessment before it is decided on unheard.
DAYS_TO_ANSWER = 14


def obstacles_to_asking(
    body: Body, services: Sequence[int], open_ones: Sequence[GoingAlone]
) -> list[str]:
    """List what keeps a council from asking: the same is being looked at already."""
    if not services:
        return ["Choose a service."]
    for each in open_ones:
        again = [service.name for service in each.services.all() if service.pk in services]
        if again:
            return [
                f"{body} asked to do {', '.join(again)} alone on {day(each.asked_on)}, and that is "
                "not settled. Withdraw it first to ask anew."
            ]
    return []


def obstacles_to_working_on(of: GoingAlone) -> list[str]:
    """List what keeps the county from working on it."""
    if of.is_over:
        return [f"It is “{of.stage}”. Nothing more is done with it."]
    return []


def obstacles_to_assessing(of: GoingAlone, findings: Sequence[Finding]) -> list[str]:
    """List what keeps an assessment from being recorded: each factor once, the top shown."""
    obstacles = obstacles_to_working_on(of)
    if [each.factor for each in findings] != [factor.key for factor in FACTORS]:
        return [*obstacles, "Judge by each of the five published factors, and by no other."]
    for each in findings:
        if each.step not in STEPS or not each.says:
            obstacles.append(f"{each.about.name}: choose a step and say why.")
        elif each.step == SHOWN and not (each.evidence or each.decision_id or each.paper_id):
            obstacles.append(f"{each.about.name}: “{STEPS[SHOWN]}” needs evidence. Say what it is.")
    return obstacles


def obstacles_to_answering(of: GoingAlone) -> list[str]:
    """List what keeps a council from answering its assessment."""
    if of.is_over:
        return obstacles_to_working_on(of)
    if not of.is_assessed:
        return ["There is no assessment to answer yet."]
    if of.current_answer:
        return ["Your council has answered already: an assessment is answered once."]
    return []


def answer_by(of: GoingAlone) -> date | None:
    """Return the last day that a council has to answer its assessment."""
    return of.assessed_on + timedelta(days=DAYS_TO_ANSWER) if of.assessed_on else None


def is_awaited(of: GoingAlone, *, today: date) -> bool:
    """Whether the council is still to be heard on its assessment, and so nothing is decided."""
    last = answer_by(of)
    return last is not None and today <= last and not of.current_answer


def can_be_decided(of: GoingAlone, *, today: date) -> bool:
    """Whether a decision is due: it is assessed, and the council was heard or said nothing."""
    is_waiting = of.status == GoingAlone.Status.ASSESSED
    return is_waiting and not is_awaited(of, today=today)


def is_to_be_looked_at_again(of: GoingAlone, *, today: date) -> bool:
    """Whether the day has come until which it was deferred."""
    again = of.looked_at_again_on
    return again is not None and again <= today


def obstacles_before_deciding(of: GoingAlone, *, today: date) -> list[str]:
    """List what keeps any decision from being given yet, whatever it would say."""
    obstacles = obstacles_to_working_on(of)
    if not of.is_assessed:
        obstacles.append("Assess it first: nobody is turned down or agreed to unheard.")
    last = answer_by(of)
    if last is not None and is_awaited(of, today=today):
        obstacles.append(
            f"The council has not answered its assessment, and may until {day(last)}. Decide once "
            "it has answered, or after that day."
        )
    return obstacles


def obstacles_to_deciding(
    of: GoingAlone, *, outcome: str, deferred_until: date | None, today: date
) -> list[str]:
    """List what keeps a decision from being given."""
    obstacles = obstacles_before_deciding(of, today=today)
    if (outcome == Outcome.DEFERRED) != (deferred_until is not None):
        obstacles.append("Give a day where it is deferred, and only there.")
    if deferred_until is not None and deferred_until <= today:
        obstacles.append("Defer it until a day to come.")
    return obstacles
