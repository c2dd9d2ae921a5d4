"""What stands in the way of taking a table in, in words; shown on the page and enforced."""

from waywarden.fabric.common.refusals import Refusal
from waywarden.fabric.imports.kinds import Reading

GOOD_ROWS, NONE_OF_IT = "good", "none"


class UnknownDecision(Refusal):
    """A decision that the page does not offer."""


def decision_made(said: str) -> str:
    """Return which of the two decisions was made; refuse what is neither."""
    if said not in (GOOD_ROWS, NONE_OF_IT):
        raise UnknownDecision(
            "We could not read what you decided. Nothing was changed. Press one of the buttons "
            "below."
        )
    return said


def obstacles_to_taking_in(reading: Reading) -> list[str]:
    """Say why nothing of a table can be taken in."""
    if reading.to_take:
        return []
    if reading.good:
        return ["Every row that can be read is held here already. Nothing would change."]
    return [
        "No row of this table can be taken in. Put right what is said below, and send it again."
    ]


def obstacles_to_going_unexplained(reading: Reading, reason: str) -> list[str]:
    """Say that a reason is wanted, where a table would change another council's records."""
    if not reading.asks_why or reason.strip():
        return []
    return ["Say why you change another council’s records"]
