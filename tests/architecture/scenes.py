"""The states in which the matrix puts a dossier, made through the real services."""

from datetime import timedelta

from budget_biv import services as biv
from budget_biv.models import Fund
from cases.models import DocumentVersion, Dossier, Rendering
from cases.services import dossiers, papers, participation
from phases.handelingsopties import services as opties
from phases.handelingsopties.models import Optie
from phases.kamer.models import Verzending
from phases.process import services as process
from phases.process.afwijking_models import Verklaring
from phases.uitvoering.models import Voortgang
from tests import builders as b
from tests.architecture.rechtentabel import Toestand
from tests.phases import scenes
from tests.phases.test_transition import in_uitvoering, step

BZ_DEF = frozenset({"BZ", "DEF"})


def _vul(cast: b.Cast, naam: str, d: Dossier, **ids) -> Toestand:
    """The scene of a dossier with what every scene knows."""
    d = Dossier.objects.get(pk=d.pk)
    usual = {
        "number": d.number, "nr": 1, "jaar": b.today().year, "soort": "artikel-100",
        "moves": d.moves_made, "penvoerder": cast["behandelaar-bz"].pk,
        "vandaag": f"{b.today():%d-%m-%Y}", "week": f"{b.today() + timedelta(days=7):%d-%m-%Y}",
    }  # fmt: skip
    taking_part = frozenset(d.participations.values_list("ministry__code", flat=True)) | {"BZ"}
    usual |= {"vertrekt": "DEF"} if "DEF" in taking_part else {}
    written = d.events.filter(kind="geschreven").order_by("seq").first()
    usual |= {"seq": written.seq} if written else {}
    return Toestand(naam, d.number, taking_part, loopt=d.status == "lopend", ids=usual | ids)


def begin(cast: b.Cast, naam: str = "begin") -> Toestand:
    """Oriëntatie: a draft of the first product and of an option, nothing else."""
    d = scenes.dossier(cast)
    signaal = b.write(cast, d, "signaal", b.SIGNAAL)
    optie = opties.add_option(dossier_id=d.pk, by=cast["behandelaar-bz"], values=b.OPTIE)
    return _vul(
        cast, naam, d, document_id=signaal.pk, signaal=signaal.revision, optie="a", stempel=optie.stamp(),
        opties=optie.nota.document.revision,
    )  # fmt: skip


def dep_v(cast: b.Cast) -> Toestand:
    """The same, marked Departementaal VERTROUWELIJK."""
    made = begin(cast, "dep_v")
    d = Dossier.objects.get(number=made.number)
    until = b.today() + timedelta(days=90)
    dossiers.mark(dossier_id=d.pk, by=cast["vaststeller"], marking="dep-v", until=until, reason="Bronnen.")
    return made


def vertrokken(cast: b.Cast) -> Toestand:
    """Defensie took part, initialled a paper, and left."""
    d = scenes.dossier(cast)
    version = b.adopt(cast, b.write(cast, d, "signaal", b.SIGNAAL))
    pdf(version)
    participation.leave(dossier_id=d.pk, ministry=b.ministry("DEF"), by=cast["behandelaar-bz"])
    return _vul(
        cast, "vertrokken", d, document_id=version.document_id, version_id=version.pk, met_pdf=version.pk, signaal=1
    )


def pdf(version: DocumentVersion, state: str = "gereed") -> None:
    """As the worker leaves it."""
    Rendering.objects.filter(version=version).update(state=state, pdf=b"%PDF-1.7 stand-in", error="")


def vol(cast: b.Cast, naam: str = "vol", **facts) -> Toestand:
    """Something for every act, in a dossier with a military unit: papers in every state, advice, decisions, money, letters."""
    d = scenes.dossier(cast, **facts)
    signaal = b.write(cast, d, "signaal", b.SIGNAAL)
    ter_paraaf = papers.put_forward(document_id=signaal.pk, by=cast["behandelaar-bz"])
    geparafeerd = papers.put_forward(document_id=b.write(cast, d, "plan", b.PLAN).pk, by=cast["behandelaar-bz"])
    for code in ("BZ", "DEF"):
        papers.initial(version_id=geparafeerd.pk, ministry=b.ministry(code), by=cast[f"teamleider-{code.lower()}"])
    offer = scenes.offered(cast, d)
    nota = scenes.adopted(cast, d, "opties")
    brief = scenes.adopted_letter(cast, d)
    scenes.signed_letter(cast, d, "kennisgeving")
    decision = scenes.decide(cast, offer.version, "bewindspersonen", confirm=False)
    mr = scenes.decide(cast, brief, "ministerraad", confirm=False)
    money = biv.request_money(
        dossier_id=d.pk, by=cast["behandelaar-bz"], fund=Fund.objects.get(), years={b.today().year: 1_000_000},
        relevantie="r", bijdrage="b",
    )  # fmt: skip
    police, indicator = b.register(cast, d, "politie"), b.measure(cast, d)
    waiver = process.ask_waiver(
        dossier_id=d.pk, gate="smo:signaal", by=cast["behandelaar-bz"], reason="Spoed.", until=b.today()
    )
    small = scenes.declared(cast, d)
    words = {"reason": "Dwingend.", "until": b.today(), "term": b.today(), "requested_by": cast["behandelaar-bz"]}
    urgent = Verklaring.objects.create(ronde=d.current_ronde, soort="spoed", holder=b.ministry("BZ"), **words)
    pdf(offer.version)
    pdf(nota, "mislukt")
    made = _vul(
        cast, naam, d, document_id=signaal.pk, version_id=ter_paraaf.pk, ter_paraaf=ter_paraaf.pk,
        geparafeerd=geparafeerd.pk, aangeboden=offer.version_id, niet_aangeboden=nota.pk, met_pdf=offer.version_id,
        mislukt=nota.pk, brief=brief.pk, aanbieding_id=offer.pk, besluit_id=decision.pk, mr_besluit=mr.pk,
        aanvraag_id=money.pk, waiver_id=waiver.pk, verklaring_id=small.pk, spoed=urgent.pk, signaal=signaal.revision,
        stempel=Optie.objects.get(letter="A", nota__document=nota.document).stamp(), optie="a",
        artikel_100="artikel-100", te_verzenden="kennisgeving", met_brief="artikel-100",
        vastlegging_id=police.pk, indicator_id=indicator.pk,
    )  # fmt: skip
    made.aangeboden, made.ondertekent, made.biv = True, BZ_DEF, frozenset({"BZ", "BHOS", "DEF"})
    return made


def gestopt(cast: b.Cast) -> Toestand:
    """All of that, stopped."""
    made = vol(cast, "gestopt")
    d = Dossier.objects.get(number=made.number)
    step(cast, d, "stoppen", by="teamleider-bz", reason="Vervallen.", outcome="vervallen")
    made.loopt, made.ids["moves"] = False, d.moves_made + 1
    return made


def uitvoering(cast: b.Cast, naam: str = "uitvoering") -> Toestand:
    """A civil effort under way: no SMO, a letter that was sent, the last progress report adopted, requests that wait."""
    d = in_uitvoering(cast)
    version = b.adopt(cast, b.write(cast, d, "voortgang", b.VOORTGANG))
    letter = scenes.signed_letter(cast, d, "kennisgeving")
    scenes.kamer.send(version_id=letter.pk, sent_on=b.today(), by=cast["secretariaat"])
    waiver = process.ask_waiver(
        dossier_id=d.pk, gate="laatste_voortgang", by=cast["behandelaar-bz"], reason="Spoed.", until=b.today()
    )
    seen = Dossier.objects.get(pk=d.pk).moves_made
    asked = process.propose(
        dossier_id=d.pk, step="terug_naar_planning", by=cast["behandelaar-bz"], seen_version=seen, reason="Cijfers."
    )
    report = Voortgang.objects.get(document=version.document)
    pdf(version)
    made = _vul(
        cast, naam, d, document_id=version.document_id, version_id=version.pk, met_pdf=version.pk, waiver_id=waiver.pk,
        soort="kennisgeving", met_brief="kennisgeving", verzending_id=Verzending.objects.filter(version__document=letter.document).first().pk,
        verslag=report.document_id, verslag_revisie=report.document.revision, optie="a",
        voorstel=asked.pk, plicht_id=scenes.duty(cast, d).pk,
    )  # fmt: skip
    made.ondertekent = BZ_DEF
    return made


def afgesloten(cast: b.Cast) -> Toestand:
    """That effort, evaluated and closed."""
    made = uitvoering(cast, "afgesloten")
    d = Dossier.objects.get(number=made.number)
    step(cast, d, "naar_evaluatie")
    b.adopt(cast, b.write(cast, d, "evaluatie", b.EVALUATIE))
    step(cast, d, "afsluiten")
    made.loopt, made.ids["moves"] = False, Dossier.objects.get(pk=d.pk).moves_made
    return made


ALLE = (begin, dep_v, vertrokken, vol, gestopt, uitvoering, afgesloten)
