"""A request for BIV money with its amounts, and what each minister decides on it."""

from django.db import models
from django.db.models import Q

from budget_biv.models.fund import HIGHEST, Category, Fund, Oda
from cases.models import Dossier, Ministry, Ronde, User


class Aanvraag(models.Model):
    """A request of one Ronde, frozen when put forward; a change is a new version. Append-only."""

    ronde = models.ForeignKey(Ronde, models.CASCADE, related_name="aanvragen")
    fund = models.ForeignKey(Fund, models.PROTECT, related_name="aanvragen")
    number = models.PositiveSmallIntegerField()
    is_relevant = models.BooleanField(default=True)
    relevantie = models.TextField("Ontwikkelingsrelevantie", max_length=4000)
    draagt_bij = models.BooleanField(default=True)
    bijdrage = models.TextField("Bijdrage aan een oplossing", max_length=4000)
    vergoeding = models.BigIntegerField("Verwachte vergoeding van de VN", default=0)
    optie = models.CharField(max_length=1, blank=True)
    optiekosten = models.BigIntegerField("Kostenindicatie van de gekozen optie", null=True, blank=True)
    verschil = models.TextField("Verschil met de kostenindicatie", max_length=4000, blank=True)
    sha256 = models.CharField(max_length=64)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    asked_on = models.DateField()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["ronde", "number"], name="aanvraag_number"),
            models.CheckConstraint(condition=Q(vergoeding__gte=0, vergoeding__lte=HIGHEST), name="aanvraag_vergoeding"),
        ]

    @property
    def difference(self) -> int:
        """How much more is asked than the chosen option was estimated at; 0 when no option is known."""
        return 0 if self.optiekosten is None else self.total - self.optiekosten

    @property
    def total(self) -> int:
        """The sum over all years, in whole euros."""
        return sum(bedrag.amount for bedrag in self.bedragen.all())


class Bedrag(models.Model):
    """An amount asked for one calendar year, category and ODA flag. Append-only.

    `naijl` marks the tail: what bringing people and material home costs after the end (redeployment).
    """

    aanvraag = models.ForeignKey(Aanvraag, models.CASCADE, related_name="bedragen")
    year = models.PositiveSmallIntegerField()
    category = models.ForeignKey(Category, models.PROTECT, related_name="+")
    oda = models.CharField(max_length=10, choices=Oda.choices, default=Oda.ONBEKEND)
    naijl = models.BooleanField(default=False)
    amount = models.BigIntegerField()

    class Meta:
        ordering = ["year", "category__order", "oda", "naijl"]
        constraints = [
            models.UniqueConstraint(fields=["aanvraag", "year", "category", "oda", "naijl"], name="bedrag_line"),
            models.CheckConstraint(condition=Q(amount__gt=0, amount__lte=10_000_000_000), name="bedrag_bounds"),
        ]


class Intrekking(models.Model):
    """The newest request of a Ronde was taken back: no BIV money is asked any more, until a next version. Append-only."""

    aanvraag = models.OneToOneField(Aanvraag, models.PROTECT, related_name="intrekking")
    reason = models.CharField("Reden", max_length=1000)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)


class Uitkomst(models.TextChoices):
    """What a minister decides on a request. Akkoord is whole, or in part when the decision names amounts."""

    AKKOORD = "akkoord", "Akkoord"
    AFGEWEZEN = "afgewezen", "Afgewezen"
    AANGEHOUDEN = "aangehouden", "Aangehouden"


class Beslissing(models.Model):
    """The decision of one minister on one request, registered by the gemachtigde. Append-only.

    `lines` is None for the whole request, otherwise [[year, category id, oda, amount], …]: the same for all ministers.
    """

    aanvraag = models.ForeignKey(Aanvraag, models.CASCADE, related_name="beslissingen")
    ministry = models.ForeignKey(Ministry, models.PROTECT, related_name="+")
    uitkomst = models.CharField(max_length=20, choices=Uitkomst.choices)
    lines = models.JSONField(null=True, blank=True)
    toelichting = models.TextField(max_length=4000, blank=True)
    sha256 = models.CharField(max_length=64)
    decided_on = models.DateField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["ministry__order", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["aanvraag", "ministry"], condition=~Q(uitkomst="aangehouden"), name="beslissing_once"
            )
        ]

    @property
    def words(self) -> str:
        """ "Akkoord", "Gedeeltelijk akkoord", "Afgewezen" or "Aangehouden"."""
        return "Gedeeltelijk akkoord" if self.lines is not None else self.get_uitkomst_display()

    @property
    def granted(self) -> int | None:
        """The amount of a decision in part, in whole euros."""
        return None if self.lines is None else sum(line[3] for line in self.lines)


class AndereFinanciering(models.Model):
    """What pays for a dossier beside or before the BIV, in words: older missions, other funds, partners."""

    dossier = models.OneToOneField(Dossier, models.CASCADE, related_name="andere_financiering")
    text = models.TextField("Andere financiering", max_length=2000)
    revision = models.PositiveIntegerField(default=1)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now=True)
