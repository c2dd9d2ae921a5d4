"""What it takes to tell somebody something: plain values, refused when they could do harm."""

import unicodedata
from dataclasses import dataclass
from functools import cache

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.module_loading import import_string

from waywarden.fabric.common.refusals import Refusal

MOST_IN_A_LINE = 200


class CannotTell(Refusal):
    """A notice that must not be written; the message says why."""


@dataclass(frozen=True)
class Topic:
    """What a notice is about; people choose for each topic how they want to be told.

    Every topic stands in the setting NOTICE_TOPICS. An essential one (a way to
    sign in, an invitation) cannot be put off or turned off. What is said of a
    secret one holds a key, so it is erased here once it has been sent.
    """

    key: str
    name: str
    is_essential: bool = False
    is_secret: bool = False


@dataclass(frozen=True)
class Recipient:
    """Who is told: a stable key without personal meaning, their address and the name to show."""

    key: str
    email: str
    shown_as: str

    def __post_init__(self) -> None:
        _one_line(self.shown_as, "A name")
        _address(self.email)


@dataclass(frozen=True)
class Says:
    """What a notice says: its subject line, plain text, and the page where one can act on it.

    The link is a path of this site, such as "/account/". Put no secret into a
    subject: it is read on lock screens.
    """

    subject: str
    text: str
    link: str = ""

    def __post_init__(self) -> None:
        _one_line(self.subject, "A subject")
        if not self.subject.strip() or not self.text.strip():
            raise CannotTell("A notice needs a subject and a text.")
        if self.link and not (self.link.startswith("/") and not self.link.startswith("//")):
            raise CannotTell("A notice can only link to a page of this site: begin with one slash.")
        _one_line(self.link, "A link", most=500)


def check_reply_to(address: str) -> None:
    """Refuse an address for answers that is none; nothing given is no fault."""
    if address:
        _address(address)


def _one_line(text: str, what: str, most: int = MOST_IN_A_LINE) -> None:
    # A line break in a header begins another header: "Bcc:" with whom they please.
    if any(unicodedata.category(sign) in ("Cc", "Zl", "Zp", "Cs") for sign in text):
        raise CannotTell(f"{what} in a notice cannot hold a line break or a control character.")
    if len(text) > most:
        raise CannotTell(f"{what} in a notice can have {most} characters at most.")


def _address(address: str) -> None:
    try:
        validate_email(address)
    except ValidationError as error:
        raise CannotTell("A notice needs an e-mail address such as clerk@example.org.") from error


@cache
def _topics(paths: tuple[str, ...]) -> dict[str, Topic]:
    found: list[Topic] = [import_string(path) for path in paths]
    return {topic.key: topic for topic in found}


def topics() -> dict[str, Topic]:
    """Return every topic of the site by its key, in the order of the settings."""
    return _topics(tuple(settings.NOTICE_TOPICS))


INVITATIONS = Topic(
    "invitations", "Invitations to take up an office", is_essential=True, is_secret=True
)
OFFICES = Topic("offices", "Offices given, handed over and ended in your council")
#: What a digest is about: it is made of notices that were put off.
DIGEST = Topic("digest", "What you asked to hear once a day or week")


def stoppable() -> dict[str, Topic]:
    """Return what somebody may stop being told of at one click, by its key."""
    found = {key: topic for key, topic in topics().items() if not topic.is_essential}
    return found | {DIGEST.key: DIGEST}
