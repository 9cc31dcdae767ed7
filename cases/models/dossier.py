"""The dossier: one crisis, one situation, one file for all ministries together."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import Q
from django.db.models.functions import Upper
from django.urls import reverse
from django.utils import timezone
from django_countries.fields import CountryField
from django_fsm import FSMField
from guardian.models import GroupObjectPermissionBase

from cases.models.organisation import Ministry, User
from cases.phase import Phase, Status
from cases.prepared import Objects
from cases.rubricering import Rubricering


class Effort(models.TextChoices):
    """Kinds of effort that may be considered. Humanitarian aid is never one of them: it is only linked."""

    EENHEID = "eenheid", "Militaire eenheid"
    MILITAIREN = "militairen", "Individuele militairen"
    ASSISTENTIE = "assistentie", "Militaire assistentie of presentie"
    POLITIE = "politie", "Politie"
    JUSTITIE = "justitie", "Justitie"
    CIVIEL = "civiel", "Civiele experts"
    OS = "os", "OS-programma"
    DIPLOMATIE = "diplomatie", "Diplomatie"
    HANDEL = "handel", "Handel"


# Leidraad par. 3.6: the SMO advises where armed forces or civil personnel may be sent.
PERSONNEL = frozenset({Effort.EENHEID, Effort.MILITAIREN, Effort.POLITIE, Effort.JUSTITIE, Effort.CIVIEL})


class Cooperation(models.TextChoices):
    """How closely the instruments work together (Leidraad par. 2)."""

    DECONFLICTIE = "deconflictie", "Deconflictie"
    AFSTEMMING = "afstemming", "Afstemming"
    GEZAMENLIJK = "gezamenlijk", "Gezamenlijk"


# In which fields a word is searched, at any place in them; one index holds the pieces of all three.
SEARCHED = ("number", "title", "region")


class DossierCounter(models.Model):
    """The last serial number given out per year. Gaps are fine; a number proves nothing."""

    year = models.PositiveSmallIntegerField(primary_key=True)
    last = models.PositiveIntegerField(default=0)


class Dossier(models.Model):
    """What a dossier is. Phase and status change only through phases.process.services.transition."""

    number = models.CharField(max_length=12, unique=True)
    title = models.CharField("Titel", max_length=160)
    summary = models.TextField("Samenvatting", max_length=4000)
    countries = CountryField("Landen", multiple=True, blank=True)
    region = models.CharField("Regio", max_length=120, blank=True)
    lead = models.ForeignKey(Ministry, models.PROTECT, related_name="led", verbose_name="Penvoerend ministerie")
    handler = models.ForeignKey(User, models.PROTECT, related_name="handled", verbose_name="Behandelaar")
    efforts = ArrayField(
        models.CharField(max_length=20, choices=Effort.choices), default=list, verbose_name="Soorten inzet"
    )
    cooperation = models.CharField("Samenwerking", max_length=20, choices=Cooperation.choices)
    humanitarian = models.CharField("Humanitaire hulp", max_length=300, blank=True)
    marking = models.CharField(max_length=20, choices=Rubricering.choices, default=Rubricering.ONGERUBRICEERD)
    marking_until = models.DateField(null=True, blank=True)
    marked_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    phase = FSMField(max_length=20, choices=Phase.choices, default=Phase.ORIENTATIE, protected=True)
    status = FSMField(max_length=20, choices=Status.choices, default=Status.LOPEND, protected=True)
    ronde_number = models.PositiveSmallIntegerField(default=1)
    moves_made = models.PositiveIntegerField(
        default=0, help_text="Aantal gezette stappen; herkent een verouderd scherm."
    )
    revision = models.PositiveIntegerField(default=0)
    fictional = models.BooleanField(default=False, help_text="Bevat verzonnen waarden en is zo gemarkeerd.")
    opened_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(default=timezone.now)
    sort_at = models.DateTimeField(help_text="Moment van opening of laatste stap; de volgorde van de lijst.")

    class Meta:
        ordering = ["-sort_at", "-id"]
        permissions = []
        default_permissions = ["view"]
        indexes = [
            models.Index(fields=["status", "-sort_at", "-id"], name="dossier_default_list"),
            GinIndex(*(OpClass(Upper(name), "gin_trgm_ops") for name in SEARCHED), name="dossier_search"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(marking__in=Rubricering.values), name="dossier_marking_at_most_dep_v"),
            models.CheckConstraint(
                condition=Q(marking=Rubricering.ONGERUBRICEERD)
                | Q(marking_until__isnull=False, marked_by__isnull=False),
                name="dossier_marking_has_term_and_vaststeller",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    def get_absolute_url(self) -> str:
        return reverse("dossier", args=[self.number])

    @property
    def chain(self) -> str:
        """The name of this dossier's audit chain."""
        return f"dossier:{self.pk}"

    @property
    def current_ronde(self) -> "Ronde":
        """The Ronde that gates look at. Read once per object and number."""
        found = self.__dict__.get("_current_ronde")
        if found is None or found.number != self.ronde_number:
            ((found,),) = RONDE.objects(dossier=self.pk, number=self.ronde_number)
            found.dossier = self
            self.__dict__["_current_ronde"] = found
        return found

    @property
    def needs_smo(self) -> bool:
        """Whether armed forces or civil personnel are considered (Leidraad par. 3.6, fase 1–3)."""
        return bool(PERSONNEL & set(self.efforts))

    @property
    def marking_stamp(self) -> str:
        """The rubricering with its term; by it a form notices that somebody set another meanwhile."""
        return f"{self.marking}:{self.marking_until or ''}"

    @property
    def effort_labels(self) -> list[str]:
        return [Effort(effort).label for effort in self.efforts]

    @property
    def area(self) -> str:
        """Countries and region as one line, for example "Bosnië en Herzegovina (Westelijke Balkan)"."""
        names = ", ".join(str(country.name) for country in self.countries)
        return f"{names} ({self.region})" if names and self.region else names or self.region


class DossierGrant(GroupObjectPermissionBase):
    """guardian's direct permission row: a ministry × role group may read this dossier. Triggers keep the last two columns."""

    content_object = models.ForeignKey(Dossier, models.CASCADE)
    sort_at = models.DateTimeField(null=True, editable=False)
    running = models.BooleanField(default=True, editable=False)

    class Meta(GroupObjectPermissionBase.Meta):
        indexes = [
            models.Index(fields=["group", "running", "-sort_at", "-content_object"], name="grant_newest_per_group"),
            models.Index(fields=["content_object", "group"], name="grant_dossier_group"),
        ]


class Ronde(models.Model):
    """A round of decision making. A renewal opens a new one while the earlier runs until its end."""

    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="rondes")
    number = models.PositiveSmallIntegerField()
    reason = models.CharField(max_length=500, blank=True)
    opened_at = models.DateTimeField(default=timezone.now)
    runs_until = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["dossier", "number"], name="ronde_number")]

    def __str__(self) -> str:
        return f"Ronde {self.number}"


RONDE = Objects(
    "SELECT {r} FROM cases_ronde r WHERE r.dossier_id = %(dossier)s AND r.number = %(number)s",
    {"r": Ronde},
    dossier="bigint",
    number="smallint",
)


class Participation(models.Model):
    """A ministry takes part in a dossier, with a named contact."""

    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="participations")
    ministry = models.ForeignKey(Ministry, models.PROTECT, related_name="participations")
    contact = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    since = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["ministry__order"]
        constraints = [models.UniqueConstraint(fields=["dossier", "ministry"], name="participation_once")]


class Uittreding(models.Model):
    """A ministry ended its own participation. Append-only; a participation goes away only beside such a row."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="+")
    ministry = models.ForeignKey(Ministry, models.PROTECT, related_name="+")
    reason = models.CharField(max_length=1000)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    transaction = models.BigIntegerField(default=0, editable=False, help_text="Gezet door de trigger.")

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="uittreding_has_reason")]


class Toets(models.Model):
    """Does artikel 100 Grondwet apply? The three questions of Kamerstuk 29 521, nr. 226, and humanitarian aid in armed conflict."""

    ronde = models.ForeignKey(Ronde, models.CASCADE, related_name="toetsen")
    provisional = models.BooleanField()
    rechtsorde = models.BooleanField()
    eenheid = models.BooleanField()
    geweld = models.BooleanField()
    humanitair = models.BooleanField()
    applies = models.BooleanField()
    override_reason = models.CharField(max_length=1000, blank=True)
    told = models.BooleanField(
        default=False, editable=False, help_text="De Kamer kreeg er al een brief over. Gezet door de trigger."
    )
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    decided_on = models.DateField()

    class Meta:
        ordering = ["id"]

    @property
    def computed(self) -> bool:
        """What the answers say by themselves, before any override."""
        return computed_outcome(self.rechtsorde, self.eenheid, self.geweld, self.humanitair)

    @property
    def outcome(self) -> str:
        """What it says, in the middle of a sentence."""
        return f"artikel 100 is {'' if self.applies else 'niet '}van toepassing"

    @property
    def takes_back(self) -> bool:
        """Whether it says that artikel 100 does not apply after parliament was told that it does."""
        return self.told and not self.applies

    @property
    def second_person(self) -> bool:
        """Whether somebody else must agree: it deviates from the answers, or takes back what parliament was told."""
        return self.applies != self.computed or self.takes_back

    @property
    def unconfirmed(self) -> bool:
        """Whether a second person must agree and did not. Until then artikel 100 counts as applying."""
        return self.second_person and not hasattr(self, "bevestiging")

    def answers(self) -> dict[str, bool | str]:
        """What was answered, by the names of the form."""
        names = ("rechtsorde", "eenheid", "geweld", "humanitair", "override_reason")
        return {**{name: getattr(self, name) for name in names}, "afwijken": self.applies != self.computed}


class Toetsbevestiging(models.Model):
    """A second person agreed with an outcome that counts only then. Append-only."""

    toets = models.OneToOneField(Toets, models.CASCADE, related_name="bevestiging")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["id"]


def computed_outcome(rechtsorde: bool, eenheid: bool, geweld: bool, humanitair: bool) -> bool:
    """Artikel 100 applies when all three criteria hold, or for humanitarian aid in armed conflict (lid 1)."""
    return (rechtsorde and eenheid and geweld) or humanitair


class MarkedRead(models.Model):
    """Someone read a Dep. V. dossier. Kept apart from the audit chain, so that reading never waits."""

    dossier_id = models.BigIntegerField(db_index=True)
    user_id = models.BigIntegerField()
    path = models.CharField(max_length=300)
    at = models.DateTimeField(auto_now_add=True)
