"""What may stand in each sheet of a county's spreadsheet: the one list of its columns."""

from dataclasses import dataclass

#: A row with this word in its first column is an example, and is not read.
EXAMPLE = "example"


@dataclass(frozen=True)
class OwnColumn:
    """One column: its heading, what it means, and whether every row must have it."""

    name: str
    meaning: str
    is_needed: bool = False


@dataclass(frozen=True)
class OwnSheet:
    """One sheet: its columns and some example rows, which a blank spreadsheet has."""

    name: str
    meaning: str
    columns: tuple[OwnColumn, ...]
    examples: tuple[tuple[str, ...], ...]
    is_needed: bool = False

    @property
    def needed(self) -> list[str]:
        """The headings without which the sheet cannot be read."""
        return [column.name for column in self.columns if column.is_needed]


def _needed(name: str, meaning: str) -> OwnColumn:
    return OwnColumn(name, meaning, is_needed=True)


COUNCILS = OwnSheet(
    "councils",
    "Every council of the plan, and where it is.",
    (
        _needed("council", "Its name, as in the other sheets"),
        _needed("easting", "Metres east on the British National Grid"),
        _needed("northing", "Metres north on the British National Grid"),
        OwnColumn("can lead", "yes or no: may it hold money and deliver for others? Blank is yes"),
    ),
    (
        ("Wychbourne", "450000", "210000", "yes"),
        ("Coldbrook", "453000", "211000", "yes"),
        ("Marl Green", "455000", "212000", "no"),
    ),
    is_needed=True,
)
WORK = OwnSheet(
    "work",
    "What each council wants of each service. A council without a row has none of it.",
    (
        _needed("council", "A council of the sheet councils"),
        _needed("service", "The service, as in the sheet models"),
        _needed("quantity", "How much there is, in the unit of the service"),
        _needed("visits", "How many times a year it is done"),
        OwnColumn("peak share", "Percent of a year’s work in the busiest month; or give the peak"),
        OwnColumn("peak", "Units done in the busiest month; instead of the peak share"),
        OwnColumn(
            "trips", "Journeys a lead would make there in a year; blank is as many as visits"
        ),
        OwnColumn("willingness", "lead, join, alone, no or unknown; blank is unknown"),
        OwnColumn("cost alone", "What it would pay a year without a cluster; blank: it could not"),
        OwnColumn("way alone", "How it would then do it, in a word or two"),
        OwnColumn("payment", "What the county would pay it a year if it took the service on"),
        OwnColumn("unit", "The unit of the service, such as m2"),
    ),
    (
        ("Wychbourne", "grass", "60000", "2", "50", "", "", "lead", "9140", "own staff", "", "m2"),
        ("Coldbrook", "grass", "9000", "2", "50", "", "", "join", "900", "a firm", "", "m2"),
        ("Marl Green", "grass", "4000", "2", "50", "", "", "unknown", "400", "a firm", "", "m2"),
    ),
    is_needed=True,
)
MODELS = OwnSheet(
    "models",
    "The ways of delivering each service, for itself or for a whole cluster. Several rows of one "
    "name are steps: the cheapest counts.",
    (
        _needed("service", "The service"),
        _needed("name", "What the way is called, such as own staff"),
        _needed("setup", "Cost a year before anything is done: kit, insurance, training"),
        _needed("unit cost", "Cost of one unit done once"),
        OwnColumn("capacity", "Most units in the busiest month; blank is no limit"),
        OwnColumn("call-out", "Cost of each visit to a council; blank is none"),
        OwnColumn("travels", "yes or no: is the way from the lead paid for? Blank is yes"),
        OwnColumn("council", "The one council or provider it is for; blank is every council"),
        OwnColumn("low", "What its costs may be multiplied by at low prices; blank is 1"),
        OwnColumn("high", "What its costs may be multiplied by at high prices; blank is 1"),
    ),
    (
        ("grass", "own staff", "6500", "0.022", "150000", "", "yes", "", "0.9", "1.4"),
        ("grass", "a firm", "300", "0.045", "", "40", "no", "", "", ""),
    ),
    is_needed=True,
)
NEIGHBOURS = OwnSheet(
    "neighbours",
    "Which councils touch. With any row, every shared cluster hangs together on them.",
    (_needed("council", "A council"), _needed("neighbour", "A council that it touches")),
    (("Wychbourne", "Coldbrook"), ("Coldbrook", "Marl Green")),
)
TRAVEL = OwnSheet(
    "travel",
    "Ways that are known, in kilometres, or in minutes if the settings are by the minute. With any "
    "row, pairs without one are out of reach; without, ways are straight lines x the road factor.",
    (
        _needed("from", "A council or provider"),
        _needed("to", "A council; the way back is as long unless it has a row of its own"),
        _needed("way", "Kilometres or minutes, one way"),
    ),
    (("Wychbourne", "Coldbrook", "3.9"),),
)
PROVIDERS = OwnSheet(
    "providers",
    "Companies or groups that could lead without being a council. Name each in the sheet models.",
    (
        _needed("provider", "Its name"),
        _needed("easting", "Metres east on the British National Grid"),
        _needed("northing", "Metres north on the British National Grid"),
    ),
    (("A Firm", "452000", "209000"),),
)
RULES = OwnSheet(
    "rules",
    "Rules every plan keeps.",
    (
        _needed("kind", "together, apart, lock or exclude"),
        _needed("council", "The council it is about"),
        OwnColumn("other", "together, apart: the other council. lock: who leads; blank is itself"),
        OwnColumn("service", "lock: the service"),
    ),
    (
        ("apart", "Coldbrook", "Marl Green", ""),
        ("lock", "Coldbrook", "Wychbourne", "grass"),
        ("exclude", "Marl Green", "", ""),
    ),
)
SETTINGS = OwnSheet(
    "settings",
    "Limits and costs of the whole plan, each by its name; leave out what does not apply.",
    (_needed("setting", "Its name"), _needed("value", "A number, or yes or no for everyone")),
    (
        ("travel limit", "15"),
        ("cost per km", "0.9"),
        ("road factor", "1.3"),
        ("most members", "14"),
        ("cost per cluster", "0"),
        ("cost per member", "600"),
        ("everyone", "no"),
    ),
)
SHEETS = (COUNCILS, WORK, MODELS, NEIGHBOURS, TRAVEL, PROVIDERS, RULES, SETTINGS)

SETTING_MEANINGS = {
    "travel limit": "Nobody is served from further, in kilometres or minutes; no limit if left out",
    "cost per km": "What a kilometre (or minute) costs, paid there and back; nothing if left out",
    "road factor": "What straight lines are multiplied by; 1.3 if left out",
    "most members": "The most councils in a cluster; 14 if left out",
    "cost per cluster": "The cost a year of running a cluster; nothing if left out",
    "cost per member": "The cost a year of each member of a cluster; nothing if left out",
    "everyone": "yes: whoever has not said counts as willing. no if left out",
}
