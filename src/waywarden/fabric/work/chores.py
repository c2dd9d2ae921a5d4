"""What is done once a day. The setting DAILY_CHORES lists it, for rooms above this one too."""

import logging
from collections.abc import Callable
from datetime import date, datetime, timedelta

from django.conf import settings
from django.utils.module_loading import import_string
from django.utils.timezone import localdate

from waywarden.fabric.notices.masking import without_addresses
from waywarden.fabric.work.models import Chore

logger = logging.getLogger(__name__)
#: A chore that takes longer may be begun by another worker as well.
LEASE = timedelta(hours=1)
AGAIN_AFTER = timedelta(minutes=15)
#: Each is called with ``today`` and ``now``, and must be safe to do twice.
Does = Callable[..., object]


def do_chores(*, now: datetime) -> list[str]:
    """Do what is due today and nobody does; return what was done."""
    today = localdate(now)
    listed = settings.DAILY_CHORES.items()
    return [name for name, path in listed if _do(name, path, today, now)]


def _do(name: str, path: str, today: date, now: datetime) -> bool:
    if Chore.objects.filter(name=name, done_on=today).exists():
        return False
    Chore.objects.get_or_create(name=name)
    mine = Chore.objects.filter(name=name)
    # Of two workers one alone finds it open.
    if not mine.open_to(today, now).update(taken_until=now + LEASE):
        return False
    try:
        does: Does = import_string(path)
        does(today=today, now=now)
    except Exception as error:
        logger.exception("The daily chore “%s” failed", name)
        trouble = without_addresses(f"{type(error).__name__}: {error}")[:300]
        mine.update(taken_until=now + AGAIN_AFTER, trouble=trouble)
        return False
    mine.update(done_on=today, taken_until=None, trouble="")
    return True
