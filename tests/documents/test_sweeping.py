"""Content that no row names is removed after a day, and never what a row names."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils.timezone import localdate

from waywarden.fabric.common.subjects import COMMAND_LINE, Subject
from waywarden.fabric.documents import actions, keeping
from waywarden.fabric.documents.models import StoredFile
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
    path = keeping.path_of(keeping.keep(content))
    if is_old:
        os.utime(path, (LONG_AGO, LONG_AGO))
    return path


def named(content: bytes) -> StoredFile:
    """Keep content under a row, and let it grow old."""
    ready = actions.made(content=content, media_type="text/plain", name="a.txt")
    file = actions.store(ready=ready, kept_for=ABOUT, by=COMMAND_LINE)
    os.utime(keeping.path_of(file.sha256), (LONG_AGO, LONG_AGO))
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


def test_what_was_withdrawn_is_named_still() -> None:
    file = named(b"kept")
    actions.stop_offering(file=file, today=localdate(NOW))

    sweep()

    assert keeping.is_whole(file.sha256)


def test_what_was_never_finished_goes_too(files: Path) -> None:
    part = lying(b"kept").with_name(f"{keeping.PART}abc")
    part.write_bytes(b"half")
    os.utime(part, (LONG_AGO, LONG_AGO))

    sweep()

    assert [path for path in files.rglob("*") if path.is_file()] == []


def test_content_that_is_sent_again_is_young_again() -> None:
    path = lying(b"sent twice")

    keeping.keep(b"sent twice")
    sweep()

    assert path.exists()


def test_content_that_comes_while_it_is_removed_is_put_back() -> None:
    path = lying(b"sent twice")
    held = next(keeping.old(NOW))
    os.utime(path)

    assert not keeping.remove(held, before=NOW - timedelta(days=1), is_named=lambda _: False)
    assert path.read_bytes() == b"sent twice"


def test_content_that_a_row_comes_to_name_meanwhile_is_put_back() -> None:
    path = lying(b"named late")
    held = next(keeping.old(NOW))

    assert not keeping.remove(held, before=NOW, is_named=lambda name: name == held.name)
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
    os.utime(path, (LONG_AGO, LONG_AGO))
    sweep()

    assert not path.exists()


def test_content_that_two_rows_name_stays_while_one_does() -> None:
    one, other = named(b"the same"), named(b"the same")

    actions.forget(files=[one])
    path = keeping.path_of(other.sha256)
    os.utime(path, (LONG_AGO, LONG_AGO))
    sweep()

    assert path.exists()
