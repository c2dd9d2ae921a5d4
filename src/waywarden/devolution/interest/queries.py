"""Questions about expressions of interest: what one can ask for, and all that belongs to one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from waywarden.county.councils.models import Body
from waywarden.county.decisions.models import Decision
from waywarden.county.people.models import Office
from waywarden.county.people.permissions import OFFICERS
from waywarden.county.places.models import Area, Jurisdiction
from waywarden.county.places.naming import full_name
from waywarden.county.services import queries as catalogue
from waywarden.county.services.models import Quantity, Service
from waywarden.data.names import did_you_mean, nearest, plain, shown
from waywarden.devolution.interest.models import (
    Assessment,
    Award,
    Budget,
    Challenge,
    Enclosure,
    Expression,
    Fund,
    Link,
    Note,
)
from waywarden.devolution.offers.models import Round
from waywarden.devolution.offers.queries import services_of
from waywarden.fabric.common.refusals import Refusal
from waywarden.fabric.common.subjects import CHORES
from waywarden.fabric.common.tokens import hash_of
from waywarden.fabric.journal.models import Entry

Status = Expression.Status
#: So many of a council's last decisions are offered to be named.
DECISIONS_OFFERED = 50


def criteria_of(of: Round | None) -> list[str]:
    """Return the criteria a round has published, one for each line of them."""
    lines = of.criteria.splitlines() if of else []
    said = (line.strip().lstrip("-•*").strip()[:500] for line in lines)
    return list(dict.fromkeys(line for line in said if line))


@dataclass(frozen=True)
class Open:
    """A service that somebody may ask to run, and how much of it there is in a place."""

    service: Service
    held: Quantity | None


@dataclass(frozen=True)
class OpenRound:
    """An offer that anybody may ask to take up: its services, its criteria, how many have asked."""

    round: Round
    services: list[Open]
    criteria: list[str]
    asked: int


def open_rounds(place: Area | None, *, on: date) -> list[OpenRound]:
    """Return the offers that are open, the first to be answered first."""
    rounds = Round.objects.filter(status=Round.Status.OPEN, answer_by__gte=on)
    if place is not None:
        rounds = rounds.filter(body__in=[each.pk for each in catalogue.counties_of(place, on=on)])
    asked = Count("expressions", filter=Q(expressions__sent_at__isnull=False))
    found = rounds.select_related("body").annotate(asked=asked).order_by("answer_by", "pk")
    return [
        OpenRound(
            each,
            _open([line.service for line in services_of(each)], place),
            criteria_of(each),
            each.asked,
        )
        for each in found
    ]


def done_by_communities(place: Area | None) -> list[Open]:
    """Return the services that the catalogue prices as done by volunteers or a community."""
    words = Q(prices__basis__icontains="volunteer") | Q(prices__basis__icontains="community")
    found = Service.objects.delivered().filter(words).distinct().order_by("order")
    return _open(list(found), place)


def _open(services: Sequence[Service], place: Area | None) -> list[Open]:
    held = catalogue.current_quantities([place], services) if place else {}
    key = place.pk if place else 0
    return [Open(service, held.get((key, service.pk))) for service in services]


def counties_to_ask(*, on: date) -> list[Body]:
    """Return the councils that answer for a county, by name."""
    held = Jurisdiction.objects.filter(tier=Jurisdiction.Tier.COUNTY).as_of(on)
    found = {each.body_id: each.body for each in held.select_related("body")}
    there = [body for body in found.values() if body.withdrawn_on is None]
    return sorted(there, key=lambda body: body.name)


def open_round(number: str, *, on: date) -> Round | None:
    """Return an open round by its number as an address gives it."""
    is_number = number.isascii() and number.isdecimal() and len(number) < 10
    rounds = Round.objects.filter(status=Round.Status.OPEN, answer_by__gte=on)
    rounds = rounds.select_related("body")
    return rounds.filter(pk=int(number)).first() if is_number else None


def parishes_of(body: Body, *, on: date) -> list[Area]:
    """Return the parishes in the county a council answers for, by name."""
    held = Jurisdiction.objects.filter(body=body, tier=Jurisdiction.Tier.COUNTY).as_of(on)
    found = Area.objects.filter(county__in=held.values("area")).lowest().as_of(on)
    return list(found.select_related("within").order_by("name", "key"))


def named_parishes(said: Sequence[str], among: Sequence[Area]) -> list[Area]:
    """Find the parishes named, each with its district where there are several of a name."""
    called: dict[str, list[Area]] = {}
    for area in among:
        for name in {plain(area.name), plain(full_name(area))}:
            called.setdefault(name, []).append(area)
    lines = dict.fromkeys(name.strip() for name in said if name.strip())
    return list(dict.fromkeys(_named(name, called, among) for name in lines))


def _named(name: str, called: Mapping[str, list[Area]], among: Sequence[Area]) -> Area:
    found = called.get(plain(name), [])
    if len(found) == 1:
        return found[0]
    if found:
        raise Refusal(did_you_mean([full_name(area) for area in found]))
    meant = did_you_mean(nearest(name, [area.name for area in among]))
    raise Refusal(f"There is no parish called “{shown(name)}”. {meant}".strip())


def expression_numbered(number: int) -> Expression | None:
    """Return an expression with all that its page names."""
    near = (
        *("asked_of", "body", "round__body", "coordinator__body", "coordinator__person"),
        *("decision__body", "host_body"),
    )
    return Expression.objects.select_related(*near).filter(pk=number).first()


def expression_by(secret: str, *, today: date) -> Link | None:
    """Return the link that a secret opens, as long as it lasts."""
    links = Link.objects.filter(token_hash=hash_of(secret)).select_related("expression")
    found = links.first()
    return found if found is not None and found.works(today) else None


def works(of: Expression, token_hash: str, *, today: date) -> bool:
    """Whether what a session holds is one of the links to an expression, and still works."""
    found = of.links.filter(token_hash=token_hash).first() if token_hash else None
    return found is not None and found.works(today)


@dataclass(frozen=True)
class Whole:
    """An expression with all that belongs to it."""

    expression: Expression
    services: list[Service]
    places: list[Area]
    challenge: Challenge | None
    notes: list[Note]
    assessments: list[Assessment]

    @property
    def told(self) -> list[Note]:
        """The notes that are for those who ask."""
        return [note for note in self.notes if note.is_for_asker]

    @property
    def criteria(self) -> list[str]:
        return criteria_of(self.expression.round)


def whole(of: Expression) -> Whole:
    """Return all that belongs to an expression."""
    return Whole(
        of,
        list(of.services.order_by("order")),
        list(of.places.select_related("within").order_by("name", "key")),
        Challenge.objects.filter(expression=of).first(),
        list(of.notes.order_by("on", "pk")),
        list(of.assessments.order_by("order", "pk")),
    )


def budget_of(of: Expression) -> Budget | None:
    """Return the budget of those who ask, if they gave one."""
    return Budget.objects.filter(expression=of).first()


def enclosures_of(of: Expression) -> list[Enclosure]:
    """Return the papers that come with an expression, in the order they came."""
    return list(of.enclosures.there().select_related("file", "expression").order_by("pk"))


@dataclass(frozen=True)
class EnclosedSoFar:
    """The papers of one expression: those offered now, and all that ever came, with their size."""

    there: int
    ever: int
    size: int


def enclosed(of: Expression) -> EnclosedSoFar:
    """Count the papers of an expression, also those that were taken back or replaced."""
    ever = of.enclosures.aggregate(count=Count("pk"), size=Sum("file__size"))
    there = of.enclosures.there().count()
    return EnclosedSoFar(there=there, ever=ever["count"], size=ever["size"] or 0)


def unsent(*, begun_before: datetime) -> list[tuple[Expression, datetime]]:
    """Return what was begun long ago and never sent, with when it was last saved, locked.

    When something was saved the journal knows; what the site does by itself is no saving.
    """
    found = Expression.objects.filter(sent_at__isnull=True, begun_at__lt=begun_before)
    locked = found.select_for_update(of=("self",)).select_related("asked_of", "body")
    return [(each, max(each.begun_at, _saved_at(each))) for each in locked.order_by("pk")]


def _saved_at(of: Expression) -> datetime:
    lines = Entry.objects.about("expression", of.key).exclude(actor_key=CHORES.key)
    last = lines.order_by("-number").first()
    return last.at if last else of.begun_at


def last_moved(of: Expression, *, did: Sequence[str]) -> Entry | None:
    """Return the last line of the journal that says who did one of these to an expression."""
    lines = Entry.objects.about("expression", of.key).filter(did__in=did)
    return lines.order_by("-number").first()


def is_given_elsewhere(address: str, *, than_in: Sequence[Expression]) -> bool:
    """Whether another expression is answered to the same address, or has its host there."""
    others = Expression.objects.exclude(pk__in=[of.pk for of in than_in])
    gives = Q(contact_email__iexact=address) | Q(host_email__iexact=address)
    return others.filter(gives | Q(hosting__address__iexact=address)).exists()


def sent_to(body: Body) -> list[Expression]:
    """Return what a county was sent, the longest waiting first."""
    found = Expression.objects.filter(asked_of=body, sent_at__isnull=False)
    near = found.select_related(
        "coordinator__body", "round", "asked_of", "body", "budget", "hosting"
    )
    of_each = near.prefetch_related("services", "places", "budget__lines")
    return list(of_each.order_by("sent_at", "pk"))


def coordinators(body: Body, *, on: date) -> list[Office]:
    """Return the offices of a county that can answer, by title."""
    held = Office.objects.in_body(body).as_of(on).filter(kind__in=OFFICERS)
    return sorted(held.select_related("person", "body"), key=lambda each: (each.title, each.pk))


def decisions_of(body: Body) -> list[Decision]:
    """Return the last decisions of a council that an answer may rest on."""
    return list(Decision.objects.of(body).taken().order_by("-pk")[:DECISIONS_OFFERED])


@dataclass(frozen=True)
class Step:
    """One step of the way: how many are there."""

    name: str
    count: int


def pipeline(expressions: Sequence[Expression]) -> list[Step]:
    """Count what was sent at each stage; the counts add up to all of it."""
    names = [str(Status(each).label) for each in (Status.SENT, Status.TALKING, Status.ASSESSED)]
    decided = [f"Decided: {label.lower()}" for label in Expression.Outcome.labels]
    counted = dict.fromkeys([*names, *decided, str(Status.WITHDRAWN.label)], 0)
    for each in expressions:
        counted[each.stage] += 1
    return [Step(name, count) for name, count in counted.items()]


def begun_for(body: Body) -> int:
    """Count what people have begun and not sent to a county."""
    return Expression.objects.filter(asked_of=body, status=Status.BEGUN).count()


def awarded_pence(fund: Fund, *, to: Expression | None = None) -> int:
    """Add up what a fund has awarded, to all or to one applicant, and nobody has taken back."""
    standing = Award.objects.filter(fund=fund, taken_back_on__isnull=True)
    if to is not None:
        standing = standing.filter(expression__in=asked_by_the_same(to))
    return int(standing.aggregate(whole=Sum("amount_pence"))["whole"] or 0)


def asked_by_the_same(of: Expression) -> QuerySet[Expression]:
    """Return all that one applicant asked: the same body, or without one the same address."""
    if of.body_id is not None:
        return Expression.objects.filter(body=of.body_id)
    same = Q(pk=of.pk)
    if of.contact_email:
        same |= Q(body__isnull=True, contact_email__iexact=of.contact_email)
    return Expression.objects.filter(same)


def left_pence(fund: Fund) -> int | None:
    """Return what is left of a fund of the county's own; none where its pot is not known."""
    return None if fund.pot_pence is None else fund.pot_pence - awarded_pence(fund)


def funds_with_left() -> list[tuple[Fund, int | None]]:
    """Return every fund with what is left of it, by name."""
    standing = Sum("awards__amount_pence", filter=Q(awards__taken_back_on__isnull=True))
    counted = Fund.objects.annotate(awarded_pence=Coalesce(standing, 0))
    found = counted.select_related("kept_by").order_by("name", "pk")
    return [
        (fund, None if fund.pot_pence is None else fund.pot_pence - fund.awarded_pence)
        for fund in found
    ]


def own_funds(body: Body, *, on: date) -> list[tuple[Fund, int]]:
    """Return a council's own funds that are open, with what is left of each."""
    with_left = funds_with_left()
    return [
        (fund, left)
        for fund, left in with_left
        if left is not None and fund.kept_by_id == body.pk and fund.is_open(on)
    ]


def funds_to_award(of: Expression, *, on: date) -> list[tuple[Fund, int]]:
    """Return the funds of the council that was asked of which who asks can be given something."""
    return [
        (fund, left)
        for fund, left in own_funds(of.asked_of, on=on)
        if left > 0 and of.kind in fund.kinds and not _has_the_most(fund, of)
    ]


def _has_the_most(fund: Fund, of: Expression) -> bool:
    return fund.most_pence is not None and awarded_pence(fund, to=of) >= fund.most_pence


def open_funds(kind: str = "", *, asked_of: Sequence[Body], on: date) -> list[Fund]:
    """Return the funds that are open to one kind of asker, or to anybody, by name.

    A local fund is for those alone who ask the council that keeps it.
    """
    near = Q(reach=Fund.Reach.NATIONAL) | Q(kept_by__in=[body.pk for body in asked_of])
    found = Fund.objects.open_on(on).filter(near).order_by("name", "pk")
    return [fund for fund in found if not kind or kind in fund.kinds]


def awards_to(of: Expression) -> list[Award]:
    """Return what was awarded to whoever asked, also what was taken back, in turn."""
    near = of.awards.select_related("fund__kept_by", "expression__asked_of", "expression__body")
    return list(near.order_by("pk"))


def is_awarded(of: Expression) -> bool:
    """Whether money was awarded to whoever asked that nobody has taken back."""
    return of.awards.filter(taken_back_on__isnull=True).exists()


def awards_of(body: Body) -> list[Award]:
    """Return what a council's own funds have awarded, the newest first."""
    found = Award.objects.filter(fund__kept_by=body).select_related("fund", "expression")
    return list(found.order_by("-awarded_on", "-pk"))
