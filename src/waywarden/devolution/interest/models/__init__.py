"""Expressions of interest: what is asked and answered, its budget, and the papers with it."""

from waywarden.devolution.interest.models.budgets import Budget, BudgetLine
from waywarden.devolution.interest.models.enclosures import Enclosure
from waywarden.devolution.interest.models.expressions import (
    LINK_LASTS,
    Assessment,
    Challenge,
    Expression,
    Link,
    Note,
)

__all__ = [
    "LINK_LASTS",
    "Assessment",
    "Budget",
    "BudgetLine",
    "Challenge",
    "Enclosure",
    "Expression",
    "Link",
    "Note",
]
