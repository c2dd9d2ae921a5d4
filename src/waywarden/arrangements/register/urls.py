from django.urls import path

from waywarden.arrangements.register import downloads, pictures, views

app_name = "register"

urlpatterns = [
    path("counties/<slug:key>/", views.county, name="county"),
    path("counties/<slug:key>/places.csv", downloads.county, name="county-csv"),
    path("counties/<slug:key>/places.xlsx", downloads.county, name="county-xlsx"),
    path("places/<slug:key>/", views.place, name="place"),
    path("places/<slug:key>/services.csv", downloads.place, name="place-csv"),
    path("places/<slug:key>/services.xlsx", downloads.place, name="place-xlsx"),
    path("at/", views.at, name="at"),
    path("services/", views.services, name="services"),
    path("services/catalogue.csv", downloads.services, name="services-csv"),
    path("services/catalogue.xlsx", downloads.services, name="services-xlsx"),
    path("services/<slug:slug>/", views.service, name="service"),
    path("services/<slug:slug>/places.csv", downloads.service, name="service-csv"),
    path("services/<slug:slug>/places.xlsx", downloads.service, name="service-xlsx"),
    path("methods/", views.methods, name="methods"),
    path("maps/<slug:key>/districts/<slug:size>.svg", pictures.districts_svg, name="districts-svg"),
    path("maps/<slug:key>/districts.geojson", pictures.districts_geojson, name="districts-geojson"),
    path(
        "maps/<slug:key>/<slug:service>/<slug:size>.svg", pictures.amounts_svg, name="amounts-svg"
    ),
    path(
        "maps/<slug:key>/<slug:service>.geojson", pictures.amounts_geojson, name="amounts-geojson"
    ),
    path("maps/places/<slug:key>/map/<slug:size>.svg", pictures.place_svg, name="place-map-svg"),
    path("maps/places/<slug:key>/map.geojson", pictures.place_geojson, name="place-map-geojson"),
]
