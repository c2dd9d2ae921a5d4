"""Writes in a restored journal that it was restored. Run in a process of its own.

`python -m waywarden.upkeep.noting MADE_AT REASON` works on the installation
that WAYWARDEN_DIR and DATABASE_URL name.
"""

import sys


def main() -> None:
    """Add the line."""
    import django

    django.setup()
    from django.db import transaction

    from waywarden.fabric.common.subjects import COMMAND_LINE, Subject
    from waywarden.fabric.journal import actions as journal

    made_at, reason = sys.argv[1:]
    with transaction.atomic():
        journal.write(
            by=COMMAND_LINE,
            did="restored a backup",
            to=Subject("installation", "installation"),
            after={"made_at": made_at},
            reason=reason,
        )


if __name__ == "__main__":
    main()
