"""A backup holds everything that was saved when it was made, or a drill says what it lacks."""

import json
import shutil
import sqlite3
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from django.contrib.sessions.models import Session
from django.db import connection, transaction

from tests.cast import Cast
from tests.journal import guards
from tests.upkeep.conftest import LETTER, NOW, only_sqlite, store
from waywarden.county.councils.models import Body
from waywarden.fabric.common.subjects import COMMAND_LINE, Subject
from waywarden.fabric.journal import actions as journal
from waywarden.fabric.journal.models import Entry, Head
from waywarden.upkeep import copying, drills, manifests
from waywarden.upkeep.backups import Backup, back_up
from waywarden.upkeep.counting import Head as Published
from waywarden.upkeep.drills import drill
from waywarden.upkeep.places import CannotDo, Place

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]

Make = Callable[..., Backup]


@pytest.fixture
def make(site: Place, tmp_path: Path) -> Make:
    """Give what backs the site up."""
    return lambda **how: back_up(site, tmp_path / "backups", now=NOW, **how)


def rows() -> dict[str, int]:
    """Count what is live."""
    return {"bodies": Body.objects.count(), "sessions": Session.objects.count()}


@pytest.mark.parametrize("as_file", [False, True], ids=["folder", "file"])
def test_a_backup_can_be_restored(site: Place, make: Make, as_file: bool) -> None:
    made = make(as_file=as_file)

    tried = drill(made.path, site, [], now=NOW)

    assert tried.faults == []
    assert tried.manifest.counted.rows["councils_body"] == Body.objects.count() == 6
    assert tried.manifest.head.number == Head.objects.get().number
    assert len(tried.manifest.files) == 1
    assert made.path.name == f"waywarden-2026-11-22T093000Z{'.tar' if as_file else ''}"


def test_a_drill_touches_nothing_live_and_is_noted_with_its_day(site: Place, make: Make) -> None:
    made, before = make(), rows()

    drill(made.path, site, [], now=NOW)

    assert rows() == before
    assert {path.name for path in site.folder.iterdir()} == {"files", drills.LOG}
    noted = (site.folder / drills.LOG).read_text()
    assert noted.startswith("2026-11-22T09:30:00+00:00 waywarden-2026-11-22T093000Z passed: ")
    assert noted.count("\n") == 1


def test_each_drill_adds_a_line_and_a_failure_is_noted_too(site: Place, make: Make) -> None:
    made = make()
    drill(made.path, site, [], now=NOW)
    shutil.rmtree(made.path / "files")

    drill(made.path, site, [], now=NOW)
    with pytest.raises(CannotDo):
        drill(made.path / "nothing", site, [], now=NOW)

    came_of_it = [line.split()[2] for line in (site.folder / drills.LOG).read_text().splitlines()]
    assert came_of_it == ["passed:", "failed:", "failed:"]


def test_a_backup_made_while_others_save_is_whole(site: Place, make: Make) -> None:
    stop = threading.Event()

    def save() -> None:
        number = 0
        while not stop.is_set():
            number += 1
            with transaction.atomic():
                Body.objects.create(key=f"b{number}", name=f"Body {number}", kind="parish")
                journal.write(by=COMMAND_LINE, did="recorded", to=Subject("body", f"b{number}"))
        connection.close()

    writer = threading.Thread(target=save)
    writer.start()
    try:
        made = make()
    finally:
        stop.set()
        writer.join()

    tried = drill(made.path, site, [], now=NOW)
    head = tried.manifest.head
    assert tried.faults == []
    assert Entry.objects.get(number=head.number).hash == head.hash
    assert tried.manifest.counted.rows["journal_entry"] == head.number


@only_sqlite
def test_rel9_control_a_plain_copy_of_a_live_database_fails_the_drill(
    site: Place, make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    def plain_copy(lite: sqlite3.Connection, target: Path) -> None:
        shutil.copyfile(site.database_file, target)

    monkeypatch.setattr(copying, "copy_pages", plain_copy)
    # Saved and acknowledged, but not yet in the file that is copied.
    Body.objects.create(key="late", name="Saved last", kind="parish")

    made = make()

    with sqlite3.connect(made.path / copying.DATABASE) as copy:
        assert copy.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    copy.close()
    tried = drill(made.path, site, [], now=NOW)
    assert any(fault.startswith("councils_body: ") for fault in tried.faults), tried.faults


@only_sqlite
def test_a_copy_of_the_file_alone_is_no_backup(site: Place, tmp_path: Path) -> None:
    shutil.copyfile(site.database_file, tmp_path / "copy.sqlite3")

    for path in (tmp_path / "copy.sqlite3", tmp_path):
        with pytest.raises(CannotDo, match="not a whole backup"):
            drill(path, site, [], now=NOW)


@pytest.mark.parametrize("breaks", ["copy_database", "_settle_all"])
def test_a_backup_that_is_cut_off_leaves_nothing_that_looks_like_one(
    site: Place, tmp_path: Path, breaks: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def cut(*given: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(f"waywarden.upkeep.backups.{breaks}", cut)

    with pytest.raises(KeyboardInterrupt):
        back_up(site, tmp_path / "backups", now=NOW)

    assert list((tmp_path / "backups").iterdir()) == []


def test_a_file_that_is_cut_off_is_no_backup(site: Place, make: Make) -> None:
    made = make(as_file=True)
    whole = made.path.read_bytes()

    for share in (0.3, 0.6, 0.9):
        made.path.write_bytes(whole[: int(len(whole) * share)])
        with pytest.raises(CannotDo, match="not a whole backup"):
            drill(made.path, site, [], now=NOW)


def test_two_backups_of_one_second_are_not_mixed(make: Make) -> None:
    make()

    with pytest.raises(CannotDo, match=r"There is .* already"):
        make()


def test_a_changed_part_of_a_backup_is_found(site: Place, make: Make) -> None:
    made = make()
    part = made.path / next(iter(made.manifest.parts))
    part.write_bytes(part.read_bytes() + b"x")

    tried = drill(made.path, site, [], now=NOW)

    assert [fault for fault in tried.faults if "has changed since" in fault]


def test_a_missing_part_of_a_backup_is_found(site: Place, make: Make) -> None:
    made = make()
    (made.path / next(iter(made.manifest.parts))).unlink()

    assert "is missing from the backup" in drill(made.path, site, [], now=NOW).faults[0]


def test_a_lost_and_a_damaged_file_are_found(site: Place, make: Make) -> None:
    second = store(site, b"minutes of Wychbourne")
    made = make()
    copies = sorted(path for path in (made.path / "files").rglob("*") if path.is_file())
    lost, damaged = copies
    lost.unlink()
    damaged.write_bytes(b"something else")

    faults = drill(made.path, site, [], now=NOW).faults

    assert second.exists()
    assert sorted(fault.split()[-1] for fault in faults) == ["damaged.", "missing."]


def test_a_file_that_is_being_written_is_not_backed_up(site: Place, make: Make) -> None:
    (site.files / "ab").mkdir(exist_ok=True)
    (site.files / "ab" / ".new-xyz").write_bytes(LETTER[:5])

    assert len(make().manifest.files) == 1


def test_a_backup_that_lacks_rows_is_found_by_its_count(site: Place, make: Make) -> None:
    made = make()
    told = json.loads((made.path / manifests.NAME).read_text())
    told["counted"]["rows"]["councils_body"] += 1
    (made.path / manifests.NAME).write_text(json.dumps(told))

    faults = drill(made.path, site, [], now=NOW).faults

    assert faults == ["councils_body: 6 rows, where there were 7."]


def test_a_journal_that_ends_elsewhere_is_found(site: Place, make: Make) -> None:
    made = make()
    told = json.loads((made.path / manifests.NAME).read_text())
    told["counted"]["head"]["number"] += 1
    (made.path / manifests.NAME).write_text(json.dumps(told))

    assert "The journal ends at line" in drill(made.path, site, [], now=NOW).faults[0]


def test_a_journal_altered_before_the_backup_is_found(site: Place, make: Make) -> None:
    guards.take_down()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE journal_entry SET did = 'did nothing' WHERE number = 2")

    faults = drill(make().path, site, [], now=NOW).faults

    assert "The restored site does not work" in faults[0]
    assert "Line 2 has been altered" in faults[0]


def test_a_journal_that_contradicts_a_published_head_is_found(site: Place, make: Make) -> None:
    made = make()
    true = Entry.objects.get(number=2).hash

    assert drill(made.path, site, [Published(2, true)], now=NOW).faults == []
    faults = drill(made.path, site, [Published(2, "f" * 64)], now=NOW).faults
    assert "Line 2 of the journal is not the one that was published" in faults[0]


def test_what_was_done_after_the_backup_is_listed(site: Place, make: Make, cast: Cast) -> None:
    made = make()
    assert cast.at_coldbrook
    head = Head.objects.get()

    tried = drill(made.path, site, [Published(head.number, head.hash)], now=NOW)

    assert tried.faults == []
    assert "1 change made after the backup" in tried.told[0]
    assert f"line {head.number} of the journal" in tried.told[0]


def test_a_backup_is_for_its_owner_alone(make: Make) -> None:
    assert make().path.stat().st_mode & 0o077 == 0


def test_a_file_is_for_its_owner_alone(make: Make) -> None:
    assert make(as_file=True).path.stat().st_mode & 0o077 == 0
