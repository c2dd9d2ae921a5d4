from django.urls import path

from waywarden.devolution.plans import downloads, pictures, views

app_name = "plans"

urlpatterns = [
    path("", views.plans, name="plans"),
    path("plans.csv", downloads.plans, name="plans-csv"),
    path("plans.xlsx", downloads.plans, name="plans-xlsx"),
    path("how-plans-are-made/", views.how, name="how"),
    path("<int:number>/", views.plan, name="plan"),
    path("<int:number>/clusters.csv", downloads.clusters, name="clusters-csv"),
    path("<int:number>/clusters.xlsx", downloads.clusters, name="clusters-xlsx"),
    path("<int:number>/councils.csv", downloads.councils, name="councils-csv"),
    path("<int:number>/councils.xlsx", downloads.councils, name="councils-xlsx"),
    path("<int:number>/show/", views.show, name="show"),
    path("<int:number>/why/", views.councils, name="councils"),
    path("<int:number>/why.csv", downloads.why, name="why-csv"),
    path("<int:number>/why.xlsx", downloads.why, name="why-xlsx"),
    path("<int:number>/why/<slug:place>/", views.council, name="council"),
    path("<int:number>/beside/<int:other>/", views.compared, name="compared"),
    path("<int:number>/beside/<int:other>.csv", downloads.compared, name="compared-csv"),
    path("<int:number>/beside/<int:other>.xlsx", downloads.compared, name="compared-xlsx"),
    path("<int:number>/clusters/<slug:key>/", views.cluster, name="cluster"),
    path("<int:number>/clusters/<slug:key>/members.csv", downloads.members, name="members-csv"),
    path("<int:number>/clusters/<slug:key>/members.xlsx", downloads.members, name="members-xlsx"),
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
