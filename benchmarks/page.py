"""Writes the pages of docs/ whose figures are measured: the benchmarks and the back-test."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from statistics import median

from benchmarks import backtest_page, bars, plots
from benchmarks.bars.gathering import Found, Section, Table
from benchmarks.results import Result
from benchmarks.steps import Step

DOCS = Path(__file__).parents[1] / "docs"
PAGE = DOCS / "reference" / "benchmarks.md"
PICTURES = DOCS / "images" / "benchmarks"
NOTES = Path(__file__).parent / "notes.md"


def write(results: Sequence[Result], steps: Sequence[Step]) -> list[Path]:
    """Write the pages and pictures from the results there are, and return where."""
    found = Found(results)
    sections = [_as_far(section, found, steps) for section in bars.sections(found)]
    wanted = [name for section in sections for name in section.pictures]
    drawn = {name: plots.draw(name, found, PICTURES) for name in wanted}
    PAGE.write_text(page(found, sections, drawn, len(steps)), encoding="utf-8")
    back_test = backtest_page.write(found, DOCS)
    return [PAGE, *(path for path in drawn.values() if path), *back_test]


def _as_far(section: Section, found: Found, steps: Sequence[Step]) -> Section:
    """Let a verdict say so where not all that belongs to a bar is measured."""
    every = sum(step.bar.lower() == section.key for step in steps)
    measured = sum(one.bar.lower() == section.key for one in found)
    if not 0 < measured < every:
        return section
    said = section.verdict.replace("Met. ", "Met as far as it is measured. ", 1)
    said = section.verdict if section.verdict.startswith("Not") else said
    return replace(section, verdict=f"{said} Measured: {measured} of {every} steps.")


def page(
    found: Found, sections: Sequence[Section], drawn: dict[str, Path | None], steps: int
) -> str:
    """Return the page of the benchmarks."""
    notes = notes_by_section(NOTES.read_text(encoding="utf-8")) if NOTES.is_file() else {}
    parts = [INTRODUCTION, circumstances(found, steps), summary(sections)]
    parts += [written(section, drawn, notes.get(section.key, "")) for section in sections]
    return "\n\n".join(part.strip() for part in parts) + "\n"


INTRODUCTION = """\
# Benchmarks

Written by `make bench` from what it measured: change nothing here. Each figure is of one run of one
step in a process of its own; where there are several seeds it is their median. Seconds are CPU
seconds of all threads unless it says "on the clock". A **proven gap** is the most by which any plan
at all could be cheaper than the one found, as a part of it. **MB** is the most memory the whole
process held. Other solvers are given the same model in the same run, each for so many CPU seconds.
"""


def circumstances(found: Found, steps: int) -> str:
    """Return what was measured on what, when and of which planner."""
    if not len(found):
        return "Nothing is measured yet."
    machines = [one.machine for one in found]
    packages = {name: words for one in machines for name, words in one["packages"].items()}
    days = sorted(one.measured_at[:10] for one in found)
    lines = [
        f"- Command: `make bench`; {len(found)} of {steps} steps have a result, "
        f"measured {days[0]} to {days[-1]}.",
        f"- Machine: {_all(one['processor'] for one in machines)}, "
        f"{_all(one['cores'] for one in machines)} cores, "
        f"{_all(one['memory_gigabytes'] for one in machines)} GB of memory; load while measuring "
        f"{median(one.load for one in found):.1f} (median).",
        f"- Python {_all(one['python'] for one in machines)}; "
        + ", ".join(f"{name} {words}" for name, words in packages.items())
        + ".",
        f"- Seeds: {_all(one.options['seed'] for one in found if 'seed' in one.options)}. The "
        "same seed gives the same problem and the same plan on any machine.",
        f"- State of the planner, a mark of its sources: {_all(_ours(found))}.",
    ]
    return "\n".join(lines)


def summary(sections: Iterable[Section]) -> str:
    """Return all bars in a table: what is asked, and what came of it."""
    rows = [(section.title, section.asked, section.verdict) for section in sections]
    return "## All of it\n\n" + markdown(Table(("What", "Asked", "Measured"), rows))


def written(section: Section, drawn: dict[str, Path | None], note: str) -> str:
    """Return a section of the page."""
    pictures = [
        f"![{plots.PICTURES[name][1]}](../images/benchmarks/{path.name})"
        for name in section.pictures
        if (path := drawn.get(name))
    ]
    tables = [markdown(table) for table in section.tables]
    parts = [f"## {section.title}", f"Asked: {section.asked}", section.verdict]
    tried = f"What was tried: {note}" if note else ""
    return "\n\n".join(part for part in (*parts, *tables, *section.words, *pictures, tried) if part)


def notes_by_section(text: str) -> dict[str, str]:
    """Return what is noted under each heading of a text, by the heading.

    >>> notes_by_section("How to.\\n\\n## b1\\n\\nCuts: nothing.\\n\\n## b2\\n")
    {'b1': 'Cuts: nothing.', 'b2': ''}
    """
    parts = text.split("\n## ")[1:]
    split = (part.partition("\n") for part in parts)
    return {heading.strip(): body.strip() for heading, _, body in split}


def markdown(table: Table) -> str:
    """Lay out a table for reading on the page and in the file."""
    lines = (table.headings, tuple("---" for _ in table.headings), *table.rows)
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def _ours(found: Found) -> list[str]:
    return [one.planner for one in found if one.options.get("solver", "waywarden") == "waywarden"]


def _all(values: Iterable[object]) -> str:
    """Name every different value, as they first come."""
    return ", ".join(dict.fromkeys(str(value) for value in values))
