"""The conversation and the awards, taken away as CSV or Excel."""

from django.http import HttpRequest, HttpResponse
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from waywarden.county.people.acting import office_of
from waywarden.county.people.gate import for_officers
from waywarden.devolution.interest import log_tables, permissions, queries
from waywarden.devolution.interest.gate import Visit, for_asker
from waywarden.fabric.tables.writing import table_response


@require_safe
@for_asker()
def notes_table(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Download what was said and done; those who ask what is for them."""
    whole, on = queries.whole(visit.expression), localdate()
    found = whole.notes if visit.runs_it else whole.told
    about = {"source": log_tables.SAID_SOURCE, "licence": log_tables.SAID_LICENCE}
    name = f"conversation-{visit.expression.pk}-{on}"
    return table_response(request, name, log_tables.NOTES, found, made_on=on, **about)


@require_safe
@for_officers(permissions.may_list)
def awards_table(request: HttpRequest) -> HttpResponse:
    """Download what the funds of the council have awarded, also what was taken back."""
    found, on = queries.awards_of(office_of(request).body), localdate()
    about = {"source": log_tables.AWARDS_SOURCE, "licence": log_tables.AWARDS_LICENCE}
    name = f"awards-{on}"
    return table_response(request, name, log_tables.AWARDS, found, made_on=on, **about)
