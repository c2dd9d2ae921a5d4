"""Questions about agreements: one by its number, its versions, its parties, what stands when."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import Max, Q

from waywarden.arrangements.agreements import facts
from waywarden.arrangements.agreements.models import (
    Agreement,
    Confirmation,
    Line,
    Party,
    Signature,
    Version,
)
from waywarden.county.councils.models import Body
from waywarden.county.decisions.models import Decision
from waywarden.county.decisions.relying import Asked, Basis, Reliance, kind_of, towards
from waywarden.county.places.models import Area, Jurisdiction
from waywarden.county.services import queries as catalogue
from waywarden.county.services.models import Service
from waywarden.rules.agreements_moves import State
from waywarden.rules.powers import Kind, Recorded
from waywarden.rules.powers.table import power as power_of

#: What the decisions of the parties show, which each signature names.
SHOWN_BY_DECISIONS = frozenset(
    {
        Recorded.GIVER_DECISION,
        Recorded.EXECUTIVE_DECISION,
        Recorded.OTHER_EXECUTIVE_DECISION,
        Recorded.TAKER_MINUTE,
    }
)
#: A service and an area by their keys, with the first and last day.
Handed = tuple[str, str, date, date]
BINDING = (State.IN_FORCE, State.UNDER_NOTICE)
WAITING = (State.SENT, State.SIGNED_BY_SOME)


def agreement_called(number: str) -> Agreement | None:
    """Return an agreement by its number."""
    return Agreement.objects.select_related("body").filter(number=number).first()


def parties_of(agreement: Agreement) -> list[Party]:
    """Return the parties of the draft: who hands over first, then as they were added."""
    return list(agreement.parties.select_related("body").order_by("-is_giver", "pk"))


def lines_of(agreement: Agreement) -> list[Line]:
    """Return what the draft hands over, by service and place."""
    found = agreement.lines.select_related("service", "area", "lead__body")
    return list(found.order_by("service__order", "area__name", "starts_on", "pk"))


def versions_of(agreement: Agreement) -> list[Version]:
    """Return what was sent, the newest first."""
    return list(agreement.versions.select_related("agreement__body").order_by("-number"))


def version_numbered(agreement: Agreement, number: int) -> Version | None:
    """Return a version by its number, however long the number is."""
    return next((each for each in versions_of(agreement) if each.number == number), None)


def binding_of(agreement: Agreement, *, on: date) -> Version | None:
    """Return the version in force on a day; none before the first or after the last."""
    return next((each for each in versions_of(agreement) if binds(each, on=on)), None)


def binds(version: Version, *, on: date) -> bool:
    """Whether a version is, or was, in force on a day, whatever became of it since."""
    since = version.in_force_on
    return since is not None and since <= on <= version.last_on


def signatures_of(version: Version) -> list[Signature]:
    """Return who signed a version, in the order in which they did."""
    related = ("version__agreement__body", "office__body", "office__person", "decision__body")
    return list(
        version.signatures.select_related(*related, "file", "confirmed_by__body").order_by("pk")
    )


def signed_keys(version: Version) -> set[str]:
    """Return the parties whose signature counts."""
    return {
        each.party
        for each in signatures_of(version)
        if each.signed_at and each.hash == version.hash
    }


def next_number(agreement: Agreement) -> int:
    """Return the number of the version that is sent next."""
    return (agreement.versions.aggregate(most=Max("number"))["most"] or 0) + 1


def reliance_of(
    agreement: Agreement, parties: Sequence[Party], lines: Sequence[Line]
) -> Reliance | None:
    """Return what is found of the power chosen, towards each party; none while none is chosen."""
    if not agreement.power:
        return None
    services = list({each.service_id: each.service for each in lines}.values())
    settled = catalogue.confirmations(services)
    asked = tuple(Asked(each.code, each.name, each.pk in settled) for each in services)
    given = Basis(
        agreement.body,
        agreement.power,
        agreement.starts_on,
        asked,
        _confirmed(agreement, agreement.power),
        _noted(agreement, agreement.power),
    )
    return towards(given, _takers(parties))


def reliance_of_version(version: Version) -> Reliance:
    """Return what is found today of the power a version rests on, for what it hands over."""
    made, facts = version.agreement, version.facts
    codes = {each["code"]: each["service"] for each in facts["schedules"]}
    settled = catalogue.confirmations(list(Service.objects.filter(code__in=codes)))
    known = dict(Service.objects.filter(code__in=codes).values_list("code", "pk"))
    asked = tuple(Asked(code, name, known.get(code) in settled) for code, name in codes.items())
    power = facts["power"]["key"]
    first = version.term.starts_on or version.sent_on
    given = Basis(made.body, power, first, asked, _confirmed(made, power), _noted(made, power))
    bodies = dict(Body.objects.filter(key__in=version.known_keys).values_list("key", "kind"))
    takers = [each for each in facts["parties"] if not each["is_giver"]]
    return towards(given, _by_kind((bodies.get(each["key"]), each["name"]) for each in takers))


def _takers(parties: Iterable[Party]) -> dict[Kind, str]:
    takers = [each for each in parties if not each.is_giver]
    return _by_kind((each.body.kind if each.body else None, str(each)) for each in takers)


def _by_kind(takers: Iterable[tuple[str | None, str]]) -> dict[Kind, str]:
    names: dict[Kind, list[str]] = defaultdict(list)
    for body_kind, name in takers:
        names[kind_of(body_kind) if body_kind else Kind.OUTSIDE].append(name)
    return {kind: ", ".join(each) for kind, each in names.items()}


def confirmations_of(agreement: Agreement, power: str) -> list[Confirmation]:
    """Return what the monitoring officer confirmed of a power, and did not take back."""
    held = agreement.confirmations.filter(power=power, taken_back_at=None)
    return list(held.order_by("pk"))


def _confirmed(agreement: Agreement, power: str) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for each in confirmations_of(agreement, power):
        found[each.warning] |= set(each.services.split())
    return {warning: frozenset(codes) for warning, codes in found.items()}


def _noted(agreement: Agreement, power: str) -> frozenset[str]:
    found = confirmations_of(agreement, power)
    return frozenset(each.warning for each in found if each.is_noted)


def records_asked(power: str) -> list[Recorded]:
    """Return what a power asks to be recorded, beside the decisions that signatures name."""
    return [each for each in power_of(power).needs if each not in SHOWN_BY_DECISIONS]


def words_of(agreement: Agreement) -> dict[str, str]:
    """Return the words of every field of the draft that is filled in."""
    name = power_of(agreement.power).name if agreement.power else ""
    return facts.words_of(agreement, parties_of(agreement), lines_of(agreement), name)


def areas_for(agreement: Agreement) -> list[Area]:
    """Return the places where services can be handed over: of who hands over, and within."""
    own = Jurisdiction.objects.filter(body=agreement.body).values_list("area", flat=True)
    held = list(own)
    within = Area.objects.filter(within__in=held) | Area.objects.filter(county__in=held)
    found = within | Area.objects.filter(pk__in=held)
    return list(found.distinct().order_by("name", "key"))


def bodies_to_add(agreement: Agreement) -> list[Body]:
    """Return the bodies that are not a party yet, by name."""
    there = agreement.parties.exclude(body=None).values("body")
    return list(Body.objects.listed().exclude(pk__in=there).order_by("name"))


def decisions_about(agreement: Agreement, body: Body) -> list[Decision]:
    """Return what a body decided of an agreement, the last first: its words name the number."""
    names = Q(title__icontains=agreement.number) | Q(text__icontains=agreement.number)
    held = Decision.objects.of(body).taken().filter(names)
    settled = held.exclude(outcome__in=["", Decision.Outcome.DEFERRED])
    return list(settled.select_related("body").order_by("-stated_on", "-pk"))


def decisions_to_sign_by(agreement: Agreement, body: Body) -> list[Decision]:
    """Return by which decisions a body agreed to an agreement: one of these lets it sign."""
    found = decisions_about(agreement, body)
    return [each for each in found if each.outcome == Decision.Outcome.AGREED]


def interests_in(decision: Decision) -> str:
    """Warn of interests in a decision, those taken back later too; blank where there are none."""
    found = list(decision.interests.all())
    if not found:
        return ""
    gone = sum(not each.stands for each in found)
    back = f", {gone} of them taken back later" if gone else ""
    return (
        f"In {decision.reference} members declared interests: {len(found)}{back}. Look at the "
        "decision before you sign."
    )


def handed_over_besides(agreement: Agreement, rows: Sequence[Handed]) -> list[str]:
    """Name what another agreement in force hands over: of services and areas by key, with days."""
    held = Version.objects.filter(state__in=BINDING).exclude(agreement=agreement)
    found = []
    for version in held.select_related("agreement").order_by("agreement__number"):
        for each in version.facts["schedules"]:
            starts, ends = (date.fromisoformat(each[name]) for name in ("starts_on", "ends_on"))
            same = (each["code"], each["area_key"])
            last = min(ends, version.last_on)
            if any(row[:2] == same and row[2] <= last and starts <= row[3] for row in rows):
                found.append(f"{version.agreement.number}: {each['service']}, {each['area']}")
    return list(dict.fromkeys(found))


def rows_of(facts: Mapping[str, Any]) -> list[Handed]:
    """Return what facts hand over: each service and area by key, with its days."""
    on = date.fromisoformat
    return [
        (each["code"], each["area_key"], on(each["starts_on"]), on(each["ends_on"]))
        for each in facts["schedules"]
    ]


def known_agreements() -> list[Agreement]:
    """Return every agreement with what was sent of it, in as many queries for many as for few."""
    found = Agreement.objects.select_related("body")
    return list(found.prefetch_related("versions__agreement", "parties__body").order_by("number"))
