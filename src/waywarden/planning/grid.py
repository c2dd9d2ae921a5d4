"""Where a longitude and latitude lie on the British National Grid.

Rounded to whole metres, so that facts read from tables and from a register
place a council alike, on any machine.
"""

from waywarden.planner.answers.gridding import metres_of


def national_grid(longitude: float, latitude: float) -> tuple[float, float]:
    """Return easting and northing in whole metres, right to about five of them.

    >>> national_grid(-1.30635, 52.01821)
    (447698.0, 235759.0)
    """
    east, north = metres_of(longitude, latitude)
    return float(round(east)), float(round(north))
