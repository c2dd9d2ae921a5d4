from django.urls import path

from waywarden.devolution.plans import downloads, pictures, views

app_name = "plans"

urlpatterns = [
    path("", views.plans, name="plans"),
    path("how-plans-are-made/", views.how, name="how"),
    path("<int:number>/", views.plan, name="plan"),
    path("<int:number>/clusters.csv", downloads.clusters, name="clusters-csv"),
    path("<int:number>/councils.csv", downloads.councils, name="councils-csv"),
    path("<int:number>/clusters/<slug:key>/", views.cluster, name="cluster"),
    path("<int:number>/clusters/<slug:key>/members.csv", downloads.members, name="members-csv"),
    path("<int:number>/map/<slug:size>.svg", pictures.plan_svg, name="plan-map-svg"),
    path("<int:number>/map.geojson", pictures.plan_geojson, name="plan-map-geojson"),
    path(
        "<int:number>/clusters/<slug:key>/map/<slug:size>.svg",
        pictures.cluster_svg,
        name="cluster-map-svg",
    ),
    path(
        "<int:number>/clusters/<slug:key>/map.geojson",
        pictures.cluster_geojson,
        name="cluster-map-geojson",
    ),
]
