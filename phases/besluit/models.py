"""Decisions of bewindspersonen and of the Ministerraad: registered, and confirmed by a second person."""

from typing import Any

from django.db import models

from cases.models import DocumentVersion, Ronde, User


class Orgaan(models.TextChoices):
    """Who decided."""

    BEWINDSPERSONEN = "bewindspersonen", "Bewindspersonen"
    HOOG_AMBTELIJK = "hoog-ambtelijk", "Hoog ambtelijk"
    MINISTERRAAD = "ministerraad", "Ministerraad"


class Uitkomst(models.TextChoices):
    """What was decided."""

    AKKOORD = "akkoord", "Akkoord"
    NIET_AKKOORD = "niet-akkoord", "Niet akkoord"
    AANGEHOUDEN = "aangehouden", "Aangehouden"


class Besluit(models.Model):
    """A decision about one frozen version. Append-only; it counts once a second person confirmed it."""

    ronde = models.ForeignKey(Ronde, models.CASCADE, related_name="besluiten")
    version = models.ForeignKey(DocumentVersion, models.CASCADE, related_name="besluiten")
    orgaan = models.CharField(max_length=20, choices=Orgaan.choices)
    uitkomst = models.CharField(max_length=20, choices=Uitkomst.choices)
    optie = models.CharField(max_length=1, blank=True, help_text="De gekozen optie; 0 is de nuloptie.")
    besluit_op = models.DateField()
    kenmerk = models.CharField(max_length=80, blank=True)
    toelichting = models.TextField(max_length=4000, blank=True)
    sha256 = models.CharField(max_length=64)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=models.Q(orgaan__in=Orgaan.values), name="besluit_orgaan_known"),
            models.CheckConstraint(condition=models.Q(uitkomst__in=Uitkomst.values), name="besluit_uitkomst_known"),
        ]

    def answers(self) -> dict[str, Any]:
        """What was registered, by the names of the form."""
        names = ("orgaan", "uitkomst", "optie", "besluit_op", "kenmerk", "toelichting")
        return {name: getattr(self, name) for name in names}

    @property
    def is_confirmed(self) -> bool:
        return hasattr(self, "bevestiging")


class Bevestiging(models.Model):
    """The second person who checked a registered decision. Append-only."""

    besluit = models.OneToOneField(Besluit, models.CASCADE, related_name="bevestiging")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
