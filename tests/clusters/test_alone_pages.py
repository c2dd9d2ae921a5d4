"""A council that would go alone, on the pages: from its wish to the decision."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.timezone import localdate

from tests.cast import Cast
from tests.clusters.alone import (
    certificate,
    findings,
    resolution,
)
from tests.offers.asked import send, words
from waywarden.county.decisions.models import Decision
from waywarden.devolution.clusters.models import GoingAlone

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


def typed(**steps: str) -> dict[str, str]:
    """Give the form of an assessment, filled in."""
    return {
        f"{name}_{each.factor}": str(getattr(each, name))
        for each in findings(**steps)
        for name in ("step", "says", "evidence")
    }


def test_going_alone_from_the_wish_to_the_decision_on_its_pages(cast: Cast) -> None:
    ada, colm, bron = cast.at_the_county, cast.at_coldbrook, cast.at_wychbourne
    county, clerk, other = (cast.signed_in(each) for each in (cast.ada, cast.colm, cast.bron))
    public = words(Client().get("/clusters/alone/"))
    assert "All of it hangs on one person or one contractor." in public
    assert "Ask to go alone" not in public
    wish = {"services": "DPS01", "starts_on": "2028-04-01", "says": "Our own mower"}
    far = send(clerk, "/clusters/alone/ask/", acting=colm, **wish | {"starts_on": "1900-01-01"})
    assert far.status_code == 400
    page = words(send(clerk, "/clusters/alone/ask/", acting=colm, **wish))
    assert "It is asked. The county assesses it" in page
    of = GoingAlone.objects.get()
    where = of.get_absolute_url()
    assert "What your council asked" in words(clerk.get("/clusters/alone/"))
    again = words(send(clerk, "/clusters/alone/ask/", acting=colm, **wish))
    assert "Withdraw it first to ask anew" in again

    assert other.get(where).status_code == 404
    assert other.get(f"/history/alone/{of.key}/").status_code == 404
    assert Client().get(f"/history/alone/{of.key}/").status_code == 404
    assert county.get("/history/alone/alone-999/").status_code == 404
    assert county.get("/clusters/alone/999/").status_code == 404
    assert clerk.get(f"{where}assess/").status_code == 403
    assert clerk.get(f"{where}decide/").status_code == 403
    assert "Coldbrook" not in words(other.get("/clusters/alone/"))
    assert "Coldbrook Parish Council" in words(county.get("/clusters/alone/asked/?stage=Asked"))

    assess_page = f"{where}assess/"
    version = {"version": str(of.version)}
    bare = typed(capacity="shown") | {"evidence_capacity": ""}
    refused = words(send(county, assess_page, acting=ada, **bare, **version))
    assert "Capacity: “Shown” needs evidence. Say what it is." in refused
    minute, paper = resolution(cast), certificate(cast)
    proof = {"link_capacity": f"decision-{minute.pk}", "link_insurance": f"paper-{paper.pk}"}
    page = words(send(county, assess_page, acting=ada, **bare, **proof, **version))
    assert "It is assessed. The council is told." in page
    assert proof.items() <= county.get(assess_page).context["form"].initial.items()
    late = send(county, assess_page, acting=ada, **typed(), **version)
    assert late.status_code == 409

    page = words(clerk.get(where))
    assert "To insure the mower" in page
    assert "Cover of 2027" in page
    assert "partly, we read" in page
    of.refresh_from_db()
    ruling = {"outcome": "agreed", "reasons": "It lasts", "version": str(of.version)}
    early = words(send(county, f"{where}decide/", acting=ada, **ruling))
    assert "The council has not answered its assessment, and may until" in early
    answered = {"says": "We have two mowers", "version": str(of.version - 1)}
    late = send(clerk, f"{where}answer/", acting=colm, **answered)
    assert late.status_code == 409
    answered |= {"version": str(of.version)}
    page = words(send(clerk, f"{where}answer/", acting=colm, **answered))
    assert "Your answer is with the county." in page
    assert county.get(f"{where}answer/").status_code == 403
    assert "We have two mowers" in words(county.get(where))

    of.refresh_from_db()
    ruling = {"outcome": "deferred", "reasons": "Insure it", "version": str(of.version)}
    ruling |= {"deferred_until": str(localdate() + timedelta(days=30))}
    page = words(send(county, f"{where}decide/", acting=ada, **ruling))
    assert "It is decided. The council is told." in page
    assert "Insure it" in words(clerk.get(where))
    stale = send(county, f"{where}decide/", acting=ada, **ruling | {"reasons": "No"})
    assert stale.status_code == 409
    assert "asked to go alone" in words(clerk.get(f"/history/alone/{of.key}/"))
    page = words(send(clerk, f"{where}withdraw/", acting=colm, reason="We wait"))
    assert "It is withdrawn. The council may ask anew." in page
    row = county.get("/clusters/alone/asked.csv").content.decode().splitlines()[1]
    assert "Shown,In part,In part,In part,In part" in row
    _ = bron


def test_the_county_notes_a_wish_it_was_told_and_decides_with_a_decision(cast: Cast) -> None:
    ada = cast.at_the_county
    county = cast.signed_in(cast.ada)
    minute = resolution(cast, body=cast.county_council, reference="CC 4")
    wish = {"services": "DPS01", "starts_on": "2028-04-01", "says": "By volunteers"}

    nobody = send(county, "/clusters/alone/ask/", acting=ada, **wish, council="Nowhere")
    assert "No council, or more than one, has this name" in words(nobody)
    noted = send(county, "/clusters/alone/ask/", acting=ada, **wish, council="Marl Green")
    assert "It is noted. No letter went to the council: write to it or telephone." in words(noted)
    of = GoingAlone.objects.get()
    where = of.get_absolute_url()
    sent = send(county, f"{where}assess/", acting=ada, **typed(), version=str(of.version))
    assert "No letter went to the council" in words(sent)
    not_yet = county.get(f"{where}decide/")
    assert "The council has not answered its assessment, and may until" in words(not_yet)
    assert "<textarea" not in not_yet.content.decode()
    GoingAlone.objects.update(assessed_at=timezone.now() - timedelta(days=15))
    of.refresh_from_db()
    until = localdate() + timedelta(days=90)
    ruling = {"outcome": "deferred", "reasons": "It lasts", "version": str(of.version)}
    ruling |= {"deferred_until": str(until), "decision": str(minute.pk)}
    page = words(send(county, f"{where}decide/", acting=ada, **ruling))

    assert "By CC 4" in page or minute.title in page
    # A decision that is not to be chosen any more still stands in the form.
    Decision.objects.filter(pk=minute.pk).update(is_exempt=True)
    of.refresh_from_db()
    again = typed() | {"says_capacity": "Two people now", "version": str(of.version)}
    send(county, f"{where}assess/", acting=ada, **again)
    GoingAlone.objects.update(assessed_at=timezone.now() - timedelta(days=15))
    form = county.get(f"{where}decide/").context["form"]
    assert form.initial["decision"] == str(minute.pk)
    assert str(minute.pk) in dict(form.fields["decision"].choices)
