"""What the pages of agreements show: each row from what whoever looks may know."""

from datetime import date
from typing import Any

from waywarden.arrangements.agreements import permissions, policies, queries
from waywarden.arrangements.agreements.facts import FOLLOWS, line_words, share_words
from waywarden.arrangements.agreements.lists import Row
from waywarden.arrangements.agreements.models import Agreement, Signature, Version
from waywarden.county.people.models import Office
from waywarden.fabric.common.wording import day
from waywarden.rules import clauses as wording
from waywarden.rules.agreements_moves import State

NEXT = {
    State.SENT: "Each party decides, and signs by its own office.",
    State.SIGNED_BY_SOME: "The parties that have not signed decide and sign.",
    State.EXECUTED: "Who handed over brings it into force, on its first day or later.",
}


def rows_for(acting: Office | None, *, on: date) -> list[Row]:
    """Return the agreements whoever looks may know of: in force for everybody, else their own."""
    found = []
    for each in queries.known_agreements():
        versions = sorted(each.versions.all(), key=lambda one: -one.number)
        bound = next((one for one in versions if queries.binds(one, on=on)), None)
        own = (one for one in versions if permissions.may_read_version(acting, one))
        newest = next(own, None)
        if newest:
            found.append(_of_version(each, newest, on))
        elif permissions.may_see_draft(acting, each):
            found.append(_of_draft(each))
        elif bound:
            found.append(_of_version(each, bound, on))
    return found


def versions_for(acting: Office | None, agreement: Agreement) -> list[Version]:
    """Return what whoever looks may read of what was sent, the newest first."""
    found = queries.versions_of(agreement)
    return [each for each in found if permissions.may_read_version(acting, each)]


def _of_version(agreement: Agreement, version: Version, on: date) -> Row:
    if not version.is_as_sent:
        return _altered(agreement, version)
    parties = version.facts["parties"]
    return Row(
        number=agreement.number,
        title=version.title,
        url=agreement.get_absolute_url(),
        state=state_of(version, on=on),
        giver=next(each["name"] for each in parties if each["is_giver"]),
        others=", ".join(each["name"] for each in parties if not each["is_giver"]),
        starts_on=version.in_force_on or date.fromisoformat(version.facts["terms"]["starts_on"]),
        last_on=version.last_on,
    )


def _altered(agreement: Agreement, version: Version) -> Row:
    """Name a version by what nobody typed: its words are not those that were sent."""
    return Row(
        number=agreement.number,
        title=agreement.number,
        url=agreement.get_absolute_url(),
        state="Altered",
        giver=agreement.body.name,
        others="",
        starts_on=version.in_force_on or version.sent_on,
        last_on=version.last_on,
    )


def _of_draft(agreement: Agreement) -> Row:
    return Row(
        number=agreement.number,
        title=agreement.title,
        url=agreement.get_absolute_url(),
        state=state_words(State.DRAFT),
        giver=agreement.body.name,
        others=", ".join(str(each) for each in agreement.parties.all() if not each.is_giver),
        starts_on=agreement.starts_on,
        last_on=agreement.ends_on,
    )


def state_words(state: State) -> str:
    """Say in a word or two how a version stands."""
    return state.replace("-", " ").capitalize()


def state_of(version: Version, *, on: date) -> str:
    """Say how a version stands on a day: also that it is in force only from another."""
    since = version.in_force_on
    if version.standing is State.IN_FORCE and since and since > on:
        return f"In force from {day(since)}"
    return state_words(version.standing)


def draft_of(agreement: Agreement) -> dict[str, Any]:
    """Return what the page shows of a draft, and what keeps it from being sent."""
    parties, lines = queries.parties_of(agreement), queries.lines_of(agreement)
    reliance, number = (
        queries.reliance_of(agreement, parties, lines),
        queries.next_number(agreement),
    )
    words = queries.words_of(agreement)
    paragraphs = wording.drafted(words)
    return {
        "open": len(wording.not_agreed(words)),
        "fields": len(wording.fields()),
        "parties": [(each, share_words(each.share_pence)) for each in parties],
        "lines": lines,
        "reliance": reliance,
        "confirmations": queries.confirmations_of(agreement, agreement.power),
        "paragraphs": [
            (each, any(row.field.key not in FOLLOWS for row in each.rows)) for each in paragraphs
        ],
        "obstacles": policies.obstacles_to_sending(
            agreement, parties, lines, reliance, number=number
        ),
    }


def inside_of(version: Version, acting: Office, *, on: date) -> dict[str, Any]:
    """Return what parties see of a version: all its words, who signed, and what they may do."""
    facts, signatures = version.facts, queries.signatures_of(version)
    signed, state = queries.signed_keys(version), version.standing
    is_waiting, binds = state in queries.WAITING, state in queries.BINDING
    is_for_party = permissions.may_act_for_a_party(acting, version)
    own = any(each.party == acting.body.key for each in signatures)
    writes = permissions.may_write(acting, version.agreement)
    return {
        "facts": facts,
        "schedule": [(each, line_words(each)) for each in facts["schedules"]],
        "shares": [
            (version.party_names[e["party"]], share_words(e["pence"])) for e in facts["shares"]
        ],
        "signatures": [(each, _may_confirm(version, each, acting)) for each in signatures],
        "missing": [name for key, name in version.party_names.items() if key not in signed],
        "warnings": policies.warnings_of(version, on=on),
        "next": NEXT.get(state, ""),
        "may_sign": is_waiting and not own and permissions.may_sign(acting, version),
        "may_name_decision": (
            state is State.EXECUTED and own and permissions.may_sign(acting, version)
        ),
        "may_add_paper": is_waiting and is_for_party,
        "may_start": state is State.EXECUTED and writes,
        "may_give_notice": state is State.IN_FORCE
        and is_for_party
        and queries.binds(version, on=on),
        "may_end": binds and writes and version.last_on < on,
        "may_withdraw": is_waiting and permissions.may_withdraw(acting, version),
    }


def _may_confirm(version: Version, paper: Signature, acting: Office) -> bool:
    return (
        paper.signed_at is None
        and permissions.may_act_for_a_party(acting, version)
        and not policies.obstacles_to_confirming_paper(version, paper, acting)
    )
