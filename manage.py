#!/usr/bin/env python
"""Django's own commands, for those who work on the project: ``python manage.py``."""

import os
import sys


def main() -> None:
    """Run one of Django's commands with the settings of this project."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "waywarden.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
