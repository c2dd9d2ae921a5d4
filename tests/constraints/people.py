"""Rules about people, the offices they hold, and how they sign in."""

from datetime import UTC, datetime, timedelta
from typing import Any

from tests.cast import Cast, person
from tests.constraints.breaking import APRIL, ENDS_FIRST, MARCH, Break, Whole, once, twice
from waywarden.county.people.models import Office, Person, SignInRule
from waywarden.county.signing_in.models import FirstRun, Link, SignIn, UsedCode

NOW = datetime(2027, 4, 1, 9, tzinfo=UTC)


def office_of(cast: Cast) -> dict[str, Any]:
    """Give the facts of an office that breaks no rule."""
    days = {"starts_on": MARCH, "ends_on": APRIL}
    return {"person": cast.bron, "body": cast.wychbourne_council, "kind": "clerk"} | days


def link(cast: Cast) -> dict[str, Any]:
    whose = {"person": cast.bron, "secret_hash": "0f", "browser_hash": "0f"}
    return whose | {"asked_at": NOW, "ends_at": NOW + timedelta(minutes=15)}


def used_code(cast: Cast) -> dict[str, Any]:
    return {"person": cast.bron, "code_hash": "0f", "used_at": NOW}


def sign_in(cast: Cast) -> dict[str, Any]:
    here = {"session_key": "a", "ways": "a link", "browser": "A browser"}
    return {"person": cast.bron, "began_at": NOW} | here


BROKEN: dict[str, Break] = {
    "one_person_for_each_email": lambda cast: (
        cast.bron,
        Person.objects.create_user("BRON@example.org", "Another Bron"),
    ),
    "office_ends_after_it_starts": lambda cast: Office.objects.create(
        **office_of(cast) | ENDS_FIRST
    ),
    "every_office_has_a_first_and_a_last_day": lambda cast: Office.objects.create(
        **office_of(cast) | {"ends_on": None}
    ),
    "an_office_begins_once": twice(Office, lambda cast: office_of(cast)),
    "SignInRule.body": twice(
        SignInRule,
        lambda cast: {"body": cast.wychbourne_council, "requires_second_factor": False},
    ),
    "a_link_ends_after_it_is_asked_for": once(Link, lambda cast: link(cast) | {"ends_at": NOW}),
    "Link.secret_hash": twice(Link, link),
    "a_code_opens_once": twice(UsedCode, used_code),
    "SignIn.session_key": twice(SignIn, sign_in),
    "a_site_has_one_first_officer": once(FirstRun, lambda cast: {"pk": 2, "at": NOW}),
    "Person.email": lambda cast: (
        cast.bron,
        Person.objects.create(email=person("Bron").email, shown_as="Another Bron"),
    ),
}
WHOLE: list[Whole] = [(Office, office_of), (Link, link), (UsedCode, used_code), (SignIn, sign_in)]
