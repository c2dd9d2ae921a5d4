"""What stands in the way of changing a figure, in words an officer can act on."""

from datetime import date

from waywarden.county.councils.models import Body
from waywarden.county.services.models import Quantity
from waywarden.fabric.common.subjects import Actor
from waywarden.fabric.documents.actions import Sound
from waywarden.fabric.documents.kinds import PICTURES


def obstacles_to_changing(*, parish: Body | None, by: Actor, reason: str) -> list[str]:
    """List what keeps a figure of a place from being changed: another council says why."""
    if parish is None or by.body == parish.key or reason.strip():
        return []
    return [f"Say why: {parish} is told, and reads it in the history."]


def obstacles_to_a_figure(*, stated_on: date, today: date) -> list[str]:
    """List what is wrong with the day a figure was counted on."""
    if stated_on <= today:
        return []
    return [f"{stated_on:%-d %B %Y} is still to come. Enter the day it was counted."]


def obstacles_to_a_photo(photo: Sound | None, *, shows: str) -> list[str]:
    """List what keeps a file that was looked into from being the photo of a dispute."""
    if photo is None:
        return []
    obstacles = []
    if photo.media_type not in PICTURES:
        obstacles.append("That is not a picture. Choose a JPEG, PNG or WebP.")
    if not shows.strip():
        obstacles.append("Say what the photo shows, for people who cannot see it.")
    return obstacles


#: What makes a figure another one.
OWN = ("amount_milli", "low_milli", "high_milli", "source", "stated_on")


def obstacles_to_ending_a_dispute(
    figure: Quantity, held: Quantity | None, *, parish: Body | None, by: Actor
) -> list[str]:
    """List what keeps a dispute from being ended: another council brings another figure."""
    if held is None or not held.is_disputed or figure.is_disputed:
        return []
    if parish is None or by.body == parish.key:
        return []
    if any(getattr(figure, name) != getattr(held, name) for name in OWN):
        return []
    return [f"{parish} disputes that very figure. Enter another, or a later count that agrees."]
