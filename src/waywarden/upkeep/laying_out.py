"""Lays out an empty database as another was when it was backed up. Run in a process of its own.

`python -m waywarden.upkeep.laying_out BACKUP` works on the database that
DATABASE_URL names: the migrations that had been run there are run here.
"""

import sys
from pathlib import Path

from waywarden.upkeep import manifests

UNKNOWN = 3


def main() -> None:
    """Run the migrations that the backup names; exit with 3 if this version has not got them."""
    import django

    django.setup()
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    folder = Path(sys.argv[1])
    executor = MigrationExecutor(connection)
    wanted = manifests.read(folder, called=folder).migrations
    graph = executor.loader.graph
    if any(node not in graph.nodes for node in wanted):
        sys.exit(UNKNOWN)
    # Each migration brings those it stands on, and a target that has been run would be undone.
    within = {
        parent.key
        for node in wanted
        for parent in graph.node_map[node].parents
        if parent.key[0] == node[0]
    }
    executor.migrate([node for node in wanted if node not in within])


if __name__ == "__main__":
    main()
