"""What a council that is asked may ask, and why its link is ended."""

from django import forms

from waywarden.devolution.offers.forms import EndLinkForm
from waywarden.fabric.forms.fields import words_field
from waywarden.fabric.forms.plain import PlainForm

OPEN_AGAIN = "Open this page again from the page of the cluster"


class QuestionForm(PlainForm):
    """A question of a council about the cluster it is asked to join."""

    says = words_field(
        "What does your council want to know?",
        asks="Write your question",
        help_text="It goes by e-mail to who asks you to join, and stands in the history of the "
        "cluster, which its members read. The answer comes to your council’s public address.",
        most=2000,
        required=True,
    )


class EndClusterLinkForm(EndLinkForm):
    """Why the link of a council that is asked is ended, and in which letter it stood."""

    reason = words_field(
        "Why?",
        asks="Say why",
        help_text="It stands in the history of this cluster, which its members read too. Whoever "
        "opens the link is told that it was ended and when, not why. Do not name people.",
        most=1000,
        rows=3,
        required=True,
    )
    letter = forms.IntegerField(
        widget=forms.HiddenInput,
        error_messages=dict.fromkeys(("required", "invalid"), OPEN_AGAIN),
    )
