"""What is asked of a plan: services, who is willing, limits, rules and effort."""

from collections.abc import Sequence
from datetime import date
from typing import Any, cast

from django import forms
from django.http import QueryDict

from waywarden.data.names import plain
from waywarden.devolution.clusters.forms import in_our_time
from waywarden.devolution.making.adopting import Adoptable
from waywarden.devolution.making.adopting_actions import Proposal
from waywarden.devolution.making.calling import Callings
from waywarden.devolution.making.price_fields import PricesForm, is_of_prices
from waywarden.devolution.making.prices import needed
from waywarden.devolution.making.rule_rows import RulesForm, is_of_rules
from waywarden.devolution.making.wishes import LIMITS, Wishes
from waywarden.devolution.offers.models import Round
from waywarden.devolution.plans.models import PlanRun
from waywarden.fabric.forms.drafts import Begun
from waywarden.fabric.forms.fields import CHOOSE, number_field, words_field
from waywarden.fabric.forms.plain import DayField, PlainForm
from waywarden.planning.costing import Costing
from waywarden.planning.facts import CountyFacts
from waywarden.planning.words.phrasing import listed
from waywarden.planning.words.wording import short_pounds

EVERYONE, ROUND, TICKED = "everyone", "round", "ticked"
WHO = (
    (EVERYONE, "All of them: an illustration, as if every council took part"),
    (ROUND, "Those who agreed or want more time in an offer"),
    (TICKED, "Those ticked below"),
)
EFFORTS = (
    ("quick", "Quick: a first answer, with a wider proof"),
    ("standard", "Standard: a better plan and a closer proof; it takes a minute or two"),
)


def _choice(label: str, help_text: str = "") -> forms.ChoiceField:
    """Ask for one of several that the view knows; blank is no rule."""
    return forms.ChoiceField(
        label=label,
        help_text=help_text,
        required=False,
        error_messages={"invalid_choice": CHOOSE},
    )


def _ticks(label: str, asks: str, help_text: str = "", *, required: bool) -> Any:
    return forms.MultipleChoiceField(
        label=label,
        help_text=help_text,
        required=required,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": asks, "invalid_choice": CHOOSE, "invalid_list": CHOOSE},
    )


class AdoptForm(PlainForm):
    """Which clusters of a plan are proposed, and from which day."""

    clusters = _ticks("Which clusters?", "Tick at least one cluster", required=True)
    starts_on = DayField(label="The day the services would start")
    says = words_field("What everybody should know", help_text="It stands on their public pages.")

    def __init__(
        self, *args: Any, run: PlanRun, offered: Sequence[Adoptable], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        free = [each for each in offered if each.is_free and each.members]
        self.are_free = bool(free)
        field = cast(forms.MultipleChoiceField, self.fields["clusters"])
        # Whoever ticked one that was proposed meanwhile is told which it is.
        field.choices = [(each.found.key, each.name) for each in offered]
        field.widget.choices = [(each.found.key, _adoptable_in_words(each)) for each in free]
        self.fields["says"].initial = f"{run} of {run.made_on:%-d %B %Y} proposes it."

    def clean_starts_on(self) -> date:
        return in_our_time(self.cleaned_data["starts_on"])

    def proposal(self) -> Proposal:
        """Return what was typed."""
        return Proposal(
            keys=self.cleaned_data["clusters"],
            starts_on=self.cleaned_data["starts_on"],
            says=self.cleaned_data["says"],
        )


def _adoptable_in_words(each: Adoptable) -> str:
    councils, services = len(each.members), len(each.found.services)
    said = (
        f"{each.name}: {councils} council{'' if councils == 1 else 's'}, "
        f"{services} service{'' if services == 1 else 's'}, {_saving_in_words(each.saving_pence)}"
    )
    return f"{said}; nobody is listed for {listed(each.unheld)}" if each.unheld else said


def _saving_in_words(pence: int) -> str:
    than = "less" if pence >= 0 else "more"
    return f"about {short_pounds(abs(pence))} a year {than} than alone (estimate)"


class MakeForm(PricesForm, RulesForm):
    """What is asked of a plan."""

    services = _ticks("Which services?", "Choose at least one service", required=True)
    who = forms.ChoiceField(
        label="Which councils are willing?",
        choices=WHO,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose which councils are willing", "invalid_choice": CHOOSE},
    )
    round = _choice("The offer", "If you chose those who answered in one.")
    councils = _ticks("Councils that are willing", "Tick at least one council", required=False)
    most_members = number_field("The most councils in a cluster", least=2, most=40, required=True)
    travel_limit_km = number_field(
        "The furthest a council may be from its lead, in kilometres by road",
        least=1,
        most=100,
        required=True,
    )
    own_staff = forms.BooleanField(label="Leads may use employees of their own", required=False)
    volunteers = forms.BooleanField(label="Leads may use volunteers", required=False)
    low_percent = number_field(
        "Low prices, in percent of those expected", least=10, most=100, required=True
    )
    high_percent = number_field(
        "High prices, in percent of those expected", least=100, most=500, required=True
    )
    effort = forms.ChoiceField(
        label="How long to search?",
        choices=EFFORTS,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how long to search", "invalid_choice": CHOOSE},
    )

    def __init__(
        self,
        *args: Any,
        facts: CountyFacts,
        costing: Costing,
        rounds: Sequence[Round],
        find: str = "",
        more: str = "",
        **kwargs: Any,
    ) -> None:
        kwargs["initial"] = _first(costing) | dict(kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)
        self.find = find
        self._costing = costing
        self._rounds = {str(each.pk): each for each in rounds}
        callings = Callings(facts)
        named = sorted(callings.full.items(), key=lambda one: one[1])
        services = [(code, service.name) for code, service in costing.services.items()]
        titles = [(key, each.title) for key, each in self._rounds.items()]
        self._offer("services", services)
        self._offer("councils", self._found(named))
        self._offer("round", [("", "Choose an offer"), *titles])
        self.add_prices(costing)
        self.add_rules(callings, services, more=more)

    def _offer(self, name: str, choices: Sequence[tuple[str, str]]) -> None:
        cast(forms.ChoiceField, self.fields[name]).choices = choices

    def _found(self, named: Sequence[tuple[str, str]]) -> Sequence[tuple[str, str]]:
        """Keep the councils that were looked for, and those ticked already."""
        if not self.find:
            return named
        ticked, asked = set(self.initial.get("councils") or ()), plain(self.find)
        return [one for one in named if one[0] in ticked or asked in plain(one[1])]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("who") == ROUND and not cleaned.get("round"):
            self.add_error("round", "Choose the offer in which they answered")
        if cleaned.get("who") == TICKED and not cleaned.get("councils"):
            self.add_error("councils", "Tick at least one council")
        self.check_rules(cleaned.get("services"))
        return cleaned

    @property
    def chosen_round(self) -> Round | None:
        """The offer whose answers say who is willing; none where they do not."""
        if self.cleaned_data["who"] != ROUND:
            return None
        return self._rounds[self.cleaned_data["round"]]

    def _prices_asked(self) -> dict[str, int]:
        """Return the prices that are set and that the plan reckons with."""
        said, found = self.cleaned_data, self.prices_set()
        keys = needed(found, services=said["services"], volunteers=said["volunteers"])
        return {key: price for key, price in found.items() if key in keys}

    def wishes(self, willing_in_round: Sequence[str]) -> Wishes:
        """Return what is asked; limits that stay as they are stand in it nowhere."""
        said = self.cleaned_data
        willing: tuple[str, ...] | None = None
        says = "as if every council took part"
        if said["who"] == ROUND:
            title = self._rounds[said["round"]].title
            willing, says = tuple(willing_in_round), f"who agreed or want more time in “{title}”"
        elif said["who"] == TICKED:
            willing, says = tuple(sorted(said["councils"])), "who were ticked"
        return Wishes(
            services=tuple(code for code in self._costing.services if code in said["services"]),
            effort=said["effort"],
            willing=willing,
            willing_says=says,
            limits={
                key: said[key] for key in LIMITS if said[key] != self._costing.figures[key].value
            },
            own_staff=said["own_staff"],
            volunteers=said["volunteers"],
            prices=self._prices_asked(),
            rules=self.asked().listed,
        )


def _first(costing: Costing) -> dict[str, Any]:
    """Return what a new form says: everything as it is for any plan."""
    limits = {key: costing.figures[key].value for key in LIMITS}
    ways = {"own_staff": True, "volunteers": True}
    return {"services": list(costing.services), "who": EVERYONE, "effort": "quick"} | limits | ways


def typed(sent: QueryDict) -> dict[str, Any]:
    """Return what was typed into a form that was not sent yet, to show it again."""
    many = ("services", "councils")
    said: dict[str, Any] = {name: sent.getlist(name) for name in many}
    ones = [name for name in MakeForm.base_fields if name not in many]
    own = [name for name in sent if is_of_rules(name) or is_of_prices(name)]
    return said | {name: sent.get(name, "") for name in (*ones, *own)}


def typed_before(begun: Begun) -> dict[str, Any]:
    """Return what the draft of a form holds; nothing where there is none."""
    if begun.draft is None:
        return {}
    kept = QueryDict(mutable=True)
    for name, values in begun.draft.fields.items():
        kept.setlist(name, values)
    return typed(kept)
