"""Questions about the letters of a plan."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from waywarden.devolution.letters.models import LetterBundle
from waywarden.devolution.plans.models import PlanRun
from waywarden.fabric.work import jobs

#: The function that puts letters into one file, as jobs name it.
MAKER = "waywarden.devolution.letters.bundling.make_letters"


@dataclass(frozen=True)
class Making:
    """The file of all letters of a plan, and what has become of the job that makes it."""

    bundle: LetterBundle
    job: jobs.Standing | None

    @property
    def is_given_up(self) -> bool:
        """Whether nobody is making it any more, though it is not there."""
        return self.bundle.file_id is None and (self.job is None or self.job.is_set_aside)

    @property
    def why(self) -> str:
        """Why it could not be made, as far as that is known."""
        return self.job.reason if self.job else ""


def bundle_of(run: PlanRun) -> LetterBundle | None:
    """Return the file of all letters of a plan, made or asked for; none where nobody has."""
    return LetterBundle.objects.select_related("file").filter(run=run).first()


def making_of(run: PlanRun) -> Making | None:
    """Return how far the file of all letters is; none where nobody has asked for it."""
    bundle = bundle_of(run)
    return Making(bundle, jobs.standing(MAKER, bundle.pk)) if bundle else None


def job_is_about(args: Sequence[Any]) -> str:
    """Say for whoever looks after the jobs which plan's letters one is about."""
    bundle = LetterBundle.objects.select_related("run__county").filter(pk=args[0]).first()
    return f"the letters of {bundle.run}" if bundle else ""
