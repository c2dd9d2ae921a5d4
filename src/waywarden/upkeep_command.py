"""The commands that look after an installation: backup, restore, upgrade, export, check."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from waywarden import starting
from waywarden.fabric.common.refusals import Refusal
from waywarden.upkeep import beginning

Folder = Annotated[
    Path | None,
    typer.Argument(help="The folder of backups; the installation's own `backups` unless named."),
]
OneFile = Annotated[bool, typer.Option("--tar", help="Make one file instead of a folder.")]
File = Annotated[Path, typer.Argument(help="The backup: a folder, or a .tar file.")]
Drill = Annotated[
    bool, typer.Option(help="Try the backup beside the site, touch nothing, and note it.")
]
Heads = Annotated[
    Path | None,
    typer.Option(help="A file of heads of the journal that were published, to compare with."),
]
Replace = Annotated[
    bool, typer.Option("--replace", help="Replace what is there; it is backed up first.")
]
Zip = Annotated[Path, typer.Argument(help="The ZIP file to write.")]


def add_to(app: typer.Typer) -> None:
    """Add the commands to the command line."""
    for command in (backup, restore, upgrade, export, check):
        app.command()(command)


def backup(folder: Folder = None, tar: OneFile = False) -> None:
    """Back up the database and the stored files while the site runs."""
    starting.set_up()
    from waywarden.upkeep import backups, places, replacing

    place = places.live()
    into = (folder or place.folder / replacing.BACKUPS).resolve()
    made = backups.back_up(place, into, now=datetime.now(UTC), as_file=tar)
    _say(f"Backed up to {made.path}: {made.said}.")
    _say(f"Try it: waywarden restore {made.path} --drill")


def restore(
    file: File, drill: Drill = False, heads: Heads = None, replace: Replace = False
) -> None:
    """Restore a backup, or try one beside the site with --drill."""
    starting.set_up()
    from waywarden.upkeep import drills, places, replacing
    from waywarden.upkeep import heads as published

    place, now = places.live(), datetime.now(UTC)
    place.folder.mkdir(parents=True, exist_ok=True)
    known = published.read(heads) if heads else []
    if drill:
        tried = drills.drill(file.resolve(), place, known, now=now)
        if tried.faults:
            raise places.CannotDo(" ".join(["The drill failed.", *tried.faults]))
        _say(f"The drill passed: {file} can be restored. Noted in {place.folder / drills.LOG}")
    else:
        tried = replacing.restore(
            file.resolve(), place, known, may_replace=replace, now=now, say=_say
        )
        _say(f"Restored as of {tried.manifest.made_at:%d %B %Y at %H:%M} UTC.")
        _say("Everybody has been signed out. Start the site again: waywarden serve")
    for line in tried.told:
        _say(line)


def upgrade() -> None:
    """Back up, then bring the tables up to this version, then check."""
    starting.set_up()
    from waywarden.upkeep import places, upgrades
    from waywarden.website.running.health import known_migrations

    place = places.live()
    with starting.alone(place.folder, _say):
        upgrades.upgrade(
            place,
            known=known_migrations(),
            migrate=starting.migrate,
            now=datetime.now(UTC),
            say=_say,
        )
    check()


def export(file: Zip) -> None:
    """Take out everything the installation holds, without what would let somebody in."""
    beginning.start(_say)
    from waywarden.upkeep import exports, places

    made = exports.export(file.resolve(), places.live(), now=datetime.now(UTC))
    rows = sum(table["rows"] for table in made["tables"])
    _say(f"Wrote {file}: {rows:,} rows in {len(made['tables'])} tables, {made['files']:,} files.")
    _say("It holds names and e-mail addresses: keep it as you keep those.")


def check() -> None:
    """Check settings, database, journal and what was agreed; print what the installation holds."""
    beginning.start(_say)
    from waywarden.county import intake
    from waywarden.fabric.journal import queries as journal
    from waywarden.fabric.journal import records

    for risk in refuse_unsafe():
        Console(stderr=True).print(risk, markup=False, highlight=False, soft_wrap=True)
    if faults := journal.faults():
        raise Refusal("The journal does not hold. " + " ".join(faults[:5]))
    if changed := records.faults():
        raise Refusal(f"Changed behind the pages: {records.in_one_line(changed)}")
    for line in intake.holdings():
        _say(line)


def refuse_unsafe() -> list[str]:
    """Refuse settings that no site may be served with; return what else there is to know."""
    from django.core import checks

    from waywarden.website.running.checks import is_public

    found = checks.run_checks(include_deployment_checks=is_public())
    told = [f"{message.msg} {message.hint or ''}".strip() for message in found]
    if wrong := [words for words, each in zip(told, found, strict=True) if each.is_serious()]:
        raise Refusal(" ".join(wrong))
    return told


def _say(line: str) -> None:
    Console().print(line, markup=False, highlight=False, soft_wrap=True)
