from django.apps import AppConfig


class WebsiteConfig(AppConfig):
    name = "waywarden.website"
    label = "website"
    verbose_name = "The website"
