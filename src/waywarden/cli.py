"""The command line: thin. Each command calls one action or query and says what it found."""

import csv
import errno
import json
import os
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, fields
from datetime import date
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.table import Table

from waywarden import (
    __version__,
    compare_command,
    data,
    journal_command,
    people_command,
    plan_command,
    shares_command,
    starting,
    upkeep_command,
    worker_command,
)
from waywarden.data.names import shown
from waywarden.environment import BadSetting
from waywarden.progress import telling
from waywarden.upkeep import beginning

if TYPE_CHECKING:
    from waywarden.county.places.models import Area

app = typer.Typer(
    name="waywarden",
    help="Who delivers what, where, under which power, to what standard and cost.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
out = Console()
err = Console(stderr=True)

# A file with everything wrong in it should still be read to the end of a screen or two.
MOST_PROBLEMS = 50

#: What a disk says that cannot take what is printed to a file on it.
UNPRINTABLE = (errno.ENOSPC, errno.EIO, errno.EDQUOT)

County = Annotated[
    str, typer.Option(help="A county of England, such as Oxfordshire, Devon or Cornwall.")
]
What = Annotated[
    str,
    typer.Argument(help="A county, or quantities, boundaries, population, postcodes and a FILE."),
]
File = Annotated[Path | None, typer.Argument(help="The file to take in: CSV, Excel or GeoJSON.")]
CountsFrom = Annotated[
    str, typer.Option(help="The day boundaries or a population count from: 2026-04-01.")
]
DryRun = Annotated[bool, typer.Option(help="Show what would change and save nothing.")]
Template = Annotated[bool, typer.Option(help="Write an empty table to fill in to FILE.")]


class Refused(Exception):
    """A request that cannot be met; the message says what is wrong and what to do."""


class Stopped(BaseException):
    """The user has pressed Ctrl+C; the message is what to say of it."""


app.command("plan", help=plan_command.HELP)(plan_command.plan)
app.command("shares", help=shares_command.HELP)(shares_command.shares)
app.command("compare", help=compare_command.HELP)(compare_command.compare)
app.add_typer(journal_command.app)
app.command("first-officer", help=people_command.HELP)(people_command.first_officer)
upkeep_command.add_to(app)
app.command("worker", help=worker_command.HELP)(worker_command.worker)
app.command("erase-person", help=people_command.ERASE_HELP)(people_command.erase_person)
app.command("lost-second-step", help=people_command.LOST_HELP)(people_command.lost_second_step)


def main() -> None:
    """Run the command line. What a user can mend is said in one sentence, with exit code 2."""
    arguments = [word for word in sys.argv[1:] if word != "--debug"]
    _stop_with("Stopped. Nothing was saved.")
    try:
        _printed(arguments)
    except Stopped as stopped:
        _complain(str(stopped))
        sys.exit(130)
    except Exception as error:
        if "--debug" in sys.argv or not (sentence := _plain(error)):
            raise
        _complain(sentence)
        sys.exit(2)


def _printed(arguments: Sequence[str]) -> None:
    """Run a command, and print all that it has said while a fault can still be told."""
    try:
        app(args=arguments)
    finally:
        if sys.stdout:
            sys.stdout.flush()


def _stop_with(words: str) -> None:
    """Make Ctrl+C end the command with these words; what is not yet committed is undone."""

    def stop(number: int, frame: FrameType | None) -> None:
        # A second Ctrl+C must not break off the undoing.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        raise Stopped(words)

    signal.signal(signal.SIGINT, stop)


def _plain(error: Exception) -> str:
    """Return what to tell the user of an error they can mend, or nothing for a fault of ours."""
    if isinstance(error, Refused | BadSetting | data.UnknownCounty) or getattr(
        error, "is_plain", False
    ):
        return str(error)
    if isinstance(error, OSError) and error.errno in UNPRINTABLE and not error.filename:
        # What is left would be tried again at the end, and Python would complain of it itself.
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        return f"Not all could be printed: {error.strerror}. Send it to another place."
    return starting.why_no_database(error)


def _version(is_asked: bool) -> None:
    if is_asked:
        _say(f"waywarden {__version__}")
        raise typer.Exit


@app.callback()
def every_command(
    version: Annotated[
        bool,
        typer.Option("--version", callback=_version, is_eager=True, help="Print the version."),
    ] = False,
) -> None:
    """Who delivers what, where, under which power, to what standard and cost."""


@app.command()
def parishes(
    county: County = "oxfordshire",
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="Print CSV.")] = False,
) -> None:
    """List a county's parishes, from the open data in the package."""
    if as_json and as_csv:
        raise Refused("Choose one of --json and --csv.")
    name = data.county(county).name
    found = data.listed_parishes(name)
    rows = [asdict(parish) for parish in found]
    if as_json:
        print(json.dumps(rows, ensure_ascii=False, indent=2))
    elif as_csv:
        writer = csv.DictWriter(
            sys.stdout, fieldnames=[field.name for field in fields(data.ListedParish)]
        )
        writer.writeheader()
        writer.writerows(rows)
    else:
        _print_parishes(name, found)


def _print_parishes(county: str, found: Sequence[data.ListedParish]) -> None:
    if not found:
        # The official list writes "Bristol, City of".
        return _say(f"{county.partition(',')[0]} has no parishes.")
    table = Table(title=f"Parishes of {county}")
    for heading in ("Parish", "Code", "District", "Hectares"):
        table.add_column(heading, justify="right" if heading == "Hectares" else "left")
    for parish in found:
        milli = parish.extent_milli
        hectares = "not known" if milli is None else f"{(milli + 500) // 1000:,}"
        table.add_row(parish.name, parish.code, parish.district, hectares)
    out.print(table)
    return _say(f"{len(found)} {'parish' if len(found) == 1 else 'parishes'}. {data.ATTRIBUTION}")


@app.command()
def load(
    what: What = "",
    file: File = None,
    county: Annotated[str, typer.Option(help="Any county of England, such as Devon.")] = "",
    on: CountsFrom = "",
    dry_run: DryRun = False,
    template: Template = False,
) -> None:
    """Take in a county from the package, or a file of real figures."""
    _site()
    from waywarden.county import intake

    if what in intake.FILES:
        _load_file(what, file, on=on, dry_run=dry_run, template=template)
    elif file or on or dry_run or template:
        wanted = ", ".join(intake.FILES)
        raise Refused(f"Only a file can be loaded that way. Say which kind it is: {wanted}.")
    elif what and county:
        raise Refused("Name one county, not two.")
    elif what == "examples":
        _load_examples()
    elif what or county:
        _load_county(what or county)
    else:
        raise Refused("Name a county, such as: waywarden load oxfordshire")


def _load_file(what: str, file: Path | None, *, on: str, dry_run: bool, template: bool) -> None:
    from waywarden.county import intake

    if file is None:
        raise Refused(f"Name the file to take in, such as: waywarden load {what} {what}.csv")
    if not template:
        return _take_in(intake.FILES[what], file, on=on, dry_run=dry_run)
    intake.write_template(what, file)
    return _say(f"Wrote {file}. Fill it in, then: waywarden load {what} {file}")


def _load_examples() -> None:
    from waywarden.county import examples
    from waywarden.fabric.common.subjects import COMMAND_LINE

    count = examples.load_examples(by=COMMAND_LINE, today=date.today())
    _say(f"Loaded {count} example records, each marked as an example.")


def _load_county(name: str) -> None:
    from waywarden.county import loading
    from waywarden.fabric.common.subjects import COMMAND_LINE

    with _progress(f"Loading {data.county(name).name}") as report:
        found = loading.load_county(name, by=COMMAND_LINE, today=date.today(), progress=report)
    for line in [*found.lines(), *_example_answer(found.county)]:
        _say(line)


def _example_answer(county: "Area") -> list[str]:
    """Show what the register answers, for the largest town of a county or any place in it."""
    from waywarden.arrangements.register import queries
    from waywarden.county.places import queries as places

    towns = [town for town in places.towns_of(county, on=date.today()) if town.kind == "parish"]
    there = towns or places.places_of(county, on=date.today())
    answers = queries.answers_for_place(there[0], on=date.today()) if there else []
    return [
        f"Who delivers {answer.service.name.lower()} in {answer.area.name}? "
        f"{answer.delivered_by or 'Not known'}. {answer.why} {answer.power}; to be confirmed."
        for answer in answers[:1]
    ]


def _take_in(take_in: Callable, file: Path, *, on: str, dry_run: bool) -> None:
    """Take in a file and print what it found; save nothing if anything in it is wrong."""
    from waywarden.fabric.common.subjects import COMMAND_LINE

    if not file.is_file():
        raise Refused(f"There is no file {file}. Check the name and the folder.")
    day = _day(on) if on else date.today()
    with _progress(f"Reading {file.name}") as report:
        preview = take_in(
            file, on=day, by=COMMAND_LINE, today=date.today(), dry_run=dry_run, progress=report
        )
    for line in preview.lines():
        _say(line)
    for problem in preview.problems[:MOST_PROBLEMS]:
        _complain(str(problem))
    if preview.problems:
        more = len(preview.problems) - MOST_PROBLEMS
        left_out = f" {more} more are not shown." if more > 0 else ""
        raise Refused(f"Nothing was saved. Mend what is named above and load it again.{left_out}")


def _say(line: str) -> None:
    out.print(line, markup=False, highlight=False, soft_wrap=True)


def _complain(sentence: str) -> None:
    """Print a sentence for whoever must mend something; what it repeats cannot steer a terminal."""
    printable = "".join(sign if sign.isprintable() else " " for sign in sentence)
    err.print(printable, markup=False, highlight=False, soft_wrap=True)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise Refused(f"“{shown(text)}” is not a date. Write it as 2026-04-01.") from error


@app.command()
def confirm(
    service: Annotated[str, typer.Argument(help="The service's code or name, such as DPS01.")],
    office: Annotated[
        str, typer.Option(help="The office and its council: Monitoring Officer, Some Council.")
    ],
    on: Annotated[str, typer.Option(help="The day it was confirmed, such as 2026-04-01.")] = "",
) -> None:
    """Record that a monitoring officer confirms whose duty a service is by default."""
    _site()
    from waywarden.county.services import actions, queries
    from waywarden.fabric.common.subjects import COMMAND_LINE

    today = date.today()
    found = queries.service_called(service)
    actions.confirm_duty(
        service=found, office=office, on=_day(on) if on else today, by=COMMAND_LINE, today=today
    )
    _say(f"{found.name}: confirmed by {office}.")


@app.command("shed-examples")
def shed_examples() -> None:
    """Withdraw the demonstration's example records and keep everything real."""
    _site()
    from waywarden.county import examples
    from waywarden.fabric.common.subjects import COMMAND_LINE

    count = examples.shed_examples(by=COMMAND_LINE, today=date.today())
    _say(f"Withdrew {count} example records." if count else "There are no example records.")


@app.command()
def serve(
    port: Annotated[int, typer.Option(min=1, max=65535, help="The port to answer on.")] = 8000,
    host: Annotated[str, typer.Option(help="The address to answer on.")] = "127.0.0.1",
    workers: Annotated[int, typer.Option(min=1, max=64, help="How many processes answer.")] = 2,
    worker: Annotated[
        bool, typer.Option(help="Start a worker beside it, for letters, chores and long jobs.")
    ] = True,
) -> None:
    """Serve the site. Stop it with Ctrl+C."""
    starting.refuse_busy(host, port)
    starting.name_the_site(port)
    _site()
    from django.core.management import call_command

    from waywarden.county.places import queries as places
    from waywarden.website.running.checks import is_public

    upkeep_command.refuse_unsafe()
    call_command("collectstatic", interactive=False, verbosity=0)
    if not places.home_county():
        _say("This installation is empty. To fill it: waywarden load oxfordshire")
    people_command.say_how_to_begin(_say)
    if host not in ("127.0.0.1", "localhost", "::1") and not is_public():
        _say("Only this machine will be answered. Set SITE_ADDRESS to the address others will use.")
    _say(f"Serving on {starting.shown_address(host, port)} (Ctrl+C stops it)")
    sys.stdout.flush()
    if worker:
        worker_command.start_beside()
    options = [
        "--workers",
        str(workers),
        "--bind",
        f"[{host}]:{port}" if ":" in host else f"{host}:{port}",
        "--no-control-socket",
        "--log-level",
        "warning",
        "--logger-class",
        "waywarden.website.running.gunicorn_log.CleanLogger",
    ]
    os.execv(sys.executable, [sys.executable, "-m", "gunicorn", *options, "waywarden.wsgi"])


def _site() -> None:
    """Start the web platform and bring its database up to date."""
    beginning.start(_say)


@contextmanager
def _progress(what: str) -> Iterator[Callable[[str, float], None]]:
    """Show how far it is; once it is done, Ctrl+C has nothing to undo any more."""
    with telling(what, out) as tell:
        yield tell
    # From here on "nothing was saved" would no longer be true.
    _stop_with("Stopped after the work was done.")


if __name__ == "__main__":
    main()
