"""A whole map, before it is put on a sheet or sent to the live map."""

from collections.abc import Sequence
from dataclasses import dataclass

from waywarden.fabric.maps import drawing, features
from waywarden.fabric.maps.drawing import Label, Outline, Shape, Sheet
from waywarden.fabric.maps.signs import Line, Sign


@dataclass(frozen=True)
class Drawing:
    """Everything one map shows."""

    title: str
    shapes: Sequence[Shape]
    outlines: Sequence[Outline] = ()
    labels: Sequence[Label] = ()
    #: What the map is framed on, where that is not all of it.
    about: Sequence[Shape] = ()
    lines: Sequence[Line] = ()
    marks: Sequence[Sign] = ()

    def svg(self, sheet: Sheet) -> str:
        """Return the still drawing."""
        return drawing.draw(
            self.shapes,
            title=self.title,
            sheet=sheet,
            outlines=self.outlines,
            labels=self.labels,
            about=self.about,
            lines=self.lines,
            marks=self.marks,
        )

    def geojson(self) -> str:
        """Return the same drawing for the live map."""
        return features.as_geojson(
            self.shapes,
            outlines=self.outlines,
            labels=self.labels,
            lines=self.lines,
            marks=self.marks,
        )
