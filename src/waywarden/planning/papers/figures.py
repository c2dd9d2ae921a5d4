"""The maps within a page that needs nothing else, and the key to them."""

from base64 import b64encode
from html import escape

from waywarden.data.names import short_name
from waywarden.fabric.maps.drawing import Sheet
from waywarden.fabric.maps.drawn import Drawing
from waywarden.planning.papers.drawing import Ground
from waywarden.planning.words.phrasing import listed

# More names than this make a sentence nobody reads.
MOST_NAMES = 4

DISC = (
    '<circle cx="17" cy="11" r="10" fill="#14262b"/><text x="17" y="15.5" text-anchor="middle"'
    ' font-size="12" font-weight="700" fill="#fff">{number}</text>'
)
DIAMOND = '<path d="M17 4l7 7-7 7-7-7z" fill="#fff" stroke="#14262b" stroke-width="2"/>'
LINE = '<path d="M3 19Q16 2 31 5" fill="none" stroke="#14262b" stroke-width="1.6"/>'
BOX = '<rect x="1" y="1" width="32" height="20" rx="2" fill="{fill}" stroke="#6f8084"/>'
HATCH = (
    '<defs><pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse"'
    ' patternTransform="rotate(45)"><rect width="6" height="6" fill="#fff"/>'
    '<path d="M0 0V6" stroke="#8fa09f" stroke-width="1.6"/></pattern></defs>'
)


def map_figure(drawn: Drawing, wide: Sheet, phone: Sheet | None = None, *, title: str = "") -> str:
    """Return a still map within a page, with one for phones where that is given, and a caption."""
    named = title or drawn.title
    alt = f"Map: {named}. The tables on this page carry the same."
    size = f'width="{wide.width}" height="{wide.height}"'
    narrow = ""
    if phone:
        narrow = f'<source media="(max-width: 640px)" srcset="{_picture(drawn, phone)}">'
    return (
        f'<figure class="map"><picture>{narrow}'
        f'<img src="{_picture(drawn, wide)}" alt="{escape(alt)}" {size}></picture>'
        f"<figcaption>{escape(named)}. Parish shapes are approximate.</figcaption></figure>"
    )


def _picture(drawn: Drawing, sheet: Sheet) -> str:
    packed = b64encode(drawn.svg(sheet).encode()).decode()
    return f"data:image/svg+xml;base64,{packed}"


def key(ground: Ground) -> str:
    """Return the key to the map of a plan: only what it shows."""
    entries = []
    if ground.clusters:
        number = str(ground.clusters[-1].number)
        entries += [(DISC.format(number=number), "Cluster lead, with the cluster’s number")]
        if any(len(ground.leads(cluster)) > 1 for cluster in ground.clusters):
            entries += [(DIAMOND, "Another council leading one service")]
        entries += [(LINE, "Lead serves this council")]
    if alone := _alone(ground):
        words = f"Goes alone: {listed(alone)}" if len(alone) <= MOST_NAMES else "Goes alone"
        entries += [(BOX.format(fill="#fff"), words)]
    entries += [(HATCH + BOX.format(fill="url(#hatch)"), _hatched(ground))]
    told = "".join(f"<li>{_sign(sign)}<span>{escape(words)}</span></li>" for sign, words in entries)
    colours = (
        "<p class='small muted'>Colours only separate neighbours; the number names the cluster.</p>"
    )
    return f'<h2>Reading the map</h2><ul class="legend">{told}</ul>{colours}'


def _sign(drawn: str) -> str:
    return f'<svg viewBox="0 0 34 22" aria-hidden="true" focusable="false">{drawn}</svg>'


def _hatched(ground: Ground) -> str:
    outside = ground.councils.keys() - ground.alone - ground.cluster_of.keys()
    return "Stays with the county, or has no parish" if outside else "Has no parish"


def _alone(ground: Ground) -> list[str]:
    return [short_name(ground.councils[key].name) for key in sorted(ground.alone)]
