"""What a row must never say, the database refuses: each rule is broken here by a row of its own.

A rule that nobody breaks here fails the first test.
"""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction
from django.db.models import CheckConstraint, Model

from tests.cast import Cast, boundary_set, person, square
from waywarden.county.councils.models import Body, BodyCode, Contact, Succession
from waywarden.county.people.models import Person
from waywarden.county.places.models import (
    Area,
    AreaCode,
    AreaName,
    Boundary,
    BoundarySet,
    Jurisdiction,
    Measure,
    Neighbour,
)
from waywarden.county.services.models import (
    DeliveryModel,
    DutyVerification,
    Price,
    Quantity,
    Service,
    Standard,
)
from waywarden.county.surveying import boundary_of
from waywarden.devolution.plans.models import PlannedPlace, PlanRun
from waywarden.fabric.journal.models import Entry, Head

pytestmark = pytest.mark.postgres

MARCH, APRIL = date(2026, 3, 31), date(2026, 4, 1)
ENDS_FIRST = {"starts_on": APRIL, "ends_on": MARCH}
READ = {"source": "Read somewhere", "confidence": "A"}
UNSOURCED = READ | {"source": ""}
UNSURE = READ | {"confidence": "Z"}

Break = Callable[[Cast], object]


def twice(model: type[Model], facts: Callable[[Cast], dict[str, Any]]) -> Break:
    """Save the same row twice."""

    def broken(cast: Cast) -> None:
        model._default_manager.create(**facts(cast))
        model._default_manager.create(**facts(cast))

    return broken


def once(model: type[Model], facts: Callable[[Cast], dict[str, Any]]) -> Break:
    """Save one row that says what it must not."""
    return lambda cast: model._default_manager.create(**facts(cast))


def code(cast: Cast) -> dict[str, Any]:
    return {"body": cast.coldbrook_council, "scheme": "gss", "code": "E04000001", "source": "Read"}


def area_code(cast: Cast) -> dict[str, Any]:
    return {"area": cast.coldbrook, "code": "E04000001", "source": "Read"}


def web(cast: Cast) -> dict[str, Any]:
    return {"body": cast.coldbrook_council, "kind": "web", "value": "coldbrook.example"} | READ


def population(cast: Cast) -> dict[str, Any]:
    counted = {"kind": "population", "value": 9, "reference": "2021", "is_modelled": False}
    return {"area": cast.coldbrook} | counted | READ


def holds(cast: Cast) -> dict[str, Any]:
    return {"body": cast.coldbrook_council, "area": cast.little_haye, "tier": "parish"}


def bounds(cast: Cast) -> dict[str, Any]:
    shape = boundary_of(cast.coldbrook, square(0, 0))
    box = {name: getattr(shape, name) for name in ("min_lon", "min_lat", "max_lon", "max_lat")}
    held = BoundarySet.objects.filter(name="other").first()
    if held is None:
        held = boundary_set("other")
        held.save()
    return {"area": cast.coldbrook, "boundary_set": held, "geometry": shape.geometry} | box


def upside_down(cast: Cast) -> dict[str, Any]:
    return bounds(cast) | {"min_lat": 52.0, "max_lat": 51.0}


def pair(cast: Cast) -> dict[str, Any]:
    a, b = sorted((cast.wychbourne, cast.unparished_ward), key=lambda area: area.pk)
    return {"a": a, "b": b, "distance_m": 1, "is_modelled": True, "source": "Read"}


def pair_turned_round(cast: Cast) -> dict[str, Any]:
    there = pair(cast)
    return there | {"a": there["b"], "b": there["a"]}


def standard(cast: Cast) -> dict[str, Any]:
    service = cast.service("FUR")
    service.standards.all().delete() if not Standard.objects.filter(source="Read").exists() else 0
    return {"service": service, "level": "minimum", "visits": 1} | READ | {"source": "Read"}


def price(cast: Cast) -> dict[str, Any]:
    at = {"basis": "by hand", "amount_pence": 5, "unit": "", "per": "visit"}
    return {"service": cast.service("FUR")} | at | READ


def succession(cast: Cast) -> dict[str, Any]:
    bodies = {"predecessor": cast.coldbrook_council, "successor": cast.wychbourne_council}
    return bodies | {"on": APRIL, "source": "Read"}


def amount(cast: Cast, **facts: Any) -> dict[str, Any]:
    counted = {"area": cast.coldbrook, "service": cast.service("HDG"), "amount_milli": 5000}
    return counted | {"unit": "m", "is_estimate": False} | READ | facts


def estimate(cast: Cast, **facts: Any) -> dict[str, Any]:
    given = {"is_estimate": True, "low_milli": 4000, "high_milli": 6000, "confidence": "C"}
    return amount(cast, **(given | facts))


def body(cast: Cast) -> dict[str, Any]:
    return {"key": "a-body", "kind": "parish", "name": "A body"}


def area(cast: Cast, **facts: Any) -> dict[str, Any]:
    return {"key": "an-area", "kind": "parish", "name": "An area"} | facts


def run(cast: Cast, **facts: Any) -> dict[str, Any]:
    given = {"number": 1, "county": cast.county, "input_hash": "0f" * 32, "seed": 1}
    wishes = {"shape": "shared", "effort": "quick", "is_everyone": True, "services": ["HDG"]}
    by = {"made_by_key": cast.by.key, "made_by_shown_as": cast.by.shown_as, "made_on": APRIL}
    return given | wishes | by | {"result": {}, "program_version": "0"} | facts


def planned_place(cast: Cast, **facts: Any) -> dict[str, Any]:
    held = PlanRun.objects.first() or PlanRun.objects.create(**run(cast))
    return {"run": held, "area": cast.coldbrook, "cluster_number": 1} | facts


def shapes(cast: Cast) -> dict[str, Any]:
    given = {"source": "Read", "licence": "None", "is_approximate": False}
    return {"name": "a set", "fingerprint": "the same"} | given


BROKEN: dict[str, Break] = {
    "journal_has_one_head": lambda cast: Head.objects.create(pk=2),
    "body_ends_after_it_starts": once(Body, lambda cast: body(cast) | ENDS_FIRST),
    "bodycode_ends_after_it_starts": once(BodyCode, lambda cast: code(cast) | ENDS_FIRST),
    "a_body_has_each_code_once": twice(BodyCode, code),
    "one_body_succeeds_another_once": twice(Succession, succession),
    "no_body_succeeds_itself": once(
        Succession, lambda cast: succession(cast) | {"successor": cast.coldbrook_council}
    ),
    "contact_names_its_source": once(Contact, lambda cast: web(cast) | UNSOURCED),
    "contact_has_a_known_confidence": once(Contact, lambda cast: web(cast) | UNSURE),
    "a_body_has_each_contact_once": twice(Contact, web),
    "area_ends_after_it_starts": once(Area, lambda cast: area(cast) | ENDS_FIRST),
    "an_area_is_somewhere_on_earth": once(
        Area, lambda cast: area(cast, latitude=91.0, longitude=0.0)
    ),
    "areacode_ends_after_it_starts": once(AreaCode, lambda cast: area_code(cast) | ENDS_FIRST),
    "an_area_has_each_code_once": twice(AreaCode, area_code),
    "an_area_has_each_name_once": twice(
        AreaName, lambda cast: {"area": cast.coldbrook, "name": "Cold Brook", "source": "Read"}
    ),
    "boundaryset_ends_after_it_starts": once(BoundarySet, lambda cast: shapes(cast) | ENDS_FIRST),
    "boundary_ends_after_it_starts": once(Boundary, lambda cast: bounds(cast) | ENDS_FIRST),
    "a_set_bounds_each_area_once": twice(Boundary, bounds),
    "a_bounding_box_is_the_right_way_round": once(Boundary, upside_down),
    "each_pair_of_neighbours_once": twice(Neighbour, pair),
    "neighbours_are_two_areas_in_order": once(Neighbour, pair_turned_round),
    "jurisdiction_ends_after_it_starts": once(Jurisdiction, lambda cast: holds(cast) | ENDS_FIRST),
    "a_body_holds_a_tier_of_an_area_once": twice(Jurisdiction, holds),
    "measure_names_its_source": once(Measure, lambda cast: population(cast) | UNSOURCED),
    "measure_has_a_known_confidence": once(Measure, lambda cast: population(cast) | UNSURE),
    "an_area_has_each_measure_once": twice(Measure, population),
    "one_person_for_each_email": lambda cast: (
        cast.bron,
        Person.objects.create_user("BRON@example.org", "Another Bron"),
    ),
    "standard_names_its_source": once(Standard, lambda cast: standard(cast) | UNSOURCED),
    "standard_has_a_known_confidence": once(Standard, lambda cast: standard(cast) | UNSURE),
    "a_county_sets_each_standard_of_a_service_once": twice(Standard, standard),
    "price_names_its_source": once(Price, lambda cast: price(cast) | UNSOURCED),
    "price_has_a_known_confidence": once(Price, lambda cast: price(cast) | UNSURE),
    "a_service_has_each_price_once": twice(Price, price),
    "a_price_is_a_rate_an_amount_or_a_percentage": once(
        Price, lambda cast: price(cast) | {"percent": 5}
    ),
    "quantity_names_its_source": once(Quantity, lambda cast: amount(cast, source="")),
    "quantity_has_a_known_confidence": once(Quantity, lambda cast: amount(cast, confidence="Z")),
    "a_place_has_one_current_quantity_of_a_service": twice(Quantity, amount),
    "an_estimate_is_a_range_and_says_so": once(
        Quantity, lambda cast: estimate(cast, low_milli=6000)
    ),
    "what_a_plan_follows_from_is_planned_once": lambda cast: (
        PlanRun.objects.create(**run(cast)),
        PlanRun.objects.create(**run(cast, number=2)),
    ),
    "each_plan_has_its_own_number": lambda cast: (
        PlanRun.objects.create(**run(cast)),
        PlanRun.objects.create(**run(cast, input_hash="ab" * 32)),
    ),
    "plans_are_numbered_from_one": once(PlanRun, lambda cast: run(cast, number=0)),
    "a_plan_names_what_it_follows_from": once(PlanRun, lambda cast: run(cast, input_hash="")),
    "a_plan_has_a_known_shape": once(PlanRun, lambda cast: run(cast, shape="round")),
    "a_plan_took_a_known_effort": once(PlanRun, lambda cast: run(cast, effort="great")),
    "a_plan_puts_a_place_in_a_cluster_once": twice(PlannedPlace, planned_place),
    "a_plan_leaves_a_place_alone_once": twice(
        PlannedPlace, lambda cast: planned_place(cast, cluster_number=None)
    ),
    "clusters_are_numbered_from_one": once(
        PlannedPlace, lambda cast: planned_place(cast, cluster_number=0)
    ),
    # Fields that no two rows may share.
    "Entry.hash": lambda cast: copied_line(),
    "Body.key": twice(Body, body),
    "Area.key": twice(Area, area),
    "BoundarySet.fingerprint": twice(BoundarySet, shapes),
    "Person.email": lambda cast: (
        cast.bron,
        Person.objects.create(email=person("Bron").email, shown_as="Another Bron"),
    ),
    "Service.code": lambda cast: Service.objects.filter(code="HDG").update(code="GUL"),
    "Service.slug": lambda cast: Service.objects.filter(code="HDG").update(
        slug=cast.service("GUL").slug
    ),
    "DeliveryModel.slug": lambda cast: DeliveryModel.objects.update(slug="the-same"),
    "DutyVerification.service": twice(
        DutyVerification,
        lambda cast: {
            "service": cast.service("HDG"),
            "verified_on": APRIL,
            "verified_by": "The monitoring officer",
        },
    ),
}


def copied_line() -> None:
    line = Entry.objects.get(number=1)
    line._state.adding, line.number = True, 99
    line.save()


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


HALF_SAID: dict[str, Break] = {
    "an estimate without its lower end": once(Quantity, lambda c: estimate(c, low_milli=None)),
    "an estimate without its upper end": once(Quantity, lambda c: estimate(c, high_milli=None)),
    "an estimate without a range": once(
        Quantity, lambda c: estimate(c, low_milli=None, high_milli=None)
    ),
    "an estimate that is sure of itself": once(Quantity, lambda c: estimate(c, confidence="A")),
    "an estimate above its range": once(Quantity, lambda c: estimate(c, high_milli=4500)),
    "a measured amount with a range": once(Quantity, lambda c: amount(c, low_milli=1)),
    "a price that is nothing": once(Price, lambda c: price(c) | {"amount_pence": None}),
    "a latitude without a longitude": once(Area, lambda c: area(c, latitude=51.0)),
    "a longitude without a latitude": once(Area, lambda c: area(c, longitude=-1.0)),
    "a negative amount": once(Quantity, lambda c: amount(c, amount_milli=-1)),
    "a negative population": once(Measure, lambda c: population(c) | {"value": -1}),
}


@pytest.mark.parametrize("what", list(HALF_SAID))
def test_what_is_half_said_is_refused(cast: Cast, what: str) -> None:
    # A rule that compares with a blank is neither kept nor broken, and the row gets in.
    with pytest.raises(IntegrityError), transaction.atomic():
        HALF_SAID[what](cast)


def test_rows_that_break_no_rule_are_kept(cast: Cast) -> None:
    # The armed control: what the breakers above start from is all right by itself.
    with transaction.atomic():
        for model, facts in (
            (BodyCode, code),
            (Succession, succession),
            (Contact, web),
            (AreaCode, area_code),
            (Boundary, bounds),
            (Neighbour, pair),
            (Jurisdiction, holds),
            (Measure, population),
            (Standard, standard),
            (Price, price),
            (Quantity, amount),
            (Body, body),
            (Area, area),
            (BoundarySet, shapes),
            (PlanRun, run),
            (PlannedPlace, planned_place),
        ):
            model._default_manager.create(**facts(cast))
        cast.marl_green.quantities.create(**estimate(cast) | {"area": cast.marl_green})
