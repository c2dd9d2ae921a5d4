"""Every address of the site, room by room."""

from django.urls import include, path

urlpatterns = [
    path("", include("waywarden.arrangements.register.urls")),
    path("plans/", include("waywarden.devolution.plans.urls")),
    path("", include("waywarden.website.urls")),
]

handler400 = "waywarden.website.errors.malformed"
handler403 = "waywarden.website.errors.forbidden"
handler404 = "waywarden.website.errors.missing"
handler500 = "waywarden.website.errors.failed"
