"""Telling a host that it was named: counted, so that nobody's letter box is filled by strangers."""

from datetime import datetime, timedelta

from django.utils.crypto import salted_hmac
from django.utils.timezone import localtime

from waywarden.county.offices.telling import reply_address
from waywarden.devolution.interest import letters
from waywarden.devolution.interest.models import Expression, Hosting
from waywarden.fabric.common.subjects import Actor
from waywarden.fabric.common.tokens import hash_of, new_token
from waywarden.fabric.forms.buckets import Limit, TooMany, take
from waywarden.fabric.notices import actions as notices
from waywarden.fabric.notices.telling import Recipient

#: Letters to one address that is named as a host's, or is the public one of a body so named.
#: They are counted apart from those to who asks: a host's address may ask for itself.
HOST_LETTERS = Limit("letters to a host", 5, timedelta(days=1))
WHY = "this address was given as that of a host, or is the public one of your council"


def asker_key(email: str) -> str:
    """Name an address without saying it: who stops such letters stops them in every expression."""
    said = salted_hmac("waywarden.devolution.interest", email.strip().lower(), algorithm="sha256")
    return f"asker-{said.hexdigest()[:32]}"


def ask_host(of: Expression, *, by: Actor, now: datetime) -> Hosting | None:
    """Tell the host that it was named, with a link by which it agrees or declines.

    A body that is known here is written to at its public address: what somebody typed could
    be anybody's, and is used only where there is no other. Where the address has had as many
    letters as one may have, the host is put off, and can be asked again later.
    """
    if not of.host:
        return None
    public = reply_address(of.host_body) if of.host_body else ""
    address, token = public or of.host_email, new_token()
    may_write = not address or _may_write_to(address, now)
    told = may_write and address and _write_to(address, of, token, by=by, now=now)
    defaults = {
        "name": of.host,
        "body": of.host_body,
        "named_at": now,
        "address": address,
        "answer": "",
        "says": "",
        "answered_at": None,
        "is_answered_in_office": False,
        "token_hash": hash_of(token) if told else "",
        "is_public_address": bool(public),
        "is_put_off": not may_write,
    }
    made, _ = Hosting.objects.update_or_create(expression=of, defaults=defaults)
    return made


def _may_write_to(address: str, now: datetime) -> bool:
    """Count a letter to an address; say whether one may still be sent."""
    try:
        take(HOST_LETTERS, address.strip().lower(), now=now)
    except TooMany:
        return False
    return True


def _write_to(address: str, of: Expression, token: str, *, by: Actor, now: datetime) -> bool:
    told = notices.tell(
        to=Recipient(asker_key(address), address, ""),
        topic=letters.INTEREST,
        says=letters.named_host(of, token),
        why=WHY,
        by=by,
        today=localtime(now).date(),
        reply_to=reply_address(of.asked_of),
    )
    return told is not None
