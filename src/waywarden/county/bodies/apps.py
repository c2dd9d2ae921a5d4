from django.apps import AppConfig


class BodiesConfig(AppConfig):
    name = "waywarden.county.bodies"
