"""Restoring puts back what was saved, signs everybody out, and says what has been undone (AB34)."""

import json
import re
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from tests import stores
from tests.cast import DAY, Cast
from tests.serving import a_database
from tests.upkeep.conftest import LETTER, NOW, a_user, only_sqlite
from waywarden.county.people import actions as people
from waywarden.fabric.journal.models import Head
from waywarden.upkeep import manifests
from waywarden.upkeep.backups import Backup, back_up
from waywarden.upkeep.counting import Head as Published
from waywarden.upkeep.counting import counted
from waywarden.upkeep.places import CannotDo, Place
from waywarden.upkeep.replacing import restore

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def made(site: Place, tmp_path: Path) -> Backup:
    """A backup of the site."""
    return back_up(site, tmp_path / "backups", now=NOW)


def put_back(
    made: Backup, place: Place, *published: Published, may_replace: bool = False
) -> list[str]:
    """Restore a backup for good; gives what was said."""
    said: list[str] = []
    tried = restore(
        made.path, place, list(published), may_replace=may_replace, now=NOW, say=said.append
    )
    return [*said, *tried.told]


def held(place: Place, asked: str) -> list[tuple[object, ...]]:
    """Ask a place's database."""
    with place.opened() as database:
        return database.execute(asked).fetchall()


def test_everything_is_put_back(made: Backup, elsewhere: Place) -> None:
    put_back(made, elsewhere)

    with elsewhere.opened() as database:
        found = counted(database, elsewhere.vendor)
    expected = made.manifest.counted.rows | {
        "django_session": 0,
        # That it was restored is a line of its own.
        "journal_entry": made.manifest.head.number + 1,
    }
    assert found.rows == expected
    assert [path.read_bytes() for path in elsewhere.files.rglob("*") if path.is_file()] == [LETTER]
    assert elsewhere.run("waywarden", "check").returncode == 0


def test_new_rows_are_numbered_after_those_put_back(made: Backup, elsewhere: Place) -> None:
    put_back(made, elsewhere)

    loaded = elsewhere.run("waywarden", "load", "rutland")

    assert loaded.returncode == 0, loaded.stderr


def test_ab34_everybody_must_sign_in_again(made: Backup, elsewhere: Place) -> None:
    assert made.manifest.counted.rows["django_session"] == 1

    put_back(made, elsewhere)

    assert held(elsewhere, "SELECT count(*) FROM django_session") == [(0,)]


def test_ab34_an_office_that_ended_since_is_told_of(
    made: Backup, elsewhere: Place, cast: Cast
) -> None:
    office = cast.bron.offices.get()
    people.end_office(office=office, on=DAY, by=cast.by, today=DAY)
    head = Head.objects.get()

    said = put_back(made, elsewhere, Published(head.number, head.hash))

    assert "offices that ended are held again" in said[0]
    [(did, reason)] = held(
        elsewhere, "SELECT did, reason FROM journal_entry ORDER BY number DESC LIMIT 1"
    )
    assert did == "restored a backup"
    assert "offices that ended are held again" in str(reason)


def test_nothing_is_restored_over_what_somebody_saved(made: Backup, site: Place) -> None:
    with pytest.raises(CannotDo, match=r"not empty|rows in this database already"):
        put_back(made, site)


def test_nothing_is_restored_from_a_backup_with_a_fault(made: Backup, elsewhere: Place) -> None:
    # Of PostgreSQL each table is a part, and some tables are empty.
    part = max(
        (made.path / name for name in made.manifest.parts), key=lambda one: one.stat().st_size
    )
    part.write_bytes(part.read_bytes()[:-1])

    with pytest.raises(CannotDo, match="Nothing was restored"):
        put_back(made, elsewhere)

    assert not elsewhere.files.exists()
    if stores.STORE == "sqlite":
        assert not elsewhere.database_file.exists()


def test_a_place_that_is_laid_out_and_empty_may_be_filled(made: Backup, elsewhere: Place) -> None:
    assert elsewhere.run("waywarden", "check").returncode == 0

    put_back(made, elsewhere)

    assert held(elsewhere, "SELECT count(*) FROM councils_body") == [(6,)]


def test_what_was_there_stays_where_the_restored_site_does_not_work(
    made: Backup, elsewhere: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert elsewhere.run("waywarden", "check").returncode == 0
    with elsewhere.opened() as database:
        before = counted(database, elsewhere.vendor)
    run = Place.run

    def broken(place: Place, *words: str) -> object:
        # With PostgreSQL a second look is taken at the live site itself: that one fails here.
        is_last_look = stores.STORE == "sqlite" or place == elsewhere
        if words == ("waywarden", "check") and is_last_look:
            return CompletedProcess(words, 2, "", "The journal does not hold.")
        return run(place, *words)

    monkeypatch.setattr(Place, "run", broken)
    with pytest.raises(CannotDo, match=r"does not work: The journal does not hold\."):
        put_back(made, elsewhere)

    with elsewhere.opened() as database:
        assert counted(database, elsewhere.vendor) == before
    assert not elsewhere.files.exists()
    monkeypatch.undo()
    assert elsewhere.run("waywarden", "check").returncode == 0
    put_back(made, elsewhere)


@only_sqlite
def test_what_is_replaced_is_backed_up_first(made: Backup, elsewhere: Place) -> None:
    assert elsewhere.run("waywarden", "load", "rutland").returncode == 0

    with pytest.raises(CannotDo, match="--replace"):
        put_back(made, elsewhere)
    [said] = put_back(made, elsewhere, may_replace=True)

    kept = Path(said.removeprefix("What was there is kept in "))
    assert (kept / "manifest.json").exists()
    assert held(elsewhere, "SELECT count(*) FROM councils_body") == [(6,)]


@only_sqlite
def test_a_database_that_cannot_be_read_is_put_aside_and_kept(
    made: Backup, elsewhere: Place
) -> None:
    elsewhere.database_file.write_bytes(b"no database" * 999)

    with pytest.raises(CannotDo, match="--replace"):
        put_back(made, elsewhere)
    [said] = put_back(made, elsewhere, may_replace=True)

    kept = Path(said.removeprefix("What was there is kept in "))
    assert (kept / "waywarden.sqlite3").read_bytes() == b"no database" * 999
    assert held(elsewhere, "SELECT count(*) FROM councils_body") == [(6,)]


def test_a_backup_of_another_kind_of_database_is_refused_in_words(
    made: Backup, elsewhere: Place
) -> None:
    told = json.loads((made.path / manifests.NAME).read_text())
    told["vendor"] = "postgresql" if stores.STORE == "sqlite" else "sqlite"
    (made.path / manifests.NAME).write_text(json.dumps(told))

    with pytest.raises(CannotDo, match=r"The backup is of .*, and DATABASE_URL names"):
        put_back(made, elsewhere)


@pytest.mark.only_postgresql
def test_a_user_who_does_not_own_the_database_is_told_what_to_grant(
    made: Backup, tmp_path: Path
) -> None:
    with a_user("restorer") as user, a_database("theirs") as database:
        url = database["DATABASE_URL"]
        place = Place(re.sub("//[^@]*@", f"//{user}@", url), tmp_path)

        with pytest.raises(CannotDo, match="Let it own the database: ALTER DATABASE") as refused:
            put_back(made, place)
        with Place(url, tmp_path).opened() as server:
            server.execute(str(refused.value).partition(": ")[2])
        put_back(made, place)

        assert held(place, "SELECT count(*) FROM councils_body") == [(6,)]
