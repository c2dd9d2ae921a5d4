"""Every address of the site, room by room."""

from django.urls import include, path

urlpatterns = [
    path("", include("waywarden.arrangements.register.urls")),
    path("", include("waywarden.county.signing_in.urls")),
    path("", include("waywarden.fabric.forms.urls")),
    path("imports/", include("waywarden.fabric.imports.urls")),
    path("views/", include("waywarden.fabric.tables.urls")),
    path("bodies/", include("waywarden.county.bodies.urls")),
    path("", include("waywarden.county.offices.urls")),
    path("bodies/<slug:key>/recovery/", include("waywarden.county.recovery.urls")),
    path("bodies/<slug:key>/look-in/", include("waywarden.county.looking_in.urls")),
    path("", include("waywarden.county.papers.urls")),
    path("bodies/<slug:key>/decisions/", include("waywarden.county.decisions.urls")),
    path("", include("waywarden.fabric.journal.urls")),
    path("", include("waywarden.county.desk.urls")),
    path("", include("waywarden.county.services.urls")),
    path("", include("waywarden.devolution.offers.urls")),
    path("", include("waywarden.devolution.interest.urls")),
    path("", include("waywarden.devolution.clusters.urls")),
    path("plans/", include("waywarden.devolution.plans.urls")),
    path("plans/<int:number>/", include("waywarden.devolution.letters.urls")),
    path("plans/", include("waywarden.devolution.making.urls")),
    path("", include("waywarden.devolution.overview.urls")),
    path("", include("waywarden.fabric.notices.urls")),
    path("", include("waywarden.fabric.work.urls")),
    path("", include("waywarden.website.urls")),
]

handler400 = "waywarden.website.errors.malformed"
handler403 = "waywarden.website.errors.forbidden"
handler404 = "waywarden.website.errors.missing"
handler500 = "waywarden.website.errors.failed"
