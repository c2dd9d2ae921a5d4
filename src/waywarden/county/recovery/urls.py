from django.urls import path

from waywarden.county.recovery import views

app_name = "recovery"

urlpatterns = [
    path("", views.recovery, name="recovery"),
    path("propose/", views.propose, name="propose"),
    path("<int:number>/agree/", views.agree, name="agree"),
    path("<int:number>/stop/", views.stop, name="stop"),
]
