"""Keep the made-up plan of Oxfordshire on a site that is to be walked, in a process of its own."""

import django
from django.utils.timezone import localdate

if __name__ == "__main__":
    django.setup()
    from tests.plans import kept
    from waywarden.county.places.models import Area

    print(kept.keep(Area.objects.get(key="oxfordshire"), kept.OXFORDSHIRE, today=localdate()))
