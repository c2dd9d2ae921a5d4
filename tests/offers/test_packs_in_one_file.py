"""All packs of a round in one file: asked for by whoever runs it, and theirs alone."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.utils.timezone import localdate
from django_tasks_db.models import DBTaskResult

from tests.cast import ADA, DAY, Cast
from tests.documents.reading import pdf_words, word_texts
from tests.offers.asked import begun, by_link, link_in_last_letter, open_today, send, words
from waywarden.county.decisions.models import Decision
from waywarden.county.people.models import Office
from waywarden.devolution.offers import actions, bundle_actions, bundling, packs, policies, queries
from waywarden.devolution.offers.actions import CannotOffer
from waywarden.devolution.offers.models import Offer, PackBundle, Round
from waywarden.fabric.documents import actions as documents
from waywarden.fabric.documents.kinds import ZIP
from waywarden.fabric.documents.models import StoredFile
from waywarden.fabric.journal.models import Entry
from waywarden.fabric.work import jobs, workers

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]

COLDBROOK = "coldbrook-council"


@pytest.fixture(autouse=True)
def a_folder_of_its_own(tmp_path: Path, settings: object) -> Iterator[None]:
    """Keep the files of each test apart."""
    settings.FILES_ROOT = tmp_path / "files"  # type: ignore[attr-defined]
    settings.INSTANCE = tmp_path  # type: ignore[attr-defined]
    yield


def ask(of: Round, begun: list[int], now: datetime | None = None) -> bool:
    """Let the county ask for its packs, and note what is begun by it."""

    def begin(bundle: int) -> None:
        begun.append(bundle)
        bundling.make_packs.enqueue(bundle)

    now = now or datetime.now(UTC)
    return bundle_actions.ask_for_packs(of=of, begin=begin, by=ADA, now=now)


def make_what_waits() -> None:
    """Do what is in line, as a worker does."""
    for job in DBTaskResult.objects.filter(status="READY"):
        bundling.make_packs.call(*job.args_kwargs["args"])
        job.delete()


def packed(content: bytes) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(content))


def index_of(file: zipfile.ZipFile) -> dict[str, dict[str, str]]:
    rows = csv.DictReader(io.StringIO(file.read("index.csv").decode("utf-8-sig")))
    return {row["council_key"]: row for row in rows}


class TestTheFile:
    def test_it_holds_a_pack_and_a_letter_for_each_council_and_a_table_of_them(
        self, cast: Cast, ada: tuple[Client, Office], offer: Offer
    ) -> None:
        browser, acting = ada
        where = f"/offers/{offer.round_id}/"
        assert "Put all packs into one file" in words(browser.get(f"{where}packs/"))
        assert browser.get(f"{where}packs.zip").status_code == 404

        send(browser, f"{where}make-packs/", acting=acting)
        make_what_waits()

        given = browser.get(f"{where}packs.zip")
        assert given["Content-Type"] == "application/zip"
        named = f"round-{offer.round_id}-packs-{localdate()}.zip"
        assert given["Content-Disposition"] == f'attachment; filename="{named}"'
        file, keys = packed(given.content), [one.body.key for one in queries.offers_of(offer.round)]
        wanted = [name for key in keys for name in (f"{key}.pdf", f"{key}-letter.docx")]
        assert sorted(file.namelist()) == sorted(["index.csv", *wanted])
        assert sorted(index_of(file)) == sorted(keys)
        page = words(browser.get(f"{where}packs/"))
        assert "Download all packs (ZIP," in page
        assert "What changed since is not in it." in page

    def test_each_pack_is_the_one_the_council_has_on_its_page(
        self, cast: Cast, ada: tuple[Client, Office], offer: Offer
    ) -> None:
        file = packed(bundling.zipped(offer.round, on=localdate(), tell=lambda done: None))

        own = ada[0].get(f"{offer.get_absolute_url()}offer.pdf").content

        assert file.read(f"{COLDBROOK}.pdf") == own
        assert "9,000" in pdf_words(file.read(f"{COLDBROOK}.pdf"))

    def test_the_table_says_what_was_sent_what_is_paid_and_what_is_disputed(
        self, cast: Cast, offer: Offer
    ) -> None:
        by_link(cast, offer)

        rows = index_of(packed(bundling.zipped(offer.round, on=DAY, tell=lambda done: None)))

        row = rows[COLDBROOK]
        assert (row["stage"], row["letters"], row["county_pays"]) == ("Silent", "1", "450.00")
        assert row["last_sent_on"] == str(localdate())
        assert (row["is_estimate"], row["disputed"]) == ("no", "0")
        others = [row for key, row in rows.items() if key != COLDBROOK]
        assert {(row["letters"], row["last_sent_on"], row["county_pays"]) for row in others} == {
            ("0", "", "")
        }

    def test_who_has_said_no_is_not_asked_again_on_paper(self, offer: Offer) -> None:
        said = {"answer": Offer.Answer.DECLINED, "answered_at": datetime.now(UTC)}
        Offer.objects.filter(pk=offer.pk).update(**said)

        file = packed(bundling.zipped(offer.round, on=DAY, tell=lambda done: None))

        row, why = index_of(file)[COLDBROOK], f"{offer.body} has said no: it is not asked again."
        assert (row["letter"], row["no_letter"]) == ("", why)
        assert f"{COLDBROOK}-letter.docx" not in file.namelist()
        assert f"{COLDBROOK}.pdf" in file.namelist()

    def test_who_has_agreed_is_asked_again_only_without_its_minute(self, offer: Offer) -> None:
        offer.answer = Offer.Answer.AGREED

        agreed = policies.obstacles_to_a_letter(offer, today=DAY)
        offer.decision = Decision(body=offer.body, status=Decision.Status.WITHDRAWN)

        assert agreed == [f"{offer.body} has agreed already."]
        assert policies.obstacles_to_a_letter(offer, today=DAY) == []

    def test_nobody_is_asked_on_paper_once_answers_were_due(self, offer: Offer) -> None:
        late = offer.round.answer_by + timedelta(days=1)

        file = packed(bundling.zipped(offer.round, on=late, tell=lambda done: None))

        assert not [name for name in file.namelist() if name.endswith(".docx")]
        said = {row["no_letter"].split(" on ")[0] for row in index_of(file).values()}
        assert said == {"Answers were due"}

    def test_nobody_is_asked_on_paper_in_a_closed_round(self, offer: Offer) -> None:
        offer.round.status = Round.Status.CLOSED
        offer.round.save()

        file = packed(bundling.zipped(offer.round, on=DAY, tell=lambda done: None))

        assert {row["no_letter"] for row in index_of(file).values()} == {"The round is closed."}

    def test_the_same_round_gives_the_same_bytes(self, cast: Cast, offer: Offer) -> None:
        first, second = (
            bundling.zipped(offer.round, on=DAY, tell=lambda done: None) for _ in range(2)
        )

        assert first == second

    def test_no_link_is_in_it(self, cast: Cast, offer: Offer) -> None:
        by_link(cast, offer)
        secret = link_in_last_letter().strip("/").split("/")[-1]

        file = packed(bundling.zipped(offer.round, on=DAY, tell=lambda done: None))

        letter = word_texts(file.read(f"{COLDBROOK}-letter.docx"))
        assert secret not in " ".join(letter)
        for name in file.namelist():
            assert secret.encode() not in file.read(name)


class TestTheLetter:
    def said(self, offer: Offer, contact: str = "") -> str:
        found = queries.offer_to(offer.round, offer.body.key)
        assert found is not None
        on = localdate()
        paper = packs.letter_of(queries.pack_of(found, on=on), contact=contact, on=on)
        return " ".join(paper.texts())

    def test_it_says_what_is_offered_for_how_much_and_until_when(
        self, cast: Cast, offer: Offer
    ) -> None:
        said = self.said(offer, "devolution@county.example")

        assert "To Coldbrook Parish Council" in said
        assert "Village grass" in said
        assert "The County Council would pay £450 a year." in said
        assert "for 3 years:" in said
        assert (
            "No e-mail with a link to your page here was sent to you. Write to "
            "devolution@county.example to have one sent."
        ) in said

    def test_it_says_when_the_link_was_sent_and_how_long_it_works(
        self, cast: Cast, offer: Offer
    ) -> None:
        by_link(cast, offer)
        assert "needs no account and works until" in self.said(offer)
        assert "Ask The County Council if you have any question." in self.said(offer)

        found = Offer.objects.get(pk=offer.pk)
        actions.end_link(offer=found, letter=1, reason="Lost", by=ADA, now=datetime.now(UTC))
        assert "That link works no more. Ask The County Council for a new one." in self.said(offer)

    def test_a_sum_that_is_not_known_or_estimated_is_not_made_up(self, cast: Cast) -> None:
        of = open_today(cast, years=1)
        haye = Offer.objects.get(round=of, body=cast.little_haye_parish)
        meeting = Offer.objects.get(round=of, body__kind="parish-meeting")

        assert "What it would pay cannot be said yet" in self.said(haye)
        assert "for 1 year:" in self.said(haye)
        assert "seven clear days" in self.said(meeting)
        estimate = cast.estimate(cast.little_haye, "DPS01", 8_000, 9_000, 10_000)
        cast.record(estimate, today=localdate())
        assert "It is an estimate until the quantities are agreed." in self.said(haye)


class TestAsking:
    def test_it_is_asked_for_once_until_it_is_made_and_noted(self, offer: Offer) -> None:
        begun: list[int] = []

        first, second = ask(offer.round, begun), ask(offer.round, begun)

        assert (first, second) == (True, False)
        assert begun == [PackBundle.objects.get().pk]
        line = Entry.objects.order_by("-number")[0]
        assert (line.did, line.subject_key) == (
            "asked for the packs of a round",
            offer.round.key,
        )

    def test_what_was_lost_can_be_asked_for_again(self, offer: Offer) -> None:
        begun: list[int] = []
        ask(offer.round, begun)
        PackBundle.objects.update(councils_done=3)

        soon, later = datetime.now(UTC), datetime.now(UTC) + timedelta(minutes=11)

        assert not ask(offer.round, begun, soon)
        assert ask(offer.round, begun, later)
        assert begun == [PackBundle.objects.get().pk] * 2
        assert PackBundle.objects.get().councils_done == 0

    def test_once_made_it_can_be_made_anew_and_the_last_is_given(
        self, cast: Cast, ada: tuple[Client, Office], offer: Offer
    ) -> None:
        browser, acting = ada
        ask(offer.round, [])
        make_what_waits()
        first = StoredFile.objects.get()
        cast.record(cast.quantity(cast.coldbrook, "DPS01", 7_500), today=localdate())

        page = words(browser.get(f"/offers/{offer.round_id}/packs/"))
        send(browser, f"/offers/{offer.round_id}/make-packs/", acting=acting)
        meanwhile = browser.get(f"/offers/{offer.round_id}/packs.zip")
        make_what_waits()

        assert "Put them together anew" in page
        assert meanwhile["ETag"] == f'"{first.sha256}"'
        given = packed(browser.get(f"/offers/{offer.round_id}/packs.zip").content)
        assert "7,500" in pdf_words(given.read(f"{COLDBROOK}.pdf"))
        assert not StoredFile.objects.filter(pk=first.pk).exists()
        assert PackBundle.objects.get().file == StoredFile.objects.get()

    def test_made_twice_it_is_kept_once(self, offer: Offer) -> None:
        begun: list[int] = []
        ask(offer.round, begun)
        bundle = PackBundle.objects.get()

        bundling.make_packs.call(bundle.pk)
        bundling.make_packs.call(bundle.pk)
        ready = documents.made(content=b"other", media_type=ZIP, name="x.zip")

        assert not bundle_actions.finish_packs(bundle=bundle, ready=ready, by=ADA, today=DAY)
        assert StoredFile.objects.get().body_key == "county-council"

    def test_a_round_that_was_never_opened_has_no_packs(
        self, cast: Cast, ada: tuple[Client, Office]
    ) -> None:
        draft, (browser, acting) = begun(cast), ada

        page = words(browser.get(f"/offers/{draft.pk}/packs/"))
        refused = send(browser, f"/offers/{draft.pk}/make-packs/", acting=acting)

        assert "It was never opened: no council has a pack yet." in page
        assert "Put all packs" not in page
        assert "It was never opened" in words(refused)
        with pytest.raises(CannotOffer):
            ask(draft, [])
        assert not PackBundle.objects.exists()


class TestWaiting:
    def test_who_waits_sees_how_far_it_is_without_scripts(
        self, ada: tuple[Client, Office], offer: Offer
    ) -> None:
        browser, _ = ada
        ask(offer.round, [])
        bundle_actions.count_packs(bundle=PackBundle.objects.get(), done=2)

        answer = browser.get(f"/offers/{offer.round_id}/packs/")

        page = words(answer)
        assert "2 of 4 councils have their pack so far" in page
        assert '<meta http-equiv="refresh" content="5">' in answer.content.decode()
        assert "No worker is there now." in page
        workers.note_seen("somebody", datetime.now(UTC))
        assert "No worker" not in words(browser.get(f"/offers/{offer.round_id}/packs/"))

    def test_asking_twice_is_said_to_begin_nothing(
        self, ada: tuple[Client, Office], offer: Offer
    ) -> None:
        browser, acting = ada
        where = f"/offers/{offer.round_id}/make-packs/"

        first, second = (words(send(browser, where, acting=acting)) for _ in range(2))

        assert "The packs are being put into one file." in first
        assert "Nothing was begun anew." in second
        assert DBTaskResult.objects.count() == 1

    @pytest.mark.django_db(transaction=True)
    def test_a_file_that_could_not_be_made_is_told_why_and_asked_for_again(
        self, cast: Cast, ada: tuple[Client, Office], offer: Offer, tmp_path: Path
    ) -> None:
        browser, acting = ada
        bad = tmp_path / "templates" / "paper.docx"
        bad.parent.mkdir()
        bad.write_bytes(b"rubbish")
        send(browser, f"/offers/{offer.round_id}/make-packs/", acting=acting)
        for _ in range(5):
            jobs.run(worker=workers.new_name(), is_over=lambda: False)
            jobs.try_again(now=datetime.now(UTC))
            DBTaskResult.objects.filter(status="READY").update(run_after=datetime.now(UTC))

        answer = browser.get(f"/offers/{offer.round_id}/packs/")

        assert "What went wrong: The Word template templates/paper.docx is not a file" in words(
            answer
        )
        assert "refresh" not in answer.content.decode()
        [aside] = jobs.set_aside()
        assert aside.about == f"the packs of “{offer.round}” (The County Council)"
        bad.unlink()
        send(browser, f"/offers/{offer.round_id}/make-packs/", acting=acting)
        assert DBTaskResult.objects.count() == 1
        jobs.run(worker=workers.new_name(), is_over=lambda: False)
        assert "Download all packs" in words(browser.get(f"/offers/{offer.round_id}/packs/"))


def test_every_few_councils_it_is_said_how_far_the_work_is(
    offer: Offer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bundling, "EVERY", 2)
    told: list[int] = []

    bundling.zipped(offer.round, on=DAY, tell=told.append)

    assert told == [2, 4]


def test_what_was_forgotten_meanwhile_is_not_made(offer: Offer) -> None:
    ask(offer.round, [])
    gone = PackBundle.objects.get()
    PackBundle.objects.all().delete()
    ready = documents.made(content=b"other", media_type=ZIP, name="x.zip")

    bundling.make_packs.call(gone.pk)

    assert not bundle_actions.finish_packs(bundle=gone, ready=ready, by=ADA, today=DAY)
    assert not StoredFile.objects.exists()


def test_a_job_about_a_file_that_is_not_there_is_about_nothing(offer: Offer) -> None:
    from waywarden.devolution.offers.bundle_queries import job_is_about

    assert job_is_about([99]) == ""


def test_only_officers_of_the_county_that_offers_have_the_packs(cast: Cast, offer: Offer) -> None:
    ask(offer.round, [])
    make_what_waits()
    acting = cast.at_coldbrook
    where, clerk = f"/offers/{offer.round_id}/", cast.signed_in(cast.colm)

    for page in ("packs/", "packs.zip"):
        assert clerk.get(where + page).status_code == 403
        assert Client().get(where + page).status_code == 302
    letter = by_link(cast, offer)
    assert letter.get(f"{where}packs.zip").status_code == 302
    assert send(clerk, f"{where}make-packs/", acting=acting).status_code == 403
    assert PackBundle.objects.count() == 1
