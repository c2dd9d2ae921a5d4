"""Rules about clusters, who is in them and leads them, and what they agree on."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from tests.cast import Cast
from tests.clusters.led import asked
from tests.constraints.breaking import APRIL, NOON, Break, Whole, once, twice
from waywarden.county.decisions.models import Decision
from waywarden.devolution.clusters.models import (
    Agreement,
    Answer,
    Cluster,
    ClusterConfirmation,
    Consent,
    Default,
    Finding,
    GoingAlone,
    Handover,
    Link,
    Meeting,
    Membership,
    Owed,
    Portion,
    Resource,
    Role,
    Scope,
    Settlement,
    Share,
    Stated,
    Terms,
)


def cluster(cast: Cast, **facts: Any) -> dict[str, Any]:
    """Give the facts of a cluster that is proposed."""
    given = {"key": "the-brook", "name": "The Brook", "starts_on": APRIL}
    return given | {"proposed_by": cast.county_council} | facts


def _cluster(cast: Cast) -> Cluster:
    return Cluster.objects.first() or Cluster.objects.create(**cluster(cast))


def stated(cast: Cast, **facts: Any) -> dict[str, Any]:
    """Give the facts of what a firm said of the jobs there would be."""
    of = {"scope": Scope.objects.first() or Scope.objects.create(**scope(cast))}
    said = {"model": "contractor", "aspect": "jobs", "says": "Two", "said_by": "Brook Mowing"}
    return of | said | {"said_on": APRIL} | facts


def scope(cast: Cast, **facts: Any) -> dict[str, Any]:
    """Give the facts of a service in scope."""
    return {"cluster": _cluster(cast), "service": cast.service("DPS01")} | facts


def membership(cast: Cast, **facts: Any) -> dict[str, Any]:
    """Give the facts of a council that was invited."""
    asked = {"cluster": _cluster(cast), "body": cast.coldbrook_council}
    return asked | {"invited_at": NOON} | facts


def _member(cast: Cast) -> Membership:
    return Membership.objects.first() or Membership.objects.create(**membership(cast))


def role(cast: Cast, **facts: Any) -> dict[str, Any]:
    """Give the facts of a role that nobody holds."""
    return {"cluster": _cluster(cast), "service": cast.service("DPS01")} | facts


def terms(cast: Cast, **facts: Any) -> dict[str, Any]:
    """Give the facts of a version of the terms."""
    season = {"season_starts_on": APRIL, "season_ends_on": date(2027, 3, 31)}
    money = {"rule": "equal", "whole_pence": 100, "counted_pence": 100, "whole_source": "A quote"}
    term = {"notice_days": 90, "on_default": "shares", "years": 3, "extension_years": 0}
    made = {"made_at": NOON, "made_by": "Ada", "hash": "0", "services": "Grass", "quorum": 1}
    return {"cluster": _cluster(cast), "number": 1} | season | money | term | made | facts


def _terms(cast: Cast) -> Terms:
    return Terms.objects.first() or Terms.objects.create(**terms(cast))


def share(cast: Cast, **facts: Any) -> dict[str, Any]:
    """Give the facts of a member's share."""
    paid = {"pence": 100, "alone_pence": 200, "alone_source": "A quote"}
    return {"terms": _terms(cast), "membership": _member(cast)} | paid | facts


def agreement(cast: Cast, **facts: Any) -> dict[str, Any]:
    """Give the facts of a member's agreement."""
    of = {"terms": _terms(cast), "membership": _member(cast), "decision": _decision(cast)}
    return of | {"hash": "0", "agreed_at": NOON} | facts


def _decision(cast: Cast) -> Decision:
    told = {"outcome": "agreed", "reference": "12", "stated_on": APRIL, "received_at": NOON}
    given = {"body": cast.coldbrook_council, "kind": "minute", "title": "To join"}
    return Decision.objects.get_or_create(**given, **told)[0]


def joined(cast: Cast, **facts: Any) -> dict[str, Any]:
    """Give the facts of a council that has joined."""
    answered = {"answer": "agreed", "answered_at": NOON, "starts_on": APRIL}
    return membership(cast) | answered | {"decision": _decision(cast)} | facts


def settlement(cast: Cast, **facts: Any) -> dict[str, Any]:
    """Give the facts of a settlement in which nobody pays anything."""
    made = {"made_at": NOON, "made_by": "Ada", "hash": "0", "says": "It is over"}
    money = {"paid_out_pence": 0, "paid_in_pence": 0}
    return {"cluster": _cluster(cast), "number": 1, "last_on": APRIL} | made | money | facts


def _settlement(cast: Cast) -> Settlement:
    return Settlement.objects.first() or Settlement.objects.create(**settlement(cast))


def portion(cast: Cast, **facts: Any) -> dict[str, Any]:
    """Give the facts of what is a member's when a cluster is dissolved."""
    of = {"settlement": _settlement(cast), "membership": _member(cast)}
    return of | {"balance_pence": 0} | facts


def consent(cast: Cast, **facts: Any) -> dict[str, Any]:
    """Give the facts of a member's agreement to a settlement."""
    of = {"settlement": _settlement(cast), "membership": _member(cast)}
    return of | {"decision": _decision(cast), "hash": "0", "agreed_at": NOON} | facts


def meeting(cast: Cast, **facts: Any) -> dict[str, Any]:
    """Give the facts of a vote that was carried."""
    votes = {"present": 3, "votes_for": 2, "votes_against": 1, "quorum": 3, "is_carried": True}
    said = {"question": "To buy a mower", "held_on": APRIL, "terms_number": 1, "cast": {}}
    noted = {"recorded_at": NOON, "recorded_by": "Ada"}
    return {"cluster": _cluster(cast)} | votes | said | noted | facts


def resource(cast: Cast, **facts: Any) -> dict[str, Any]:
    """Give the facts of something that is lent."""
    said = {"name": "A mower", "way": "lend", "on_terms": "Bring it back clean"}
    of = {"cluster": _cluster(cast), "membership": _member(cast)}
    return of | said | {"offered_at": NOON} | facts


def handover(cast: Cast, **facts: Any) -> dict[str, Any]:
    """Give the facts of a thing that a member has afterwards."""
    lent = Resource.objects.first() or Resource.objects.create(**resource(cast))
    of = {"settlement": _settlement(cast), "membership": _member(cast)}
    return of | {"resource": lent} | facts


def open_work(cast: Cast, **facts: Any) -> dict[str, Any]:
    """Give the facts of a service that has no open work."""
    of = {"scope": Scope.objects.first() or Scope.objects.create(**scope(cast))}
    return of | {"settlement": _settlement(cast)} | facts


def default(cast: Cast, **facts: Any) -> dict[str, Any]:
    """Give the facts of what a member did not pay."""
    of = {"cluster": _cluster(cast), "membership": _member(cast), "terms": _terms(cast)}
    owing = {"unpaid_pence": 100, "counted_pence": 100, "due_on": APRIL, "reference": "Invoice 7"}
    return of | owing | {"recorded_at": NOON, "recorded_by": "Ada"} | facts


def owed(cast: Cast, **facts: Any) -> dict[str, Any]:
    """Give the facts of what another owes for it."""
    of = Default.objects.first() or Default.objects.create(**default(cast))
    return {"default": of, "membership": _member(cast), "pence": 100} | facts


def going_alone(cast: Cast, **facts: Any) -> dict[str, Any]:
    """Give the facts of a council that would go alone."""
    said = {"body": cast.coldbrook_council, "says": "Our own mower"}
    return said | {"starts_on": APRIL, "asked_at": NOON} | facts


def _judged(cast: Cast, **facts: Any) -> dict[str, Any]:
    given = {"status": "decided", "assessed_at": NOON, "decided_at": NOON, "outcome": "agreed"}
    return going_alone(cast, **given | {"reasons": "It lasts"} | facts)


def _going(cast: Cast) -> GoingAlone:
    return GoingAlone.objects.first() or GoingAlone.objects.create(**going_alone(cast))


def answer(cast: Cast, **facts: Any) -> dict[str, Any]:
    """Give the facts of what a council said of its assessment."""
    said = {"assessed_at": NOON, "says": "Two mowers", "given_at": NOON}
    return {"going": _going(cast)} | said | facts


def finding(cast: Cast, **facts: Any) -> dict[str, Any]:
    """Give the facts of how it stands by one factor."""
    said = {"factor": "insurance", "step": "partly", "says": "A quote"}
    return {"going": _going(cast)} | said | facts


def confirmation(cast: Cast, **facts: Any) -> dict[str, Any]:
    """Give the facts of a warning about a cluster that the monitoring officer confirmed."""
    who = {"recorded_by_key": "person-1", "recorded_by_shown_as": "Ada", "recorded_at": NOON}
    said = {"power": "LGA1972-s101", "warning": "not-an-executive-function", "says": "Perhaps"}
    held = {"cluster": _cluster(cast), "taker": "coldbrook-council", "given_on": APRIL}
    return held | who | said | facts


def link(cast: Cast, **facts: Any) -> dict[str, Any]:
    """Give the facts of the link of a letter to a council that is asked."""
    return {"membership": _member(cast), "number": 1, "token_hash": "a", "sent_at": NOON} | facts


def _second_link(cast: Cast) -> dict[str, Any]:
    """Give the facts of another link to the same council under the same number."""
    return link(cast, token_hash=f"b{Link.objects.count()}")


BROKEN: dict[str, Break] = {
    "Cluster.key": twice(Cluster, cluster),
    "a_cluster_has_a_name": once(Cluster, lambda c: cluster(c, name="")),
    "a_cluster_has_a_known_status": once(Cluster, lambda c: cluster(c, status="perhaps")),
    "the_whole_cost_names_its_source": once(Cluster, lambda c: cluster(c, whole_pence=1)),
    "a_formed_cluster_was_formed_at_a_moment": once(Cluster, lambda c: cluster(c, status="formed")),
    "a_cluster_has_each_service_once": twice(Scope, scope),
    "a_service_is_done_in_months_of_a_year": once(Scope, lambda c: scope(c, last_month=13)),
    "a_service_is_meant_to_be_delivered_in_a_known_way_and_why": once(
        Scope, lambda c: scope(c, intended="local")
    ),
    "of_a_model_each_thing_is_stated_once": twice(Stated, stated),
    "what_is_stated_is_of_a_known_model_and_aspect": once(
        Stated, lambda c: stated(c, model="robots")
    ),
    "a_cost_is_stated_in_pence_and_all_else_in_words": once(Stated, lambda c: stated(c, pence=1)),
    "what_is_stated_names_who_said_it": once(Stated, lambda c: stated(c, said_by="")),
    "a_council_is_in_a_cluster_once_at_a_time": twice(Membership, membership),
    "a_membership_has_a_known_answer": once(
        Membership, lambda c: membership(c, answer="perhaps", answered_at=NOON)
    ),
    "an_invitation_to_a_cluster_is_answered_at_a_moment": once(
        Membership, lambda c: membership(c, answer="declined")
    ),
    "a_council_joins_by_a_decision_on_a_day": once(Membership, lambda c: joined(c, decision=None)),
    "only_a_member_leaves_and_after_it_joined": once(
        Membership, lambda c: joined(c, ends_on=APRIL - timedelta(days=1))
    ),
    "a_cost_alone_names_its_source": once(Membership, lambda c: membership(c, alone_pence=1)),
    "who_leaves_is_billed_last_by_terms": once(
        Membership, lambda c: joined(c, last_bill_pence=1, last_bill_terms=1)
    ),
    "who_leaves_chooses_who_reads_why": once(
        Membership, lambda c: joined(c, ends_on=APRIL, why_reference=uuid4())
    ),
    "a_service_is_led_once_in_a_cluster": twice(Role, role),
    "a_cluster_has_one_role_of_lead": twice(Role, lambda c: role(c, service=None)),
    "a_role_is_held_by_one_at_a_moment_or_by_nobody": once(
        Role, lambda c: role(c, expression=asked(c), holder=c.coldbrook_council, taken_at=NOON)
    ),
    "terms_of_a_cluster_are_numbered": twice(Terms, terms),
    "shares_add_up_to_the_whole": once(Terms, lambda c: terms(c, counted_pence=99)),
    "a_season_ends_after_it_starts": once(
        Terms, lambda c: terms(c, season_ends_on=APRIL - timedelta(days=1))
    ),
    "terms_say_who_pays_for_a_member_that_fails": once(
        Terms, lambda c: terms(c, on_default="nobody")
    ),
    "terms_are_for_years_and_have_a_quorum": once(Terms, lambda c: terms(c, quorum=0)),
    "a_member_has_one_share_by_each_terms": twice(Share, share),
    "a_member_agrees_once_to_each_terms": twice(Agreement, agreement),
    "settlements_of_a_cluster_are_numbered": twice(Settlement, settlement),
    "what_is_paid_out_of_a_cluster_is_paid_in": once(
        Settlement, lambda c: settlement(c, paid_in_pence=1)
    ),
    "a_settlement_says_why": once(Settlement, lambda c: settlement(c, says="")),
    "a_member_has_one_portion_of_each": twice(Portion, portion),
    "a_balance_is_paid_on_a_day_by_a_reference": once(
        Portion, lambda c: portion(c, paid_on=APRIL, paid_reference="Line 4")
    ),
    "each_thing_is_handed_over_once": twice(Handover, handover),
    "the_work_of_a_service_is_handed_over_once": twice(Handover, open_work),
    "a_thing_or_the_work_of_a_service_is_handed_over": once(
        Handover, lambda c: handover(c, membership=None)
    ),
    "a_default_says_what_is_unpaid_and_what_shows_it": once(
        Default, lambda c: default(c, reference="")
    ),
    "the_others_owe_what_is_unpaid": once(Default, lambda c: default(c, counted_pence=99)),
    "what_was_unpaid_is_paid_on_a_day_by_a_reference": once(
        Default, lambda c: default(c, paid_on=APRIL)
    ),
    "what_is_unpaid_ends_on_a_day_for_a_reason": once(
        Default, lambda c: default(c, ending="borne", ended_on=APRIL)
    ),
    "what_is_unpaid_is_recorded_once": twice(Default, default),
    "each_of_the_others_owes_once_for_a_default": twice(Owed, owed),
    "a_member_consents_once_to_each": twice(Consent, consent),
    "a_meeting_decides_something": once(Meeting, lambda c: meeting(c, question="")),
    "what_is_carried_had_a_quorum_and_a_majority": once(Meeting, lambda c: meeting(c, quorum=4)),
    "nobody_votes_who_was_not_there": once(Meeting, lambda c: meeting(c, votes_for=9)),
    "who_goes_alone_says_how": once(GoingAlone, lambda c: going_alone(c, says="")),
    "going_alone_has_a_known_stage": once(GoingAlone, lambda c: _judged(c, outcome="perhaps")),
    "going_alone_is_assessed_before_it_is_decided": once(
        GoingAlone, lambda c: going_alone(c, assessed_at=NOON)
    ),
    "an_assessment_is_answered_once": twice(Answer, answer),
    "an_assessment_comes_before_its_answer": once(
        Answer, lambda c: answer(c, given_at=NOON - timedelta(days=1))
    ),
    "going_alone_is_decided_with_reasons": once(GoingAlone, lambda c: _judged(c, reasons="")),
    "going_alone_decided_has_an_outcome": once(
        GoingAlone, lambda c: _judged(c, outcome="", reasons="", decided_at=None)
    ),
    "going_alone_is_deferred_until_a_day": once(
        GoingAlone, lambda c: _judged(c, outcome="deferred")
    ),
    "a_factor_is_judged_once": twice(Finding, finding),
    "a_factor_is_judged_in_a_step_and_words": once(Finding, lambda c: finding(c, says="")),
    "what_is_shown_has_evidence": once(Finding, lambda c: finding(c, step="shown")),
    "a_resource_has_a_name_a_way_and_terms": once(Resource, lambda c: resource(c, way="sell")),
}
BROKEN |= {
    "a_warning_of_a_cluster_is_confirmed_once": twice(ClusterConfirmation, confirmation),
    "what_is_noted_of_a_cluster_has_a_reference": once(
        ClusterConfirmation, lambda c: confirmation(c, is_noted=True)
    ),
    "what_is_confirmed_of_a_cluster_names_who_delivers": once(
        ClusterConfirmation, lambda c: confirmation(c, taker="")
    ),
    "a_link_to_a_council_opens_one_invitation": twice(
        Link, lambda c: link(c, number=Link.objects.count() + 1)
    ),
    "links_to_a_council_are_numbered": twice(Link, _second_link),
    "a_link_to_a_council_has_a_number_and_a_secret": once(Link, lambda c: link(c, token_hash="")),
}
WHOLE: list[Whole] = [
    (Cluster, cluster),
    (Scope, scope),
    (Stated, stated),
    (Membership, membership),
    (Link, link),
    (ClusterConfirmation, confirmation),
    (Role, role),
    (Terms, terms),
    (Share, share),
    (Agreement, agreement),
    (Settlement, settlement),
    (Portion, portion),
    (Handover, handover),
    (Default, default),
    (Owed, owed),
    (Consent, consent),
    (Meeting, meeting),
    (Resource, resource),
    (GoingAlone, going_alone),
    (Finding, finding),
    (Answer, answer),
]
