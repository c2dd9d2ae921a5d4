"""The catalogue of services: what stands in it, and that nothing stands without a source."""

import tomllib
from collections.abc import Iterator
from importlib.resources import files
from typing import Any

import pytest

SERVICES = ["DPS01", "DPS02", "SGN", "FUR", "HDG", "EPI", "SID", "WED"]
SERVICES += ["GUL", "ROW", "LEN", "FLY", "LIT", "TOI", "LIB", "U5S"]
COMPONENTS = ["TM", "CH8", "INS", "ADM"]
HEADINGS = {"funding", "description", "minimum_standard", "health_and_safety", "insurance"}
LEVELS = ("minimum", "funded", "delivered")
CATALOGUE = tomllib.loads((files("waywarden") / "data" / "services.toml").read_text("utf-8"))
ENTRIES = CATALOGUE["service"]
PRICES = [price for entry in ENTRIES for price in entry.get("price", [])]


def tables_within(table: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield table
    for value in table.values():
        nested = value if isinstance(value, list) else [value]
        for each in nested:
            if isinstance(each, dict):
                yield from tables_within(each)


def entry(code: str) -> dict[str, Any]:
    return next(each for each in ENTRIES if each["code"] == code)


def test_every_service_of_the_catalogue_is_there_once() -> None:
    assert [each["code"] for each in ENTRIES if not each.get("component")] == SERVICES
    assert [each["code"] for each in ENTRIES if each.get("component")] == COMPONENTS
    assert len({each["slug"] for each in ENTRIES}) == len(ENTRIES)
    assert len({each["name"] for each in ENTRIES}) == len(ENTRIES)


@pytest.mark.parametrize("code", SERVICES + COMPONENTS)
def test_a_service_has_its_names_its_unit_and_a_word_for_one_visit(code: str) -> None:
    service = entry(code)

    for field in ("slug", "name", "formal_name", "summary", "unit", "visit", "visits"):
        assert service[field].strip()
    assert service["unit"] in {unit["code"] for unit in CATALOGUE["unit"]}
    assert set(service.get("sheet", {})) <= HEADINGS


def test_everything_that_names_a_source_names_one_that_is_listed() -> None:
    named = {table["source"] for table in tables_within(CATALOGUE) if "source" in table}

    assert named <= set(CATALOGUE["sources"])
    assert set(CATALOGUE["sources"]) <= named


def test_every_letter_is_one_of_the_three() -> None:
    letters = [
        value
        for table in tables_within(CATALOGUE)
        for key, value in table.items()
        if key == "confidence" or key.endswith("_confidence")
    ]

    assert set(letters) == {"A", "B", "C"}


def test_only_village_grass_has_levels_that_were_read() -> None:
    # Oxfordshire's sheet: two cuts funded, one at least; what is delivered was not read.
    with_levels = {each["code"] for each in ENTRIES if any(level in each for level in LEVELS)}
    grass = entry("DPS01")

    assert with_levels == {"DPS01"}
    assert (grass["minimum"]["visits"], grass["minimum"]["confidence"]) == (1, "A")
    assert (grass["funded"]["visits"], grass["funded"]["confidence"]) == (2, "A")
    assert set(grass["sheet"]) == HEADINGS


def test_a_price_is_one_whole_amount_with_its_source_and_letter() -> None:
    for price in PRICES:
        amounts = [price[kind] for kind in ("rate_millipence", "pence", "percent") if kind in price]

        assert len(amounts) == 1
        assert type(amounts[0]) is int
        assert amounts[0] > 0
        assert price["per"] in {"visit", "year", "once"}
        assert price["source"]
        assert price["confidence"] in {"A", "B", "C"}


def test_a_proposed_price_never_claims_to_have_been_read() -> None:
    proposed = [price for price in PRICES if price["basis"].startswith("Proposed")]

    assert proposed
    assert all(price["confidence"] != "A" for price in proposed)
    assert all(price["base_year"] == "2026" for price in proposed)


def test_every_service_has_a_proposed_price() -> None:
    for service in ENTRIES:
        assert any(price["basis"].startswith("Proposed") for price in service["price"])


def test_set_up_is_whole_pence_with_a_letter() -> None:
    for service in ENTRIES:
        if "setup_pence" in service:
            assert type(service["setup_pence"]) is int
            assert service["setup_confidence"] in {"A", "B", "C"}


def test_the_price_proposed_for_grass_is_the_one_its_county_cost_is_reckoned_with() -> None:
    text = (files("waywarden") / "data" / "oxfordshire" / "assumptions.toml").read_text("utf-8")
    reckoned = tomllib.loads(text)["county_cost"]
    cutting, call_out = entry("DPS01")["price"][:2]

    assert reckoned["rate_millipence"] == cutting["rate_millipence"] == 2_500
    assert reckoned["call_out_pence"] == call_out["pence"] == 60_00


def test_what_is_estimated_is_measured_in_the_unit_of_its_service() -> None:
    text = (files("waywarden") / "data" / "oxfordshire" / "assumptions.toml").read_text("utf-8")

    for rule in tomllib.loads(text)["rule"]:
        assert rule["unit"] == entry(rule["service"])["unit"]


def test_the_county_offered_five_models_and_a_sixth_came_from_elsewhere() -> None:
    models = {model["code"]: model for model in CATALOGUE["delivery_model"]}

    assert list(models)[:5] == ["own_staff", "cic", "contractor", "volunteers", "social_enterprise"]
    assert all(models[code]["quote"] for code in list(models)[:5])
    assert "quote" not in models["county_top_up"]


def test_the_words_minimum_service_level_are_kept_as_they_were_written() -> None:
    assert "minimum service level" in CATALOGUE["wording"]["minimum_service_level"]["quote"]


def test_quotations_are_short() -> None:
    for table in tables_within(CATALOGUE):
        assert len(table.get("quote", "").split()) <= 40
