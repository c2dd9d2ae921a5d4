"""What any record of a monitoring officer's confirmation holds, whatever rests on the power."""

from django.db import models


class PowerConfirmation(models.Model):
    """What the monitoring officer confirmed of a power: one warning, as it read."""

    #: The keys of the power and of the warning, as `rules.powers` names them.
    power = models.CharField(max_length=30)
    warning = models.CharField(max_length=60)
    #: The codes of the services it was confirmed for, parted by blanks; none for whatever is done.
    services = models.CharField(max_length=500, blank=True)
    says = models.TextField()
    given_on = models.DateField()
    #: Where it can be read: the note, the e-mail.
    reference = models.CharField(max_length=200, blank=True)
    note = models.TextField(blank=True)
    #: Whether another officer noted what the monitoring officer had said.
    is_noted = models.BooleanField(default=False)
    recorded_by_key = models.CharField(max_length=200)
    recorded_by_shown_as = models.CharField(max_length=300)
    recorded_at = models.DateTimeField()
    #: When it was taken back; none while it stands.
    taken_back_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True
