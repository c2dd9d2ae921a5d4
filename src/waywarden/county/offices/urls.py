from django.urls import path

from waywarden.county.offices import invitation_views, views

app_name = "offices"

urlpatterns = [
    path("bodies/<slug:key>/people/appoint/", views.appoint, name="appoint"),
    path("bodies/<slug:key>/people/invite/", views.invite, name="invite"),
    path(
        "bodies/<slug:key>/people/invitations/<int:number>/withdraw/",
        views.withdraw,
        name="withdraw",
    ),
    path("bodies/<slug:key>/people/<int:number>/hand-over/", views.hand_over, name="hand-over"),
    path("bodies/<slug:key>/people/<int:number>/end/", views.end, name="end"),
    path("bodies/<slug:key>/people/<int:number>/extend/", views.extend, name="extend"),
    path("invitations/<str:token>/", invitation_views.invitation, name="invitation"),
]
