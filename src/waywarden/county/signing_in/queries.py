"""How somebody can prove who they are, and where they have signed in."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from allauth.mfa.models import Authenticator
from cryptography.fernet import InvalidToken
from django.conf import settings
from django.contrib.sessions.models import Session

from waywarden.county.people.models import Person
from waywarden.county.signing_in.models import FirstRun, SignIn

Type = Authenticator.Type


@dataclass(frozen=True)
class Steps:
    """What somebody has set up besides their mailbox."""

    app: Authenticator | None
    passkeys: list[Authenticator]
    codes: Authenticator | None

    @property
    def all(self) -> list[Authenticator]:
        """What can be a second step; recovery codes only stand in for one."""
        return [*self.passkeys, *([self.app] if self.app else [])]

    @property
    def are_set_up(self) -> bool:
        """Whether there is a second step."""
        return bool(self.all)

    @property
    def codes_left(self) -> int:
        """How many recovery codes have not been used."""
        try:
            return len(self.codes.wrap().get_unused_codes()) if self.codes else 0
        except InvalidToken:  # sealed with a secret that this site has no more
            return 0


def steps_of(person: Person) -> Steps:
    """Return what somebody has set up besides their mailbox."""
    found = list(Authenticator.objects.filter(user=person).order_by("created_at", "pk"))
    of_kind = {kind: [step for step in found if step.type == kind] for kind in Type.values}
    app, codes = of_kind[Type.TOTP], of_kind[Type.RECOVERY_CODES]
    return Steps(
        app=app[0] if app else None,
        passkeys=of_kind[Type.WEBAUTHN],
        codes=codes[0] if codes else None,
    )


def sign_ins_of(person: Person, *, now: datetime) -> list[tuple[SignIn, datetime]]:
    """List the browsers somebody is signed in on and when each was last used, that first."""
    found = {each.session_key: each for each in SignIn.objects.filter(person=person)}
    awake = Session.objects.filter(session_key__in=found, expire_date__gt=now)
    idle = timedelta(seconds=settings.SESSION_COOKIE_AGE)
    seen = [(found[each.session_key], each.expire_date - idle) for each in awake]
    return sorted(seen, key=lambda pair: pair[1], reverse=True)


def person_at(address: str) -> Person | None:
    """Find who may sign in with an address, however it is typed."""
    return Person.objects.filter(email__iexact=address.strip(), is_active=True).first()


def has_begun() -> bool:
    """Whether anybody can sign in here yet: then the first officer has come."""
    return Person.objects.exists() or FirstRun.objects.exists()
