"""What is asked of whoever disputes a quantity: words, a figure, a place and a photo."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, cast

from django import forms

from waywarden.county.services.claims import Claim
from waywarden.county.services.forms import AmountField
from waywarden.county.services.models import Quantity
from waywarden.fabric.documents.actions import Sound
from waywarden.fabric.documents.kinds import ENDINGS, PICTURES
from waywarden.fabric.forms.fields import line_field, words_field
from waywarden.fabric.forms.versions import VersionedForm
from waywarden.rules import grid_reference
from waywarden.rules.units import units

CHOOSE_PHOTO = "Choose the photo to send"
CHOOSE_AGAIN = "Choose the photo once more: your browser forgets it when a page is given back"
KEPT_BEFORE = "The photo sent before stays, unless you send another."
OF_A_PHOTO = (
    "A JPEG, PNG or WebP. Your council and the county see it, nobody else. The place and time it "
    "was taken at are removed, and a large one is made smaller. Show no people and no number "
    "plates. Your browser forgets it if this page is given back: then choose it once more."
)
ENDS = ",".join([*(f".{ENDINGS[kind]}" for kind in PICTURES), ".jpeg"])


#: The side of the widest square that says where something is.
WIDEST_METRES = 100


OF_ANOTHER = (
    "You changed what the photo shows: choose the photo this is about, or write again what stood "
    "there of the one sent before"
)


class PinField(forms.CharField):
    """A place: a grid reference, or an easting and a northing. Gives the reference as written."""

    def __init__(self) -> None:
        super().__init__(
            label="Where is it wrong?",
            help_text="If you like: a grid reference, such as SU 612 934, or an easting and a "
            "northing, such as 461200 193400. Maps on telephones and paper show it.",
            required=False,
            max_length=40,
            widget=forms.TextInput(
                attrs={"class": "govuk-input--width-20", "autocomplete": "off"},
            ),
        )

    def clean(self, value: Any) -> str:
        """Write a reference in one way; say why one cannot be read."""
        typed = super().clean(value)
        if not typed:
            return ""
        try:
            pin = grid_reference.read(typed)
        except grid_reference.NotAReference as fault:
            raise forms.ValidationError(str(fault)) from fault
        if pin.side > WIDEST_METRES:
            raise forms.ValidationError("Give six digits or more, such as SU 612 934")
        return str(pin)


class DisputeForm(VersionedForm):
    """What is wrong with a quantity, in the council's words; how much it is, and where."""

    dispute = words_field(
        "What is wrong with the figure?",
        asks="Say what is wrong with the figure",
        help_text="Everybody can read it. Say what you counted, and how. Do not name people.",
        most=1000,
        rows=4,
        required=True,
    )
    claims = AmountField(label="How much is it?", required=False)
    pin = PinField()
    takes_photo_away = forms.BooleanField(
        label="Show the photo sent before to nobody any more", required=False, initial=False
    )
    shows = line_field(
        "If you send a photo: what does it show?",
        asks="Say what the photo shows",
        help_text="For people who cannot see it. Do not name people.",
        most=300,
        required=False,
    )
    # The last of all: of a form that is cut off at a file too large, what stands before is kept.
    # An empty file, and what a file is, are looked into by whoever keeps it.
    photo = forms.FileField(
        label="A photo",
        required=False,
        max_length=None,
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ENDS}),
        error_messages={"invalid": CHOOSE_PHOTO, "missing": CHOOSE_PHOTO},
    )

    def __init__(self, *args: Any, unit: str, has_photo: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.has_photo = has_photo
        if not has_photo:
            del self.fields["takes_photo_away"]
        self.fields["photo"].help_text = (f"{KEPT_BEFORE} " if has_photo else "") + OF_A_PHOTO
        claims = cast(AmountField, self.fields["claims"])
        claims.unit = unit
        claims.help_text = f"If you counted it: in {units()[unit].plural}."

    @property
    def kept(self) -> frozenset[str]:
        """All but the tick by which a photo goes: afterwards the row has none."""
        return super().kept - {"takes_photo_away"}

    def clean(self) -> dict[str, Any]:
        """Ask what a photo shows, and for the photo that words are about."""
        said = super().clean() or {}
        is_new, is_gone = bool(self.files.get("photo")), bool(said.get("takes_photo_away"))
        if is_gone and not is_new:
            # The words that stood there about a photo that is taken away are about nothing now.
            return said | {"shows": ""}
        if said.get("version") == self.initial.get("version"):
            self._check_photo(said, is_new=is_new)
        # Where another figure counts by now, both are shown before anything is asked.
        return said

    def _check_photo(self, said: Mapping[str, Any], *, is_new: bool) -> None:
        shows, has_one = said.get("shows"), is_new or self.has_photo
        if has_one and not shows and "shows" not in self.errors:
            self.add_error("shows", "Say what the photo shows")
        if shows and not has_one and "photo" not in self.errors:
            self.add_error("photo", "Choose the photo, or leave empty what it shows")
        if shows and has_one and not is_new and shows != self.initial.get("shows"):
            self.add_error("photo", OF_ANOTHER)

    def refuse(self, why: str) -> None:
        """Say why the photo cannot be kept, in place of anything else said of it."""
        self.errors.pop("photo", None)
        self.add_error("photo", why)

    def forget_photo(self) -> None:
        """Say of a form that is given back that its photo is to be chosen again."""
        if self.files.get("photo") and "photo" not in self.errors:
            self.add_error("photo", CHOOSE_AGAIN)

    def claim(self, photo: Sound | None = None) -> Claim:
        """Return what is claimed besides words."""
        said = self.cleaned_data
        return Claim(
            amount_milli=None if said["claims"] is None else int(said["claims"] * 1000),
            pin=said["pin"],
            photo=photo,
            shows=said["shows"],
            takes_photo_away=said.get("takes_photo_away", False),
        )


def disputed(held: Quantity | None) -> dict[str, Any]:
    """Return what a dispute of a figure says by now, as its form starts with it."""
    if held is None:
        return {"dispute": "", "claims": None, "pin": "", "shows": ""}
    much = held.claims_milli
    typed = None if much is None else f"{(Decimal(much) / 1000).normalize():f}"
    said = {"dispute": held.dispute, "claims": typed, "pin": held.pin}
    return said | {"shows": held.photo_shows}
