"""Councils called by their names in a form: typed as people write them, found by what is meant."""

from collections import defaultdict
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from waywarden.data.names import did_you_mean, nearest, plain, shown
from waywarden.planning.facts import CountyFacts

#: The list of names that the page offers while somebody types.
LISTED = "councils-known"
MOST_CHARACTERS = 200


class Callings:
    """What each council of a county may be called: by name, with its district, or by key."""

    def __init__(self, facts: CountyFacts) -> None:
        self.names = {one.key: one.name for one in facts.councils}
        self.full = {one.key: f"{one.name} ({one.district})" for one in facts.councils}
        self._left_out = {plain(one.name): one for one in facts.left_out}
        self._keys: dict[str, list[str]] = defaultdict(list)
        for key, name in self.names.items():
            for called in {plain(key), plain(name), plain(self.full[key])}:
                self._keys[called].append(key)

    @property
    def offered(self) -> list[str]:
        """The names in the order of the alphabet, with the district of each."""
        return sorted(self.full.values())

    def key_of(self, typed: str) -> str:
        """Return the key of who is meant. Raises `ValidationError` with who might be."""
        keys = self._keys.get(plain(typed), [])
        if len(keys) == 1:
            return keys[0]
        if keys:
            full = " or ".join(sorted(self.full[key] for key in keys))
            raise ValidationError(f"Several are called “{shown(typed)}”: write {full}")
        if left := self._left_out.get(plain(typed)):
            raise ValidationError(f"{left.name} is left out of every plan: {left.reason}")
        asked = did_you_mean(nearest(typed, self.names.values()))
        asked = asked or "Choose from the list that opens as you type"
        raise ValidationError(f"No council is called “{shown(typed)}”. {asked}")


class CouncilField(forms.CharField):
    """A council of the county, by its name; blank for none."""

    def __init__(self, label: str, callings: Callings) -> None:
        super().__init__(
            label=label,
            required=False,
            max_length=MOST_CHARACTERS,
            widget=forms.TextInput(attrs={"list": LISTED, "autocomplete": "off"}),
            error_messages={"max_length": "Write the name of a council"},
        )
        self.callings = callings

    def clean(self, value: Any) -> str:
        typed = super().clean(value)
        return self.callings.key_of(typed) if typed else ""
