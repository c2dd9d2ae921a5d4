"""What waits for an officer beside offers: expressions, disputes, clusters, going alone."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils.timezone import localdate

from tests.cast import Cast
from tests.clusters import alone as going
from tests.clusters import formed
from tests.interest import said
from tests.offers.asked import words
from tests.overview.overseen import found, held, named
from waywarden.county.people.models import Office
from waywarden.county.services import correcting_actions as correcting
from waywarden.county.services.queries import current_quantity
from waywarden.devolution.offers.models import Round
from waywarden.devolution.overview.needs import BAD, PLAIN, WARN

pytestmark = pytest.mark.django_db


class TestOthers:
    """What those who ask, who dispute, and clusters want."""

    def test_an_expression_nobody_has_taken_up_is_overdue_after_its_day(
        self, cast: Cast, ada: Office
    ) -> None:
        said.sent(cast)
        due = held(ada).asked[0].expression.due_on
        assert due

        assert [need.tone for need in found(ada)] == [WARN]
        late = named(ada, "overdue", due + timedelta(days=2))
        assert late.tone == BAD
        assert late.title == "1 expression of interest is overdue"
        assert "2 days late" in late.says

    def test_a_disputed_quantity_leads_to_where_it_is_settled(
        self, cast: Cast, ada: Office
    ) -> None:
        cast.record(cast.quantity(cast.coldbrook, "DPS01", 9_000), today=localdate())
        service = cast.service("DPS01")
        figure = current_quantity(cast.coldbrook, service)
        assert figure
        correcting.dispute_quantity(
            area=cast.coldbrook,
            service=service,
            seen=figure.pk,
            dispute="Sold",
            by=cast.by,
            today=localdate(),
            reason="A letter came",
        )

        need = named(ada, "disputed")

        assert need.title == "1 quantity is disputed"
        assert need.says == "The oldest has waited since today: Coldbrook, village grass."
        assert cast.signed_in(cast.ada).get(need.leads).status_code == 200

    def test_a_cluster_nobody_is_invited_to_is_to_know(self, cast: Cast, ada: Office) -> None:
        formed.proposed(cast)

        assert named(ada, "invite its councils").tone == PLAIN

    def test_silent_councils_of_a_cluster_are_counted(self, cast: Cast, ada: Office) -> None:
        made = formed.forming(cast)
        formed.join(made, cast.wychbourne_council)

        assert "2 councils have not answered" in named(ada, "councils are silent").says

    def test_a_draft_of_a_parish_is_its_own_to_invite_to(self, cast: Cast, ada: Office) -> None:
        town = cast.wychbourne_council
        formed.clusters.propose(
            body=town, idea=formed.IDEA, members=[town], services=[], by=cast.by
        )

        assert [each.name for each in held(ada).clusters] == [formed.IDEA.name]
        assert found(ada) == []

    def test_a_cluster_that_was_withdrawn_is_left_alone(self, cast: Cast, ada: Office) -> None:
        formed.clusters.withdraw(
            cluster=formed.proposed(cast), reason="No", by=cast.by, today=localdate()
        )

        assert held(ada).clusters == []

    def test_the_worst_stands_first(self, cast: Cast, ada: Office, of: Round) -> None:
        formed.proposed(cast)
        late = of.answer_by + timedelta(days=1)

        assert [need.tone for need in found(ada, late)] == [BAD, WARN, PLAIN]


class TestGoingAlone:
    """Councils that would go alone, and wait for the county."""

    def test_who_asks_is_counted_until_it_is_assessed_and_led_to(
        self, cast: Cast, ada: Office
    ) -> None:
        made = going.asked(cast)

        need = named(ada, "to go alone, not assessed yet")

        assert need.title == "1 council asks to go alone, not assessed yet"
        assert (need.tone, need.says) == (WARN, "Coldbrook Parish Council.")
        assert "Coldbrook" in words(cast.signed_in(cast.ada).get(need.leads))
        going.assess(made)
        assert found(ada, formed.TODAY) == []

    def test_who_has_answered_or_let_its_days_pass_is_to_be_decided_on(
        self, cast: Cast, ada: Office
    ) -> None:
        heard, _ = going.heard(cast), going.assess(going.asked(cast, "marl_green"))

        soon = named(ada, "to be decided on", formed.TODAY)
        late = named(ada, "to be decided on", formed.TODAY + timedelta(days=15))

        assert soon.title == "1 council that would go alone is to be decided on"
        assert late.title == "2 councils that would go alone are to be decided on"
        assert "Coldbrook" in words(cast.signed_in(cast.ada).get(late.leads))
        going.decide(heard)
        assert found(ada, formed.TODAY) == []

    def test_what_was_deferred_comes_back_on_its_day_unless_it_was_withdrawn(
        self, cast: Cast, ada: Office
    ) -> None:
        made, day = going.heard(cast), formed.TODAY + timedelta(days=90)
        going.decide(made, "deferred", deferred_until=day)

        assert found(ada, day - timedelta(days=1)) == []
        need = named(ada, "deferred to now", day)
        assert "stage=Decided%3A+deferred" in need.leads
        going.actions.withdraw(of=made, reason="We wait", by=cast.by, now=formed.NOW)
        assert found(ada, day) == []
