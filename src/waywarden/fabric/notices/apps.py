from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "waywarden.fabric.notices"
