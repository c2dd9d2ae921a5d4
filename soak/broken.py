"""The site, broken on purpose: what these do wrong the harness must find, or it proves nothing.

``SOAK_BROKEN`` says how. Nothing of the site itself knows of it.
"""

from __future__ import annotations

import io
import os
import threading
import time
from collections.abc import Callable, Iterable
from typing import Any

from django.db import transaction

from waywarden.wsgi import application as sound

#: How long a broken write dawdles, as a busy disk might.
PAUSE = 0.05
Start = Callable[..., Any]
Application = Callable[[dict[str, Any], Start], Iterable[bytes]]


def acknowledged_early() -> Application:
    """Answer a form that it is done, and then do it."""

    def answer(environ: dict[str, Any], start: Start) -> Iterable[bytes]:
        if environ["REQUEST_METHOD"] != "POST":
            return sound(environ, start)
        sent = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
        later = dict(environ) | {"wsgi.input": io.BytesIO(sent)}
        threading.Thread(target=_do, args=(later,)).start()
        start("302 Found", [("Location", "/"), ("Content-Length", "0")])
        return [b""]

    return answer


def _do(environ: dict[str, Any]) -> None:
    time.sleep(PAUSE)
    b"".join(sound(environ, lambda *answer: None))


def in_two_steps() -> Application:
    """Keep every statement by itself, as if nobody had ever opened a transaction."""
    from waywarden.fabric.journal import actions as journal

    def enter(self: Any) -> None:
        connection = transaction.get_connection(self.using)
        connection.ensure_connection()
        connection.in_atomic_block = True  # or the journal would not be written at all

    def leave(self: Any, *error: object) -> None:
        transaction.get_connection(self.using).needs_rollback = False

    write = journal.write

    def write_late(**said: Any) -> Any:
        time.sleep(PAUSE)
        return write(**said)

    transaction.Atomic.__enter__ = enter  # type: ignore[method-assign]
    transaction.Atomic.__exit__ = leave  # type: ignore[method-assign]
    journal.write = write_late
    return sound


def read_then_saved() -> Application:
    """Accept an invitation as one would who thinks of nobody else: look, then write."""
    from waywarden.county.offices import actions
    from waywarden.county.offices.models import Invitation
    from waywarden.county.people.models import Office, Person

    @transaction.atomic
    def accept(*, invitation: Any, shown_as: str, now: Any, today: Any) -> Any:
        held = Invitation.objects.select_related("body").get(pk=invitation.pk)
        if held.status != Invitation.Status.SENT:
            raise actions.CannotAccept("Somebody was there first.")
        time.sleep(PAUSE)
        held.status, held.answered_at = Invitation.Status.ACCEPTED, now
        held.save()
        holder = Person.objects.create_user(f"{time.time_ns()}@example.org", shown_as)
        days = {"starts_on": held.starts_on, "ends_on": held.ends_on}
        return Office.objects.create(
            person=holder, body=held.body, kind=held.kind, portfolio=held.portfolio, **days
        )

    actions.accept = accept
    return sound


def versions_ignored() -> Application:
    """Change a row without asking whether somebody else has changed it since."""
    from waywarden.fabric.common.models import VersionedQuerySet

    def change(self: Any, row: Any, **fields: Any) -> bool:
        time.sleep(PAUSE)
        self.filter(pk=row.pk).update(**fields, version=row.version + 1)
        for name, value in fields.items():
            setattr(row, name, value)
        row.version += 1
        return True

    def change_as_read(self: Any, row: Any, version: int, **fields: Any) -> None:
        change(self, row, **fields)

    VersionedQuerySet.change = change  # type: ignore[method-assign]
    VersionedQuerySet.change_as_read = change_as_read  # type: ignore[method-assign]
    return sound


def keys_forgotten() -> Application:
    """Take a form each time it is sent."""
    import importlib

    from waywarden.county.offices import actions as offices
    from waywarden.county.people.models import Office

    once = importlib.import_module("waywarden.fabric.forms.once")
    once._claim = lambda *asked: None  # type: ignore[attr-defined]

    def appoint(*, body: Any, person: Any, offer: Any, by: Any, today: Any) -> Any:
        # Each on a day of its own, or the database itself would refuse the second.
        late = time.time_ns() % 10_000
        from datetime import timedelta

        days = {"starts_on": today - timedelta(days=late), "ends_on": offer.ends_on}
        return Office.objects.create(
            person=person, body=body, kind=offer.kind, portfolio=offer.portfolio, **days
        )

    offices.appoint = appoint
    return sound


def unsynced() -> Application:
    """Acknowledge what the system still holds in memory alone."""
    from django.db import connections

    options = connections["default"].settings_dict.setdefault("OPTIONS", {})
    if connections["default"].vendor == "sqlite":
        options["init_command"] = options["init_command"].replace("=FULL", "=OFF")
    else:
        options["options"] = "-c synchronous_commit=off"
    return sound


VARIANTS: dict[str, Callable[[], Application]] = {
    "acknowledged-early": acknowledged_early,
    "in-two-steps": in_two_steps,
    "read-then-saved": read_then_saved,
    "versions-ignored": versions_ignored,
    "keys-forgotten": keys_forgotten,
    "unsynced": unsynced,
}
application = VARIANTS[os.environ["SOAK_BROKEN"]]()
