from django.apps import AppConfig


class DecisionsConfig(AppConfig):
    name = "waywarden.county.decisions"
