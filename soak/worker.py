"""``python -m soak.worker LEASE``: send letters as `waywarden worker` does, with a short lease."""

from __future__ import annotations

import os
import sys
import time
from datetime import UTC, datetime, timedelta
from typing import Any


def main(lease: str) -> None:
    """Send whatever is due, for ever."""
    import django

    django.setup()
    from waywarden.fabric.notices import delivery

    if broken := os.environ["SOAK_BROKEN"]:
        {"noted-early": _note_early, "given-up-early": _give_up_early}[broken]()
    print("ready", flush=True)
    while True:
        delivery.deliver(clock=lambda: datetime.now(UTC), lease=timedelta(seconds=float(lease)))
        time.sleep(0.05)


def _note_early() -> None:
    """Note that a letter has left, and only then let it leave."""
    from waywarden.fabric.notices import claims
    from waywarden.fabric.notices.models import Notice

    take = claims.take

    def take_and_note(**asked: Any) -> Any:
        if (notice := take(**asked)) is not None:
            claims.finish(notice, went=Notice.Went.SERVER, now=asked["now"])
            time.sleep(0.05)
        return notice

    claims.take = take_and_note


def _give_up_early() -> None:
    """Set a letter aside as soon as one worker was killed over it."""
    from waywarden.fabric.notices import claims, delivery

    claims.MOST_TRIES = delivery.MOST_TRIES = 1


if __name__ == "__main__":
    main(*sys.argv[1:])
