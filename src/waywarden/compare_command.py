"""The command that puts two plans side by side."""

import json
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

First = Annotated[
    Path, typer.Argument(metavar="A.json", help="A plan.json that plan wrote, or its folder.")
]
Second = Annotated[Path, typer.Argument(metavar="B.json", help="Another, to compare with it.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON alone, with nothing left out.")]


def compare(first: First, second: Second, as_json: AsJson = False) -> None:
    """Put two plans side by side: costs, clusters, who moves, who leads, who saves.

    Plans of other counties, prices or shapes are compared as well, and the
    difference is said. Make two to compare with, say:

    waywarden plan --everyone --out a

    waywarden plan --everyone --apart Thame,Chinnor --out b

    waywarden compare a b
    """
    from waywarden.planning.comparisons.comparing import compared
    from waywarden.planning.comparisons.shown import comparison_shown
    from waywarden.planning.comparisons.sides import side_of

    found = compared(side_of(first), side_of(second))
    if as_json:
        print(json.dumps(found.plain(), ensure_ascii=False, indent=1))
        return
    console = Console()
    for part in comparison_shown(found, console.width):
        console.print(part)
