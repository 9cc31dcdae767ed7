"""Every approval pressed by sixteen at once: one of them wins, and the next act is still possible."""

from collections.abc import Callable

from cases.phase import Phase
from cases.services import dossiers, papers
from phases.besluit import services as besluit
from phases.kamer import services as kamer
from phases.kamer.models import Verzending
from phases.process import facts as facts_module
from phases.process import services as process
from phases.smo import services as smo
from phases.smo.models import Aanbieding, Voorwaarde
from phases.vastlegging import services as vastlegging
from tests import builders as b
from tests.hard.cases import Case, exactly_one, same
from tests.hard.ready import Way
from tests.phases import scenes

Builder = Callable[[b.Cast], Case]
SAME: dict[str, Builder] = {}


def pair(name: str) -> Callable[[Builder], Builder]:
    def note(builder: Builder) -> Builder:
        SAME[name] = builder
        return builder

    return note


def case(name: str, work: Callable[..., object], people: list, then: Callable[[], object]) -> Case:
    return Case(name, lambda: same(name, work, *people), exactly_one, then)


@pair("ter paraaf voorleggen")
def putting_forward(cast: b.Cast) -> Case:
    d = scenes.dossier(cast)
    document = b.write(cast, d, "signaal", b.SIGNAAL)
    act = lambda who: papers.put_forward(document_id=document.pk, by=who)  # noqa: E731
    return case("voorleggen", act, [cast["behandelaar-bz"]], lambda: b.adopt(cast, document))


@pair("paraaf")
def initialling(cast: b.Cast) -> Case:
    d = scenes.dossier(cast)
    document = b.write(cast, d, "signaal", b.SIGNAAL)
    version = papers.put_forward(document_id=document.pk, by=cast["behandelaar-bz"])

    def then() -> None:
        papers.initial(version_id=version.pk, ministry=b.ministry("DEF"), by=cast["teamleider-def"])
        papers.adopt(version_id=version.pk, by=cast["behandelaar-bz"])

    bz = b.ministry("BZ")
    act = lambda who: papers.initial(version_id=version.pk, ministry=bz, by=who)  # noqa: E731
    return case("paraaf", act, [cast["teamleider-bz"]], then)


@pair("vaststellen")
def adopting(cast: b.Cast) -> Case:
    d = scenes.dossier(cast)
    document = b.write(cast, d, "signaal", b.SIGNAAL)
    version = papers.put_forward(document_id=document.pk, by=cast["behandelaar-bz"])
    for code in ("BZ", "DEF"):
        leader = cast[f"teamleider-{code.lower()}"]
        papers.initial(version_id=version.pk, ministry=b.ministry(code), by=leader)
    way = Way(cast, d.pk)
    act = lambda who: papers.adopt(version_id=version.pk, by=who)  # noqa: E731
    return case("vaststellen", act, [cast["behandelaar-bz"]], lambda: way.advised("signaal"))


@pair("standpunt")
def position(cast: b.Cast) -> Case:
    offer = scenes.offered(cast, scenes.dossier(cast), "signaal")
    act = lambda who: scenes.position(cast, offer, seen_standpunt=0)  # noqa: E731
    return case("standpunt", act, [None], lambda: scenes.conclusion(cast, offer))


@pair("conclusie")
def conclusion(cast: b.Cast) -> Case:
    d = scenes.dossier(cast)
    offer = scenes.offered(cast, d, "signaal")

    def then() -> None:
        assert facts_module.load(d).smo["signaal"].positive

    act = lambda who: scenes.conclusion(cast, offer, who=who, seen_conclusie=0)  # noqa: E731
    return case("conclusie", act, ["voorzitter-smo", "secretaris-smo"], then)


@pair("besluit registreren")
def registering(cast: b.Cast) -> Case:
    version = scenes.adopted(cast, scenes.dossier(cast), "analyse")

    def act(who: str) -> object:
        return besluit.register(
            version_id=version.pk, orgaan="bewindspersonen", uitkomst="akkoord", besluit_op=b.today(), kenmerk="",
            toelichting="", by=cast[who], seen_besluit=0,
        )  # fmt: skip

    def then() -> None:
        made = version.besluiten.get()
        other = {"gemachtigde-bz": "gemachtigde-bz-2", "gemachtigde-bz-2": "gemachtigde-bz"}[made.by.username]
        besluit.confirm(besluit_id=made.pk, by=cast[other])

    return case("registreren", act, ["gemachtigde-bz", "gemachtigde-bz-2"], then)


@pair("besluit bevestigen")
def confirming(cast: b.Cast) -> Case:
    d = scenes.dossier(cast)
    made = scenes.decide(cast, scenes.adopted(cast, d, "analyse"), "bewindspersonen", confirm=False)

    def then() -> None:
        assert facts_module.load(d).decided("analyse")[0].positive

    act = lambda who: besluit.confirm(besluit_id=made.pk, by=who)  # noqa: E731
    return case("bevestigen", act, [cast["gemachtigde-bz-2"]], then)


@pair("ondertekenen")
def signing(cast: b.Cast) -> Case:
    version = scenes.adopted_letter(cast, scenes.dossier(cast), "kennisgeving")
    then = lambda: scenes.sign(cast, version, "DEF")  # noqa: E731
    return case("ondertekenen", lambda _: scenes.sign(cast, version, "BZ"), [None], then)


@pair("verzenden")
def sending(cast: b.Cast) -> Case:
    d = scenes.dossier(cast)
    version = scenes.signed_letter(cast, d, "kennisgeving")

    def then() -> None:
        sent = Verzending.objects.get(kamer="TK", version__document__dossier=d)
        kamer.fill_kamerstuk(verzending_id=sent.pk, kamerstuk="29 521, nr. 494", by=cast["secretariaat"])

    act = lambda who: kamer.send(version_id=version.pk, sent_on=b.today(), by=who)  # noqa: E731
    return case("verzenden", act, [cast["secretariaat"], cast["secretariaat-2"]], then)


@pair("afwijking vragen")
def asking(cast: b.Cast) -> Case:
    d = scenes.dossier(cast)
    words = {"dossier_id": d.pk, "gate": "smo:signaal", "reason": "Spoed.", "until": b.today()}

    def then() -> None:
        waiver = d.current_ronde.waivers.get()
        process.grant_waiver(waiver_id=waiver.pk, by=cast["voorzitter-smo"])

    act = lambda who: process.ask_waiver(**words, by=who)  # noqa: E731
    return case("afwijking vragen", act, [cast["behandelaar-bz"]], then)


@pair("afwijking verlenen")
def granting(cast: b.Cast) -> Case:
    d = scenes.dossier(cast)
    words = {"gate": "smo:signaal", "reason": "Spoed.", "until": b.today()}
    waiver = process.ask_waiver(dossier_id=d.pk, by=cast["behandelaar-bz"], **words)

    def then() -> None:
        assert "smo:signaal" in facts_module.load(d).waivers

    act = lambda who: process.grant_waiver(waiver_id=waiver.pk, by=who)  # noqa: E731
    return case("afwijking verlenen", act, [cast["voorzitter-smo"]], then)


@pair("terug vragen")
def going_back(cast: b.Cast) -> Case:
    way = Way(cast, b.make_dossier(cast).pk)
    way.make_ready(process.STEPS["naar_analyse"])
    way.step("naar_analyse")
    d = way.dossier
    words = {"dossier_id": d.pk, "step": "terug_naar_orientatie", "seen_version": d.moves_made, "reason": "Nieuw."}
    act = lambda who: process.propose(**words, by=who)  # noqa: E731
    return case("terug vragen", act, [cast["behandelaar-bz"]], lambda: way.step("terug_naar_orientatie"))


@pair("toets")
def judging(cast: b.Cast) -> Case:
    d = b.make_dossier(cast)
    answers = {"rechtsorde": False, "eenheid": False, "geweld": False, "humanitair": False, "applies": False}

    def then() -> None:
        assert facts_module.load(d).artikel_100 is False

    act = lambda who: dossiers.judge_artikel_100(dossier_id=d.pk, by=who, seen_toets=0, **answers)  # noqa: E731
    return case("toets", act, [cast["behandelaar-bz"]], then)


@pair("afwijking van de toets bevestigen")
def agreeing_with_a_toets(cast: b.Cast) -> Case:
    d = b.make_dossier(cast)
    answers = {"rechtsorde": True, "eenheid": True, "geweld": True, "humanitair": False, "applies": False}
    words = {"override_reason": "Een geval apart.", "by": cast["behandelaar-bz"], **answers}
    toets = dossiers.judge_artikel_100(dossier_id=d.pk, **words)

    def then() -> None:
        assert facts_module.load(d).artikel_100 is False

    act = lambda who: dossiers.confirm_toets(toets_id=toets.pk, by=who)  # noqa: E731
    return case("afwijking van de toets", act, [cast["teamleider-bz"]], then)


@pair("aanbieden aan de SMO")
def offering(cast: b.Cast) -> Case:
    version = scenes.adopted(cast, scenes.dossier(cast), "signaal")

    def then() -> None:
        scenes.conclusion(cast, Aanbieding.objects.get(version=version))

    act = lambda who: smo.offer(version_id=version.pk, meeting_on=b.meeting().day, by=who)  # noqa: E731
    return case("aanbieden", act, [cast["behandelaar-bz"]], then)


@pair("voorwaarde bevestigen")
def checking(cast: b.Cast) -> Case:
    """Met by the penvoerder, checked by the secretary; after that it no longer holds the step."""
    way = Way(cast, b.make_dossier(cast, efforts=("politie",), ministries=("BZ", "JENV")).pk)
    offer = scenes.offered(cast, way.dossier, "signaal")
    scenes.conclusion(cast, offer, "positief-voorwaarden")
    condition = Voorwaarde.objects.get(conclusie__aanbieding=offer)
    words = {"tekst": "Gedaan.", "done_on": b.today(), "by": cast["behandelaar-bz"]}
    met = smo.meet_condition(voorwaarde_id=condition.pk, **words)
    check = {"afhandeling_id": met.pk, "voldaan": True, "toelichting": ""}
    act = lambda who: smo.check_condition(**check, by=who)  # noqa: E731
    return case("voorwaarde", act, [cast["secretaris-smo"]], lambda: way.bring(Phase.ANALYSE))


@pair("besluit over politie bevestigen")
def confirming_police(cast: b.Cast) -> Case:
    d = b.make_dossier(cast, efforts=("politie",), ministries=("BZ", "JENV"))
    made = b.register(cast, d, "politie")

    def then() -> None:
        assert facts_module.load(d).records.newest["politie"].confirmed

    act = lambda who: vastlegging.confirm(vastlegging_id=made.pk, by=who)  # noqa: E731
    return case("politie", act, [cast["gemachtigde-jenv-2"]], then)
