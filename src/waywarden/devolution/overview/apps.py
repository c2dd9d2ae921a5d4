from django.apps import AppConfig


class OverviewConfig(AppConfig):
    name = "waywarden.devolution.overview"
