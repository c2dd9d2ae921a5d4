"""How a plan's figures and findings are put into words. Pure."""

from collections.abc import Sequence

from waywarden.planning.reports import PRICES, ClusterReport, Range, Report

WAYS = {
    "own_staff": "Own staff",
    "cic": "Community interest company",
    "contractor": "Contractor",
    "volunteers": "Volunteers",
    "social_enterprise": "Social enterprise",
    "county_top_up": "More of the county's own service",
}
ILLUSTRATION = "If every council took part: an illustration"
NOBODY = "No council has said that it would take part"
WILLING = "A plan for the councils that would take part"
APPROXIMATE = (
    "Parish shapes are approximate: they are modelled from each parish's area and position, "
    "and are not legal boundaries."
)


def whole_pounds(pence: int) -> str:
    """Write pence in whole pounds, as tables have them.

    >>> whole_pounds(46_757_08), whole_pounds(-50), whole_pounds(0)
    ('£46,757', '−£1', '£0')
    """
    pounds = (abs(pence) + 50) // 100
    return f"{'−' if pence < 0 and pounds else ''}£{pounds:,}"


def short_pounds(pence: int) -> str:
    """Write pence to three figures, as headlines have them.

    >>> [short_pounds(p) for p in (130_000_000, 57_712_300, 4_675_708, 999_950_00, 12_345)]
    ['£1.30m', '£577k', '£46.8k', '£1m', '£123']
    """
    pounds = (abs(pence) + 50) // 100
    words = f"£{pounds:,}"
    for size, letter in ((1_000, "k"), (1_000_000, "m")):
        if pounds * 1_000 >= size * 999.5:
            words = f"£{_three_figures(pounds, size)}{letter}"
    return f"−{words}" if pence < 0 and pounds else words


def _three_figures(pounds: int, size: int) -> str:
    """Write pounds as thousands or millions, with the decimals that make three figures."""
    decimals = 2 if pounds < 9.995 * size else 1 if pounds < 99.95 * size else 0
    words = f"{pounds / size:,.{decimals}f}"
    return words.removesuffix("." + "0" * decimals)


def between(amount: Range) -> str:
    """Write a range short.

    >>> between(Range(116_000_000, 138_000_000, 183_000_000))
    '£1.16m to £1.83m'
    """
    low, high = sorted((amount.low, amount.high))
    if short_pounds(low) == short_pounds(high):
        return short_pounds(low)
    return f"{short_pounds(low)} to {short_pounds(high)}"


def way(model: str) -> str:
    """Name a way of delivering a service; one that is not known here by its own name.

    >>> way("own_staff"), way("a_new_way")
    ('Own staff', 'A new way')
    """
    return WAYS.get(model) or model.replace("_", " ").capitalize()


def holds(cluster: ClusterReport) -> str:
    """Say at which prices a cluster costs no more than its members alone."""
    kept = [price for price in PRICES if price in cluster.holds_at]
    if not kept:
        return "No price"
    if len(kept) == len(PRICES):
        return "Every price"
    return f"{kept[0].capitalize()} only" if len(kept) == 1 else " and ".join(kept).capitalize()


def saved_percent(before: int, after: int) -> str:
    """Write a saving as whole percent of what was paid before, rounded half up.

    >>> saved_percent(63_135, 46_757), saved_percent(0, 0), saved_percent(100, 110)
    ('26%', '', '−10%')
    """
    if before <= 0:
        return ""
    percent = (200 * abs(before - after) + before) // (2 * before)
    return f"{'−' if after > before and percent else ''}{percent}%"


def counted(number: int, one: str, many: str = "") -> str:
    """Write how many there are.

    >>> counted(1, "council"), counted(310, "council"), counted(2, "county", "counties")
    ('1 council', '310 councils', '2 counties')
    """
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def listed(names: Sequence[str], joint: str = "and") -> str:
    """Write names one after another.

    >>> listed(["Cholsey", "Moulsford", "South Stoke"]), listed(["Cholsey"]), listed([])
    ('Cholsey, Moulsford and South Stoke', 'Cholsey', '')
    """
    *first, last = names or [""]
    return f"{', '.join(first)} {joint} {last}" if first else last


def heading(report: Report) -> str:
    """Return the title of everything made from a plan."""
    if report.is_everyone:
        return ILLUSTRATION
    return WILLING if report.clusters else NOBODY


def summary(report: Report) -> str:
    """Say how many clusters there are for how many councils, and who decides."""
    joined = len({member for cluster in report.clusters for member in cluster.members})
    if not joined:
        return "No cluster is proposed. Each council decides for itself."
    clusters, councils = counted(len(report.clusters), "cluster"), counted(joined, "council")
    return f"{clusters} for {councils}. A proposal: each council decides for itself."


def saving(report: Report) -> str:
    """Say what the plan saves beside every council going alone."""
    saved = report.saving.expected
    if saved > 0:
        return f"The plan costs {short_pounds(saved)} a year less than every council going alone."
    if saved < 0:
        return f"The plan costs {short_pounds(-saved)} a year more than every council going alone."
    return "The plan costs as much as every council going alone."


def proof(report: Report) -> str:
    """Say how far from the best the plan can be, as proven."""
    if report.gap_permille == 0:
        return "No plan at these prices can be cheaper."
    return f"No plan at these prices can be more than {gap(report)} cheaper."


def gap(report: Report) -> str:
    """Write the proven gap in percent."""
    whole, tenth = divmod(report.gap_permille, 10)
    return f"{whole}.{tenth}%" if tenth else f"{whole}%"
