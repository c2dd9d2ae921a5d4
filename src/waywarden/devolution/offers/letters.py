"""What is written to a council about an offer: short, with the link and the day."""

from django.urls import reverse

from waywarden.devolution.offers.models import Offer
from waywarden.fabric.common.wording import day
from waywarden.fabric.notices.telling import Says, Topic

#: An offer goes to a council's public address. Who says no, or stops it, is not asked again.
OFFERS = Topic("offers", "Offers of services to your council", is_secret=True)


def offered(offer: Offer, token: str, *, replaces_ended: bool = False) -> Says:
    """Bring an offer to a council's notice, or bring it back."""
    round_ = offer.round
    begins = _begins(offer, replaces_ended)
    words = (
        f"{begins}{round_.body} offers {offer.body} to look after services in its parish itself, "
        f"or with neighbours, from {day(round_.starts_on)}.\n\n"
        "The link below opens your offer on one page: your own quantities, what the county pays, "
        "what it may cost you, and the wording for your meeting. No account and no password are "
        f"needed. Please answer by {day(round_.answer_by)}. It is all right to say no: you are "
        "not asked about this again, and can ask to join later.\n\n"
        f"The link is for the clerk and the councillors of {offer.body}. It works until "
        f"{day(offer.link_ends_on)}."
    )
    return Says(
        f"{round_.title}: an offer to {offer.body}"[:200],
        words,
        reverse("offers:by-link", args=[token]),
    )


def _begins(offer: Offer, replaces_ended: bool) -> str:
    """Say first why another letter comes; nothing where it is the first."""
    if replaces_ended:
        return "The link in our earlier letter was ended. This one takes its place.\n\n"
    is_unanswered = offer.letters > 1 and not offer.answer
    return "We have not heard from you yet.\n\n" if is_unanswered else ""
