"""The papers of a body: who adds, who reads, what comes back."""

import io
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from PIL import Image

from tests.cast import DAY, Cast
from waywarden.county.papers import actions
from waywarden.county.papers.models import Paper
from waywarden.county.people.models import Office
from waywarden.fabric.documents import keeping, queries
from waywarden.fabric.documents.models import StoredFile
from waywarden.fabric.journal.models import Entry

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]

PAPERS = "/bodies/coldbrook-council/papers/"
PAPERS_FILE = "/bodies/coldbrook-council/papers.csv"
MINUTES = b"Minutes of Coldbrook Parish Council\n\nThe hedges were cut.\n"


@pytest.fixture(autouse=True)
def a_folder_of_its_own(tmp_path: Path, settings: object) -> Iterator[Path]:
    """Keep the files of each test apart."""
    settings.FILES_ROOT = tmp_path / "files"  # type: ignore[attr-defined]
    yield tmp_path / "files"


def send(
    browser: Client, acting: Office, content: bytes = MINUTES, name: str = "May.txt", **more: str
) -> HttpResponse:
    """Fill in the form and send it."""
    file = SimpleUploadedFile(name, content, content_type="text/html")
    said = {"title": "Minutes of May", "kind": "minutes", "acting_in": str(acting.pk)}
    key = {"once": str(uuid4())}
    return browser.post(f"{PAPERS}add/", {**said, **key, "file": file, **more}, follow=True)


def test_a_clerk_keeps_minutes_and_gets_them_back_as_they_were(cast: Cast) -> None:
    acting = cast.at_coldbrook
    browser = cast.signed_in(cast.colm)

    answer = send(browser, acting)

    assert "“Minutes of May” is kept here." in answer.content.decode()
    paper = Paper.objects.get()
    given = browser.get(f"{PAPERS}{paper.pk}/")
    assert given.content == MINUTES
    assert given["Content-Disposition"] == 'attachment; filename="May.txt"'
    assert given["X-Content-Type-Options"] == "nosniff"
    assert given["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert given["Content-Type"] == "text/plain"
    again = browser.get(f"{PAPERS}{paper.pk}/", headers={"If-None-Match": given["ETag"]})
    assert again.status_code == 304


def test_a_paper_is_for_its_own_body_until_it_is_made_public(cast: Cast) -> None:
    acting = cast.at_coldbrook
    clerk = cast.signed_in(cast.colm)
    _ = cast.at_wychbourne
    others = (Client(), cast.signed_in(cast.bron), cast.signed_in(cast.dot))

    send(clerk, acting, title="Kept to ourselves")
    send(clerk, acting, title="For everybody", is_public="on")

    private, public = Paper.objects.order_by("pk")
    for other in others:
        page = other.get(PAPERS).content.decode()
        assert "For everybody" in page
        assert "Kept to ourselves" not in page
        assert other.get(f"{PAPERS}{private.pk}/").status_code == 404
        assert other.get(f"{PAPERS}{public.pk}/").status_code == 200
        assert other.get(f"/bodies/wychbourne-council/papers/{public.pk}/").status_code == 404


def test_the_file_of_a_list_holds_what_its_reader_may_read_and_no_more(cast: Cast) -> None:
    acting = cast.at_coldbrook
    browser = cast.signed_in(cast.colm)
    send(browser, acting)
    send(browser, acting, b"For everybody", title="Constitution", is_public="on")

    theirs, stranger = browser.get(PAPERS_FILE), Client().get(PAPERS_FILE)

    assert "Minutes of May" in theirs.content.decode()
    assert "Constitution" in stranger.content.decode()
    assert "Minutes of May" not in stranger.content.decode()
    for whose in (browser, Client()):
        page = whose.get(PAPERS).content.decode()
        assert f'href="{PAPERS_FILE}"' in page
        assert f'href="{PAPERS_FILE.replace("csv", "xlsx")}"' in page


def test_only_an_officer_of_the_body_adds_and_withdraws(cast: Cast) -> None:
    acting = cast.at_coldbrook
    send(cast.signed_in(cast.colm), acting, is_public="on")
    paper = Paper.objects.get()
    councillor = cast.office(cast.dot, cast.coldbrook_council, "councillor")
    bron = cast.at_wychbourne

    for person, office in ((cast.dot, councillor), (cast.bron, bron)):
        browser = cast.signed_in(person)
        assert send(browser, office).status_code == 403
        withdrawing = browser.post(f"{PAPERS}{paper.pk}/withdraw/", {"acting_in": office.pk})
        assert withdrawing.status_code == 403
        assert "Add a paper" not in browser.get(PAPERS).content.decode()
    assert Client().get(f"{PAPERS}add/").status_code == 302
    assert Paper.objects.there().count() == 1


def test_who_does_work_for_a_body_does_not_read_what_it_keeps_to_itself(cast: Cast) -> None:
    acting = cast.at_coldbrook
    send(cast.signed_in(cast.colm), acting)
    paper = Paper.objects.get()
    cast.office(cast.dot, cast.coldbrook_council, "operative")
    cast.office(cast.bron, cast.coldbrook_council, "councillor")

    assert cast.signed_in(cast.dot).get(f"{PAPERS}{paper.pk}/").status_code == 404
    assert cast.signed_in(cast.bron).get(f"{PAPERS}{paper.pk}/").status_code == 200


def test_who_looks_in_from_outside_with_a_reason_reads_and_changes_nothing(cast: Cast) -> None:
    acting, ada = cast.at_coldbrook, cast.at_the_county
    send(cast.signed_in(cast.colm), acting)
    paper = Paper.objects.get()
    browser = cast.signed_in(cast.ada)
    assert browser.get(f"{PAPERS}{paper.pk}/").status_code == 404

    said = {"reason": "Colm asked us to", "hours": "1", "acting_in": ada.pk, "once": uuid4()}
    browser.post("/bodies/coldbrook-council/look-in/", said)

    assert browser.get(f"{PAPERS}{paper.pk}/").status_code == 200
    assert browser.get(f"{PAPERS}{paper.pk}/withdraw/").status_code == 403


def test_a_withdrawn_paper_is_found_no_more_and_its_content_stays(cast: Cast) -> None:
    acting = cast.at_coldbrook
    browser = cast.signed_in(cast.colm)
    send(browser, acting, is_public="on")
    paper = Paper.objects.get()
    asked = browser.get(f"{PAPERS}{paper.pk}/withdraw/").content.decode()

    browser.post(f"{PAPERS}{paper.pk}/withdraw/", {"acting_in": acting.pk})

    assert "Withdraw “Minutes of May”?" in asked
    assert browser.get(f"{PAPERS}{paper.pk}/").status_code == 404
    assert "Minutes of May" not in Client().get(PAPERS).content.decode()
    assert keeping.is_whole(StoredFile.objects.get().sha256)
    assert [*Entry.objects.order_by("number").values_list("did", flat=True)][-3:] == [
        "kept a file",
        "added a paper",
        "withdrew a file",
    ]


def test_of_two_who_withdraw_a_paper_one_does(cast: Cast) -> None:
    acting = cast.at_coldbrook
    send(cast.signed_in(cast.colm), acting)
    seen = [Paper.objects.get(), Paper.objects.get()]

    done = [actions.withdraw(paper=paper, by=acting.actor, today=DAY) for paper in seen]

    assert done == [True, False]
    assert Entry.objects.filter(did="withdrew a file").count() == 1


def test_the_journal_holds_neither_title_nor_name_of_a_paper(cast: Cast) -> None:
    acting = cast.at_coldbrook

    send(cast.signed_in(cast.colm), acting, name="Smith grievance.txt", title="Smith’s grievance")

    said = " ".join(str(entry) + str(entry.after) for entry in Entry.objects.all())
    assert Paper.objects.get().title == "Smith’s grievance"
    assert "Smith" not in said


def test_ab9_a_form_sent_twice_keeps_one_paper(cast: Cast) -> None:
    acting = cast.at_coldbrook
    browser = cast.signed_in(cast.colm)
    key = str(uuid4())

    answers = [send(browser, acting, once=key) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [200, 200]
    assert Paper.objects.count() == 1


def test_the_same_content_twice_is_stored_once(cast: Cast, a_folder_of_its_own: Path) -> None:
    acting = cast.at_coldbrook
    browser = cast.signed_in(cast.colm)

    send(browser, acting)
    send(browser, acting, title="Again")

    assert Paper.objects.count() == 2
    assert len([path for path in a_folder_of_its_own.rglob("*") if path.is_file()]) == 1


def test_ab18_a_photo_with_gps_loses_the_place_it_was_taken_at(cast: Cast) -> None:
    acting = cast.at_coldbrook
    browser = cast.signed_in(cast.colm)
    exif = Image.Exif()
    exif[0x010F] = "Marlcam"
    exif.get_ifd(0x8825).update({1: "N", 2: (51.0, 36.0, 7.0), 3: "W", 4: (1.0, 8.0, 2.0)})
    photo = io.BytesIO()
    remark = "Dot’s garden".encode()
    Image.new("RGB", (60, 40), "green").save(photo, "JPEG", exif=exif, comment=remark)
    assert Image.open(photo).getexif().get_ifd(0x8825)

    send(browser, acting, photo.getvalue(), "garden.jpg")

    kept = browser.get(f"{PAPERS}{Paper.objects.get().pk}/").content
    read_back = Image.open(io.BytesIO(kept))
    assert read_back.size == (60, 40)
    assert not read_back.getexif()
    assert not {"exif", "comment", "icc_profile", "photoshop", "xmp"} & set(read_back.info)
    assert b"Marlcam" not in kept
    assert b"garden" not in kept


def test_a_file_that_is_refused_says_why_and_keeps_what_was_typed(cast: Cast) -> None:
    acting = cast.at_coldbrook

    answer = send(cast.signed_in(cast.colm), acting, b"<svg onload=alert(1)>", "picture.jpg")

    page = answer.content.decode()
    assert answer.status_code == 400
    assert "Error: Add a paper" in page
    assert "This kind of file is not accepted." in page
    assert "Minutes of May" in page
    assert not StoredFile.objects.exists()


def test_a_file_larger_than_the_limit_is_refused_before_it_fills_the_disk(
    cast: Cast, settings: object
) -> None:
    settings.FILES_MOST_BYTES = 100_000  # type: ignore[attr-defined]
    acting = cast.at_coldbrook

    answer = send(cast.signed_in(cast.colm), acting, b"long " * 60_000)

    assert answer.status_code == 400
    assert "A file may have 0 MB" in answer.content.decode()
    assert not StoredFile.objects.exists()


def test_a_form_without_a_file_is_told_so(cast: Cast) -> None:
    acting = cast.at_coldbrook
    browser = cast.signed_in(cast.colm)

    answer = browser.post(f"{PAPERS}add/", {"title": "", "kind": "", "acting_in": acting.pk})

    page = answer.content.decode()
    assert answer.status_code == 400
    for said in ("Enter a title", "Choose what kind of paper it is", "Choose the file to add"):
        assert said in page


def test_content_that_is_missing_or_altered_is_found(cast: Cast) -> None:
    acting = cast.at_coldbrook
    browser = cast.signed_in(cast.colm)
    for title in ("Whole", "Missing", "Altered"):
        send(browser, acting, f"{title} minutes of a meeting\n".encode(), title=title)
    _, missing, altered = (
        keeping.path_of(file.sha256) for file in StoredFile.objects.order_by("pk")
    )
    assert not [*queries.faults()]

    missing.unlink()
    altered.write_bytes(b"Something else")

    assert sorted(fault.what.split()[2] for fault in queries.faults()) == ["altered.", "missing."]
    paper = Paper.objects.get(title="Missing")
    assert browser.get(f"{PAPERS}{paper.pk}/").status_code == 404


def test_content_that_was_altered_is_mended_when_it_is_sent_again(cast: Cast) -> None:
    acting = cast.at_coldbrook
    browser = cast.signed_in(cast.colm)
    send(browser, acting)
    keeping.path_of(StoredFile.objects.get().sha256).write_bytes(b"Something else")

    send(browser, acting)

    assert not [*queries.faults()]


def test_a_disk_that_is_full_is_told_in_a_sentence_and_nothing_is_kept(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, a_folder_of_its_own: Path
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    acting = cast.at_coldbrook
    browser = cast.signed_in(cast.colm)
    monkeypatch.setattr("os.fsync", full)

    answer = send(browser, acting)

    monkeypatch.undo()
    assert answer.status_code == 400
    assert "there is no room on the disk" in answer.content.decode()
    assert not StoredFile.objects.exists()
    assert not [path for path in a_folder_of_its_own.rglob("*") if path.is_file()]
