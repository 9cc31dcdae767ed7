"""Facts about a Ronde that somebody registers with a date, an outcome and a few words. Append-only: the newest of a soort counts."""

from typing import Any

from django.db import models

from cases.models import Ronde, User


class Vastlegging(models.Model):
    """One registered fact. What it is about, who may register it and what it may say stands in soorten.py."""

    ronde = models.ForeignKey(Ronde, models.CASCADE, related_name="vastleggingen")
    soort = models.CharField(max_length=30)
    op = models.DateField()
    uitkomst = models.CharField(max_length=20, blank=True)
    kenmerk = models.CharField(max_length=120, blank=True)
    tekst = models.TextField(max_length=8000, blank=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["ronde", "soort", "-id"], name="vastlegging_newest")]

    def answers(self) -> dict[str, Any]:
        """What was registered, by the names of the form."""
        return {name: getattr(self, name) for name in ("op", "uitkomst", "kenmerk", "tekst")}

    @property
    def is_confirmed(self) -> bool:
        return hasattr(self, "bevestigd")


class VastleggingBevestigd(models.Model):
    """The second person who checked a registered decision of a minister. Append-only."""

    vastlegging = models.OneToOneField(Vastlegging, models.CASCADE, related_name="bevestigd")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
