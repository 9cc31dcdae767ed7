"""The states in which the matrix puts a dossier, made through the real services."""

from datetime import date, timedelta
from typing import Any

from budget_biv import services as biv
from budget_biv.models import Aanvraag, Ceiling
from cases.models import DocumentVersion, Dossier, Rendering, User
from cases.services import dossiers, papers
from phases.handelingsopties import services as opties
from phases.handelingsopties.models import Optie
from phases.kamer.models import Verzending
from phases.process import afwijkingen
from phases.process import services as process
from phases.process.afwijking_models import Verklaring
from phases.smo import services as smo
from phases.smo.calendar import why_closed
from phases.smo.models import Aanbieding, Afhandeling, Besluitenlijst, Bundel, Lijstpdf, Vergadering, Voorwaarde
from phases.smo.papers import list_mark
from phases.smo.selectors import meetings as selectors
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
        "volgend_jaar": b.today().year + 1,
        "vandaag": f"{b.today():%d-%m-%Y}", "week": f"{b.today() + timedelta(days=7):%d-%m-%Y}",
    }  # fmt: skip
    taking_part = frozenset(d.participations.values_list("ministry__code", flat=True)) | {"BZ"}
    ceilings = Ceiling.objects.filter(fictional=True, category__code="cbo").values_list("pk", flat=True)
    usual |= {"plafond_van": ceilings[0], "plafond_naar": ceilings[1]}
    usual |= {"vertrekt": "DEF"} if "DEF" in taking_part else {}
    written = d.events.filter(kind="geschreven").order_by("seq").first()
    usual |= {"seq": written.seq} if written else {}
    return Toestand(naam, d.number, taking_part, loopt=d.status == "lopend", ids=usual | ids)


def begin(cast: b.Cast, naam: str = "begin") -> Toestand:
    """Oriëntatie: a draft of the first product and of an option, and a decision about police that waits for a second person."""
    d = scenes.dossier(cast, ministries=("BZ", "DEF", "JENV"))
    signaal = b.write(cast, d, "signaal", b.SIGNAAL)
    police = b.register(cast, d, "politie")
    answers = {"eenheid": True, **dict.fromkeys(("rechtsorde", "geweld", "humanitair"), False)}
    words = {"applies": True, "override_reason": "Een eenheid is niet uit te sluiten."}
    toets = dossiers.judge_artikel_100(dossier_id=d.pk, by=cast["behandelaar-bz"], **answers, **words)
    optie = opties.add_option(dossier_id=d.pk, by=cast["behandelaar-bz"], values=b.OPTIE)
    return _vul(
        cast, naam, d, document_id=signaal.pk, signaal=signaal.revision, optie="a", stempel=optie.stamp(),
        opties=optie.nota.document.revision, vastlegging_id=police.pk, toets_id=toets.pk,
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
    b.leave(cast, d, "DEF")
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
    b.ask_money(cast, d, {b.today().year: 900_000})
    given, later, conditions, met = advised(cast, d)
    money = b.ask_money(cast, d, {b.today().year: 1_000_000})
    b.reserve_money(cast, money)
    indicator = b.measure(cast, d)
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
        **_geld(money), waiver_id=waiver.pk, verklaring_id=small.pk, spoed=urgent.pk, signaal=signaal.revision,
        stempel=Optie.objects.get(letter="A", nota__document=nota.document).stamp(), optie="a",
        artikel_100="artikel-100", te_verzenden="kennisgeving", met_brief="artikel-100",
        indicator_id=indicator.pk, toezegging_id=b.promise(cast, d).pk,
        geadviseerd=given.pk,
        vastlegging_id=b.register(cast, d, "transitiestrategie").pk, latere=later.pk, voorwaarde_id=conditions[1].pk, afhandeling_id=met.pk, **_meetings(cast),
    )  # fmt: skip
    made.aangeboden, made.ondertekent, made.biv = True, BZ_DEF, frozenset({"BZ", "BHOS", "DEF"})
    return made


def _geld(money: Aanvraag) -> dict[str, Any]:
    """The keys of a request: its first line on the books and its newest booking."""
    return {
        "aanvraag_id": money.pk, "categorie": b.category(money.fund).pk, "boeking": "verplichten",
        "saldo": money.saldi.first().pk, "mutatie": money.mutaties.first().pk,
    }  # fmt: skip


def toegekend(cast: b.Cast, d: Dossier) -> Aanvraag:
    """Money that was granted, of which a part is promised."""
    money = b.ask_money(cast, d, {b.today().year: 1_000_000})
    b.reserve_money(cast, money)
    b.grant_money(cast, money)
    line = [biv.Amount(b.today().year, b.category(money.fund).pk, "niet-oda", 250_000)]
    act = {"aanvraag_id": money.pk, "by": cast["biv-beheerder"], "reason": "Contract."}
    biv.book_amounts(soort="verplichten", amounts=line, **act)
    return money


def advised(cast: b.Cast, d: Dossier) -> tuple[Aanbieding, DocumentVersion, list[Voorwaarde], Afhandeling]:
    """A positive conclusion with two conditions, one of them met; and a later version of the paper."""
    first = b.adopt(cast, b.write(cast, d, "evaluatie", b.EVALUATIE))
    offer = smo.offer(version_id=first.pk, meeting_on=b.meeting().day, by=cast["behandelaar-bz"])
    made = scenes.conclusion(cast, offer, "positief-voorwaarden", voorwaarden=["Meld het.", "Regel het."])
    conditions = list(made.voorwaarden.all())
    met = smo.meet_condition(
        voorwaarde_id=conditions[0].pk, tekst="Gemeld.", done_on=b.today(), by=cast["behandelaar-bz"]
    )
    later = b.adopt(cast, b.write(cast, d, "evaluatie", {**b.EVALUATIE, "factoren": "Verkiezingen!"}))
    return offer, later, conditions, met


class Seen(int):
    """The mark of a concept at the moment when the form is filled in: later scenes put more on the same agenda."""

    def __format__(self, spec: str) -> str:
        return list_mark(Besluitenlijst.objects.get(pk=int(self)))


def _meetings(cast: b.Cast) -> dict:
    """Today's meeting with a point of the secretary's own and a concept; yesterday's with an adopted list, and the next one."""
    today, before, after = (b.meeting(b.today() + timedelta(days=n)) for n in (0, -1, 8))
    secretary = cast["secretaris-smo"]
    if not before.besluitenlijsten.exists():
        for meeting in (today, before):
            words = {"teksten": {}, "opmerkingen": "Geen.", "by": secretary, "seen_revision": 0}
            smo.write_list(vergadering_id=meeting.pk, **words)
            act = {"tekst": "Vul aan.", "holder": cast["smo-def"], "due": b.today(), "by": secretary}
            smo.add_action(vergadering_id=meeting.pk, **act)
        b.adopt_list(cast, before)
        smo.add_point(vergadering_id=today.pk, titel="Mededelingen", soort="procedureel", by=secretary)
    old, new = before.besluitenlijsten.get(), today.besluitenlijsten.get()
    Lijstpdf.objects.filter(besluitenlijst=old).update(state="gereed", pdf=b"%PDF-1.7 stand-in")
    today.refresh_from_db()
    return {
        "vergadering_id": today.pk, "vergadering_dag": today.day.isoformat(), "vergadering_revisie": today.revision,
        "volgende": after.pk, "oude_vergadering": before.pk, "werkdag": f"{_working_day():%d-%m-%Y}",
        "punt_id": today.punten.get(aanbieding=None).pk, "lid": selectors.members(b.today())[0],
        "besluitenlijst_id": old.pk, "lijst_mislukt": _failed(cast, secretary), "lijst_revisie": new.revision, "lijst_gezien": Seen(new.pk),
        "houder": cast["smo-def"].pk, "actie_id": old.acties.get().pk, "bundel_id": _bundle(cast, today),
    }  # fmt: skip


def _failed(cast: b.Cast, secretary: User) -> int:
    """An adopted list of which the PDF failed."""
    meeting = b.meeting(b.today() - timedelta(days=2))
    if not meeting.besluitenlijsten.exists():
        words = {"teksten": {}, "opmerkingen": "Geen.", "by": secretary, "seen_revision": 0}
        smo.write_list(vergadering_id=meeting.pk, **words)
        b.adopt_list(cast, meeting)
    found = meeting.besluitenlijsten.get()
    Lijstpdf.objects.filter(besluitenlijst=found).update(state="mislukt", error="Te groot.")
    return found.pk


def _bundle(cast: b.Cast, meeting: Vergadering) -> int:
    """A bundle of other versions than a new request asks for, so that asking writes."""
    version = DocumentVersion.objects.filter(aanbiedingen__punten__vergadering=meeting).first()
    made, _ = Bundel.objects.get_or_create(
        vergadering=meeting, key="0" * 64, defaults={"version_ids": [version.pk], "state": "gereed", "pdf": b"%PDF-1.7"}
    )
    return made.pk


def _working_day() -> date:
    day = b.today() + timedelta(days=30)
    while why_closed(day):
        day += timedelta(days=1)
    return day


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
    b.register(cast, d, "einde-besloten")
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
    money = toegekend(cast, d)
    pdf(version)
    made = _vul(
        cast, naam, d, document_id=version.document_id, version_id=version.pk, met_pdf=version.pk, waiver_id=waiver.pk,
        soort="kennisgeving", met_brief="kennisgeving", verzending_id=Verzending.objects.filter(version__document=letter.document).first().pk,
        verslag=report.document_id, verslag_revisie=report.document.revision, optie="a",
        **_geld(money),
        voorstel=asked.pk, plicht_id=scenes.duty(cast, d).pk,
    )  # fmt: skip
    made.ondertekent, made.biv = BZ_DEF, frozenset({"BZ", "BHOS", "DEF"})
    return made


def afgesloten(cast: b.Cast) -> Toestand:
    """That effort, evaluated and closed."""
    made = uitvoering(cast, "afgesloten")
    d = Dossier.objects.get(number=made.number)
    step(cast, d, "naar_evaluatie")
    b.adopt(cast, b.write(cast, d, "evaluatie", b.EVALUATIE))
    biv.settle(aanvraag_id=made.ids["aanvraag_id"], reason="Jaarverslag.", by=cast["biv-beheerder"])
    b.register(cast, d, "jaarverslag")
    b.register(cast, d, "geen-lessen")
    afwijkingen.catch_up(plicht_id=made.ids["plicht_id"], by=cast["behandelaar-def"], tekst="Alsnog gegeven.")
    step(cast, d, "afsluiten")
    made.loopt, made.ids["moves"] = False, Dossier.objects.get(pk=d.pk).moves_made
    return made


ALLE = (begin, dep_v, vertrokken, vol, gestopt, uitvoering, afgesloten)
