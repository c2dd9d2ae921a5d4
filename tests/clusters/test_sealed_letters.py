"""Who signs is sent the journal's head that seals it, and can check the journal with it."""

from __future__ import annotations

import re

import pytest
from django.conf import settings

from tests.cast import Cast
from tests.clusters.formed import NOW, agree, agreed, drawn_up, formed, joined, lead
from waywarden.county.councils import actions as councils
from waywarden.devolution.clusters.actions import clusters
from waywarden.fabric.journal import queries as journal
from waywarden.fabric.journal.verifying import Published, verify
from waywarden.fabric.notices.models import Notice

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


def reachable(cast: Cast) -> None:
    """Let Coldbrook have a public address, where nobody has an account."""
    said = {"by": cast.by, "today": cast.today}
    address = "clerk@coldbrook.example"
    councils.add_contact(body=cast.coldbrook_council, kind="email", value=address, **said)


def head_in(letter: Notice) -> Published:
    """Read the head from a letter, as its reader would."""
    found = re.search(r"line ([\d,]+) of the journal.* is ([0-9a-f]{64})\.", letter.text)
    assert found, letter.text
    return Published(int(found[1].replace(",", "")), found[2])


def test_who_agrees_to_terms_gets_the_head_that_seals_it(cast: Cast) -> None:
    reachable(cast)

    terms = agreed(cast)

    letter = Notice.objects.get(subject__startswith="Agreed")
    assert letter.to_email == "clerk@coldbrook.example"
    assert terms.hash in letter.text
    head, lines = head_in(letter), list(journal.lines())
    assert lines[head.number - 1]["did"] == "agreed to terms"
    assert verify(lines, [head]).faults == []
    # With the tail cut off before it, or the line written anew, the letter tells.
    assert verify(lines[: head.number - 1], [head]).faults
    assert verify(lines, [Published(head.number, "0" * 64)]).faults


def test_who_signs_themselves_gets_the_letter_too(cast: Cast) -> None:
    colm = cast.at_coldbrook.actor
    made = joined(cast)
    lead(made, cast.wychbourne_council)
    Notice.objects.all().delete()

    agree(drawn_up(made), cast.coldbrook_council, by=colm)

    assert head_in(Notice.objects.get(subject__startswith="Agreed")).number


def test_every_member_gets_the_head_that_seals_the_cluster(cast: Cast) -> None:
    reachable(cast)

    formed(cast)

    head = head_in(Notice.objects.get(subject__startswith="Formed"))
    assert list(journal.lines())[head.number - 1]["did"] == "formed a cluster"


def test_the_member_that_forms_the_cluster_gets_the_head_as_the_others_do(cast: Cast) -> None:
    bron, colm = cast.at_wychbourne, cast.at_coldbrook
    address = "chair@marl-green.example"
    said = {"kind": "email", "value": address, "by": cast.by, "today": cast.today}
    councils.add_contact(body=cast.marl_green_meeting, **said)
    made = agreed(cast).cluster

    clusters.form(cluster=made, by=bron.actor, now=NOW)

    letters = Notice.objects.filter(subject__startswith="Formed")
    members = [address, bron.person.email, colm.person.email]
    assert sorted(each.to_email for each in letters) == sorted(members)
    assert len({head_in(each) for each in letters}) == 1


def test_the_letter_gives_the_whole_address_of_how_to_check_it(cast: Cast) -> None:
    reachable(cast)

    formed(cast)

    for letter in Notice.objects.filter(subject__regex="^(Agreed|Formed)"):
        assert f"{settings.SITE_ADDRESS.rstrip('/')}/journal/head/" in letter.text
