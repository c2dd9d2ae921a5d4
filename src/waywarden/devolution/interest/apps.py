from django.apps import AppConfig


class InterestConfig(AppConfig):
    name = "waywarden.devolution.interest"
