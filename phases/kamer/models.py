"""Parliament: the Toetsingskader as data, letters by section, their signatures and sending."""

from django.db import models

from cases.models import Document, DocumentVersion, Ministry, Ronde, User


class BriefSoort(models.TextChoices):
    """The letters of the artikel 100-procedure that this system makes, in the order in which a dossier may need them."""

    KENNISGEVING = "kennisgeving", "Kennisgevingsbrief"
    ARTIKEL_100 = "artikel-100", "Artikel 100-brief"
    BEEINDIGING = "beeindiging", "Beëindigingsbrief"
    NEGATIEF = "negatieve-uitkomst", "Brief negatieve uitkomst"

    @property
    def short(self) -> bool:
        """A letter of a few paragraphs, without headings (Kamerstuk 29 521, nrs. 202 and 209)."""
        return self in (BriefSoort.KENNISGEVING, BriefSoort.NEGATIEF)


class Toetsingskader(models.Model):
    """One version of the list of points that orders a letter and its evaluations."""

    name = models.CharField(max_length=80, unique=True)
    sent_on = models.DateField()
    reference = models.CharField(max_length=160)
    note = models.CharField(max_length=400)

    class Meta:
        ordering = ["-sent_on"]

    def __str__(self) -> str:
        return self.name


class Toetsingspunt(models.Model):
    """A heading with the question it answers, in our own words. Numbering is ours and never printed."""

    kader = models.ForeignKey(Toetsingskader, models.CASCADE, related_name="punten")
    soort = models.CharField(max_length=20, choices=BriefSoort.choices)
    code = models.CharField(max_length=12)
    title = models.CharField(max_length=120)
    question = models.TextField()
    level = models.PositiveSmallIntegerField(default=2)
    ministry = models.ForeignKey(Ministry, models.PROTECT, related_name="+")
    required = models.BooleanField(default=True)
    basis = models.CharField(max_length=200)
    order = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["order"]
        constraints = [models.UniqueConstraint(fields=["kader", "soort", "code"], name="punt_code")]


class Kamerbrief(models.Model):
    """A letter to parliament of one Ronde, written section by section."""

    document = models.OneToOneField(Document, models.CASCADE, related_name="kamerbrief")
    ronde = models.ForeignKey(Ronde, models.CASCADE, related_name="brieven")
    soort = models.CharField(max_length=20, choices=BriefSoort.choices)
    kader = models.ForeignKey(Toetsingskader, models.PROTECT, related_name="+")
    betreft = models.CharField("Betreft", max_length=200)
    kenmerk = models.CharField("Onze referentie", max_length=60, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["ronde", "soort"], name="brief_per_ronde")]

    def missing(self) -> list[str]:
        """The titles of required sections that are not ready."""
        return [s.title for s in self.secties.all() if s.required and not s.is_ready]


class SectieStand(models.TextChoices):
    """How far a section is."""

    LEEG = "leeg", "Leeg"
    BEZIG = "bezig", "Bezig"
    GEREED = "gereed", "Gereed"


class Briefsectie(models.Model):
    """One section: title, question, text, the ministry that writes it, and its state."""

    brief = models.ForeignKey(Kamerbrief, models.CASCADE, related_name="secties")
    code = models.CharField(max_length=12)
    title = models.CharField(max_length=120)
    question = models.TextField()
    level = models.PositiveSmallIntegerField(default=2)
    required = models.BooleanField(default=True)
    ministry = models.ForeignKey(Ministry, models.PROTECT, related_name="+")
    text = models.TextField(max_length=40_000, blank=True)
    state = models.CharField(max_length=10, choices=SectieStand.choices, default=SectieStand.LEEG)
    order = models.PositiveSmallIntegerField()
    revision = models.PositiveIntegerField(default=0)
    changed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    changed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["order"]
        constraints = [models.UniqueConstraint(fields=["brief", "code"], name="sectie_code")]

    def answers(self) -> dict[str, str | bool]:
        """What a person filled in, by the names of the form."""
        return {"text": self.text, "ready": self.is_ready}

    @property
    def is_ready(self) -> bool:
        return self.state == SectieStand.GEREED


class Ondertekening(models.Model):
    """A bewindspersoon signed; registered by the gemachtigde of that ministry. Append-only."""

    version = models.ForeignKey(DocumentVersion, models.CASCADE, related_name="ondertekeningen")
    ministry = models.ForeignKey(Ministry, models.PROTECT, related_name="+")
    name = models.CharField("Naam van de bewindspersoon", max_length=80)
    signed_on = models.DateField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["ministry__order"]
        constraints = [models.UniqueConstraint(fields=["version", "ministry"], name="ondertekening_once")]


class Kamer(models.TextChoices):
    """The two chambers."""

    TWEEDE = "TK", "Tweede Kamer"
    EERSTE = "EK", "Eerste Kamer"


class Verzending(models.Model):
    """A letter left for a chamber. The Kamerstuk number comes back later and is filled in once."""

    version = models.ForeignKey(DocumentVersion, models.CASCADE, related_name="verzendingen")
    kamer = models.CharField(max_length=2, choices=Kamer.choices)
    sent_on = models.DateField()
    kamerstuk = models.CharField(max_length=40, blank=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["version", "kamer"], name="verzending_once")]


class Stap(models.TextChoices):
    """What the Kamer does with a letter (custom, no fixed order); the last one says that it is done."""

    BRIEFING = "briefing", "Technische briefing"
    HOORZITTING = "hoorzitting", "Hoorzitting of rondetafelgesprek"
    VRAGEN = "vragen", "Feitelijke vragen beantwoord"
    SCHRIFTELIJK = "schriftelijk", "Schriftelijk overleg"
    COMMISSIEDEBAT = "commissiedebat", "Commissiedebat"
    DERDE_TERMIJN = "derde-termijn", "Derde termijn: steun van fracties"
    PLENAIR = "plenair", "Plenair debat, met moties"
    AANVULLEND = "aanvullend", "Aanvullende brief"
    EERSTE_KAMER = "eerste-kamer", "Behandeling in de Eerste Kamer"
    AFGEROND = "afgerond", "Behandeling afgerond"


class Behandelstap(models.Model):
    """One step of the parliamentary treatment, with what came of it. Append-only."""

    ronde = models.ForeignKey(Ronde, models.CASCADE, related_name="behandeling")
    stap = models.CharField(max_length=20, choices=Stap.choices)
    op = models.DateField()
    uitkomst = models.TextField(max_length=2000)
    kenmerk = models.CharField(max_length=120, blank=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["op", "id"]
        indexes = [models.Index(fields=["ronde", "stap", "op"], name="behandelstap_last_day")]
        constraints = [models.CheckConstraint(condition=models.Q(stap__in=Stap.values), name="behandelstap_known")]


class Toezegging(models.Model):
    """A promise to parliament, and which ministry keeps it. Append-only: it ends with an Afdoening."""

    ronde = models.ForeignKey(Ronde, models.CASCADE, related_name="toezeggingen")
    tekst = models.TextField(max_length=2000)
    aan = models.CharField(max_length=160)
    gedaan_op = models.DateField()
    uiterlijk = models.DateField(null=True, blank=True)
    ministry = models.ForeignKey(Ministry, models.PROTECT, related_name="+")
    kenmerk = models.CharField(max_length=120, blank=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["id"]

    @property
    def is_done(self) -> bool:
        return hasattr(self, "afdoening")


class Afdoening(models.Model):
    """How a toezegging ended: done, or handed over to another dossier or ministry. Append-only."""

    class Hoe(models.TextChoices):
        GEDAAN = "gedaan", "Gedaan"
        OVERGEDRAGEN = "overgedragen", "Overgedragen"

    toezegging = models.OneToOneField(Toezegging, models.CASCADE, related_name="afdoening")
    hoe = models.CharField(max_length=20, choices=Hoe.choices)
    op = models.DateField()
    toelichting = models.TextField(max_length=2000)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
