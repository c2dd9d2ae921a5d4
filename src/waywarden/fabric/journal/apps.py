from django.apps import AppConfig


class JournalConfig(AppConfig):
    name = "waywarden.fabric.journal"
