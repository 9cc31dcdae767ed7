#!/usr/bin/env python
"""Django's command line. Commands that change the schema or reference data run as the owner of the database."""

import os
import sys

OWNER_COMMANDS = {
    "bijwerken",
    "migrate",
    "makemigrations",
    "laad_referentie",
    "laad_demo",
    "inlezen",
    "createcachetable",
}


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "geintegreerd.settings")
    if len(sys.argv) > 1 and sys.argv[1] in OWNER_COMMANDS:
        os.environ["DATABASE_AS"] = "owner"
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
