"""Tables of before and after groups led clusters, and back: nobody's name is lost."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.management import call_command

from tests.cast import ADA, Cast, introduce
from tests.clusters.formed import TODAY, drawn_up, joined
from tests.clusters.led import asked, led
from tests.clusters.test_moving import at
from waywarden.devolution.clusters.models import Role, Stated

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]

COPIED = [("clusters", "0008_a_group_or_company_leads")]
AFTER = [("clusters", "0009_why_a_council_leaves_and_who_asked_can_be_erased")]
BEFORE = [("clusters", "0007_what_is_unpaid_and_who_has_what_afterwards")]


@pytest.fixture
def there(transactional_db: None) -> Iterator[Cast]:
    yield introduce()
    call_command("migrate", verbosity=0)


def test_back_then_a_service_names_its_lead_and_no_group_leads_a_cluster(there: Cast) -> None:
    made, of = joined(there), asked(there)
    led(made, of, by=ADA)
    led(made, of, by=ADA, service=True)
    drawn_up(made)

    apps = at(BEFORE)

    roles: Any = apps.get_model("clusters", "Role").objects
    assert [
        (role.holder_name, role.holder_kind, role.taken_at is not None)
        for role in roles.order_by("pk")
    ] == [("", "", False), ("Friends of the Rec", "group", True)]
    assert apps.get_model("clusters", "Terms").objects.get().led_by == "Friends of the Rec"


def test_a_copied_name_becomes_the_expression_where_one_alone_can_be_meant(there: Cast) -> None:
    made, of = joined(there), asked(there)
    asked(there, asker={"who": "Twins"})
    asked(there, asker={"who": "Twins"})
    asked(there, outcome="refused", asker={"who": "Turned down"})
    led(made, of, by=ADA, service=True)
    apps = at(COPIED)
    roles: Any = apps.get_model("clusters", "Role").objects
    stated: Any = apps.get_model("clusters", "Stated").objects
    grass = roles.get(service__isnull=False)
    scope = apps.get_model("clusters", "Scope").objects.get()
    named = {"expression": None, "holder_kind": "group"}
    said = {"scope": scope, "model": "local", "said_on": TODAY}
    for aspect, name in (("jobs", "Friends of the Rec"), ("vat", "Brook Insurance")):
        stated.create(aspect=aspect, says="Some", said_by=name, **said)
    roles.filter(pk=grass.pk).update(holder_name="Twins", **named)
    at(AFTER)
    at(COPIED)
    assert roles.get(pk=grass.pk).holder_name == "Twins"
    roles.filter(pk=grass.pk).update(holder_name="Turned down")
    at(AFTER)
    at(COPIED)
    assert roles.get(pk=grass.pk).expression_id is None
    roles.filter(pk=grass.pk).update(holder_name="Friends of the Rec")

    at(AFTER)

    role = Role.objects.get(pk=grass.pk)
    assert (role.holder_name, role.holder_kind, role.expression) == ("", "", of)
    known = Stated.objects.order_by("aspect")
    assert [(each.said_by, each.expression) for each in known] == [
        ("", of),
        ("Brook Insurance", None),
    ]
    apps = at(COPIED)
    back = apps.get_model("clusters", "Stated").objects.get(aspect="jobs")
    assert back.said_by == "Friends of the Rec"
