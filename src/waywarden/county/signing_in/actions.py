"""Changes to how people sign in. That somebody signs in is nothing the journal tells of."""

from datetime import date, datetime, timedelta

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, validate_totp_code
from allauth.mfa.utils import decrypt
from allauth.mfa.webauthn.internal.auth import WebAuthn
from cryptography.fernet import InvalidToken
from django.contrib.sessions.models import Session
from django.db import IntegrityError, transaction

from waywarden.county.councils.models import Body
from waywarden.county.people import actions as people
from waywarden.county.people.models import Person, SignInRule, requires_second_factor
from waywarden.county.signing_in import policies
from waywarden.county.signing_in.hashes import keyed_hash_of
from waywarden.county.signing_in.models import FirstRun, Link, SignIn, UsedCode
from waywarden.county.signing_in.queries import Steps, has_begun, person_at, steps_of
from waywarden.fabric.common.refusals import Overtaken, Refusal
from waywarden.fabric.common.subjects import Actor
from waywarden.fabric.common.tokens import hash_of, new_token
from waywarden.fabric.journal import actions as journal

LINK_LASTS = timedelta(minutes=15)
#: Longer than any code of an app is good for.
CODES_ARE_KEPT = timedelta(hours=1)


class LinkRefused(Refusal):
    """A link that opens nothing any more."""


class OtherBrowser(Refusal):
    """A link opened in another browser than it was asked for in: its reader says who they are."""


class WrongCode(Refusal):
    """A code that is not right, or was used before."""


class CannotSetUp(Refusal):
    """A second step that cannot be set up as asked."""


#: What the journal calls a change of a body's rule.
SET_RULE = "said how its people sign in"


class CannotSetRule(Refusal):
    """A rule of a body that cannot be set as asked."""


#: Nobody acts for a site before its first officer: the code from the terminal lets them in.
FIRST_RUN = Actor("first-run", "Whoever had the set-up code, on the first page")


class CannotBegin(Refusal):
    """A first officer that cannot be made."""


@transaction.atomic
def ask_for_link(*, address: str, browser: str, now: datetime) -> tuple[Person | None, str]:
    """Make a link for whoever has an address; as much is written where nobody has it."""
    person, secret = person_at(address), new_token()
    Link.objects.create(
        secret_hash=hash_of(secret),
        browser_hash=hash_of(browser),
        person=person,
        asked_at=now,
        ends_at=now + LINK_LASTS,
    )
    return person, secret


@transaction.atomic
def use_link(*, secret: str, browser: str, address: str, now: datetime) -> Person:
    """Use a link up; it says whose it was.

    In another browser than it was asked for in, the reader must know the address
    too: nobody is signed in as somebody else by a link that was sent to them.
    """
    link = Link.objects.usable(now).filter(secret_hash=hash_of(secret)).first()
    if link is None or link.person is None:
        raise LinkRefused("This link has been used already, or is older than 15 minutes.")
    knows_address = address.strip().lower() == link.person.email.lower()
    if link.browser_hash != hash_of(browser) and not knows_address:
        raise OtherBrowser("Enter the e-mail address that asked for this link")
    # Of this one table: a row that is looked for through another is not looked at again by
    # whoever had to wait for it, and two would be let in.
    if not Link.objects.filter(pk=link.pk, used_at__isnull=True).update(used_at=now):
        raise LinkRefused("This link has been used already, just now.")
    return link.person


@transaction.atomic
def note_sign_in(
    *, person: Person, left: str | None, session_key: str, ways: str, browser: str, now: datetime
) -> None:
    """Note the browser in which somebody has signed in, in place of what it was before."""
    SignIn.objects.filter(session_key__in=[left or "", session_key]).delete()
    SignIn.objects.create(
        person=person,
        session_key=session_key,
        began_at=now,
        ways=ways,
        browser=browser,
    )


def move_sign_in(*, before: str, after: str) -> None:
    """Note that a browser's sign-in goes on under another key."""
    SignIn.objects.filter(session_key=before).update(session_key=after)


def end_sign_in(*, session_key: str) -> None:
    """Forget a browser somebody has signed out of."""
    SignIn.objects.filter(session_key=session_key).delete()


@transaction.atomic
def end_sign_ins(*, person: Person, but: str | None = None) -> None:
    """Sign somebody out wherever they are signed in, but in one browser if it is named."""
    ended = SignIn.objects.filter(person=person).exclude(session_key=but or "")
    Session.objects.filter(session_key__in=ended.values("session_key")).delete()
    ended.delete()


@transaction.atomic
def use_code(*, person: Person, code: str, now: datetime) -> str:
    """Use up a code of somebody's app, or a recovery code; return which it was, in words."""
    steps, typed = steps_of(person), "".join(code.split())
    try:
        return _used(steps, person, typed, now=now)
    except InvalidToken as error:
        raise WrongCode(
            "This site can no longer read what your app was given. Ask whoever looks after it to "
            "let you set up a second step anew"
        ) from error


def _used(steps: Steps, person: Person, typed: str, *, now: datetime) -> str:
    if steps.app and validate_totp_code(decrypt(steps.app.data["secret"]), typed):
        _use_up(person, typed, now=now)
        steps.app.record_usage()
        return "a code"
    if steps.codes and RecoveryCodes(steps.codes).validate_code(typed):
        return "a recovery code"
    raise WrongCode("That code is not right. Enter the one your app shows now")


def forget_what_is_past(*, today: date, now: datetime) -> None:
    """Throw away links, codes and sign-ins that say nothing any more; run it once a day."""
    Link.objects.filter(ends_at__lt=now - CODES_ARE_KEPT).delete()
    UsedCode.objects.filter(used_at__lt=now - CODES_ARE_KEPT).delete()
    Session.objects.filter(expire_date__lt=now).delete()
    SignIn.objects.exclude(session_key__in=Session.objects.values("session_key")).delete()


def _use_up(person: Person, code: str, *, now: datetime) -> None:
    UsedCode.objects.filter(person=person, used_at__lt=now - CODES_ARE_KEPT).delete()
    _, is_new = UsedCode.objects.get_or_create(
        person=person, code_hash=keyed_hash_of(code), defaults={"used_at": now}
    )
    if not is_new:
        raise WrongCode("That code was used already. Wait for your app to show the next one")


@transaction.atomic
def set_up_app(*, person: Person, secret: str, code: str, by: Actor, now: datetime) -> None:
    """Let an app give codes for somebody, once it has given a right one."""
    typed = "".join(code.split())
    Person.objects.select_for_update().get(pk=person.pk)
    if steps_of(person).app:
        raise CannotSetUp("You have set up an app already. Remove it first to set up another.")
    if not validate_totp_code(secret, typed):
        raise WrongCode("That code is not right. Enter the one your app shows now")
    _use_up(person, typed, now=now)
    TOTP.activate(person, secret)
    journal.write(by=by, did="set up codes of an app", to=person.subject)


@transaction.atomic
def keep_passkey(*, person: Person, name: str, credential: dict, by: Actor) -> None:
    """Keep a passkey that a browser has made for somebody."""
    WebAuthn.add(person, name, credential)
    journal.write(by=by, did="added a passkey", to=person.subject)


@transaction.atomic
def remove_step(*, person: Person, step: Authenticator, by: Actor) -> None:
    """Remove an app or a passkey; with the last of them the recovery codes go."""
    was_app = step.type == Authenticator.Type.TOTP
    Authenticator.objects.filter(user=person, pk=step.pk).delete()
    if not steps_of(person).are_set_up:
        Authenticator.objects.filter(user=person).delete()
    journal.write(
        by=by,
        did="removed codes of an app" if was_app else "removed a passkey",
        to=person.subject,
    )


@transaction.atomic
def begin_steps_anew(*, person: Person, reason: str, by: Actor) -> None:
    """Remove every second step of somebody who has lost them, and sign them out everywhere."""
    Authenticator.objects.filter(user=person).delete()
    end_sign_ins(person=person)
    journal.write(by=by, did="removed every second step", to=person.subject, reason=reason)


@transaction.atomic
def renew_recovery_codes(*, person: Person, by: Actor) -> list[str]:
    """Make new recovery codes for somebody; those of before open nothing any more."""
    Person.objects.select_for_update().get(pk=person.pk)
    if not steps_of(person).are_set_up:
        raise CannotSetUp("Set up an app or a passkey first. Recovery codes stand in for those.")
    of_before = Authenticator.objects.filter(user=person, type=Authenticator.Type.RECOVERY_CODES)
    of_before.delete()
    codes = RecoveryCodes.activate(person).get_unused_codes()
    journal.write(by=by, did="made new recovery codes", to=person.subject)
    return codes


@transaction.atomic
def set_password(*, person: Person, password: str, by: Actor) -> None:
    """Let somebody sign in with a password; it takes the place of any before."""
    person.set_password(password)
    person.save(update_fields=["password"])
    journal.write(by=by, did="set a password", to=person.subject)


@transaction.atomic
def set_rule(
    *,
    body: Body,
    version: int,
    requires_second_step: bool,
    reason: str,
    is_proved: bool,
    by: Actor,
) -> None:
    """Say whether a body's offices open only after a second step, in place of the rule seen.

    ``version`` is that of the rule that was shown, or 0 where the body had none.
    """
    CannotSetRule.if_any(
        policies.obstacles_to_rule(requires=requires_second_step, is_proved=is_proved)
    )
    # Whoever else saw that there was none waits here.
    held = Body.objects.select_for_update().get(pk=body.pk)
    before = requires_second_factor(held)
    rule = SignInRule.objects.filter(body=held).first()
    if rule:
        SignInRule.objects.change_as_read(
            rule, version, requires_second_factor=requires_second_step
        )
    elif version:
        raise Overtaken
    else:
        SignInRule.objects.create(body=held, requires_second_factor=requires_second_step)
    journal.write(
        by=by,
        did=SET_RULE,
        to=held.subject,
        before={"requires_second_factor": before},
        after={"requires_second_factor": requires_second_step},
        reason=reason,
    )


@transaction.atomic
def begin(
    *,
    email: str,
    shown_as: str,
    body: Body,
    kind: str,
    ends_on: date,
    is_operator: bool,
    today: date,
    now: datetime,
) -> Person:
    """Let the first officer of a site in; there is one first officer, once and for all."""
    if has_begun():
        raise CannotBegin("This site has its first officer already.")
    try:
        with transaction.atomic():
            FirstRun.objects.create(pk=1, at=now)
    except IntegrityError as error:
        raise CannotBegin("Somebody else has just become the first officer.") from error
    person = Person.objects.create_user(email, shown_as, is_operator=is_operator)
    journal.write(by=FIRST_RUN, did="let the first officer in", to=person.subject)
    people.appoint(
        person=person,
        body=body,
        kind=kind,
        starts_on=today,
        ends_on=ends_on,
        by=FIRST_RUN,
        today=today,
    )
    return person


@transaction.atomic
def shut_out(*, person: Person) -> None:
    """Sign somebody out everywhere, and keep nothing with which they could come back."""
    end_sign_ins(person=person)
    Link.objects.filter(person=person).delete()
    UsedCode.objects.filter(person=person).delete()
    Authenticator.objects.filter(user=person).delete()
    person.set_unusable_password()
    person.save(update_fields=["password"])
