"""The lists within the pages of a cluster, as files."""

from __future__ import annotations

import pytest

from tests.cast import ADA, Cast
from tests.clusters.formed import NOW, TODAY, council, formed, held
from waywarden.devolution.clusters import queries
from waywarden.devolution.clusters.actions import defaulting, settling
from waywarden.devolution.clusters.defaulting import Unpaid

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


def test_every_list_within_a_cluster_goes_out_as_csv_and_excel(cast: Cast) -> None:
    made, clerk = formed(cast), cast.signed_in(cast.at_coldbrook.person)
    made.memberships.update(starts_on=TODAY)
    coldbrook, town = (held(made, council(cast, name)) for name in ("coldbrook", "wychbourne"))
    lent = {"name": "A mower", "way": "hire", "on_terms": "£20 a day", "by": ADA, "now": NOW}
    settling.lend(held=coldbrook, **lent)
    votes = dict.fromkeys(("coldbrook-council", "marl-green-meeting"), "for")
    votes |= {"wychbourne-council": "absent"}
    asked = {"question": "To buy a mower", "held_on": TODAY, "by": ADA, "now": NOW}
    settling.meet(cluster=made, cast=votes, **asked)
    due = {each.pk: settling.Due() for each in queries.members_of(made, on=TODAY)}
    due |= {coldbrook.pk: settling.Due(balance_pence=5_00, assets="A cart")}
    due |= {town.pk: settling.Due(balance_pence=-5_00)}
    handed = {
        "things": {coldbrook.resources.get().pk: town.pk},
        "work": {made.scope.get().pk: None},
    }
    plan = settling.Plan(last_on=TODAY, says="It is over", due=due, **handed)
    settling.settle(cluster=made, plan=plan, by=ADA, now=NOW)
    owing = Unpaid(unpaid_pence=100_00, due_on=TODAY, reference="Invoice 7")
    defaulting.record(held=coldbrook, unpaid=owing, by=ADA, now=NOW)
    where = made.get_absolute_url()

    def lines(file: str) -> list[str]:
        found = clerk.get(f"{where}{file}.csv")
        assert clerk.get(f"{where}{file}.xlsx").content[:2] == b"PK"
        return found.content.decode().splitlines()

    assert "Coldbrook Parish Council,Joined,2027-02-01,,Join,1500.00,A quote" in lines("members")[1]
    by_terms = lines("terms/1/shares")
    assert by_terms[1].startswith("Coldbrook Parish Council,1500.00,A quote,1090.91,409.09,")
    assert by_terms[1].endswith(",1,Terms 1")
    assert lines("votes")[1:4] == [
        "2027-02-01,To buy a mower,Coldbrook Parish Council,1,For it,1,2,yes",
        "2027-02-01,To buy a mower,Marl Green Parish Meeting,1,For it,1,2,yes",
        "2027-02-01,To buy a mower,Wychbourne Town Council,1,Not there,1,2,yes",
    ]
    assert lines("resources")[1] == "A mower,Coldbrook Parish Council,Hired out,£20 a day"
    assert lines("settlements/1/portions")[1] == "Coldbrook Parish Council,5.00,A cart,,,"
    assert lines("settlements/1/handovers")[1:3] == [
        "A mower,Wychbourne Town Council",
        "Open work of Village grass,There is none",
    ]
    assert len(lines("unpaid")) == 3
    assert sum(float(line.split(",")[6]) for line in lines("unpaid")[1:]) == 100
    assert clerk.get(f"{where}settlements/9/portions.csv").status_code == 404
    other = cast.signed_in(cast.dot)
    assert other.get(f"{where}members.csv").status_code in (302, 403)
