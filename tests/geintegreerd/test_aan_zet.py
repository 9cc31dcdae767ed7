"""Everyone sees first what waits on them: the same dossier says another thing to another person."""

import pytest
from django.test import Client

from cases.services import papers
from phases.kamer import services as kamer
from phases.kamer.models import Verzending
from phases.smo import services as smo
from tests import builders as b
from tests.phases import scenes

pytestmark = pytest.mark.django_db


def now(user, dossier) -> str:
    """The block "Wat moet er nu gebeuren?" as this person reads it."""
    client = Client()
    client.force_login(user)
    page = client.get(dossier.get_absolute_url()).content.decode()
    return " ".join(page.split("Wat moet er nu gebeuren?")[1].split("</section>")[0].split())


def test_paraaf_waits_on_the_teamleider(cast):
    d = b.make_dossier(cast)
    document = b.write(cast, d, "signaal", b.SIGNAAL)
    version = papers.put_forward(document_id=document.pk, by=cast["behandelaar-bz"])
    assert "U bent aan zet. Parafeer de signaalbeoordeling namens DEF." in now(cast["teamleider-def"], d)
    assert "Wacht op de paraaf van BZ en DEF" in now(cast["behandelaar-bz"], d)
    papers.initial(version_id=version.pk, ministry=b.ministry("DEF"), by=cast["teamleider-def"])
    assert "U bent aan zet" not in now(cast["teamleider-def"], d)
    papers.initial(version_id=version.pk, ministry=b.ministry("BZ"), by=cast["teamleider-bz"])
    assert "alle parafen zijn binnen" in now(cast["behandelaar-bz"], d)


def test_position_and_conclusion_wait_on_the_smo(cast):
    d = b.make_dossier(cast, efforts=("politie",))
    version = b.adopt(cast, b.write(cast, d, "signaal", b.SIGNAAL))
    offer = smo.offer(version_id=version.pk, meeting_on=b.today(), by=cast["behandelaar-bz"])
    assert "Geef het standpunt van DEF" in now(cast["smo-def"], d)
    assert "Leg de conclusie van de SMO vast" in now(cast["voorzitter-smo"], d)
    values = {"strekking": "akkoord", "voorwaarden": "", "toelichting": ""}
    smo.take_position(aanbieding_id=offer.pk, ministry=b.ministry("DEF"), by=cast["smo-def"], **values)
    assert "U bent aan zet" not in now(cast["smo-def"], d)


def test_the_kamerstuk_number_waits_on_the_secretariaat(cast):
    """After sending, for each chamber; what is filled in waits no more."""
    d = scenes.dossier(cast)
    by = cast["secretariaat"]
    sent = kamer.send(version_id=scenes.signed_letter(cast, d, "kennisgeving").pk, sent_on=b.today(), by=by)
    assert "U bent aan zet. Vul het Kamerstuknummer van de Tweede Kamer en de Eerste Kamer in." in now(by, d)
    assert "Kamerstuknummer" not in now(cast["behandelaar-def"], d).split("Wacht op")[0]
    first, second = Verzending.objects.filter(version__document=sent.document)
    kamer.fill_kamerstuk(verzending_id=first.pk, kamerstuk="29 521, nr. 494", by=by)
    assert f"Vul het Kamerstuknummer van de {second.get_kamer_display()} in." in now(by, d)
    kamer.fill_kamerstuk(verzending_id=second.pk, kamerstuk="29 521, nr. BA", by=by)
    assert "U bent aan zet" not in now(by, d)


def test_who_only_reads_gets_no_primary_button(cast):
    d = b.make_dossier(cast)
    block = now(cast["auditor"], d)
    assert "Bekijk dit onderdeel" in block
    assert "knop--twee" in block
    assert "Ga hiermee verder" in now(cast["behandelaar-bz"], d)


def test_stopped_dossier_says_how_it_ended(cast):
    from phases.process import services

    d = b.make_dossier(cast)
    services.transition(
        dossier_id=d.pk,
        step="stoppen",
        by=cast["teamleider-bz"],
        seen_version=0,
        reason="Rustig geworden.",
        outcome="vervallen",
    )
    block = now(cast["behandelaar-bz"], d)
    assert "Dit dossier is gestopt: aanleiding vervallen." in block
    assert "Rustig geworden." in block


def test_nobody_is_asked_for_what_cannot_be_done_yet(cast):
    """A paper goes to the SMO once it is vastgesteld; before, that is not the penvoerder's turn."""
    d = b.make_dossier(cast, efforts=("politie",))
    assert "Bied de signaalbeoordeling aan de SMO aan zodra dat stuk is vastgesteld." in now(cast["behandelaar-bz"], d)
    assert "U bent aan zet. Bied" not in now(cast["behandelaar-bz"], d)
    b.adopt(cast, b.write(cast, d, "signaal", b.SIGNAAL))
    assert "Bied de signaalbeoordeling aan de SMO aan." in now(cast["behandelaar-bz"], d)
