"""Writes docs/reference/reliability.md: what was tried, how often, and what came of it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from soak.harnesses import ALL, Harness
from soak.results import Result

ROOT = Path(__file__).absolute().parents[1]
PAGE = ROOT / "docs" / "reference" / "reliability.md"
STORES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}


def write(found: Sequence[Result]) -> Path:
    """Write the page from the results there are."""
    words = (Path(__file__).parent / "page.md").read_text(encoding="utf-8")
    parts = {"TRIALS": _table(found, False), "CONTROLS": _table(found, True)}
    for name, said in (parts | {"MACHINE": _machine(found), "FAULTS": _faults(found)}).items():
        words = words.replace(f"<{name}>", said)
    PAGE.write_text(words, encoding="utf-8")
    return PAGE


def faults(found: Sequence[Result]) -> list[str]:
    """Say what did not hold in any trial, and which control found nothing."""
    return [
        fault
        for harness in ALL
        for store in harness.stores
        if (summed := total(harness, store, found))
        for fault in harness.faults(summed)
    ]


def total(harness: Harness, store: str, found: Sequence[Result]) -> dict[str, Any]:
    """Add up the figures of all pieces of a trial on one database."""
    summed: dict[str, Any] = {}
    for result in found:
        if (result.harness, result.store) == (harness.name, store):
            for name, figure in result.figures.items():
                summed[name] = summed[name] + figure if name in summed else figure
    return summed


def _table(found: Sequence[Result], is_control: bool) -> str:
    lines = ["| trial | database | tried | of | what was counted |", "|---|---|--:|--:|---|"]
    for harness in ALL:
        if harness.is_control != is_control:
            continue
        for store in harness.stores:
            lines.append(_row(harness, store, total(harness, store, found)))
    return "\n".join(lines)


def _row(harness: Harness, store: str, summed: dict[str, Any]) -> str:
    start = f"| {harness.says} | {STORES[store]} |"
    if not summed:
        return f"{start} – | {harness.wanted:,} | not run yet |"
    if "skipped" in summed:
        return f"{start} – | {harness.wanted:,} | {summed['skipped']} |"
    return f"{start} {summed[harness.counted]:,} | {harness.wanted:,} | {_said(summed)} |"


def _said(summed: dict[str, Any]) -> str:
    return ", ".join(
        f"{name.replace('_', ' ')} {_figure(figure)}" for name, figure in summed.items()
    )


def _figure(figure: Any) -> str:
    if isinstance(figure, list):
        return f"median {sorted(figure)[len(figure) // 2]} s, longest {max(figure)} s"
    return figure if isinstance(figure, str) else f"{figure:,}"


def _machine(found: Sequence[Result]) -> str:
    if not found:
        return "Nothing was run yet."
    last = max(found, key=lambda result: result.measured_at)
    days = sorted({result.measured_at[:10] for result in found})
    kept = sorted({str(result.machine["database"]) for result in found})
    packages = ", ".join(f"{name} {number}" for name, number in last.machine["packages"].items())
    return (
        f"Run on {' and '.join(days)}: {last.machine['processor']}, {last.machine['cores']} cores, "
        f"{last.machine['memory_gigabytes']} GB, {last.machine['system']}, "
        f"Python {last.machine['python']}, {packages}; {'; '.join(kept)}. "
        f"Load while it ran: {min(r.load for r in found)} to {max(r.load for r in found)}."
    )


def _faults(found: Sequence[Result]) -> str:
    wrong = faults(found)
    return (
        "\n".join(f"- **{fault}**" for fault in wrong) if wrong else "Nothing that was run failed."
    )
