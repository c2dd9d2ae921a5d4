from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "waywarden.fabric.documents"
