"""What each power asks of the two sides, one condition at a time, each with its law.

``fails`` says whether a use breaks the condition, and None where what it turns on has
not been recorded. The sentences are for clerks and officers: who, what, and why.
"""

from collections.abc import Callable
from dataclasses import dataclass

from waywarden.rules.duties import default_duties
from waywarden.rules.legislation import Law, Mark, law
from waywarden.rules.powers import table
from waywarden.rules.powers.parties import (
    PARISHES,
    PERHAPS_NO_COUNCIL,
    Kind,
    Party,
    Recorded,
    Use,
)

Fails = Callable[[Use], bool | None]
WITH_ANYBODY = (table.CONTRACT, table.GRANT)
OF_EXECUTIVES = (table.JOIN_EXECUTIVES, table.JOIN_ONCE, table.EXECUTIVES_COMMITTEE)
BETWEEN_COUNCILS = (
    table.DELEGATE,
    table.DELEGATE_EXECUTIVE,
    *OF_EXECUTIVES,
    table.COMMITTEE,
    table.DEFRAY,
)
#: Powers of councils that a parish meeting has only by an order.
OF_COUNCILS = (table.DELEGATE, table.DELEGATE_EXECUTIVE, table.LEND, table.DEFRAY)


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """One thing that must be so: for which powers, by which law, and what a breach is told.

    ``says`` is filled in with ``{giver}`` and ``{taker}``; ``unknown`` is said where
    nobody has recorded what it turns on, empty where that is passed over. Without a
    ``law_key`` and a ``mark`` of its own it rests on the law of the power itself.
    """

    key: str
    powers: tuple[str, ...]
    fails: Fails
    says: str
    law_key: str = ""
    mark: Mark | None = None
    #: Whether it is no law at all but plain that it cannot be done.
    is_fact: bool = False
    unknown: str = ""
    #: Powers to look at instead, the likeliest first.
    instead: tuple[str, ...] = ()

    def law_of(self, power: table.Power) -> Law | None:
        """Give the law that asks for it of this power; None where no law needs to."""
        return None if self.is_fact else law(self.law_key or power.law_key)

    def may_refuse(self, power: table.Power) -> bool:
        """Whether it is a fact or was read in its source, and so may refuse this power."""
        return self.is_fact or (self.mark or power.mark) is Mark.READ


def _denied(claim: bool | None) -> bool | None:
    return None if claim is None else not claim


def _holds_not(use: Use) -> bool | None:
    return _denied(use.giver.holds_function)


def _not_held_by_both(use: Use) -> bool | None:
    claims = (use.giver.holds_function, use.taker.holds_function)
    if False in claims:
        return True
    return None if None in claims else False


def _may_be_none(party: Party, use: Use) -> bool:
    """Whether it is a body outside, to or from which nobody has read that officers may be lent."""
    doubtful = {Kind.PUBLIC, Kind.OUTSIDE} if use.power == table.LEND else {Kind.PUBLIC}
    return party.kind in doubtful


def _lacks_a_council(party: Party) -> bool:
    return party.kind in PERHAPS_NO_COUNCIL and not party.has_order


def _lacks_an_executive(use: Use) -> bool | None:
    claims = (use.giver.has_an_executive, use.taker.has_an_executive)
    if False in claims:
        return True
    return None if None in claims else False


def _is_no_council(use: Use) -> bool | None:
    """Whether it is none of the councils that section 8 names; a meeting's order leaves it open."""
    if use.taker.kind is Kind.UNKNOWN or (use.taker.kind is Kind.MEETING and use.taker.has_order):
        return None
    return use.taker.kind not in {Kind.PRINCIPAL, Kind.PARISH, Kind.NOBODY}


def _is_not_eligible(use: Use) -> bool | None:
    return _denied(use.taker.is_eligible) if use.taker.kind is Kind.PARISH else False


def _ended_by_an_executive(use: Use) -> bool:
    """Whether an executive became responsible after the arrangement was agreed (1B)."""
    began = (use.giver.by_executive_since, use.taker.by_executive_since)
    return any(use.agreed_on and day and use.agreed_on < day <= use.on for day in began)


def _is_not_theirs_by_law(use: Use) -> bool | None:
    if not use.service:
        return None
    grounds = {g.law_key for d in default_duties(use.service) for g in d.parish_grounds}
    return use.power not in grounds


def _lacks_publicity(use: Use) -> bool | None:
    if Recorded.PUBLICITY in use.recorded:
        return False
    return use.is_key_decision


CONDITIONS = (
    Condition(
        key="somebody-takes-it",
        powers=tuple(table.POWERS),
        is_fact=True,
        fails=lambda use: use.taker.kind is Kind.NOBODY,
        says="{taker} has no parish council, so that there is nobody to pay or to agree with. "
        "Ask the district council, where it holds the function, or a neighbouring parish to serve "
        "the place.",
    ),
    Condition(
        key="taker-is-an-authority",
        powers=BETWEEN_COUNCILS,
        fails=lambda use: use.taker.kind is Kind.OUTSIDE,
        says="{taker} is not a local authority, and this power is for arrangements between local "
        "authorities.",
        instead=WITH_ANYBODY,
    ),
    Condition(
        key="giver-is-an-authority",
        powers=BETWEEN_COUNCILS,
        fails=lambda use: use.giver.kind is Kind.OUTSIDE,
        says="{giver} is not a local authority, and this power is for arrangements between local "
        "authorities.",
        instead=WITH_ANYBODY,
    ),
    Condition(
        key="taker-may-be-no-authority",
        powers=(*BETWEEN_COUNCILS, table.LEND),
        mark=Mark.RECALLED,
        fails=lambda use: _may_be_none(use.taker, use),
        says="{taker} is not a council, and whether it is an authority of the kind that this power "
        "is for has not been checked.",
        instead=WITH_ANYBODY,
    ),
    Condition(
        key="giver-may-be-no-authority",
        powers=(*BETWEEN_COUNCILS, table.LEND),
        mark=Mark.RECALLED,
        fails=lambda use: _may_be_none(use.giver, use),
        says="{giver} is not a council, and whether it is an authority of the kind that this power "
        "is for has not been checked.",
        instead=WITH_ANYBODY,
    ),
    Condition(
        key="giver-holds-the-function",
        powers=(table.DELEGATE, table.DELEGATE_EXECUTIVE),
        fails=_holds_not,
        says="{giver} does not hold this function, and only a council that holds it can hand it "
        "over.",
        unknown="Nobody has recorded whether {giver} holds this function.",
        instead=(table.TRADE, *WITH_ANYBODY),
    ),
    Condition(
        key="not-an-executive-function",
        powers=(table.DELEGATE,),
        law_key="LGA1972-s101-1A-1D",
        mark=Mark.RECALLED,
        fails=lambda use: use.giver.by_executive,
        says="The cabinet of {giver} holds this function, and section 101 is not for functions of "
        "an executive. Section 9EA of the Local Government Act 2000 is.",
        unknown="Nobody has recorded whether this function belongs to the cabinet of {giver}. If "
        "it does, section 9EA of the Local Government Act 2000 is the power to rely on.",
        instead=(table.DELEGATE_EXECUTIVE,),
    ),
    Condition(
        key="not-the-takers-executive-function",
        powers=(table.DELEGATE,),
        law_key="LGA1972-s101-1A-1D",
        mark=Mark.READ,
        fails=lambda use: use.taker.answers_by_executive,
        says="The cabinet of {taker} answers for this function itself, and section 101(1A) allows "
        "no delegation to it by this section.",
        unknown="Nobody has recorded whether the cabinet of {taker} answers for this function.",
        instead=(table.DELEGATE_EXECUTIVE, table.JOIN_EXECUTIVES, *WITH_ANYBODY),
    ),
    Condition(
        key="no-executive-took-it-over",
        powers=(table.DELEGATE,),
        law_key="LGA1972-s101-1A-1D",
        mark=Mark.READ,
        fails=_ended_by_an_executive,
        says="An executive became responsible for this function after {giver} and {taker} agreed, "
        "and section 101(1B) ended the arrangement on that day.",
        instead=(table.DELEGATE_EXECUTIVE, table.JOIN_EXECUTIVES, *WITH_ANYBODY),
    ),
    Condition(
        key="an-executive-hands-it-over",
        powers=(table.DELEGATE_EXECUTIVE,),
        fails=lambda use: _denied(use.giver.has_an_executive),
        says="{giver} has no executive, and only an executive can hand over a function by this "
        "section.",
        unknown="Nobody has recorded whether {giver} has an executive.",
        instead=(table.DELEGATE, *WITH_ANYBODY),
    ),
    Condition(
        key="an-executive-function",
        powers=(table.DELEGATE_EXECUTIVE,),
        fails=lambda use: _denied(use.giver.by_executive),
        says="This is not a function of the executive of {giver}: its full council hands it over, "
        "by section 101 of the Local Government Act 1972.",
        unknown="Nobody has recorded whether this function belongs to the executive of {giver}.",
        instead=(table.DELEGATE, *WITH_ANYBODY),
    ),
    Condition(
        key="executives-on-both-sides",
        powers=OF_EXECUTIVES,
        fails=_lacks_an_executive,
        says="Not both of {giver} and {taker} have an executive, and this power is for executives.",
        unknown="Nobody has recorded whether {giver} and {taker} both have an executive.",
        instead=(table.DELEGATE_EXECUTIVE, table.DELEGATE, *WITH_ANYBODY),
    ),
    Condition(
        key="publicity-of-28-days",
        powers=(table.DELEGATE_EXECUTIVE, *OF_EXECUTIVES),
        law_key="SI2012-2089",
        mark=Mark.RECALLED,
        fails=_lacks_publicity,
        says="This is a key decision of {giver}, and 28 clear days' publicity of it is not "
        "recorded.",
        unknown="Nobody has recorded whether this is a key decision of {giver}, of which 28 clear "
        "days' publicity must be given.",
    ),
    Condition(
        key="superseded",
        powers=(table.JOIN_ONCE,),
        law_key="LGA2000-s20",
        mark=Mark.RECALLED,
        fails=lambda use: table.power(use.power).is_superseded,
        says="Section 9EB stands in the place of section 20 in England. A new agreement should "
        "name section 9EB.",
        instead=(table.JOIN_EXECUTIVES,),
    ),
    Condition(
        key="both-hold-the-function",
        powers=(table.DEFRAY,),
        fails=_not_held_by_both,
        says="{giver} and {taker} do not both hold this function, and councils can contribute "
        "only to what all of them could do.",
        unknown="Nobody has recorded whether {giver} and {taker} both hold this function.",
        instead=(table.DELEGATE_EXECUTIVE, table.DELEGATE, *WITH_ANYBODY),
    ),
    Condition(
        key="the-meeting-is-no-authority",
        powers=(*OF_COUNCILS, table.FOOTPATHS, table.VERGES),
        law_key="LGA1972-s270-1",
        mark=Mark.RECALLED,
        fails=lambda use: _lacks_a_council(use.taker),
        says="A parish meeting without a council is not a local authority, unless an order under "
        "section 109 gives it a council's powers. No such order is recorded for {taker}.",
        instead=WITH_ANYBODY,
    ),
    Condition(
        key="the-giving-meeting-is-no-authority",
        powers=OF_COUNCILS,
        law_key="LGA1972-s270-1",
        mark=Mark.RECALLED,
        fails=lambda use: _lacks_a_council(use.giver),
        says="A parish meeting without a council is not a local authority, unless an order under "
        "section 109 gives it a council's powers. No such order is recorded for {giver}.",
        instead=WITH_ANYBODY,
    ),
    Condition(
        key="the-employer-stays",
        powers=(table.LEND,),
        fails=lambda use: use.changes_employer,
        says="An officer placed at another council's disposal stays in the employment of {giver}. "
        "A change of employer is a transfer, and this section does not make it.",
        instead=(table.CONTRACT,),
    ),
    Condition(
        key="taker-is-a-public-body",
        powers=(table.TRADE,),
        fails=lambda use: use.taker.kind is Kind.OUTSIDE,
        says="{taker} is not a public body, and this Act is for supplies to public bodies.",
        instead=WITH_ANYBODY,
    ),
    Condition(
        key="taker-is-a-parish-council",
        powers=(table.FOOTPATHS, table.VERGES),
        fails=lambda use: use.taker.kind not in {*PARISHES, Kind.NOBODY},
        says="This power is a parish council's, and {taker} is not one.",
        instead=(table.DELEGATE_EXECUTIVE, *WITH_ANYBODY),
    ),
    Condition(
        key="the-service-is-covered",
        powers=(table.FOOTPATHS, table.VERGES),
        mark=Mark.RECALLED,
        fails=_is_not_theirs_by_law,
        says="Nothing recorded says that this service is one that a parish council may do by this "
        "power.",
        unknown="Nobody has said for which service this power would be used.",
        instead=(table.DELEGATE_EXECUTIVE, *WITH_ANYBODY),
    ),
    Condition(
        key="the-general-power-is-a-councils",
        powers=(table.COMPETENCE,),
        law_key="LA2011-s8",
        mark=Mark.READ,
        fails=_is_no_council,
        says="{taker} does not have the general power of competence: county and district councils "
        "have it, and parish councils that are eligible. Parish meetings, groups, charities and "
        "companies do not.",
        unknown="Nobody has recorded whether {taker} is a parish council. A parish meeting does "
        "not have the general power of competence.",
        instead=WITH_ANYBODY,
    ),
    Condition(
        key="the-parish-council-is-eligible",
        powers=(table.COMPETENCE,),
        law_key="SI2012-965",
        mark=Mark.READ,
        fails=_is_not_eligible,
        says="{taker} is not eligible for the general power of competence: it has not resolved "
        "that enough of its members were elected and that its clerk is qualified.",
        unknown="Nobody has recorded whether {taker} is eligible: whether it has resolved, since "
        "its last ordinary election, that enough of its members were elected and that its clerk is "
        "qualified.",
        instead=(table.FREE_RESOURCE, *WITH_ANYBODY),
    ),
    Condition(
        key="an-option-only",
        powers=(table.FREE_RESOURCE, table.COMPETENCE),
        mark=Mark.RECALLED,
        fails=lambda use: True,
        says="Whether {taker} may use this power for this has not been checked.",
    ),
)
