from django.apps import AppConfig


class ClustersConfig(AppConfig):
    name = "waywarden.devolution.clusters"
