"""What an agreement says, put together when it is sent, and read from there ever after. Pure."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from waywarden.arrangements.agreements.models import Agreement, Line, Party
from waywarden.county.decisions.relying import Found, Reliance
from waywarden.fabric.common.wording import amount, day, pounds
from waywarden.rules import clauses as wording
from waywarden.rules.agreed_facts import Difference, differences
from waywarden.rules.clauses import NOT_AGREED
from waywarden.rules.notice import Notice
from waywarden.rules.powers import Recorded

#: Fields that follow from parties, services, days and power, and are not typed.
FOLLOWS = frozenset(
    {"giver", "parties", "lead", "power", "services", "service_leads", "quantities", "area"}
    | {"starts_on", "ends_on", "notice"}
)


def words_of(
    agreement: Agreement, parties: Sequence[Party], lines: Sequence[Line], power_name: str
) -> dict[str, str]:
    """Return the words of every field that is filled in: typed, or known from the rest of it."""
    known = {
        "giver": ", ".join(str(each) for each in parties if each.is_giver),
        "parties": ", ".join(str(each) for each in parties if not each.is_giver),
        "lead": ", ".join(str(each) for each in parties if each.is_lead),
        "power": power_name,
        "services": _listed(each.service.name for each in lines),
        "service_leads": "; ".join(f"{each}: {each.lead}" for each in lines),
        "quantities": "; ".join(f"{each}: {how_much(each)}" for each in lines),
        "area": _listed(each.area.name for each in lines),
        "starts_on": day(agreement.starts_on),
        "ends_on": day(agreement.ends_on),
        "notice": notice_of(agreement),
    }
    return agreement.clauses | known


def how_much(line: Line) -> str:
    """Say how much of a service is handed over."""
    if line.quantity_milli is None:
        return NOT_AGREED
    return amount(line.quantity_milli, line.service.unit)


def notice_of(agreement: Agreement) -> str:
    """Say how it ends by notice; blank where that is not agreed."""
    if agreement.notice_months is None:
        return ""
    months, at_year_end = agreement.notice_months, agreement.is_notice_to_year_end
    return Notice(months=months, at_year_end=at_year_end).sentence


def facts_of(
    agreement: Agreement,
    parties: Sequence[Party],
    lines: Sequence[Line],
    reliance: Reliance,
    *,
    number: int,
) -> dict[str, Any]:
    """Return all that a signature binds, as it stands in the draft now."""
    words = words_of(agreement, parties, lines, reliance.power.name)
    return {
        "number": agreement.number,
        "version": number,
        "parties": [_party(each) for each in parties],
        "power": _power(agreement, reliance),
        "terms": _terms(agreement, words),
        "schedules": [_line(each) for each in lines],
        "shares": [{"party": each.key, "pence": each.share_pence} for each in parties],
    }


def _party(party: Party) -> dict[str, Any]:
    return {
        "key": party.key,
        "name": str(party),
        "kind": party.body.get_kind_display() if party.body else "Not known here",
        "is_known_here": party.body is not None,
        "is_giver": party.is_giver,
        "is_lead": party.is_lead,
    }


def _power(agreement: Agreement, reliance: Reliance) -> dict[str, Any]:
    power = reliance.power
    return {
        "key": power.key,
        "name": power.name,
        "law": power.law.name if power.law else "",
        "records": [
            {"key": name, "asks": str(Recorded[name]), "says": says}
            for name, says in sorted(agreement.records.items())
            if says
        ],
        "confirmed": [_confirmed(each, reliance) for each in reliance.confirmed],
        "not_confirmed": [each.asks for each in reliance.warnings],
    }


def _confirmed(found: Found, reliance: Reliance) -> str:
    noted = " (Noted by another officer.)" if found.finding.key in reliance.noted else ""
    return f"{found.asks}{noted}"


def _terms(agreement: Agreement, words: Mapping[str, str]) -> dict[str, Any]:
    return {
        "title": agreement.title,
        "starts_on": agreement.starts_on,
        "ends_on": agreement.ends_on,
        "notice_months": agreement.notice_months,
        "is_notice_to_year_end": agreement.is_notice_to_year_end,
        "clauses": [
            {
                "number": each.number,
                "part": each.clause.part,
                "heading": each.clause.heading,
                "says": each.clause.says,
                "rows": [{"label": row.field.label, "says": row.says} for row in each.rows],
            }
            for each in wording.drafted(words)
        ],
    }


def _line(line: Line) -> dict[str, Any]:
    return {
        "service": line.service.name,
        "code": line.service.code,
        "area": line.area.name,
        "area_key": line.area.key,
        "quantity_milli": line.quantity_milli,
        "quantity": how_much(line),
        "standard": line.standard,
        "lead": str(line.lead),
        "lead_key": line.lead.key,
        "starts_on": line.starts_on,
        "ends_on": line.ends_on,
    }


def compared(one: Mapping[str, Any], other: Mapping[str, Any]) -> list[Difference]:
    """List where two versions differ, in people's words; whatever differs, something is listed."""
    bare = [{**facts, "version": None} for facts in (one, other)]
    return differences(readable(one), readable(other)) or differences(*bare)


def readable(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Return the facts by the words in which people speak of each, to compare two versions."""
    power, names = facts["power"], _apart(facts["parties"])
    found: dict[str, Any] = {"Title": facts["terms"]["title"], "Power": power["name"]}
    for each in facts["terms"]["clauses"]:
        clause = f"Clause {each['number']}, {each['heading']}"
        found[clause] = each["says"]
        found |= {f"{clause}: {row['label']}": row["says"] for row in each["rows"]}
    for each in facts["schedules"]:
        where = f"{each['service']}, {each['area']}, from {each['starts_on']}"
        where += f" ({each['code']}, {each['area_key']})" if where in found else ""
        found[where] = line_words({**each, "lead": names[each["lead_key"]]})
    for each in facts["parties"]:
        does = ", hands over" if each["is_giver"] else ", leads" if each["is_lead"] else ""
        found[f"Party: {names[each['key']]}"] = f"{each['kind']}{does}"
    for each in facts["shares"]:
        found[f"Pays in a year: {names[each['party']]}"] = share_words(each["pence"])
    for each in power["records"]:
        found[f"Recorded: {each['asks']}"] = each["says"]
    for lead, part in (("Confirmed", "confirmed"), ("Not confirmed", "not_confirmed")):
        found |= {f"{lead}: {says}": "yes" for says in power[part]}
    return found


def _apart(parties: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    """Return the names of parties by their keys, with the key where two have one name."""
    held = Counter(each["name"] for each in parties)
    return {
        each["key"]: f"{each['name']} ({each['key']})" if held[each["name"]] > 1 else each["name"]
        for each in parties
    }


def line_words(line: Mapping[str, Any]) -> str:
    """Say a line of the schedule in one sentence."""
    standard = f" Standard: {line['standard']}." if line["standard"] else ""
    days = f"{line['starts_on']} to {line['ends_on']}"
    return f"{line['quantity']}, by {line['lead']}, {days}.{standard}"


def share_words(pence: int | None) -> str:
    """Say what a party pays in a year."""
    return NOT_AGREED if pence is None else pounds(pence)


def _listed(names: Any) -> str:
    return ", ".join(dict.fromkeys(names))
