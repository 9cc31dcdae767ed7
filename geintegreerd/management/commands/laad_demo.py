"""Loads the people and dossiers of the demo. Only with DEMO=1, as owner; running it twice changes nothing."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from geintegreerd.demo.accounts import ACCOUNTS, PASSWORD
from geintegreerd.demo.loader import make_demo
from geintegreerd.demo.people import make_people


class Command(BaseCommand):
    help = "Laadt de mensen en dossiers van de demo, en toont de accounts."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("De demo bestaat alleen met DEMO=1.")
        make_demo(make_people())
        for account in ACCOUNTS:
            self.stdout.write(f"  {account.username:<18} {account.about}")
        self.stdout.write(f"Het wachtwoord van elk account is: {PASSWORD}")
