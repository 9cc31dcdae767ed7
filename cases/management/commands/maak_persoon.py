"""Makes a person with one role: how the first beheerder of a new installation comes in. Recorded on the stelsel chain."""

import getpass
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils import timezone

from cases import audit
from cases.models import Membership, Ministry, User
from cases.rights import Role


class Command(BaseCommand):
    help = "Maakt een persoon met één rol en vraagt om een wachtwoord."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username")
        parser.add_argument("surname")
        parser.add_argument("role", choices=Role.values)
        parser.add_argument("--initials", default="")
        parser.add_argument("--ministry", default="")

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        if User.objects.filter(username=options["username"]).exists():
            raise CommandError("Deze gebruikersnaam bestaat al.")
        ministry = Ministry.objects.filter(code=options["ministry"]).first()
        if (ministry is None) != (options["role"] in Role.across()):
            raise CommandError("Geef bij deze rol wel of juist geen --ministry op. Zie de rechtentabel.")
        user = User.objects.create_user(
            options["username"],
            getpass.getpass("Wachtwoord: "),
            surname=options["surname"],
            initials=options["initials"],
        )
        membership = Membership.objects.create(
            user=user, ministry=ministry, role=options["role"], start=timezone.localdate()
        )
        audit.origin.set("opdracht")
        audit.record("persoon", f"{user} kreeg de rol {membership}", by=None, obj=user.username)
        self.stdout.write(f"{user} is gemaakt als {membership}.")
