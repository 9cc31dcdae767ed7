"""Lessons: what was learned, with a recommendation, kept beyond the dossier it came from."""

from django.db import models

from cases.models import Ronde, User


class Les(models.Model):
    """One lesson of a Ronde. Append-only; a better wording is another lesson."""

    ronde = models.ForeignKey(Ronde, models.CASCADE, related_name="lessen")
    les = models.TextField(max_length=2000)
    aanbeveling = models.TextField(max_length=2000)
    bron = models.CharField(max_length=200, blank=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["id"]
