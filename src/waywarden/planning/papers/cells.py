"""The modelled cells of the package as the shapes of a plan's councils."""

from waywarden import data
from waywarden.planning.facts import CountyFacts
from waywarden.planning.papers.drawing import Ground
from waywarden.planning.reports import Report


def shipped_ground(report: Report, facts: CountyFacts) -> Ground:
    """Return what the maps of a plan are drawn from, on the cells shipped for its county.

    Cells bear the first code known of a parish, councils the last.
    """
    cells, keys = data.cells(facts.county), {one.code: one.key for one in facts.councils}
    parishes = data.oxfordshire_parishes()
    known = {one.code: [seen.code for seen in one.codes] for one in parishes}
    names = {one.code: one.name for one in parishes}
    shapes, unparished = {}, {}
    for code, cell in cells.items():
        key = next((keys[other] for other in known.get(code, [code]) if other in keys), None)
        if key:
            shapes[key] = cell
        else:
            unparished[names.get(code, code)] = cell
    return Ground(report, facts, shapes, unparished)
