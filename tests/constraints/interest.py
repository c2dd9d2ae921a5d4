"""Rules about expressions of interest, their challenge, links, notes and findings."""

from datetime import date
from typing import Any

from tests.cast import Cast
from tests.constraints.breaking import APRIL, NOON, Break, Whole, once, twice
from waywarden.devolution.interest.models import (
    Assessment,
    Award,
    Budget,
    BudgetLine,
    Challenge,
    Enclosure,
    Expression,
    Fund,
    Hosting,
    Link,
    Note,
    SetUpStep,
)
from waywarden.fabric.documents.models import StoredFile

DECIDED = {"status": "decided", "outcome": "agreed", "reasons": "Good", "decided_at": NOON}


def expression(cast: Cast, **facts: Any) -> dict[str, Any]:
    """Give the facts of an expression that was sent."""
    said = {"asked_of": cast.county_council, "kind": "group", "who": "Friends", "begun_at": NOON}
    return said | {"status": "sent", "sent_at": NOON} | facts


def _held(cast: Cast) -> Expression:
    return Expression.objects.first() or Expression.objects.create(**expression(cast))


def challenge(cast: Cast, **facts: Any) -> dict[str, Any]:
    """Give the facts of a challenge."""
    said = {"outcomes": "Good", "finances": "Two mowers", "capability": "Trained"}
    of = {"expression": _held(cast), "relevant_body": "voluntary", "period": "none"}
    return of | said | {"is_whole": True} | facts


def link(cast: Cast, **facts: Any) -> dict[str, Any]:
    """Give the facts of a link."""
    return {"expression": _held(cast), "token_hash": "h", "made_at": NOON} | facts


def hosting(cast: Cast, **facts: Any) -> dict[str, Any]:
    """Give the facts of a host that was told."""
    told = {"address": "green@example.org", "token_hash": "h", "named_at": NOON}
    return {"expression": _held(cast), "name": "Green CIC"} | told | facts


def _hosting_another(cast: Cast) -> dict[str, Any]:
    """Give the facts of the host of an expression of its own, under the same link."""
    return hosting(cast, expression=Expression.objects.create(**expression(cast)))


def set_up_step(cast: Cast, **facts: Any) -> dict[str, Any]:
    """Give the facts of a step to a body of their own."""
    return {"expression": _held(cast), "step": "rules", "done_on": APRIL} | facts


def note(cast: Cast, **facts: Any) -> dict[str, Any]:
    """Give the facts of a note."""
    said = {"kind": "said", "on": APRIL, "says": "They are keen"}
    return {"expression": _held(cast), "noted_by": "Ada", "noted_at": NOON} | said | facts


def assessment(cast: Cast, **facts: Any) -> dict[str, Any]:
    """Give the facts of a finding."""
    said = {"criterion": "It is safe", "order": 0, "finding": "met", "says": "Trained"}
    return {"expression": _held(cast)} | said | facts


def budget(cast: Cast, **facts: Any) -> dict[str, Any]:
    """Give the facts of a budget."""
    return {"expression": _held(cast), "reclaims": "part", "percent": 40} | facts


def budget_line(cast: Cast, **facts: Any) -> dict[str, Any]:
    """Give the facts of a line of a budget."""
    of = Budget.objects.first() or Budget.objects.create(**budget(cast))
    said = {"side": "cost", "what": "Fuel", "amount_pence": 1, "vat": "within"}
    return {"budget": of, "order": 1} | said | facts


def enclosure(cast: Cast, **facts: Any) -> dict[str, Any]:
    """Give the facts of a paper that comes with an expression."""
    said = {"kept_for_kind": "expression", "kept_for_key": "expression-1", "by_key": "ada"}
    kept = {"sha256": "a" * 64, "size": 1, "media_type": "text/plain", "name": "Rules.txt"}
    file = StoredFile.objects.first() or StoredFile.objects.create(**kept, **said)
    return {"expression": _held(cast), "file": file, "kind": "other"} | facts


def fund(cast: Cast, **facts: Any) -> dict[str, Any]:
    """Give the facts of a fund."""
    said = {"name": "Pot", "given_by": "The county", "reach": "local", "pays_for": "both"}
    known = {"kinds": ["group"], "source": "Made up", "checked_on": APRIL}
    return {"kept_by": cast.county_council} | said | known | facts


def award(cast: Cast, **facts: Any) -> dict[str, Any]:
    """Give the facts of an award."""
    of = Fund.objects.first() or Fund.objects.create(**fund(cast))
    given = {"fund": of, "expression": _held(cast), "amount_pence": 1, "awarded_on": APRIL}
    return given | facts


BROKEN: dict[str, Break] = {
    "an_expression_says_who_asks": once(Expression, lambda c: expression(c, who="")),
    "an_expression_is_of_a_known_kind_and_stage": once(
        Expression, lambda c: expression(c, kind="crowd")
    ),
    "an_expression_was_sent_before_it_is_looked_at": once(
        Expression, lambda c: expression(c, sent_at=None)
    ),
    "what_is_decided_has_reasons_and_a_moment": once(
        Expression, lambda c: expression(c, **DECIDED | {"reasons": ""})
    ),
    "an_expression_decided_has_an_outcome": once(
        Expression, lambda c: expression(c, status="decided")
    ),
    "what_is_deferred_is_deferred_until_a_day": once(
        Expression, lambda c: expression(c, **DECIDED | {"deferred_until": date(2027, 4, 1)})
    ),
    "a_ground_is_one_of_refusing_a_challenge": once(
        Expression, lambda c: expression(c, **DECIDED | {"ground": "vexatious"})
    ),
    "a_host_has_a_kind_and_a_name": once(Expression, lambda c: expression(c, host="Somebody")),
    "only_a_host_that_is_named_is_reached": once(
        Expression, lambda c: expression(c, host_email="green@example.org")
    ),
    "a_legal_form_is_one_of_the_law": once(Expression, lambda c: expression(c, legal_form="guild")),
    "Hosting.expression": twice(Hosting, lambda c: hosting(c, token_hash="")),
    "a_link_to_a_host_opens_one_expression": twice(Hosting, _hosting_another),
    "a_host_that_answers_does_so_at_a_moment": once(Hosting, lambda c: hosting(c, answer="agreed")),
    "a_host_with_a_link_was_told_at_an_address": once(Hosting, lambda c: hosting(c, address="")),
    "a_host_that_is_put_off_has_no_link_yet": once(Hosting, lambda c: hosting(c, is_put_off=True)),
    "a_step_is_done_once": twice(SetUpStep, set_up_step),
    "a_step_is_one_of_setting_up": once(SetUpStep, lambda c: set_up_step(c, step="party")),
    "what_is_registered_has_its_number": once(
        SetUpStep, lambda c: set_up_step(c, step="registered")
    ),
    "who_was_erased_is_named_no_more": once(
        Expression, lambda c: expression(c, **DECIDED | {"erased_on": APRIL, "what": "To mow"})
    ),
    "a_challenge_is_by_a_relevant_body": once(
        Challenge, lambda c: challenge(c, relevant_body="crowd")
    ),
    "a_challenge_says_what_the_act_asks": once(Challenge, lambda c: challenge(c, finances="")),
    "a_note_is_of_a_known_kind_and_says_something": once(Note, lambda c: note(c, says="")),
    "what_we_did_is_told_to_who_said_it": once(Note, lambda c: note(c, kind="done")),
    "Link.token_hash": twice(Link, link),
    "Challenge.expression": twice(Challenge, challenge),
    "a_criterion_is_judged_once": twice(Assessment, assessment),
    "Budget.expression": twice(Budget, budget),
    "a_budget_says_how_much_vat_is_reclaimed": once(Budget, lambda c: budget(c, percent=None)),
    "lines_of_a_budget_are_in_turn": twice(BudgetLine, budget_line),
    "a_line_of_a_budget_says_what_and_how_much": once(
        BudgetLine, lambda c: budget_line(c, amount_pence=0)
    ),
    "a_line_of_a_budget_is_of_a_known_kind": once(
        BudgetLine, lambda c: budget_line(c, side="income")
    ),
    "Enclosure.file": twice(Enclosure, enclosure),
    "an_enclosure_is_known_and_insurance_has_its_last_day": once(
        Enclosure, lambda c: enclosure(c, kind="insurance")
    ),
    "a_fund_has_a_name_a_giver_and_a_source": once(Fund, lambda c: fund(c, source="")),
    "a_fund_is_of_a_known_kind": once(Fund, lambda c: fund(c, reach="far")),
    "a_fund_closes_after_it_opens": once(
        Fund, lambda c: fund(c, opens_on=APRIL, closes_on=date(2001, 1, 1))
    ),
    "an_award_is_more_than_nothing": once(Award, lambda c: award(c, amount_pence=0)),
    "an_award_is_taken_back_after_it_was_made": once(
        Award, lambda c: award(c, taken_back_on=date(2001, 1, 1))
    ),
    "a_finding_is_known_and_has_words": once(Assessment, lambda c: assessment(c, finding="well")),
}
WHOLE: list[Whole] = [
    (Expression, expression),
    (Expression, lambda c: expression(c, **DECIDED)),
    (Challenge, challenge),
    (Link, link),
    (Note, note),
    (Hosting, hosting),
    (SetUpStep, set_up_step),
    (Assessment, assessment),
    (Budget, budget),
    (BudgetLine, budget_line),
    (Enclosure, enclosure),
    (Fund, fund),
    (Award, award),
]
