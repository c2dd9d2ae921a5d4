"""A county small enough to price by hand: five councils on a road, 3 km from one to the next."""

from dataclasses import replace

from waywarden.planner import Council, DeliveryModel, Outside, Problem, Provider, Service, Work

GRASS = Service("grass", "Village grass", "m2")
SIGNS = Service("signs", "Road signs", "signs")

#: Own staff cost 1,000 to set up and 1 a unit; done alone, 900 and 2 a unit.
OWN = DeliveryModel("own staff", setup=1_000, unit_cost=1, capacity=900)


def work(amount, **more):
    usual = Work(
        work=amount,
        peak=amount,
        trips=1,
        models=(OWN,),
        outside=(Outside("alone, by a firm", 900.0 + 2 * amount),),
    )
    return replace(usual, **more)


def council(key, east_km, amount, **more):
    """Return a council whose name is its key with spaces, at a place on the road."""
    name = key.replace("-", " ").title()
    usual = Council(key, name, 450 + east_km, 210.0, {"grass": work(amount)})
    return replace(usual, **more)


WYCHBOURNE = council("wychbourne", 0, 400)
COLDBROOK = council("coldbrook", 3, 200)
LITTLE_HAYE = council("little-haye", 6, 100)
GREAT_HAYE = council("great-haye", 9, 100)
MARL_GREEN = council("marl-green", 12, 50, can_lead=False)
COUNCILS = (WYCHBOURNE, COLDBROOK, LITTLE_HAYE, GREAT_HAYE, MARL_GREEN)

ROAD = (
    ("wychbourne", "coldbrook"),
    ("coldbrook", "little-haye"),
    ("little-haye", "great-haye"),
    ("great-haye", "marl-green"),
)

FIRM = Provider("firm", "A Firm", 453.0, 212.0, {"grass": (OWN,)})


def marlshire(*councils, services=(GRASS,), **rules):
    """Return the problem of all five, or of some; straight ways, 1 a kilometre, both ways."""
    usual = {"travel_limit_km": 7.0, "cost_per_km": 1.0, "road_factor": 1.0, "per_member": 10.0}
    return Problem(councils or COUNCILS, services, **usual | rules)


def saying(said, *, of=COUNCILS, service="grass"):
    """Return the councils, those named by key having said something of a service."""
    return tuple(_said(one, said.get(one.key), service) for one in of)


def _said(one, word, service):
    works = {**one.work, service: replace(one.work[service], willingness=word)} if word else {}
    return replace(one, work=works) if word else one
