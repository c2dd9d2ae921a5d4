from django.apps import AppConfig


class PlacesConfig(AppConfig):
    name = "waywarden.county.places"
