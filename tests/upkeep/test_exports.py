"""A council can take all its data out, and nobody can sign in with what is in it."""

import csv
import io
import json
import tracemalloc
import zipfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.contrib.sessions.models import Session
from django.db import connection, transaction

from tests.cast import Cast
from tests.upkeep.conftest import LETTER, NOW
from waywarden.county.councils.models import Body
from waywarden.county.people.models import Person
from waywarden.fabric.common.subjects import COMMAND_LINE, Subject
from waywarden.fabric.journal import actions as journal
from waywarden.fabric.journal.models import Entry
from waywarden.upkeep import exports
from waywarden.upkeep.places import CannotDo, Place

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def taken_out(site: Place, cast: Cast, tmp_path: Path) -> zipfile.ZipFile:
    """Everything of the site, after Bron has set a password."""
    bron = cast.bron
    bron.set_password("correct horse battery staple")
    bron.save()
    Body.objects.filter(key="coldbrook-council").update(name="=HYPERLINK(1)")
    exports.export(tmp_path / "all.zip", site, now=NOW)
    with zipfile.ZipFile(tmp_path / "all.zip") as archive:
        yield archive


def rows(archive: zipfile.ZipFile, table: str) -> list[dict[str, object]]:
    """Read a table as a program does."""
    return [json.loads(line) for line in archive.read(f"tables/{table}.jsonl").splitlines()]


def test_every_table_of_ours_is_in_it_to_the_last_row(taken_out: zipfile.ZipFile) -> None:
    manifest = json.loads(taken_out.read("manifest.json"))

    counted = {table["name"]: table["rows"] for table in manifest["tables"]}
    assert set(counted) == {table.name for table in exports.tables()}
    for table in exports.tables():
        assert counted[table.name] == table.model._base_manager.count()
        assert len(rows(taken_out, table.name)) == counted[table.name]
    assert counted["people_person"] == Person.objects.count() >= 1
    assert counted["journal_entry"] == Entry.objects.count()


def test_every_column_says_what_it_means(taken_out: zipfile.ZipFile) -> None:
    manifest = json.loads(taken_out.read("manifest.json"))

    for table in manifest["tables"]:
        assert table["meaning"], table["name"]
        assert all(column["meaning"] and column["type"] for column in table["columns"])
    [kind] = [
        column
        for table in manifest["tables"]
        if table["name"] == "people_office"
        for column in table["columns"]
        if column["name"] == "kind"
    ]
    assert kind["may_be"]["clerk"] == "Clerk"


def test_the_journal_can_be_checked_from_it(taken_out: zipfile.ZipFile) -> None:
    lines = rows(taken_out, "journal_entry")

    assert [line["hash"] for line in lines[:-1]] == [line["previous_hash"] for line in lines[1:]]


def test_stored_files_are_in_it(taken_out: zipfile.ZipFile) -> None:
    [name] = [name for name in taken_out.namelist() if name.startswith("files/")]

    assert taken_out.read(name) == LETTER


def test_nothing_in_it_lets_anybody_in(taken_out: zipfile.ZipFile) -> None:
    secrets = [Person.objects.get(shown_as="Bron").password, Session.objects.get().session_key]

    everything = b"\n".join(taken_out.read(name) for name in taken_out.namelist()).decode()

    assert [secret for secret in secrets if secret in everything] == []
    assert "bron@example.org" in everything


def test_what_is_left_out_is_named(taken_out: zipfile.ZipFile) -> None:
    manifest = json.loads(taken_out.read("manifest.json"))

    left_out = {table["name"] for table in manifest["left_out"]}
    assert "django_session" in left_out
    of_people = next(each for each in manifest["tables"] if each["name"] == "people_person")
    assert of_people["columns_left_out"] == ["password"]


@pytest.mark.parametrize(
    "column",
    ["password", "token", "feed_token", "token_hash", "secret", "code_hash", "recovery_codes"],
)
def test_columns_that_let_somebody_in_are_known_by_their_names(column: str) -> None:
    assert exports.SECRET.search(column)


def test_v14_what_is_left_out_is_known_column_by_column() -> None:
    """Whoever adds a column that lets somebody in, or one that sounds so, must look here."""
    left_out = {f"{table.name}.{column}" for table in exports.tables() for column in table.left_out}
    hashes = {
        f"{table.name}.{field.column}"
        for table in exports.tables()
        for field in table.fields
        if str(field.column).endswith("hash")
    }

    assert left_out == {
        "clusters_link.token_hash",
        "interest_link.token_hash",
        "interest_hosting.token_hash",
        "notices_feedtoken.token_hash",
        "notices_notice.link",
        "notices_notice.text",
        "offers_offer.token_hash",
        "offices_invitation.token_hash",
        "paperwork_submission.digest",
        "people_person.password",
    }
    assert hashes == {
        "clusters_agreement.hash",
        "clusters_consent.hash",
        "clusters_settlement.hash",
        "clusters_terms.hash",
        "journal_entry.hash",
        "journal_entry.previous_hash",
        "journal_head.hash",
        "journal_publishedhead.hash",
        "making_askedplan.input_hash",
        "plans_planrun.input_hash",
    }


def test_v1_2_10_nothing_in_it_runs_in_a_spreadsheet(taken_out: zipfile.ZipFile) -> None:
    sheet = taken_out.read("tables/councils_body.csv").decode("utf-8-sig")

    cells = [cell for row in csv.reader(io.StringIO(sheet)) for cell in row]
    assert "'=HYPERLINK(1)" in cells
    assert not [cell for cell in cells if cell.startswith(("=", "+", "@", "\t", "\r"))]
    # The table for programs stays as it is kept.
    assert "=HYPERLINK(1)" in [row["name"] for row in rows(taken_out, "councils_body")]


def test_it_is_for_its_owner_alone_and_whole_or_not_there(
    site: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "all.zip"
    exports.export(file, site, now=NOW)
    assert file.stat().st_mode & 0o077 == 0
    with pytest.raises(CannotDo, match="already"):
        exports.export(file, site, now=NOW)

    monkeypatch.setattr(exports, "_fill", lambda *given, **named: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        exports.export(tmp_path / "other.zip", site, now=NOW)

    assert sorted(path.name for path in tmp_path.glob("*.zip")) == ["all.zip"]


def write_a_line() -> int:
    """Write in the journal as somebody does who saves a form meanwhile."""
    try:
        with transaction.atomic():
            subject = Subject("place", "coldbrook")
            return journal.write(by=COMMAND_LINE, did="saved meanwhile", to=subject).number
    finally:
        connection.close()


def test_others_save_while_it_is_made_and_it_is_of_one_moment(
    site: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, written = Entry.objects.count(), []
    write = exports._write

    def write_while_others_save(*given: object) -> dict[str, object]:
        # The journal comes after the tables of councils, and before its own head.
        with ThreadPoolExecutor(1) as other:
            written.append(other.submit(write_a_line).result(timeout=15))
        return write(*given)

    monkeypatch.setattr(exports, "_write", write_while_others_save)
    exports.export(tmp_path / "all.zip", site, now=NOW)

    assert len(written) == len(exports.tables())
    assert Entry.objects.count() == before + len(written)
    with zipfile.ZipFile(tmp_path / "all.zip") as archive:
        lines = rows(archive, "journal_entry")
        [head] = rows(archive, "journal_head")
        sheet = list(csv.reader(io.StringIO(archive.read("tables/journal_entry.csv").decode())))
    assert len(lines) == len(sheet) - 1 == head["number"] == before
    assert lines[-1]["hash"] == head["hash"]
    # Nothing is left open: the next who writes finds no lock.
    assert not connection.in_atomic_block
    assert write_a_line() == before + len(written) + 1


def test_a_table_larger_than_memory_need_not_fit_into_it(site: Place, tmp_path: Path) -> None:
    words = "x" * 20_000
    with transaction.atomic():
        for _ in range(1_000):
            subject = Subject("place", "coldbrook")
            journal.write(by=COMMAND_LINE, did="wrote much", to=subject, reason=words)
    tracemalloc.start()
    exports.export(tmp_path / "all.zip", site, now=NOW)
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    batch = exports.AT_ONCE * len(words)
    assert most < 4 * batch < 1_000 * len(words) / 2
