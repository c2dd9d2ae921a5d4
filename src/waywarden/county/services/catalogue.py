"""The catalogue in the package, read into records. Pure reading: it saves nothing."""

import hashlib
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib import resources
from typing import Any

from waywarden.county.services.models import DeliveryModel, Price, Service, Standard


@cache
def _text() -> str:
    return resources.files("waywarden.data").joinpath("services.toml").read_text(encoding="utf-8")


@cache
def written() -> dict[str, Any]:
    """Return the catalogue as it is written in the package."""
    return tomllib.loads(_text())


def fingerprint() -> str:
    """Return the SHA-256 of the catalogue's text."""
    return hashlib.sha256(_text().encode()).hexdigest()


def _source(key: str) -> str:
    found = written()["sources"][key]
    return f"{found['title']} ({found['address']})" if "address" in found else found["title"]


def _stated(statement: dict[str, Any]) -> dict[str, Any]:
    """Return a statement with its source spelt out."""
    return statement | {"source": _source(statement["source"])}


def service_fields() -> Iterator[dict[str, Any]]:
    """Yield the fields of each service, in the catalogue's order."""
    for order, row in enumerate(written()["service"]):
        plain = ("code", "slug", "name", "formal_name", "summary", "unit")
        optional = ("unit_note", "setup_note", "setup_confidence", "capacity", "note")
        yield (
            {name: row[name] for name in plain}
            | {name: row.get(name, "") for name in optional}
            | {
                "visit_word": row["visit"],
                "visits_word": row["visits"],
                "order": order,
                "is_component": row.get("component", False),
                "months": row.get("months", []),
                "usual": _stated(row["usual"]) if "usual" in row else None,
                "sheet": {heading: _stated(said) for heading, said in row.get("sheet", {}).items()},
                "setup_pence": row.get("setup_pence"),
                "lgsl": row.get("lgsl", {}).get("id"),
            }
        )


def standards(service: Service) -> list[Standard]:
    """Return the standards the catalogue gives for a service."""
    row = _row(service)
    return [
        Standard(
            service=service,
            level=level,
            visits=row[level]["visits"],
            years=row[level]["years"],
            county_code=row[level]["county"],
            source=_source(row[level]["source"]),
            confidence=row[level]["confidence"],
        )
        for level in Standard.Level.values
        if level in row
    ]


def prices(service: Service) -> list[Price]:
    """Return the prices the catalogue gives for a service."""
    return [
        Price(
            service=service,
            basis=price["basis"],
            rate_millipence=price.get("rate_millipence"),
            amount_pence=price.get("pence"),
            percent=price.get("percent"),
            unit=price.get("unit", ""),
            per=price["per"],
            base_year=price.get("base_year", ""),
            source=_source(price["source"]),
            confidence=price["confidence"],
        )
        for price in _row(service).get("price", [])
    ]


def delivery_models() -> list[DeliveryModel]:
    """Return the ways of delivering a service."""
    return [
        DeliveryModel(
            slug=row["code"].replace("_", "-"),
            name=row["name"],
            description=row["description"],
            quote=row.get("quote", ""),
            source=_source(row["source"]),
            order=order,
        )
        for order, row in enumerate(written()["delivery_model"])
    ]


def _row(service: Service) -> dict[str, Any]:
    return next(row for row in written()["service"] if row["code"] == service.code)
