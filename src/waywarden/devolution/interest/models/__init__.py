"""Expressions of interest: what is asked and answered, its budget, papers, host, and the funds."""

from waywarden.devolution.interest.models.budgets import Budget, BudgetLine
from waywarden.devolution.interest.models.enclosures import Enclosure
from waywarden.devolution.interest.models.expressions import (
    ERASED,
    LINK_LASTS,
    Assessment,
    Challenge,
    Expression,
    Link,
    Note,
)
from waywarden.devolution.interest.models.funds import Award, Fund
from waywarden.devolution.interest.models.hosting import Hosting
from waywarden.devolution.interest.models.setting_up import NUMBERS, SetUpStep

__all__ = [
    "ERASED",
    "LINK_LASTS",
    "NUMBERS",
    "Assessment",
    "Award",
    "Budget",
    "BudgetLine",
    "Challenge",
    "Enclosure",
    "Expression",
    "Fund",
    "Hosting",
    "Link",
    "Note",
    "SetUpStep",
]
