"""Every answer, errors included, tells browsers to run nothing but our own files."""

import json
import subprocess
import sys
from collections.abc import Iterator
from http.cookies import SimpleCookie

import pytest
from django.http import HttpResponse
from django.test import Client, override_settings

from tests.cast import Cast
from tests.pages.addresses import SIGNED_IN, WATCHED
from tests.pages.test_methods import HERE
from tests.plans.kept import keep_for
from tests.security import observatory
from tests.serving import PATIENCE, environment

pytestmark = pytest.mark.django_db

OF_HTTPS = ("SECURE_SSL_REDIRECT", "SECURE_HSTS_SECONDS", "SESSION_COOKIE_SECURE")
OF_HTTPS += ("CSRF_COOKIE_SECURE", "SESSION_COOKIE_NAME", "CSRF_COOKIE_NAME")
OF_HTTPS += ("SECURE_PROXY_SSL_HEADER",)
ERRORS = {
    "a page there is not": "/nowhere/",
    "a day that is none": "/counties/the-county/?on=never",
    "a page for others": "/account/",
    "an address that is none": "/places/%00/",
}
EVERY = HERE | SIGNED_IN | WATCHED | ERRORS


@pytest.fixture(scope="module")
def over_https(tmp_path_factory: pytest.TempPathFactory) -> dict[str, object]:
    """What HTTPS=yes sets, read from the settings themselves."""
    asked = (
        "import json; from waywarden import settings; "
        f"print(json.dumps({{name: getattr(settings, name) for name in {OF_HTTPS}}}))"
    )
    told = subprocess.run(
        [sys.executable, "-c", asked],
        env=environment(tmp_path_factory.mktemp("https")) | {"HTTPS": "yes"},
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=True,
    )
    return json.loads(told.stdout)


@pytest.fixture
def browser(cast: Cast, over_https: dict[str, object]) -> Iterator[Client]:
    """A browser that comes over HTTPS, in which Bron has signed in."""
    keep_for(cast)
    assert cast.at_wychbourne
    with override_settings(**over_https):
        client = cast.signed_in(cast.bron)
        client.raise_request_exception = False
        client.defaults["HTTP_X_FORWARDED_PROTO"] = "https"
        yield client


def careless(answer: HttpResponse) -> list[str]:
    """Say what an answer lacks."""
    policy = answer["Content-Security-Policy"]
    # One that is being taken away holds nothing.
    cookies = {name: cookie for name, cookie in answer.cookies.items() if cookie.value}
    scores = observatory.scores(answer.headers, cookies)
    wanted = {
        "an A+": observatory.scored(answer.headers, cookies) >= 100 and min(scores) >= 0,
        "a strict policy": "unsafe" not in policy and "default-src 'none'" in policy,
        "no frames": answer["X-Frame-Options"] == "DENY",
        "a window of its own": answer["Cross-Origin-Opener-Policy"] == "same-origin",
        "no camera": "camera=()" in answer["Permissions-Policy"],
        "silence on what it is made of": not {"Server", "X-Powered-By"} & set(answer.headers),
    }
    return [what for what, is_there in wanted.items() if not is_there]


def test_every_answer_is_worth_an_a_plus(browser: Client) -> None:
    found = {name: careless(browser.get(address, secure=True)) for name, address in EVERY.items()}

    assert {name: lacks for name, lacks in found.items() if lacks} == {}
    assert len(found) > 30


def test_a_fault_of_ours_is_as_safe_as_a_page(
    browser: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("waywarden.website.search.find", lambda *given: 1 / 0)

    answer = browser.get("/search/?q=mill", secure=True)

    assert answer.status_code == 500
    assert careless(answer) == []
    assert "Traceback" not in answer.content.decode()
    assert "ZeroDivisionError" not in answer.content.decode()


def test_a_form_that_is_not_ours_is_as_safe_as_a_page(over_https: dict[str, object]) -> None:
    with override_settings(**over_https):
        answer = Client(enforce_csrf_checks=True).post("/account/office/", secure=True)

    assert answer.status_code == 403
    assert careless(answer) == []


def test_who_comes_without_https_is_sent_there(over_https: dict[str, object]) -> None:
    with override_settings(**over_https):
        answer = Client().get("/privacy/")
        watched = Client().get("/health/")

    assert answer.status_code == 301
    assert answer["Location"].startswith("https://")
    assert watched.status_code == 200


def test_cookies_go_over_https_alone_and_no_script_reads_them(
    browser: Client, cast: Cast, over_https: dict[str, object]
) -> None:
    office = cast.bron.offices.get()

    answer = browser.post("/account/office/", {"office": office.pk}, secure=True)

    held = answer.cookies[str(over_https["SESSION_COOKIE_NAME"])]
    assert careless(answer) == []
    assert str(over_https["SESSION_COOKIE_NAME"]).startswith("__Host-")
    assert str(over_https["CSRF_COOKIE_NAME"]).startswith("__Host-")
    assert held["secure"]
    assert held["httponly"]
    assert held["samesite"] == "Lax"
    assert (held["path"], held["domain"]) == ("/", "")


def test_files_are_as_safe_as_pages(client: Client) -> None:
    # WhiteNoise answers before any view, but behind what adds the headers.
    answer = client.get("/static/nowhere.css")

    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Permissions-Policy"]


GOOD = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; frame-ancestors 'none'",
    "Strict-Transport-Security": "max-age=31536000",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
WORSE = {
    "no policy": ("Content-Security-Policy", ""),
    "scripts in the page": ("Content-Security-Policy", "script-src 'self' 'unsafe-inline'"),
    "scripts from anywhere": ("Content-Security-Policy", "default-src *"),
    "text run as script": ("Content-Security-Policy", "script-src 'self' 'unsafe-eval'"),
    "no HTTPS next time": ("Strict-Transport-Security", ""),
    "HTTPS for a day": ("Strict-Transport-Security", "max-age=86400"),
    "types guessed": ("X-Content-Type-Options", ""),
    "addresses told to others": ("Referrer-Policy", "unsafe-url"),
    "read by any site": ("Access-Control-Allow-Origin", "*"),
}


@pytest.mark.parametrize("what", WORSE)
def test_the_score_falls_with_each_header_that_is_worse(what: str) -> None:
    # The armed control: a score that never falls would prove nothing.
    name, value = WORSE[what]

    assert observatory.scored(GOOD, {}) >= 120
    assert min(observatory.scores(GOOD, {})) == 0
    assert min(observatory.scores(GOOD | {name: value}, {})) < 0


@pytest.mark.parametrize("cookie", ["a=b", "a=b; Secure", "a=b; HttpOnly; SameSite=Lax"])
def test_the_score_falls_with_a_careless_cookie(cookie: str) -> None:
    assert observatory.scored(GOOD, SimpleCookie(cookie)) < 100
