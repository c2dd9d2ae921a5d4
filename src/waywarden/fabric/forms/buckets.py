"""How often somebody may ask: buckets of tokens in the database, taken from before work is done.

A bucket holds ``most`` tokens and fills evenly within ``per``. All of it is one
moment: when the bucket will be full again. Each token taken moves that moment
on; where it would lie further off than a whole filling takes, there is none left.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import wraps
from ipaddress import ip_address, ip_network
from typing import Any

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.crypto import salted_hmac

from waywarden.fabric.forms.models import Bucket

View = Callable[..., HttpResponse]
#: How much of an IPv6 address is one household or office.
IPV6_NETWORK = 64


@dataclass(frozen=True)
class Limit:
    """So many times within so long, for each of those who are counted apart."""

    name: str
    most: int
    per: timedelta

    @property
    def each(self) -> timedelta:
        """How long one token takes to come back."""
        return self.per / self.most


class TooMany(Exception):
    """Somebody has asked too often; they may ask again at a moment that is known."""

    def __init__(self, again_at: datetime) -> None:
        super().__init__("Asked too often")
        self.again_at = again_at


@transaction.atomic
def take(limit: Limit, whose: str, *, now: datetime) -> None:
    """Take a token; where none is left, say from when there is one."""
    key = _key(limit, whose)
    # Two who ask at once take turns at the row, on every database.
    bucket, _ = Bucket.objects.select_for_update().get_or_create(key=key, defaults={"full_at": now})
    full_at = max(bucket.full_at, now) + limit.each
    if full_at - now > limit.per:
        raise TooMany(full_at - limit.per)
    Bucket.objects.filter(key=key).update(full_at=full_at)


def forget_full(*, today: date, now: datetime) -> None:
    """Throw away the buckets that say nothing any more; run it once a day."""
    Bucket.objects.full(now).delete()


def network_of(request: HttpRequest) -> str:
    """Return where a request comes from: an address, or of IPv6 its network.

    Behind a proxy (``HTTPS=yes``) it is what that proxy has seen and added last;
    what stands before it in the header anybody may have written.
    """
    given = request.META.get("REMOTE_ADDR", "")
    if settings.HTTPS:
        given = request.headers.get("X-Forwarded-For", given).rpartition(",")[2].strip()
    try:
        address = ip_address(given)
    except ValueError:
        return "somewhere"
    if address.version == 4:
        return str(address)
    return str(ip_network((address, IPV6_NETWORK), strict=False))


def limited(
    limit: Limit, whose: Callable[[HttpRequest], str] = network_of
) -> Callable[[View], View]:
    """Let a form be sent only so often; whoever sends it more often learns when to try again."""

    def guarded(view: View) -> View:
        @wraps(view)
        def counted(request: HttpRequest, *args: Any, **named: Any) -> HttpResponse:
            if request.method == "POST":
                take(limit, whose(request), now=timezone.now())
            return view(request, *args, **named)

        return patient(counted)

    return guarded


def patient(view: View) -> View:
    """Let a view take tokens: whoever has none left learns when to try again."""

    @wraps(view)
    def within(request: HttpRequest, *args: Any, **named: Any) -> HttpResponse:
        try:
            return view(request, *args, **named)
        except TooMany as refused:
            return too_many(request, refused)

    return within


def too_many(request: HttpRequest, refused: TooMany) -> HttpResponse:
    """Answer somebody who has asked too often, with when to try again."""
    wait = max(refused.again_at - timezone.now(), timedelta(seconds=1))
    context = {"again_at": refused.again_at, "minutes": -(-wait // timedelta(minutes=1))}
    answer = render(request, "paperwork/too_many.html", context, status=429)
    answer["Retry-After"] = str(int(wait.total_seconds()) + 1)
    return answer


def _key(limit: Limit, whose: str) -> str:
    said = salted_hmac(
        "waywarden.fabric.forms.buckets", f"{limit.name} {whose}", algorithm="sha256"
    )
    return said.hexdigest()
