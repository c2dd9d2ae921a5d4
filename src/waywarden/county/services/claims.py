"""What whoever disputes a figure says besides words: how much it is, where, and a photo of it."""

from dataclasses import dataclass
from typing import Any

from waywarden.county.services.models import Quantity
from waywarden.fabric.documents.actions import Sound


@dataclass(frozen=True, kw_only=True)
class Claim:
    """How much there is instead, and a place, as `rules.grid_reference` writes it."""

    amount_milli: int | None = None
    pin: str = ""
    #: One that was looked into. Without one, that of before stays, unless it is taken away.
    photo: Sound | None = None
    #: What the photo shows, for whoever cannot see it; blank leaves what was said before.
    shows: str = ""
    takes_photo_away: bool = False

    def put_on(self, figure: Quantity) -> None:
        """Let a figure that is disputed say it; a new photo is kept when nothing is in its way."""
        figure.claims_milli, figure.pin = self.amount_milli, self.pin
        if self.takes_photo_away:
            figure.photo = None
        has_one = self.photo is not None or figure.photo_id is not None
        figure.photo_shows = (self.shows or figure.photo_shows) if has_one else ""


#: What is claimed by whoever disputes a figure in words alone.
NOTHING = Claim(takes_photo_away=True)


def carry(before: Quantity, figure: Quantity) -> None:
    """Let a dispute stand over another figure, with all that was said and sent with it."""
    figure.is_disputed, figure.dispute = True, before.dispute
    figure.claims_milli, figure.pin = before.claims_milli, before.pin
    figure.photo, figure.photo_shows = before.photo, before.photo_shows


def noted(figure: Quantity) -> dict[str, Any]:
    """Return what is claimed of a figure for the journal; nothing where nothing is.

    Of a photo it is the hash alone: what it shows, and its name, are read beside it.
    """
    photo = {"photo_sha256": figure.photo.sha256} if figure.photo else {}
    claimed = {"claims_milli": figure.claims_milli, "pin": figure.pin} | photo
    return {name: value for name, value in claimed.items() if value not in (None, "")}
