"""The clauses of an agreement: every field of one stands there, filled in or as not agreed."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waywarden.rules.clauses import LONGEST, clauses, drafted, fields, not_agreed
from waywarden.rules.saying import Refused

#: What an agreement must say, by the heads under which councils ask for it.
ASKED_FOR = {
    "Parties": {
        *("giver", "parties", "lead", "members", "power", "giver_decision", "taker_decisions"),
    },
    "Scope": {
        *("services", "service_leads", "retained", "enforcement", "duties_kept", "decisions_kept"),
        *("area", "asset_schedule", "map_version", "list_or_map"),
        *("quantities", "quantity_source", "measuring_days"),
        *("frequency", "measure", "unit", "minimum_standard", "wanted_standard"),
        *("safety_rules", "specified_insurance"),
    },
    "Money": {
        *("payment_basis", "amount", "profile", "payee", "invoice_rule", "evidence"),
        *("days_to_pay", "indexation", "reference_month", "cap", "floor", "vat_treatment"),
        "clawback",
    },
    "Time": {"starts_on", "ends_on", "extension", "review", "break_clause", "notice"},
    "Risk": {
        *("public_liability", "employers_liability", "certificate", "certificate_ends_on"),
        *("indemnity_by_giver", "indemnity_by_taker", "risk_assessment", "method_statement"),
        *("competence_cards", "street_works_notice", "traffic_management", "subletting"),
    },
    "Performance": {
        *("monitoring", "inspection_sample", "rectification_days", "defect_months", "step_in"),
        *("complaints_answered_by", "complaints_days", "dispute_ladder"),
    },
    "People and things": {
        *("staff", "staff_transfer", "pensions", "equipment_owner", "data_protection"),
        "information_requests",
    },
    "End": {
        *("exit_assets", "exit_data", "exit_staff", "part_season", "decoupling", "novation"),
        "variation",
    },
}
answers = st.dictionaries(st.sampled_from(sorted(fields())), st.text(max_size=40))


def test_po7_every_field_of_an_agreement_stands_in_a_clause_of_its_part() -> None:
    found: dict[str, set[str]] = {}
    for clause in clauses():
        found.setdefault(clause.part, set()).update(field.key for field in clause.fields)

    assert found == ASKED_FOR
    assert list(found) == list(ASKED_FOR)


def test_no_field_and_no_clause_stands_there_twice() -> None:
    keys = [field.key for clause in clauses() for field in clause.fields]

    assert len(keys) == len(set(keys)) == len(fields())
    assert len({clause.key for clause in clauses()}) == len(clauses())


def test_po7_a_new_draft_says_of_every_field_that_it_is_not_agreed() -> None:
    found = drafted({})

    says = [row.says for paragraph in found for row in paragraph.rows]
    assert says == ["not agreed"] * len(fields())
    assert not any(paragraph.is_agreed for paragraph in found)
    assert [field.key for field in not_agreed({})] == list(fields())


@given(values=answers)
def test_po7_every_field_is_shown_as_given_or_as_not_agreed(values: dict[str, str]) -> None:
    found = drafted(values)

    shown = {row.field.key: row.says for paragraph in found for row in paragraph.rows}
    assert [paragraph.number for paragraph in found] == list(range(1, len(clauses()) + 1))
    open_keys = {field.key for field in not_agreed(values)}
    for key, says in shown.items():
        assert says == (values.get(key, "").strip() or "not agreed")
        assert (key in open_keys) is (not values.get(key, "").strip())


def test_what_looks_like_a_field_stays_as_it_was_typed() -> None:
    found = drafted({"amount": "{giver} pays %s & <b>£5</b>"})

    (row,) = [row for paragraph in found for row in paragraph.rows if row.field.key == "amount"]
    assert row.says == "{giver} pays %s & <b>£5</b>"


def test_a_clause_with_all_its_fields_is_agreed() -> None:
    found = drafted({"notice": "It ends with 6 months of notice."})

    assert [paragraph.clause.key for paragraph in found if paragraph.is_agreed] == ["notice"]


@pytest.mark.parametrize("clause", clauses(), ids=lambda clause: clause.key)
def test_a_clause_is_plain_and_says_how_sure_its_law_is(clause) -> None:
    assert clause.says.endswith(".")
    assert clause.fields
    assert not re.search(r"\b(shall|hereby|herein|notwithstanding)\b", clause.says)
    assert max(len(sentence.split()) for sentence in clause.says.split(". ")) <= 30
    assert bool(clause.law) is (clause.sure is not None)
    if clause.law:
        assert re.search(r"Act|Regulations", clause.law)
        assert clause.rests_on == f"{clause.law}: {clause.sure}"
    else:
        assert clause.rests_on == ""
    for field in clause.fields:
        assert field.asks.endswith("?")
        assert field.label


def test_a_field_nobody_knows_is_refused_by_name() -> None:
    with pytest.raises(Refused, match="no field called side_letter"):
        drafted({"side_letter": "yes"})


def test_an_answer_that_is_too_long_is_sent_to_a_schedule() -> None:
    assert drafted({"area": "x" * LONGEST})
    with pytest.raises(Refused, match="Which area does it cover"):
        drafted({"area": "x" * (LONGEST + 1)})
