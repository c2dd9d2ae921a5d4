"""Setting up a body that can sign: which forms there are, who registers them, and the steps.

Recalled from the Acts named and held against public comparisons of legal forms on 23 November
2026. The regulator named is asked before anybody relies on it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from waywarden.rules.registered import charity_number, company_number, society_number

CONFIRM = (
    "Recalled from the Acts named, and held against public comparisons of legal forms on "
    "23 November 2026. Ask the regulator before you rely on it."
)


@dataclass(frozen=True, slots=True)
class LegalForm:
    """A form a body may be set up in: who registers it, and what it means."""

    key: str
    name: str
    regulator: str
    means: str
    law: str
    #: What its governing document is, and who must be there before it is registered.
    rules: str
    people: str
    registered: str
    #: Which number it is given: of a company, a charity or a society.
    register: str


FORMS: Mapping[str, LegalForm] = MappingProxyType(
    {
        form.key: form
        for form in (
            LegalForm(
                "cic",
                "Community interest company (CIC)",
                "The Regulator of Community Interest Companies, and Companies House",
                "A company for a community, not for its owners: what it has is locked to that "
                "community. It may trade and employ people. It is no charity.",
                "Companies (Audit, Investigations and Community Enterprise) Act 2004, sections 26 "
                "to 36",
                "Articles with the asset lock (section 30), and a community interest statement "
                "(form CIC36)",
                "One director at the least",
                "Companies House registers it once the Regulator finds it eligible (section 36)",
                "company",
            ),
            LegalForm(
                "cio",
                "Charitable incorporated organisation (CIO)",
                "The Charity Commission",
                "A charity that can sign, hold property and employ people itself. All it does must "
                "be charitable, for the benefit of the public.",
                "Charities Act 2011, sections 1 to 4 and Part 11",
                "A constitution in the Commission’s form (section 206)",
                "Trustees: the Commission advises three at the least",
                "The Charity Commission registers it, and it begins that day (section 209)",
                "charity",
            ),
            LegalForm(
                "guarantee",
                "Company limited by guarantee",
                "Companies House",
                "A company without shares: its members promise a small sum, often £1, if it is "
                "wound up. It is a charity only where the Commission registers it as one.",
                "Companies Act 2006, sections 3(3), 7 to 11 and 18",
                "Articles of association (section 18)",
                "One director and one member at the least",
                "Companies House registers it (section 14)",
                "company",
            ),
            LegalForm(
                "benefit",
                "Community benefit society",
                "The Financial Conduct Authority",
                "A society run for the benefit of a community: each member has one vote, and "
                "people may put money in as shares.",
                "Co-operative and Community Benefit Societies Act 2014, sections 2 and 3",
                "Rules of the society (section 14)",
                "Three members at the least, and a committee",
                "The Financial Conduct Authority registers it (section 3)",
                "society",
            ),
        )
    }
)
READERS = MappingProxyType(
    {"company": company_number, "charity": charity_number, "society": society_number}
)
#: What a number of each register looks like.
SUCH = MappingProxyType(
    {
        "company": "a company number, such as 01234567",
        "charity": "a charity number, such as 1122334",
        "society": "a society’s register number, such as RS007123",
    }
)


@dataclass(frozen=True, slots=True)
class Step:
    """One step on the way: what is to be done, and what may be noted beside its day."""

    key: str
    name: str
    says: str
    noted: str = ""


#: The step at which the number is given that becomes the organisation's own.
REGISTERED = "registered"
STEP_KEYS = (
    *("name", "rules", "people", REGISTERED),
    *("account", "insurance", "safeguarding"),
)
#: What belongs to one form alone: with another form it is done anew.
OF_ONE_FORM = ("rules", "people")


def steps_of(form: LegalForm) -> list[Step]:
    """Return the steps to setting up a body of one form, in turn.

    >>> [step.key for step in steps_of(FORMS["cio"])][3:5]
    ['registered', 'account']
    """
    found = (
        Step(
            "name",
            "The name is chosen",
            f"Look in the register first whether another has it: {form.regulator}.",
            "The name",
        ),
        Step("rules", "The governing document is agreed", f"{form.rules}."),
        Step("people", "Those who answer for it are found", f"{form.people}.", "How many"),
        Step(REGISTERED, "It is registered", f"{form.registered}.", "Its number"),
        Step(
            "account",
            "It has a bank account in its own name",
            "Two people to sign. Never write the number of the account here.",
            "The bank",
        ),
        Step(
            "insurance",
            "It is insured",
            "Public liability, and employers’ liability as soon as it employs anybody "
            "(Employers’ Liability (Compulsory Insurance) Act 1969, section 1).",
            "The number of the policy",
        ),
        Step(
            "safeguarding",
            "It has a safeguarding policy",
            "Where children or adults at risk come near the work. Add it to your papers.",
        ),
    )
    return list(found)


def number_of(form: LegalForm, text: str) -> str:
    """Return a number as the register of a form writes it; blank for what can be none.

    >>> number_of(FORMS["cic"], "1234567"), number_of(FORMS["cio"], "x")
    ('01234567', '')
    """
    return READERS[form.register](text)
