"""Long jobs: run one after another, tried again when they fail, set aside after five tries.

The jobs themselves are functions marked with `@task` of django-tasks, which
keeps each as a row in the database, staged in the transaction that asks for it.
Each must be safe to do twice: a worker may be killed just after it was done.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import QuerySet
from django.utils.module_loading import import_string
from django_tasks.base import TaskResultStatus
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from waywarden.fabric.common.refusals import Refusal
from waywarden.fabric.common.subjects import Subject
from waywarden.fabric.notices.masking import without_addresses
from waywarden.fabric.notices.times import MOST_TRIES, wait_after
from waywarden.fabric.work import workers

BACKEND = "default"
KEPT = timedelta(days=30)
ENDED_EVERY_TIME = "Each worker that took it up ended before it was done."
Status = TaskResultStatus


@dataclass(frozen=True)
class SetAside:
    """A job tried too often, as the operator sees it."""

    pk: str
    name: str
    #: Where its function is, as `@task` keeps it.
    path: str
    asked_at: datetime
    reason: str
    #: Whether the reason is a sentence that says what to mend.
    is_plain: bool
    tries: int
    failed_at: datetime | None
    #: What it was to do something about, in words; blank where that is not known.
    about: str = ""

    @property
    def shown_as(self) -> str:
        """What it was to do, in words: the name of its function."""
        return self.name.replace("_", " ").capitalize()

    @property
    def subject(self) -> Subject:
        """The job as the journal names it."""
        return Subject("job", f"job-{self.pk}")


@dataclass(frozen=True)
class Standing:
    """How a job stands, for whoever asked for it."""

    pk: str
    is_set_aside: bool
    #: Why its last try failed; blank where none has.
    reason: str


def run(*, worker: str, is_over: Callable[[], bool]) -> int:
    """Run the jobs that are ready, one after another; return how many were run."""
    count = 0
    while not is_over() and DBTaskResult.objects.ready().filter(backend_name=BACKEND).exists():
        _run_one(worker)
        count += 1
    return count


def _run_one(worker: str) -> None:
    Worker(
        queue_names=["*"],
        interval=0,
        batch=True,
        backend_name=BACKEND,
        startup_delay=False,
        max_tasks=1,
        worker_id=worker,
        excluded_queue_names=[],
    ).run()


def try_again(*, now: datetime) -> int:
    """Make jobs that failed ready for their next try; return how many."""
    failed = [job for job in DBTaskResult.objects.failed() if _tries(job) < MOST_TRIES]
    return sum(_make_ready(job, now + wait_after(_tries(job))) for job in failed)


def take_back(*, now: datetime) -> int:
    """Take back the jobs of workers that are gone; return how many."""
    left = [
        job
        for job in DBTaskResult.objects.running()
        if job.worker_ids and workers.is_gone(job.worker_ids[-1], now)
    ]
    return sum(
        _set_aside(job, now) if _tries(job) >= MOST_TRIES else _make_ready(job, now) for job in left
    )


def set_aside() -> list[SetAside]:
    """List the jobs that were tried too often, the newest first."""
    return [_told(job) for job in _tried_too_often().order_by("-enqueued_at")]


def count_set_aside() -> int:
    """Count the jobs that were tried too often, without reading why."""
    return _tried_too_often().count()


def _tried_too_often() -> QuerySet[DBTaskResult]:
    """Keep the failed jobs of which as many workers as there may be tries took hold."""
    return DBTaskResult.objects.failed().filter(**{f"worker_ids__{MOST_TRIES - 1}__isnull": False})


def _told(job: DBTaskResult) -> SetAside:
    return SetAside(
        pk=str(job.pk),
        name=job.task_name,
        path=job.task_path,
        asked_at=job.enqueued_at,
        reason=_reason(job),
        is_plain=_is_plain(job),
        tries=_tries(job),
        failed_at=job.finished_at,
        about=_about(job),
    )


def _about(job: DBTaskResult) -> str:
    told = settings.JOBS_ARE_ABOUT.get(job.task_path)
    return str(import_string(told)(job.args_kwargs["args"])) if told else ""


def standing(path: str, *given: object) -> Standing | None:
    """Return how the newest job of a function stands that was given this, if there is one."""
    of_function = DBTaskResult.objects.filter(task_path=path).order_by("-enqueued_at")
    job = next((job for job in of_function if job.args_kwargs["args"] == list(given)), None)
    if job is None:
        return None
    is_set_aside = job.status == Status.FAILED and _tries(job) >= MOST_TRIES
    return Standing(str(job.pk), is_set_aside, _reason(job))


def aside(pk: str) -> SetAside | None:
    """Return a job that is set aside; nothing where it is not, or not any more."""
    found = _tried_too_often().filter(pk=pk).first()
    return _told(found) if found else None


def put_back(pk: str, *, now: datetime) -> bool:
    """Try a job anew that was set aside; say whether it still was."""
    job = DBTaskResult.objects.failed().filter(pk=pk).first()
    return bool(job and _make_ready(job, now, worker_ids=[]))


def throw_away(pk: str) -> bool:
    """Forget a job that was set aside; say whether it still was."""
    job = DBTaskResult.objects.failed().filter(pk=pk).first()
    return bool(job and _as_it_was(job).delete()[0])


def clear_old(*, today: object, now: datetime) -> int:
    """Forget jobs that were done a month ago."""
    done = DBTaskResult.objects.successful().filter(finished_at__lt=now - KEPT)
    return done.delete()[0]


def _tries(job: DBTaskResult) -> int:
    return len(job.worker_ids)


def _reason(job: DBTaskResult) -> str:
    said = str(job.traceback or "").strip().rpartition("\n")[2]
    if _is_plain(job):
        said = said.removeprefix(f"{job.exception_class_path}: ")
    return without_addresses(said)[:300]


def _is_plain(job: DBTaskResult) -> bool:
    """Whether a job failed with a sentence for people, that says what to mend."""
    try:
        return issubclass(import_string(job.exception_class_path or ""), Refusal)
    except ImportError:
        return False


def _make_ready(job: DBTaskResult, after: datetime, **more: object) -> int:
    ready = {"status": Status.READY, "run_after": after, "finished_at": None}
    return _as_it_was(job).update(**ready, **more)


def _set_aside(job: DBTaskResult, now: datetime) -> int:
    failed = {"status": Status.FAILED, "finished_at": now, "traceback": ENDED_EVERY_TIME}
    return _as_it_was(job).update(**failed)


def _as_it_was(job: DBTaskResult) -> QuerySet[DBTaskResult]:
    """Keep the job's row only while nobody has moved it: of two workers one alone may."""
    return DBTaskResult.objects.filter(
        pk=job.pk, status=job.status, started_at=job.started_at, finished_at=job.finished_at
    )
