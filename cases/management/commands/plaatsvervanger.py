"""Lets somebody sit in for a colleague in a period, or changes that period. Recorded on the stelsel chain."""

from argparse import ArgumentTypeError
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils import timezone

from cases import audit
from cases.models import Membership, User
from cases.rights import Role
from cases.templatetags.notatie import datum


def day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise ArgumentTypeError(f"“{text}” is geen datum zoals 2026-12-04.") from error


class Command(BaseCommand):
    help = "Laat iemand een collega vervangen in een periode. Dezelfde opdracht met andere dagen wijzigt de periode."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username", help="wie vervangt")
        parser.add_argument("voor", help="de gebruikersnaam van wie wordt vervangen")
        parser.add_argument("--van", type=day, default=None, help="de eerste dag; zonder is dat vandaag")
        parser.add_argument("--tot", type=day, required=True, help="de laatste dag")
        parser.add_argument("--rol", choices=Role.values, default=Role.SMO_LID)

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        people = {u.username: u for u in User.objects.filter(is_active=True)}
        deputy, member = people.get(options["username"]), people.get(options["voor"])
        today = timezone.localdate()
        start, end = options["van"] or today, options["tot"]
        if deputy is None or member is None or deputy == member:
            raise CommandError("Geef twee verschillende personen die nog inloggen.")
        if end < max(start, today):
            raise CommandError("De laatste dag ligt voor de eerste, of is al voorbij.")
        seat = member.memberships.filter(role=options["rol"], deputy_for=None).order_by("-start").first()
        if seat is None or (seat.end and seat.end < end):
            raise CommandError(f"{member} heeft deze rol niet tot en met {datum(end)}.")
        found = Membership.objects.filter(user=deputy, deputy_for=member, role=seat.role, ministry=seat.ministry)
        row = found.filter(end__gte=today).first() or Membership(
            user=deputy, deputy_for=member, role=seat.role, ministry=seat.ministry
        )
        row.start, row.end = start, end
        row.save()
        sentence = f"{deputy} vervangt {member} als {seat}, van {datum(start)} tot en met {datum(end)}"
        token = audit.origin.set("opdracht")
        try:
            audit.record("persoon", sentence, by=None, obj=deputy.username)
        finally:
            audit.origin.reset(token)
        self.stdout.write(f"{sentence}.")
