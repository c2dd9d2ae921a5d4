from typing import Self

from django.db import models
from django.db.models import Q

LONGEST_QUERY = 1000
LONGEST_NAME = 80


class SavedViewQuerySet(models.QuerySet):
    """Kept filters, in words."""

    def of(self, person_key: str) -> Self:
        """Keep what one person has kept."""
        return self.filter(person_key=person_key)

    def named(self) -> Self:
        """Keep those somebody gave a name; the last filter used has none."""
        return self.exclude(name="")


class SavedView(models.Model):
    """A filter of a list that somebody keeps for themselves: by a name, or as the last one used.

    It is a bookmark kept here, and no record of any council: the journal has no line about it.
    """

    person_key = models.CharField(max_length=200)
    path = models.CharField(max_length=300)
    query = models.CharField(max_length=LONGEST_QUERY, blank=True)
    name = models.CharField(
        max_length=LONGEST_NAME, blank=True, help_text="blank for the last filter used"
    )

    objects = SavedViewQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person_key", "path", "name"], name="a_person_names_a_view_of_a_list_once"
            ),
            models.CheckConstraint(
                condition=~Q(person_key="") & ~Q(path=""),
                name="a_saved_view_is_somebodys_view_of_a_list",
            ),
        ]

    def __str__(self) -> str:
        return self.name or "The last filter used"

    @property
    def address(self) -> str:
        """The list as it was filtered."""
        return f"{self.path}?{self.query}" if self.query else self.path
