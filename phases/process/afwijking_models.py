"""Ways to deviate beside the Waiver itself: declarations that write waivers, duties to catch up, and refusals. All append-only."""

from django.db import models
from django.db.models import Q

from cases.models import Ministry, Ronde, User

SPOED_MINISTRIES = ("BZ", "DEF")


class Soort(models.TextChoices):
    """The three recorded decisions that set the gates aside that the table marks for them."""

    KLEINSCHALIG = "kleinschalig", "Kleinschalige inzet"
    EEN_INSTRUMENT = "een-instrument", "Eén instrument"
    SPOED = "spoed", "Spoed (artikel 100 lid 2 Grondwet)"


class Verklaring(models.Model):
    """The penvoerder asks to declare a dossier kleinschalig, één instrument or spoed; it counts once the right people agree."""

    ronde = models.ForeignKey(Ronde, models.CASCADE, related_name="verklaringen")
    soort = models.CharField(max_length=20, choices=Soort.choices)
    reason = models.TextField(max_length=2000)
    until = models.DateField()
    holder = models.ForeignKey(Ministry, models.PROTECT, related_name="+", help_text="Wie inhaalt wat later moet.")
    term = models.DateField(help_text="Uiterlijk wanneer dat is ingehaald.")
    requested_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    requested_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["id"]
        constraints = [models.CheckConstraint(condition=Q(soort__in=Soort.values), name="verklaring_soort_known")]


class VerklaringAkkoord(models.Model):
    """One person agrees with a declaration, in a role; spoed takes one for BZ and one for DEF."""

    verklaring = models.ForeignKey(Verklaring, models.CASCADE, related_name="akkoorden")
    ministry = models.ForeignKey(Ministry, models.PROTECT, null=True, related_name="+")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    granted_as = models.CharField(max_length=20)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["verklaring", "by"], name="verklaring_once_per_person"),
            models.UniqueConstraint(fields=["verklaring", "ministry"], name="verklaring_once_per_ministry"),
        ]


class Inhaalplicht(models.Model):
    """What must still be done later because a gate was set aside: which ministry does it, and by when."""

    waiver = models.OneToOneField("phases.Waiver", models.CASCADE, related_name="plicht")
    wat = models.CharField(max_length=400)
    holder = models.ForeignKey(Ministry, models.PROTECT, related_name="+")
    term = models.DateField()

    class Meta:
        ordering = ["id"]

    @property
    def done(self) -> "Ingehaald | None":
        return getattr(self, "ingehaald", None)


class Ingehaald(models.Model):
    """The duty is done, and how."""

    plicht = models.OneToOneField(Inhaalplicht, models.CASCADE, related_name="ingehaald")
    tekst = models.TextField(max_length=2000)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)


class Afwijzing(models.Model):
    """A request that was refused, with the reason: for a waiver, for a declaration, or for a step."""

    waiver = models.OneToOneField("phases.Waiver", models.CASCADE, null=True, related_name="afwijzing")
    verklaring = models.OneToOneField(Verklaring, models.CASCADE, null=True, related_name="afwijzing")
    voorstel = models.OneToOneField("phases.Voorstel", models.CASCADE, null=True, related_name="afwijzing")
    reason = models.TextField(max_length=2000)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(waiver__isnull=False, verklaring__isnull=True, voorstel__isnull=True)
                | Q(waiver__isnull=True, verklaring__isnull=False, voorstel__isnull=True)
                | Q(waiver__isnull=True, verklaring__isnull=True, voorstel__isnull=False),
                name="afwijzing_of_one_request",
            )
        ]


class Poort(models.Model):
    """The gates of table.py as rows, so that a trigger can check a waiver. Written by laad_referentie, as owner."""

    name = models.CharField(max_length=40, unique=True)
    waivable = models.BooleanField()
    declared_by = models.CharField(max_length=60, blank=True, help_text="De verklaringen, met spaties ertussen.")
