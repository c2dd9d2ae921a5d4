"""Who asks, for pages about one's own letters: this room knows no person."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from waywarden.fabric.common.subjects import Actor


@dataclass(frozen=True)
class Who:
    """Whoever has signed in, in plain values."""

    key: str
    email: str
    actor: Actor


def who(request: HttpRequest) -> Who:
    """Return who has signed in."""
    user: Any = request.user
    return Who(user.key, user.email, user.actor)
