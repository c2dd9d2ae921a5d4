from django.urls import path

from waywarden.fabric.imports import views

app_name = "imports"

urlpatterns = [
    path("", views.index, name="index"),
    path("sent.csv", views.sent_table, name="sent-csv"),
    path("sent.xlsx", views.sent_table, name="sent-xlsx"),
    path("<slug:kind>/", views.send, name="send"),
    path("<slug:kind>/template.csv", views.template, {"suffix": "csv"}, name="template-csv"),
    path("<slug:kind>/template.xlsx", views.template, {"suffix": "xlsx"}, name="template-xlsx"),
    path("<slug:kind>/<int:number>/", views.upload, name="upload"),
    path("<slug:kind>/<int:number>/decide/", views.decide, name="decide"),
    path("<slug:kind>/<int:number>/left-out.csv", views.left_out, name="left-out"),
]
