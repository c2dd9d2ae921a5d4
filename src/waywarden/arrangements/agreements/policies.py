"""What stands in the way of sending, signing and bringing into force, in words to act on."""

from collections.abc import Sequence
from datetime import date, timedelta

from waywarden.arrangements.agreements import queries
from waywarden.arrangements.agreements.models import Agreement, Line, Party, Signature, Version
from waywarden.county.councils.models import Body
from waywarden.county.decisions import relying
from waywarden.county.decisions.models import Decision
from waywarden.county.decisions.relying import Reliance
from waywarden.county.people.models import Office
from waywarden.fabric.common.wording import day
from waywarden.rules import agreement_decisions as deciding
from waywarden.rules.agreement_decisions import Decider, Side
from waywarden.rules.agreement_numbers import LAST_VERSION
from waywarden.rules.agreements_moves import State
from waywarden.rules.powers import Kind, Recorded
from waywarden.rules.powers.table import power as power_of

#: An agreement for longer than this is a day that was mistyped.
LONGEST = timedelta(days=366 * 125)
#: What a decision says that covers also the versions sent after it.
LATER_VERSIONS = "later versions"
LATER = (State.EXECUTED, State.IN_FORCE, State.UNDER_NOTICE, State.ENDED)
DECIDERS = {
    Decision.Kind.EXECUTIVE: Decider.EXECUTIVE,
    Decision.Kind.OFFICER: Decider.OFFICER,
}
OF_A_MEETING = {
    Kind.MEETING: Decider.PARISH_MEETING,
    Kind.PUBLIC: Decider.GOVERNING_BODY,
    Kind.OUTSIDE: Decider.GOVERNING_BODY,
}


def obstacles_to_days(starts_on: date, ends_on: date) -> list[str]:
    """List what is wrong with the first and last day of an agreement."""
    if ends_on < starts_on:
        return [f"It cannot end on {day(ends_on)}: it begins on {day(starts_on)}."]
    if ends_on - starts_on > LONGEST:
        years = LONGEST.days // 366
        return [
            f"It would run from {day(starts_on)} to {day(ends_on)}. Choose a last day within "
            f"{years} years of the first."
        ]
    return []


def obstacles_to_a_line(agreement: Agreement, starts_on: date, ends_on: date) -> list[str]:
    """List what is wrong with the days on which a service is handed over."""
    if ends_on < starts_on:
        return [f"The service cannot end on {day(ends_on)}: it begins on {day(starts_on)}."]
    if starts_on < agreement.starts_on or ends_on > agreement.ends_on:
        return [
            f"The agreement runs from {day(agreement.starts_on)} to {day(agreement.ends_on)}. "
            "Choose days within it."
        ]
    return []


def obstacles_to_two_deliverers(line: Line, others: Sequence[Line]) -> list[str]:
    """List where a service would be delivered by two at once in one area."""
    return [
        f"{each} is delivered by {each.lead} from {day(each.starts_on)} to {day(each.ends_on)}. "
        f"Choose other days for {line.lead}, or leave that out first."
        for each in others
        if each.pk != line.pk
        and each.lead_id != line.lead_id
        and (each.service_id, each.area_id) == (line.service_id, line.area_id)
        and each.starts_on <= line.ends_on
        and line.starts_on <= each.ends_on
    ]


def warnings_of_others(agreement: Agreement, rows: Sequence[queries.Handed]) -> list[str]:
    """List what another agreement in force hands over as well: it warns, and refuses nothing."""
    return [
        f"Another agreement in force hands over the same: {each}. Make sure that both are meant."
        for each in queries.handed_over_besides(agreement, rows)
    ]


def warnings_of(version: Version, *, on: date) -> list[str]:
    """List what warns whoever brings a version into force, and does not refuse."""
    soft = [
        each.says
        for signature in queries.signatures_of(version)
        for each in findings_of(version, signature, on=on)
        if not each.refuses
    ]
    rows = queries.rows_of(version.facts)
    return list(dict.fromkeys([*soft, *warnings_of_others(version.agreement, rows)]))


def obstacles_to_removing(party: Party) -> list[str]:
    """List what keeps a party in the draft."""
    if party.is_giver:
        return ["Whoever hands the services over stays a party. Withdraw the agreement instead."]
    led = [str(each) for each in party.leads.select_related("service", "area")]
    if led:
        return [f"{party} delivers {', '.join(led)}. Remove that first."]
    return []


def obstacles_to_sending(
    agreement: Agreement,
    parties: Sequence[Party],
    lines: Sequence[Line],
    reliance: Reliance | None,
    *,
    number: int,
) -> list[str]:
    """List what keeps a draft from being sent to be signed."""
    found = []
    if len(parties) < 2:
        found.append("Add who takes the services on: an agreement has two parties at least.")
    if not lines:
        found.append("Add a service that is handed over, with its area.")
    for each in lines:
        found += obstacles_to_a_line(agreement, each.starts_on, each.ends_on)
        found += obstacles_to_two_deliverers(each, [one for one in lines if one.pk > each.pk])
    if number > LAST_VERSION:
        found.append(f"{LAST_VERSION} versions were sent. Draft another agreement.")
    if reliance is None:
        return [*found, "Choose the power it rests on."]
    return found + _of_power(agreement, reliance)


def _of_power(agreement: Agreement, reliance: Reliance) -> list[str]:
    found = _of_law(reliance)
    missing = [
        each
        for each in queries.records_asked(agreement.power)
        if not agreement.records.get(each.name, "").strip()
    ]
    return found + [f"Not recorded yet: {each}. Say where it can be read." for each in missing]


def _of_law(reliance: Reliance) -> list[str]:
    instead = " or ".join(power.name for power in reliance.instead)
    open_instead = f" Open instead: {instead}." if instead else ""
    found = [f"{each.says}{_section(each)}{open_instead}" for each in reliance.refusals]
    return found + [each.says for each in reliance.unknown]


def _section(found: relying.Found) -> str:
    return f" ({found.finding.law.name}.)" if found.finding.law else ""


def obstacles_to_signing(version: Version, party: str) -> list[str]:
    """List what keeps a party from signing a version at all."""
    if party not in version.party_names:
        return ["Your body is no party to this version. Ask who sent it to add you."]
    if version.standing not in queries.WAITING:
        return [f"This version is not open to be signed. {version.standing.sentence}"]
    if any(each.party == party for each in queries.signatures_of(version)):
        return [f"{version.party_names[party]} has signed, or its paper waits to be confirmed."]
    return []


def obstacles_to_signing_for_both(version: Version, party: str, person: int) -> list[str]:
    """List what keeps a person from signing for who hands over and for who takes on as well."""
    giver = version.agreement.body.key
    own = [
        each
        for each in queries.signatures_of(version)
        if each.way == Signature.Way.SCREEN and each.office.person_id == person
    ]
    if not any((each.party == giver) != (party == giver) for each in own):
        return []
    return [f"You signed for {own[0].party_name}. Let another person sign for the other side."]


def obstacles_to_naming(version: Version, body: Body) -> list[str]:
    """List what keeps a party from naming another decision than it signed by."""
    if version.standing is not State.EXECUTED:
        return [f"Another decision is named once all have signed. {version.standing.sentence}"]
    if body.key not in version.known_keys:
        return [f"{body} is no party to this version."]
    return []


def obstacles_to_adding_paper(version: Version, party: str, by: Office) -> list[str]:
    """List what keeps an officer from adding the paper of a party."""
    if party not in version.party_names:
        return ["Choose one of the parties."]
    name, giver = version.party_names[party], version.agreement.body
    is_known = party in version.known_keys
    if is_known and by.body.key != party:
        return [f"{name} adds its own paper: ask one of its officers."]
    if not is_known and by.body_id != giver.pk:
        return [f"{giver} adds the paper of {name}, which has no office here."]
    return []


def parties_whose_paper(version: Version, by: Office) -> dict[str, str]:
    """Return the parties whose paper an officer adds, by their keys."""
    names = version.party_names
    return {key: names[key] for key in names if not obstacles_to_adding_paper(version, key, by)}


def obstacles_to_confirming_paper(version: Version, paper: Signature, by: Office) -> list[str]:
    """List what keeps an officer from confirming a paper."""
    if by.person_id == paper.office.person_id:
        return ["You added this paper yourself. Another person confirms it."]
    if paper.party in version.known_keys and by.body.key == paper.party:
        return [f"{paper.party_name} added it. An officer of another party confirms it."]
    if version.standing not in queries.WAITING:
        return [f"This version is not open to be signed. {version.standing.sentence}"]
    return []


def obstacles_to_relying_on(
    decision: Decision, body: Body, *, conditions_met: str, on: date
) -> list[str]:
    """List why a body cannot sign by a decision of its own."""
    called = f"{decision.reference or decision.title}"
    if decision.body_id != body.pk:
        return [f"{called} is not a decision of {body}."]
    if decision.is_withdrawn:
        return [f"{called} was withdrawn. Sign by another decision."]
    if decision.status == Decision.Status.CALLED_IN:
        return [f"{called} was called in. It acts only once it is confirmed."]
    if decision.outcome != Decision.Outcome.AGREED or decision.stated_on is None:
        return [f"By {called} it is not agreed. Sign by a decision that agrees to it."]
    if decision.stated_on > on:
        return [f"{called} is of {day(decision.stated_on)}: that day has not come."]
    if decision.call_in_ends_on and on <= decision.call_in_ends_on:
        return [f"{called} can be called in until {day(decision.call_in_ends_on)}. Sign then."]
    if decision.conditions and not conditions_met.strip():
        return [f"{called} agrees on conditions. Say how they were met, then sign."]
    return []


def obstacles_to_starting(
    version: Version, signatures: Sequence[Signature], *, on: date
) -> list[str]:
    """List what keeps a version that all have signed from being brought into force.

    That may be done before its first day. Nothing is in force before the day on which it is done:
    no agreement is dated back.
    """
    names, signed = version.party_names, queries.signed_keys(version)
    found = [f"{names[key]} has not signed this version." for key in names if key not in signed]
    found += [
        f"Version {each.number} was signed by all after it. Bring that into force."
        for each in queries.versions_of(version.agreement)
        if each.number > version.number and each.standing in LATER
    ]
    if on > version.last_on:
        found.append(f"Its last day, {day(version.last_on)}, has passed. Send another version.")
    found += _of_law(queries.reliance_of_version(version))
    return found or _of_decisions(version, signatures, on)


def _of_decisions(version: Version, signatures: Sequence[Signature], on: date) -> list[str]:
    """List which decisions no longer let the parties be bound."""
    found = [says for each in signatures for says in obstacles_to_word(version, each, on=on)]
    return list(dict.fromkeys(found))


def obstacles_to_word(version: Version, signature: Signature, *, on: date) -> list[str]:
    """List why a party cannot sign, or stay bound, by the decision its signature names."""
    decision, body = signature.decision, body_of(version, signature.party)
    if body is None and decision is None:
        found = _of_reference(version, signature, on)
    elif body is None:
        found = [f"Name the decision of {signature.party_name} in words: it records none here."]
    elif decision is None:
        found = [f"Record the decision of {body} first, then sign by it."]
    elif signature.reference or signature.decided_on:
        found = [f"Choose the decision of {body} alone: it is recorded here."]
    else:
        met = signature.conditions_met
        found = obstacles_to_relying_on(decision, body, conditions_met=met, on=on)
        found = found or obstacles_to_covering(version, decision)
    refused = [each.says for each in findings_of(version, signature, on=on) if each.refuses]
    return found or refused


def _of_reference(version: Version, signature: Signature, on: date) -> list[str]:
    day_said = signature.decided_on
    if signature.reference.strip() and day_said and day_said <= on:
        return []
    return [f"Name the decision of {signature.party_name} and its day, which has come."]


def obstacles_to_covering(version: Version, decision: Decision) -> list[str]:
    """List why a decision is not one about a version of an agreement."""
    number, words = version.agreement.number, f"{decision.title} {decision.text}".lower()
    called = decision.reference or decision.title
    if number.lower() not in words:
        return [f"{called} does not name {number}. Sign by a decision whose words name it."]
    on = decision.stated_on
    if version.number == 1 or LATER_VERSIONS in words or (on and on >= version.sent_on):
        return []
    return [
        f"{called} was decided before version {version.number} was sent. Let it be decided again: "
        f"only a decision that says “and {LATER_VERSIONS}” covers them."
    ]


def findings_of(version: Version, signature: Signature, *, on: date) -> list[deciding.Finding]:
    """List what is found of the decisions of a party: by the one it names, and by its last."""
    side, body = side_of(version, signature.party), body_of(version, signature.party)
    named = _as_rules_say(side, signature)
    held = queries.decisions_about(version.agreement, body) if body else []
    said = [_as_recorded(side, each) for each in held] or [named]
    found = [
        each
        for ones in ([named], said)
        for each in deciding.findings_of(side, ones, digest=version.hash, on=on)
    ]
    return list(dict.fromkeys(found))


def warnings_to_signing(version: Version, signature: Signature, *, on: date) -> list[str]:
    """List what warns whoever signs by a decision, and does not refuse."""
    soft = [each.says for each in findings_of(version, signature, on=on) if not each.refuses]
    interests = queries.interests_in(signature.decision) if signature.decision else ""
    return [*filter(None, [interests]), *soft]


def body_of(version: Version, party: str) -> Body | None:
    """Return the body that is a party; none of a group or company that is not known here."""
    if party not in version.known_keys:
        return None
    return Body.objects.filter(key=party).first()


def side_of(version: Version, party: str) -> Side:
    """Return a party as the rules of decisions ask about it."""
    said = next(each for each in version.facts["parties"] if each["key"] == party)
    body = body_of(version, party)
    kind = relying.kind_of(body.kind) if body else Kind.OUTSIDE
    needs = power_of(version.facts["power"]["key"]).needs
    asked = Recorded.EXECUTIVE_DECISION if said["is_giver"] else Recorded.OTHER_EXECUTIVE_DECISION
    return Side(said["name"], kind, by_executive=asked in needs and kind is Kind.PRINCIPAL)


def _as_rules_say(side: Side, signature: Signature) -> deciding.Decision:
    if signature.decision:
        return _as_recorded(side, signature.decision)
    return deciding.Decision(
        party=side.name,
        decider=OF_A_MEETING.get(side.kind, Decider.FULL_COUNCIL),
        reference=signature.reference,
        decided_on=signature.decided_on or date.min,
    )


def _as_recorded(side: Side, one: Decision) -> deciding.Decision:
    vote, council = one.vote, OF_A_MEETING.get(side.kind, Decider.FULL_COUNCIL)
    return deciding.Decision(
        party=side.name,
        decider=DECIDERS.get(Decision.Kind(one.kind), council),
        reference=one.reference,
        decided_on=one.stated_on or date.min,
        is_yes=one.outcome == Decision.Outcome.AGREED,
        call_in_ends_on=one.call_in_ends_on,
        was_called_in=one.status == Decision.Status.CALLED_IN,
        # Minutes often count nobody: what was counted must have been a quorum.
        was_quorate=vote.is_quorate if vote else True,
    )
