"""How a change to a cluster is refused."""

from waywarden.fabric.common.refusals import Refusal


class CannotCluster(Refusal):
    """Something that cannot be done in a cluster as asked; the message says why."""
