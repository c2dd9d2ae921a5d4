from django.apps import AppConfig


class FormsConfig(AppConfig):
    name = "waywarden.fabric.forms"
    # Django's own "forms" is installed, too, and takes that label.
    label = "paperwork"
