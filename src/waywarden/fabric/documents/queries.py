"""Questions about stored files."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from waywarden.fabric.documents import keeping
from waywarden.fabric.documents.models import OwnContent, StoredFile


@dataclass(frozen=True)
class Fault:
    """Content that a row names and that is not as it was kept."""

    sha256: str
    what: str


def faults() -> Iterator[Fault]:
    """Find the content that is missing or altered, each once; nothing where all is well.

    Every file is read to its end, so this takes as long as reading the disk does.
    """
    for sha256 in hashes():
        place = keeping.path_of(sha256)
        if not place.is_file():
            yield Fault(sha256, f"{place} is missing. Restore it from a backup.")
        elif not keeping.is_whole(sha256):
            yield Fault(sha256, f"{place} was altered. Restore it from a backup.")


def hashes() -> list[str]:
    """Name all content that rows name, also of files withdrawn: what a backup must hold."""
    named = StoredFile.objects.order_by("sha256").values_list("sha256", flat=True)
    return list(named.distinct())


def is_named(sha256: str) -> bool:
    """Whether a row names content."""
    return StoredFile.objects.filter(sha256=sha256).exists()


def own(*, before: datetime) -> set[str]:
    """Name the content that this database brought or let go before a moment."""
    return set(OwnContent.objects.filter(at__lt=before).values_list("sha256", flat=True))


def is_removable(sha256: str, *, before: datetime) -> bool:
    """Whether content is this database's own since before a moment, and no row names it."""
    is_own = OwnContent.objects.filter(sha256=sha256, at__lt=before).exists()
    return is_own and not is_named(sha256)
