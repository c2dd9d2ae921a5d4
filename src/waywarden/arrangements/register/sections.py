"""What rooms above the register add to the page of a place."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.utils.module_loading import import_string

from waywarden.county.places.models import Area


@dataclass(frozen=True)
class Section:
    """A template for one section of the page, and what it shows, which it calls ``section``."""

    template: str
    shows: object


Maker = Callable[[Area, date], Section | None]


def sections_of(area: Area, *, on: date) -> list[Section]:
    """Return the sections that the rooms named in the settings have for a place, in their order."""
    makers: list[Maker] = [import_string(path) for path in settings.PLACE_SECTIONS]
    return [section for maker in makers if (section := maker(area, on))]
