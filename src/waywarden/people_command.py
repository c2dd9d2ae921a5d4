"""The commands about people: the first officer, and somebody who has lost their second step."""

from collections.abc import Callable
from typing import Annotated

import typer
from rich.console import Console

from waywarden.environment import BadSetting
from waywarden.upkeep import beginning

HELP = """Show the set-up code with which the first officer of this site comes in.

Open /first-run/ on the site and enter it there. Each time this is asked, the code is a new one.
Once the first officer has come, there is no code any more: others come by invitation.
"""
LOST_HELP = """Let somebody who has lost their second step set one up anew.

Be sure first that it is them: whoever reads their mail can then sign in as them. The reason \
stands in the journal.
"""
ERASE_HELP = """Forget somebody who has left: their name, address and all that let them in.

What they did stays in the journal, under a key that says nothing of them. This cannot be undone, \
and backups made before still hold them.
"""


def first_officer() -> None:
    """Show a set-up code."""
    beginning.start(_say)
    if not say_how_to_begin(_say):
        _say("This site has its first officer already. Others come by invitation.")


def lost_second_step(
    email: Annotated[str, typer.Argument(help="The e-mail address with which they sign in.")],
    reason: Annotated[str, typer.Option(help="How you know that it is them. Name no person.")],
) -> None:
    """Let somebody set up their second step anew."""
    beginning.start(_say)
    from waywarden.county.signing_in import actions, queries
    from waywarden.fabric.common.subjects import COMMAND_LINE

    person = queries.person_at(email)
    if person is None:
        raise BadSetting("Nobody signs in here with that address. Check how it is written.")
    actions.begin_steps_anew(person=person, reason=reason, by=COMMAND_LINE)
    _say("They are signed out everywhere, and can set up a second step after their next link.")


def erase_person(
    email: Annotated[str, typer.Argument(help="The e-mail address with which they signed in.")],
    reason: Annotated[str, typer.Option(help="Why, such as that they asked. Name no person.")],
) -> None:
    """Forget who somebody was."""
    beginning.start(_say)
    from django.utils.timezone import now

    from waywarden.county.signing_in import queries
    from waywarden.fabric.common.subjects import COMMAND_LINE
    from waywarden.upkeep import erasing

    person = queries.person_at(email)
    if person is None:
        raise BadSetting("Nobody signs in here with that address. Check how it is written.")
    erasing.erase(person=person, by=COMMAND_LINE, now=now(), reason=reason)
    _say("Erased. Backups made before still hold them: throw those away when their time is over.")


def say_how_to_begin(say: Callable[[str], None]) -> bool:
    """Say how the first officer comes in, while there is none; return whether it was said."""
    from django.conf import settings

    from waywarden.county.signing_in import first_run, queries

    if queries.has_begun():
        return False
    say("Nobody can sign in yet. To let the first officer in, open /first-run/ on the site.")
    say(f"Set-up code: {first_run.new_code(settings.INSTANCE)}")
    return True


def _say(line: str) -> None:
    Console().print(line, markup=False, highlight=False, soft_wrap=True)
