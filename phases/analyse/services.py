"""A ministry contributes to the joint analysis, or says that it has nothing to add."""

from django.db import transaction
from django.urls import reverse

from cases import access, audit
from cases.exceptions import NotPossible
from cases.models import Ministry, User
from cases.rights import Act
from cases.services.first import stale
from cases.services.locks import current_ronde, lock_running
from phases.analyse.models import Inbreng, InbrengSoort


@transaction.atomic
def contribute(
    *, dossier_id: int, ministry: Ministry, soort: str, tekst: str, by: User, seen_inbreng: int | None = None
) -> Inbreng:
    """Records what a participating ministry brings in for the analysis of this Ronde (Leidraad par. 3.6, fase 2).

    A later row replaces an earlier one. `seen_inbreng` is the newest row of this ministry on the screen, 0 for none;
    raises Stale when a colleague recorded another since.
    """
    dossier = lock_running(dossier_id)
    allowed = access.require(by, Act.INBRENG_GEVEN, dossier, ministry)
    if ministry.pk not in access.participating(dossier):
        raise NotPossible(f"{ministry.code} neemt niet deel aan dit dossier.")
    ronde = current_ronde(dossier)
    last = ronde.inbreng.filter(ministry=ministry).last()
    if seen_inbreng is not None and last and last.pk > seen_inbreng:
        url = reverse("inbreng", args=[dossier.number, ministry.code])
        raise stale(
            dossier, "legde inbreng vast", url, by=by, saved=last.answers(), seen=last.pk, kind="inbreng",
            obj=f"inbreng:{last.pk}",
        )  # fmt: skip
    made = Inbreng.objects.create(ronde=ronde, ministry=ministry, soort=soort, tekst=tekst, by=by)
    words = "geen inbreng" if soort == InbrengSoort.GEEN else "inbreng geleverd"
    audit.record(
        "inbreng", f"{ministry.code}: {words} voor de analyse", by=by, dossier=dossier, allowed=allowed,
        obj=f"inbreng:{made.pk}",
    )  # fmt: skip
    return made
