"""What is written to a council that answers by a link, and its question to who asks it."""

from django.urls import reverse

from waywarden.devolution.clusters.models import Link, Membership
from waywarden.fabric.common.wording import day
from waywarden.fabric.notices.telling import Says, Topic

#: What is said holds a link that opens the answer: it is erased once it was sent.
JOINING = Topic("joining", "Clusters that your council is asked to join, by a link", is_secret=True)


def asked_by_link(link: Link, token: str) -> Says:
    """Ask a council of which nobody signs in to join, or ask it once more."""
    held = link.membership
    cluster = held.cluster
    words = (
        f"{_begins(link)}{cluster.proposed_by} asks your council to join {cluster.name}: councils "
        f"that would look after services together from {day(cluster.starts_on)}.\n\n"
        "The link below opens one page: which services, who is asked, what it may cost you and the "
        "terms. There you join by a resolution of your own, decline, or ask a question. No account "
        "and no password are needed. It is all right to decline, and to say nothing is no yes.\n\n"
        f"The link is for the clerk and the councillors of {held.body}. It works until your "
        f"council has answered, and until {day(link.ends_on)} at most."
    )
    where = reverse("clusters:by-link", args=[token])
    return Says(f"Asked to join: {cluster.name}"[:200], words, where)


def _begins(link: Link) -> str:
    """Say first why another letter comes; nothing where it is the first."""
    if link.number == 1:
        return ""
    return "This letter takes the place of our earlier one, whose link opens nothing now.\n\n"


def question(held: Membership, says: str) -> Says:
    """Bring a council's question to who runs the cluster."""
    words = (
        f"{held.body} is asked to join {held.cluster} and asks:\n\n{says}\n\n"
        "Reply to this letter to answer: that reaches its public address, where one is known."
    )
    title = f"A question from {held.body}"
    return Says(title[:200], words, held.cluster.get_absolute_url())
