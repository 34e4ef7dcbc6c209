#!/usr/bin/env python
"""Django's command line for Wallboard. A setting that is missing or wrong ends in one sentence, not in a traceback."""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wallboard.settings")
    from django.conf import settings
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line

    try:
        settings.INSTALLED_APPS  # noqa: B018  (loads the settings, so that their errors are told first)
    except ImproperlyConfigured as exc:
        sys.exit(f"wallboard: {exc}")
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
