"""What the monitoring officer confirms of the powers a cluster rests on, recorded on its page."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_http_methods

from waywarden.county.people.acting import asking, office_of
from waywarden.devolution.clusters import permissions, powers
from waywarden.devolution.clusters.actions import confirming as actions
from waywarden.devolution.clusters.confirming_forms import ConfirmClusterForm
from waywarden.devolution.clusters.gate import of_cluster
from waywarden.devolution.clusters.models import Cluster
from waywarden.devolution.clusters.views import way
from waywarden.devolution.offers.power_views import NOTED, NOTHING, OWN, is_own_word
from waywarden.fabric.forms.fields import WhyForm
from waywarden.fabric.forms.once import once
from waywarden.fabric.forms.sheets import METHODS, Sheet, answer


@require_http_methods(METHODS)
@of_cluster(permissions.may_confirm)
@once
def confirm(request: HttpRequest, cluster: Cluster) -> HttpResponse:
    """Record that the monitoring officer confirms warnings about what the cluster rests on."""
    is_own = is_own_word(office_of(request))
    standing = [
        (rests.key_of(found), f"{rests.reliance.power.name}: {found.asks}")
        for rests in powers.rests_of(cluster, on=localdate())
        for found in rests.reliance.warnings
    ]
    first = {"given_on": localdate()}
    form = ConfirmClusterForm(request.POST or None, initial=first, standing=standing, is_own=is_own)

    def change() -> str:
        actions.confirm(cluster=cluster, said=form.said(), by=asking(request).by, now=now())
        return "It is recorded that the monitoring officer confirms it."

    lead = (OWN if is_own else NOTED) if standing else NOTHING
    sheet = Sheet("The monitoring officer confirms", "Record it", lead=lead, way=way(cluster))
    return answer(request, form, sheet, change=change, there=cluster)


@require_http_methods(METHODS)
@of_cluster(permissions.may_confirm)
@once
def take_back(request: HttpRequest, cluster: Cluster, confirmation: int) -> HttpResponse:
    """Take a confirmation back."""
    found = cluster.confirmations.filter(pk=confirmation).first()
    if found is None:
        raise Http404("Nothing of that was confirmed of this cluster.")
    form = WhyForm(request.POST or None)

    def change() -> str:
        by, is_own = asking(request).by, is_own_word(office_of(request))
        said = {"is_own": is_own, "reason": form.cleaned_data["reason"]}
        actions.take_back(confirmation=found, by=by, now=now(), **said)
        return "It is taken back. The warning stands again."

    title = "Take this confirmation back"
    sheet = Sheet(title, "Take it back", lead=found.says, way=way(cluster))
    return answer(request, form, sheet, change=change, there=cluster)
