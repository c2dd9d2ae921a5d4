from django.urls import path

from waywarden.county.decisions import item_views, views

app_name = "decisions"

urlpatterns = [
    path("", views.decisions, name="decisions"),
    path("decisions.csv", views.decisions_table, name="decisions-csv"),
    path("decisions.xlsx", views.decisions_table, name="decisions-xlsx"),
    path("record/", views.record, name="record"),
    path("plan/", views.plan, name="plan"),
    path("<int:number>/", views.decision, name="decision"),
    path("<int:number>/take/", item_views.take, name="take"),
    path("<int:number>/correct/", item_views.correct, name="correct"),
    path("<int:number>/hand-on/", item_views.hand_on, name="hand-on"),
    path("<int:number>/notice/", item_views.notice, name="notice"),
    path("<int:number>/withdraw/", item_views.withdraw, name="withdraw"),
    path("<int:number>/call-in/", item_views.call_in, name="call-in"),
    path("<int:number>/confirm/", item_views.confirm, name="confirm"),
    path("<int:number>/options/add/", item_views.add_option, name="add-option"),
    path(
        "<int:number>/options/<int:option>/leave-out/",
        item_views.drop_option,
        name="leave-out-option",
    ),
    path("<int:number>/sign-off/<slug:sign_off>/", item_views.sign_off, name="sign-off"),
    path("<int:number>/interests/declare/", item_views.declare, name="declare"),
    path(
        "<int:number>/interests/<int:interest>/take-back/", item_views.take_back, name="take-back"
    ),
]
