"""A council says that a quantity of its offer is wrong, with a figure, a place and a photo."""

from datetime import timedelta

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.timezone import localdate, localtime, now
from django.views.decorators.http import require_http_methods, require_safe

from waywarden.county.places.models import Area
from waywarden.county.services import actions as services
from waywarden.county.services import correcting_actions as correcting
from waywarden.county.services.models import Quantity
from waywarden.county.services.photos import photo_of
from waywarden.county.services.policies import obstacles_to_a_photo
from waywarden.devolution.offers import actions, policies, queries
from waywarden.devolution.offers.council_views import answered
from waywarden.devolution.offers.dispute_forms import DisputeForm, disputed
from waywarden.devolution.offers.gate import Visit, for_council
from waywarden.devolution.offers.models import Offer
from waywarden.devolution.offers.pins import lies
from waywarden.devolution.offers.queries import PackLine
from waywarden.fabric.common.refusals import Overtaken, Refusal
from waywarden.fabric.documents import actions as documents
from waywarden.fabric.documents.actions import Sound
from waywarden.fabric.documents.receiving import is_too_large, too_large
from waywarden.fabric.forms.buckets import Limit, TooMany, network_of, take
from waywarden.fabric.forms.once import once
from waywarden.fabric.forms.sheets import METHODS
from waywarden.fabric.forms.versions import Saved
from waywarden.rules import grid_reference

#: Photos from one network: each is looked into, which takes the machine a second or two.
PHOTOS = Limit("photos of disputes", 30, timedelta(hours=1))


@require_http_methods(METHODS)
def dispute(request: HttpRequest, number: int, key: str, place: str, line: int) -> HttpResponse:
    """Dispute a quantity."""

    @for_council(changes=True)
    def within(request: HttpRequest, visit: Visit) -> HttpResponse:
        return _disputed(request, visit, place, line)

    return within(request, number=number, key=key)


@require_safe
def photo(request: HttpRequest, number: int, key: str, place: str, line: int) -> HttpResponse:
    """Give the photo that came with a dispute to whoever may see the offer."""

    @for_council()
    def within(request: HttpRequest, visit: Visit) -> HttpResponse:
        return photo_of(_line(visit.offer, place, line).held)

    return within(request, number=number, key=key)


def _disputed(request: HttpRequest, visit: Visit, place: str, number: int) -> HttpResponse:
    if visit.runs_it:
        raise PermissionDenied
    entry = _line(visit.offer, place, number)
    if entry.held is None:
        raise Http404("No figure is held that could be disputed.")
    form = _form(request, entry.held)
    sound = _sound(request, form)

    def change() -> str:
        try:
            return _send(request, visit, entry, form, sound)
        except (Overtaken, Refusal):
            form.forget_photo()
            raise

    title = f"Something is wrong: {entry.offered.service} in {entry.area}, {entry.quantity}"
    saved = lambda: _saved_figure(visit.offer, place, number)  # noqa: E731

    # The photo was looked into before, as that takes long; it is kept once.
    @once
    def sent(request: HttpRequest) -> HttpResponse:
        return answered(request, visit, form, title, "Send it", change, saved)

    return sent(request)


def _form(request: HttpRequest, held: Quantity) -> DisputeForm:
    first = disputed(held) | {"version": held.pk}
    has_photo = held.photo_id is not None
    if request.method != "POST":
        return DisputeForm(initial=first, unit=held.unit, has_photo=has_photo)
    said = request.POST.copy()
    if is_too_large(request):
        # What stood behind the photo was left unread; the page given back shows the newest.
        said.setdefault("version", str(held.pk))
    files = request.FILES
    return DisputeForm(said, files, initial=first, unit=held.unit, has_photo=has_photo)


def _sound(request: HttpRequest, form: DisputeForm) -> Sound | None:
    """Look into the photo that came with a form, if one did; nothing goes to the disk yet."""
    if is_too_large(request):
        form.refuse(too_large())
        return None
    if not form.is_valid():
        form.forget_photo()
        return None
    sent = form.cleaned_data["photo"]
    if sent is None:
        return None
    try:
        take(PHOTOS, network_of(request), now=now())
        sound = documents.looked_into(content=sent.read(), name=sent.name)
        shows = form.cleaned_data["shows"]
        services.CannotCorrect.if_any(obstacles_to_a_photo(sound, shows=shows))
    except Refusal as refused:
        form.refuse(str(refused))
        return None
    except TooMany as refused:
        again_at = localtime(refused.again_at)
        form.refuse(
            f"Many photos came from your network. Send it after {again_at:%H:%M}, or the words "
            "without it now"
        )
        return None
    return sound


def _send(
    request: HttpRequest, visit: Visit, entry: PackLine, form: DisputeForm, sound: Sound | None
) -> str:
    warnings = _looked_at(form.cleaned_data["pin"], entry.area)
    correcting.dispute_quantity(
        area=entry.area,
        service=entry.offered.service,
        seen=form.cleaned_data["version"],
        dispute=form.cleaned_data["dispute"],
        claim=form.claim(sound),
        by=visit.by,
        today=localdate(),
    )
    for warning in warnings:
        messages.warning(request, warning)
    return "It is marked as disputed, and whoever makes the offer is told."


def _looked_at(pin: str, area: Area) -> list[str]:
    """Refuse a pin outside the county; return what is odd about another."""
    if not pin:
        return []
    where = lies(grid_reference.read(pin), area, on=localdate())
    actions.CannotOffer.if_any(policies.obstacles_to_a_pin(where, area))
    return policies.warnings_of_a_pin(where, area)


def _line(offer: Offer, place: str, number: int) -> PackLine:
    for entry in queries.pack_of(offer, on=localdate()).lines:
        if (entry.area.key, entry.offered.pk) == (place, number):
            return entry
    raise Http404("There is no such line.")


def _saved_figure(found: Offer, place: str, number: int) -> Saved:
    """Return a figure as it is held by now; where there is none any more, nothing of it."""
    held = _line(found, place, number).held
    return Saved(disputed(held), held.pk if held else 0, url=found.get_absolute_url())
