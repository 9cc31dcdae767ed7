"""The Budget Internationale Veiligheid: fund, ceilings per year, requests and decisions. Amounts are whole euros."""

from django.db import models
from django.db.models import Q

from cases.models import Dossier, Ministry, Ronde, User


class Fund(models.Model):
    """A fund as data: it has a start, an end or none, and a place in a budget chapter."""

    name = models.CharField(max_length=120, unique=True)
    start = models.PositiveSmallIntegerField()
    end = models.PositiveSmallIntegerField(null=True, blank=True)
    chapter = models.CharField(max_length=20)
    article = models.CharField(max_length=20)
    source = models.CharField(max_length=200)

    def __str__(self) -> str:
        return self.name


class Ceiling(models.Model):
    """What a fund has available in a year."""

    fund = models.ForeignKey(Fund, models.CASCADE, related_name="ceilings")
    year = models.PositiveSmallIntegerField()
    amount = models.BigIntegerField()
    fictional = models.BooleanField(default=False)
    source = models.CharField(max_length=200)

    class Meta:
        ordering = ["year"]
        constraints = [models.UniqueConstraint(fields=["fund", "year"], name="ceiling_year")]


class Aanvraag(models.Model):
    """A request of one Ronde, frozen when put forward; a change is a new version. Append-only."""

    ronde = models.ForeignKey(Ronde, models.CASCADE, related_name="aanvragen")
    fund = models.ForeignKey(Fund, models.PROTECT, related_name="aanvragen")
    number = models.PositiveSmallIntegerField()
    relevantie = models.TextField("Ontwikkelingsrelevantie", max_length=4000)
    bijdrage = models.TextField("Bijdrage aan een oplossing", max_length=4000)
    sha256 = models.CharField(max_length=64)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    asked_on = models.DateField()

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["ronde", "number"], name="aanvraag_number")]

    def answers(self) -> dict[str, str | int]:
        """What was asked, by the names of the form."""
        amounts = {f"jaar_{bedrag.year}": bedrag.amount for bedrag in self.bedragen.all()}
        return {**amounts, "relevantie": self.relevantie, "bijdrage": self.bijdrage}

    @property
    def total(self) -> int:
        """The sum over all years, in whole euros."""
        return sum(bedrag.amount for bedrag in self.bedragen.all())


class Bedrag(models.Model):
    """The amount asked for one calendar year. Append-only."""

    aanvraag = models.ForeignKey(Aanvraag, models.CASCADE, related_name="bedragen")
    year = models.PositiveSmallIntegerField()
    amount = models.BigIntegerField()

    class Meta:
        ordering = ["year"]
        constraints = [
            models.UniqueConstraint(fields=["aanvraag", "year"], name="bedrag_year"),
            models.CheckConstraint(condition=Q(amount__gt=0, amount__lte=10_000_000_000), name="bedrag_bounds"),
        ]


class Uitkomst(models.TextChoices):
    """What a minister decides on a request."""

    AKKOORD = "akkoord", "Akkoord"
    AFGEWEZEN = "afgewezen", "Afgewezen"


class Beslissing(models.Model):
    """The decision of one minister on one request, registered by the gemachtigde. Append-only."""

    aanvraag = models.ForeignKey(Aanvraag, models.CASCADE, related_name="beslissingen")
    ministry = models.ForeignKey(Ministry, models.PROTECT, related_name="+")
    uitkomst = models.CharField(max_length=20, choices=Uitkomst.choices)
    toelichting = models.TextField(max_length=4000, blank=True)
    sha256 = models.CharField(max_length=64)
    decided_on = models.DateField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["ministry__order"]
        constraints = [models.UniqueConstraint(fields=["aanvraag", "ministry"], name="beslissing_once")]


class AndereFinanciering(models.Model):
    """What pays for a dossier beside or before the BIV, in words: older missions, other funds, partners."""

    dossier = models.OneToOneField(Dossier, models.CASCADE, related_name="andere_financiering")
    text = models.TextField("Andere financiering", max_length=2000)
    revision = models.PositiveIntegerField(default=1)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now=True)
