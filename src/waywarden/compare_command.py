"""The command that puts two plans side by side."""

import json
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from waywarden.progress import telling

First = Annotated[
    Path, typer.Argument(metavar="A", help="A folder that waywarden plan wrote, or its plan.json.")
]
Second = Annotated[Path, typer.Argument(metavar="B", help="Another, to compare with it.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON alone, with nothing left out.")]

HELP = """Put two plans side by side: costs, clusters, who moves, who leads, who saves.

Plans of other counties, prices or shapes are compared as well, and the difference is said. Make \
two to compare with, say; each takes half a minute:

waywarden plan --everyone --out a

waywarden plan --everyone --apart Thame,Towersey --out b

waywarden compare a b
"""


def compare(first: First, second: Second, as_json: AsJson = False) -> None:
    """Put two plans side by side: costs, clusters, who moves, who leads, who saves."""
    from waywarden.planning.comparisons.comparing import compared
    from waywarden.planning.comparisons.shown import comparison_shown
    from waywarden.planning.comparisons.sides import side_of

    with telling("Comparing", Console(stderr=as_json), is_silent=True) as tell:
        tell("reading the first plan", 0.0)
        one = side_of(first)
        tell("reading the second plan", 0.3)
        other = side_of(second)
        tell("looking for what differs", 0.6)
        found = compared(one, other)
    if as_json:
        print(json.dumps(found.plain(), ensure_ascii=False, indent=1))
        return
    console = Console()
    for part in comparison_shown(found, console.width):
        console.print(part)
