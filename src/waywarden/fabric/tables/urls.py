from django.urls import path

from waywarden.fabric.tables import views

app_name = "tables"

urlpatterns = [
    path("", views.save, name="save-view"),
    path("<int:number>/remove/", views.remove, name="remove-view"),
]
