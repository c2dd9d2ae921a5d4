"""Who may see the history of a cluster, and of which days."""

from collections.abc import Iterable
from functools import reduce
from operator import or_

from django.db.models import Q
from django.http import HttpRequest
from django.utils.timezone import localdate

from waywarden.county.councils.models import Body
from waywarden.county.people.acting import asking
from waywarden.county.people.permissions import is_of_its_own
from waywarden.county.services.models import Service
from waywarden.devolution.clusters import alone_queries, permissions, queries
from waywarden.devolution.clusters.models import Membership
from waywarden.fabric.journal.histories import Find, Thing, number_in
from waywarden.fabric.journal.models import Entry


def cluster(request: HttpRequest, key: str) -> Thing | None:
    """Find a cluster: all of it for who runs it, for members and who was one their own time."""
    found, acting = queries.cluster_called(key), asking(request).acting
    if found is None or acting is None:
        return None
    lines = Entry.objects.about("cluster", key)
    if permissions.may_run(acting, found, localdate()):
        return Thing(found.name, found.get_absolute_url(), lines, named=_named)
    if not is_of_its_own(acting):
        return None
    asked = found.memberships.filter(body=acting.body_id, invited_at__isnull=False)
    times = [_time_of(held) for held in asked]
    if not times:
        return None
    own = lines.filter(reduce(or_, times))
    return Thing(found.name, found.get_absolute_url(), own, named=_named)


def _named(said: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Name councils and services, which everybody may know."""
    keys = {held for _, held in said}
    bodies = Body.objects.filter(key__in=keys).values_list("key", "name")
    return dict(Service.objects.filter(code__in=keys).values_list("code", "name")) | dict(bodies)


def _time_of(held: Membership) -> Q:
    """Say of which days a council sees the lines: from its invitation to its last day."""
    until = held.sees_until()
    since = Q(at__gte=held.invited_at)
    return since & Q(at__date__lte=until) if until else since


def going_alone(request: HttpRequest, key: str) -> Thing | None:
    """Find a council that would go alone, for its own people and the county that judges it."""
    found, acting = alone_queries.numbered(number_in(key, "alone-")), asking(request).acting
    if found is None or acting is None:
        return None
    if not permissions.may_see_alone(acting, found, localdate()):
        return None
    return Thing(str(found), found.get_absolute_url(), Entry.objects.about("alone", key))


KINDS: dict[str, Find] = {"cluster": cluster, "alone": going_alone}
