from django.urls import path

from waywarden.devolution.overview import near_views, progress_views, views

app_name = "overview"

urlpatterns = [
    path("overview/", views.overview, name="overview"),
    path("near/", near_views.near, name="near"),
    path("progress/<slug:key>/", progress_views.progress, name="progress"),
    path("progress/<slug:key>.csv", progress_views.progress_table, name="progress-csv"),
    path("progress/<slug:key>.xlsx", progress_views.progress_table, name="progress-xlsx"),
    path(
        "progress/<slug:key>/map/<slug:size>.svg",
        progress_views.progress_svg,
        name="progress-map-svg",
    ),
    path(
        "progress/<slug:key>/map.geojson",
        progress_views.progress_geojson,
        name="progress-map-geojson",
    ),
]
