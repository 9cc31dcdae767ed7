import pytest

from phases.process import services
from tests import builders as b

pytestmark = pytest.mark.django_db


def test_first_steps(cast):
    d = b.make_dossier(cast)
    doc = b.write(cast, d, "signaal", b.SIGNAAL)
    b.adopt(cast, doc)
    from cases.services import dossiers

    dossiers.judge_artikel_100(
        dossier_id=d.pk,
        by=cast["behandelaar-bz"],
        rechtsorde=False,
        eenheid=False,
        geweld=False,
        humanitair=False,
        applies=False,
    )
    services.transition(dossier_id=d.pk, step="naar_analyse", by=cast["behandelaar-bz"], seen_version=0)
    doc = b.write(cast, d, "analyse", b.ANALYSE)
    b.adopt(cast, doc)
    services.transition(dossier_id=d.pk, step="naar_handelingsopties", by=cast["behandelaar-bz"], seen_version=1)
