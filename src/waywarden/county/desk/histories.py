"""Who may see the history of which record: here what is public, a body's own beside it."""

from typing import Any

from django.db.models import Q
from django.http import HttpRequest

from waywarden.county.councils.models import Body
from waywarden.county.desk import loaded, own_histories
from waywarden.county.desk.finding import may_see
from waywarden.county.desk.reading import figures_told, plainly
from waywarden.county.places.models import Area
from waywarden.county.services.models import Service
from waywarden.county.services.queries import FACTS, lines_of_quantity, quantity_keys
from waywarden.fabric.journal.histories import Find, Thing
from waywarden.fabric.journal.models import Entry
from waywarden.fabric.journal.telling import whole

#: What everybody may know of a body: what is public on its pages. Who asked to look into
#: its own matters, and why, is for its officers, in its trail.
PUBLIC_OF_A_BODY = (
    "recorded bodies",
    "recorded contacts",
    "added a contact",
    "changed a contact",
    "withdrew a contact",
)

#: What stands for an address in a history that everybody may read.
KEPT_BACK = "(shown to its own officers)"


def body(request: HttpRequest, key: str) -> Thing | None:
    """Find a body: public, as far as what changed is public, from the day it was recorded."""
    found = Body.objects.listed().filter(key=key).first()
    if found is None:
        return None
    own = Q(subject_kind="body", subject_key=key, did__in=PUBLIC_OF_A_BODY)
    lines = Entry.objects.filter(own | loaded.of_body(key))
    of_its_own = whole if may_see(request, found) else _without_addresses

    def reading(entry: Entry) -> tuple[dict[str, Any], dict[str, Any]]:
        is_own = entry.subject_kind == "body"
        return of_its_own(entry) if is_own else loaded.told_of_body(entry, key)

    return Thing(found.name, f"/bodies/{key}/", lines, reading)


def _without_addresses(entry: Entry) -> tuple[dict[str, Any], dict[str, Any]]:
    """Tell what changed without the addresses themselves: one withdrawn may be somebody's own."""
    return _kept_back(entry.before), _kept_back(entry.after)


def _kept_back(values: dict[str, Any]) -> dict[str, Any]:
    is_personal = {name: isinstance(said, dict) for name, said in values.items()}
    return {name: KEPT_BACK if is_personal[name] else said for name, said in values.items()}


def area(request: HttpRequest, key: str) -> Thing | None:
    """Find a place, a district or a county: public, with the quantities counted there."""
    found = Area.objects.filter(key=key).first()
    if found is None:
        return None
    own = Q(subject_kind="area", subject_key=key)
    counted = Q(subject_kind="quantity", subject_key__startswith=f"{key}_")
    lines = Entry.objects.filter(own | counted | loaded.of_area(key))

    def reading(entry: Entry) -> tuple[dict[str, Any], dict[str, Any]]:
        is_own = entry.subject_kind in ("area", "quantity")
        return plainly(entry) if is_own else loaded.told_of_area(entry, key)

    return Thing(found.name, found.get_absolute_url(), lines, reading)


def service(request: HttpRequest, key: str) -> Thing | None:
    """Find a service of the catalogue: public, with the catalogues that changed it."""
    found = Service.objects.filter(code=key).first()
    if found is None:
        return None
    lines = Entry.objects.filter(
        Q(subject_kind="service", subject_key=key) | Q(subject_kind="catalogue", after__has_key=key)
    )

    def reading(entry: Entry) -> tuple[dict[str, Any], dict[str, Any]]:
        if entry.subject_kind == "service":
            return entry.before, entry.after
        return _catalogued(entry.before, key), _catalogued(entry.after, key)

    return Thing(found.name, found.get_absolute_url(), lines, reading)


def _catalogued(values: dict[str, Any], key: str) -> dict[str, Any]:
    if key not in values:
        return {}
    _, standards, prices = values[key]
    return {"standards": f"{len(standards)} kept", "prices": f"{len(prices)} kept"}


def quantity(request: HttpRequest, key: str) -> Thing | None:
    """Find how much of a service a place has: public, from the first estimate on."""
    place, code = quantity_keys(key)
    area = Area.objects.filter(key=place).first()
    service = Service.objects.filter(code=code).first()
    if area is None or service is None:
        return None
    line = f"{place} {code}"

    def reading(entry: Entry) -> tuple[dict[str, Any], dict[str, Any]]:
        if entry.subject_kind == "quantity":
            return plainly(entry)
        return _fact(entry.before, line), _fact(entry.after, line)

    url = f"{area.get_absolute_url()}#{service.slug}"
    return Thing(f"{service.name} in {area.name}", url, lines_of_quantity(key), reading)


def _fact(values: dict[str, Any], line: str) -> dict[str, Any]:
    """Name the facts about one quantity that lines in bulk hold as a row."""
    return figures_told(dict(zip(FACTS, values.get(line) or [], strict=False)))


KINDS: dict[str, Find] = {
    "body": body,
    "area": area,
    "service": service,
    "quantity": quantity,
    "person": own_histories.person,
    "office": own_histories.office,
    "invitation": own_histories.invitation,
    "paper": own_histories.paper,
    "decision": own_histories.decision,
}
