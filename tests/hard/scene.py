"""What the demo does not hold: one row for each guarded table that would be empty otherwise."""

from cases.models import Dossier, MarkedRead, User


def also_present(people: dict[str, User]) -> None:
    """A reading of a Dep. V. page; nobody opens pages while the demo is loaded."""
    dossier = Dossier.objects.values_list("pk", flat=True)[0]
    MarkedRead.objects.create(dossier_id=dossier, user_id=people["auditor"].pk, path="/dossiers/")
