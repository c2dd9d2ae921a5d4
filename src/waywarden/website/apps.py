from django.apps import AppConfig


class WebsiteConfig(AppConfig):
    name = "waywarden.website"
    label = "website"
    verbose_name = "The website"

    def ready(self) -> None:
        """Let Django know our checks."""
        from django.conf import settings

        from waywarden.rules.appointed_days import also_read
        from waywarden.website.running import checks  # noqa: F401

        also_read(settings.APPOINTED_DAYS)
