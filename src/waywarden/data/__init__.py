"""Open data shipped with waywarden: parishes, councils, outlines, benchmarks.

README.md in this folder names the source, licence and certainty of every
table. Nothing here is personal data, and nothing needs more than Python.
"""

from waywarden.data.counties import (
    County,
    ListedParish,
    UnknownCounty,
    county,
    county_names,
    listed_parishes,
)
from waywarden.data.tables import (
    Authority,
    Benchmark,
    ClusterMember,
    EnglishParish,
    Measurement,
    ModelledEdge,
    OxfordshireParish,
    Position,
    SeenCode,
    authorities,
    benchmarks,
    cells,
    district_outlines,
    english_parishes,
    modelled_populations,
    neighbours,
    official_populations,
    oxfordshire_parishes,
    real_clusters,
)

ATTRIBUTION = (
    "Contains OS data © Crown copyright and database right 2014. "
    "Contains National Statistics data © Crown copyright and database right 2014, 2025. "
    "Contains public sector information licensed under the Open Government Licence v3.0."
)

# Whoever shows the district outlines, or cells cut to them, credits this too.
OUTLINES_ATTRIBUTION = "District outlines: martinjc/UK-GeoJSON, CC BY 4.0."

__all__ = [
    "ATTRIBUTION",
    "OUTLINES_ATTRIBUTION",
    "Authority",
    "Benchmark",
    "ClusterMember",
    "County",
    "EnglishParish",
    "ListedParish",
    "Measurement",
    "ModelledEdge",
    "OxfordshireParish",
    "Position",
    "SeenCode",
    "UnknownCounty",
    "authorities",
    "benchmarks",
    "cells",
    "county",
    "county_names",
    "district_outlines",
    "english_parishes",
    "listed_parishes",
    "modelled_populations",
    "neighbours",
    "official_populations",
    "oxfordshire_parishes",
    "real_clusters",
]
