"""What the plan command may be told: its options, what each means, and what is none of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

import typer

from waywarden.data.names import did_you_mean, nearest, shown

SHAPES = ("shared", "per-service")
EFFORTS = ("quick", "standard", "careful")

County = Annotated[str, typer.Option(help="A county whose quantities are known.")]
Services = Annotated[
    list[str],
    typer.Option(metavar="CODES", help="Services to plan: DPS01,ROW; without it all of them."),
]
Shape = Annotated[
    str,
    typer.Option(
        metavar="SHAPE", help="shared: clusters share all services; per-service: each by itself."
    ),
]
EffortName = Annotated[
    str, typer.Option(metavar="HOW", help="How long to try: quick, standard or careful.")
]
Seed = Annotated[str, typer.Option(metavar="N", help="Another whole number may find another plan.")]
Everyone = Annotated[
    bool,
    typer.Option("--everyone", help="An illustration: as if every council wished to take part."),
]
Out = Annotated[str, typer.Option(metavar="DIR", help="The folder for the files: plan-COUNTY.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON alone; files only with --out.")]
From = Annotated[
    str,
    typer.Option(
        "--from", metavar="FILE", help="Plan your own county: a workbook, or a folder of CSVs."
    ),
]
Blank = Annotated[
    str, typer.Option(metavar="FILE", help="Write a blank one to fill in: county.xlsx or a folder.")
]
Together = Annotated[
    list[str], typer.Option(metavar="A,B", help="Two councils to be in one cluster; repeatable.")
]
Apart = Annotated[
    list[str], typer.Option(metavar="A,B", help="Two that may not be in one; repeatable.")
]
Lock = Annotated[
    list[str],
    typer.Option(
        metavar="A,SERVICE,LEAD",
        help="LEAD does SERVICE for council A, in whatever cluster that makes; repeatable.",
    ),
]
Exclude = Annotated[
    list[str], typer.Option(metavar="A", help="A council to leave out of clusters; repeatable.")
]
Keep = Annotated[
    bool,
    typer.Option("--keep", help="Plan what your own site knows, and show the plan there."),
]


@dataclass(frozen=True)
class Wishes:
    """What was asked of a plan, as `planner` and the site take it."""

    services: list[str]
    shape: str
    effort: str
    seed: int
    everyone: bool


def wishes_of(
    services: Sequence[str], shape: str, effort: str, seed: str, *, everyone: bool
) -> Wishes:
    """Return what was asked of a plan. Raises `CannotPlan` for what cannot be meant."""
    return Wishes(
        services=[code for given in services for code in _codes(given)],
        shape=_one_of("shape", shape, SHAPES).replace("-", "_"),
        effort=_one_of("effort", effort, EFFORTS),
        seed=_seed(seed),
        everyone=everyone,
    )


def _one_of(what: str, given: str, choices: Sequence[str]) -> str:
    from waywarden.planning.facts import CannotPlan

    plain = given.strip().lower().replace("_", "-")
    if plain not in choices:
        asked = did_you_mean(nearest(given, choices)) or _choose(choices)
        raise CannotPlan(f"“{shown(given)}” is no {what} of a plan. {asked}")
    return plain


def _choose(choices: Sequence[str]) -> str:
    *others, last = choices
    return f"Use {', '.join(others)} or {last}."


def _seed(given: str) -> int:
    from waywarden.planning.facts import CannotPlan

    if not given.strip().isascii() or not given.strip().isdigit() or len(given) > 18:
        raise CannotPlan(
            f"“{shown(given)}” is no seed. Use a whole number of at least 0, such as 1."
        )
    return int(given)


def _codes(given: str) -> list[str]:
    from waywarden.planning.facts import CannotPlan

    codes = [code.strip() for code in given.split(",")]
    if not any(codes):
        raise CannotPlan(
            "--services names no service. Write codes as in DPS01,ROW, or leave it out for all."
        )
    if not all(codes):
        raise CannotPlan("--services has a blank in it. Write codes with commas, as in DPS01,ROW.")
    return codes
