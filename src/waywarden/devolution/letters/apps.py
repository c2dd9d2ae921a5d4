from django.apps import AppConfig


class LettersConfig(AppConfig):
    name = "waywarden.devolution.letters"
