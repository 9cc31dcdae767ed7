"""Papers: what is written, frozen, initialled, adopted and made into PDF."""

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import formats

from cases.models.dossier import Dossier, Ronde
from cases.models.organisation import Ministry, User
from cases.rubricering import Rubricering


class PaperStatus(models.TextChoices):
    """The life of a version. It only goes forward; a new text is a new version."""

    TER_PARAAF = "ter-paraaf", "Ter paraaf"
    VASTGESTELD = "vastgesteld", "Vastgesteld"
    ONDERTEKEND = "ondertekend", "Ondertekend"
    VERZONDEN = "verzonden", "Verzonden"
    VERVALLEN = "vervallen", "Vervallen"

    @classmethod
    def adopted(cls) -> list[str]:
        """The states in which a version counts as vastgesteld."""
        return [cls.VASTGESTELD, cls.ONDERTEKEND, cls.VERZONDEN]


class Document(models.Model):
    """A paper of a Ronde that people work on. Its draft lives in the room that owns the kind; `revision` counts the saves."""

    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="documents")
    ronde = models.ForeignKey(Ronde, models.CASCADE, related_name="documents")
    kind = models.CharField(max_length=30)
    title = models.CharField(max_length=200)
    revision = models.PositiveIntegerField(default=0)
    changed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    changed_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["id"]
        indexes = [
            models.Index(fields=["ronde", "kind", "id"], name="document_newest_of_kind"),
            models.Index(fields=["dossier", "-changed_at", "-id"], name="document_last_changed"),
        ]

    def __str__(self) -> str:
        return self.title


class DocumentVersion(models.Model):
    """A frozen text. A trigger refuses every change of its content; only its status goes forward."""

    document = models.ForeignKey(Document, models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    revision = models.PositiveIntegerField(help_text="De stand van het concept waarvan dit een momentopname is.")
    content = models.JSONField()
    html = models.TextField()
    sha256 = models.CharField(max_length=64)
    marking = models.CharField(max_length=20, choices=Rubricering.choices)
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    status = models.CharField(max_length=20, choices=PaperStatus.choices, default=PaperStatus.TER_PARAAF)
    adopted_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    adopted_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["document", "number"], name="version_number"),
            models.CheckConstraint(
                condition=~Q(status__in=PaperStatus.adopted()) | Q(adopted_by__isnull=False, adopted_on__isnull=False),
                name="version_adopted_has_who_and_when",
            ),
            models.CheckConstraint(condition=Q(status__in=PaperStatus.values), name="version_status_known"),
            models.CheckConstraint(condition=Q(marking__in=Rubricering.values), name="version_marking_known"),
        ]

    def __str__(self) -> str:
        return f"{self.document.title}, versie {self.number}"

    @property
    def is_adopted(self) -> bool:
        return self.status in PaperStatus.adopted()


class Paraaf(models.Model):
    """A teamleider agrees, for a ministry, with a frozen version. Append-only."""

    version = models.ForeignKey(DocumentVersion, models.CASCADE, related_name="parafen")
    ministry = models.ForeignKey(Ministry, models.PROTECT, related_name="+")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["ministry__order"]
        constraints = [models.UniqueConstraint(fields=["version", "ministry"], name="paraaf_once")]


class Rendering(models.Model):
    """The PDF of a version: with the concept mark, or without once it is adopted. Written by the worker."""

    class State(models.TextChoices):
        WACHT = "wacht", "Wordt gemaakt"
        GEREED = "gereed", "Gereed"
        MISLUKT = "mislukt", "Mislukt"

    version = models.ForeignKey(DocumentVersion, models.CASCADE, related_name="renderings")
    concept = models.BooleanField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.WACHT)
    pdf = models.BinaryField(null=True)
    pdf_sha256 = models.CharField(max_length=64, blank=True)
    error = models.CharField(max_length=500, blank=True)
    requested_at = models.DateTimeField(auto_now_add=True)
    ready_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["version", "concept"], name="rendering_once")]


class Product(models.Model):
    """Base of what a phase delivers: one row with the fields that the Leidraad names, written in one document.

    A room subclasses this with its own fields; a field's verbose_name is the heading, its help_text the question.
    """

    document = models.OneToOneField(Document, models.CASCADE, related_name="%(class)s")
    ronde = models.ForeignKey(Ronde, models.CASCADE, related_name="+")

    # What follows from each answer to a choice, by the name of its field; the form says it under the answer.
    consequences: ClassVar[dict[str, dict[str, str]]] = {}

    class Meta:
        abstract = True

    @classmethod
    def text_fields(cls) -> list[models.Field]:
        """The fields that a person fills in, in order."""
        return [f for f in cls._meta.fields if f.name not in {"id", "document", "ronde"}]

    def missing(self) -> list[str]:
        """The headings that must be filled before the product can be put forward."""
        return [str(f.verbose_name) for f in self.text_fields() if not f.blank and getattr(self, f.name) in ("", None)]

    def sections(self) -> list[dict]:
        """The filled fields as sections of a paper."""
        return [
            {"code": f.name, "title": str(f.verbose_name), "level": 2, "text": self._shown(f), "tables": []}
            for f in self.text_fields()
        ]

    def values(self) -> dict:
        """The raw values that a gate may want to read from the frozen version."""
        names = [
            f.name for f in self.text_fields() if f.choices or isinstance(f, (models.BooleanField, models.DateField))
        ]
        return {
            n: getattr(self, n).isoformat() if hasattr(getattr(self, n), "isoformat") else getattr(self, n)
            for n in names
        }

    def _shown(self, field: models.Field) -> str:
        value = getattr(self, field.name)
        if field.choices:
            return getattr(self, f"get_{field.name}_display")()
        if isinstance(value, date):
            return formats.date_format(value, "j F Y")
        return "" if value is None else str(value)
