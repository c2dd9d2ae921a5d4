"""The modelled cells and neighbours of a whole county.

    python -m waywarden.county.shapes.modelled FOLDER

writes Oxfordshire's, as shipped, into FOLDER: cells.geojson and neighbours.csv.
Other counties' are drawn when they are loaded. All are approximate.
"""

import csv
import io
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import shapely
import shapely.geometry
from shapely.geometry.base import BaseGeometry

from waywarden import data
from waywarden.county.shapes.cells import (
    Progress,
    modelled_cells,
    modelled_outline,
    neighbours,
    to_british_grid,
    to_wgs84,
)
from waywarden.data.compile import as_geojson


@dataclass(frozen=True)
class Site:
    """What is known of a parish's shape: a centre in grid metres, and its extent."""

    code: str
    name: str
    district_code: str
    centre: tuple[float, float]
    area_ha: float


@dataclass(frozen=True)
class ModelledCounty:
    """Sites, and their cells in the same order in British National Grid metres."""

    sites: tuple[Site, ...]
    cells: tuple[BaseGeometry, ...]

    def geojson(self) -> dict[str, dict[str, Any]]:
        """Each cell's GeoJSON geometry in longitude and latitude, by its code."""
        return {
            site.code: shapely.geometry.mapping(to_wgs84(cell))
            for site, cell in zip(self.sites, self.cells, strict=True)
        }

    def neighbours(self) -> list[data.ModelledEdge]:
        """The pairs of cells that meet, distances measured between the centres."""
        centres = [site.centre for site in self.sites]
        return [
            data.ModelledEdge(
                self.sites[pair.a].code,
                self.sites[pair.b].code,
                pair.distance_m,
                pair.shared_edge_m,
            )
            for pair in neighbours(self.cells, centres=centres)
        ]


def modelled_county(name: str, progress: Progress | None = None) -> ModelledCounty:
    """Draw the cells of any county of England.

    Where the districts' outlines are held, each is divided on its own. Else the
    county is divided as a whole inside a likely outline, so that no two cells
    overlap. A county without parishes has no cells.
    """
    outlines = {
        code: to_british_grid(shapely.geometry.shape(outline))
        for code, outline in data.district_outlines(name).items()
    }
    if outlines:
        return _within_outlines(_oxfordshire_sites(outlines), outlines, progress)
    sites = _sites_of(data.county(name).parishes)
    if not sites:
        return ModelledCounty((), ())
    centres, areas = [site.centre for site in sites], [site.area_ha for site in sites]
    outline = modelled_outline(centres, areas)
    return ModelledCounty(sites, tuple(modelled_cells(centres, areas, outline, progress)))


def _within_outlines(
    sites: Sequence[Site], outlines: dict[str, BaseGeometry], progress: Progress | None
) -> ModelledCounty:
    cells: dict[str, BaseGeometry] = {}
    for code, outline in outlines.items():
        members = [site for site in sites if site.district_code == code]
        drawn = modelled_cells(
            [site.centre for site in members],
            [site.area_ha for site in members],
            outline,
            progress,
        )
        cells |= {site.code: cell for site, cell in zip(members, drawn, strict=True)}
    return ModelledCounty(tuple(sites), tuple(cells[site.code] for site in sites))


def _sites_of(parishes: Sequence[data.EnglishParish]) -> tuple[Site, ...]:
    return tuple(
        Site(
            parish.code,
            parish.name,
            parish.district_code,
            (parish.position.easting, parish.position.northing),
            parish.extent_milli / 1000,
        )
        for parish in parishes
    )


def _oxfordshire_sites(outlines: dict[str, BaseGeometry]) -> list[Site]:
    """Give every place with a known extent; those made since 2014 have none."""
    return [
        Site(
            parish.code,
            parish.name,
            parish.district_code,
            _centre(parish, outlines[parish.district_code]),
            parish.extent_milli / 1000,
        )
        for parish in data.oxfordshire_parishes()
        if parish.extent_milli
    ]


def _centre(parish: data.OxfordshireParish, district: BaseGeometry) -> tuple[float, float]:
    """Stand the unparished part of a district, whose centre is not known, well inside it."""
    if parish.position:
        return parish.position.easting, parish.position.northing
    inside = district.representative_point()
    return inside.x, inside.y


def cells_geojson(modelled: ModelledCounty) -> str:
    """The cells as one GeoJSON file, each labelled approximate."""
    shapes = modelled.geojson()
    return as_geojson(
        {
            "type": "Feature",
            "properties": {
                "code": site.code,
                "name": site.name,
                "district_code": site.district_code,
                "boundary": "approximate",
            },
            "geometry": shapes[site.code],
        }
        for site in modelled.sites
    )


def neighbours_csv(modelled: ModelledCounty) -> str:
    """The neighbours as a table."""
    text = io.StringIO()
    rows = csv.writer(text, lineterminator="\n")
    rows.writerow(["code_a", "code_b", "distance_m", "shared_edge_m"])
    rows.writerows(
        (pair.code_a, pair.code_b, pair.distance_m, pair.shared_edge_m)
        for pair in modelled.neighbours()
    )
    return text.getvalue()


def main(arguments: list[str]) -> int:
    """Write Oxfordshire's cells and neighbours into the folder named."""
    if len(arguments) != 1 or not Path(arguments[0]).is_dir():
        print("Give the folder to write into, which must exist.", file=sys.stderr)
        return 2
    folder = Path(arguments[0])
    modelled = modelled_county("Oxfordshire")
    for name, text in (
        ("cells.geojson", cells_geojson(modelled)),
        ("neighbours.csv", neighbours_csv(modelled)),
    ):
        (folder / name).write_text(text, encoding="utf-8", newline="\n")
        print(f"{name}  {len(text.encode()):,} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
