"""Starting the site for a command; a database in use is backed up before its tables change."""

from collections.abc import Callable
from datetime import UTC, datetime

from waywarden import starting


def start(say: Callable[[str], None]) -> None:
    """Start the web platform and bring its database up to date, one command at a time."""

    def back_up() -> None:
        from waywarden.upkeep import places, upgrades
        from waywarden.website.running.health import known_migrations

        upgrades.back_up_before_changing(
            places.live(), known=known_migrations(), now=datetime.now(UTC), say=say
        )

    starting.start(say, before_migrating=back_up)
