"""What happened: one append-only, hash-chained row per act, and the outbox of work that follows from it."""

from django.db import models

from cases.models.organisation import Ministry, User


class Event(models.Model):
    """One act. The database sets seq, recorded_at and the hashes, and refuses every change afterwards."""

    chain = models.CharField(max_length=40)
    seq = models.PositiveBigIntegerField(editable=False)
    dossier = models.ForeignKey("cases.Dossier", models.PROTECT, null=True, related_name="events")
    actor = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    acting_for = models.CharField(max_length=160, blank=True)
    ministry = models.ForeignKey(Ministry, models.PROTECT, null=True, related_name="+")
    kind = models.CharField(max_length=40)
    sentence = models.CharField(max_length=400)
    object = models.CharField(max_length=120, blank=True)
    result = models.CharField(max_length=40, default="gelukt")
    origin = models.CharField(max_length=20)
    occurred_on = models.DateField()
    data = models.JSONField(default=dict)
    recorded_at = models.DateTimeField(editable=False)
    previous = models.CharField(max_length=64, editable=False)
    hash = models.CharField(max_length=64, editable=False)

    class Meta:
        ordering = ["chain", "seq"]
        constraints = [models.UniqueConstraint(fields=["chain", "seq"], name="event_chain_seq")]
        indexes = [models.Index(fields=["dossier", "-seq"], name="event_dossier_newest")]


class Outbox(models.Model):
    """Work to be done once the transaction that asked for it is committed. PostgreSQL is the truth, the broker a doorbell."""

    kind = models.CharField(max_length=30)
    payload = models.JSONField()
    created_at = models.DateTimeField(auto_now_add=True)
    leased_until = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    done_at = models.DateTimeField(null=True, blank=True)
    failed_at = models.DateTimeField(null=True, blank=True)
    error = models.CharField(max_length=500, blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["id"], condition=models.Q(done_at__isnull=True, failed_at__isnull=True), name="outbox_open"
            )
        ]
