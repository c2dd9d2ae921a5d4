from django.urls import path

from waywarden.website import views

app_name = "website"

urlpatterns = [
    path("", views.home, name="home"),
    path("search/", views.search, name="search"),
    path("help/", views.help_by_role, name="help"),
    path("help/<slug:key>/", views.guide, name="guide"),
    path("glossary/", views.words_explained, name="glossary"),
    path("accessibility/", views.accessibility, name="accessibility"),
    path("privacy/", views.privacy, name="privacy"),
    path("health/", views.health, name="health"),
    path("components/", views.gallery, name="components"),
]
