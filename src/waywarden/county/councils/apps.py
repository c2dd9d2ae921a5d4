from django.apps import AppConfig


class CouncilsConfig(AppConfig):
    name = "waywarden.county.councils"
