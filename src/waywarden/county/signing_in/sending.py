"""The one way a link leaves this site."""

import logging
from collections.abc import Callable
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import send_mail
from django.http import HttpResponseRedirect
from django.template.loader import render_to_string

from waywarden.county.people.models import Person
from waywarden.fabric.notices.transport import ServerAway

log = logging.getLogger(__name__)


def send_link(*, to: Person, address: str) -> None:
    """Mail a link to the person it signs in.

    A mail that cannot be sent is the operator's to see: whoever asked must not
    learn from it whether the address is anybody's.
    """
    text = render_to_string("signing_in/link_mail.txt", {"address": address})
    try:
        send_mail("Your link to sign in", text, settings.DEFAULT_FROM_EMAIL, [to.email])
    except (ServerAway, OSError, SMTPException) as error:
        log.error("A link to sign in could not be mailed: %s", type(error).__name__)


class RedirectThen(HttpResponseRedirect):
    """Sends somebody on, then does the rest: how long that takes tells them nothing."""

    def __init__(self, to: str, then: Callable[[], None]) -> None:
        super().__init__(to)
        self._then = then

    def close(self) -> None:
        # The server calls this once the answer has been sent.
        super().close()
        self._then()
