"""The Stuurgroep Missies en Operaties: papers offered, positions per ministry, the conclusion of the chair (Leidraad par. 3.2)."""

from typing import Any

from django.db import models

from cases.models import DocumentVersion, Ministry, Ronde, User


class Aanbieding(models.Model):
    """A frozen version put before the SMO. Append-only."""

    ronde = models.ForeignKey(Ronde, models.CASCADE, related_name="aanbiedingen")
    version = models.ForeignKey(DocumentVersion, models.CASCADE, related_name="aanbiedingen")
    meeting_on = models.DateField("Vergadering van")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["version"], name="aanbieding_version_once")]


class Strekking(models.TextChoices):
    """What a ministry thinks. A position never holds a dossier."""

    AKKOORD = "akkoord", "Akkoord"
    VOORWAARDEN = "voorwaarden", "Akkoord met voorwaarden"
    TERUGGEVEN = "teruggeven", "Teruggeven"
    NIET_AKKOORD = "niet-akkoord", "Niet akkoord"


class Standpunt(models.Model):
    """The position of one ministry on an offered version. Append-only: a later row corrects an earlier one."""

    aanbieding = models.ForeignKey(Aanbieding, models.CASCADE, related_name="standpunten")
    ministry = models.ForeignKey(Ministry, models.PROTECT, related_name="+")
    strekking = models.CharField(max_length=20, choices=Strekking.choices)
    voorwaarden = models.TextField(max_length=4000, blank=True)
    toelichting = models.TextField(max_length=4000, blank=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    acting_for = models.CharField(max_length=160)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["id"]

    def answers(self) -> dict[str, str]:
        """What was said, by the names of the form."""
        return {"strekking": self.strekking, "voorwaarden": self.voorwaarden, "toelichting": self.toelichting}


class Oordeel(models.TextChoices):
    """The purport of the chair's conclusion. Only the first two open a gate."""

    POSITIEF = "positief", "Positief"
    POSITIEF_VOORWAARDEN = "positief-voorwaarden", "Positief met voorwaarden"
    AANGEHOUDEN = "aangehouden", "Aangehouden"
    NEGATIEF = "negatief", "Negatief"
    TER_KENNISNAME = "ter-kennisname", "Ter kennisname"

    @classmethod
    def positive(cls) -> list[str]:
        return [cls.POSITIEF, cls.POSITIEF_VOORWAARDEN]


class Doorgeleiding(models.TextChoices):
    """When the assessment goes to the ministers (Leidraad par. 3.6, fase 2)."""

    NU = "nu", "Nu naar de bewindspersonen"
    SAMEN = "samen", "Samen met de handelingsopties"


class Conclusie(models.Model):
    """What the chair concludes about one version in one Ronde. Append-only."""

    aanbieding = models.ForeignKey(Aanbieding, models.CASCADE, related_name="conclusies")
    oordeel = models.CharField(max_length=25, choices=Oordeel.choices)
    doorgeleiding = models.CharField(max_length=10, choices=Doorgeleiding.choices, blank=True)
    tekst = models.TextField(max_length=4000)
    sha256 = models.CharField(max_length=64)
    concluded_on = models.DateField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    acting_for = models.CharField(max_length=160)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=models.Q(oordeel__in=Oordeel.values), name="conclusie_oordeel_known")
        ]

    def answers(self) -> dict[str, Any]:
        """What was concluded, by the names of the form."""
        return {name: getattr(self, name) for name in ("oordeel", "doorgeleiding", "tekst", "concluded_on")}
