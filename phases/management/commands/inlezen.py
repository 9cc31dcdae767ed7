"""Reads in a mission that already runs or is over, from a JSON file. As owner."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from phases.process import worklist
from phases.process.inlezen import read_in


class Command(BaseCommand):
    help = "Leest een lopende of afgelopen missie in, met haar oude data en stukken."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("bestand", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        dossier = read_in(json.loads(options["bestand"].read_text()))
        worklist.bring_up_to_date()
        self.stdout.write(
            f"Ingelezen: {dossier}" if dossier else "Dit bestand was al ingelezen; er is niets veranderd."
        )
