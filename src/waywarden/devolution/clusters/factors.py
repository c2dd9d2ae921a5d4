"""By what a council that would go alone is judged: five factors, three steps each. No total.

Everybody can read the words of each step before anybody is judged by them.
"""

from dataclasses import dataclass

NOT_YET, PARTLY, SHOWN = "not-yet", "partly", "shown"
#: The steps, from the lowest; the highest needs evidence.
STEPS = {NOT_YET: "Not yet", PARTLY: "In part", SHOWN: "Shown"}


@dataclass(frozen=True)
class Factor:
    """One thing that is looked at: the question, and what each step means."""

    key: str
    name: str
    asks: str
    not_yet: str
    partly: str
    shown: str

    @property
    def steps(self) -> list[tuple[str, str, str]]:
        """Each step with its name and its meaning, from the lowest."""
        meant = (self.not_yet, self.partly, self.shown)
        return [(key, name, says) for (key, name), says in zip(STEPS.items(), meant, strict=True)]

    def meaning(self, step: str) -> str:
        """What a step means for this factor."""
        return {key: says for key, _, says in self.steps}[step]


FACTORS = (
    Factor(
        "capacity",
        "Capacity",
        "Who does the work, with what, and can they do all of it in the months it is needed?",
        "Nobody is named who would do the work.",
        "People, a contractor or machines are named, but not for all services or all months.",
        "It is shown who does all of the work in every month, and with what.",
    ),
    Factor(
        "insurance",
        "Insurance",
        "Is the work insured: public liability, employers’ liability, machines?",
        "Nobody has asked an insurer.",
        "An insurer has quoted, or the cover held leaves a part of the work out.",
        "A policy or an insurer’s written offer covers all of the work.",
    ),
    Factor(
        "money-gap",
        "Money gap",
        "Is what the services cost beyond the county’s payment found every year?",
        "The gap is not worked out, or nobody knows how to close it.",
        "The gap is worked out and closed for one year, or by money not yet decided on.",
        "The council has decided how the gap is closed for as long as it would run the services.",
    ),
    Factor(
        "clerk-hours",
        "Clerk hours",
        "Who has the hours to order, check and pay for the work, and to answer residents?",
        "Nobody has the hours.",
        "The hours are counted, but not yet paid for or agreed.",
        "The council has agreed the hours, and somebody works them.",
    ),
    Factor(
        "continuity",
        "Continuity",
        "What happens if the clerk, the contractor or a volunteer leaves?",
        "All of it hangs on one person or one contractor.",
        "Somebody would stand in for a time, but nothing is written down.",
        "It is written down who stands in, and how the services are handed back in good order.",
    ),
)
FACTORS_BY_KEY = {factor.key: factor for factor in FACTORS}
