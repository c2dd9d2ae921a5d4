"""Plant the hostile words on a site that is to be walked, in a process of its own."""

import django

if __name__ == "__main__":
    django.setup()
    from tests.security import hostile

    print("\n".join(hostile.plant()))
