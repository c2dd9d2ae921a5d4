"""The first officer of an empty site: let in once, by who looks after the installation."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils.timezone import now

from tests.cast import DAY, Cast
from waywarden.county.people.models import Office, Person
from waywarden.county.signing_in import actions, first_run
from waywarden.county.signing_in.models import FirstRun
from waywarden.fabric.journal.models import Entry
from waywarden.people_command import say_how_to_begin

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


@pytest.fixture
def folder(settings: Any, tmp_path: Path) -> Path:
    """The installation's folder."""
    settings.INSTANCE = tmp_path
    return tmp_path


def typed(cast: Cast, code: str, **other: object) -> dict[str, object]:
    """Give what the first officer types."""
    who = {"email": "ada@example.org", "shown_as": "Ada", "body": cast.county_council.pk}
    given = who | {"kind": "partnerships-officer", "ends_on": "2040-03-31", "is_operator": "on"}
    return {"code": code} | given | other


def test_an_empty_site_says_who_can_begin_it(client: Client) -> None:
    assert "This site has no officer yet" in client.get("/sign-in/").content.decode()
    page = client.get("/first-run/").content.decode()
    assert "No council is loaded yet" in page
    assert "waywarden load oxfordshire" in page


def test_ada_comes_in_by_the_code_and_is_led_to_her_second_step(
    cast: Cast, client: Client, folder: Path
) -> None:
    code = first_run.new_code(folder)

    answer = client.post("/first-run/", typed(cast, code.lower().replace("-", " ")), follow=True)

    assert answer.redirect_chain == [("/account/sign-in/", 302)]
    assert "You have no second step yet" in answer.content.decode()
    ada = Person.objects.get()
    assert (ada.is_operator, ada.has_usable_password()) == (True, False)
    assert str(Office.objects.get()) == "Partnerships officer, The County Council"
    assert not (folder / "set_up_code").exists()
    said = list(Entry.objects.order_by("number").values_list("did", "actor_key"))[-2:]
    assert {by for _, by in said} == {"first-run"}
    assert [did for did, _ in said] == ["let the first officer in", "gave an office"]
    assert "ada@example.org" not in str(list(Entry.objects.values()))


def test_the_code_is_kept_as_a_hash_that_its_owner_alone_reads(folder: Path) -> None:
    code = first_run.new_code(folder)
    kept = folder / "set_up_code"

    assert code not in kept.read_text()
    assert kept.stat().st_mode & 0o077 == 0
    assert first_run.is_code(folder, code)
    assert not first_run.is_code(folder, "")
    assert not first_run.is_code(folder / "elsewhere", code)


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ({"code": "AAAA-AAAA-AAAA-AAAA"}, "not the code the terminal showed last"),
        ({"ends_on": "2020-03-31"}, "not in the past"),
        ({"body": ""}, "Choose your council"),
        ({"email": "ada"}, "such as clerk@example.org"),
        ({"shown_as": ""}, "Enter your name"),
    ],
)
def test_what_is_wrong_is_said_and_nobody_comes_in(
    cast: Cast, client: Client, folder: Path, wrong: dict, why: str
) -> None:
    answer = client.post("/first-run/", typed(cast, first_run.new_code(folder)) | wrong)

    assert answer.status_code == 400
    assert why in answer.content.decode()
    assert not Person.objects.exists()


@pytest.mark.parametrize("kind", ["clerk", "councillor"])
def test_the_first_officer_holds_an_office_of_such_a_council_that_may_invite(
    cast: Cast, client: Client, folder: Path, kind: str
) -> None:
    answer = client.post("/first-run/", typed(cast, first_run.new_code(folder), kind=kind))

    assert answer.status_code == 400
    assert not Person.objects.exists()


def test_a_new_code_ends_the_one_before(folder: Path) -> None:
    first, second = first_run.new_code(folder), first_run.new_code(folder)

    assert not first_run.is_code(folder, first)
    assert first_run.is_code(folder, second)


def test_the_door_is_closed_once_anybody_can_sign_in(
    cast: Cast, client: Client, folder: Path
) -> None:
    code = first_run.new_code(folder)
    assert cast.dot

    for answer in (client.get("/first-run/"), client.post("/first-run/", typed(cast, code))):
        assert answer["Location"] == "/sign-in/"
    assert Person.objects.count() == 1
    with pytest.raises(actions.CannotBegin):
        begin(cast)


def begin(cast: Cast) -> Person:
    """Become the first officer, past the page."""
    who = {"email": "ada@example.org", "shown_as": "Ada", "body": cast.county_council}
    office = {"kind": "officer", "ends_on": DAY, "is_operator": False}
    return actions.begin(**who, **office, today=DAY, now=now())  # type: ignore[arg-type]


def test_of_two_who_come_at_once_one_is_first(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, client: Client, folder: Path
) -> None:
    # The other has come between the look and the writing.
    FirstRun.objects.create(pk=1, at=now())
    monkeypatch.setattr(actions, "has_begun", lambda: False)
    monkeypatch.setattr("waywarden.county.signing_in.queries.has_begun", lambda: False)

    with pytest.raises(actions.CannotBegin):
        begin(cast)
    answer = client.post("/first-run/", typed(cast, first_run.new_code(folder)))

    assert answer["Location"] == "/sign-in/"
    assert not Person.objects.exists()


def test_the_code_is_tried_twenty_times_an_hour(cast: Cast, client: Client, folder: Path) -> None:
    first_run.new_code(folder)
    for _ in range(20):
        assert client.post("/first-run/", typed(cast, "AAAA")).status_code == 400

    assert client.post("/first-run/", typed(cast, "AAAA")).status_code == 429


def test_the_terminal_shows_a_code_until_somebody_has_come(cast: Cast, folder: Path) -> None:
    said: list[str] = []
    assert say_how_to_begin(said.append)
    assert first_run.is_code(folder, said[-1].removeprefix("Set-up code: "))

    assert cast.dot
    assert not say_how_to_begin(said.append)
    assert len(said) == 2


def test_whoever_is_a_moment_late_is_told_that_there_is_a_first_officer(
    cast: Cast, client: Client, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = first_run.new_code(folder)

    def another_comes_in(*asked: object) -> bool:
        Person.objects.create_user("other@example.org", "Another")
        return False

    monkeypatch.setattr(first_run, "is_code", another_comes_in)
    answer = client.post("/first-run/", typed(cast, code), follow=True)

    assert answer.redirect_chain == [("/sign-in/", 302)]
    assert "This site has its first officer already" in answer.content.decode()
