from django.urls import path

from waywarden.fabric.work import views

app_name = "work"

urlpatterns = [
    path("jobs/", views.set_aside, name="jobs"),
    path("jobs/<uuid:pk>/again/", views.try_again, name="try-again"),
    path("jobs/<uuid:pk>/drop/", views.drop, name="drop"),
]
