"""What a person at a browser does to sign in, for the tests of it."""

from __future__ import annotations

import re
import time

from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
)
from django.core import mail
from django.test import Client

from waywarden.county.people.models import Person

STEP = 30


def ask(browser: Client, email: str) -> None:
    """Ask for a link."""
    answer = browser.post("/sign-in/", {"email": email})
    assert (answer.status_code, answer["Location"]) == (302, "/sign-in/link-sent/")


def mailed() -> str:
    """Give the address of the link that was mailed last."""
    found = re.search(r"http://localhost:8000(/sign-in/link/\S+/)", str(mail.outbox[-1].body))
    assert found
    return found[1]


def sign_in(browser: Client, email: str) -> str:
    """Sign in by a link; gives where that leads."""
    ask(browser, email)
    answer = browser.post(mailed())
    assert answer.status_code == 302, answer.status_code
    return str(answer["Location"])


def app_of(person: Person) -> str:
    """Let somebody have an app that gives codes; gives its secret."""
    secret = generate_totp_secret()
    TOTP.activate(person, secret)
    return secret


def code_of(secret: str, later: int = 0) -> str:
    """Give the code an app shows now, or so many half minutes later."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // STEP + later))
