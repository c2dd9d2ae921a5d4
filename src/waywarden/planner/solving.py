"""The front door: choose the method for the shape asked, run it, and write down the plan."""

from functools import partial
from threading import Event

from waywarden.planner.answers import describing
from waywarden.planner.answers.plans import PER_SERVICE, SHARED, Plan
from waywarden.planner.arrays import Ints
from waywarden.planner.beginning import Start, labels_from, places_of, sites_of
from waywarden.planner.checking import is_whole
from waywarden.planner.clusters.bounds.contracting import ServiceLocation
from waywarden.planner.clusters.bounds.offering import first_multipliers
from waywarden.planner.clusters.bounds.relaxing import location_of, shared_bound
from waywarden.planner.clusters.proof.proving import FEW, MET, Proof, may_be_priced, prove
from waywarden.planner.clusters.searching.annealing import best_grouping
from waywarden.planner.clusters.searching.gathering import Pool, clusters_in, pool_for
from waywarden.planner.councils import Infeasible
from waywarden.planner.efforts import BY_ITSELF, EFFORTS, Effort, for_realm, for_service, for_size
from waywarden.planner.location import Location
from waywarden.planner.obstacles.feasibility import refuse_hopeless
from waywarden.planner.problems import Problem
from waywarden.planner.runs import Progress, Run
from waywarden.planner.sharing import Sharing, sharing_of
from waywarden.planner.sites.locating import Located, best_location
from waywarden.planner.sites.proof.bounding import bound_of
from waywarden.planner.telling import tell_nobody

SHAPES = (SHARED, PER_SERVICE)

#: The part of the whole that the search is, where a proof comes after it.
SEARCHED = 0.5


def plan(
    problem: Problem | Location,
    *,
    shape: str = SHARED,
    effort: str | Effort = "standard",
    seed: int = 0,
    threads: int = 2,
    start: Start | None = None,
    stop: Event | None = None,
    progress: Progress = tell_nobody,
) -> Plan:
    """Return the best plan found within the effort, with a proven bound on every plan.

    The same problem, shape, effort, seed and start give the same plan, on any
    number of threads. ``start`` is a plan to begin from or, for shared clusters,
    groups of council keys: where it keeps every rule, the plan is never dearer.
    When ``stop`` is set the best so far is returned. A `Location` is always
    planned as the one service it is. Raises `Infeasible` where no
    plan can exist, ValueError for a shape, effort, seed or number of threads
    there is not, and TypeError for what is no problem.
    """
    run = Run(_effort(effort), _seed(seed), _threads(threads), progress, stop, start)
    if isinstance(problem, Location):
        begun = None if start is None else places_of(problem, start)
        found = _located(problem, run, run.report, begun)
        return describing.of_location(problem, found, seed=seed)
    if not isinstance(problem, Problem):
        raise TypeError(f"A {type(problem).__name__} is no problem. Give a Problem or a Location.")
    _refuse_shape(shape)
    sharing = sharing_of(problem)
    refuse_hopeless(problem, sharing, is_shared=shape == SHARED)
    planned = _shared if shape == SHARED else _per_service
    return planned(problem, sharing, run)


def refuse_wishes(shape: str, effort: str | Effort, seed: int) -> None:
    """Raise ValueError for a shape, effort or seed there is not."""
    _refuse_shape(shape)
    _effort(effort)
    _seed(seed)


def _refuse_shape(asked: str) -> None:
    if asked not in SHAPES:
        raise ValueError(f"There is no shape {asked!r}. Choose one of {', '.join(SHAPES)}.")


def _effort(asked: str | Effort) -> Effort:
    if isinstance(asked, Effort):
        return asked
    if not isinstance(asked, str) or asked not in EFFORTS:
        raise ValueError(f"There is no effort {asked!r}. Choose one of {', '.join(EFFORTS)}.")
    return EFFORTS[asked]


def _seed(asked: int) -> int:
    if not is_whole(asked) or asked < 0:
        raise ValueError(f"The seed is {asked!r}. Give a whole number of at least 0.")
    return int(asked)


def _threads(asked: int) -> int:
    if not is_whole(asked) or asked < 1:
        raise ValueError(f"The threads are {asked!r}. Give a whole number of at least 1.")
    return int(asked)


def _shared(problem: Problem, sharing: Sharing, run: Run) -> Plan:
    """Search for shared clusters on one thread while the other proves the bound."""
    is_provable = run.effort.proof_rounds > 0 and may_be_priced(sharing)
    pool = pool_for(sharing, MET if is_provable else 0)
    search = partial(
        best_grouping,
        sharing,
        moves=for_size(run.effort.shared_moves, len(sharing.takes_part)),
        rng_seed=run.seed,
        start=None if run.start is None else labels_from(problem, run.start),
        progress=partial(run.searched, SEARCHED if is_provable else 1.0),
        stop=run.stop,
        names=[lead.name for lead in problem.leads],
        services=[service.name for service in problem.services],
        pool=pool,
    )

    def bound() -> float:
        found = shared_bound(
            sharing,
            relaxed_rounds=run.effort.relaxed_rounds,
            exact_rounds=run.effort.exact_rounds,
            bound_of=bound_of,
        )
        run.proven["bound"] = found.value
        return found.value

    labels, least = run.both(search, bound)
    bound_is = describing.SUM_OF_SERVICES
    if is_provable and not run.is_stopped:
        proof = _proof(sharing, labels, pool, run)
        labels = proof.labels
        if proof.bound > least:
            least, bound_is = proof.bound, describing.OVER_ALL_CLUSTERS
    return describing.of_grouping(problem, sharing, labels, least, bound_is, seed=run.seed)


def _proof(sharing: Sharing, labels: Ints, pool: Pool, run: Run) -> Proof:
    """Raise the bound over all clusters that could be formed."""
    first = first_multipliers(sharing, rounds=run.effort.relaxed_rounds, bound_of=bound_of)
    return prove(
        sharing,
        labels,
        rounds=run.effort.proof_rounds,
        nodes=run.effort.proof_nodes,
        list_up_to=FEW,
        threads=run.threads,
        start=first,
        met=clusters_in(pool),
        progress=partial(run.proved, 1 - SEARCHED),
        stop=run.stop,
    )


def _per_service(problem: Problem, sharing: Sharing, run: Run) -> Plan:
    """Plan each service by itself."""
    places = [location_of(sharing, service, 1.0) for service in range(len(problem.services))]
    jobs = [
        partial(_one_of_several, problem, service, place, run, run.part(service, len(places)))
        for service, place in enumerate(places)
    ]
    return describing.of_services(problem, places, run.together(jobs), seed=run.seed)


def _one_of_several(
    problem: Problem, service: int, place: ServiceLocation, run: Run, progress: Progress
) -> Located:
    begun = None if run.start is None else sites_of(problem, service, place, run.start)
    try:
        found = _located(place.location, run, progress, begun)
    except Infeasible as reason:
        key = problem.services[service].key
        raise Infeasible(
            f"Service {key}, counting only councils that take part in it: {reason}"
        ) from reason
    progress("search", 1.0, found.cost, found.bound)
    return found


def _located(location: Location, run: Run, progress: Progress, start: Ints | None) -> Located:
    councils = len(location.demands)
    return best_location(
        location,
        moves=for_service(run.effort.service_moves, councils),
        relaxed_rounds=run.effort.relaxed_rounds,
        exact_rounds=for_realm(BY_ITSELF * run.effort.exact_rounds, councils),
        nodes=run.effort.nodes,
        rng_seed=run.seed,
        start=start,
        progress=progress,
        stop=run.stop,
    )
