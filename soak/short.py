"""``python -m soak.short STORE``: each trial a few times on one site; prints JSON."""

from __future__ import annotations

import json
import os
import sys
import tempfile
from pathlib import Path

from soak.harnesses import HARNESSES
from soak.sites import opened
from soak.stores import adopt_orphans

#: How often each is tried; a control that has found something stops by itself.
TRIED = {
    "kills-web": 2,
    "kills-database": 1,
    "kills-early": 5,
    "kills-halves": 5,
    "races-accepting": 6,
    "races-handingover": 6,
    "races-agreeing": 6,
    "races-puttingback": 6,
    "races-confirming": 6,
    "races-measuring": 6,
    "races-takingthelead": 6,
    "races-naive": 12,
    "doubles": 1,
    "doubles-keyless": 4,
    "edits": 12,
    "edits-unversioned": 12,
    "tampering": 1200,
    "tampering-headless": 120,
    "letters": 2,
    "letters-early": 4,
    "letters-given-up": 10,
    # The last: it takes everybody out of the site.
    "races-firstofficer": 6,
}


def main(store: str) -> None:
    """Try everything that runs on a database."""
    adopt_orphans()
    found = {}
    with tempfile.TemporaryDirectory(prefix="waywarden-soak-") as folder:
        os.chmod(folder, 0o755)  # noqa: S103 (PostgreSQL may run as another user)
        with opened(Path(folder), store) as site:
            for seed, (name, count) in enumerate(TRIED.items(), 1):
                if store in HARNESSES[name].stores:
                    found[name] = HARNESSES[name].run(site, count=count, seed=seed)
    print(json.dumps(found))


if __name__ == "__main__":
    main(*sys.argv[1:])
