from datetime import date

from django.db import models
from django.db.models import Q
from django.utils.timezone import localtime

from waywarden.county.councils.models import Body
from waywarden.devolution.interest.models.expressions import LINK_LASTS, Expression


class Hosting(models.Model):
    """A host was named, is told so, and agrees or declines by a private link of its own."""

    class Answer(models.TextChoices):
        AGREED = "agreed", "Agrees"
        DECLINED = "declined", "Declines"

    expression = models.OneToOneField(Expression, on_delete=models.PROTECT, related_name="hosting")
    name = models.CharField(max_length=200)
    body = models.ForeignKey(
        Body, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    named_at = models.DateTimeField()
    #: Where the letter went, and whether it is the public address of a body known here; else
    #: those who ask have given it.
    address = models.EmailField(blank=True)
    is_public_address = models.BooleanField(default=False)
    #: The hash of the link in the letter; blank where none went out.
    token_hash = models.CharField(max_length=64, blank=True)
    #: Whether no letter went out as the address had as many as one may have in a day.
    is_put_off = models.BooleanField(default=False)
    answer = models.CharField(max_length=10, choices=Answer, blank=True)
    #: Whether an office of the body that is the host has answered, and not a link.
    is_answered_in_office = models.BooleanField(default=False)
    says = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["token_hash"],
                condition=~Q(token_hash=""),
                name="a_link_to_a_host_opens_one_expression",
            ),
            models.CheckConstraint(
                condition=Q(answer="", answered_at__isnull=True)
                | Q(answer__in=["agreed", "declined"], answered_at__isnull=False),
                name="a_host_that_answers_does_so_at_a_moment",
            ),
            models.CheckConstraint(
                condition=Q(token_hash="") | ~Q(address=""),
                name="a_host_with_a_link_was_told_at_an_address",
            ),
            models.CheckConstraint(
                condition=Q(is_put_off=False) | Q(token_hash="") & ~Q(address=""),
                name="a_host_that_is_put_off_has_no_link_yet",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.expression}: host"

    @property
    def named_on(self) -> date:
        return localtime(self.named_at).date()

    @property
    def was_told(self) -> bool:
        """Whether a letter went out."""
        return bool(self.token_hash)

    def works(self, today: date) -> bool:
        """Whether its link still opens the page."""
        return today <= self.named_on + LINK_LASTS

    @property
    def stands(self) -> str:
        """Whether it has answered, in a word."""
        if self.answer:
            return str(self.Answer(self.answer).label)
        if self.was_told:
            return "Has not answered"
        if self.is_put_off:
            return "Not told yet: too many letters to its address"
        return "Not told: it wants no such letters" if self.address else "Not told: no address"

    @property
    def stands_for_county(self) -> str:
        """Whether it has answered, with the caution that who agrees by a link is not known."""
        is_known = self.is_public_address or self.is_answered_in_office
        if self.answer == self.Answer.AGREED and not is_known:
            return f"{self.stands} (by an address those who ask gave)"
        return self.stands
