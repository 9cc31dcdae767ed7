"""What someone typed and has not saved yet, so that a lost session or a closed window costs no text."""

from django.db import models
from django.http import QueryDict

from cases.models.dossier import Dossier
from cases.models.organisation import User


class TypedText(models.Model):
    """The fields of one form as its writer left them in one window. Only the writer ever sees them, and only on the page itself.

    The path is the address of the page, and after the # which window wrote.
    """

    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    path = models.CharField(max_length=300)
    dossier = models.ForeignKey(Dossier, models.CASCADE, null=True, related_name="+")
    fields = models.TextField(blank=True, help_text="As a browser sends a form; empty once saved or thrown away.")
    sent_page = models.CharField(max_length=40, blank=True, help_text="The page that was sent; it writes no more.")
    typed_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "path"], name="typed_once_per_page")]

    def as_typed(self) -> QueryDict:
        """The fields as the browser sent them."""
        return QueryDict(self.fields)
