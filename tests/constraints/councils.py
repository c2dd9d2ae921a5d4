"""Rules about bodies, their codes, contacts and successors."""

from typing import Any

from tests.cast import Cast
from tests.constraints.breaking import (
    APRIL,
    ENDS_FIRST,
    READ,
    UNSOURCED,
    UNSURE,
    Break,
    Whole,
    once,
    twice,
)
from waywarden.county.councils.models import Body, BodyCode, Contact, Succession


def body(cast: Cast) -> dict[str, Any]:
    return {"key": "a-body", "kind": "parish", "name": "A body"}


def code(cast: Cast) -> dict[str, Any]:
    return {"body": cast.coldbrook_council, "scheme": "gss", "code": "E04000001", "source": "Read"}


def web(cast: Cast) -> dict[str, Any]:
    return {"body": cast.coldbrook_council, "kind": "web", "value": "coldbrook.example"} | READ


def succession(cast: Cast) -> dict[str, Any]:
    bodies = {"predecessor": cast.coldbrook_council, "successor": cast.wychbourne_council}
    return bodies | {"on": APRIL, "source": "Read"}


BROKEN: dict[str, Break] = {
    "body_ends_after_it_starts": once(Body, lambda cast: body(cast) | ENDS_FIRST),
    "bodycode_ends_after_it_starts": once(BodyCode, lambda cast: code(cast) | ENDS_FIRST),
    "a_body_has_each_code_once": twice(BodyCode, code),
    "one_body_succeeds_another_once": twice(Succession, succession),
    "no_body_succeeds_itself": once(
        Succession, lambda cast: succession(cast) | {"successor": cast.coldbrook_council}
    ),
    "contact_names_its_source": once(Contact, lambda cast: web(cast) | UNSOURCED),
    "contact_has_a_known_confidence": once(Contact, lambda cast: web(cast) | UNSURE),
    "a_body_has_each_contact_once": twice(Contact, web),
    "Body.key": twice(Body, body),
}
WHOLE: list[Whole] = [(Body, body), (BodyCode, code), (Contact, web), (Succession, succession)]
