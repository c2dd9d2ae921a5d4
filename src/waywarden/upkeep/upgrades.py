"""Bringing an installation up to the version of the program: backup first, then the tables."""

from collections.abc import Callable
from datetime import datetime

from waywarden.upkeep import manifests
from waywarden.upkeep.backups import Backup, back_up
from waywarden.upkeep.counting import counted, tables_of
from waywarden.upkeep.places import SQLITE, CannotDo, Place
from waywarden.upkeep.replacing import BACKUPS

Say = Callable[[str], None]
BEFORE = "before-upgrading"


def pending(place: Place, known: frozenset[tuple[str, str]]) -> list[tuple[str, str]]:
    """List the migrations that this version has and the database has not run."""
    return sorted(known - _run(place))


def back_up_before_changing(
    place: Place, *, known: frozenset[tuple[str, str]], now: datetime, say: Say
) -> None:
    """Back up a database in use whose tables this version will change as it starts."""
    run = _run(place)
    if run and known - run and not _is_kept(place):
        kept = _kept_before(place, now=now, say=say)
        say(_way_back(kept))


def _is_kept(place: Place) -> bool:
    """Whether all there is was backed up already: a start that fails is tried again and again."""
    made = sorted((place.folder / BACKUPS / BEFORE).glob("waywarden-*"))
    if not made:
        return False
    with place.opened() as database:
        return manifests.read(made[-1], called=made[-1]).counted == counted(database, place.vendor)


def _run(place: Place) -> set[tuple[str, str]]:
    """Give the migrations a database has run; none where there is nothing yet."""
    if place.vendor == SQLITE and not place.database_file.exists():
        return set()
    with place.opened() as database:
        if "django_migrations" not in tables_of(database, place.vendor):
            return set()
        return set(database.execute("SELECT app, name FROM django_migrations").fetchall())


def upgrade(
    place: Place,
    *,
    known: frozenset[tuple[str, str]],
    migrate: Callable[[], None],
    now: datetime,
    say: Say,
) -> None:
    """Back up, bring the tables up to date, and say how to go back."""
    if place.vendor == SQLITE and not place.database_file.exists():
        raise CannotDo("There is nothing to upgrade yet. Begin with: waywarden load oxfordshire")
    waiting = pending(place, known)
    if not waiting:
        return say("The tables are up to date: nothing was changed.")
    kept = _kept_before(place, now=now, say=say)
    try:
        migrate()
    except Exception as error:
        raise CannotDo(f"The upgrade did not end well: {error}. {_way_back(kept)}") from error
    say(f"Ran {len(waiting)} {'migration' if len(waiting) == 1 else 'migrations'}.")
    return say(_way_back(kept))


def _kept_before(place: Place, *, now: datetime, say: Say) -> Backup:
    kept = back_up(place, place.folder / BACKUPS / BEFORE, now=now)
    say(f"Backed up to {kept.path}: {kept.said}.")
    return kept


def _way_back(kept: Backup) -> str:
    return (
        f"To go back, stop the site, install waywarden {kept.manifest.version} or whichever "
        f"version you had, and run: waywarden restore {kept.path} --replace"
    )
