"""Loads what the procedure itself says: ministries, arrows, Toetsingskader, fund. As owner; running it twice changes nothing."""

import json
from typing import Any

from django.conf import settings
from django.contrib.auth.models import Group
from django.core.management.base import BaseCommand
from django.db import transaction

from budget_biv.models import Category, Ceiling, Fund
from cases.models import Ministry, MinistryName, group_name
from cases.rights import Role
from phases.kamer.models import Toetsingskader, Toetsingspunt
from phases.process.afwijking_models import Poort
from phases.process.models import Arrow
from phases.process.table import GATES, STEPS

FIXTURES = settings.BASE_DIR / "fixtures"


def read(name: str) -> Any:
    return json.loads((FIXTURES / name).read_text())


class Command(BaseCommand):
    help = "Laadt ministeries, groepen, pijlen, Toetsingskader en fonds."

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        self._ministries()
        self._arrows()
        self._gates()
        for path in sorted(FIXTURES.glob("toetsingskader_*.json")):
            self._kader(path.name)
        self._fund()
        if options["verbosity"]:
            self.stdout.write("De referentiegegevens zijn geladen.")

    def _ministries(self) -> None:
        for row in read("ministries.json"):
            ministry, _ = Ministry.objects.update_or_create(
                code=row["code"], defaults={"order": row["order"], "in_smo": row["in_smo"]}
            )
            for name, start, end in row["names"]:
                MinistryName.objects.update_or_create(
                    ministry=ministry, start=start, defaults={"name": name, "end": end}
                )
            for role in Role:
                across = role in Role.across()
                Group.objects.get_or_create(name=group_name(None if across else ministry, role))

    def _arrows(self) -> None:
        wanted = []
        for step in STEPS.values():
            for source_phase, source_status, phase, status in step.ends():
                arrow, _ = Arrow.objects.update_or_create(
                    step=step.name,
                    source_phase=source_phase,
                    source_status=source_status,
                    defaults={
                        "target_phase": phase,
                        "target_status": status,
                        "product": step.ground[0],
                        "product_gate": step.ground[1],
                        "product_fact": step.ground[2],
                        "owner_only": step.owner_only,
                    },
                )
                wanted.append(arrow.pk)
        Arrow.objects.exclude(pk__in=wanted).delete()

    def _gates(self) -> None:
        for gate in GATES.values():
            values = {"waivable": gate.waivable, "declared_by": " ".join(gate.declared_by)}
            Poort.objects.update_or_create(name=gate.name, defaults=values)
        Poort.objects.exclude(name__in=GATES).delete()

    def _kader(self, name: str) -> None:
        data = read(name)
        ministries = {m.code: m for m in Ministry.objects.all()}
        kader, _ = Toetsingskader.objects.update_or_create(
            name=data["name"], defaults={key: data[key] for key in ("sent_on", "reference", "note")}
        )
        for punt in data["punten"]:
            values = {**punt, "ministry": ministries[punt["ministry"]]}
            Toetsingspunt.objects.update_or_create(
                kader=kader, soort=values.pop("soort"), code=values.pop("code"), defaults=values
            )

    def _fund(self) -> None:
        data = read("biv.json")
        keys = ("start", "end", "chapter", "article", "source")
        values = {**{key: data[key] for key in keys}, "manager": Ministry.objects.get(code=data["manager"])}
        fund, _ = Fund.objects.update_or_create(name=data["name"], defaults=values)
        for order, (code, name) in enumerate(data["categories"]):
            Category.objects.update_or_create(fund=fund, code=code, defaults={"name": name, "order": order})
        categories = {c.code: c for c in fund.categories.all()}
        for row in data["ceilings"]:
            # A ceiling that is there already may have been moved by a decision: it stays.
            Ceiling.objects.get_or_create(
                fund=fund,
                year=row["year"],
                category=categories.get(row["category"]),
                defaults={
                    "amount": row["amount"],
                    "oda_amount": row["oda"],
                    "fictional": row["fictional"],
                    "source": row["source"],
                },
            )
