"""The map of who has taken what on: each place filled by how far its council is."""

from dataclasses import replace
from datetime import date

from django.urls import reverse

from waywarden.arrangements.register.drawings import Ground, districts_drawing
from waywarden.county.places.models import Area
from waywarden.devolution.overview.progress import Progress
from waywarden.fabric.maps.drawing import Picture, Shape
from waywarden.fabric.maps.drawn import Drawing

APPROXIMATE = "Parish shapes are approximate and are not legal boundaries."
#: A place that no council or meeting holds.
UNHELD = "none"
TITLE = "Who has taken what on so far"


def progress_drawing(county: Area, progress: Progress) -> Drawing | None:
    """Draw how far the council of each place is; none where no shape is held."""
    drawn = districts_drawing(Ground(county, progress.on))
    if drawn is None:
        return None
    shapes = [_filled(shape, progress) for shape in drawn.shapes]
    return replace(drawn, title=f"{TITLE}: {county.name}", shapes=shapes)


def _filled(shape: Shape, progress: Progress) -> Shape:
    row = progress.by_place.get(shape.key)
    if row is None:
        return replace(shape, fill=UNHELD, said=f"{shape.name}: no parish council or meeting")
    return replace(shape, fill=row.stage.fill, said=f"{shape.name}: {row.stage.name.lower()}")


def progress_picture(county: Area, progress: Progress, *, on: date) -> Picture | None:
    """Return the map with its words; none where no shape is held."""
    ground = Ground(county, on)
    if not ground.boundaries:
        return None
    wide, phone = (
        reverse("overview:progress-map-svg", args=[county.key, size]) for size in ("wide", "phone")
    )
    many = f"{progress.taken_on} of {len(progress.rows)} councils are in a formed cluster."
    return Picture(
        kind="amounts",
        wide=wide,
        phone=phone,
        shapes=reverse("overview:progress-map-geojson", args=[county.key]),
        alt=f"Map of {county.name} by how far each council is. {many} The table lists every one.",
        label=f"Map of {county.name} by how far each council is. The table lists every council.",
        caption=APPROXIMATE if ground.is_approximate else "",
    )


def keys_of(progress: Progress) -> list[tuple[str, str]]:
    """Return what the fills on the map mean: the stages at which there is anybody."""
    keys = [(stage.fill, stage.name) for stage, many in progress.counted if many]
    return [*keys, (UNHELD, "No parish council or meeting")]
