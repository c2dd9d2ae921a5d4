"""Many plans at once, each on one thread, in as many processes as there are processors."""

from collections.abc import Callable, Iterable, Iterator

from waywarden.planner.answers.plans import SHARED, Plan
from waywarden.planner.checking import is_whole
from waywarden.planner.councils import Infeasible
from waywarden.planner.efforts import Effort
from waywarden.planner.location import Location
from waywarden.planner.problems import Problem
from waywarden.planner.solving import plan, refuse_wishes
from waywarden.planner.telling import tell_nobody

#: Told how many plans are done, and of how many.
Progress = Callable[[int, int], None]


def sweep(
    problems: Iterable[Problem | Location],
    *,
    shape: str = SHARED,
    effort: str | Effort = "standard",
    seed: int = 0,
    jobs: int | None = None,
    progress: Progress = tell_nobody,
) -> list[Plan | str]:
    """Return a plan of each problem in their order, or the sentence why there is none.

    The plans are those that `plan` would make one by one. ``jobs`` is how many
    are made at a time, without it one for each processor. They are made in
    processes of this machine, or wherever joblib's ``parallel_config`` says in
    whose ``with`` this is called. A problem that has no plan does not stop the
    others. Raises ValueError for a shape, effort, seed or number of jobs there
    is not, and TypeError for what is no problem.
    """
    return list(
        swept(problems, shape=shape, effort=effort, seed=seed, jobs=jobs, progress=progress)
    )


def swept(
    problems: Iterable[Problem | Location],
    *,
    shape: str = SHARED,
    effort: str | Effort = "standard",
    seed: int = 0,
    jobs: int | None = None,
    progress: Progress = tell_nobody,
) -> Iterator[Plan | str]:
    """Give what `sweep` returns one by one, each as soon as it and all before it are done."""
    from joblib import Parallel, delayed

    if jobs is not None and (not is_whole(jobs) or jobs < 1):
        raise ValueError(f"The jobs are {jobs!r}. Give a whole number of at least 1.")
    refuse_wishes(shape, effort, seed)
    asked = list(problems)
    making = Parallel(n_jobs=jobs or -1, return_as="generator")
    plans = making(delayed(_planned)(problem, shape, effort, seed) for problem in asked)
    for done, found in enumerate(plans, 1):
        progress(done, len(asked))
        yield found


def _planned(
    problem: Problem | Location, shape: str, effort: str | Effort, seed: int
) -> Plan | str:
    try:
        return plan(problem, shape=shape, effort=effort, seed=seed, threads=1)
    except Infeasible as reason:
        return str(reason)
