"""Who is asking, and for which body: read once for each request, from offices in force today.

A person may hold several offices. They act in one at a time: it is shown on
every page, sent with every form, and a form that was opened in another office
is not accepted (see `gate.py`).
"""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.functional import cached_property
from django.utils.timezone import localdate

from waywarden.county.people.models import Office, Person, requires_second_factor
from waywarden.fabric.common.subjects import Actor

#: Where a session keeps the office chosen.
CHOSEN = "acting_office"
#: Where a session keeps that whoever signed in has proved in two ways who they are.
TWO_WAYS = "proved_in_two_ways"
VISITOR = Actor("visitor", "A visitor")


class Asking:
    """Who makes a request: the person, the offices they hold today, and the one they act in."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request

    @cached_property
    def person(self) -> Person | None:
        """Whoever has signed in; nobody else."""
        user = self._request.user
        return user if isinstance(user, Person) else None

    @cached_property
    def held(self) -> list[Office]:
        """The offices they hold today, by name of body and office, whether open yet or not."""
        if self.person is None:
            return []
        held = Office.objects.held_by(self.person).as_of(localdate())
        found = held.select_related("person", "body__sign_in_rule")
        return sorted(found, key=lambda office: (office.body.name, office.title))

    @cached_property
    def offices(self) -> list[Office]:
        """The offices they may act in: none that asks for a second step they have not taken."""
        return [office for office in self.held if office not in self.waiting]

    @property
    def is_proved(self) -> bool:
        """Whether they have proved in a second way who they are."""
        return bool(self._request.session.get(TWO_WAYS))

    @property
    def is_operator(self) -> bool:
        """Whether they look after this installation, and have proved that it is they."""
        return self.person is not None and self.person.is_operator and self.is_proved

    @cached_property
    def waiting(self) -> list[Office]:
        """The offices that open once they have proved in a second way who they are."""
        if self.is_proved:
            return []
        return [office for office in self.held if requires_second_factor(office.body)]

    @cached_property
    def acting(self) -> Office | None:
        """The office they act in: the one chosen, else the one given first; none without one.

        An office given later never takes the place of one they act in unasked.
        """
        chosen = self._request.session.get(CHOSEN)
        in_turn = sorted(self.offices, key=lambda office: (office.pk != chosen, office.pk))
        return in_turn[0] if in_turn else None

    def as_if_in(self, office: Office) -> "Asking":
        """Give the same person as they would be in another of their offices."""
        other = Asking(self._request)
        other.held, other.acting = self.held, office
        return other

    @property
    def by(self) -> Actor:
        """Who it is, for the journal."""
        if self.acting:
            return self.acting.actor
        return self.person.actor if self.person else VISITOR


class AskingMiddleware:
    """Puts `request.asking` on every request; it asks the database only when it is read."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        ask_anew(request)
        return self.get_response(request)


def ask_anew(request: HttpRequest) -> None:
    """Forget what was worked out of who asks: they have just proved more, or are somebody else."""
    request.asking = Asking(request)  # type: ignore[attr-defined]


def asking(request: HttpRequest) -> Asking:
    """Return who makes a request."""
    found: Asking = request.asking  # type: ignore[attr-defined]
    return found


def office_of(request: HttpRequest) -> Office:
    """Return the office somebody acts in, behind a gate that lets in nobody without one."""
    acting = asking(request).acting
    if acting is None:
        raise LookupError("Nobody without an office comes here.")
    return acting
