"""The site's pages: each beside a bare Django view, on the real Oxfordshire."""

from __future__ import annotations

import os
import tempfile
from dataclasses import asdict
from datetime import date

from benchmarks.answers import Figures, timed


def pages_trial(*, rounds: int) -> Figures:
    """Make a site in a folder of its own, and measure every kind of page."""
    with tempfile.TemporaryDirectory(prefix="waywarden-benchmarks-") as folder, timed() as spent:
        _start(folder)
        # These need the site, which stands only now.
        from benchmarks import pages

        found = [pages.measure(page, rounds) for page in pages.PAGES]
    return {
        "pages": [asdict(one) for one in found],
        "rounds": rounds,
        "cpu_seconds": spent.cpu_seconds,
        "status": "done",
    }


def _start(folder: str) -> None:
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
