"""Rules about agreements: their drafts, versions and signatures."""

from datetime import timedelta
from typing import Any

from tests.cast import Cast
from tests.constraints.breaking import APRIL, NOON, Break, Whole, once, twice
from tests.constraints.papers import stored
from waywarden.arrangements.agreements.models import (
    Agreement,
    Confirmation,
    Line,
    Party,
    Signature,
    Version,
)
from waywarden.county.people.models import Office
from waywarden.fabric.documents.models import StoredFile

DAY = timedelta(days=1)


def agreement(cast: Cast, **facts: Any) -> dict[str, Any]:
    """Give the facts of a draft."""
    given = {"number": "OX-2027-0001-A", "title": "Grass", "starts_on": APRIL, "ends_on": APRIL}
    return given | {"body": cast.county_council} | facts


def _agreement(cast: Cast) -> Agreement:
    return Agreement.objects.first() or Agreement.objects.create(**agreement(cast))


def party(cast: Cast, **facts: Any) -> dict[str, Any]:
    """Give the facts of a party."""
    return {"agreement": _agreement(cast), "outside": "Friends"} | facts


def line(cast: Cast, **facts: Any) -> dict[str, Any]:
    """Give the facts of a service that is handed over."""
    lead = Party.objects.first() or Party.objects.create(**party(cast))
    given = {"agreement": _agreement(cast), "service": cast.service("DPS01"), "lead": lead}
    return given | {"area": cast.coldbrook, "starts_on": APRIL, "ends_on": APRIL} | facts


def confirmation(cast: Cast, **facts: Any) -> dict[str, Any]:
    """Give the facts of a warning that was confirmed."""
    given = {"power": "grant", "warning": "in-force", "says": "It is so", "given_on": APRIL}
    said = {"recorded_by": "Ada", "recorded_at": NOON}
    return {"agreement": _agreement(cast)} | given | said | facts


def version(cast: Cast, **facts: Any) -> dict[str, Any]:
    """Give the facts of a version that was sent."""
    given = {"number": 1, "facts_json": "{}", "hash": "0" * 64, "sent_at": NOON, "sent_by": "Ada"}
    return {"agreement": _agreement(cast), "last_on": APRIL} | given | facts


def signature(cast: Cast, **facts: Any) -> dict[str, Any]:
    """Give the facts of a signature."""
    of = Version.objects.first() or Version.objects.create(**version(cast))
    office = Office.objects.first() or cast.at_coldbrook
    given = {"party": "p", "way": "screen", "hash": "0" * 64, "reference": "12"} | {
        "decided_on": APRIL,
        "office": office,
    }
    return {"version": of, "added_at": NOON, "signed_at": NOON} | given | facts


def _two_givers(cast: Cast) -> None:
    Party.objects.create(**party(cast, is_giver=True))
    Party.objects.create(**party(cast, outside="Others", is_giver=True))


def _two_in_force(cast: Cast) -> None:
    for number in (1, 2):
        given = {"number": number, "state": "in-force", "in_force_on": APRIL}
        Version.objects.create(**version(cast, **given))


def _one_paper_for_two(cast: Cast) -> None:
    file = StoredFile.objects.create(**stored(cast))
    for party_key in ("one", "other"):
        given = {"party": party_key, "way": "paper", "signed_at": None, "file": file}
        Signature.objects.create(**signature(cast, **given))


BROKEN: dict[str, Break] = {
    "an_agreement_has_number_and_title": once(Agreement, lambda cast: agreement(cast, title="")),
    "an_agreement_ends_after_it_starts": once(
        Agreement, lambda cast: agreement(cast, ends_on=APRIL - DAY)
    ),
    "Agreement.number": twice(Agreement, agreement),
    "a_party_is_a_body_or_has_a_name": once(Party, lambda cast: party(cast, outside="")),
    "a_body_is_party_to_an_agreement_once": lambda cast: [
        Party.objects.create(**party(cast, outside="", body=cast.county_council)) for _ in "12"
    ],
    "a_name_is_party_to_an_agreement_once": twice(Party, party),
    "one_party_hands_over": _two_givers,
    "a_line_ends_after_it_starts": once(Line, lambda cast: line(cast, ends_on=APRIL - DAY)),
    "a_service_is_handed_over_once_in_an_area": twice(Line, line),
    "a_confirmed_warning_is_of_a_power": once(
        Confirmation, lambda cast: confirmation(cast, power="")
    ),
    "versions_of_an_agreement_are_numbered": twice(Version, version),
    "a_version_stands_in_a_known_state": once(Version, lambda cast: version(cast, state="lost")),
    "what_is_in_force_is_so_since_a_day": once(
        Version, lambda cast: version(cast, state="in-force")
    ),
    "a_version_ends_after_it_is_in_force": once(
        Version, lambda cast: version(cast, in_force_on=APRIL + DAY)
    ),
    "notice_is_given_by_somebody_on_a_day": once(
        Version, lambda cast: version(cast, notice_by="Ada")
    ),
    "one_version_of_an_agreement_is_in_force": _two_in_force,
    "a_party_signs_a_version_once": twice(Signature, signature),
    "a_paper_counts_once_somebody_has_confirmed_it": once(
        Signature, lambda cast: signature(cast, way="paper")
    ),
    "Signature.file": _one_paper_for_two,
    "a_signature_names_one_decision": once(Signature, lambda cast: signature(cast, reference="")),
}

WHOLE: list[Whole] = [
    (Agreement, agreement),
    (Party, party),
    (Line, line),
    (Confirmation, confirmation),
    (Version, version),
    (Signature, signature),
]
