"""The settings of a site, kept away from any real one, for the tests."""

from tests import stores

stores.prepare()

from waywarden.settings import *  # noqa: E402, F403

# A slow hash keeps thieves out and makes tests crawl.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

# A file, as in a real site: in memory, writers would meet other locks than they do there.
if stores.STORE == "sqlite":
    DATABASES["default"]["TEST"] = {"NAME": str(INSTANCE / "test.sqlite3")}  # noqa: F405
