from django.apps import AppConfig


class SigningInConfig(AppConfig):
    name = "waywarden.county.signing_in"
