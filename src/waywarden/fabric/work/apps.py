from django.apps import AppConfig


class WorkConfig(AppConfig):
    name = "waywarden.fabric.work"
