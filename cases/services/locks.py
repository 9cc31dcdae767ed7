"""The first line of every service that changes what a gate may read."""

from cases.models import Dossier, Ronde


def lock(dossier_id: int) -> Dossier:
    """The dossier, locked until the end of the transaction; child rows can still be added by others (no_key)."""
    return (
        Dossier.objects.select_for_update(of=("self",), no_key=True)
        .select_related("lead", "handler")
        .get(pk=dossier_id)
    )


def current_ronde(dossier: Dossier) -> Ronde:
    """The Ronde that gates look at."""
    return dossier.rondes.get(number=dossier.ronde_number)
