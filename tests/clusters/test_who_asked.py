"""Who asked the county is named by their expression alone: erased there, the name is nowhere."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils import timezone

from tests.cast import ADA, Cast
from tests.clusters.formed import NOW, TODAY, drawn_up, joined
from tests.clusters.led import LETTER, asked, led
from tests.interest.test_forgetting import held_of
from tests.offers.asked import send, words
from waywarden.devolution.clusters import queries
from waywarden.devolution.clusters.actions import delivering, leading, roles
from waywarden.devolution.clusters.actions.delivering import Statement
from waywarden.devolution.clusters.actions.refusing import CannotCluster
from waywarden.devolution.clusters.models import Cluster, Stated
from waywarden.devolution.interest import forgetting_actions as forgetting
from waywarden.devolution.interest.models import Expression
from waywarden.fabric.journal import queries as journal
from waywarden.fabric.journal import records
from waywarden.fabric.journal.models import Entry
from waywarden.fabric.notices.models import Notice

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]

NAME = "Friends of the Rec"


def _led(cast: Cast) -> tuple[Cluster, Expression]:
    """Give a cluster that the friends lead, and its service with it, with terms."""
    made, of = joined(cast), asked(cast)
    led(made, of, by=ADA)
    led(made, of, by=ADA, service=True)
    drawn_up(made)
    return made, of


def test_what_a_lead_says_of_its_way_is_kept_as_its_own(cast: Cast) -> None:
    made, of = _led(cast)
    county, ada = cast.signed_in(cast.ada), cast.at_the_county
    page = f"{made.get_absolute_url()}services/DPS01/models/local/"
    assert county.get(page).context["form"].initial["said_by"] == NAME

    typed = {"cost": "900", "said_by": NAME, "said_on": str(TODAY), "version": "1"}
    done = words(send(county, page, acting=ada, **typed))

    assert f"Said by {NAME}, 1 February 2027" in done
    said = Stated.objects.get()
    assert (said.said_by, said.expression, said.who) == ("", of, NAME)
    assert NAME not in str(Entry.objects.order_by("-number")[0].after)
    assert f"said by {NAME} on" in words(county.get(made.get_absolute_url()))
    # What somebody else says of the same way is theirs.
    insurer = typed | {"cost": "950", "said_by": "Brook Insurance", "version": "2"}
    send(county, page, acting=ada, **insurer)
    said.refresh_from_db()
    assert (said.said_by, said.expression) == ("Brook Insurance", None)


def test_erasing_who_asked_takes_the_name_from_the_cluster_too(cast: Cast) -> None:
    made, of = _led(cast)
    told = Statement(
        model="local", said={"cost": 900_00}, said_by=NAME, said_on=TODAY, expression=of
    )
    scope = queries.scope_of(made)[0]
    delivering.state(scope=scope, version=scope.version, statement=told, by=ADA, today=TODAY)
    roles.give_up(role=queries.roles_of(made)[1], reason="Too much", by=ADA, today=TODAY)
    county, bron = cast.signed_in(cast.at_the_county.person), cast.at_wychbourne
    where = made.get_absolute_url()
    pages = (where, f"{where}models/", f"{where}terms/1/", f"/history/cluster/{made.key}/")
    assert all(NAME in words(county.get(page)) for page in pages)
    of.refresh_from_db()

    forgetting.erase(of=of, reason="They wish it", by=ADA, now=timezone.now())

    assert held_of(NAME) == []
    for browser in (county, cast.signed_in(bron.person)):
        for page in pages:
            answer = browser.get(page)
            assert answer.status_code == 200 and NAME not in words(answer), page
    for page in ("/clusters/", "/clusters/clusters.csv", where):
        assert NAME not in Client().get(page).content.decode("utf-8-sig")
    assert "Somebody erased, since" not in words(Client().get(where))
    assert "Somebody erased (a community group" in words(Client().get(where))
    assert journal.faults() == [] and records.faults() == []


def test_the_role_of_somebody_erased_is_given_up_as_any_other(cast: Cast) -> None:
    made, of = _led(cast)
    of.refresh_from_db()
    forgetting.erase(of=of, reason="They wish it", by=ADA, now=NOW)

    role = queries.lead_of(made)
    assert role.held_by == "Somebody erased"
    roles.give_up(role=role, reason="They are gone", by=ADA, today=TODAY)
    assert not queries.lead_of(made).is_held


def _erase(of: Expression) -> None:
    """Erase who asked, while another still holds them as they were read before."""
    anew = Expression.objects.get(pk=of.pk)
    forgetting.erase(of=anew, reason="They wish it", by=ADA, now=timezone.now())


def test_who_is_erased_while_their_lead_is_noted_is_neither_named_nor_written_to(
    cast: Cast,
) -> None:
    made, of = joined(cast), asked(cast)
    role = queries.lead_of(made)
    _erase(of)
    letters = Notice.objects.count()

    with pytest.raises(CannotCluster, match="whose expression of interest"):
        leading.choose(role=role, of=of, shows=LETTER, by=ADA, now=NOW)

    assert held_of(NAME) == []
    assert Notice.objects.count() == letters


def test_who_is_erased_while_their_role_is_given_up_is_not_named_anew(cast: Cast) -> None:
    made, of = _led(cast)
    role = queries.lead_of(made)
    assert role.held_by == NAME
    _erase(of)

    roles.give_up(role=role, reason="Too much", by=ADA, today=TODAY)

    assert held_of(NAME) == []


def test_who_is_erased_while_their_words_are_kept_is_not_named_anew(cast: Cast) -> None:
    made, of = _led(cast)
    told = Statement(
        model="local", said={"cost": 900_00}, said_by=NAME, said_on=TODAY, expression=of
    )
    scope = queries.scope_of(made)[0]
    _erase(of)

    delivering.state(scope=scope, version=scope.version, statement=told, by=ADA, today=TODAY)

    assert held_of(NAME) == []
