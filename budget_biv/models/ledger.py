"""The ledger: every euro that was asked stands on exactly one account; what was booked is never changed.

The database keeps the balances (Saldo per request, Jaarsaldo per year) with every Post, and refuses a negative one;
Beslag sums the lines of a request per year.
"""

from django.db import models
from django.db.models import F, GeneratedField, Q
from django.db.models.fields import BigIntegerField

from budget_biv.models.fund import Category, Fund, Oda
from budget_biv.models.request import Aanvraag
from cases.models import Dossier, User
from cases.templatetags.notatie import meervoud


class Rekening(models.TextChoices):
    """Where a euro stands; the life of money from left to right."""

    BUITEN = "buiten", "Buiten het fonds"
    VOORGESTELD = "voorgesteld", "Voorgesteld"
    GERESERVEERD = "gereserveerd", "Gereserveerd"
    TOEGEKEND = "toegekend", "Toegekend"
    VERPLICHT = "verplicht", "Verplicht"
    GEREALISEERD = "gerealiseerd", "Gerealiseerd"
    AFGEREKEND = "afgerekend", "Afgerekend"
    VRIJGEVALLEN = "vrijgevallen", "Vrijgevallen"


OPEN = (Rekening.GERESERVEERD, Rekening.TOEGEKEND, Rekening.VERPLICHT, Rekening.GEREALISEERD)
CLAIMS = (*OPEN, Rekening.AFGEREKEND)  # what weighs on a ceiling


class Soort(models.TextChoices):
    """Why money moves."""

    VOORSTELLEN = "voorstellen", "Voorgesteld"
    INTREKKEN = "intrekken", "Ingetrokken"
    RESERVEREN = "reserveren", "Gereserveerd"
    TOEKENNEN = "toekennen", "Toegekend"
    AFWIJZEN = "afwijzen", "Afgewezen"
    VERPLICHTEN = "verplichten", "Verplicht"
    REALISEREN = "realiseren", "Gerealiseerd"
    VRIJVALLEN = "vrijvallen", "Vrijgevallen"
    AFREKENEN = "afrekenen", "Afgerekend"
    VERSCHUIVEN = "verschuiven", "Kasschuif"
    CORRIGEREN = "corrigeren", "Gecorrigeerd"

    @classmethod
    def correctable(cls) -> list[str]:
        """What a counter-entry may undo; decisions are not undone by booking."""
        return [cls.VERPLICHTEN, cls.REALISEREN, cls.VRIJVALLEN, cls.AFREKENEN]


class Mutatie(models.Model):
    """One act on the money of a request, with its reason. Append-only; its posts come in the same transaction."""

    aanvraag = models.ForeignKey(Aanvraag, models.PROTECT, related_name="mutaties")
    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="+")
    soort = models.CharField(max_length=20, choices=Soort.choices)
    reason = models.CharField(max_length=1000, blank=True)
    occurred_on = models.DateField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    corrects = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="correction")
    transaction = models.BigIntegerField(default=0, editable=False)

    class Meta:
        ordering = ["-id"]

    @property
    def total(self) -> int:
        """All its posts together, in whole euros; what a kasschuif takes out of one year is what it puts into another."""
        return sum(post.amount for post in self.posten.all() if post.naar != Rekening.BUITEN)

    @property
    def summary(self) -> str:
        """ "3 posten naar gereserveerd"."""
        posts = list(self.posten.all())
        ends = sorted({post.get_naar_display().lower() for post in posts})
        return f"{meervoud(len(posts), 'post,posten')} naar {' en '.join(ends)}"

    @property
    def correctable(self) -> bool:
        """Whether a counter-entry may still undo it."""
        return self.soort in Soort.correctable() and not hasattr(self, "correction")


class Post(models.Model):
    """An amount that goes from one account to another, for one year, category and ODA flag. Append-only."""

    mutatie = models.ForeignKey(Mutatie, models.PROTECT, related_name="posten")
    fund = models.ForeignKey(Fund, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    category = models.ForeignKey(Category, models.PROTECT, related_name="+")
    oda = models.CharField(max_length=10, choices=Oda.choices)
    van = models.CharField(max_length=15, choices=Rekening.choices)
    naar = models.CharField(max_length=15, choices=Rekening.choices)
    amount = models.BigIntegerField()

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["fund", "year", "-id"], name="post_year")]
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="post_positive"),
            models.CheckConstraint(condition=~Q(van=F("naar")), name="post_two_accounts"),
        ]


def _account() -> models.BigIntegerField:
    return models.BigIntegerField(default=0)


class Balance(models.Model):
    """What stands on each account. Kept by the database with every Post; nobody else writes it."""

    fund = models.ForeignKey(Fund, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    category = models.ForeignKey(Category, models.PROTECT, related_name="+")
    oda = models.CharField(max_length=10, choices=Oda.choices)
    voorgesteld = _account()
    gereserveerd = _account()
    toegekend = _account()
    verplicht = _account()
    gerealiseerd = _account()
    afgerekend = _account()
    vrijgevallen = _account()
    claimed = GeneratedField(
        expression=F("gereserveerd") + F("toegekend") + F("verplicht") + F("gerealiseerd") + F("afgerekend"),
        output_field=BigIntegerField(),
        db_persist=True,
    )

    class Meta:
        abstract = True

    def on(self, account: str) -> int:
        """The balance of one account."""
        return getattr(self, account)


class Saldo(Balance):
    """The accounts of one request, per year, category and ODA flag."""

    aanvraag = models.ForeignKey(Aanvraag, models.PROTECT, related_name="saldi")
    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["year", "category__order", "oda"]
        indexes = [models.Index(fields=["fund", "year", "dossier"], name="saldo_year")]
        constraints = [
            models.UniqueConstraint(fields=["aanvraag", "year", "category", "oda"], name="saldo_line"),
            *[
                models.CheckConstraint(condition=Q(**{f"{account}__gte": 0}), name=f"saldo_{account}")
                for account in Rekening.values
                if account != Rekening.BUITEN
            ],
        ]


class Jaarsaldo(Balance):
    """The same over all requests together: what a year page reads, however many there are."""

    class Meta:
        ordering = ["year", "category__order", "oda"]
        constraints = [models.UniqueConstraint(fields=["fund", "year", "category", "oda"], name="jaarsaldo_line")]


class Beslag(models.Model):
    """What one request asks and holds in a year, in whole euros per ODA flag: in one category, or in all of them where that is empty.

    Kept by the database with every Saldo. Year pages rank and sum these, a tenth of the lines.
    """

    aanvraag = models.ForeignKey(Aanvraag, models.PROTECT, related_name="+")
    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="+")
    fund = models.ForeignKey(Fund, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    category = models.ForeignKey(Category, models.PROTECT, null=True, related_name="+")
    oda = _account()
    niet = _account()
    onbekend = _account()
    total = GeneratedField(
        expression=F("oda") + F("niet") + F("onbekend"), output_field=BigIntegerField(), db_persist=True
    )

    class Meta:
        ordering = ["-total", "aanvraag_id"]
        # Not in order of size: walking down it to find the few that someone may see is slower than sorting those.
        indexes = [models.Index(fields=["fund", "category", "year"], name="beslag_of_year")]
        constraints = [
            models.UniqueConstraint(fields=["aanvraag", "year", "category"], name="beslag_once", nulls_distinct=False)
        ]
