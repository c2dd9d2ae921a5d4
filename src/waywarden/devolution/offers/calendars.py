"""The days a round leaves each council: its last lawful meeting, and by when its notice is out.

Pure: the days on which councils said they meet are handed in.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from waywarden.devolution.offers.models import Offer
from waywarden.rules.calendar import last_working_day
from waywarden.rules.timetable import (
    Meeting,
    Step,
    last_day_of,
    last_meeting_in_time,
    meeting,
    misses_precept,
)

TOO_LATE, SHOULD_BE_OUT, HAS_MET = "Too late", "Its notice should be out", "Met; no answer yet"
NOT_SAID, IN_TIME, DECIDED = "No meeting named", "In time", "Has decided"


@dataclass(frozen=True)
class CouncilDays:
    """The days of one council on a day: the last there are, and those of the meeting it named."""

    offer: Offer
    #: On which days to come it said that it meets, in whichever offer.
    days: Collection[date]
    today: date

    @cached_property
    def last_day(self) -> date:
        """The last day to decide: when answers are due, or councils have resolved if sooner."""
        of = self.offer.round
        return min(of.answer_by, last_day_of(Step.RESOLUTIONS, of.starts_on))

    @cached_property
    def last(self) -> Meeting:
        """The last meeting that is in time, held on a working day."""
        return meeting(last_working_day(self.last_day), self.offer.whose)

    @cached_property
    def named(self) -> Meeting | None:
        """The meeting it decides at: the last in time, else the first to come, or the one held."""
        in_time = last_meeting_in_time(
            self.days, by=self.last_day, today=self.today, whose=self.offer.whose
        )
        first = min(self.days, default=self.offer.meeting_on)
        return in_time or (meeting(first, self.offer.whose) if first else None)

    @property
    def has_decided(self) -> bool:
        """Whether it agreed, by a minute that stands, or said no."""
        if self.offer.has_lost_its_minute:
            return False
        return self.offer.answer in (Offer.Answer.AGREED, Offer.Answer.DECLINED)

    @cached_property
    def standing(self) -> str:
        """How it stands, in a few words."""
        if self.has_decided:
            return DECIDED
        if self.named is None:
            return TOO_LATE if self.last.notice_by < self.today else NOT_SAID
        if self.named.on > self.last_day:
            return TOO_LATE
        if self.named.on < self.today:
            return HAS_MET
        # Whoever sent its notice in time has done all there is to do.
        return SHOULD_BE_OUT if self.named.notice_by < self.today else IN_TIME

    @property
    def days_left(self) -> int | None:
        """How many days its notice has left; below nothing where it is too late to decide.

        None where it has decided, or met.
        """
        if self.standing in (DECIDED, HAS_MET):
            return None
        if self.standing == SHOULD_BE_OUT:
            return 0
        meets = self.named or self.last
        to_notice, beyond = (meets.notice_by - self.today).days, (meets.on - self.last_day).days
        return min(to_notice, -beyond) if beyond > 0 else to_notice

    @property
    def misses_precept(self) -> bool:
        """Whether its meeting, or the last there can be, is after precepts are asked for."""
        return misses_precept((self.named or self.last).on, self.offer.round.starts_on)
