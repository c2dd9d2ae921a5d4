"""What stands in the way, in words an operator can act on: shown on the page and enforced."""

from django.utils.module_loading import import_string

from waywarden.fabric.work.jobs import SetAside

GONE = "That job is not set aside any more: it was tried again or dropped. Nothing was changed."


def obstacles_to_trying_again(job: SetAside | None) -> list[str]:
    """List what keeps a job from being tried again."""
    if job is None:
        return [GONE]
    if not _is_known(job.path):
        return ["This version of the site no longer does such jobs. Drop it."]
    return []


def obstacles_to_dropping(job: SetAside | None) -> list[str]:
    """List what keeps a job from being dropped."""
    return [] if job else [GONE]


def _is_known(path: str) -> bool:
    try:
        import_string(path)
    except ImportError:
        return False
    return True
