"""One of two plans to compare, read from a file that the plan command wrote.

`waywarden plan` writes a report in pence; a plan of one's own spreadsheet is
the planner's own record, in pounds. Either becomes a `Side`.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from waywarden.data.names import shown
from waywarden.planner.answers.recording import FORMAT, VERSION
from waywarden.planning.answers.keeping import report_from
from waywarden.planning.facts import CannotPlan
from waywarden.planning.papers.filing import JSON
from waywarden.planning.papers.writing import MADE_BY
from waywarden.planning.reports import Report

MOST_BYTES = 200_000_000


@dataclass(frozen=True)
class SideCluster:
    """A cluster of one plan. ``led`` has who leads each service, and in which way, by its key."""

    number: int
    members: frozenset[str]
    lead: str
    led: Mapping[str, tuple[str, str]]
    cost: float

    @property
    def services(self) -> frozenset[str]:
        """The keys of the services it delivers."""
        return frozenset(self.led)


@dataclass(frozen=True)
class Side:
    """One of two plans: amounts are pounds a year.

    ``about`` is the county, where known; ``names`` are those of councils and
    other leads, by key; ``pays`` what each council would pay, where known.
    """

    file: str
    about: str
    input_hash: str
    shape: str
    seed: int
    cost: float
    bound: float
    alone: float | None
    names: Mapping[str, str]
    services: Mapping[str, str]
    councils: frozenset[str]
    clusters: tuple[SideCluster, ...]
    pays: Mapping[str, float]

    @property
    def in_clusters(self) -> int:
        """How many councils are in a cluster."""
        return len({member for cluster in self.clusters for member in cluster.members})


def side_of(path: Path) -> Side:
    """Read one plan, from its file or its folder.

    Raises `CannotPlan` for what is no plan, in a sentence that names the file.
    """
    path = path / JSON if path.is_dir() else path
    written = _json(path)
    try:
        if written.get("format") == FORMAT:
            return _of_record(str(path), written)
        if written.get("about", {}).get("made_by") == MADE_BY:
            return side_of_report(str(path), report_from(written["plan"]))
    except (KeyError, TypeError, AttributeError, ValueError, OverflowError) as error:
        why = str(error) if isinstance(error, CannotPlan) else f"It is damaged: {error!r}."
        raise CannotPlan(
            f"{shown(str(path), 200)} cannot be compared. {shown(why, 200)}"
        ) from error
    raise CannotPlan(
        f"{shown(str(path), 200)} is not a plan. Name the plan.json that waywarden plan wrote."
    )


def _json(path: Path) -> dict[str, Any]:
    try:
        if path.stat().st_size > MOST_BYTES:
            raise CannotPlan(f"{path} is too large to be a plan. Check its name.")
        written = json.loads(path.read_bytes(), parse_constant=_refuse_endless)
    except OSError as error:
        raise CannotPlan(f"There is no file {path} that can be read. Check its name.") from error
    except (ValueError, RecursionError) as error:
        if isinstance(error, CannotPlan):
            raise
        raise CannotPlan(f"{path} is not a plan: it is not JSON.") from error
    return written if isinstance(written, dict) else {}


def _refuse_endless(word: str) -> float:
    raise ValueError(f"{word} is no amount")


def side_of_report(file: str, report: Report) -> Side:
    """Return a report as one of two plans; ``file`` is what it is called."""
    return Side(
        file=file,
        about=report.county,
        input_hash=report.input_hash,
        shape=report.shape,
        seed=report.seed,
        cost=report.planned.expected / 100,
        bound=report.bound / 100,
        alone=report.alone.expected / 100,
        names={council.key: council.name for council in report.councils},
        services={service.code: service.name for service in report.services},
        councils=frozenset(council.key for council in report.councils),
        clusters=tuple(
            SideCluster(
                number=cluster.number,
                members=frozenset(cluster.members),
                lead=cluster.lead,
                led={one.service: (one.lead, one.model) for one in cluster.services},
                cost=cluster.planned.expected / 100,
            )
            for cluster in report.clusters
        ),
        pays={council.key: council.together.expected / 100 for council in report.councils},
    )


def _of_record(file: str, written: Mapping[str, Any]) -> Side:
    if written["version"] != VERSION:
        raise CannotPlan("It is of a version that this one cannot read. Plan again.")
    clusters = tuple(_cluster(one) for one in written["clusters"])
    endless = [one for one in written["clusters"] if one["alone_cost"] is None]
    alone = sum(float(one["alone_cost"] or 0) for one in written["clusters"])
    leads = [*written["councils"], *written.get("providers", [])]
    return Side(
        file=file,
        about="",
        input_hash=str(written["input"]),
        shape=str(written["shape"]),
        seed=int(written["seed"]),
        cost=float(written["cost"]),
        bound=float(written["bound"]),
        alone=None if endless else alone + sum(float(one["cost"]) for one in written["alone"]),
        names={one["key"]: one.get("name", one["key"]) for one in leads},
        services={one["key"]: one["name"] for one in written.get("services", [])},
        councils=frozenset(one["key"] for one in written["councils"]),
        clusters=clusters,
        pays={},
    )


def _cluster(written: Mapping[str, Any]) -> SideCluster:
    led = written["service_leads"].items()
    return SideCluster(
        number=int(written["number"]),
        members=frozenset(written["members"]),
        lead=str(written["lead"]),
        led={service: (one["lead"], one["model"]) for service, one in led},
        cost=float(written["cost"]),
    )
