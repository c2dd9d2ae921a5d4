"""How a plan's figures and findings are put into words. Pure."""

from collections.abc import Callable, Sequence

from waywarden.planner.answers.explaining import gap_in_words
from waywarden.planning.reports import PRICES, ClusterReport, Range, Report
from waywarden.planning.words.phrasing import capital, counted

ILLUSTRATION = "If every council took part: an illustration"
NOBODY = "No council has said that it would take part"
WILLING = "A plan for the councils that would take part"
AT_A_FIRMS_PRICES = "at a firm’s prices, with no charge for clerks or clusters"
OUR_ESTIMATE = "our estimate of what the county pays now"
#: How the finding begins that says what a plan is bound to.
RULES = "The rules: "
#: How the reason begins that says what would come of a council leaving its cluster.
IF_IT_LEFT = "If it left"
#: Why others may pay less once a council has left: said beside the figure, as it astonishes.
LESS_THAN_IT_ADDS = (
    "The others would pay less because its share of the cost is smaller than what serving it adds "
    "to the cost."
)
APPROXIMATE = (
    "Parish shapes are approximate: they are modelled from each parish's area and position, "
    "and are not legal boundaries."
)


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


def takes_part(report: Report) -> bool:
    """Whether any council takes a service on, in a cluster or alone."""
    return any(council.clusters or council.alone_models for council in report.councils)


def heading(report: Report) -> str:
    """Return the title of everything made from a plan."""
    if report.is_everyone:
        return ILLUSTRATION
    return WILLING if takes_part(report) else NOBODY


def costs_of(report: Report) -> list[tuple[str, Range]]:
    """Return the costs a plan sets side by side; what is paid now alone if nobody takes part."""
    costs = [("Now", report.now)]
    if takes_part(report):
        costs += [("Each council alone", report.alone), ("This plan", report.planned)]
    return costs


def sentence(words: str) -> str:
    """Write words as a sentence, with its capital and its stop.

    >>> sentence("the bound is proven"), sentence("")
    ('The bound is proven.', '')
    """
    return f"{capital(words.rstrip('.'))}." if words else ""


def summary(report: Report) -> str:
    """Say how many clusters there are for how many councils, and who decides."""
    return proposal([cluster.members for cluster in report.clusters])


def proposal(clusters: Sequence[Sequence[str]]) -> str:
    """Say how many clusters, given by their members, there are for how many councils.

    >>> proposal([["a", "b"], ["b", "c"]])
    'Two clusters for three councils. A proposal: each council decides for itself.'
    """
    joined = {member for members in clusters for member in members}
    if not joined:
        return "No cluster is proposed. Each council decides for itself."
    many = capital(counted(len(clusters), "cluster", "clusters"))
    councils = counted(len(joined), "council", "councils")
    return f"{many} for {councils}. A proposal: each council decides for itself."


def saving(report: Report) -> str:
    """Say what the plan saves beside every council going alone."""
    return saved_in_words(report.saving.expected)


def saved_in_words(pence: int, write: Callable[[int], str] = short_pounds) -> str:
    """Say what a plan saves beside every council going alone; or costs more, below nothing.

    ``write`` writes pence.

    >>> saved_in_words(140_000)
    'The plan costs £1.40k a year less than every council going alone.'
    """
    if not pence:
        return "The plan costs as much as every council going alone."
    more = "less" if pence > 0 else "more"
    return f"The plan costs {write(abs(pence))} a year {more} than every council going alone."


def proof(report: Report) -> str:
    """Say how far from the best plan of its shape the plan can be, as proven."""
    return gap_in_words(report.gap_permille / 1_000, report.shape)


def rules(report: Report) -> str:
    """Return what a plan was bound to, as said when it was made; of older plans, nothing."""
    return next((said for said in report.findings if said.startswith(RULES)), "")
