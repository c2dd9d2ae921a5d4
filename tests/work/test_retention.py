"""What passes through the site is forgotten on its day, and the journal says so (V14.2.7)."""

import os
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from pytest_django import Settings

from tests.cast import Cast
from tests.imports.sending import CONTACTS, MINE, Desk
from tests.notices.telling import told
from waywarden.county.councils.models import Contact
from waywarden.devolution.clusters.models.links import LINK_DAYS
from waywarden.devolution.interest import policies
from waywarden.devolution.interest.models import LINK_LASTS
from waywarden.fabric.common.subjects import COMMAND_LINE
from waywarden.fabric.forms.actions import ANSWERS_KEPT, DRAFTS_KEPT
from waywarden.fabric.imports import actions as imports
from waywarden.fabric.imports.models import Upload
from waywarden.fabric.journal.models import AppendOnly, Entry
from waywarden.fabric.notices import actions as notices
from waywarden.fabric.notices.delivery import TEXTS_KEPT
from waywarden.fabric.notices.models import Notice
from waywarden.fabric.work import jobs, retention

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]

ROOT = Path(__file__).parents[2]
NOW = datetime.now(UTC)
LATER = NOW + retention.KEPT + timedelta(hours=12)
BAD = ",carrier pigeon,the loft of Colm,\n"


def forget(now: datetime = LATER) -> None:
    retention.forget_old(today=now.date(), now=now)


def lines() -> AppendOnly:
    """Give what the journal says of forgetting."""
    return Entry.objects.filter(actor_key="chores")


@pytest.fixture
def mail(settings: Settings, tmp_path: Path) -> Path:
    settings.MAIL_FOLDER = tmp_path / "mail"
    settings.MAIL_FOLDER.mkdir()
    return Path(settings.MAIL_FOLDER)


@pytest.fixture
def colm(cast: Cast, mail: Path) -> Desk:
    return Desk(cast, cast.at_coldbrook)


def test_v14_2_7_a_table_taken_in_is_forgotten_and_what_was_saved_stays(colm: Desk) -> None:
    there = colm.paste("contacts", CONTACTS + MINE + BAD)["Location"]
    colm.decide(there)

    forget(LATER - timedelta(days=1))
    assert "the loft of Colm" in str(Upload.objects.get().table)
    assert not lines().exists()
    forget()

    upload = Upload.objects.get()
    assert (upload.status, upload.sheet.rows, upload.left_out) == ("taken", (), [])
    assert upload.outcome == {"new": 1, "changed": 0, "same": 0, "left_out": 1}
    assert upload.name == imports.FORGOTTEN
    assert Contact.objects.get().value == "clerk@coldbrook.example"
    page = colm.page(there)
    assert "The table itself was forgotten on" in page.words
    assert "loft" not in page.words


def test_v14_2_7_a_table_that_waited_too_long_is_left_out(colm: Desk) -> None:
    there = colm.paste("contacts", CONTACTS + MINE)["Location"]
    read_before = Upload.objects.get()

    forget()

    assert Upload.objects.get().status == "left"
    colm.decide(there)
    assert not Contact.objects.exists()
    with pytest.raises(imports.DecidedAlready):
        imports.leave_out(upload=read_before, now=LATER)


def test_the_journal_says_how_many_tables_were_forgotten_and_whose(colm: Desk) -> None:
    colm.paste("contacts", CONTACTS + MINE)
    colm.paste("contacts", CONTACTS + BAD)

    forget()
    forget()

    line = lines().get()
    assert (line.did, line.after) == ("forgot tables sent long ago", {"tables": 2})
    assert line.bodies == ["coldbrook-council"]


def test_the_journal_tells_each_council_how_many_of_its_own_tables_were_forgotten(
    cast: Cast, colm: Desk
) -> None:
    bron = Desk(cast, cast.at_wychbourne)
    for rows in (MINE, BAD):
        colm.paste("contacts", CONTACTS + rows)
    bron.paste("contacts", CONTACTS + MINE)

    forget()

    told_of = {tuple(line.bodies): line.after for line in lines()}
    assert told_of == {
        ("coldbrook-council",): {"tables": 2},
        ("wychbourne-council",): {"tables": 1},
    }


def test_v14_2_7_a_letter_set_aside_long_ago_is_given_up_and_says_nothing(
    cast: Cast, mail: Path
) -> None:
    aside, waiting = told(), told()
    Notice.objects.filter(pk=aside.pk).update(
        status="quarantined", tries=5, trouble="550 unknown", due_at=NOW
    )
    Notice.objects.filter(pk=waiting.pk).update(due_at=NOW)

    forget(LATER - timedelta(days=1))
    assert Notice.objects.set_aside().exists()
    forget()

    aside.refresh_from_db()
    assert (aside.status, aside.trouble) == ("dropped", "550 unknown")
    assert (aside.to_email, aside.to_shown_as, aside.subject, aside.text, aside.why) == ("",) * 5
    assert Notice.objects.get(pk=waiting.pk).text
    assert not notices.put_back(notice=aside, by=COMMAND_LINE, today=NOW.date())
    assert lines().get().after == {"letters": 1}


def test_v14_2_7_letters_that_became_files_are_removed(cast: Cast, mail: Path) -> None:
    old, new = mail / "old.eml", mail / "new.eml"
    for file in (old, new):
        file.write_text("To: bron@example.org")
    for file, late in ((old, -60), (new, 60)):
        os.utime(file, (0, (LATER - retention.KEPT).timestamp() + late))

    forget()

    assert not old.exists()
    assert new.exists()
    assert lines().get().after == {"files": 1}
    forget()
    assert lines().count() == 1


def test_a_file_that_cannot_be_removed_is_tried_again(
    cast: Cast, mail: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = mail / "old.eml"
    old.write_text("To: bron@example.org")
    os.utime(old, (0, 0))

    with monkeypatch.context() as patch:
        patch.setattr(Path, "unlink", lambda *given, **named: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            forget()
    assert not lines().exists()
    forget()

    assert not old.exists()


def test_where_there_is_no_mail_folder_nothing_is_removed(settings: Settings, mail: Path) -> None:
    settings.MAIL_FOLDER = mail / "none"

    forget()

    assert not lines().exists()


def test_the_chore_is_done_every_day(settings: Settings) -> None:
    path = "waywarden.fabric.work.retention.forget_old"

    assert path in settings.DAILY_CHORES.values()


def test_the_pages_say_how_long_things_are_kept(client: object) -> None:
    assert retention.KEPT == TEXTS_KEPT == timedelta(days=90)
    assert timedelta(days=90) == policies.UNSENT_KEPT
    told_days = {90, DRAFTS_KEPT.days}

    page = client.get("/privacy/").content.decode()  # type: ignore[attr-defined]
    assert {int(days) for days in re.findall(r": (\d+) days", page)} == told_days
    words = (ROOT / "docs/reference/retention.md").read_text("utf-8")
    kept = {int(days) for days in re.findall(r"\b(\d+) days", words)}
    assert kept == told_days | {ANSWERS_KEPT.days, jobs.KEPT.days, policies.WARNED_BEFORE.days} | {
        LINK_LASTS.days,
        LINK_DAYS,
    }
