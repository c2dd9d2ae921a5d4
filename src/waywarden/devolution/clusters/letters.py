"""What is written to the councils of a cluster: to their officers, or to their public address."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date

from waywarden.county.councils.models import Body
from waywarden.county.offices.telling import answers_to, reply_address
from waywarden.county.people.models import Office
from waywarden.county.people.permissions import OFFICERS
from waywarden.devolution.clusters.models import (
    Cluster,
    Default,
    GoingAlone,
    Membership,
    Role,
    Settlement,
    Terms,
)
from waywarden.devolution.interest.letters import Words
from waywarden.devolution.interest.models import Expression
from waywarden.fabric.common.subjects import Actor
from waywarden.fabric.common.wording import day, pounds
from waywarden.fabric.journal.models import Entry
from waywarden.fabric.journal.telling import sealed
from waywarden.fabric.notices import actions as notices
from waywarden.fabric.notices.telling import Recipient, Says, Topic

CLUSTERS = Topic("clusters", "Clusters that your council is asked to join or is a member of")
ALONE = Topic("alone", "What your council would deliver alone")
WHO_GOES_ALONE = Topic("who-goes-alone", "Councils of your county that would go alone")


def invited(cluster: Cluster) -> Says:
    """Ask a council to join."""
    words = (
        f"{cluster.proposed_by} asks your council to join {cluster.name}: councils that would look "
        f"after services together from {day(cluster.starts_on)}.\n\n"
        "The page says which services, who is asked and who is meant to lead. Your council joins "
        "by a resolution of its own; it is all right to decline, and to say nothing is no yes."
    )
    return Says(f"Asked to join: {cluster.name}"[:200], words, cluster.get_absolute_url())


def to_agree(terms: Terms) -> Says:
    """Ask members to agree to a version of the terms."""
    words = (
        f"Version {terms.number} of the terms of {terms.cluster} is drawn up. It says what each "
        "member pays, beside what it would pay alone. What was agreed before stands until every "
        "member has agreed to this one by a resolution."
    )
    title = f"Terms to agree to: {terms.cluster}"
    return Says(title[:200], words, terms.get_absolute_url())


def agreed(terms: Terms, line: Entry) -> Says:
    """Tell a member what it has agreed to, and the line of the journal that seals it."""
    words = (
        f"Your council has agreed to version {terms.number} of the terms of {terms.cluster}, by "
        f"its resolution. The hash of what it was shown is {terms.hash}.\n\n{sealed(line)}"
    )
    return Says(f"Agreed: {terms}"[:200], words, terms.get_absolute_url())


def formed(cluster: Cluster, line: Entry) -> Says:
    """Tell members that the cluster is formed, and the line of the journal that seals it."""
    words = (
        f"Every member has agreed, and {cluster.name} is formed. It starts on "
        f"{day(cluster.starts_on)}.\n\n{sealed(line)}"
    )
    return Says(f"Formed: {cluster.name}"[:200], words, cluster.get_absolute_url())


def noted_as_lead(role: Role) -> Callable[[Expression], Words]:
    """Tell a group or company that it is noted as lead, and what to do if that is not so."""
    what = str(role).lower()

    def words(of: Expression) -> Words:
        return (
            f"You are noted as {what}",
            f"The county has noted that you take a role in the cluster {role.cluster}: {what}. The "
            "cluster’s page on this site, listed under Clusters, shows your name to everybody. If "
            "that is not so, tell the county: the role can be given up at any time.",
        )

    return words


def leaving(held: Membership, terms: Terms | None, resources: Sequence[str]) -> Says:
    """Tell members and who leaves from when, what it still pays, and what goes with it."""
    last = day(held.ends_on) if held.ends_on else ""
    words = f"{held.body} leaves {held.cluster}. Its last day is {last}."
    if held.last_bill_pence is None or terms is None:
        words += " By no terms that every member agreed to has it a share to pay."
    else:
        ends = day(terms.season_ends_on)
        words += (
            f"\n\nFor the season to {ends} it pays {pounds(held.last_bill_pence)} without VAT, by "
            f"days up to its last, by terms {terms.number}, as reckoned today. What it leaves "
            "unpaid of the season the others pay, by their shares. If another leaves or new terms "
            "are agreed it may change: the page of the cluster shows what it is by then."
        )
        if held.ends_on and held.ends_on > terms.season_ends_on:
            words += f" Its days after {ends} are not in it: no terms say what they cost."
    if resources:
        words += (
            f"\n\nWhat it lends, hires out or shares leaves the list with it: "
            f"{', '.join(resources)}. Bring it back by that day. It brings back what it has of "
            "others."
        )
    title = f"To leave: {held.body}, {held.cluster}"
    return Says(title[:200], words, held.cluster.get_absolute_url())


def why_erased(held: Membership) -> Says:
    """Tell a council that the county has erased why it left."""
    words = (
        f"The county has erased what your council said of why it leaves {held.cluster}. That it "
        "leaves, and when, stays."
    )
    title = f"Erased: why {held.body} leaves"
    return Says(title[:200], words, held.cluster.get_absolute_url())


def unpaid(default: Default) -> Says:
    """Tell members that one did not pay, and where it stands what each of them owes for it."""
    words = (
        f"{default.membership.body} has not paid {pounds(default.unpaid_pence)} that was due on "
        f"{day(default.due_on)} ({default.reference}). By terms {default.terms.number}: "
        f"{default.terms.get_on_default_display().lower()}. The page of the cluster says what each "
        "of the others owes until it is put right."
    )
    title = f"Unpaid: {default.membership.body}, {default.cluster}"
    return Says(title[:200], words, default.cluster.get_absolute_url())


def unpaid_ended(default: Default) -> Says:
    """Tell members that nothing is unpaid any more though it was not paid; why is on the page."""
    words = (
        f"What {default.membership.body} had not paid ({pounds(default.unpaid_pence)}, due on "
        f"{day(default.due_on)}) is no longer open: {default.get_ending_display().lower()}. The "
        "page of the cluster says why."
    )
    title = f"No longer open: {default.membership.body}, {default.cluster}"
    return Says(title[:200], words, default.cluster.get_absolute_url())


def to_settle(settlement: Settlement) -> Says:
    """Ask members to agree to how the cluster is dissolved."""
    words = (
        f"It is drawn up how {settlement.cluster} is dissolved after {day(settlement.last_on)}: "
        "what each member is paid or pays, takes over and finishes. Each agrees by a resolution."
    )
    title = f"To be dissolved: {settlement.cluster}"
    return Says(title[:200], words, settlement.get_absolute_url())


def dissolved(cluster: Cluster) -> Says:
    """Tell members that the cluster is dissolved."""
    words = f"Every member has agreed, and {cluster.name} is dissolved."
    return Says(f"Dissolved: {cluster.name}"[:200], words, cluster.get_absolute_url())


def asked_alone(of: GoingAlone) -> Says:
    """Tell the county that a council asks; or the council that the county has noted its wish."""
    page = of.get_absolute_url()
    if of.noted_by:
        words = (
            f"{of.noted_by} has noted that your council asks to deliver services for its own area "
            f"only from {day(of.starts_on)}. The page says which. If that is not so, withdraw it."
        )
        return Says("It is noted that your council would go alone", words, page)
    words = (
        f"{of.body} asks to deliver services for its own area only from {day(of.starts_on)}. The "
        "page says which and how. Assess it by the five factors that are published."
    )
    return Says(f"A council would go alone: {of.body}"[:200], words, page)


def assessed(of: GoingAlone, *, answer_by: date) -> Says:
    """Tell a council that it was assessed, and until when nothing is decided unless it answers."""
    words = (
        "The county has looked at what your council would deliver alone, by the five factors it "
        "published. Your page shows all of it. Your council may answer this assessment once, in "
        f"its own words. Nothing is decided before it has answered, or before {day(answer_by)} is "
        "over."
    )
    if of.answers.exists():
        words += (
            " What it said of an earlier assessment stays on the page; this is another, and is "
            "answered by itself."
        )
    return Says("Your council’s wish to go alone is assessed", words, of.get_absolute_url())


def answered(of: GoingAlone) -> Says:
    """Tell the county that the council was heard."""
    words = f"{of.body} has answered its assessment. It can be decided now."
    return Says(f"An assessment is answered: {of.body}"[:200], words, of.get_absolute_url())


def withdrawn_alone(of: GoingAlone) -> Says:
    """Tell the other side that nothing more is done; why stands in the history."""
    words = (
        f"It is withdrawn that {of.body} would deliver services for its own area only. The history "
        "on its page says who withdrew it and why. The council may ask anew."
    )
    return Says(f"Withdrawn: {of.body} alone"[:200], words, of.get_absolute_url())


def alone_decided(of: GoingAlone) -> Says:
    """Tell a council what was decided; the reasons stand on its page."""
    until = f" until {day(of.deferred_until)}" if of.deferred_until else ""
    words = (
        f"What your council would deliver alone is: {of.get_outcome_display().lower()}{until}. "
        "The reasons are on your page."
    )
    return Says("There is a decision on going alone", words, of.get_absolute_url())


def tell(
    bodies: Iterable[Body],
    says: Says,
    *,
    by: Actor,
    today: date,
    topic: Topic = CLUSTERS,
    reply_to: str = "",
) -> list[str]:
    """Write to councils, except whose officer acts; return whom nothing could be sent to."""
    told = [body for body in bodies if body.key != by.body]
    return [
        body.name
        for body in told
        if not _tell(body, says, topic, by=by, today=today, reply_to=reply_to)
    ]


def tell_who_signed(body: Body, says: Says, *, by: Actor, today: date) -> bool:
    """Write to a council that signed, whoever signed for it; say whether anybody is reached."""
    return _tell(body, says, CLUSTERS, by=by, today=today, reply_to="")


def at_public_address(body: Body, address: str) -> Recipient:
    """Name a council as it is written to where nobody of it signs in."""
    return Recipient(f"clusters-of-{body.key}", address, body.name[:200])


def _tell(body: Body, says: Says, topic: Topic, *, by: Actor, today: date, reply_to: str) -> bool:
    held = Office.objects.in_body(body).as_of(today).filter(kind__in=OFFICERS)
    offices = list(held.select_related("person", "body").order_by("pk"))
    to = {
        each.person.key: (
            Recipient(each.person.key, each.person.email, each.person.shown_as),
            f"you are {each}",
        )
        for each in offices
    }
    address = reply_address(body)
    if not to and address:
        to[body.key] = at_public_address(body, address), f"this is the public address of {body}"
    answers = reply_to or answers_to(by)
    for recipient, why in to.values():
        notices.tell(
            to=recipient,
            topic=topic,
            says=says,
            why=why,
            by=by,
            today=today,
            reply_to=answers,
        )
    return bool(to)
