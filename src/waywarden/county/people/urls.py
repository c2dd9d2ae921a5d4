from django.urls import path

from waywarden.county.people import views

app_name = "people"

urlpatterns = [
    path("account/", views.account, name="account"),
    path("account/office/", views.act_in, name="act-in"),
]
