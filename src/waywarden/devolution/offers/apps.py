from django.apps import AppConfig


class OffersConfig(AppConfig):
    name = "waywarden.devolution.offers"
