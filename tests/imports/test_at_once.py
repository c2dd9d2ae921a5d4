"""Two who decide about one table at once: one does it, the other finds it done."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from django.utils import timezone

from tests.cast import Cast
from tests.imports.sending import CONTACTS, MINE, Desk
from waywarden.county.councils.models import Contact
from waywarden.fabric.imports import actions, queries
from waywarden.fabric.imports.kinds import Occasion, kinds
from waywarden.fabric.imports.models import Upload
from waywarden.fabric.journal.models import Entry

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]

AT_ONCE = 4


class Who:
    """Who asks, without a request."""

    def __init__(self, desk: Desk) -> None:
        self.acting, self.by = desk.office, desk.office.actor


def test_ab9_of_many_who_confirm_at_once_one_does_it(cast: Cast) -> None:
    desk, kind = Desk(cast, cast.at_coldbrook), kinds()["contacts"]
    desk.paste("contacts", CONTACTS + MINE)
    occasion = Occasion(Who(desk), timezone.now(), cast.today)
    seen = queries.reading_of(Upload.objects.get(), kind, occasion).digest
    lines, barrier = Entry.objects.count(), Barrier(AT_ONCE)

    def confirm(_: int) -> str:
        try:
            held = Upload.objects.get()
            barrier.wait(timeout=30)
            actions.take_in(upload=held, kind=kind, seen=seen, occasion=occasion)
        except actions.DecidedAlready:
            return "decided"
        finally:
            connection.close()
        return "taken"

    with ThreadPoolExecutor(AT_ONCE) as pool:
        answers = sorted(pool.map(confirm, range(AT_ONCE)))

    assert answers == ["decided"] * (AT_ONCE - 1) + ["taken"]
    assert Contact.objects.count() == 1
    assert Entry.objects.count() == lines + 1


def test_one_view_is_kept_however_often_its_button_is_pressed_at_once(cast: Cast) -> None:
    from waywarden.fabric.tables.actions import save_view
    from waywarden.fabric.tables.models import SavedView

    barrier = Barrier(AT_ONCE)

    def save(number: int) -> None:
        try:
            barrier.wait(timeout=30)
            save_view(name="Mine", path="/plans/", query=f"page={number}", person_key="person-1")
        finally:
            connection.close()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        list(pool.map(save, range(AT_ONCE)))

    assert SavedView.objects.count() == 1
