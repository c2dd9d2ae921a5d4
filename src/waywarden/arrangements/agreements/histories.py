"""Who may see the history of an agreement: its parties, and of a draft who writes it."""

from django.http import HttpRequest

from waywarden.arrangements.agreements import permissions, queries
from waywarden.county.people.acting import asking
from waywarden.fabric.journal.histories import Find, Thing
from waywarden.fabric.journal.models import Entry


def agreement(request: HttpRequest, key: str) -> Thing | None:
    """Find an agreement: all lines for who writes it, those since it was sent for the others."""
    found, acting = queries.agreement_called(key), asking(request).acting
    if found is None or acting is None or not permissions.may_read(acting, found):
        return None
    lines = Entry.objects.about("agreement", key)
    if permissions.may_see_draft(acting, found):
        return Thing(str(found), found.get_absolute_url(), lines)
    own = [
        each for each in queries.versions_of(found) if permissions.may_read_version(acting, each)
    ]
    sent = [each.number for each in own]
    lines = lines.filter(did__in=SHOWN, after__version__in=sent)
    return Thing(found.number, found.get_absolute_url(), lines)


#: What every party sees of the history: not how the draft is written meanwhile.
SHOWN = (
    "sent an agreement to be signed",
    "signed an agreement",
    "named another decision",
    "added a signed paper",
    "confirmed a signed paper",
    "refused a signed paper",
    "brought an agreement into force",
    "gave notice of an agreement",
    "ended an agreement",
    "withdrew an agreement",
)
KINDS: dict[str, Find] = {"agreement": agreement}
