"""Fase 4: the plan (Leidraad par. 3.6, fase 4)."""

from typing import Any

from django.db import models

from cases.models import Product, Ronde, User
from phases.besluit.selectors import chosen


class Plan(Product):
    """How the instruments work towards the objective, and how that will be measured."""

    doelen = models.TextField(
        "Doelen per instrument", help_text="Hoe draagt elk instrument bij aan het strategische doel?"
    )
    activiteiten = models.TextField("Activiteiten", help_text="Wat gaat wie doen, waar en wanneer?")
    sturing = models.TextField(
        "Sturing en afstemming", help_text="Wie stuurt aan, en hoe blijven de plannen op elkaar afgestemd?"
    )
    uitgangssituatie = models.TextField(
        "Uitgangssituatie en nulmeting", help_text="Wat is de stand bij het begin? Noem bron en datum."
    )
    indicatoren = models.TextField(
        "Resultaten en indicatoren", help_text="Waaraan ziet u dat het doel dichterbij komt?"
    )
    voorbereiding = models.TextField(
        "Gezamenlijke voorbereiding", help_text="Hoe bereiden militairen en burgers zich samen voor?"
    )
    transitie = models.TextField("Overdracht en einde", help_text="Hoe en aan wie draagt Nederland de taken over?")

    def values(self) -> dict[str, Any]:
        """Also which choice the plan works out: version of the optiesnota and letter of the option, [0, ""] for none."""
        return {**super().values(), "keuze": chosen(self.ronde.dossier)}


class Indicator(models.Model):
    """What shows whether an objective comes nearer, with the situation at the start: measured, or planned to be measured."""

    ronde = models.ForeignKey(Ronde, models.CASCADE, related_name="indicatoren")
    naam = models.CharField(max_length=200)
    bron = models.CharField(max_length=200)
    nulmeting = models.CharField(max_length=120, blank=True)
    nulmeting_op = models.DateField(null=True, blank=True)
    gepland_op = models.DateField(null=True, blank=True)
    streefwaarde = models.CharField(max_length=120)
    revision = models.PositiveIntegerField(default=0)
    changed_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["id"]

    def answers(self) -> dict[str, Any]:
        """What is filled in, by the names of the form."""
        return {name: getattr(self, name) for name in INDICATOR}

    @property
    def has_start(self) -> bool:
        """Whether the situation at the start is measured, or has a day on which it will be."""
        return bool(self.nulmeting and self.nulmeting_op) or self.gepland_op is not None


INDICATOR = ("naam", "bron", "nulmeting", "nulmeting_op", "gepland_op", "streefwaarde")
