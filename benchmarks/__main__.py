"""``python -m benchmarks [--quick]``: measure the planner, then Oxfordshire's pages."""

from __future__ import annotations

import argparse
import json
import os
import platform
import tempfile
from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table

if TYPE_CHECKING:
    from benchmarks.pages import Measured
    from benchmarks.planner import Compared

RESULTS = Path(__file__).parent / "results"
QUICK, FULL = 15, 120
out = Console()


def main() -> None:
    """Measure the planner and every page, print tables and keep the figures."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="two minutes instead of fifteen")
    is_quick = parser.parse_args().quick
    rounds = QUICK if is_quick else FULL
    with tempfile.TemporaryDirectory(prefix="waywarden-benchmarks-") as folder:
        # Read before the planner is imported: so the wait for its compiler is measured too.
        os.environ["NUMBA_CACHE_DIR"] = folder
        compared = compare_plans(is_quick)
        start(folder)
        # These need the site, which stands only now.
        from benchmarks import pages

        found = [pages.measure(page, rounds) for page in pages.PAGES]
        show(found)
        keep(found, compared, rounds)


def compare_plans(is_quick: bool) -> list[Compared]:
    """Plan counties of several sizes beside HiGHS, and print what came of it."""
    from benchmarks import planner

    waited = planner.compile_seconds()
    found = [planner.compare(size) for size in (planner.QUICK if is_quick else planner.FULL)]
    table = Table(title="One service planned beside HiGHS on the same model (CPU of one thread)")
    for heading in ("Councils", "Arcs", "s", "Gap", "HiGHS: s", "Gap", "x as fast", "x cost", "MB"):
        table.add_column(heading, justify="right")
    for one in found:
        table.add_row(*planner.words(one))
    out.print(table)
    given = ", ".join(f"{one.highs_seconds:.0f} s at {one.councils}" for one in found if one.highs)
    out.print(f"HiGHS was given at most {given}. Compiling took {waited:.0f} s.", highlight=False)
    return found


def start(folder: str) -> None:
    """Make a site with the real Oxfordshire in a folder."""
    os.environ["WAYWARDEN_DIR"] = folder
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "waywarden.settings")
    import django
    from django.conf import settings
    from django.core.management import call_command

    django.setup()
    settings.ROOT_URLCONF = "benchmarks.urls"
    settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, "testserver"]
    call_command("migrate", verbosity=0, interactive=False)

    from waywarden.county.loading import load_county
    from waywarden.fabric.common.subjects import COMMAND_LINE

    load_county("Oxfordshire", by=COMMAND_LINE, today=date.today())  # noqa: DTZ011


def show(found: Sequence[Measured]) -> None:
    """Print what was found."""
    table = Table(title="CPU of a page beside a bare Django view (medians)")
    headings = ("Page", "Made: ms", "x bare", "Queries", "Kept: x bare", "304: x bare", "KB")
    for heading in headings:
        table.add_column(heading, justify="left" if heading == "Page" else "right")
    for one in found:
        table.add_row(
            one.page,
            f"{one.anew.cpu_ms:.1f}",
            f"{one.anew.times_bare:.1f}",
            str(one.anew.queries),
            f"{one.kept.times_bare:.1f}",
            f"{one.unchanged.times_bare:.1f}",
            f"{one.kilobytes:.0f}",
        )
    out.print(table)
    bare = min(one.bare_ms for one in found)
    out.print(f"The bare view took {bare:.2f} ms of CPU.", highlight=False)


def keep(found: Sequence[Measured], compared: Sequence[Compared], rounds: int) -> None:
    """Write the figures beside those of earlier runs."""
    RESULTS.mkdir(exist_ok=True)
    at = datetime.now(UTC)
    kept = RESULTS / f"pages-{at:%Y%m%dT%H%M%SZ}.json"
    facts = {
        "measured_at": at.isoformat(timespec="seconds"),
        "rounds": rounds,
        "python": platform.python_version(),
        "machine": platform.machine(),
        "processors": os.cpu_count(),
        "pages": [asdict(one) for one in found],
        "plans": [asdict(one) for one in compared],
    }
    kept.write_text(json.dumps(facts, indent=2) + "\n", encoding="utf-8")
    out.print(f"Kept in {kept.relative_to(RESULTS.parent.parent)}", highlight=False)


if __name__ == "__main__":
    main()
