from django.apps import AppConfig


class AgreementsConfig(AppConfig):
    name = "waywarden.arrangements.agreements"
