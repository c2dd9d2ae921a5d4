"""Who may see the history of an expression of interest."""

from django.http import HttpRequest
from django.utils.timezone import localdate

from waywarden.county.people.acting import asking
from waywarden.devolution.interest import permissions, queries
from waywarden.devolution.interest.answering import NOTED
from waywarden.devolution.interest.gate import by_link
from waywarden.fabric.journal.histories import Find, Thing
from waywarden.fabric.journal.models import Entry

MOST_DIGITS = 9


def expression(request: HttpRequest, key: str) -> Thing | None:
    """Find an expression, for those who ask and for those who answer."""
    number = _number(key)
    found = queries.expression_numbered(number)
    is_theirs = by_link(request, number, today=localdate()) is not None
    if found is None or not (is_theirs or permissions.may_see(asking(request), found)):
        return None
    lines = Entry.objects.about("expression", key)
    if not is_theirs and permissions.may_run(asking(request).acting, found):
        # What was written before it was sent is its writer's own.
        return Thing(found.who, found.get_absolute_url(), lines.filter(at__gte=found.sent_at))
    own = lines.exclude(did=NOTED, after__is_for_asker=False)
    return Thing(found.who, found.get_absolute_url(), own)


def _number(key: str) -> int:
    """Read a number from a key; 0 where it is none, or is not written as we write it."""
    number = key.removeprefix("expression-")
    is_ours = number.isascii() and number.isdecimal() and len(number) <= MOST_DIGITS
    return int(number) if is_ours and key == f"expression-{int(number)}" else 0


KINDS: dict[str, Find] = {"expression": expression}
