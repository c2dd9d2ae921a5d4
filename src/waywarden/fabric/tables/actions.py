"""Keeping filters for those who have signed in: bookmarks, of which the journal has no line."""

from waywarden.fabric.common.refusals import Refusal
from waywarden.fabric.tables.models import LONGEST_QUERY, SavedView

#: More than anybody finds their way in, and a bound on what one person may fill.
MOST_VIEWS = 100


class CannotSave(Refusal):
    """A view that cannot be saved; the message says why and what to do."""


def save_view(*, name: str, path: str, query: str, person_key: str) -> SavedView:
    """Keep a filter of a list under a name; the same name again takes the new filter."""
    mine = SavedView.objects.of(person_key).named()
    if not mine.filter(path=path, name=name).exists() and mine.count() >= MOST_VIEWS:
        raise CannotSave(f"You have saved {MOST_VIEWS} views. Remove one first.")
    _keep(SavedView(person_key=person_key, path=path, query=query, name=name))
    return SavedView.objects.get(person_key=person_key, path=path, name=name)


def remember(*, path: str, query: str, person_key: str) -> None:
    """Keep the filter somebody used last in a list."""
    if len(query) <= LONGEST_QUERY:
        _keep(SavedView(person_key=person_key, path=path, query=query))


def remove_view(*, number: int, person_key: str) -> None:
    """Remove one of somebody's own views; another's, or one that is gone, is left as it is."""
    SavedView.objects.of(person_key).named().filter(pk=number).delete()


def _keep(view: SavedView) -> None:
    """Write in one statement, so that two tabs at once leave one row."""
    SavedView.objects.bulk_create(
        [view],
        update_conflicts=True,
        unique_fields=["person_key", "path", "name"],
        update_fields=["query"],
    )


def drop_views_of(person_key: str) -> int:
    """Throw away all filters kept for somebody, as when they ask to be forgotten."""
    return SavedView.objects.of(person_key).delete()[0]
