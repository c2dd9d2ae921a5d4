"""Questions about the packs of a round in one file."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from waywarden.devolution.offers.models import PackBundle, Round
from waywarden.fabric.documents.models import StoredFile
from waywarden.fabric.work import jobs, workers

#: The function that puts packs into one file, as jobs name it.
MAKER = "waywarden.devolution.offers.bundling.make_packs"


@dataclass(frozen=True)
class Making:
    """A file of all packs that is asked for and not there, and what became of its job."""

    bundle: PackBundle
    job: jobs.Standing | None
    now: datetime

    @property
    def is_given_up(self) -> bool:
        """Whether nobody is making it any more, though it is not there."""
        return self.job is None or self.job.is_set_aside

    @property
    def why(self) -> str:
        """Why it could not be made, as far as that is known."""
        return self.job.reason if self.job else ""

    @property
    def has_worker(self) -> bool:
        """Whether any worker has been there lately."""
        seen = workers.last_seen()
        return seen is not None and seen >= self.now - workers.SILENCE


def making_of(of: Round, *, now: datetime) -> Making | None:
    """Return how far the packs of a round are; none where none are being made."""
    bundle = PackBundle.objects.filter(round=of, file__isnull=True).first()
    return standing_of(bundle, now=now) if bundle else None


def standing_of(bundle: PackBundle, *, now: datetime) -> Making:
    """Return what became of the job that makes a file."""
    return Making(bundle, jobs.standing(MAKER, bundle.pk), now)


def made_of(of: Round) -> StoredFile | None:
    """Return the file of all packs of a round that was made last, if there is one."""
    made = PackBundle.objects.filter(round=of, file__isnull=False).select_related("file")
    last = made.order_by("-pk").first()
    return last.file if last else None


def job_is_about(args: Sequence[Any]) -> str:
    """Say for whoever looks after the jobs which round's packs one is about."""
    bundle = PackBundle.objects.select_related("round__body").filter(pk=args[0]).first()
    return f"the packs of “{bundle.round}” ({bundle.round.body})" if bundle else ""
