"""Checks every hash chain of the audit log; names the first broken row and then ends with status 1."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from cases.models import Event
from cases.selectors.audit import first_broken


class Command(BaseCommand):
    help = "Controleert of het logboek ongewijzigd is."

    def handle(self, *args: Any, **options: Any) -> None:
        broken = first_broken()
        if broken:
            raise CommandError(f"Keten {broken.chain}, regel {broken.seq} (id {broken.id}): {broken.reason}.")
        self.stdout.write(f"Het logboek is heel: {Event.objects.count()} regels gecontroleerd.")
