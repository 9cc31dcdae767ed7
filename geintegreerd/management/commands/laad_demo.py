"""Loads the people and dossiers of the demo. Only with DEMO=1, as owner; running it twice changes nothing."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from geintegreerd.demo.accounts import ACCOUNTS, PASSWORD
from geintegreerd.demo.loader import make_demo
from geintegreerd.demo.people import make_people


class Command(BaseCommand):
    help = "Laadt de mensen en dossiers van de demo."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--accounts", action="store_true", help="Toon alleen de accounts.")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("De demo bestaat alleen met DEMO=1.")
        if options["accounts"]:
            for account in ACCOUNTS:
                self.stdout.write(f"  {account.username:<18} {account.about}")
            self.stdout.write(f"Het wachtwoord van elk account is: {PASSWORD}")
            return
        make_demo(make_people())
        self.stdout.write("De demo is geladen.")
