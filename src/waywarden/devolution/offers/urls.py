from django.urls import path

from waywarden.devolution.offers import (
    bundle_views,
    calendar_views,
    council_views,
    county_views,
    dispute_views,
    power_views,
    views,
)

app_name = "offers"

urlpatterns = [
    path("offers/", views.rounds, name="rounds"),
    path("offers/offers.csv", views.rounds_table, name="rounds-csv"),
    path("offers/offers.xlsx", views.rounds_table, name="rounds-xlsx"),
    path("offers/begin/", views.begin, name="begin"),
    path("offers/<int:number>/", views.round_, name="round"),
    path("offers/<int:number>/change/", views.change, name="change"),
    path("offers/<int:number>/services/add/", views.add_service, name="add-service"),
    path(
        "offers/<int:number>/services/<int:service>/leave-out/",
        views.leave_out,
        name="leave-out-service",
    ),
    path("offers/<int:number>/power/", power_views.confirm, name="confirm-power"),
    path(
        "offers/<int:number>/power/<int:confirmation>/take-back/",
        power_views.take_back,
        name="take-back-confirmation",
    ),
    path("offers/<int:number>/open/", views.open_round, name="open"),
    path("offers/<int:number>/close/", views.close, name="close"),
    path("offers/<int:number>/withdraw/", views.withdraw, name="withdraw"),
    path("offers/<int:number>/councils/", views.councils, name="councils"),
    path("offers/<int:number>/councils.csv", views.councils_table, name="councils-csv"),
    path("offers/<int:number>/councils.xlsx", views.councils_table, name="councils-xlsx"),
    path("offers/<int:number>/calendar/", calendar_views.calendar, name="calendar"),
    path("offers/<int:number>/calendar.csv", calendar_views.table, name="calendar-csv"),
    path("offers/<int:number>/calendar.xlsx", calendar_views.table, name="calendar-xlsx"),
    path("offers/<int:number>/packs/", bundle_views.packs, name="packs"),
    path("offers/<int:number>/packs.zip", bundle_views.packs_zip, name="packs-zip"),
    path("offers/<int:number>/make-packs/", bundle_views.make, name="make-packs"),
    path("offers/<int:number>/write/", views.write_to_all, name="write-to-all"),
    path("offers/<int:number>/councils/<slug:key>/", council_views.offer, name="offer"),
    path("offers/<int:number>/councils/<slug:key>/write/", views.write, name="write"),
    path("offers/<int:number>/councils/<slug:key>/own/", council_views.own, name="own"),
    path("offers/<int:number>/councils/<slug:key>/answer/", council_views.decide, name="answer"),
    path(
        "offers/<int:number>/councils/<slug:key>/call-back/",
        council_views.call_back,
        name="call-back",
    ),
    path("offers/<int:number>/councils/<slug:key>/called/", county_views.called, name="called"),
    path(
        "offers/<int:number>/councils/<slug:key>/end-link/", county_views.end_link, name="end-link"
    ),
    path(
        "offers/<int:number>/councils/<slug:key>/quantities/<slug:place>/<int:line>/",
        dispute_views.dispute,
        name="dispute",
    ),
    path(
        "offers/<int:number>/councils/<slug:key>/quantities/<slug:place>/<int:line>/photo/",
        dispute_views.photo,
        name="photo",
    ),
    path("offers/<int:number>/councils/<slug:key>/offer.pdf", council_views.pdf, name="pdf"),
    path(
        "offers/<int:number>/councils/<slug:key>/lines.csv",
        council_views.lines_table,
        name="lines-csv",
    ),
    path(
        "offers/<int:number>/councils/<slug:key>/lines.xlsx",
        council_views.lines_table,
        name="lines-xlsx",
    ),
    path("offers/<int:number>/councils/<slug:key>/offer.docx", council_views.word, name="word"),
    path("offers/<int:number>/councils/<slug:key>/wording/", council_views.words, name="wording"),
    path(
        "offers/<int:number>/councils/<slug:key>/wording.txt",
        council_views.words_file,
        name="wording-text",
    ),
    path("o/<str:secret>/", council_views.by_link, name="by-link"),
]
