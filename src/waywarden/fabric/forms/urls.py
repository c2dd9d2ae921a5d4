from django.urls import path

from waywarden.fabric.forms import views

app_name = "paperwork"

urlpatterns = [
    path("drafts/", views.keep, name="draft"),
]
