from django.apps import AppConfig


class LookingInConfig(AppConfig):
    name = "waywarden.county.looking_in"
