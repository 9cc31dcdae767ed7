"""The demo and two dossiers more, so that every page has something to show: for ./run screenshots and the browser tests."""

from dataclasses import dataclass
from datetime import timedelta

from budget_biv import services as biv
from budget_biv.models import Ceiling
from cases.models import Dossier, Rendering, User
from cases.services import dossiers, papers
from geintegreerd.demo.loader import FOLDER, read
from geintegreerd.demo.sahel import make_sahel
from phases.kamer import services as kamer
from phases.process import services as process
from phases.process import worklist
from phases.smo import services as smo
from phases.smo.models import Aanbieding
from tests import builders as b
from tests.architecture.scenes import advised as advised_of
from tests.phases import scenes

People = dict[str, User]


@dataclass(frozen=True)
class Scene:
    """The dossiers by what they show, and the keys that stand in addresses."""

    sahel: Dossier
    missie: Dossier
    brief: Dossier
    ids: dict[str, int]
    codes: list[str]


def make_scene(people: People) -> Scene:
    """Makes what the demo lacks, through the same services; on a database that has the demo it makes only the rest."""
    make_sahel(people)
    sahel = Dossier.objects.get(title=read(FOLDER / "sahel.json")["title"])
    missie, ids = _missie(people)
    brief = scenes.dossier(people, title="Oefenmissie Grote Meren", region="Grote Meren", countries=["BI"])
    scenes.signed_letter(people, brief, "kennisgeving")
    ids |= {**_sahel(people, sahel), **_granted(people, brief)}
    answers = {"rechtsorde": True, "eenheid": True, "geweld": False, "humanitair": False, "applies": True}
    why = "De geweldsinstructie is nog niet vastgesteld; geweld is niet uit te sluiten (fictief)."
    dossiers.judge_artikel_100(dossier_id=brief.pk, by=people["behandelaar-bz"], override_reason=why, **answers)
    scene = Scene(sahel, missie, brief, ids, _letter(people, sahel))
    worklist.bring_up_to_date()
    return scene


def _granted(people: People, dossier: Dossier) -> dict[str, int]:
    """Money that was granted and partly promised, after a first request that was replaced."""
    first = b.ask_money(people, dossier, {2028: 2_000_000})
    money = b.ask_money(people, dossier, {2028: 3_000_000, 2029: 1_500_000})
    b.reserve_money(people, money)
    b.grant_money(people, money)
    line = [biv.Amount(2028, b.category(money.fund).pk, "niet-oda", 1_200_000)]
    act = {"aanvraag_id": money.pk, "by": people["biv-beheerder"], "reason": "Contract voor het vervoer."}
    return {
        "asked_first": first.pk,
        "granted": money.pk,
        "booking": biv.book_amounts(soort="verplichten", amounts=line, **act).pk,
    }


def _sahel(people: People, dossier: Dossier) -> dict[str, int]:
    """The keys of the demo dossier, which the penvoerder asks to send back."""
    facts = {"region": "Sahel en grensstreken", "humanitarian": "Voedselhulp via de Verenigde Naties"}
    dossiers.change_facts(dossier_id=dossier.pk, by=people["behandelaar-bz"], seen_revision=dossier.revision, **facts)
    offer = Aanbieding.objects.filter(ronde__dossier=dossier).latest("id")
    money = dossier.rondes.get().aanvragen.latest("number")
    _room(people)
    b.reserve_money(people, money)
    process.propose(
        dossier_id=dossier.pk, step="terug_naar_analyse", by=people["behandelaar-bz"], seen_version=dossier.moves_made,
        reason="De partners in de regio melden nieuwe feiten over de oorzaken van het geweld.",
    )  # fmt: skip
    return {"offer": offer.pk, "money": money.pk, "version": offer.version_id, "document": offer.version.document_id}


def _room(people: People) -> None:
    """Room for the demo dossier: the others of the demo claim nearly all of the year, so part of a later one moves to it."""
    later, soon = (Ceiling.objects.get(year=year, category__code="ssr").pk for year in (2029, 2027))
    biv.transfer(
        source_id=later, target_id=soon, oda="oda", amount=4_000_000, reason="Kasschuif (fictief): de inzet begint eerder.",
        reference="BIV-demo-12", decided_on=b.today(), by=people["biv-beheerder"],
    )  # fmt: skip


def _letter(people: People, dossier: Dossier) -> list[str]:
    """An artikel 100-brief of which one section is ready and one is begun; returns the codes of its sections."""
    by = people["behandelaar-bz"]
    letter = kamer.begin(dossier_id=dossier.pk, soort="artikel-100", betreft="Inzet in de grensregio", by=by)
    first, second, *rest = letter.secties.all()
    text = (
        "Het kabinet **overweegt** een bijdrage aan de grensregio.\n\n- ten hoogste 40 experts\n- vanaf 1 maart 2027\n"
    )
    kamer.write_section(sectie_id=first.pk, text=text, ready=True, seen_revision=0, by=by)
    kamer.write_section(sectie_id=second.pk, text="De gronden volgen.", ready=False, seen_revision=0, by=by)
    return [section.code for section in (first, second, *rest)]


def _missie(people: People) -> tuple[Dossier, dict[str, int]]:
    """A mission with a sent kennisgeving, an artikel 100-brief to sign, a decision to confirm and a waiver to grant."""
    by = people["behandelaar-bz"]
    dossier = scenes.dossier(
        people, title="Bijdrage aan de trainingsmissie", region="Westelijke Balkan", countries=["BA"]
    )
    sent = kamer.send(
        version_id=scenes.signed_letter(people, dossier, "kennisgeving").pk,
        sent_on=b.today(),
        by=people["secretariaat"],
    )
    options = scenes.adopted(people, dossier, "opties")
    offered = smo.offer(version_id=options.pk, meeting_on=b.meeting(b.today() + timedelta(days=7)).day, by=by)
    decision = scenes.decide(people, options, "bewindspersonen", optie="A", confirm=False)
    letter = scenes.adopted_letter(people, dossier)
    waiting = papers.put_forward(document_id=b.write(people, dossier, "analyse", b.ANALYSE).pk, by=by)
    b.write(people, dossier, "plan", b.PLAN)
    report = b.write(people, dossier, "voortgang", b.VOORTGANG)
    b.register(people, dossier, "communicatieplan")
    indicator = b.measure(people, dossier)
    return dossier, {
        "indicator": indicator.pk,
        "promise": b.promise(people, dossier).pk,
        "waiver": _ask_waiver(people, dossier),
        "small": scenes.declared(people, dossier).pk,
        "duty": scenes.duty(people, dossier).pk,
        "report": report.pk,
        "options": options.pk,
        "decision": decision.pk,
        "letter": letter.pk,
        "waiting": waiting.document_id,
        "waiting_version": waiting.pk,
        "adopted": scenes.adopted(people, dossier, "signaal").pk,
        "sent": sent.verzendingen.get(kamer="TK").pk,
        "offered": offered.pk,
        **_smo(people, dossier, offered),
    }


def _smo(people: People, dossier: Dossier, offered: Aanbieding) -> dict[str, int]:
    """A meeting to come, one of today with a concept, an action, and advice with a condition under a later version."""
    advised, later, conditions, met = advised_of(people, dossier)
    coming, past, secretary = offered.punten.get().vergadering, b.meeting(), people["secretaris-smo"]
    point = smo.add_point(vergadering_id=coming.pk, titel="Mededelingen", soort="procedureel", by=secretary)
    smo.add_action(
        vergadering_id=past.pk, tekst="Vul de raming aan.", holder=people["smo-def"], due=b.today(), by=secretary
    )
    yesterday = b.meeting(b.today() - timedelta(days=1))
    words = {"teksten": {}, "opmerkingen": "", "by": secretary, "seen_revision": 0}
    smo.write_list(vergadering_id=yesterday.pk, **words)
    holder = {"holder": people["smo-def"], "due": b.today(), "by": secretary}
    action = smo.add_action(vergadering_id=yesterday.pk, tekst="Vraag de kosten na.", **holder)
    b.adopt_list(people, yesterday)
    return {
        "coming": coming.pk, "past": past.pk, "point": point.pk, "action": action.pk, "advised": advised.pk,
        "later": later.pk, "condition": conditions[1].pk, "met": met.pk,
    }  # fmt: skip


def _ask_waiver(people: People, dossier: Dossier) -> int:
    gates = process.waivable_gates(Dossier.objects.get(pk=dossier.pk))
    asked = process.ask_waiver(
        dossier_id=dossier.pk, gate=gates[0].name, by=people["behandelaar-bz"],
        reason="De bijdrage is kleinschalig.", until=b.today() + timedelta(days=60),
    )  # fmt: skip
    return asked.pk


def fail_pdf(scene: Scene) -> None:
    """One PDF that the worker gave up, as it records that; call it when the worker has nothing left to do."""
    Rendering.objects.filter(version=scene.ids["version"], concept=False).update(
        state=Rendering.State.MISLUKT, error="Het maken van de pdf duurde langer dan 60 seconden."
    )
