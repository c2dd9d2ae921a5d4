"""Questions about plans that were asked for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Q

from waywarden.county.councils.models import Body
from waywarden.county.places import queries as places
from waywarden.county.places.models import Area, Jurisdiction
from waywarden.county.services import queries as catalogue
from waywarden.devolution.making.models import AskedPlan
from waywarden.devolution.making.wishes import Wishes
from waywarden.devolution.offers.models import MINUTE_WITHDRAWN, Offer, Round
from waywarden.devolution.plans.models import PlanRun
from waywarden.fabric.journal.models import Entry
from waywarden.fabric.work import jobs, workers

Status, Answer = AskedPlan.Status, Offer.Answer
#: The function that makes a plan, as jobs name it.
MAKER = "waywarden.devolution.making.working.make_plan"
#: A plan being made of which nothing was heard for so long has lost its worker.
SILENCE = timedelta(minutes=2)
#: So many plans asked for are shown.
SHOWN = 20
#: Who entered a figure of which the journal does not say.
UNKNOWN = "Not known"


def recent_of(body: Body) -> list[AskedPlan]:
    """Return what a council asked for last."""
    return list(AskedPlan.objects.of(body).at_hand().order_by("-pk")[:SHOWN])


def live_following_from(input_hash: str) -> AskedPlan | None:
    """Return the plan that waits or is being made from this input, if there is one."""
    return AskedPlan.objects.live().at_hand().filter(input_hash=input_hash).first()


def is_made_for(body: Body) -> bool:
    """Whether a plan of a council is being made."""
    return AskedPlan.objects.of(body).filter(status=Status.RUNNING).exists()


def next_of(body: Body) -> AskedPlan | None:
    """Return the plan of a council that has waited longest."""
    return (
        AskedPlan.objects.of(body).filter(status=Status.WAITING).order_by("asked_at", "pk").first()
    )


def before(asked: AskedPlan) -> int:
    """Count the plans of its council that come first."""
    earlier = Q(asked_at__lt=asked.asked_at) | Q(asked_at=asked.asked_at, pk__lt=asked.pk)
    line = AskedPlan.objects.of(asked.body).live().exclude(pk=asked.pk)
    return line.filter(earlier | Q(status=Status.RUNNING)).count()


def is_given_up(asked: AskedPlan) -> bool:
    """Whether nobody makes it any more, though it is not there."""
    if asked.status in (Status.FAILED, Status.INTERRUPTED, Status.WITHDRAWN):
        return True
    if not asked.is_live or before(asked):
        return False
    job = jobs.standing(MAKER, asked.pk)
    return job is None or job.is_set_aside


@dataclass(frozen=True)
class Progress:
    """How far a plan is, for whoever waits for it."""

    asked: AskedPlan
    now: datetime

    @property
    def gap_permille(self) -> int | None:
        """By how many tenths of a percent a plan could at most be cheaper, as proven so far."""
        best, bound = self.asked.best_pence, self.asked.bound_pence
        if best is None or bound is None or best <= 0:
            return None
        return min(1000, max(0, -(-1000 * (best - bound) // best)))

    @property
    def gap_percent(self) -> str:
        """The gap in percent with one decimal."""
        return "" if self.gap_permille is None else f"{self.gap_permille / 10:.1f}"

    @property
    def is_silent(self) -> bool:
        """Whether nothing has been heard of it for a while: its worker may have ended."""
        heard = self.asked.told_at or self.asked.started_at or self.asked.asked_at
        return self.asked.is_live and heard < self.now - SILENCE

    @property
    def has_worker(self) -> bool:
        """Whether any worker has been there lately."""
        seen = workers.last_seen()
        return seen is not None and seen >= self.now - workers.SILENCE

    @property
    def is_given_up(self) -> bool:
        return is_given_up(self.asked)

    @property
    def before(self) -> int:
        return before(self.asked)


def prices_of(run: PlanRun) -> list[str]:
    """Return what each rule of a plan costs, in sentences; none where it was asked for without."""
    asked = AskedPlan.objects.filter(plan=run, status=Status.DONE).order_by("-pk")
    return list(asked.values_list("prices", flat=True).first() or ())


def wishes_of(run: PlanRun) -> Wishes | None:
    """Return what a plan was asked with on the page; none where it was not made there."""
    asked = AskedPlan.objects.filter(plan=run, status=Status.DONE).order_by("-pk").first()
    return asked.wished() if asked else None


def rounds_of(body: Body) -> list[Round]:
    """Return the rounds of a council that have been opened, the last first."""
    opened = Round.objects.filter(body=body, opened_at__isnull=False)
    return list(opened.order_by("-pk"))


def willing_in(of: Round, *, on: date) -> list[str]:
    """Return the places whose councils agreed in a round or want more time, by their keys."""
    answered = Offer.objects.in_round(of).filter(answer__in=[Answer.AGREED, Answer.MORE_TIME])
    offers = answered.select_related("body", "round__body", "decision")
    bodies = [offer.body_id for offer in offers if offer.stage != MINUTE_WITHDRAWN]
    held = Jurisdiction.objects.filter(tier=Jurisdiction.Tier.PARISH, body__in=bodies).as_of(on)
    return sorted({str(each.area.key) for each in held.select_related("area")})


def figures_of(county: Area, codes: Sequence[str], *, on: date) -> list[dict[str, Any]]:
    """Return each quantity that a plan of a county follows from: whence, and who entered it."""
    services = [service for service in catalogue.catalogue() if service.code in codes]
    areas = {area.pk: area for area in places.parishes_of(county, on=on)}
    held = catalogue.current_quantities(areas.values(), services)
    names, entered = {each.pk: each for each in services}, _entered_by()
    return [
        {
            "place": areas[area].key,
            "name": areas[area].name,
            "service": names[service].code,
            "amount_milli": quantity.amount_milli,
            "unit": quantity.unit,
            "is_estimate": quantity.is_estimate,
            "is_disputed": quantity.is_disputed,
            "confidence": quantity.confidence,
            "source": quantity.source,
            "entered_by": entered.get(f"{areas[area].key}_{names[service].code}", UNKNOWN),
            "recorded_on": quantity.recorded_at.date().isoformat(),
        }
        for (area, service), quantity in sorted(
            held.items(), key=lambda one: (areas[one[0][0]].key, names[one[0][1]].order)
        )
    ]


def _entered_by() -> Mapping[str, str]:
    """Return who entered each figure last, by the key of the quantity."""
    by_itself = Q(subject_kind="quantity")
    lines = Entry.objects.filter(by_itself | Q(did="recorded quantities")).order_by("number")
    told: dict[str, str] = {}
    for kind, key, after, who in lines.values_list(
        "subject_kind", "subject_key", "after", "actor_shown_as"
    ):
        keys = [key] if kind == "quantity" else [each.replace(" ", "_") for each in after or {}]
        told |= dict.fromkeys(keys, who)
    return told


def job_is_about(args: Sequence[Any]) -> str:
    """Say for whoever looks after the jobs which plan one is about."""
    found = AskedPlan.objects.at_hand().filter(pk=args[0]).first()
    return f"{found}, by {found.body}" if found else ""
