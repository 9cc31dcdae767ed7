"""Where money meets advice: the BIV is reserved once the SMO concluded positively about the plan (Leidraad par. 3.4)."""

from django.db import transaction

from budget_biv import services as biv
from budget_biv.models import Aanvraag, Mutatie
from cases.models import User
from cases.services.locks import lock_running
from phases.process import facts as facts_module
from phases.process.gates.planning import money_objection


@transaction.atomic
def reserve(*, aanvraag_id: int, by: User) -> Mutatie:
    """Reserves the money of a request, judged by the advice as it is under the lock of the dossier."""
    dossier = lock_running(Aanvraag.objects.values_list("ronde__dossier_id", flat=True).get(pk=aanvraag_id))
    return biv.reserve(aanvraag_id=aanvraag_id, by=by, objection=money_objection(facts_module.load(dossier)))
