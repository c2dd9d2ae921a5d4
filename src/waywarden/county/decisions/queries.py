"""Questions about decisions: the list of a body, and all that belongs to one of them."""

import hashlib
import json
from dataclasses import dataclass
from datetime import date

from waywarden.county.councils.models import Body
from waywarden.county.decisions.models import Decision, Interest, Option, SignOff
from waywarden.county.people.models import Office
from waywarden.county.people.permissions import OFFICERS
from waywarden.rules.publicity import first_decision_day


@dataclass(frozen=True)
class Pack:
    """A decision with its options, sign-offs and interests, as its page shows them."""

    decision: Decision
    options: list[Option]
    #: By kind, what was said last, or None where nobody has yet.
    sign_offs: list[tuple[SignOff.Kind, SignOff | None]]
    interests: list[Interest]

    @property
    def standing(self) -> list[Interest]:
        """The declarations that nobody has taken back."""
        return [each for each in self.interests if each.stands]

    @property
    def is_signed_off(self) -> bool:
        """Whether anybody has signed off what is proposed."""
        return any(signed for _, signed in self.sign_offs)

    @property
    def first_day(self) -> date | None:
        """The first day on which what was announced can be decided."""
        announced = self.decision.announced_on
        return first_decision_day(announced) if announced else None


def decisions_of(body: Body) -> list[Decision]:
    """Return the decisions of a body, the last received first and what is planned before them."""
    found = Decision.objects.of(body).select_related("body", "decider__person", "decider__body")
    return sorted(found, key=lambda each: (not each.is_planned, -each.pk))


def decision_of(body: Body, number: int) -> Decision | None:
    """Return a decision of a body."""
    found = Decision.objects.of(body).filter(pk=number)
    return found.select_related("body", "decider__person", "decider__body").first()


def proposal_digest(decision: Decision, options: list[Option]) -> str:
    """Return the SHA-256 of what is proposed: what a sign-off says is about these words."""
    said = [[option.title, option.says, option.is_recommended] for option in options]
    words = json.dumps([decision.title, decision.text, said])
    return hashlib.sha256(words.encode()).hexdigest()


def options_of(decision: Decision) -> list[Option]:
    """Return the options that are open, in the order they were added."""
    return list(decision.options.filter(is_dropped=False).order_by("pk"))


def signed_kinds(decision: Decision) -> set[str]:
    """Return which sign-offs there are of what is proposed now."""
    shown = proposal_digest(decision, options_of(decision))
    return set(decision.sign_offs.filter(shown=shown).values_list("kind", flat=True))


def pack_of(decision: Decision) -> Pack:
    """Return a decision with all that belongs to it."""
    options = options_of(decision)
    interests = list(decision.interests.select_related("office__body").order_by("pk"))
    sign_offs = _sign_offs(decision, proposal_digest(decision, options))
    return Pack(decision, options, sign_offs, interests)


def _sign_offs(decision: Decision, shown: str) -> list[tuple[SignOff.Kind, SignOff | None]]:
    """Pair each kind with its sign-off: of what is proposed now, or, once it is taken, the last."""
    signed = decision.sign_offs.select_related("signed_as__body").order_by("pk")
    signed = signed if decision.is_taken else signed.filter(shown=shown)
    held = {each.kind: each for each in signed}
    return [(kind, held.get(kind)) for kind in SignOff.Kind]


#: Offices of elected members, who declare interests of their own.
MEMBERS = frozenset(
    {
        Office.Kind.LEADER,
        Office.Kind.CABINET_MEMBER,
        Office.Kind.COUNCILLOR,
        Office.Kind.CHAIR,
    }
)


def is_member(acting: Office) -> bool:
    """Whether somebody acts as an elected member: what they declare is their own interest."""
    return acting.kind in MEMBERS


def deciders_of(body: Body, *, on: date) -> list[Office]:
    """Return who may take a decision of a body alone, by office."""
    kinds = {Office.Kind.LEADER, Office.Kind.CABINET_MEMBER} | OFFICERS
    held = Office.objects.in_body(body).as_of(on).filter(kind__in=kinds)
    return sorted(held.select_related("person", "body"), key=lambda office: office.title)


def declarers_of(body: Body, *, on: date) -> list[Office]:
    """Return who holds an office of a body on a day, and so may have an interest to declare."""
    held = Office.objects.in_body(body).as_of(on).filter(kind__in=MEMBERS | OFFICERS)
    return sorted(held.select_related("person", "body"), key=lambda office: office.title)
