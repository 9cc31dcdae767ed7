"""Moves: the append-only record that the database asks for before a dossier may change phase or status.

And who is up next, kept: what the lists read, written anew after everything that happens in a dossier (worklist.py).
"""

from django.contrib.auth.models import Group
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from cases.models import Dossier, Ronde, User
from cases.phase import Phase, Status
from phases.process.afwijking_models import Verklaring


class Arrow(models.Model):
    """The arrows of table.py as rows, so that a trigger can check them. Written by laad_referentie, as owner."""

    step = models.CharField(max_length=40)
    source_phase = models.CharField(max_length=20, choices=Phase.choices)
    source_status = models.CharField(max_length=20, choices=Status.choices)
    target_phase = models.CharField(max_length=20, choices=Phase.choices)
    target_status = models.CharField(max_length=20, choices=Status.choices)
    product = models.CharField(
        max_length=30, blank=True, help_text="De stap rust op een vastgesteld stuk van deze soort."
    )
    product_gate = models.CharField(
        max_length=40, blank=True, help_text="Of op een verleende afwijking van deze poort."
    )
    product_fact = models.CharField(max_length=30, blank=True, help_text="Of op een vastlegging van deze soort.")
    owner_only = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["step", "source_phase", "source_status"], name="arrow_once")]


class Outcome(models.TextChoices):
    """How a dossier ended when it is stopped."""

    NIET_GEWENST = "niet-gewenst", "Betrokkenheid niet gewenst"
    NIET_HAALBAAR = "niet-haalbaar", "Bijdrage niet haalbaar"
    NULOPTIE = "nuloptie", "Gekozen voor de nuloptie"
    VERVALLEN = "vervallen", "Aanleiding vervallen"
    ANDERS = "anders", "Andere reden"


def ids() -> ArrayField:
    """A list of primary keys."""
    return ArrayField(models.BigIntegerField(), default=list)


class Move(models.Model):
    """One step of a dossier, with the approvals it rests on. Append-only; the trigger judges every one of them."""

    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="moves")
    ronde = models.ForeignKey(Ronde, models.CASCADE, related_name="moves")
    step = models.CharField(max_length=40)
    source_phase = models.CharField(max_length=20, choices=Phase.choices)
    source_status = models.CharField(max_length=20, choices=Status.choices)
    target_phase = models.CharField(max_length=20, choices=Phase.choices)
    target_status = models.CharField(max_length=20, choices=Status.choices)
    reason = models.TextField(max_length=2000, blank=True)
    outcome = models.CharField(max_length=20, choices=Outcome.choices, blank=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    occurred_on = models.DateField()
    version_ids = ids()
    conclusie_ids = ids()
    besluit_ids = ids()
    beslissing_ids = ids()
    waiver_ids = ids()
    vastlegging_ids = ids()
    transaction = models.BigIntegerField(editable=False, null=True, help_text="Gezet door de trigger.")

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["dossier", "transaction"], name="move_dossier_transaction")]


class Voorstel(models.Model):
    """Someone asks for a step that another person must confirm (going back). Append-only."""

    ronde = models.ForeignKey(Ronde, models.CASCADE, related_name="voorstellen")
    step = models.CharField(max_length=40)
    from_phase = models.CharField(max_length=20, choices=Phase.choices)
    reason = models.TextField(max_length=2000)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["ronde", "step", "id"], name="voorstel_newest")]


class Waiver(models.Model):
    """The one way to deviate: a gate set aside for this Ronde, asked by one and granted by another, until a date."""

    ronde = models.ForeignKey(Ronde, models.CASCADE, related_name="waivers")
    gate = models.CharField(max_length=40)
    reason = models.TextField(max_length=2000)
    until = models.DateField()
    requested_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    requested_at = models.DateTimeField(auto_now_add=True)
    granted_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    granted_at = models.DateTimeField(null=True)
    granted_as = models.CharField(max_length=20, blank=True, help_text="De rol waarin de afwijking is verleend.")
    verklaring = models.ForeignKey(
        Verklaring, models.PROTECT, null=True, related_name="waivers", help_text="Of de verklaring die haar schreef."
    )

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(granted_by__isnull=True) | ~Q(granted_by=F("requested_by")), name="waiver_two_persons"
            )
        ]
        indexes = [
            models.Index(fields=["ronde", "gate", "id"], condition=Q(granted_by=None), name="waiver_newest_asked"),
            models.Index(fields=["ronde", "gate", "id"], condition=~Q(granted_by=None), name="waiver_newest_granted"),
        ]


class Beurt(models.Model):
    """One act that waits on a ministry × role group, as it was judged after the last event of the dossier. Only a copy:
    the facts decide. `person` narrows it to one of the group; `not_by` may not do it (four eyes); `waiter` is the handler who
    can only wait for it, filled once per act though several groups may do it."""

    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="beurten")
    group = models.ForeignKey(Group, models.CASCADE, related_name="+")
    person = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    not_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    waiter = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+", db_index=False)
    stand = models.CharField(max_length=40)
    tekst = models.CharField(max_length=400)
    url = models.CharField(max_length=200)
    due = models.DateField(null=True)
    since = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["dossier", "group", "url", "tekst"], name="beurt_once")]
        indexes = [
            models.Index(fields=["group", "person", "due", "since", "id"], name="beurt_of_a_person"),
            models.Index(fields=["waiter", "since", "id"], name="beurt_to_wait_for"),
        ]


class Bijwerken(models.Model):
    """A dossier whose Beurten must be judged again. A trigger on the audit events adds the rows, one per event."""

    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="+")
