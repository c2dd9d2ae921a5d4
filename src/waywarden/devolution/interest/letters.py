"""What is written to whoever asks to run a service: short, each with a link of its own."""

from collections.abc import Callable
from datetime import date

from django.urls import reverse

from waywarden.devolution.interest.models import Expression
from waywarden.fabric.common.wording import day
from waywarden.fabric.notices.telling import Says, Topic
from waywarden.rules.challenge import PROMISE

#: Each letter holds a private link, so that its words are erased once it was sent.
INTEREST = Topic("interest", "What you asked to run", is_secret=True)
#: Nothing that a visitor typed stands in a letter: it could be sent to anybody.
PRIVATE = "The link below is private: whoever has it can read what you wrote. No account is needed."


SIGN_IN = "Sign in to read it: it was written in the office of your council or group."
#: A subject and the words below it, as each of the functions here gives them.
Words = tuple[str, str]


def letter(of: Expression, said: Words, token: str) -> Says:
    """Put words into a letter, with its private link; to a body's office it leads to the page."""
    subject, words = said
    if of.body_id is not None:
        return Says(subject, f"{words}\n\n{SIGN_IN}", of.get_absolute_url())
    link = reverse("interest:by-link", args=[token])
    return Says(subject, f"{words}\n\n{PRIVATE}", link)


def begun(of: Expression) -> Words:
    """Bring the link by which an expression is taken up again."""
    words = (
        "Somebody gave this address while asking to run a local service. If it was you, carry on "
        "whenever you like: nothing is sent until you press send. If it was not you, do nothing."
    )
    return "Carry on asking to run a service", words


def sent(of: Expression) -> Words:
    """Confirm that it has arrived."""
    return "We have what you asked to run", f"{of.asked_of} has what you sent. {PROMISE}"


def named_host(of: Expression, token: str) -> Says:
    """Tell a host that it was named, with a link by which it agrees or declines."""
    words = (
        f"Somebody who asks {of.asked_of} to run a local service has named you as their host: "
        "whoever signs an agreement for them and holds the money. You are bound to nothing. "
        "Please say by the link below whether you would.\n\nThe link is private: whoever has it "
        "can read what they ask and answer for you. It works until they name another host or take "
        "it back. No account is needed. If you know nothing of "
        f"it, say that you cannot, or reply to this letter to reach {of.asked_of}."
    )
    return Says("You were named as a host", words, reverse("interest:by-host-link", args=[token]))


def host_answered(of: Expression) -> Words:
    """Say that the host has answered."""
    said = "The host you named has answered. What it says stands on your page."
    return "Your host has answered", said


def coordinated(of: Expression) -> Words:
    """Say who answers from now on."""
    office = of.coordinator
    named = f"{office.person.shown_as}, the {office}" if office else "not named"
    words = f"Your co-ordinator is {named}. Reply to this letter to reach them."
    return "You have a co-ordinator", words


def news(of: Expression) -> Words:
    """Say that there is something to read."""
    words = f"{of.asked_of} has written something for you about what you asked to run."
    return "There is news about what you asked to run", words


def decided(of: Expression) -> Words:
    """Say what was decided; the reasons stand on the page."""
    until = f" until {day(of.deferred_until)}" if of.deferred_until else ""
    words = (
        f"What you asked {of.asked_of} is: {of.get_outcome_display().lower()}{until}. The reasons "
        "are on your page."
    )
    return "There is a decision on what you asked to run", words


def forgotten_soon(on: date) -> Callable[[Expression], Words]:
    """Give the letter that what was begun is forgotten on a day, unless it is taken up again."""
    words = (
        "Somebody who gave this address began to ask to run a local service and has not sent it. "
        f"It is forgotten on {day(on)}, with its papers. To keep it, change something in it, or "
        "send it. If it is no longer wanted, do nothing."
    )
    return lambda of: ("What you began to ask is forgotten soon", words)
