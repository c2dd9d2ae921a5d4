"""The history of a cluster says councils, services and sums as people do."""

from __future__ import annotations

import pytest

from tests.cast import Cast
from tests.clusters.formed import drawn_up, formed, joined
from tests.clusters.test_defaulting import record
from tests.offers.asked import words
from waywarden.fabric.common.wording import pounds

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


def test_councils_services_and_shares_are_named_and_no_keys_shown(cast: Cast) -> None:
    assert cast.at_the_county
    cluster = joined(cast, "wychbourne", "coldbrook")
    terms = drawn_up(cluster)

    said = words(cast.signed_in(cast.ada).get(f"/history/cluster/{cluster.key}/"))

    for share in terms.shares.select_related("membership__body"):
        assert f"{share.membership.body.name}: {pounds(share.pence)}" in said
        assert share.membership.body.key not in said
    assert cast.service("DPS01").name in said
    assert "DPS01" not in said


def test_what_was_not_paid_is_told_in_pounds_beside_each_who_owes_it(cast: Cast) -> None:
    assert cast.at_the_county
    cluster = formed(cast)
    default = record(cluster, "coldbrook", cast)

    said = words(cast.signed_in(cast.ada).get(f"/history/cluster/{cluster.key}/"))

    owing = default.owed.select_related("membership__body")
    assert owing
    for each in owing:
        assert f"{each.membership.body.name}: {pounds(each.pence)}" in said
