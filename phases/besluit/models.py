"""Decisions of bewindspersonen and of the Ministerraad: registered, and confirmed by a second person."""

from typing import Any

from django.db import models

from cases.models import DocumentVersion, Ministry, Ronde, User


class Orgaan(models.TextChoices):
    """Who decided."""

    BEWINDSPERSONEN = "bewindspersonen", "Bewindspersonen"
    HOOG_AMBTELIJK = "hoog-ambtelijk", "Hoog ambtelijk"
    MINISTERRAAD = "ministerraad", "Ministerraad"


class Uitkomst(models.TextChoices):
    """What was decided."""

    AKKOORD = "akkoord", "Akkoord"
    MET_WIJZIGING = "akkoord-wijziging", "Akkoord met wijziging"
    NIET_AKKOORD = "niet-akkoord", "Niet akkoord"
    AANGEHOUDEN = "aangehouden", "Aangehouden"
    OVERLEG = "overleg", "Overleg nodig"


def minister(code: str) -> str:
    """ "Minister van DEF"; the minister of BHOS has no ministry of its own and is minister voor."""
    return f"Minister {'voor' if code == 'BHOS' else 'van'} {code}"


class Besluit(models.Model):
    """A decision of one body about one frozen version. Append-only; it counts once a second person confirmed it.

    Each minister decides separately, as `ministry`; a choice hoog ambtelijk carries the ministry that registers it and the
    name of who chose. `mr_nodig` says with the choice of an option whether the Ministerraad must treat it.
    """

    ronde = models.ForeignKey(Ronde, models.CASCADE, related_name="besluiten")
    version = models.ForeignKey(DocumentVersion, models.CASCADE, related_name="besluiten")
    orgaan = models.CharField(max_length=20, choices=Orgaan.choices)
    ministry = models.ForeignKey(Ministry, models.PROTECT, null=True, related_name="+")
    naam = models.CharField(max_length=120, blank=True, help_text="Wie koos, als dat hoog ambtelijk gebeurde.")
    uitkomst = models.CharField(max_length=20, choices=Uitkomst.choices)
    optie = models.CharField(max_length=1, blank=True, help_text="De gekozen optie; 0 is de nuloptie.")
    mr_nodig = models.BooleanField(null=True, help_text="Moet de Ministerraad de gekozen optie behandelen?")
    mr_reden = models.CharField(max_length=1000, blank=True)
    besluit_op = models.DateField()
    kenmerk = models.CharField(max_length=80, blank=True)
    toelichting = models.TextField(max_length=4000, blank=True)
    sha256 = models.CharField(max_length=64)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["ronde", "id"], condition=~models.Q(optie=""), name="besluit_choices")]
        constraints = [
            models.CheckConstraint(condition=models.Q(orgaan__in=Orgaan.values), name="besluit_orgaan_known"),
            models.CheckConstraint(condition=models.Q(uitkomst__in=Uitkomst.values), name="besluit_uitkomst_known"),
            models.CheckConstraint(
                condition=models.Q(orgaan=Orgaan.MINISTERRAAD) ^ models.Q(ministry__isnull=False),
                name="besluit_of_a_ministry",
            ),
            models.CheckConstraint(
                condition=models.Q(mr_nodig__isnull=True) | ~models.Q(mr_reden=""), name="besluit_mr_reason"
            ),
        ]

    def answers(self) -> dict[str, Any]:
        """What was registered, by the names of the form."""
        names = ("orgaan", "naam", "uitkomst", "optie", "mr_reden", "besluit_op", "kenmerk", "toelichting")
        needed = {True: "ja", False: "nee", None: ""}[self.mr_nodig]
        return {**{name: getattr(self, name) for name in names}, "mr_nodig": needed}

    @property
    def who(self) -> str:
        """Whose decision it is, in words: "Minister van BZ", "Minister voor BHOS", "Ministerraad"."""
        if self.orgaan != Orgaan.BEWINDSPERSONEN or self.ministry is None:
            return self.get_orgaan_display()
        return minister(self.ministry.code)

    @property
    def is_confirmed(self) -> bool:
        return hasattr(self, "bevestiging")


class Bevestiging(models.Model):
    """The second person who checked a registered decision. Append-only."""

    besluit = models.OneToOneField(Besluit, models.CASCADE, related_name="bevestiging")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
