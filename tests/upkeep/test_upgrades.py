"""An upgrade backs up before it touches anything, and says how to go back."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.db import OperationalError

from tests.upkeep.conftest import NOW
from waywarden.upkeep import drills
from waywarden.upkeep.places import CannotDo, Place
from waywarden.upkeep.upgrades import back_up_before_changing, pending, upgrade
from waywarden.website.running.health import known_migrations

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]

NEW = ("people", "9999_something_new")


def upgraded(site: Place, known: frozenset[tuple[str, str]], migrate) -> list[str]:
    """Upgrade; gives what was said."""
    said: list[str] = []
    upgrade(site, known=known, migrate=migrate, now=NOW, say=said.append)
    return said


def test_a_site_that_is_up_to_date_is_left_alone(site: Place) -> None:
    said = upgraded(site, known_migrations(), lambda: pytest.fail("It migrated."))

    assert said == ["The tables are up to date: nothing was changed."]
    assert not (site.folder / "backups").exists()


def test_the_backup_is_made_before_the_tables_are_touched(site: Place) -> None:
    there_before: list[Path] = []

    def migrate() -> None:
        there_before.extend((site.folder / "backups" / "before-upgrading").iterdir())

    said = upgraded(site, known_migrations() | {NEW}, migrate)

    [made] = there_before
    assert drills.drill(made, site, [], now=NOW).faults == []
    assert said[0].startswith(f"Backed up to {made}: ")
    assert said[1] == "Ran 1 migration."
    assert f"waywarden restore {made} --replace" in said[2]


def test_a_site_that_is_started_with_a_new_version_is_backed_up_first(site: Place) -> None:
    said: list[str] = []

    back_up_before_changing(site, known=known_migrations() | {NEW}, now=NOW, say=said.append)

    [made] = (site.folder / "backups" / "before-upgrading").iterdir()
    assert drills.drill(made, site, [], now=NOW).faults == []
    assert f"waywarden restore {made} --replace" in said[1]
    # A start that failed and is tried again finds all of it backed up.
    again = NOW + timedelta(minutes=1)
    back_up_before_changing(site, known=known_migrations() | {NEW}, now=again, say=pytest.fail)


@pytest.mark.parametrize("more", [set(), {NEW}])
def test_only_a_site_in_use_whose_tables_change_is_backed_up_as_it_starts(
    site: Place, elsewhere: Place, more: set[tuple[str, str]]
) -> None:
    place = elsewhere if more else site

    back_up_before_changing(place, known=known_migrations() | more, now=NOW, say=pytest.fail)

    assert not (place.folder / "backups").exists()


def test_an_upgrade_that_fails_says_how_to_go_back(site: Place) -> None:
    def migrate() -> None:
        raise OperationalError("disk full")

    with pytest.raises(CannotDo, match=r"did not end well: disk full.*waywarden restore"):
        upgraded(site, known_migrations() | {NEW}, migrate)


def test_what_waits_to_be_run_is_known(site: Place, elsewhere: Place) -> None:
    assert pending(site, known_migrations()) == []
    assert pending(site, known_migrations() | {NEW}) == [NEW]
    assert pending(elsewhere, known_migrations()) == sorted(known_migrations())


def test_where_nothing_is_there_is_nothing_to_upgrade(tmp_path: Path) -> None:
    nowhere = Place(f"sqlite:///{tmp_path}/none.sqlite3", tmp_path)

    with pytest.raises(CannotDo, match="nothing to upgrade yet"):
        upgraded(nowhere, known_migrations(), lambda: None)
