"""What the tests of notices tell people, and when."""

from datetime import UTC, date, datetime

from django.db import transaction

from waywarden.fabric.common.subjects import Actor
from waywarden.fabric.notices import actions
from waywarden.fabric.notices.models import Notice
from waywarden.fabric.notices.telling import OFFICES, Recipient, Says, Topic

TODAY = date(2026, 11, 20)
NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
BRON = Recipient("person-1", "bron@wychbourne.example", "Bron")
COLM = Recipient("person-2", "colm@coldbrook.example", "Colm")
CLERK = Actor("person-1", "Clerk, Wychbourne Town Council")
NEWS = Says("Your office ends in a month", "It ends on 20 December 2026.", "/account/")
WHY = "you are the clerk of Wychbourne Town Council"


def tell(
    to: Recipient = BRON, topic: Topic = OFFICES, says: Says = NEWS, **more: str
) -> Notice | None:
    """Tell somebody something, in a transaction of its own."""
    with transaction.atomic():
        given = {"reply_to": ""} | more
        return actions.tell(to=to, topic=topic, says=says, why=WHY, by=CLERK, today=TODAY, **given)


def told(to: Recipient = BRON, **more: str) -> Notice:
    """Tell somebody who wants to hear."""
    notice = tell(to, **more)
    assert notice is not None
    return notice
