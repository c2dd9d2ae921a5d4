from django.apps import AppConfig


class WebsiteConfig(AppConfig):
    name = "waywarden.website"
    label = "website"
    verbose_name = "The website"

    def ready(self) -> None:
        """Let Django know our checks."""
        from waywarden.website.running import checks  # noqa: F401
