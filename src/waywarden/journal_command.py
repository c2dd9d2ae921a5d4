"""The commands about the journal: check it, copy it out, make its head known.

Checking loads neither the site nor Django: it is for whoever holds a copy.
"""

import csv
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from waywarden.fabric.common.refusals import Refusal
from waywarden.upkeep import beginning

if TYPE_CHECKING:
    from waywarden.fabric.journal.verifying import Found, Published

app = typer.Typer(
    name="journal", help="Check the journal, copy it out, publish its head.", no_args_is_help=True
)
out = Console()

Copy = Annotated[
    Path | None,
    typer.Argument(help="A journal copied out, or an SQLite database. The site's own if left out."),
]
OneHead = Annotated[
    str, typer.Option(help="A head you kept: its line and hash, such as 1234:3fa4…")
]
Heads = Annotated[
    Path | None, typer.Option(help="The table of published heads, from the page of heads.")
]


@app.command()
def verify(file: Copy = None, head: OneHead = "", heads: Heads = None) -> None:
    """Check that no line was edited, removed, moved or put in, and that none is missing at the end.

    The last, and a journal written anew from its first line, show only against
    a head that was published: give the one you kept with --head, or the table
    of them with --heads.
    """
    from waywarden.fabric.journal import verifying

    known = [*([_head(head)] if head else []), *(_table(heads) if heads else [])]
    if file is None:
        _verify_the_site(known)
        return
    if not file.is_file():
        raise Refusal(f"There is no file {file}. Check the name and the folder.")
    _tell(verifying.verify(verifying.lines_in(file), known), known)


def _verify_the_site(known: "list[Published]") -> None:
    beginning.start(_say)
    from waywarden.fabric.journal import queries, verifying

    found = verifying.verify(queries.lines(), [*known, *queries.published_heads()])
    for fault in queries.faults_beside_the_chain(found):
        found.complain(fault)
    _tell(found, known or queries.published_heads())


def _tell(found: "Found", known: "list[Published]") -> None:
    if found.faults:
        more = [f"{found.untold} more faults are not shown."] if found.untold else []
        raise Refusal("\n".join(["The journal does not hold.", *found.faults, *more]))
    lines = "1 line" if found.lines == 1 else f"{found.lines:,} lines"
    _say(f"The journal holds: {lines}, the last with the hash {found.hash}.")
    if found.sealed:
        _say(f"{found.sealed:,} of them are sealed: of these only the place was checked.")
    if not known:
        _say(
            "No published head was given, so a tail cut off and a journal written anew "
            "would not show."
        )


def _head(text: str) -> "Published":
    from waywarden.fabric.journal.verifying import Published

    number, _, hash_ = text.replace(" ", "").partition(":")
    if not number.isdecimal() or len(hash_) != 64:
        raise Refusal(f"“{text}” is not a head. Write its line and its hash, such as 1234:3fa4…")
    return Published(int(number), hash_.lower())


def _table(file: Path) -> "list[Published]":
    from waywarden.fabric.journal.verifying import Published

    try:
        with file.open(encoding="utf-8-sig", newline="") as rows:
            return [
                Published(int(row["line"]), row["hash"], row["day"]) for row in csv.DictReader(rows)
            ]
    except (OSError, ValueError, KeyError) as error:
        raise Refusal(
            f"{file} is not the table of published heads, with columns day, line and hash."
        ) from error


@app.command()
def export(
    file: Annotated[Path, typer.Argument(help="Where to write it: one line of JSON for each.")],
) -> None:
    """Copy the whole journal out into a file that can be checked anywhere."""
    beginning.start(_say)
    from waywarden.fabric.journal import queries

    count = 0
    with file.open("w", encoding="utf-8") as copy:
        for line in queries.copied_out(queries.lines()):
            copy.write(line)
            count += 1
    _say(f"Wrote {count:,} lines to {file}. Check them with: waywarden journal verify {file}")


@app.command()
def publish() -> None:
    """Make today's head known on the page of heads; run it once a day."""
    beginning.start(_say)
    from waywarden.fabric.journal import actions

    head = actions.publish_head(today=date.today(), now=datetime.now(UTC))
    _say(f"Published for {head.day}: line {head.number}, {head.hash}")


def _say(line: str) -> None:
    out.print(line, markup=False, highlight=False, soft_wrap=True)
