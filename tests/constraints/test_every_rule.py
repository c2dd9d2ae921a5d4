"""What a row must never say, the database refuses: each rule is broken by a row of its own.

A rule that nobody breaks fails the first test. Each room breaks its own in the file of its name.
"""

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction
from django.db.models import CheckConstraint, Model

from tests.cast import Cast
from tests.constraints import (
    clusters,
    councils,
    decisions,
    fabric,
    interest,
    offers,
    offices,
    papers,
    people,
    places,
    plans,
    services,
)
from tests.constraints.breaking import Break
from waywarden.county.services.models import Quantity

pytestmark = pytest.mark.postgres

ROOMS = (
    councils,
    places,
    services,
    people,
    offices,
    papers,
    decisions,
    offers,
    interest,
    clusters,
    plans,
    fabric,
)
BROKEN: dict[str, Break] = {rule: broken for room in ROOMS for rule, broken in room.BROKEN.items()}
HALF_SAID: dict[str, Break] = places.HALF_SAID | services.HALF_SAID


def rules() -> dict[str, Model]:
    """Name every rule a row of ours can break: constraints, and fields that must differ."""
    ours = [model for model in apps.get_models() if model.__module__.startswith("waywarden.")]
    named = {rule.name: model for model in ours for rule in model._meta.constraints}
    differing = {
        f"{model.__name__}.{field.name}": model
        for model in ours
        for field in model._meta.fields
        if field.unique and not field.primary_key
    }
    return named | differing


def test_every_rule_of_the_database_is_broken_by_a_test() -> None:
    assert set(BROKEN) == set(rules())
    assert len(BROKEN) == sum(len(room.BROKEN) for room in ROOMS)


@pytest.mark.parametrize("rule", BROKEN)
def test_a_row_that_breaks_a_rule_is_refused(cast: Cast, rule: str) -> None:
    checks = {
        constraint.name
        for model in apps.get_models()
        for constraint in model._meta.constraints
        if isinstance(constraint, CheckConstraint)
    }

    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        BROKEN[rule](cast)

    if rule in checks:
        assert rule in str(refused.value)
    else:
        assert "unique" in str(refused.value).lower()


@pytest.mark.parametrize("what", list(HALF_SAID))
def test_what_is_half_said_is_refused(cast: Cast, what: str) -> None:
    # A rule that compares with a blank is neither kept nor broken, and the row gets in.
    with pytest.raises(IntegrityError), transaction.atomic():
        HALF_SAID[what](cast)


def test_rows_that_break_no_rule_are_kept(cast: Cast) -> None:
    # The armed control: what the breakers start from is all right by itself.
    with transaction.atomic():
        for room in ROOMS:
            for model, facts in room.WHOLE:
                model._default_manager.create(**facts(cast))
        facts_of_another_place = services.estimate(cast) | {"area": cast.marl_green}
        Quantity.objects.create(**facts_of_another_place)
