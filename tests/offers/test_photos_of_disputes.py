"""CL2: a photo comes with a dispute, for the council and the county and nobody else."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone
from django.utils.timezone import localdate
from PIL import Image

from tests.cast import Cast
from tests.offers.asked import by_link, send, words
from tests.offers.test_disputes import held, seen, where_of
from waywarden.county.people.models import Office
from waywarden.county.services import actions as services
from waywarden.county.services import correcting_actions as correcting
from waywarden.county.services.claims import Claim, carry
from waywarden.county.services.models import Quantity
from waywarden.devolution.offers import dispute_views
from waywarden.devolution.offers.dispute_forms import CHOOSE_AGAIN
from waywarden.devolution.offers.models import Offer
from waywarden.fabric.documents import actions as documents
from waywarden.fabric.documents.models import StoredFile
from waywarden.fabric.forms.buckets import Limit
from waywarden.fabric.journal.models import Entry
from waywarden.fabric.notices.models import Notice

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]

SHOWS = "A fence across the green"
ITS_PAGE = "/places/coldbrook-marlshire/quantities/village-grass/"


@pytest.fixture(autouse=True)
def a_folder_of_its_own(tmp_path: Path, settings: Any) -> Iterator[Path]:
    """Keep the files of each test apart."""
    settings.FILES_ROOT = tmp_path / "files"
    yield tmp_path / "files"


def picture(colour: str = "green") -> bytes:
    """Give a photo that says where it was taken."""
    taken, made = Image.Exif(), io.BytesIO()
    taken[0x010E] = "51.75 north"
    Image.new("RGB", (9, 9), colour).save(made, "jpeg", exif=taken)
    return made.getvalue()


def upload(
    browser: Client, offer: Offer, content: bytes | None = None, **typed: Any
) -> HttpResponse:
    """Fill in the form of a dispute, with a photo, and send it."""
    content = picture() if content is None else content
    file = SimpleUploadedFile("Fay’s garden.jpg", content, content_type="text/html")
    said = {"dispute": "The green was sold", "shows": SHOWS}
    version = typed.pop("version", None) or seen(browser, offer)
    return send(browser, where_of(offer), version=version, **said | typed | {"photo": file})


def nothing_is_kept(folder: Path) -> bool:
    files = [each for each in folder.rglob("*") if each.is_file()] if folder.exists() else []
    return not files and not StoredFile.objects.exists() and not held().is_disputed


class TestAPhoto:
    def test_cl2_it_is_shown_to_the_council_and_to_the_county_without_where_it_was_taken(
        self, cast: Cast, ada: tuple[Client, Office], offer: Offer
    ) -> None:
        clerk, length = by_link(cast, offer), Entry.objects.count()

        page = words(upload(clerk, offer))

        assert "It is marked as disputed" in page
        own, theirs = f"{where_of(offer)}photo/", f"{ITS_PAGE}photo/"
        for browser, where, there in (
            (clerk, offer.get_absolute_url(), own),
            (ada[0], offer.get_absolute_url(), own),
            (ada[0], ITS_PAGE, theirs),
        ):
            shown = browser.get(where).content.decode()
            assert f'src="{there}" alt="{SHOWS}"' in shown
            given = browser.get(there)
            assert (given.status_code, given["Content-Type"]) == (200, "image/jpeg")
            assert b"51.75" not in given.content
            assert given["Content-Disposition"].startswith("attachment")
            assert given["X-Content-Type-Options"] == "nosniff"
            assert given["Content-Security-Policy"] == "sandbox; default-src 'none'"
        [line] = Entry.objects.filter(number__gt=length)
        assert (line.did, line.after["photo_sha256"]) == (
            "disputed a quantity",
            StoredFile.objects.get().sha256,
        )
        assert "garden" not in str(line.after)
        assert SHOWS not in str(line.after)
        [letter] = Notice.objects.filter(topic="figures")
        assert "A photo came with it" in letter.text

    def test_nobody_else_is_given_it_nor_told_what_it_shows(
        self, cast: Cast, ada: tuple[Client, Office], offer: Offer
    ) -> None:
        _ = cast.at_wychbourne
        upload(by_link(cast, offer), offer)
        [line] = Entry.objects.filter(did="disputed a quantity")
        history = f"/history/quantity/{line.subject_key}/"

        for browser in (Client(), cast.signed_in(cast.bron)):
            for where in (f"{where_of(offer)}photo/", f"{ITS_PAGE}photo/"):
                assert browser.get(where).status_code in (302, 403)
            for where in ("/places/coldbrook-marlshire/", history):
                shown = browser.get(where)
                assert shown.status_code == 200
                assert SHOWS not in shown.content.decode()

    def test_where_there_is_none_none_is_given(
        self, cast: Cast, ada: tuple[Client, Office], offer: Offer
    ) -> None:
        assert ada[0].get(f"{where_of(offer)}photo/").status_code == 404
        assert ada[0].get(f"{ITS_PAGE}photo/").status_code == 404
        unknown = where_of(offer).replace("coldbrook-marlshire", "nowhere")
        assert ada[0].get(f"{unknown}photo/").status_code == 404
        assert "<img" not in ada[0].get(ITS_PAGE).content.decode()

    def test_what_it_shows_is_asked_for_and_the_photo_is_to_be_chosen_again(
        self, cast: Cast, offer: Offer, a_folder_of_its_own: Path
    ) -> None:
        page = upload(by_link(cast, offer), offer, shows=" ", claims="8,500", pin="")

        assert page.status_code == 400
        assert "Say what the photo shows" in words(page)
        assert "Choose the photo once more" in words(page)
        for typed in ("The green was sold", "8,500"):
            assert typed in page.content.decode()
        assert nothing_is_kept(a_folder_of_its_own)

    def test_words_about_a_photo_ask_for_it(self, cast: Cast, offer: Offer) -> None:
        clerk = by_link(cast, offer)
        said = {"dispute": "Sold", "shows": SHOWS}

        page = send(clerk, where_of(offer), version=seen(clerk, offer), **said)

        assert page.status_code == 400
        assert "Choose the photo, or leave empty what it shows" in words(page)

    @pytest.mark.parametrize(
        ("content", "why"),
        [
            (b"", "This file is empty."),
            (b"<html><script>alert(1)</script></html>", "This kind of file is not accepted"),
            (b"MZ\x90\x00\x03\x00\x00\x00", "This kind of file is not accepted"),
            (picture()[:-40], "damaged"),
            (b"What the clerk counted", "That is not a picture."),
        ],
    )
    def test_a_file_that_is_no_whole_picture_is_refused_and_what_was_typed_stays(
        self, cast: Cast, offer: Offer, a_folder_of_its_own: Path, content: bytes, why: str
    ) -> None:
        page = upload(by_link(cast, offer), offer, content, claims="8,500")

        assert page.status_code == 400
        assert why in words(page)
        for typed in ("The green was sold", "8,500", SHOWS):
            assert typed in page.content.decode()
        assert nothing_is_kept(a_folder_of_its_own)

    def test_one_that_is_too_large_is_left_unread_and_what_was_typed_stays(
        self, cast: Cast, offer: Offer, settings: Any, a_folder_of_its_own: Path
    ) -> None:
        settings.FILES_MOST_BYTES = 1_000_000
        clerk = by_link(cast, offer)

        version, large = seen(clerk, offer), SimpleUploadedFile("Big.jpg", b"\xff" * 1_100_000)
        said = {"dispute": "The green was sold", "claims": "8,500", "shows": SHOWS}
        # Browsers send what they do not show last.
        page = send(clerk, where_of(offer), **said, photo=large, version=version)

        assert page.status_code == 400
        assert f'name="version" value="{version}"' in page.content.decode()
        assert "A file may have 1 MB" in words(page)
        for typed in ("The green was sold", "8,500", SHOWS):
            assert typed in page.content.decode()
        assert nothing_is_kept(a_folder_of_its_own)

    def test_the_photo_is_the_last_field_so_that_what_stands_before_it_is_read(
        self, cast: Cast, offer: Offer
    ) -> None:
        page = by_link(cast, offer).get(where_of(offer)).content.decode()

        assert 'enctype="multipart/form-data"' in page
        assert page.index('name="shows"') < page.index('name="photo"')
        assert page.index('name="once"') < page.index('name="photo"')

    def test_a_pin_outside_the_county_keeps_nothing_and_the_photo_is_to_be_chosen_again(
        self, cast: Cast, offer: Offer, a_folder_of_its_own: Path
    ) -> None:
        page = upload(by_link(cast, offer), offer, pin="NT 250 730")

        assert page.status_code == 400
        assert "The place you point at is not in the county." in words(page)
        assert "Choose the photo once more" in words(page)
        assert nothing_is_kept(a_folder_of_its_own)

    def test_a_form_without_its_key_keeps_nothing(
        self, cast: Cast, offer: Offer, a_folder_of_its_own: Path
    ) -> None:
        assert upload(by_link(cast, offer), offer, once="").status_code == 400
        assert nothing_is_kept(a_folder_of_its_own)

    def test_whoever_was_overtaken_keeps_no_photo(self, cast: Cast, offer: Offer) -> None:
        clerk = by_link(cast, offer)
        version = seen(clerk, offer)
        send(clerk, where_of(offer), version=version, dispute="Sold")

        late = upload(clerk, offer, version=version, dispute="Sold", shows=SHOWS)

        assert late.status_code == 409
        assert CHOOSE_AGAIN in words(late)
        assert not StoredFile.objects.exists()
        form = late.content.decode().partition('<form method="post" action="/offers/')[2]
        assert form.split(">")[0].endswith('enctype="multipart/form-data"')
        again = upload(clerk, offer, version=str(held().pk), dispute="Sold", shows=SHOWS)
        assert (again.status_code, held().photo_shows) == (200, SHOWS)

    def test_one_chosen_anew_after_somebody_elses_is_not_taken_for_theirs(
        self, cast: Cast, offer: Offer
    ) -> None:
        clerk = by_link(cast, offer)
        upload(clerk, offer)
        first, said = held().photo, {"dispute": "Sold", "shows": "A gate"}

        page = send(clerk, where_of(offer), version=seen(clerk, offer), **said)

        assert page.status_code == 400
        assert "You changed what the photo shows" in words(page)
        assert (held().photo, held().photo_shows) == (first, SHOWS)

    def test_photos_are_looked_into_only_so_often_and_words_are_taken_all_the_same(
        self, cast: Cast, offer: Offer, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(dispute_views, "PHOTOS", Limit("few photos", 1, timedelta(hours=1)))
        clerk = by_link(cast, offer)
        upload(clerk, offer)

        late = upload(clerk, offer, picture("red"), dispute="Sold in May")
        assert late.status_code == 400
        assert "Many photos came from your network." in words(late)
        assert "Sold in May" in late.content.decode()
        in_words = send(
            clerk, where_of(offer), version=seen(clerk, offer), dispute="Sold", shows=SHOWS
        )
        assert in_words.status_code == 200


class TestLater:
    def test_it_stays_until_another_is_sent_or_it_is_taken_away(
        self, cast: Cast, ada: tuple[Client, Office], offer: Offer
    ) -> None:
        clerk = by_link(cast, offer)
        upload(clerk, offer)
        first = held().photo
        assert "The photo sent before stays" in words(clerk.get(where_of(offer)))

        said = {"dispute": "Sold in May", "shows": SHOWS}
        send(clerk, where_of(offer), version=seen(clerk, offer), **said)
        assert (held().photo, held().photo_shows) == (first, SHOWS)

        without = send(clerk, where_of(offer), version=seen(clerk, offer), dispute="Sold")
        assert "Say what the photo shows" in words(without)

        upload(clerk, offer, picture("red"))
        assert held().photo not in (first, None)
        assert StoredFile.objects.get(pk=first.pk).withdrawn_on == localdate()

        gone = {"dispute": "Sold", "shows": SHOWS, "takes_photo_away": "on"}
        send(clerk, where_of(offer), version=seen(clerk, offer), **gone)
        assert (held().photo, held().photo_shows) == (None, "")
        assert clerk.get(f"{where_of(offer)}photo/").status_code == 404

    def test_it_stands_with_its_councils_words_and_under_nobody_elses(
        self, cast: Cast, offer: Offer
    ) -> None:
        clerk = by_link(cast, offer)
        upload(clerk, offer)
        of: dict[str, Any] = {"area": cast.coldbrook, "service": cast.service("DPS01")}
        of["today"] = localdate()

        own = of | {"by": cast.at_coldbrook.actor}
        correcting.dispute_quantity(seen=held().pk, dispute="Sold in May", **own)
        assert held().photo_shows == SHOWS
        county = of | {"by": cast.at_the_county.actor, "reason": "By telephone"}
        correcting.dispute_quantity(seen=held().pk, dispute="We count less", **county)
        assert (held().photo, held().photo_shows) == (None, "")

    def test_a_figure_put_right_has_none(self, cast: Cast, offer: Offer) -> None:
        upload(by_link(cast, offer), offer)
        right = {"amount_milli": 8_400_000, "source": "Measured", "stated_on": localdate()}
        of: dict[str, Any] = {"area": cast.coldbrook, "service": cast.service("DPS01")}
        of |= {"by": cast.at_coldbrook.actor, "today": localdate()}

        correcting.correct_quantity(seen=held().pk, **right, **of)

        assert (held().photo, held().photo_shows) == (None, "")

    def test_a_dispute_that_a_table_leaves_alone_keeps_all_that_came_with_it(
        self, cast: Cast, offer: Offer
    ) -> None:
        upload(by_link(cast, offer), offer, claims="8500")
        fresh = Quantity(unit="m²")

        carry(held(), fresh)

        assert (fresh.dispute, fresh.claims_milli) == ("The green was sold", 8_500_000)
        assert (fresh.photo, fresh.photo_shows) == (held().photo, SHOWS)

    def test_what_no_row_names_is_swept_and_a_photo_is_not(self, cast: Cast, offer: Offer) -> None:
        clerk = by_link(cast, offer)
        upload(clerk, offer)
        in_a_week = timezone.now() + timedelta(days=7)

        documents.sweep(today=in_a_week.date(), now=in_a_week)

        assert clerk.get(f"{where_of(offer)}photo/").status_code == 200

    def test_a_picture_nobody_describes_is_not_kept_whoever_brings_it(
        self, cast: Cast, offer: Offer
    ) -> None:
        sound = documents.looked_into(content=picture(), name="Fence.jpg")

        with pytest.raises(services.CannotCorrect, match="Say what the photo shows"):
            correcting.dispute_quantity(
                area=cast.coldbrook,
                service=cast.service("DPS01"),
                seen=held().pk,
                dispute="Sold",
                claim=Claim(photo=sound),
                by=cast.at_coldbrook.actor,
                today=localdate(),
            )
