"""What lies before the SMO: papers offered, positions per ministry, the conclusion of the chair and its conditions."""

from datetime import date, timedelta
from typing import Any

from django.db import models

from budget_biv.models import Aanvraag
from cases.models import DocumentVersion, Ministry, Ronde, User


class PuntSoort(models.TextChoices):
    """What a point on the agenda asks of the SMO."""

    PROCEDUREEL = "procedureel", "Procedureel"
    BESPREKING = "bespreking", "Ter bespreking"
    ADVIES = "advies", "Ter advisering"
    TER_KENNISNAME = "ter-kennisname", "Ter kennisname"
    BIV = "biv", "BIV-aanvraag"

    @classmethod
    def of_papers(cls) -> list[str]:
        """What the penvoerder may ask with a paper; procedural points are the secretary's own."""
        return [cls.ADVIES, cls.BESPREKING, cls.BIV, cls.TER_KENNISNAME]


# ontwerpkeuze: two days before the term of a written round and on the day itself; the Leidraad sets no dates.
DAYS_BEFORE = (2, 0)


class Aanbieding(models.Model):
    """A frozen version put before the SMO: for a meeting, or in a written round with a term. Append-only.

    `aanvraag` is the BIV request of that Ronde that lay beside it then: the advice is about both.
    """

    ronde = models.ForeignKey(Ronde, models.CASCADE, related_name="aanbiedingen")
    version = models.ForeignKey(DocumentVersion, models.CASCADE, related_name="aanbiedingen")
    meeting_on = models.DateField("Vergadering of termijn", help_text="Zoals het was bij het aanbieden.")
    kind = models.CharField("Soort stuk", max_length=30, editable=False, db_default="")  # filled in by the database
    soort = models.CharField(max_length=20, choices=PuntSoort.choices, default=PuntSoort.ADVIES, db_default="advies")
    schriftelijk = models.BooleanField(default=False, db_default=False)
    aanvraag = models.ForeignKey(Aanvraag, models.PROTECT, null=True, blank=True, related_name="+")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["ronde", "kind", "id"], name="aanbieding_newest")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(soort__in=PuntSoort.of_papers()), name="aanbieding_soort_of_a_paper"
            )
        ]

    @property
    def reminder_days(self) -> list[date]:
        """The days on which a written round reminds who did not answer."""
        return [self.meeting_on - timedelta(days=days) for days in DAYS_BEFORE]


class Bijlage(models.Model):
    """Another frozen version of the same dossier that goes with an offer. Append-only."""

    aanbieding = models.ForeignKey(Aanbieding, models.CASCADE, related_name="bijlagen")
    version = models.ForeignKey(DocumentVersion, models.CASCADE, related_name="+")

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["aanbieding", "version"], name="bijlage_once")]


class Intrekking(models.Model):
    """The penvoerder takes an offer back before the SMO concluded. Append-only: the offer and its positions stay."""

    aanbieding = models.OneToOneField(Aanbieding, models.CASCADE, related_name="intrekking")
    reason = models.TextField(max_length=2000)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)


class Herinnering(models.Model):
    """A reminder in a written round, and the ministries whose position was awaited. Append-only."""

    aanbieding = models.ForeignKey(Aanbieding, models.CASCADE, related_name="herinneringen")
    day = models.DateField()
    codes = models.CharField(max_length=80)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["aanbieding", "day"], name="herinnering_once_a_day")]


class Strekking(models.TextChoices):
    """What a ministry thinks. A position never holds a dossier."""

    AKKOORD = "akkoord", "Akkoord"
    VOORWAARDEN = "voorwaarden", "Akkoord met voorwaarden"
    TERUGGEVEN = "teruggeven", "Teruggeven"
    NIET_AKKOORD = "niet-akkoord", "Niet akkoord"
    GEEN_STANDPUNT = "geen-standpunt", "Geen standpunt"

    @classmethod
    def dissenting(cls) -> list[str]:
        """What goes to the ministers as a dissenting position by itself."""
        return [cls.NIET_AKKOORD, cls.TERUGGEVEN]


class Standpunt(models.Model):
    """The position of one ministry on an offered version. Append-only: a later row corrects an earlier one."""

    aanbieding = models.ForeignKey(Aanbieding, models.CASCADE, related_name="standpunten")
    ministry = models.ForeignKey(Ministry, models.PROTECT, related_name="+")
    strekking = models.CharField(max_length=20, choices=Strekking.choices)
    voorwaarden = models.TextField(max_length=4000, blank=True)
    toelichting = models.TextField(max_length=4000, blank=True)
    afwijkend = models.BooleanField(default=False, db_default=False)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    acting_for = models.CharField(max_length=160)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["id"]

    def answers(self) -> dict[str, Any]:
        """What was said, by the names of the form."""
        return {name: getattr(self, name) for name in ("strekking", "voorwaarden", "toelichting", "afwijkend")}

    @property
    def dissents(self) -> bool:
        """Whether it goes to the ministers beside the advice: by what it says, or because the ministry asks so."""
        return self.afwijkend or self.strekking in Strekking.dissenting()


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


ADVISING = (Oordeel.POSITIEF, Oordeel.POSITIEF_VOORWAARDEN, Oordeel.AANGEHOUDEN, Oordeel.NEGATIEF)
NOTING = (Oordeel.TER_KENNISNAME, Oordeel.AANGEHOUDEN)
# Which strekking a kind of point allows. ontwerpkeuze: who asks no advice gets none, so that no gate opens by a discussion.
ALLOWED = {
    PuntSoort.ADVIES: ADVISING,
    PuntSoort.BIV: ADVISING,
    PuntSoort.BESPREKING: NOTING,
    PuntSoort.TER_KENNISNAME: NOTING,
}


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


class Voorwaarde(models.Model):
    """A condition in a conclusion: an item that holds the gate until it is met. Append-only."""

    conclusie = models.ForeignKey(Conclusie, models.CASCADE, related_name="voorwaarden")
    number = models.PositiveSmallIntegerField()
    tekst = models.TextField(max_length=1000)

    class Meta:
        ordering = ["conclusie", "number"]
        constraints = [models.UniqueConstraint(fields=["conclusie", "number"], name="voorwaarde_number")]

    @property
    def newest(self) -> "Afhandeling | None":
        """How it was met last; None while nobody did."""
        return next(reversed(list(self.afhandelingen.all())), None)


class Afhandeling(models.Model):
    """How the penvoerder met a condition. Append-only: a later row follows when the secretary is not convinced."""

    voorwaarde = models.ForeignKey(Voorwaarde, models.CASCADE, related_name="afhandelingen")
    tekst = models.TextField(max_length=2000)
    done_on = models.DateField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["id"]

    @property
    def is_checked(self) -> bool:
        return hasattr(self, "controle")


class Controle(models.Model):
    """The secretary confirms that a condition is met, or says what still lacks. Append-only."""

    afhandeling = models.OneToOneField(Afhandeling, models.CASCADE, related_name="controle")
    voldaan = models.BooleanField()
    toelichting = models.TextField(max_length=2000, blank=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    acting_for = models.CharField(max_length=160)
    at = models.DateTimeField(auto_now_add=True)


class TekstueleWijziging(models.Model):
    """The chair says that a later version differs from the advised one in words only: the advice holds. Append-only."""

    conclusie = models.ForeignKey(Conclusie, models.CASCADE, related_name="wijzigingen")
    from_version = models.ForeignKey(DocumentVersion, models.CASCADE, related_name="+")
    to_version = models.ForeignKey(DocumentVersion, models.CASCADE, related_name="+")
    toelichting = models.TextField(max_length=2000)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    acting_for = models.CharField(max_length=160)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["conclusie", "to_version"], name="wijziging_once")]


class BivWijziging(models.Model):
    """The chair says that a later BIV request changes nothing for the advice: it holds for that one too. Append-only."""

    conclusie = models.ForeignKey(Conclusie, models.CASCADE, related_name="bivwijzigingen")
    aanvraag = models.ForeignKey(Aanvraag, models.PROTECT, related_name="+")
    toelichting = models.TextField(max_length=2000)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    acting_for = models.CharField(max_length=160)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["conclusie", "aanvraag"], name="bivwijziging_once")]
