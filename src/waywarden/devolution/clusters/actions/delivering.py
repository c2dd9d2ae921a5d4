"""How a service is to be delivered: how often, what each way is said to be like, which is meant."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction

from waywarden.devolution.clusters import policies, queries, stated_queries
from waywarden.devolution.clusters.actions.locking import locked_expression
from waywarden.devolution.clusters.actions.refusing import CannotCluster
from waywarden.devolution.clusters.models import Scope, Stated
from waywarden.devolution.interest.models import Expression
from waywarden.fabric.common.refusals import Overtaken
from waywarden.fabric.common.subjects import Actor
from waywarden.fabric.journal import actions as journal


@dataclass(frozen=True, kw_only=True)
class Work:
    """How many times a year a service is done, from which month to which."""

    visits: int
    first_month: int
    last_month: int


@dataclass(frozen=True, kw_only=True)
class Choice:
    """The way in which a cluster intends to have a service delivered, and why."""

    intended: str
    intended_why: str


@transaction.atomic
def say_work(*, scope: Scope, version: int, work: Work, by: Actor, today: date) -> None:
    """Say how often a service is done, and in which months."""
    did = "said how often a service is done"
    _change(scope, version, vars(work), did=did, by=by, today=today)


@transaction.atomic
def choose(*, scope: Scope, version: int, choice: Choice, by: Actor, today: date) -> None:
    """Choose how a service is meant to be delivered; another choice takes its place later."""
    did = "chose how a service is meant to be delivered"
    _change(scope, version, vars(choice), did=did, by=by, today=today)


def _change(
    scope: Scope, version: int, to: dict[str, Any], *, did: str, by: Actor, today: date
) -> None:
    _refuse_if_over_or_overtaken(scope, version)
    before = {name: getattr(scope, name) for name in to}
    if before == to:
        return
    Scope.objects.change_as_read(scope, version, **to)
    of = {"service": scope.service.code}
    subject = queries.subject_of(scope.cluster, on=today)
    journal.write(by=by, did=did, to=subject, before=before, after=of | to)


#: What is said of each aspect: words, or of a cost pence; None where it is not known.
Said = Mapping[str, str | int | None]


@dataclass(frozen=True, kw_only=True)
class Statement:
    """What is said of one way to deliver a service, by whom and when."""

    model: str
    said: Said
    said_by: str
    said_on: date
    #: Where a group or company that asked the county said so, by its name there.
    expression: Expression | None = None

    @property
    def who(self) -> dict[str, Any]:
        """The fields that say who said so, and when."""
        said_by = "" if self.expression else self.said_by
        return {"said_by": said_by, "expression": self.expression, "said_on": self.said_on}


@transaction.atomic
def state(*, scope: Scope, version: int, statement: Statement, by: Actor, today: date) -> None:
    """Keep what somebody said of a way to deliver a service; what did not change keeps its day."""
    _refuse_if_over_or_overtaken(scope, version)
    held = stated_queries.stated_of(scope, statement.model)
    news = {aspect: value for aspect, value in statement.said.items() if value != held.get(aspect)}
    if not news:
        return
    Scope.objects.change_as_read(scope, version)
    for aspect, value in news.items():
        is_cost = aspect == Stated.Aspect.COST
        given: dict[str, Any] = {"pence": value} if is_cost else {"says": value or ""}
        Stated.objects.update_or_create(
            scope=scope, model=statement.model, aspect=aspect, defaults=given | statement.who
        )
    after: dict[str, Any] = {"service": scope.service.code, "model": statement.model, **news}
    after |= {"said_by": _kept_name(statement), "said_on": str(statement.said_on)}
    journal.write(
        by=by,
        did="said what a way of delivering is like",
        to=queries.subject_of(scope.cluster, on=today),
        before={aspect: held.get(aspect) for aspect in news},
        after=after,
    )


def _kept_name(statement: Statement) -> str | dict[str, str]:
    """Return what the journal keeps of who said so; of who asked the county, beside its chain."""
    if statement.expression is None:
        return statement.said_by
    # By its name as it stands: whoever was erased meanwhile is not named anew.
    of = locked_expression(statement.expression)
    return journal.personal(of.who, of=of.key)


def _refuse_if_over_or_overtaken(scope: Scope, version: int) -> None:
    if scope.cluster.is_over:
        raise CannotCluster(policies.NOT_UNDER_WAY)
    if scope.version != version:
        raise Overtaken
