from django.urls import path

from waywarden.devolution.overview import views

app_name = "overview"

urlpatterns = [path("overview/", views.overview, name="overview")]
