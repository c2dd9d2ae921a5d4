"""What a rule about agreements and their money rests on, and how sure of it we are."""

from dataclasses import dataclass
from enum import StrEnum


class Sure(StrEnum):
    """How we come to know what a rule rests on."""

    READ = "read at its source"
    RECALLED = "recalled: to be confirmed by the monitoring officer"
    PRACTICE = "usual in agreements of this kind: each agreement says it for itself"
    OURS = "our own way of reckoning: each agreement says it for itself"


@dataclass(frozen=True, slots=True, kw_only=True)
class Basis:
    """One rule in a sentence, where it comes from, and how sure of that we are."""

    rule: str
    source: str
    sure: Sure
