"""Papers that come with an expression: for who asks and who answers, and nobody else."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils.timezone import localdate
from PIL import Image

from tests.cast import Cast
from tests.interest.said import FRIENDS, REACHED, ask, begun, last_letter, sent, written
from tests.offers.asked import send, words
from waywarden.devolution.interest import actions as asking
from waywarden.devolution.interest import enclosure_actions as actions
from waywarden.devolution.interest import policies
from waywarden.devolution.interest.actions import CannotAsk
from waywarden.devolution.interest.enclosure_actions import Enclosed
from waywarden.devolution.interest.models import Enclosure, Expression, Link
from waywarden.devolution.interest.queries import EnclosedSoFar
from waywarden.fabric.common.refusals import Overtaken
from waywarden.fabric.documents import actions as documents
from waywarden.fabric.documents.models import StoredFile
from waywarden.fabric.journal.models import Entry

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]

RULES = b"Rules of the Friends of the Rec\n\nWe mow.\n"
TODAY = localdate()


@pytest.fixture(autouse=True)
def a_folder_of_its_own(tmp_path: Path, settings: Any) -> Iterator[Path]:
    """Keep the files of each test apart."""
    settings.FILES_ROOT = tmp_path / "files"
    yield tmp_path / "files"


def upload(
    browser: Client, where: str, content: bytes = RULES, name: str = "Rules.txt", **more: str
) -> Any:
    """Fill in the form of a paper and send it."""
    file = SimpleUploadedFile(name, content, content_type="text/html")
    said = {"kind": "constitution", "once": str(uuid4())}
    return browser.post(where, {**said, "file": file, **more}, follow=True)


def enclosed(of: Expression, content: bytes = RULES, **said: Any) -> Enclosure:
    """Let the friends add a paper."""
    sound = documents.looked_into(content=content, name="Rules.txt")
    given = Enclosed(**{"kind": "constitution"} | said)
    return actions.enclose(of=of, said=given, sound=sound, by=FRIENDS, today=TODAY)


def address(paper: Enclosure, page: str = "") -> str:
    return f"{paper.expression.get_absolute_url()}papers/{paper.pk}/{page}"


class TestThePage:
    def test_cg6_a_group_adds_its_rules_and_gets_them_back_as_they_were(self, cast: Cast) -> None:
        browser = Client()
        here = ask(browser)

        shown = words(upload(browser, f"{here}papers/add/"))

        assert "It is kept: constitution or rules." in shown
        assert "Rules.txt" in shown
        given = browser.get(address(Enclosure.objects.get()))
        assert given.content == RULES
        assert given["Content-Type"] == "text/plain"
        assert given["Content-Disposition"] == 'attachment; filename="Rules.txt"'
        assert given["Content-Security-Policy"] == "sandbox; default-src 'none'"

    def test_a_council_needs_no_constitution(self, cast: Cast) -> None:
        browser = Client()
        here = ask(browser, kind="council", who="Coldbrook Parish Council", **REACHED)
        upload(browser, f"{here}papers/add/", kind="other")

        shown = words(browser.get(here))

        assert "constitution or rules" not in shown
        assert "An agreement may need them" in shown

    def test_cg6_constitution_safeguarding_and_insurance_come_and_the_county_reads_each(
        self, cast: Cast
    ) -> None:
        browser = Client()
        here = ask(browser, **REACHED)
        where = f"{here}papers/add/"
        upload(browser, where, kind="constitution")
        near = "where children or adults at risk come near"
        lacking = f"Not there yet: safeguarding policy ({near}), certificate of insurance."
        assert lacking in words(browser.get(here))

        policy = upload(browser, where, b"Two adults at all times\n", kind="safeguarding")
        assert "It is kept: safeguarding policy." in words(policy)
        insured = {"kind": "insurance", "ends_on": str(TODAY + timedelta(days=300))}
        upload(browser, where, b"Public liability\n", **insured)

        assert "Not there yet" not in words(browser.get(here))
        Expression.objects.update(status="sent", sent_at=Expression.objects.get().begun_at)
        _ = cast.at_the_county
        ada = cast.signed_in(cast.ada)
        shown = words(ada.get(here))
        for paper in Enclosure.objects.all():
            assert str(paper) in shown
            assert ada.get(address(paper)).status_code == 200
        safeguarding = Enclosure.objects.get(kind="safeguarding")
        assert ada.get(address(safeguarding)).content == b"Two adults at all times\n"
        _ = cast.at_wychbourne
        assert cast.signed_in(cast.bron).get(address(safeguarding)).status_code == 404

    def test_cg6_insurance_has_its_last_day_and_a_lapsed_one_is_said_to_both(
        self, cast: Cast
    ) -> None:
        browser, over = Client(), TODAY - timedelta(days=1)
        here = ask(browser, **REACHED)
        where = f"{here}papers/add/"
        without = upload(browser, where, kind="insurance")
        assert without.status_code == 400
        assert "Enter the last day the insurance covers" in words(without)

        upload(browser, where, kind="insurance", ends_on=str(over))

        lapsed = f"covered until {over.day} {over:%B %Y} and covers no more."
        assert lapsed in words(browser.get(here))
        Expression.objects.update(status="sent", sent_at=Expression.objects.get().begun_at)
        _ = cast.at_the_county
        assert lapsed in words(cast.signed_in(cast.ada).get(here))

    def test_insurance_that_covers_today_has_not_lapsed(self, cast: Cast) -> None:
        browser = Client()
        here = ask(browser)

        upload(browser, f"{here}papers/add/", kind="insurance", ends_on=str(TODAY))

        shown = words(browser.get(here))
        assert "Covers until" in shown
        assert "lapsed" not in shown

    def test_the_place_a_picture_was_taken_at_is_removed(self, cast: Cast) -> None:
        browser, picture = Client(), io.BytesIO()
        taken = Image.Exif()
        taken[0x010E] = "51.75 north"
        Image.new("RGB", (9, 9)).save(picture, "jpeg", exif=taken)
        here = ask(browser)

        upload(browser, f"{here}papers/add/", picture.getvalue(), "Certificate.jpg")

        given = browser.get(address(Enclosure.objects.get()))
        assert given["Content-Type"] == "image/jpeg"
        assert b"51.75" not in given.content

    @pytest.mark.parametrize(
        ("content", "said"),
        [
            (b"", "This file is empty."),
            (b"<html><script>alert(1)</script></html>", "cannot be kept"),
            (b"MZ\x90\x00\x03\x00\x00\x00", "cannot be kept"),
        ],
    )
    def test_a_file_of_another_kind_is_refused(self, cast: Cast, content: bytes, said: str) -> None:
        browser = Client()
        here = ask(browser)

        answer = upload(browser, f"{here}papers/add/", content, "Rules.html")

        assert answer.status_code == 400
        assert not StoredFile.objects.exists()
        assert "Error:" in words(answer)

    def test_nothing_goes_to_the_disk_that_is_refused(
        self, cast: Cast, monkeypatch: pytest.MonkeyPatch, a_folder_of_its_own: Path
    ) -> None:
        monkeypatch.setattr(policies, "MOST_ENCLOSURES", 0)
        browser = Client()
        where = f"{ask(browser)}papers/add/"

        assert "There are 0 papers already" in words(upload(browser, where))
        monkeypatch.setattr(policies, "MOST_ENCLOSURES", 1)
        # A form without its key is refused after its file was looked into.
        assert upload(browser, where, once="").status_code == 400

        assert [path for path in a_folder_of_its_own.rglob("*") if path.is_file()] == []

    def test_where_no_more_papers_can_come_no_button_says_otherwise(
        self, cast: Cast, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(policies, "MOST_ENCLOSED_EVER", 1)
        browser = Client()
        here = ask(browser)
        assert "papers/add/" in browser.get(here).content.decode()

        shown = upload(browser, f"{here}papers/add/")

        assert "1 papers have come with it" in words(shown)
        assert "papers/add/" not in shown.content.decode()
        assert "/replace/" not in shown.content.decode()

    def test_a_file_that_is_too_large_is_refused(self, cast: Cast, settings: Any) -> None:
        settings.FILES_MOST_BYTES = 1_000_000
        browser = Client()
        here = ask(browser)

        answer = upload(browser, f"{here}papers/add/", b"a" * 1_200_000)

        assert answer.status_code == 400
        assert "A file may have 1 MB, and this one has more." in words(answer)

    def test_before_it_is_sent_a_paper_is_replaced_and_taken_back(self, cast: Cast) -> None:
        browser = Client()
        here = ask(browser)
        upload(browser, f"{here}papers/add/")
        old = Enclosure.objects.get()

        replaced = upload(browser, address(old, "replace/"), b"New rules\n", "New.txt")

        assert "It is kept: constitution or rules." in words(replaced)
        assert browser.get(address(old)).status_code == 404
        new = Enclosure.objects.there().get()
        assert browser.get(address(new)).content == b"New rules\n"

        assert "is offered no longer" in words(browser.get(address(new, "take-back/")))
        assert "It is taken back." in words(send(browser, address(new, "take-back/")))
        assert "No papers came with it yet." in words(browser.get(here))
        # What was there is in the history; nothing is deleted.
        assert StoredFile.objects.count() == 2
        history = words(browser.get(f"/history/expression/{old.expression.key}/"))
        assert "replaced a paper" in history
        assert "took a paper back" in history

    def test_once_it_is_sent_papers_stay_and_a_new_certificate_can_come(self, cast: Cast) -> None:
        of = written(cast)
        paper = enclosed(of)
        asking.send(of=of, by=FRIENDS, now=of.begun_at)
        browser = Client()
        browser.get(last_letter().link)

        assert "It was sent" in words(send(browser, address(paper, "take-back/")))
        kept = upload(browser, address(paper, "replace/"), b"Otherwise\n")
        assert "It was sent" in words(kept)
        added = upload(
            browser, f"{of.get_absolute_url()}papers/add/", kind="insurance", ends_on="2099-01-01"
        )
        assert "It is kept: certificate of insurance." in words(added)
        assert Enclosure.objects.there().count() == 2

    def test_what_is_taken_back_meanwhile_is_not_replaced(self, cast: Cast) -> None:
        of = begun(cast)
        paper = enclosed(of)
        actions.take_back(enclosure=paper, by=FRIENDS, today=TODAY)
        sound = documents.looked_into(content=b"New\n", name="New.txt")
        said = Enclosed(kind="other")

        with pytest.raises(Overtaken, match="taken back or replaced already"):
            actions.replace(enclosure=paper, said=said, sound=sound, by=FRIENDS, today=TODAY)

        assert not Enclosure.objects.there().exists()

    def test_so_many_from_one_network_are_asked_to_wait(self, cast: Cast) -> None:
        browser = Client()
        here = ask(browser)
        for _ in range(30):
            upload(browser, f"{here}papers/add/", b"")

        assert upload(browser, f"{here}papers/add/").status_code == 429


class TestWhoReads:
    def test_only_who_asks_and_the_county_that_was_asked(self, cast: Cast) -> None:
        of = sent(cast)
        paper = enclosed(of)
        theirs = last_letter().link
        other = begun(cast, asker={"contact_email": "gus@other.example"})
        another, friend = Client(), Client()
        another.get(last_letter().link)
        friend.get(theirs)
        _ = cast.at_the_county, cast.at_wychbourne

        assert friend.get(address(paper)).content == RULES
        assert cast.signed_in(cast.ada).get(address(paper)).content == RULES
        assert another.get(address(paper)).status_code == 404
        assert another.get(f"{other.get_absolute_url()}papers/{paper.pk}/").status_code == 404
        assert cast.signed_in(cast.bron).get(address(paper)).status_code == 404
        assert Client().get(address(paper)).status_code == 404

    def test_an_officer_of_another_county_finds_nothing(self, cast: Cast) -> None:
        paper = enclosed(sent(cast))
        Expression.objects.update(asked_of=cast.wychbourne_council)
        _ = cast.at_the_county

        assert cast.signed_in(cast.ada).get(address(paper)).status_code == 404

    def test_the_county_reads_nothing_before_it_is_sent(self, cast: Cast) -> None:
        paper = enclosed(written(cast))
        _ = cast.at_the_county
        ada = cast.signed_in(cast.ada)

        assert ada.get(address(paper)).status_code == 404
        assert upload(ada, f"{paper.expression.get_absolute_url()}papers/add/").status_code in (
            403,
            409,
        )


class TestTheAction:
    def test_names_of_files_stay_out_of_the_journal(self, cast: Cast) -> None:
        enclosed(begun(cast))

        line = Entry.objects.get(did="added a paper")
        assert "Rules.txt" not in str(Entry.objects.values_list("after", flat=True))
        assert line.after["kind"] == "constitution"

    def test_what_is_over_takes_no_more_papers(self, cast: Cast) -> None:
        of = sent(cast)
        asking.withdraw(of=of, reason="", by=FRIENDS)

        with pytest.raises(CannotAsk, match="No papers are added any more"):
            enclosed(of)

    def test_there_is_an_end_to_papers(self, cast: Cast) -> None:
        of = begun(cast)

        assert policies.obstacles_to_enclosing(of, EnclosedSoFar(20, 20, 1)) == [
            "There are 20 papers already: no more can be added."
        ]

    def test_papers_taken_back_count_as_they_lie_on_the_disk_still(
        self, cast: Cast, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(policies, "MOST_ENCLOSED_EVER", 2)
        of = begun(cast)
        for _ in range(2):
            actions.take_back(enclosure=enclosed(of), by=FRIENDS, today=TODAY)

        with pytest.raises(CannotAsk, match="2 papers have come with it, with those taken back"):
            enclosed(of)

    def test_neither_is_a_paper_replaced_for_ever(
        self, cast: Cast, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(policies, "MOST_ENCLOSED_EVER", 1)
        paper = enclosed(begun(cast))
        sound = documents.looked_into(content=b"New\n", name="New.txt")
        said = Enclosed(kind="other")

        with pytest.raises(CannotAsk, match="no more can be kept"):
            actions.replace(enclosure=paper, said=said, sound=sound, by=FRIENDS, today=TODAY)

    def test_all_papers_together_have_so_many_bytes(
        self, cast: Cast, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(policies, "MOST_ENCLOSED_BYTES", 2 * len(RULES) - 1)
        of = begun(cast)
        actions.take_back(enclosure=enclosed(of), by=FRIENDS, today=TODAY)

        with pytest.raises(CannotAsk, match="with those taken back: this one would be more"):
            enclosed(of)

    def test_what_was_forgotten_meanwhile_takes_no_paper(self, cast: Cast) -> None:
        of = begun(cast)
        Link.objects.all().delete()
        Expression.objects.filter(pk=of.pk).delete()

        with pytest.raises(Overtaken, match="forgotten meanwhile"):
            enclosed(of)

    def test_each_change_of_a_paper_has_one_line(self, cast: Cast) -> None:
        of, lines = begun(cast), Entry.objects.count()
        paper = enclosed(of)
        assert Entry.objects.count() == lines + 1
        sound = documents.looked_into(content=b"New\n", name="New.txt")
        said = Enclosed(kind="other")

        new = actions.replace(enclosure=paper, said=said, sound=sound, by=FRIENDS, today=TODAY)
        assert Entry.objects.count() == lines + 2
        actions.take_back(enclosure=new, by=FRIENDS, today=TODAY)

        assert Entry.objects.count() == lines + 3

    def test_insurance_says_in_the_journal_until_when(self, cast: Cast) -> None:
        enclosed(begun(cast), kind="insurance", ends_on=TODAY)

        assert Entry.objects.get(did="added a paper").after["ends_on"] == str(TODAY)
