from django.apps import AppConfig


class PlansConfig(AppConfig):
    name = "waywarden.devolution.plans"
