"""While nothing can be saved, everything can be read and no word that was typed is lost."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from django.conf import settings
from django.db import InternalError, OperationalError, connection, transaction
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory, override_settings

from tests.cast import Cast
from tests.pages.reading import Page, body_of
from waywarden.county.councils.models import Body
from waywarden.website.running import reading_only

pytestmark = pytest.mark.django_db

TYPED = {
    "office": "Clerk of Wychbourne",
    "reason": "Two lines\nof <b>words</b>",
    "password": "correct horse",
    "csrfmiddlewaretoken": "abc",
    "acting_in": "17",
    "empty": "",
}


def asks_to_save(client: Client) -> HttpResponse:
    return client.post("/account/office/", TYPED)


@pytest.fixture
def switch(settings: Any, tmp_path: Path) -> Path:
    """The file that an operator lays down, in a place that no test beside this one looks at."""
    settings.INSTANCE = tmp_path
    file = tmp_path / reading_only.SWITCH
    file.touch()
    return file


@override_settings(READ_ONLY=True)
def test_a_form_is_answered_with_what_was_typed_and_nothing_is_done(cast: Cast) -> None:
    bron = cast.signed_in(cast.bron)

    answer = asks_to_save(bron)

    page = Page(body_of(answer))
    assert answer.status_code == 503
    assert answer["Retry-After"]
    assert page.texts("h1") == ["We cannot save anything at the moment"]
    assert "Nothing you sent was saved" in page.words
    assert page.texts("label")[-2:] == ["Office", "Reason"]
    assert page.texts("textarea") == ["Clerk of Wychbourne", "Two lines of <b>words</b>"]


@override_settings(READ_ONLY=True)
def test_the_number_on_the_page_is_in_the_log(cast: Cast, caplog: pytest.LogCaptureFixture) -> None:
    answer = asks_to_save(cast.signed_in(cast.bron))

    assert answer["X-Request-ID"] in body_of(answer)
    assert f"Reference {answer['X-Request-ID']}: POST" in caplog.text
    assert not [line for line in caplog.records if line.name == "django.request"]


@override_settings(READ_ONLY=True)
def test_secrets_are_not_shown_back(cast: Cast) -> None:
    said = body_of(asks_to_save(cast.signed_in(cast.bron)))

    assert "correct horse" not in said
    assert "acting" not in said.lower()


def test_a_file_in_the_folder_is_switch_enough(cast: Cast, switch: Path) -> None:
    bron = cast.signed_in(cast.bron)
    assert asks_to_save(bron).status_code == 503

    switch.unlink()

    assert asks_to_save(bron).status_code == 302


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_every_way_of_changing_is_refused(client: Client, switch: Path, method: str) -> None:
    assert getattr(client, method)("/account/office/").status_code == 503


def test_every_page_can_be_read(cast: Cast, switch: Path) -> None:
    assert cast.at_wychbourne
    bron = cast.signed_in(cast.bron)

    for address in ("/", "/counties/the-county/", "/services/", "/account/", "/search/?q=cold"):
        assert bron.get(address, follow=True).status_code == 200


@override_settings(READ_ONLY=True)
def test_what_a_forger_sends_is_not_shown_back() -> None:
    answer = Client(enforce_csrf_checks=True).post("/account/office/", TYPED)

    assert answer.status_code == 403
    assert "Clerk of Wychbourne" not in body_of(answer)


REFUSALS = [
    OperationalError("database or disk is full"),
    OperationalError("attempt to write a readonly database"),
    OperationalError('could not extend file "base/1": No space left on device'),
    InternalError("cannot execute INSERT in a read-only transaction"),
    OSError(28, "No space left on device"),
    OSError(30, "Read-only file system"),
]


@pytest.mark.parametrize("refusal", REFUSALS, ids=str)
def test_a_store_that_takes_nothing_is_answered_as_the_switch_is(
    cast: Cast, refusal: Exception, monkeypatch: pytest.MonkeyPatch
) -> None:
    bron = cast.signed_in(cast.bron)

    def full(*given: object, **named: object) -> None:
        raise refusal

    monkeypatch.setattr("waywarden.county.people.views.leading.back", full)

    answer = asks_to_save(bron)

    assert answer.status_code == 503
    assert "Clerk of Wychbourne" in body_of(answer)


@pytest.mark.parametrize(
    "fault", [OperationalError("database is locked"), ValueError("disk full"), OSError(2, "gone")]
)
def test_other_faults_stay_faults(fault: Exception) -> None:
    assert not reading_only.cannot_be_written(fault)


def test_a_session_that_cannot_be_saved_breaks_no_page(rf: RequestFactory) -> None:
    def view(request: HttpRequest) -> HttpResponse:
        request.session["seen"] = "today"
        request.session.save = lambda **named: (_ for _ in ()).throw(REFUSALS[0])
        return HttpResponse("the page")

    answer = reading_only.PatientSessionMiddleware(view)(rf.get("/"))
    refused = reading_only.PatientSessionMiddleware(view)(rf.post("/", TYPED))

    assert (answer.status_code, answer.content) == (200, b"the page")
    assert refused.status_code == 503


def test_a_session_with_another_fault_is_a_fault(rf: RequestFactory) -> None:
    def view(request: HttpRequest) -> HttpResponse:
        request.session["seen"] = "today"
        request.session.save = lambda **named: (_ for _ in ()).throw(OperationalError("locked"))
        return HttpResponse("the page")

    # A middleware answers a fault of the one inside it; this is that one.
    with pytest.raises(OperationalError):
        reading_only.PatientSessionMiddleware(view)(rf.get("/"))


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_a_full_database_keeps_its_rows_and_refuses_the_form(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On SQLite truly full; on PostgreSQL a transaction that may only read."""
    held = Body.objects.count()
    bron = cast.signed_in(cast.bron)

    def fill(*given: object, **named: object) -> None:
        with transaction.atomic():
            if connection.vendor == "postgresql":
                connection.cursor().execute("SET TRANSACTION READ ONLY")
            for n in range(3000):
                Body.objects.create(key=f"b{n}", name="x" * 200, kind="parish")

    monkeypatch.setattr("waywarden.county.people.views.leading.back", fill)
    with no_more_room():
        answer = asks_to_save(bron)
        page = bron.get("/counties/the-county/")

    assert answer.status_code == 503
    assert "Clerk of Wychbourne" in body_of(answer)
    assert page.status_code == 200
    assert Body.objects.count() == held


@contextmanager
def no_more_room() -> Iterator[None]:
    """Leave SQLite the pages it has and a few more."""
    if connection.vendor != "sqlite":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA page_count")
        cursor.execute(f"PRAGMA max_page_count = {cursor.fetchone()[0] + 20}")
        yield
        cursor.execute("PRAGMA max_page_count = 1073741823")


def test_what_is_typed_in_the_body_alone_is_shown(rf: RequestFactory) -> None:
    asked = rf.post(
        "/?email=bron@example.org", urlencode({"a": "b"}), "application/x-www-form-urlencoded"
    )

    said = body_of(reading_only.not_saved(asked))

    assert "bron@" not in said


@override_settings(READ_ONLY=True)
def test_people_can_leave_while_nothing_can_be_saved(cast: Cast) -> None:
    bron = cast.signed_in(cast.bron)
    assert "Your account" in body_of(bron.get("/privacy/"))

    answer = bron.post("/sign-out/")

    assert answer.status_code == 200
    assert Page(body_of(answer)).texts("h1") == ["You are signed out of this browser"]
    assert bron.cookies[settings.SESSION_COOKIE_NAME].value == ""
    assert "Your account" not in body_of(bron.get("/privacy/"))
