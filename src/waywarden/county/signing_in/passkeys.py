"""Passkeys: what a browser is asked for, and whether its answer is right.

Each passkey asks its owner for a finger, a face or a PIN, so it proves in two
ways at once who they are: something they have, and something they are or know.
"""

import json
from typing import Any

from allauth.core.context import request_context
from allauth.mfa.webauthn.internal import auth
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from waywarden.county.people.models import Person
from waywarden.fabric.common.refusals import Refusal

Json = dict[str, Any]


class PasskeyRefused(Refusal):
    """A passkey that does not fit; the message says what to do."""


NOT_KNOWN = PasskeyRefused("That passkey could not be used here. Sign in another way.")


def ask_to_sign_in(request: HttpRequest, person: Person | None) -> Json:
    """Return what to ask a browser for: a passkey of one person, or of anybody."""
    with request_context(request):
        return auth.begin_authentication(person)


def who_signs_in(request: HttpRequest, person: Person | None) -> Person:
    """Return whose passkey was sent; refuse what is not known, not asked for, or not theirs."""
    try:
        with request_context(request):
            credential = json.loads(request.POST["credential"])
            found = person or auth.extract_user_from_response(credential)
            if not isinstance(found, Person) or not found.is_active:
                raise NOT_KNOWN
            auth.complete_authentication(found, credential).record_usage()
    except (
        ValidationError,
        ValueError,
        TypeError,
        KeyError,
        AttributeError,
        RecursionError,
    ) as error:
        raise NOT_KNOWN from error
    return found


def ask_to_make(request: HttpRequest, person: Person) -> Json:
    """Return what to ask a browser to make."""
    with request_context(request):
        return auth.begin_registration(person, passwordless=True)


def check_made(request: HttpRequest, credential: Json) -> None:
    """Refuse a passkey that is not what was asked for."""
    try:
        with request_context(request):
            auth.parse_registration_response(credential)
            auth.complete_registration(credential)
    except (ValidationError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise PasskeyRefused(
            "That passkey could not be kept. Try again, or set up codes of an app instead."
        ) from error
