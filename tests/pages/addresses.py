"""One address for every pattern of the site, and what can be asked of them all.

The list is kept by hand: a page that is added and not listed fails a test, so
that none is left out of the checks of content, of speed and of accessibility.
"""

from collections.abc import Iterator

from django.urls import URLPattern, URLResolver, get_resolver

PAGES = {
    "website:home": "/",
    "website:search": "/search/?q=stoke",
    "website:glossary": "/glossary/",
    "website:accessibility": "/accessibility/",
    "website:privacy": "/privacy/",
    "website:components": "/components/",
    "register:county": "/counties/oxfordshire/",
    "register:place": "/places/cholsey-south-oxfordshire/",
    "register:at": "/at/?lon=-1.15&lat=51.57",
    "register:services": "/services/",
    "register:service": "/services/village-grass/",
    "register:methods": "/methods/",
    "plans:plans": "/plans/",
    "plans:how": "/plans/how-plans-are-made/",
    "plans:plan": "/plans/1/",
    "plans:cluster": "/plans/1/clusters/cluster-cholsey-south-oxfordshire/",
}
DOWNLOADS = {
    "register:county-csv": "/counties/oxfordshire/places.csv",
    "register:place-csv": "/places/cholsey-south-oxfordshire/services.csv",
    "register:service-csv": "/services/village-grass/places.csv",
    "plans:clusters-csv": "/plans/1/clusters.csv",
    "plans:councils-csv": "/plans/1/councils.csv",
    "plans:members-csv": "/plans/1/clusters/cluster-cholsey-south-oxfordshire/members.csv",
}
MAPS = {
    "register:districts-svg": "/maps/oxfordshire/districts/wide.svg",
    "register:districts-geojson": "/maps/oxfordshire/districts.geojson",
    "register:amounts-svg": "/maps/oxfordshire/village-grass/wide.svg",
    "register:amounts-geojson": "/maps/oxfordshire/village-grass.geojson",
    "register:place-map-svg": "/maps/places/cholsey-south-oxfordshire/map/wide.svg",
    "register:place-map-geojson": "/maps/places/cholsey-south-oxfordshire/map.geojson",
    "plans:plan-map-svg": "/plans/1/map/wide.svg",
    "plans:plan-map-geojson": "/plans/1/map.geojson",
    "plans:cluster-map-svg": "/plans/1/clusters/cluster-cholsey-south-oxfordshire/map/wide.svg",
    "plans:cluster-map-geojson": "/plans/1/clusters/cluster-cholsey-south-oxfordshire/map.geojson",
}
ADDRESSES = PAGES | DOWNLOADS | MAPS

# The same patterns in other states.
STATES = {
    "a county with a service": "/counties/oxfordshire/?service=village-grass",
    "a district with a service": "/counties/oxfordshire/?district=cherwell&service=litter",
    "a county on a day long past": "/counties/oxfordshire/?on=2014-05-31",
    "a place without a parish": "/places/oxford-unparished-area-oxford/",
    "a parish made since 2014": "/places/heyford-park-cherwell/",
    "a service two councils share": "/services/illegal-signs/",
    "a plan sorted by what is saved": "/plans/1/?sort=saved",
    "a place that goes alone in the plan": "/places/didcot-south-oxfordshire/",
    "a search without a hit": "/search/?q=zzzzzz",
    "a search that asks nothing": "/search/",
    "a postcode while none is loaded": "/search/?q=OX10+9PP",
    "a point in the sea": "/at/?lon=0&lat=0",
}


def patterns(resolver: URLResolver | None = None, space: str = "") -> Iterator[str]:
    """Name every pattern of the site with its namespace."""
    for each in (resolver or get_resolver()).url_patterns:
        if isinstance(each, URLResolver):
            yield from patterns(each, f"{each.namespace}:" if each.namespace else space)
        elif isinstance(each, URLPattern):
            yield f"{space}{each.name}"
