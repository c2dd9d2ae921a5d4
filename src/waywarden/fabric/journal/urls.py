from django.urls import path

from waywarden.fabric.journal import views

app_name = "journal"

urlpatterns = [
    path("journal/head/", views.head, name="head"),
    path("journal/head.json", views.head_json, name="head-json"),
    path("journal/heads.csv", views.heads_table, name="heads-csv"),
    path("journal/heads.xlsx", views.heads_table, name="heads-xlsx"),
    path("history/<slug:kind>/<str:key>/", views.history, name="history"),
]
