"""The fund as data: its categories, what each may cost in a year, and the decisions that move a ceiling."""

from django.db import models
from django.db.models import F, Q

from cases.models import Ministry, User

HIGHEST = 10_000_000_000


class Oda(models.TextChoices):
    """Whether money counts as official development assistance. Unknown may be proposed, never reserved."""

    ODA = "oda", "ODA"
    NIET = "niet-oda", "Niet-ODA"
    ONBEKEND = "onbekend", "Nog onbekend"


class Fund(models.Model):
    """A fund: it has a start, an end or none, a place in a budget chapter and a ministry that keeps its books."""

    name = models.CharField(max_length=120, unique=True)
    start = models.PositiveSmallIntegerField()
    end = models.PositiveSmallIntegerField(null=True, blank=True)
    chapter = models.CharField(max_length=20)
    article = models.CharField(max_length=20)
    source = models.CharField(max_length=200)
    manager = models.ForeignKey(Ministry, models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return self.name

    def holds(self, year: int) -> bool:
        """Whether the fund exists in a year."""
        return year >= self.start and (self.end is None or year <= self.end)


class Category(models.Model):
    """What money of the fund is for: a line of the budget."""

    fund = models.ForeignKey(Fund, models.CASCADE, related_name="categories")
    code = models.SlugField(max_length=20)
    name = models.CharField(max_length=80)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order", "name"]
        constraints = [models.UniqueConstraint(fields=["fund", "code"], name="category_code")]

    def __str__(self) -> str:
        return self.name


class Ceiling(models.Model):
    """What a category may cost in a year; without a category what the whole year may cost.

    `oda_amount` is how much of it is for ODA; None when that is not split. Changes only by an Overheveling.
    """

    fund = models.ForeignKey(Fund, models.CASCADE, related_name="ceilings")
    year = models.PositiveSmallIntegerField()
    category = models.ForeignKey(Category, models.PROTECT, null=True, blank=True, related_name="ceilings")
    amount = models.BigIntegerField()
    oda_amount = models.BigIntegerField(null=True, blank=True)
    fictional = models.BooleanField(default=False)
    source = models.CharField(max_length=200)

    class Meta:
        ordering = ["year", "category__order"]
        constraints = [
            models.UniqueConstraint(
                fields=["fund", "year", "category"], name="ceiling_year_category", nulls_distinct=False
            ),
            models.CheckConstraint(condition=Q(amount__gte=0, amount__lte=HIGHEST), name="ceiling_bounds"),
            models.CheckConstraint(
                condition=Q(oda_amount__isnull=True) | Q(oda_amount__gte=0, oda_amount__lte=F("amount")),
                name="ceiling_oda_within",
            ),
        ]

    @property
    def name(self) -> str:
        """The category, or the year as a whole."""
        return self.category.name if self.category else "Hele jaar"

    def part(self, oda: str) -> int | None:
        """How much of it is for ODA or niet-ODA; None when that is not split."""
        if self.oda_amount is None or oda == Oda.ONBEKEND:
            return None
        return self.oda_amount if oda == Oda.ODA else self.amount - self.oda_amount


class Overheveling(models.Model):
    """A decision that moves a part of one ceiling to another: between years (kasschuif) or categories. Append-only."""

    source = models.ForeignKey(Ceiling, models.PROTECT, related_name="given")
    target = models.ForeignKey(Ceiling, models.PROTECT, related_name="received")
    oda = models.CharField(max_length=10, choices=Oda.choices)
    amount = models.BigIntegerField()
    reason = models.CharField(max_length=1000)
    reference = models.CharField(max_length=120, blank=True)
    decided_on = models.DateField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0, amount__lte=HIGHEST), name="overheveling_bounds"),
            models.CheckConstraint(condition=~Q(source=F("target")), name="overheveling_two_ceilings"),
        ]
