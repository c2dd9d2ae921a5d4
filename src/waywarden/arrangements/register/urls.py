from django.urls import path

from waywarden.arrangements.register import maps, views

app_name = "register"

urlpatterns = [
    path("counties/<slug:key>/", views.county, name="county"),
    path("counties/<slug:key>/places.csv", views.county_csv, name="county-csv"),
    path("counties/<slug:key>/districts.<slug:size>.svg", maps.districts_svg, name="districts-svg"),
    path("counties/<slug:key>/districts.geojson", maps.districts_geojson, name="districts-geojson"),
    path("counties/<slug:key>/places.geojson", maps.places_geojson, name="places-geojson"),
    path("counties/<slug:key>/<slug:service>.<slug:size>.svg", maps.amounts_svg, name="amounts-svg"),
    path("places/<slug:key>/", views.place, name="place"),
    path("places/<slug:key>/services.csv", views.place_csv, name="place-csv"),
    path("places/<slug:key>/map.<slug:size>.svg", maps.place_svg, name="place-svg"),
    path("at/", views.at, name="at"),
    path("services/", views.services, name="services"),
    path("services/<slug:slug>/", views.service, name="service"),
    path("services/<slug:slug>/places.csv", views.service_csv, name="service-csv"),
    path("methods/", views.methods, name="methods"),
]
