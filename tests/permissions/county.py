"""The county the matrix is asked in: everybody who may ask, and what each is to a body."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.test import Client
from django.utils.timezone import localdate

from tests.cast import Cast, introduce, person
from tests.permissions.policy import Role
from tests.plans import kept
from waywarden.county.councils.models import Body
from waywarden.county.people.acting import TWO_WAYS
from waywarden.county.people.models import Office, Person
from waywarden.county.signing_in.entering import CAME
from waywarden.county.signing_in.middleware import SEEN
from waywarden.devolution.letters import actions as letters
from waywarden.devolution.letters.bundling import make_letters
from waywarden.devolution.plans.models import PlanRun

#: What each is at home, and what they are to the other parish.
ELSEWHERE = {
    Role.CLERK: Role.OTHER_CLERK,
    Role.OFFICER: Role.OTHER_OFFICER,
    Role.COUNCILLOR: Role.OTHER_COUNCILLOR,
    Role.OPERATIVE: Role.OTHER_COUNCILLOR,
    Role.ENDED: Role.NO_OFFICE,
    Role.TOMORROW: Role.NO_OFFICE,
}


#: Those who have signed in without the second proof.
UNPROVEN = (Role.UNPROVEN, Role.OPERATOR_UNPROVEN)


@dataclass
class County:
    """The cast, with somebody in every role, each with a session of their own."""

    cast: Cast
    people: dict[str, Person | None] = field(default_factory=dict)
    #: What somebody is in their own body, and which that is.
    at_home: dict[str, tuple[Role, Body | None]] = field(default_factory=dict)
    sessions: dict[str, str] = field(default_factory=dict)
    #: What addresses name: by the kind of thing and the key of the body.
    planted: dict[tuple[str, str], object] = field(default_factory=dict)

    @property
    def bodies(self) -> list[Body]:
        """The two parishes that must not look into one another."""
        return [self.cast.wychbourne_council, self.cast.coldbrook_council]

    def role(self, name: str, body: Body) -> Role:
        """Say what somebody is to a body."""
        role, home = self.at_home[name]
        return role if home in (None, body) else ELSEWHERE.get(role, role)

    def browser(self, name: str, **options: bool) -> Client:
        """Give a fresh browser in which somebody has signed in."""
        client = Client(**options)
        client.raise_request_exception = False
        if name in self.sessions:
            client.cookies[settings.SESSION_COOKIE_NAME] = self.sessions[name]
        return client

    def office(self, name: str) -> Office | None:
        """Give the office somebody acts in today, if they hold one and it is open to them."""
        if self.at_home[name][0] is Role.UNPROVEN:
            return None
        # Asked plainly: the words of the product may be taken away while leaks are seeded.
        today = localdate()
        held = Office._base_manager.filter(starts_on__lte=today, ends_on__gte=today)
        return held.filter(person=self.people[name]).order_by("pk").first()

    def enter(self, name: str, role: Role, home: Body | None) -> None:
        """Let somebody ask, in a role they have already been given."""
        self.people[name] = None if role is Role.VISITOR else person(name)
        self.at_home[name] = (role, home)
        if found := self.people[name]:
            self.sessions[name] = session_of(found, is_proved=role not in UNPROVEN)


def session_of(holder: Person, *, is_proved: bool) -> str:
    """Sign somebody in, with the second step or without it; give the key of their session."""
    session = SessionStore()
    session[SESSION_KEY] = str(holder.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[-1]
    session[HASH_SESSION_KEY] = holder.get_session_auth_hash()
    session[TWO_WAYS] = is_proved
    session[CAME] = session[SEEN] = datetime.now(UTC).timestamp()
    session.create()
    return str(session.session_key)


def fill() -> County:
    """Record the cast, a plan, and somebody in every role."""
    cast = introduce()
    amounts = zip(cast.places, (500, 2000, 9000, 40_000, 170_000), strict=True)
    cast.record(*(cast.quantity(place, "DPS01", amount) for place, amount in amounts))
    _keep_letters(kept.keep_for(cast), cast)
    county, today = County(cast), localdate()
    _give_offices(cast, today)
    town, parish = cast.wychbourne_council, cast.coldbrook_council
    for name, role, home in (
        ("Nobody", Role.VISITOR, None),
        ("Dot", Role.NO_OFFICE, None),
        ("Bron", Role.CLERK, town),
        ("Una", Role.UNPROVEN, town),
        ("Fay", Role.OFFICER, town),
        ("Lou", Role.COUNCILLOR, town),
        ("Kit", Role.OPERATIVE, town),
        ("Eve", Role.ENDED, town),
        ("Tom", Role.TOMORROW, town),
        ("Colm", Role.CLERK, parish),
        ("Dee", Role.DISTRICT, None),
        ("Ada", Role.COUNTY, None),
        ("Mel", Role.OTHER_COUNCILLOR, None),
        ("Opal", Role.OPERATOR, None),
        ("Olga", Role.LOOKING_IN, None),
        ("Otto", Role.OPERATOR_UNPROVEN, None),
    ):
        county.enter(name, role, home)
    return county


def _keep_letters(run: PlanRun, cast: Cast) -> None:
    letters.ask_for_letters(run=run, begin=make_letters.call, by=cast.by, today=cast.today)


def _give_offices(cast: Cast, today: date) -> None:
    town, day = cast.wychbourne_council, timedelta(days=1)
    give: Callable[[str, Body, str], Office] = lambda name, body, kind: cast.office(  # noqa: E731
        person(name), body, kind
    )
    give("Bron", town, "clerk")
    give("Una", town, "deputy-clerk")
    give("Fay", town, "finance-officer")
    give("Lou", town, "councillor")
    give("Kit", town, "operative")
    give("Colm", cast.coldbrook_council, "clerk")
    give("Dee", cast.marlshire_council, "officer")
    give("Ada", cast.county_council, "partnerships-officer")
    give("Mel", cast.county_council, "councillor")
    Office.objects.filter(pk=give("Eve", town, "clerk").pk).update(ends_on=today - day)
    Office.objects.filter(pk=give("Tom", town, "clerk").pk).update(starts_on=today + day)
    for name in ("Opal", "Olga", "Otto"):
        Person.objects.filter(pk=person(name).pk).update(is_operator=True)
