from django.urls import path

from waywarden.devolution.making import adopting_views, changing_views, views

app_name = "making"

urlpatterns = [
    path("make/", views.make, name="make"),
    path("<int:number>/adopt/", adopting_views.adopt, name="adopt"),
    path("<int:number>/change/", changing_views.change, name="change"),
    path("asked/<int:number>/", views.asked, name="asked"),
    path("asked/<int:number>/figures.csv", views.figures_table, name="figures-csv"),
    path("asked/<int:number>/figures.xlsx", views.figures_table, name="figures-xlsx"),
    path("asked/<int:number>/stop/", views.stop, name="stop"),
    path("asked/<int:number>/again/", views.again, name="again"),
]
