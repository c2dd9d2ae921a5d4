"""Compile the tables shipped with waywarden from a folder of open data.

    python -m waywarden.data.compile SOURCE_FOLDER

SOURCE_FOLDER holds the folders england, oxfordshire and devolution as the
README beside this file describes them. The same folder always gives the same
files, byte for byte. england/authorities.csv and oxfordshire/code_sources.csv
are not compiled but kept by hand. The modelled cells and neighbours are drawn
afterwards, by `python -m waywarden.county.shapes.modelled`.
"""

import csv
import io
import json
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

Row = dict[str, str]

OWN_FOLDER = Path(__file__).parent


class CannotCompile(Exception):
    """The source folder cannot be compiled; the message is a sentence saying why."""


def english_parishes(source: Path) -> Iterator[Row]:
    """Every English parish of about May 2014, in the order of its code."""
    for row in _sorted(_read(source / "england" / "parishes.csv"), "gss_code"):
        yield {
            "code": row["gss_code"],
            "name": row["name"],
            "name_2025": row["name_2025"],
            "is_live_2025": row["code_live_2025"],
            "district_2013_code": row["lad2013_code"],
            "district_code": row["lad_code"],
            "district_known_by": _HOW_THE_DISTRICT_IS_KNOWN[row["district_source"]],
            **_position(row),
        }


_HOW_THE_DISTRICT_IS_KNOWN = {"ons2010": "code", "pip2013": "centre"}

# Parishes made after the boundaries of 2014: no open table gives their extent.
CREATED_SINCE_2014 = (
    ("E04012965", "Heyford Park", "E07000177"),
    ("E04013316", "Western Valley", "E07000180"),
)

# The part of Oxford in no parish: 4,562 ha of the city less 800 ha in parishes,
# before rounding. Its centre is not published.
UNPARISHED_OXFORD = {
    "kind": "unparished",
    "code_2014": "E43000128",
    "name": "Oxford, unparished area",
    "district_code": "E07000178",
    "area_ha": "3761.000",
}


def oxfordshire_parishes(source: Path) -> Iterator[Row]:
    """Oxfordshire's parishes of 2014 with their codes since, then those made since.

    Last comes the part of Oxford that is in no parish.
    """
    for row in _sorted(_read(source / "oxfordshire" / "parishes.csv"), "gss_code"):
        renamed = row["name_2025"] != row["name"]
        yield {
            "kind": "parish",
            "code_2014": row["gss_code"],
            "code_2022": row["gss_code_2022"],
            "code_2025": row["gss_code_2025"],
            "name": row["name"],
            "name_2025": row["name_2025"] if renamed else "",
            "district_code": row["district_code"],
            "council_kind": row["council_kind"],
            **_position(row),
        }
    for code, name, district in CREATED_SINCE_2014:
        yield {"kind": "parish", "code_2025": code, "name": name, "district_code": district}
    yield dict(UNPARISHED_OXFORD)


def official_populations(source: Path) -> Iterator[Row]:
    """What the Office for National Statistics publishes of Oxfordshire's parishes."""
    for row in _read(source / "oxfordshire" / "population_official.csv"):
        yield {
            "code": row["gss_code_2014"],
            "name": row["name"],
            "kind": _MEASURED[row["measure"]],
            "value": row["value"],
            "reference": row["reference"],
            "source": row["source"],
            "confidence": "A",
        }


_MEASURED = {
    "population_mid2021_estimate": "population",
    "households_census2021_oa_bestfit": "households",
}


def modelled_populations(source: Path) -> Iterator[Row]:
    """The very rough populations of 2011, for demonstration only."""
    for row in _sorted(_read(source / "oxfordshire" / "population_modelled_2011.csv"), "gss_code"):
        yield {
            "code": row["gss_code"],
            "name": row["name"],
            "population_estimate": row["population_modelled"],
            "confidence": "C",
        }


def benchmarks(source: Path) -> Iterator[Row]:
    """Published numbers about devolved services, as their sources give them."""
    for row in _read(source / "devolution" / "benchmarks.csv"):
        yield {**row, "confidence": "A"}


def real_clusters(source: Path) -> Iterator[Row]:
    """Members of clusters that really existed."""
    for row in _read(source / "devolution" / "real_clusters.csv"):
        yield {
            "cluster": row["cluster"],
            "county": row["county"],
            "year": row["year"],
            "parish": row["parish"],
            "role": row["role"],
            "code": row["gss_code_2014"],
            "source": row["source"],
        }


POSITION = ("area_ha", "easting", "northing", "lat", "lon")

TABLES: dict[str, tuple[Callable[[Path], Iterable[Row]], tuple[str, ...]]] = {
    "england/parishes.csv": (
        english_parishes,
        ("code", "name", "name_2025", "is_live_2025", "district_2013_code",
         "district_code", "district_known_by", *POSITION),
    ),
    "oxfordshire/parishes.csv": (
        oxfordshire_parishes,
        ("kind", "code_2014", "code_2022", "code_2025", "name", "name_2025",
         "district_code", "council_kind", *POSITION),
    ),
    "oxfordshire/population_official.csv": (
        official_populations,
        ("code", "name", "kind", "value", "reference", "source", "confidence"),
    ),
    "oxfordshire/population_modelled_2011.csv": (
        modelled_populations, ("code", "name", "population_estimate", "confidence"),
    ),
    "devolution/benchmarks.csv": (
        benchmarks,
        ("area", "year", "fact", "value", "unit", "source", "note", "confidence"),
    ),
    "devolution/real_clusters.csv": (
        real_clusters, ("cluster", "county", "year", "parish", "role", "code", "source"),
    ),
}  # fmt: skip


def compile_tables(source: Path, destination: Path = OWN_FOLDER) -> list[Path]:
    """Write every table and the district outlines; give the files written."""
    if not source.is_dir():
        raise CannotCompile(f"There is no folder {source}. Name the folder of open data.")
    contents = {name: _as_csv(rows(source), columns) for name, (rows, columns) in TABLES.items()}
    contents["oxfordshire/districts.geojson"] = district_outlines(source)
    for name, text in contents.items():
        path = destination / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    return [destination / name for name in contents]


def district_outlines(source: Path) -> str:
    """Oxfordshire's district outlines, rounded to about a metre."""
    path = source / "oxfordshire" / "districts.geojson"
    try:
        features = json.loads(path.read_text(encoding="utf-8"))["features"]
    except (OSError, KeyError, ValueError) as error:
        raise CannotCompile(f"{path} is not a readable GeoJSON file: {error}.") from error
    return as_geojson(
        {
            "type": "Feature",
            "properties": {
                "code": feature["properties"]["gss_code"],
                "name": feature["properties"]["name"],
            },
            "geometry": _rounded(feature["geometry"]),
        }
        for feature in features
    )


def as_geojson(features: Iterable[dict[str, Any]]) -> str:
    """Write features as GeoJSON, one on each line, in the order given."""
    lines = ",\n".join(
        json.dumps(feature, ensure_ascii=False, separators=(",", ":")) for feature in features
    )
    return f'{{"type":"FeatureCollection","features":[\n{lines}\n]}}\n'


def _rounded(value: Any) -> Any:
    if isinstance(value, float):
        return round(value, 5)
    if isinstance(value, list):
        return [_rounded(item) for item in value]
    if isinstance(value, dict):
        return {key: _rounded(item) for key, item in value.items()}
    return value


def _position(row: Row) -> Row:
    return {name: row[name] for name in POSITION} | {"area_ha": f"{float(row['area_ha']):.3f}"}


def _sorted(rows: list[Row], column: str) -> list[Row]:
    return sorted(rows, key=lambda row: row[column])


def _read(path: Path) -> list[Row]:
    try:
        with path.open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))
    except OSError as error:
        raise CannotCompile(f"{path} cannot be read: {error.strerror}.") from error


def _as_csv(rows: Iterable[Row], columns: tuple[str, ...]) -> str:
    text = io.StringIO()
    writer = csv.DictWriter(text, columns, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def main(arguments: list[str]) -> int:
    """Compile the folder named, and say what was written."""
    if len(arguments) != 1:
        print("Give one folder: python -m waywarden.data.compile SOURCE_FOLDER", file=sys.stderr)
        return 2
    try:
        written = compile_tables(Path(arguments[0]))
    except (CannotCompile, KeyError) as refused:
        missing = f"A column is missing: {refused}." if isinstance(refused, KeyError) else refused
        print(missing, file=sys.stderr)
        return 2
    for path in written:
        print(f"{path.relative_to(OWN_FOLDER)}  {path.stat().st_size:,} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
