"""What the pages do not reach by themselves: passkeys kept by hand, and the rarest refusals."""

from __future__ import annotations

import pytest
from django.utils.timezone import now
from typer.testing import CliRunner

from tests.cast import Cast
from tests.signing_in.links import app_of
from waywarden import cli
from waywarden.county.signing_in import actions, queries
from waywarden.county.signing_in.models import Link
from waywarden.fabric.journal.models import Entry
from waywarden.upkeep import beginning

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


def test_of_two_passkeys_one_can_go_and_the_office_stays_open(cast: Cast) -> None:
    bron = cast.bron
    for name in ("laptop", "telephone"):
        actions.keep_passkey(person=bron, name=name, credential={}, by=bron.actor)
    actions.renew_recovery_codes(person=bron, by=bron.actor)
    laptop, telephone = queries.steps_of(bron).passkeys

    actions.remove_step(person=bron, step=laptop, by=bron.actor)

    steps = queries.steps_of(bron)
    assert steps.passkeys == [telephone]
    assert steps.codes_left == 10
    assert Entry.objects.latest("number").did == "removed a passkey"


def test_a_link_used_between_a_look_and_the_use_is_refused(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert cast.bron
    _, secret = actions.ask_for_link(address="bron@example.org", browser="hers", now=now())
    hash_of = actions.hash_of

    def meanwhile(of: str) -> str:
        # The browser is asked about after the link was looked up.
        if of == "hers":
            Link.objects.update(used_at=now())
        return hash_of(of)

    monkeypatch.setattr(actions, "hash_of", meanwhile)

    with pytest.raises(actions.LinkRefused, match="just now"):
        actions.use_link(secret=secret, browser="hers", address="", now=now())


def test_a_link_of_nobody_opens_nothing(cast: Cast) -> None:
    person, secret = actions.ask_for_link(address="x@example.org", browser="b", now=now())

    assert person is None
    with pytest.raises(actions.LinkRefused):
        actions.use_link(secret=secret, browser="b", address="", now=now())


def test_the_operator_lets_somebody_set_up_their_second_step_anew(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    bron = cast.bron
    app_of(bron)
    monkeypatch.setattr(beginning, "start", lambda say: None)
    ask = ["lost-second-step", "BRON@example.org", "--reason", "Seen at the council office"]

    assert CliRunner().invoke(cli.app, ask).exit_code == 0

    assert not queries.steps_of(bron).are_set_up
    line = Entry.objects.latest("number")
    assert (line.did, line.subject_key) == ("removed every second step", bron.key)
    assert line.reason == "Seen at the council office"
    unknown = CliRunner().invoke(cli.app, ["lost-second-step", "x@example.org", "--reason", "-"])
    assert "Nobody signs in here" in str(unknown.exception)


def test_the_command_for_the_first_officer_says_when_one_has_come(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert cast.bron
    monkeypatch.setattr(beginning, "start", lambda say: None)

    assert "others come by invitation" in (
        CliRunner().invoke(cli.app, ["first-officer"]).stdout.lower()
    )
