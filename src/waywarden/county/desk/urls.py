from django.urls import path

from waywarden.county.desk import trail_views, views

app_name = "desk"

urlpatterns = [
    path("bodies/<slug:key>/contacts/", views.contacts, name="contacts"),
    path("bodies/<slug:key>/contacts.csv", views.contacts_table, name="contacts-csv"),
    path("bodies/<slug:key>/contacts.xlsx", views.contacts_table, name="contacts-xlsx"),
    path("bodies/<slug:key>/contacts/add/", views.add, name="add-contact"),
    path("bodies/<slug:key>/contacts/<int:number>/", views.change, name="contact"),
    path(
        "bodies/<slug:key>/contacts/<int:number>/withdraw/", views.withdraw, name="withdraw-contact"
    ),
    path("bodies/<slug:key>/journal/", trail_views.trail, name="trail"),
    path("bodies/<slug:key>/journal.csv", trail_views.trail_table, name="trail-csv"),
    path("bodies/<slug:key>/journal.xlsx", trail_views.trail_table, name="trail-xlsx"),
    path("bodies/<slug:key>/journal.jsonl", trail_views.journal_copy, name="journal-copy"),
]
