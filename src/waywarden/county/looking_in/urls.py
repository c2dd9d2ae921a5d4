from django.urls import path

from waywarden.county.looking_in import views

app_name = "looking_in"

urlpatterns = [
    path("", views.look_in, name="look-in"),
    path("end/", views.look_away, name="look-away"),
]
