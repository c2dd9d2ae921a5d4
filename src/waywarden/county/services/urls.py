from django.urls import path

from waywarden.county.services import views

app_name = "quantities"

urlpatterns = [
    path("places/<slug:key>/quantities/", views.quantities, name="quantities"),
    path("places/<slug:key>/quantities.csv", views.quantities_table, name="quantities-csv"),
    path("places/<slug:key>/quantities.xlsx", views.quantities_table, name="quantities-xlsx"),
    path("places/<slug:key>/quantities/<slug:service>/", views.quantity, name="quantity"),
    path("places/<slug:key>/quantities/<slug:service>/photo/", views.photo, name="photo"),
]
