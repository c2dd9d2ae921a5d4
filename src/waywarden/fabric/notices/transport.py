"""Where letters leave by: files unless a mail server is set, and never outside by accident.

A copy of a site, made to try something, holds the addresses of real clerks. So
nobody outside is written to unless SEND_MAIL_OUTSIDE=yes: what is meant for an
address not listed in ALLOWED_RECIPIENTS becomes a file.
"""

import hashlib
import os
import tempfile
from collections.abc import Sequence
from copy import copy
from datetime import UTC, datetime
from email.utils import getaddresses
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.backends.smtp import EmailBackend as SmtpBackend

from waywarden.fabric.notices.models import Notice

HELD = (
    "NOT SENT. This installation does not write to addresses outside "
    "(SEND_MAIL_OUTSIDE is not set to yes), and this one is not in ALLOWED_RECIPIENTS."
)


class ServerAway(Exception):
    """The mail server cannot be reached or does not let this site in; no letter is at fault."""


class GuardedBackend(BaseEmailBackend):
    """Django's way out for every letter of the site, whoever wrote it."""

    def __init__(self, fail_silently: bool = False, **options: Any) -> None:
        super().__init__(fail_silently=fail_silently)
        self._server: SmtpBackend | None = None
        self._is_kept_open = False

    def open(self) -> bool:
        """Keep the server for many letters from now on; it is reached when one needs it."""
        self._is_kept_open = True
        return True

    def close(self) -> None:
        if self._server:
            self._server.close()
        self._server = None

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        try:
            return sum(self._send(message) for message in email_messages)
        finally:
            if not self._is_kept_open:
                self.close()

    def _send(self, message: EmailMessage) -> int:
        went = way_of(message)
        message.went = went  # type: ignore[attr-defined]
        if went != Notice.Went.SERVER:
            write_file(message, banner=HELD if went == Notice.Went.HELD else "")
            return 1
        return self._connected().send_messages([message]) or 0

    def _connected(self) -> SmtpBackend:
        if self._server is None:
            server = SmtpBackend(fail_silently=self.fail_silently)
            try:
                server.open()
            except OSError as error:
                raise ServerAway(f"The mail server does not answer: {error}") from error
            self._server = server
        return self._server


def way_of(message: EmailMessage) -> str:
    """Say which way a letter leaves: the server, a file, or held back from outside."""
    if settings.EMAIL_HOST and all(may_be_sent(given) for given in message.recipients()):
        return Notice.Went.SERVER
    return Notice.Went.HELD if settings.EMAIL_HOST else Notice.Went.FILE


def may_be_sent(given: str) -> bool:
    """Whether a letter to this address may leave the house."""
    if settings.SEND_MAIL_OUTSIDE:
        return True
    found = [address.lower() for _, address in getaddresses([given])]
    if len(found) != 1 or "@" not in found[0]:
        return False
    domain = "@" + found[0].rpartition("@")[2]
    allowed = {each.lower() for each in settings.ALLOWED_RECIPIENTS}
    return found[0] in allowed or domain in allowed


def write_file(message: EmailMessage, *, banner: str = "") -> Path:
    """Write a letter into the mail folder, whole or not at all; sent again it is the same file."""
    whole = _under(banner, message).message()
    name = hashlib.sha256(str(whole["Message-ID"]).encode()).hexdigest()[:20]
    folder = Path(settings.MAIL_FOLDER)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    descriptor, made = tempfile.mkstemp(dir=folder)
    with os.fdopen(descriptor, "wb") as file:
        file.write(whole.as_bytes())
    os.replace(made, folder / f"{name}.eml")
    return folder / f"{name}.eml"


def files_before(moment: datetime) -> list[Path]:
    """List the letters that were written into the mail folder before a moment."""
    found = Path(settings.MAIL_FOLDER).glob("*")
    return [each for each in found if each.is_file() and _written_at(each) < moment]


def _written_at(file: Path) -> datetime:
    return datetime.fromtimestamp(file.stat().st_mtime, UTC)


def _under(banner: str, message: EmailMessage) -> EmailMessage:
    if not banner:
        return message
    marked = copy(message)
    marked.body = f"{banner}\n\n{message.body}"
    return marked
