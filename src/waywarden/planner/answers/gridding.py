"""The British National Grid, to and from longitude and latitude, in plain arithmetic.

Right to about five metres in Great Britain, as is the change of datum it rests
on. The formulas and constants are those of the Ordnance Survey's "A guide to
coordinate systems in Great Britain".
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
#: How far the grid reaches, in metres east and north.
MOST_EAST_M, MOST_NORTH_M = 700_000, 1_300_000

#: A degree of latitude, roughly; each step of `degrees_of` leaves a twentieth of what was wrong.
METRES_A_DEGREE = 111_200
STEPS = 12


def metres_of(longitude: float, latitude: float) -> tuple[float, float]:
    """Return the easting and northing, in metres, of a place in degrees on WGS84."""
    return _projected(*_on_airy(math.radians(longitude), math.radians(latitude)))


def degrees_of(easting: float, northing: float) -> tuple[float, float]:
    """Return the longitude and latitude, in degrees on WGS84, of metres on the grid.

    Found by stepping towards the place whose metres these are. Raises
    `ValueError` for what is not on the grid.

    >>> [round(degree, 5) for degree in degrees_of(447_698, 235_759)]
    [-1.30635, 52.01821]
    """
    if not (0 <= easting <= MOST_EAST_M and 0 <= northing <= MOST_NORTH_M):
        raise ValueError(f"{easting:g}, {northing:g} is not on the British National Grid.")
    longitude, latitude = -2.0, 49.0 + northing / METRES_A_DEGREE
    for _ in range(STEPS):
        east, north = metres_of(longitude, latitude)
        latitude += (northing - north) / METRES_A_DEGREE
        longitude += (easting - east) / (METRES_A_DEGREE * math.cos(math.radians(latitude)))
    return longitude, latitude


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
