"""What a stopped dossier, a paper ter paraaf and a sent letter no longer take."""

from datetime import timedelta

import pytest

from budget_biv import services as biv
from cases.exceptions import Conflict, NotPossible
from cases.models import Dossier
from cases.services import dossiers, papers
from phases.besluit import services as besluit
from phases.kamer import services as kamer
from phases.process import services
from phases.smo import services as smo
from tests import builders as b
from tests.phases import scenes
from tests.phases.test_transition import ask, judge_toets, step

pytestmark = pytest.mark.django_db


@pytest.fixture
def full(cast) -> dict:
    """A dossier with something for every act, then stopped."""
    d = scenes.dossier(cast)
    signaal = b.write(cast, d, "signaal", b.SIGNAAL)
    letter = scenes.letter(cast, d)
    waiting = papers.put_forward(document_id=signaal.pk, by=cast["behandelaar-bz"])
    offer = scenes.offered(cast, d)
    decision = scenes.decide(cast, offer.version, "bewindspersonen", confirm=False)
    years = {b.today().year: 1_000_000}
    money = b.ask_money(cast, d, years)
    waiver = ask(cast, d)
    step(cast, d, "stoppen", by="teamleider-bz", reason="Vervallen.", outcome="vervallen")
    return {"d": d, "signaal": signaal, "letter": letter, "waiting": waiting, "offer": offer, "decision": decision,
            "money": money, "waiver": waiver, "years": years}  # fmt: skip


ACTS = {
    "voorleggen": lambda c, f: papers.put_forward(document_id=f["signaal"].pk, by=c["behandelaar-bz"]),
    "paraferen": lambda c, f: papers.initial(
        version_id=f["waiting"].pk, ministry=b.ministry("DEF"), by=c["teamleider-def"]
    ),
    "vaststellen": lambda c, f: papers.adopt(version_id=f["waiting"].pk, by=c["behandelaar-bz"]),
    "aanbieden": lambda c, f: smo.offer(version_id=f["waiting"].pk, meeting_on=b.today(), by=c["behandelaar-bz"]),
    "standpunt": lambda c, f: scenes.position(c, f["offer"]),
    "concluderen": lambda c, f: scenes.conclusion(c, f["offer"]),
    "registreren": lambda c, f: scenes.decide(c, f["offer"].version, "bewindspersonen"),
    "bevestigen": lambda c, f: besluit.confirm(besluit_id=f["decision"].pk, by=c["gemachtigde-bz-2"]),
    "geld vragen": lambda c, f: b.ask_money(c, f["d"], f["years"]),
    "geld reserveren": lambda c, f: b.reserve_money(c, f["money"]),
    "geld besluiten": lambda c, f: biv.decide(
        aanvraag_id=f["money"].pk, ministry=b.ministry("BZ"), uitkomst="akkoord", toelichting="", by=c["gemachtigde-bz"]
    ),
    "ondertekenen": lambda c, f: scenes.sign(c, f["waiting"], "BZ"),
    "verzenden": lambda c, f: kamer.send(version_id=f["waiting"].pk, sent_on=b.today(), by=c["secretariaat"]),
    "afwijking vragen": lambda c, f: ask(c, f["d"]),
    "afwijking verlenen": lambda c, f: services.grant_waiver(waiver_id=f["waiver"].pk, by=c["voorzitter-smo"]),
    "kerngegevens wijzigen": lambda c, f: dossiers.change_facts(
        dossier_id=f["d"].pk, by=c["behandelaar-bz"], seen_revision=0, title="x"
    ),
    "toetsen": lambda c, f: judge_toets(c, f["d"]),
    "schrijven": lambda c, f: b.write(c, f["d"], "signaal", b.SIGNAAL),
    "sectie schrijven": lambda c, f: kamer.write_section(
        sectie_id=f["letter"].secties.first().pk, text="x", ready=False, seen_revision=1, by=c["behandelaar-bz"]
    ),
    "brief beginnen": lambda c, f: kamer.begin(
        dossier_id=f["d"].pk, soort="kennisgeving", betreft="x", by=c["behandelaar-bz"]
    ),
}


@pytest.mark.parametrize("act", ACTS)
def test_a_stopped_dossier_takes_nothing_more(cast, full, act):
    with pytest.raises(Conflict, match="is gestopt. Heropen het eerst"):
        ACTS[act](cast, full)


def test_a_stopped_dossier_can_still_be_marked(cast, full):
    dossiers.mark(dossier_id=full["d"].pk, by=cast["vaststeller"], marking="ongerubriceerd", until=None, reason="x")


def test_nobody_leaves_while_a_paper_lies_ter_paraaf(cast):
    d = scenes.dossier(cast)
    document = b.write(cast, d, "signaal", b.SIGNAAL)
    papers.put_forward(document_id=document.pk, by=cast["behandelaar-bz"])
    with pytest.raises(NotPossible, match="ter paraaf"):
        b.leave(cast, d, "DEF")
    b.adopt(cast, document)
    b.leave(cast, d, "DEF")
    assert not d.participations.filter(ministry__code="DEF").exists()


def test_a_sent_letter_has_no_next_version(cast):
    d = scenes.dossier(cast)
    version = scenes.signed_letter(cast, d, "kennisgeving")
    waiting = papers.put_forward(document_id=version.document_id, by=cast["behandelaar-bz"])
    kamer.send(version_id=version.pk, sent_on=b.today(), by=cast["secretariaat"])
    with pytest.raises(Conflict, match="al verzonden"):
        papers.put_forward(document_id=version.document_id, by=cast["behandelaar-bz"])
    with pytest.raises(Conflict, match="al verzonden"):
        papers.adopt(version_id=waiting.pk, by=cast["behandelaar-bz"])


def test_a_marking_does_not_end_in_the_past(cast):
    d = scenes.dossier(cast)
    act = {"dossier_id": d.pk, "by": cast["vaststeller"], "marking": "dep-v", "reason": "x"}
    with pytest.raises(NotPossible, match="nog niet voorbij"):
        dossiers.mark(**act, until=b.today() - timedelta(days=1))
    dossiers.mark(**act, until=b.today())
    assert Dossier.objects.get(pk=d.pk).marking == "dep-v"
