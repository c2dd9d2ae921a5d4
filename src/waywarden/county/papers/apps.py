from django.apps import AppConfig


class PapersConfig(AppConfig):
    name = "waywarden.county.papers"
