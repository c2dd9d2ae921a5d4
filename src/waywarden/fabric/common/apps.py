from django.apps import AppConfig


class CommonConfig(AppConfig):
    name = "waywarden.fabric.common"
