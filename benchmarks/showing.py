"""Prints what was found, as tables in the terminal."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table

from benchmarks import bars
from benchmarks.bars.gathering import NOT_MEASURED, Found
from benchmarks.results import Result


def show(out: Console, results: Sequence[Result]) -> None:
    """Print each bar that was measured, with its verdict."""
    for section in bars.sections(Found(results)):
        if section.verdict == NOT_MEASURED:
            continue
        out.print(f"\n[bold]{section.title}[/bold]\n{section.asked}")
        for one in section.tables:
            table = Table()
            for place, heading in enumerate(one.headings):
                table.add_column(heading, justify="right" if place else "left")
            for row in one.rows:
                table.add_row(*row)
            out.print(table)
        out.print(section.verdict.replace("**", ""))
