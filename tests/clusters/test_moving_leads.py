"""Tables of before and after groups led clusters, and back: nobody's name is lost."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.management import call_command

from tests.cast import ADA, Cast, introduce
from tests.clusters.formed import drawn_up, joined
from tests.clusters.led import asked, led
from tests.clusters.test_moving import at

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]

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
