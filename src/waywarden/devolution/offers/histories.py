"""Who may see the history of a round and of an offer."""

from typing import Any

from django.http import HttpRequest

from waywarden.county.people.acting import asking
from waywarden.devolution.offers import permissions
from waywarden.devolution.offers.models import Offer, Round
from waywarden.fabric.journal.histories import Find, Thing
from waywarden.fabric.journal.models import Entry

MOST_DIGITS = 9


def round_(request: HttpRequest, key: str) -> Thing | None:
    """Find a round: public once it was opened."""
    of = Round.objects.select_related("body").filter(pk=_number(key, "round-")).first()
    if of is None or (of.is_draft and not permissions.may_run(asking(request).acting, of)):
        return None
    return Thing(of.title, of.get_absolute_url(), Entry.objects.about("round", key))


def offer(request: HttpRequest, key: str) -> Thing | None:
    """Find an offer, for its council's own people and for whoever runs the round."""
    offers: Any = Offer.objects.select_related("body", "round__body")
    found = offers.filter(pk=_number(key, "offer-")).first()
    if found is None or not permissions.may_see(asking(request), found):
        return None
    return Thing(str(found), found.get_absolute_url(), Entry.objects.about("offer", key))


def _number(key: str, kind: str) -> int:
    """Read a number from a key; 0 where it is none, or is not written as we write it."""
    number = key.removeprefix(kind)
    is_ours = number.isascii() and number.isdecimal() and len(number) <= MOST_DIGITS
    return int(number) if is_ours and key == f"{kind}{int(number)}" else 0


KINDS: dict[str, Find] = {"round": round_, "offer": offer}
