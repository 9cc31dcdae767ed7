"""Brings the database up to this version of the code, in one process. As owner; running it twice changes nothing."""

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser


class Command(BaseCommand):
    help = "Werkt de database bij naar deze versie: tabellen, cache en vaste gegevens."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--demo", action="store_true", help="Laad ook de demo, en toon de accounts.")

    def handle(self, *args: Any, **options: Any) -> None:
        loud = {"verbosity": options["verbosity"], "stdout": self.stdout}
        call_command("migrate", interactive=False, **loud)
        call_command("createcachetable", **loud)
        call_command("laad_referentie", **loud)
        if options["demo"]:
            call_command("laad_demo", stdout=self.stdout)
