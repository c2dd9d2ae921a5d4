from django.urls import path

from waywarden.fabric.notices import views

app_name = "notices"

urlpatterns = [
    path("account/notices/", views.preferences, name="preferences"),
    path("notices/stop/<str:token>/", views.stop, name="stop"),
    path("account/calendars/", views.feeds, name="feeds"),
    path("account/calendars/<int:pk>/end/", views.end_feed, name="end-feed"),
    path("feeds/<str:token>/calendar.ics", views.calendar, name="calendar"),
    path("notices/log/", views.log, name="log"),
    path("notices/log.csv", views.log_table, name="log-csv"),
    path("notices/log.xlsx", views.log_table, name="log-xlsx"),
    path("notices/log/<int:pk>/again/", views.try_again, name="try-again"),
]
