"""Reading the letters that wait to go out."""

from waywarden.fabric.notices.models import Notice


def last_letter() -> Notice:
    """Give the newest letter."""
    found = Notice.objects.order_by("pk").last()
    assert found is not None
    return found


def link_in_last_letter() -> str:
    """Give the address of the invitation in the newest letter."""
    assert last_letter().link.startswith("/invitations/")
    return last_letter().link


def told() -> list[str]:
    """Give who was written to, in order."""
    return list(Notice.objects.order_by("pk").values_list("to_email", flat=True))
