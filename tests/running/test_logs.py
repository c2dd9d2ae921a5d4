"""The log names nobody, and nobody can write in it what did not happen (AB23)."""

import json
import logging
import re
import sys
from collections.abc import Iterator

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from tests.cast import Cast
from waywarden.website.running.logs import JsonFormatter, LineFormatter, cleaned
from waywarden.website.running.references import HEADER, ReferenceMiddleware

SECRETS = [
    "bron@example.org",
    "bron%40example.org",
    "Bron.O'Clerk+tag@parish.gov.uk",
    "kT9_aZ3-bQ7xW2mN5pL8rV1c",
    "abcDEFghiJKLmnoPQRstuVWXyzABcdEFghIJklMNopQ",
    "d3b07384d113edec49eaa6238ad5ff00",
    "123e4567-e89b-12d3-a456-426614174000",
    "1tXyZ9:AbCdEfGhIjKlMnOpQrStUvWxYz012345",
]
FORGERIES = [
    "x\nERROR forged line",
    "x\r\nERROR forged line",
    "x\x1b[2J\x1b[1;31mred",
    "x\x00y",
    "x\u2028y",
    "x\x85y",
    "x\u202eterces",
]


def record(message: str, *given: object, error: Exception | None = None) -> logging.LogRecord:
    """Give a record as a logger makes it."""
    exc_info = None
    if error:
        try:
            raise error
        except Exception:  # noqa: BLE001
            exc_info = sys.exc_info()
    return logging.LogRecord("waywarden", logging.ERROR, __file__, 1, message, given, exc_info)


@pytest.mark.parametrize("formatter", [LineFormatter(), JsonFormatter()])
@pytest.mark.parametrize("secret", SECRETS)
def test_addresses_and_secrets_are_left_out_of_the_log(
    formatter: logging.Formatter, secret: str
) -> None:
    fault = ValueError(f"cannot write to {secret}")

    said = formatter.format(record("%s /feeds/%s", "GET", secret, error=fault))

    assert secret not in said
    assert "cannot write to" in said


@pytest.mark.parametrize("secret", SECRETS)
def test_what_stands_after_a_question_mark_is_left_out(secret: str) -> None:
    assert cleaned(f"GET /search/?q={secret}&on=2026-04-01 200") == "GET /search/?… 200"


@pytest.mark.parametrize(
    "word",
    [
        "/places/risinghurst-and-sandhills-oxford/",
        "waywarden.devolution.plans.queries",
        "2026-04-01T10:00:00.000+00:00",
        "KX4T-9RMD",
        "/plans/1/clusters/cluster-cholsey-south-oxfordshire/",
    ],
)
def test_what_is_nobodys_secret_stays(word: str) -> None:
    assert word in cleaned(f"GET {word} 200")


@pytest.mark.parametrize("forgery", FORGERIES)
def test_ab23_no_line_of_the_log_can_be_forged(forgery: str) -> None:
    said = LineFormatter().format(record("%s", forgery, error=ValueError(forgery)))

    first, *others = said.split("\n")
    assert " ERROR waywarden -: x\\" in first
    assert all(line.startswith("    ") for line in others)
    assert all(line.isprintable() for line in said.split("\n"))


@pytest.mark.parametrize("forgery", FORGERIES)
def test_ab23_a_json_line_stays_one_line(forgery: str) -> None:
    said = JsonFormatter().format(record("%s", forgery, error=ValueError(forgery)))

    assert said.isascii()
    assert said.isprintable()
    assert set(json.loads(said)) == {"at", "level", "logger", "reference", "message", "trace"}


@pytest.mark.django_db
def test_each_answer_bears_the_number_that_its_log_line_bears(
    client: Client, capsys: pytest.CaptureFixture[str]
) -> None:
    handler = logging.StreamHandler(sys.stdout)
    handler.setFormatter(JsonFormatter())
    logger = logging.getLogger("waywarden")
    logger.addHandler(handler)
    try:
        answer = client.get("/nowhere/")
    finally:
        logger.removeHandler(handler)

    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    number = answer[HEADER]
    assert re.fullmatch(r"[A-Z0-9]{4}-[A-Z0-9]{4}", number)
    assert lines
    assert {line["reference"] for line in lines} == {number}
    assert number in answer.content.decode()


def test_a_number_sent_by_a_visitor_is_not_taken(rf: RequestFactory) -> None:
    asked = rf.get("/", headers={HEADER: "forged"})

    answer = ReferenceMiddleware(lambda request: HttpResponse())(asked)

    assert answer[HEADER] != "forged"


def test_a_fault_gives_the_number_back(rf: RequestFactory) -> None:
    def broken(request: HttpRequest) -> HttpResponse:
        raise ValueError

    with pytest.raises(ValueError):
        ReferenceMiddleware(broken)(rf.get("/"))

    assert '"reference": ""' in JsonFormatter().format(record("after it"))


def test_what_django_tells_after_an_answer_bears_its_number(rf: RequestFactory) -> None:
    asked = rf.get("/")
    answer = ReferenceMiddleware(lambda request: HttpResponse())(asked)
    after = record("Service Unavailable: /")
    after.request = asked

    assert f'"reference": "{answer[HEADER]}"' in JsonFormatter().format(after)


@pytest.fixture
def logged() -> Iterator[list[dict[str, object]]]:
    """Give what the whole log says, as a program reads it."""
    lines: list[dict[str, object]] = []
    handler, formatter = logging.Handler(), JsonFormatter()
    handler.emit = lambda record: lines.append(json.loads(formatter.format(record)))  # type: ignore[method-assign]
    logging.getLogger().addHandler(handler)
    yield lines
    logging.getLogger().removeHandler(handler)


REFUSED = {"/notices/log/": 403, "/nowhere/": 404, "/account/office/": 403}


@pytest.mark.django_db
@pytest.mark.parametrize("address", REFUSED)
def test_a_refusal_is_one_line_of_the_log_without_a_trace(
    cast: Cast, logged: list[dict[str, object]], address: str
) -> None:
    browser = cast.signed_in(cast.bron)
    browser.handler.enforce_csrf_checks = True
    ask = browser.post if address == "/account/office/" else browser.get

    answer = ask(address)

    assert answer.status_code == REFUSED[address]
    [line] = logged
    assert set(line) == {"at", "level", "logger", "reference", "message", "status"}
    assert (line["level"], line["status"]) == ("WARNING", answer.status_code)
    assert line["reference"] == answer[HEADER]
    assert "bron" not in str(line).lower()


@pytest.mark.django_db
def test_a_fault_of_ours_is_logged_once_with_its_trace_and_the_number_shown(
    client: Client, logged: list[dict[str, object]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("waywarden.website.glossary.terms", lambda: 1 / 0)
    client.raise_request_exception = False

    answer = client.get("/glossary/")

    [line] = logged
    assert (answer.status_code, line["status"], line["level"]) == (500, 500, "ERROR")
    assert "ZeroDivisionError" in str(line["trace"])
    assert str(line["reference"]) in answer.content.decode()


CANARY = "canary.kT9_aZ3-bQ7xW2mN5pL8rV1c@example.org"


@pytest.mark.django_db
def test_v16_2_5_nothing_anybody_sends_is_found_in_the_log(
    cast: Cast, capsys: pytest.CaptureFixture[str]
) -> None:
    """Every address is asked with a planted address and secret in every place a visitor has."""
    handler = logging.StreamHandler(sys.stdout)
    handler.setFormatter(LineFormatter())
    root = logging.getLogger()
    root.addHandler(handler)
    logging.getLogger("waywarden").setLevel(logging.INFO)
    browser = cast.signed_in(cast.bron)
    browser.raise_request_exception = False
    sent = dict.fromkeys(("q", "on", "email", "next", "service", "office", "token"), CANARY)
    try:
        for address in ("/", "/search/", "/at/", "/counties/the-county/", "/sign-in/", "/account/"):
            browser.get(address, sent, headers={"User-Agent": CANARY, "Referer": CANARY})
            browser.post(address, sent)
        browser.get(f"/feeds/{CANARY}/")
        browser.get(f"/{CANARY}%0aERROR forged")
        browser.post("/account/office/", sent)
        browser.get("/", headers={"Host": CANARY})
    finally:
        root.removeHandler(handler)
        logging.getLogger("waywarden").setLevel(logging.NOTSET)

    said = capsys.readouterr().out
    assert said.count("\n") > 10
    assert "canary" not in said
    assert "kT9_" not in said
    assert "bron" not in said.lower()
    assert not re.search(r"^ERROR", said, re.MULTILINE)
