from django.apps import AppConfig


class TablesConfig(AppConfig):
    name = "waywarden.fabric.tables"
