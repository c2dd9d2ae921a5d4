"""Our own content that no row names goes after a day; never what is named or another's."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils.timezone import localdate

from waywarden.fabric.common.subjects import COMMAND_LINE, Subject
from waywarden.fabric.documents import actions, keeping
from waywarden.fabric.documents.models import OwnContent, StoredFile
from waywarden.fabric.journal.models import Entry

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]

NOW = datetime.now(UTC)
LONG_AGO = (NOW - timedelta(days=3)).timestamp()
ABOUT = Subject("expression", "expression-1")


@pytest.fixture(autouse=True)
def files(tmp_path: Path, settings: Any) -> Path:
    """Keep the files of each test apart."""
    settings.FILES_ROOT = tmp_path / "files"
    return tmp_path / "files"


def lying(content: bytes, *, is_old: bool = True) -> Path:
    """Write content to the disk under no row."""
    ready = actions.made(content=content, media_type="text/plain", name="a.txt")
    if is_old:
        grow_old(ready.sha256)
    return keeping.path_of(ready.sha256)


def grow_old(sha256: str) -> None:
    """Let content lie as if it had come long ago."""
    os.utime(keeping.path_of(sha256), (LONG_AGO, LONG_AGO))
    OwnContent.objects.filter(sha256=sha256).update(at=NOW - timedelta(days=3))


def named(content: bytes) -> StoredFile:
    """Keep content under a row, and let it grow old."""
    ready = actions.made(content=content, media_type="text/plain", name="a.txt")
    file = actions.store(ready=ready, kept_for=ABOUT, by=COMMAND_LINE)
    grow_old(file.sha256)
    return file


def sweep() -> None:
    actions.sweep(today=localdate(NOW), now=NOW)


def test_what_no_row_names_goes_after_a_day_and_the_journal_counts_it() -> None:
    refused, fresh = lying(b"refused"), lying(b"fresh", is_old=False)
    kept = keeping.path_of(named(b"kept").sha256)

    sweep()
    sweep()

    assert not refused.exists()
    assert fresh.exists() and kept.exists()
    line = Entry.objects.get()
    assert (line.did, line.after) == ("removed unnamed files", {"files": 1, "bytes": 7})


def test_an_empty_database_removes_nothing_of_the_folder() -> None:
    path = keeping.path_of(named(b"another's").sha256)
    StoredFile.objects.all().delete()
    OwnContent.objects.all().delete()

    sweep()

    assert path.read_bytes() == b"another's"
    assert not Entry.objects.exists()


def test_an_older_database_leaves_what_it_does_not_know() -> None:
    refused = lying(b"refused")
    later = keeping.path_of(keeping.keep(b"came after the backup"))
    os.utime(later, (LONG_AGO, LONG_AGO))

    sweep()

    assert not refused.exists()
    assert later.exists()


def test_content_is_known_as_our_own_before_anything_lies_on_the_disk(files: Path) -> None:
    sound = actions.looked_into(content=b"Rules\n", name="Rules.txt")

    assert OwnContent.objects.get().sha256 == keeping.hash_of(sound.content)
    assert not files.exists()


def test_it_is_our_own_no_longer_once_it_is_named_or_gone() -> None:
    lying(b"refused")
    named(b"kept")
    actions.looked_into(content=b"sent in vain\n", name="Rules.txt")
    OwnContent.objects.update(at=NOW - timedelta(days=3))
    os.utime(lying(b"restored today"))
    lying(b"fresh", is_old=False)

    sweep()

    known = {each.sha256 for each in OwnContent.objects.all()}
    assert known == {keeping.hash_of(b"restored today"), keeping.hash_of(b"fresh")}


def test_content_that_cannot_be_made_young_waits_a_day_all_the_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    file = named(b"personal")
    monkeypatch.setattr(os, "utime", not_ours)

    actions.forget(files=[file])
    sweep()

    assert keeping.lies(file.sha256) and not StoredFile.objects.exists()


def test_content_of_another_user_is_written_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    path = lying(b"sent twice")
    path.chmod(0o400)
    monkeypatch.setattr(os, "utime", not_ours)

    keeping.keep(b"sent twice")

    assert path.stat().st_mtime > LONG_AGO + 1


def test_what_cannot_be_made_young_nor_written_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    lying(b"sent twice")
    monkeypatch.setattr(os, "utime", not_ours)
    monkeypatch.setattr(keeping.tempfile, "mkstemp", not_ours)

    with pytest.raises(keeping.NotKept, match="could not be kept"):
        keeping.keep(b"sent twice")


def not_ours(*args: Any, **named: Any) -> None:
    raise PermissionError


def test_what_was_withdrawn_is_named_still() -> None:
    file = named(b"kept")
    actions.stop_offering(file=file, today=localdate(NOW))

    sweep()

    assert keeping.is_whole(file.sha256)


@pytest.mark.parametrize("begins", keeping.UNFINISHED)
def test_what_was_never_finished_goes_too(files: Path, begins: str) -> None:
    part = lying(b"kept").with_name(f"{begins}abc")
    part.write_bytes(b"half")
    os.utime(part, (LONG_AGO, LONG_AGO))

    sweep()

    assert [path for path in files.rglob("*") if path.is_file()] == []


def test_content_that_is_sent_again_is_young_again() -> None:
    path = lying(b"sent twice")

    lying(b"sent twice", is_old=False)
    sweep()

    assert path.exists()


def test_content_that_comes_while_it_is_removed_is_put_back() -> None:
    path = lying(b"sent twice")
    held = next(keeping.old(NOW))
    os.utime(path)

    assert not keeping.remove(held, before=NOW - timedelta(days=1), may_go=lambda _: True)
    assert path.read_bytes() == b"sent twice"


def test_content_that_a_row_comes_to_name_meanwhile_is_put_back() -> None:
    path = lying(b"named late")
    held = next(keeping.old(NOW))

    assert not keeping.remove(held, before=NOW, may_go=lambda name: name != held.name)
    assert path.read_bytes() == b"named late"


def test_content_that_is_gone_when_it_is_sent_again_is_written_anew(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    path = lying(b"sent twice")
    path.unlink()
    monkeypatch.setattr(keeping, "is_whole", lambda sha256: True)

    keeping.keep(b"sent twice")

    assert path.read_bytes() == b"sent twice"


def test_what_was_set_aside_when_the_machine_stopped_is_put_back() -> None:
    path = keeping.path_of(named(b"kept").sha256)
    path.rename(path.with_name(f"{keeping.ASIDE}{path.name}"))

    sweep()

    assert path.read_bytes() == b"kept"


def test_what_is_renamed_while_the_folder_is_read_is_left_alone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    path = lying(b"written")
    monkeypatch.setattr(Path, "glob", lambda self, pattern: [path.with_name("gone")])
    monkeypatch.setattr(keeping, "_put_back", lambda root: None)

    sweep()

    assert path.exists()


def test_a_file_that_is_forgotten_goes_a_day_later() -> None:
    file = named(b"personal")
    path = keeping.path_of(file.sha256)

    actions.forget(files=[file])
    sweep()
    assert path.exists() and not StoredFile.objects.exists()
    grow_old(file.sha256)
    sweep()

    assert not path.exists()


def test_content_that_two_rows_name_stays_while_one_does() -> None:
    one, other = named(b"the same"), named(b"the same")

    actions.forget(files=[one])
    path = keeping.path_of(other.sha256)
    grow_old(other.sha256)
    sweep()

    assert path.exists()
