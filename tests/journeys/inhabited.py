"""Counties with people in them, filled in a process of its own: all of them, or one alone.

In the first somebody holds every kind of office: it is the county of the
permission matrix, with the long words that are planted in it, and those who do
work for a council besides. What is printed says where each page is, who may see
it, and the key of the session of each of them.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from dataclasses import dataclass, field
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext

from tests.serving import PATIENCE, ROOT, environment, run

#: Who asks for a page, if they may: the others' pages are asked for by the first who may.
FIRST = ("Bron", "Ada", "Olga")


@dataclass(frozen=True)
class Inhabited:
    """A served county: where each page is, who may see it, and their sessions."""

    address: str
    sessions: dict[str, str]
    pages: dict[str, str] = field(default_factory=dict)
    seen_by: dict[str, list[str]] = field(default_factory=dict)
    #: The step that can be removed.
    step: str = ""

    def who_may(self, name: str) -> str:
        """Name somebody who may see a page."""
        may = self.seen_by[name]
        return next((first for first in FIRST if first in may), may[0])

    def page(self, name: str) -> str:
        """Give the address of a page, with what it must be asked besides."""
        return self.pages[name] + (f"?step={self.step}" if name == "people:remove-step" else "")

    def enter(self, browser: Browser, who: str, **options: Any) -> BrowserContext:
        """Open a browser in which somebody has signed in."""
        given = {"base_url": self.address, "reduced_motion": "reduce"} | options
        context = browser.new_context(**given)
        # The first page that a server gives may be slow where much else is run beside.
        context.set_default_timeout(60_000)
        if who in self.sessions:
            kept = {"name": "session", "value": self.sessions[who], "url": self.address}
            context.add_cookies([kept])  # type: ignore[list-item]
        return context


class Town(Inhabited):
    """A served county, and the letters that are sent in it."""

    folder: Path
    database: dict[str, str]

    def link(self, way: str) -> str:
        """Send what waits to be sent; give the path that the newest such letter leads to."""
        worked = run("worker", "--once", folder=self.folder, **self.database)
        assert worked.returncode == 0, worked.stderr
        kept = sorted((self.folder / "mail").iterdir(), key=lambda letter: letter.stat().st_mtime)
        for letter in reversed(kept):
            words = message_from_bytes(letter.read_bytes(), policy=default)
            found = re.search(rf"/{way}/\S+/", words.get_body(("plain",)).get_content())
            if found:
                return found[0]
        raise AssertionError(f"No letter leads to {way}.")


def inhabit(folder: Path, database: dict[str, str], *, by: str = "everybody") -> dict[str, Any]:
    """Fill the site of a folder with everybody, or one of them alone; give what is known of it."""
    checked = run("check", folder=folder, **database)
    assert checked.returncode == 0, checked.stderr
    settings = {"DJANGO_SETTINGS_MODULE": "waywarden.settings"}
    paths = {"PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}"}
    filled = subprocess.run(
        [sys.executable, "-m", "tests.journeys.inhabited", by],
        env=environment(folder) | database | settings | paths,
        cwd=folder,
        check=True,
        timeout=PATIENCE * 2,
        stdout=subprocess.PIPE,
        text=True,
    )
    found: dict[str, Any] = json.loads(filled.stdout)
    return found


def bron() -> dict[str, Any]:
    """Fill the database with the cast, in which Bron is clerk of Wychbourne."""
    from tests.cast import introduce
    from tests.permissions.county import session_of

    cast = introduce()
    office = cast.at_wychbourne
    return {"sessions": {"Bron": session_of(office.person, is_proved=True)}}


def ada() -> dict[str, Any]:
    """Fill the database with the cast: Ada at the county, and a parish that can be written to."""
    from django.utils.timezone import localdate

    from tests.cast import introduce
    from tests.offers.asked import reachable
    from tests.permissions.county import session_of

    cast, today = introduce(), localdate()
    cast.record(cast.quantity(cast.coldbrook, "DPS01", 9_000), today=today)
    reachable(cast, cast.coldbrook_council)
    return {"sessions": {"Ada": session_of(cast.at_the_county.person, is_proved=True)}}


def everybody() -> dict[str, Any]:
    """Fill the database that is set up, and say what was put where."""
    from allauth.mfa.models import Authenticator
    from django.db import transaction

    from tests.cast import person
    from tests.permissions import canaries, county
    from tests.permissions.addresses import address, patterns
    from tests.permissions.policy import POLICY

    with transaction.atomic():
        filled = county.fill()
        canaries.plant(filled)
        town, own = filled.cast.wychbourne_council, filled.cast.county_council
        for name, body, kind in (
            ("Mona", own, "monitoring-officer"),
            ("Omar", town, "operative"),
            ("Vera", town, "volunteer-coordinator"),
        ):
            filled.cast.office(person(name), body, kind)
            filled.sessions[name] = county.session_of(person(name), is_proved=True)
        app = Authenticator.objects.create(user=person("Bron"), type="totp", data={"secret": ""})
    return {
        "pages": {each.name: address(each, filled, town) for each in patterns()},
        "seen_by": {
            name: [who for who in filled.at_home if filled.role(who, town) in rule.see]
            for name, rule in POLICY.items()
        },
        "sessions": filled.sessions,
        "step": str(app.pk),
    }


if __name__ == "__main__":
    import django

    django.setup()
    print(json.dumps({"everybody": everybody, "bron": bron, "ada": ada}[sys.argv[1]]()))
