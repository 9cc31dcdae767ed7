"""Where money meets advice: the BIV is reserved once the SMO concluded positively about the plan (Leidraad par. 3.4)."""

from django.db import transaction

from budget_biv import services as biv
from budget_biv.models import Aanvraag, Mutatie
from cases.models import User
from cases.services.locks import lock_running
from phases.process import facts as facts_module
from phases.process.facts import Facts
from phases.process.gates import judge
from phases.process.gates.planning import SMO_PLAN


def objection(facts: Facts) -> str:
    """Why the advice of the SMO does not allow to reserve yet; "" when it does, or when no advice is needed."""
    finding = judge(SMO_PLAN, facts)
    return finding.sentence if finding else ""


@transaction.atomic
def reserve(*, aanvraag_id: int, by: User) -> Mutatie:
    """Reserves the money of a request, judged by the advice as it is under the lock of the dossier."""
    dossier = lock_running(Aanvraag.objects.values_list("ronde__dossier_id", flat=True).get(pk=aanvraag_id))
    return biv.reserve(aanvraag_id=aanvraag_id, by=by, objection=objection(facts_module.load(dossier)))
