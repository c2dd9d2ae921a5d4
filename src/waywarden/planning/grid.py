"""Where a longitude and latitude lie on the British National Grid, in plain arithmetic.

Right to about five metres in England, as is the change of datum it rests on,
and rounded to whole metres: so that facts read from tables and from a register
place a council alike, on any machine. The formulas and constants are those of
the Ordnance Survey's "A guide to coordinate systems in Great Britain".
"""

import math

WGS84 = 6_378_137.000, 6_356_752.3142
AIRY_1830 = 6_377_563.396, 6_356_256.909
#: From WGS84 to OSGB36: metres, parts of a million, seconds of arc.
SHIFT_M = -446.448, 125.157, -542.060
SCALE_PPM = 20.4894
TURN_SECONDS = -0.1502, -0.2470, -0.8421

SCALE_ON_MERIDIAN = 0.9996012717
ORIGIN_LATITUDE, ORIGIN_LONGITUDE = math.radians(49), math.radians(-2)
FALSE_EASTING_M, FALSE_NORTHING_M = 400_000, -100_000


def national_grid(longitude: float, latitude: float) -> tuple[float, float]:
    """Return easting and northing in whole metres.

    >>> national_grid(-1.30635, 52.01821)
    (447698.0, 235759.0)
    """
    east, north = _projected(*_on_airy(math.radians(longitude), math.radians(latitude)))
    return float(round(east)), float(round(north))


def _on_airy(longitude: float, latitude: float) -> tuple[float, float]:
    """Move a place, in radians, from the world's datum to that of the grid."""
    x, y, z = _shifted(*_cartesian(longitude, latitude, *WGS84))
    major, minor = AIRY_1830
    squeezed = 1 - (minor / major) ** 2
    across = math.hypot(x, y)
    found = math.atan2(z, across * (1 - squeezed))
    for _ in range(8):
        prime = major / math.sqrt(1 - squeezed * math.sin(found) ** 2)
        found = math.atan2(z + squeezed * prime * math.sin(found), across)
    return math.atan2(y, x), found


def _cartesian(
    longitude: float, latitude: float, major: float, minor: float
) -> tuple[float, float, float]:
    squeezed = 1 - (minor / major) ** 2
    prime = major / math.sqrt(1 - squeezed * math.sin(latitude) ** 2)
    across = prime * math.cos(latitude)
    return (
        across * math.cos(longitude),
        across * math.sin(longitude),
        (1 - squeezed) * prime * math.sin(latitude),
    )


def _shifted(x: float, y: float, z: float) -> tuple[float, float, float]:
    turn_x, turn_y, turn_z = (math.radians(seconds / 3600) for seconds in TURN_SECONDS)
    longer = 1 + SCALE_PPM / 1_000_000
    return (
        SHIFT_M[0] + longer * x - turn_z * y + turn_y * z,
        SHIFT_M[1] + turn_z * x + longer * y - turn_x * z,
        SHIFT_M[2] - turn_y * x + turn_x * y + longer * z,
    )


def _projected(longitude: float, latitude: float) -> tuple[float, float]:
    """Project a place on the Airy ellipsoid, in radians, to metres on the grid."""
    major, minor = AIRY_1830
    squeezed = 1 - (minor / major) ** 2
    sine, cosine, tangent = math.sin(latitude), math.cos(latitude), math.tan(latitude)
    across = major * SCALE_ON_MERIDIAN / math.sqrt(1 - squeezed * sine**2)
    along = across * (1 - squeezed) / (1 - squeezed * sine**2)
    flat = across / along - 1
    east = longitude - ORIGIN_LONGITUDE
    north_terms = (
        _meridian(latitude) + FALSE_NORTHING_M,
        across / 2 * sine * cosine,
        across / 24 * sine * cosine**3 * (5 - tangent**2 + 9 * flat),
        across / 720 * sine * cosine**5 * (61 - 58 * tangent**2 + tangent**4),
    )
    east_terms = (
        across * cosine,
        across / 6 * cosine**3 * (across / along - tangent**2),
        across / 120 * cosine**5
        * (5 - 18 * tangent**2 + tangent**4 + 14 * flat - 58 * tangent**2 * flat),
    )  # fmt: skip
    north = sum(term * east ** (2 * power) for power, term in enumerate(north_terms))
    offset = sum(term * east ** (2 * power + 1) for power, term in enumerate(east_terms))
    return FALSE_EASTING_M + offset, north


def _meridian(latitude: float) -> float:
    """Return the length of the meridian from the grid's true origin, scaled."""
    major, minor = AIRY_1830
    n = (major - minor) / (major + minor)
    less, more = latitude - ORIGIN_LATITUDE, latitude + ORIGIN_LATITUDE
    terms = (
        (1 + n + 5 / 4 * n**2 + 5 / 4 * n**3) * less,
        -(3 * n + 3 * n**2 + 21 / 8 * n**3) * math.sin(less) * math.cos(more),
        (15 / 8 * n**2 + 15 / 8 * n**3) * math.sin(2 * less) * math.cos(2 * more),
        -35 / 24 * n**3 * math.sin(3 * less) * math.cos(3 * more),
    )
    return minor * SCALE_ON_MERIDIAN * sum(terms)
