"""When the SMO meets: the rhythm, the meetings, their agenda, attendance, besluitenlijst and papers as one PDF."""

from datetime import timedelta

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from cases.models import User
from phases.smo.models.offers import Aanbieding, PuntSoort


class Weekdag(models.IntegerChoices):
    """The days on which the SMO can meet, as Python counts them."""

    MAANDAG = 0, "Maandag"
    DINSDAG = 1, "Dinsdag"
    WOENSDAG = 2, "Woensdag"
    DONDERDAG = 3, "Donderdag"
    VRIJDAG = 4, "Vrijdag"


class Ritme(models.Model):
    """When the SMO usually meets: one row, changed by its secretary."""

    weekday = models.PositiveSmallIntegerField(choices=Weekdag.choices)
    time = models.TimeField()
    place = models.CharField(max_length=120)
    papers_days = models.PositiveSmallIntegerField(help_text="Zoveel dagen voor de vergadering zijn de stukken binnen.")
    revision = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="ritme_one_row")]


class Vergadering(models.Model):
    """One meeting. A row stays when it is moved or cancelled; the logboek says who did that and why."""

    day = models.DateField()
    time = models.TimeField()
    place = models.CharField(max_length=120)
    papers_by = models.DateField()
    vervallen = models.BooleanField(default=False)
    reason = models.CharField(max_length=500, blank=True)
    planned_on = models.DateField(
        null=True, unique=True, help_text="De dag van het ritme waarvoor zij staat, ook als zij verhuist."
    )
    revision = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["day", "id"]
        constraints = [
            models.UniqueConstraint(fields=["day"], condition=Q(vervallen=False), name="vergadering_one_a_day"),
            models.CheckConstraint(condition=Q(papers_by__lte=F("day")), name="vergadering_papers_before"),
        ]

    @property
    def ends(self) -> timedelta:
        """How long a meeting takes, for a calendar. ontwerpkeuze: no source names a length."""
        return timedelta(hours=1, minutes=30)


class Agendapunt(models.Model):
    """A point on the agenda of a meeting: an offered paper, or one of the secretary's own. It moves by leaving a row behind."""

    vergadering = models.ForeignKey(Vergadering, models.PROTECT, related_name="punten")
    aanbieding = models.ForeignKey(Aanbieding, models.CASCADE, null=True, related_name="punten")
    soort = models.CharField(max_length=20, choices=PuntSoort.choices)
    titel = models.CharField(max_length=200, blank=True)
    order = models.PositiveIntegerField()
    vervallen = models.BooleanField(default=False)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["order", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["vergadering", "aanbieding"], condition=Q(vervallen=False), name="agendapunt_once"
            ),
            models.CheckConstraint(
                condition=Q(aanbieding__isnull=False) | ~Q(titel=""), name="agendapunt_says_something"
            ),
        ]


class Aanwezigheid(models.Model):
    """Who was there, as the secretary noted it. Append-only: the newest row counts."""

    vergadering = models.ForeignKey(Vergadering, models.PROTECT, related_name="aanwezigheid")
    aanwezig = ArrayField(models.CharField(max_length=200), default=list)
    gasten = models.TextField(max_length=2000, blank=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["id"]


class Besluitenlijst(models.Model):
    """The list of decisions of a meeting: a concept until another person adopts it; then it never changes, a next one corrects.

    `rijen` is its export as adopted. `writers` are the ids of who wrote at it or added an action; the database keeps them.
    """

    vergadering = models.ForeignKey(Vergadering, models.PROTECT, related_name="besluitenlijsten")
    number = models.PositiveSmallIntegerField(default=1)
    teksten = models.JSONField(default=dict)
    opmerkingen = models.TextField(max_length=8000, blank=True)
    revision = models.PositiveIntegerField(default=0)
    written_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    written_at = models.DateTimeField(auto_now=True)
    adopted_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    adopted_at = models.DateTimeField(null=True)
    html = models.TextField(blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    rijen = models.JSONField(default=list)
    writers = ArrayField(models.BigIntegerField(), default=list, editable=False)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["vergadering", "number"], name="besluitenlijst_number"),
            models.CheckConstraint(
                condition=Q(adopted_by__isnull=True) | ~Q(adopted_by=F("written_by")), name="besluitenlijst_two_persons"
            ),
            models.CheckConstraint(
                condition=Q(adopted_by__isnull=True) | (Q(adopted_at__isnull=False) & ~Q(sha256="")),
                name="besluitenlijst_adopted_has_text",
            ),
        ]

    @property
    def adopted(self) -> bool:
        return self.adopted_by_id is not None


class Actie(models.Model):
    """What somebody must do after a meeting. It counts once its besluitenlijst is adopted."""

    besluitenlijst = models.ForeignKey(Besluitenlijst, models.PROTECT, related_name="acties")
    tekst = models.CharField(max_length=500)
    holder = models.ForeignKey(User, models.PROTECT, related_name="+")
    due = models.DateField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["due", "id"]

    @property
    def is_done(self) -> bool:
        return hasattr(self, "gedaan")

    @property
    def late(self) -> bool:
        return not self.is_done and self.due < timezone.localdate()


class ActieGedaan(models.Model):
    """The holder says that it is done. Append-only."""

    actie = models.OneToOneField(Actie, models.PROTECT, related_name="gedaan")
    tekst = models.CharField(max_length=500, blank=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)


class Gemaakt(models.Model):
    """Base of a PDF that the worker makes, with how far it is."""

    class State(models.TextChoices):
        WACHT = "wacht", "Wacht op de worker"
        BEZIG = "bezig", "Wordt gemaakt"
        GEREED = "gereed", "Gereed"
        MISLUKT = "mislukt", "Mislukt"

    state = models.CharField(max_length=10, choices=State.choices, default=State.WACHT)
    pdf = models.BinaryField(null=True)
    pdf_sha256 = models.CharField(max_length=64, blank=True)
    error = models.CharField(max_length=500, blank=True)
    requested_at = models.DateTimeField(auto_now_add=True)
    started_at = models.DateTimeField(null=True)
    ready_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True


class Lijstpdf(Gemaakt):
    """The PDF of an adopted besluitenlijst."""

    besluitenlijst = models.OneToOneField(Besluitenlijst, models.PROTECT, related_name="pdf")


class Bundel(Gemaakt):
    """The papers of a meeting as one PDF, for everyone who may read exactly these versions."""

    vergadering = models.ForeignKey(Vergadering, models.PROTECT, related_name="bundels")
    version_ids = ArrayField(models.BigIntegerField())
    key = models.CharField(max_length=64)
    stuk = models.PositiveSmallIntegerField(default=0, db_default=0, help_text="Aan welk stuk de worker bezig is.")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["vergadering", "key"], name="bundel_once")]
