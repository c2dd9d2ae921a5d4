"""Who may see the history of a round and of an offer."""

from typing import Any

from django.http import HttpRequest

from waywarden.county.people.acting import asking
from waywarden.devolution.offers import permissions
from waywarden.devolution.offers.models import Offer, Round
from waywarden.fabric.journal.histories import Find, Thing, number_in
from waywarden.fabric.journal.models import Entry


def round_(request: HttpRequest, key: str) -> Thing | None:
    """Find a round: public once it was opened."""
    of = Round.objects.select_related("body").filter(pk=number_in(key, "round-")).first()
    if of is None or (of.is_draft and not permissions.may_run(asking(request).acting, of)):
        return None
    return Thing(of.title, of.get_absolute_url(), Entry.objects.about("round", key))


def offer(request: HttpRequest, key: str) -> Thing | None:
    """Find an offer, for its council's own people and for whoever runs the round."""
    offers: Any = Offer.objects.select_related("body", "round__body")
    found = offers.filter(pk=number_in(key, "offer-")).first()
    if found is None or not permissions.may_see(asking(request), found):
        return None
    return Thing(str(found), found.get_absolute_url(), Entry.objects.about("offer", key))


KINDS: dict[str, Find] = {"round": round_, "offer": offer}
