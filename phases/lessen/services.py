"""Recording a lesson."""

from django.db import transaction

from cases import access, audit
from cases.models import User
from cases.rights import Act
from cases.services.locks import current_ronde, lock_running
from phases.lessen.models import Les


@transaction.atomic
def record(*, dossier_id: int, by: User, les: str, aanbeveling: str, bron: str = "") -> Les:
    """Adds a lesson to the current Ronde; every ministry that takes part may (Leidraad par. 3.6, fase 6)."""
    dossier = lock_running(dossier_id)
    allowed = access.require(by, Act.SCHRIJVEN, dossier)
    row = Les.objects.create(ronde=current_ronde(dossier), les=les, aanbeveling=aanbeveling, bron=bron, by=by)
    audit.record("les", "Les vastgelegd", by=by, dossier=dossier, allowed=allowed, obj=f"les:{row.pk}")
    return row
