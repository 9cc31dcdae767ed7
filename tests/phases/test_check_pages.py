"""A heavy act is checked on a page that names what it is about, before anything happens."""

import pytest
from django.urls import reverse
from django.utils import timezone

from cases.models import PaperStatus
from tests.cases.pages import session, text
from tests.phases import scenes

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate().strftime("%d-%m-%Y")


def test_signing_and_sending_name_the_letter(cast):
    d = scenes.dossier(cast)
    version = scenes.adopted_letter(cast, d, "kennisgeving")
    sign = reverse("ondertekenen", args=[d.number, "kennisgeving"])
    page = text(session(cast["gemachtigde-bz"]).post(sign, {"name": "A. Eerste", "signed_on": TODAY}))
    assert f"U legt vast dat de minister van Buitenlandse Zaken de brief heeft ondertekend: {version}." in page
    assert "Leg ondertekening vast" in page
    for code in ("BZ", "DEF"):
        scenes.sign(cast, version, code)
    send = reverse("verzenden", args=[d.number, "kennisgeving"])
    page = text(session(cast["secretariaat"]).post(send, {"sent_on": TODAY}))
    assert f"U verzendt {version} aan de Tweede en de Eerste Kamer. Onderwerp: Bijdrage aan de missie." in page
    version.refresh_from_db()
    assert version.status == PaperStatus.ONDERTEKEND


def test_a_position_and_a_conclusion_name_the_paper(cast):
    offer = scenes.offered(cast, scenes.dossier(cast), "signaal")
    here = [offer.ronde.dossier.number, offer.pk]
    page = text(session(cast["smo-def"]).post(reverse("standpunt", args=here), {"strekking": "akkoord"}))
    assert f"Uw standpunt gaat over {offer.version}." in page
    given = {"oordeel": "positief", "tekst": "Akkoord.", "concluded_on": TODAY}
    page = text(session(cast["voorzitter-smo"]).post(reverse("conclusie", args=here), given))
    assert f"De conclusie gaat over {offer.version}." in page
