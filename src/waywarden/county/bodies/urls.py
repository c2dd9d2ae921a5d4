from django.urls import path

from waywarden.county.bodies import list_views, people_views, views

app_name = "bodies"

urlpatterns = [
    path("", views.bodies, name="bodies"),
    path("bodies.csv", views.bodies_table, name="bodies-csv"),
    path("bodies.xlsx", views.bodies_table, name="bodies-xlsx"),
    path("<slug:key>/", views.body, name="body"),
    path("<slug:key>/offices.csv", views.titles_table, name="titles-csv"),
    path("<slug:key>/offices.xlsx", views.titles_table, name="titles-xlsx"),
    path("<slug:key>/people/", people_views.people_of, name="people"),
    path("<slug:key>/people.csv", list_views.people_table, name="people-csv"),
    path("<slug:key>/people.xlsx", list_views.people_table, name="people-xlsx"),
    path("<slug:key>/people/offices/", list_views.offices, name="offices"),
    path("<slug:key>/people/invitations/", list_views.invitations, name="invitations"),
    path("<slug:key>/people/invitations.csv", list_views.invitations_table, name="invitations-csv"),
    path(
        "<slug:key>/people/invitations.xlsx", list_views.invitations_table, name="invitations-xlsx"
    ),
]
