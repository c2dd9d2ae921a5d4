"""What somebody keeps of a list."""

from dataclasses import dataclass

from waywarden.fabric.tables.models import SavedView


@dataclass(frozen=True)
class Shelf:
    """Somebody's views of one list: those with a name, and the filter used before this one."""

    path: str
    query: str
    views: list[SavedView]
    last: SavedView | None

    @property
    def is_filtered(self) -> bool:
        """Whether there is anything to save."""
        return bool(self.query)


def shelf(*, person_key: str, path: str, query: str) -> Shelf:
    """Return what somebody keeps of a list, by name, in one query."""
    kept = list(SavedView.objects.of(person_key).filter(path=path).order_by("name", "pk"))
    last = next((view for view in kept if not view.name), None)
    named = [view for view in kept if view.name]
    return Shelf(path, query, named, last if last and not query else None)
