"""Everything else that only one of sixteen may do: handing back, declaring, refusing, settling, and saving what was on the screen."""

from cases.letters.kinds import kind
from cases.phase import Phase
from cases.rubricering import Rubricering
from cases.services import dossiers, papers, participation, products
from phases.besluit import services as besluit
from phases.handelingsopties import services as opties
from phases.kamer import services as kamer
from phases.kamer import toezeggingen
from phases.kamer.models import Briefsectie, Verzending
from phases.planning import services as planning
from phases.process import afwijkingen, verklaringen
from phases.process import facts as facts_module
from phases.process import services as process
from phases.vastlegging import services as vastlegging
from tests import builders as b
from tests.hard.cases import Case
from tests.hard.pairs import case, pair
from tests.hard.ready import begin
from tests.phases import scenes


@pair("teruggeven")
def giving_back(cast: b.Cast) -> Case:
    document = b.write(cast, scenes.dossier(cast), "signaal", b.SIGNAAL)
    version = papers.put_forward(document_id=document.pk, by=cast["behandelaar-bz"])
    words = {"version_id": version.pk, "ministry": b.ministry("DEF"), "reason": "Onvolledig."}
    act = lambda who: papers.give_back(**words, by=who)  # noqa: E731
    return case("teruggeven", act, [cast["teamleider-def"]], lambda: b.adopt(cast, document))


@pair("stuk bewaren")
def saving(cast: b.Cast) -> Case:
    d = scenes.dossier(cast)
    words = {"paper": kind("signaal"), "dossier_id": d.pk, "seen_revision": 0, "values": b.SIGNAAL}
    people = [cast["behandelaar-bz"], cast["behandelaar-def"]]
    act = lambda who: products.save(**words, by=who)  # noqa: E731
    return case("bewaren", act, people, lambda: scenes.adopted(cast, d, "signaal"))


@pair("optie weghalen")
def removing_an_option(cast: b.Cast) -> Case:
    d = scenes.dossier(cast)
    document = b.write(cast, d, "opties", b.NOTA)
    for title in ("Route A", "Route B", "Route C"):
        opties.add_option(dossier_id=d.pk, by=cast["behandelaar-bz"], values=b.option_for(d, title))
    act = lambda who: opties.remove_option(dossier_id=d.pk, letter="C", by=who)  # noqa: E731
    return case("weghalen", act, [cast["behandelaar-bz"]], lambda: b.adopt(cast, document))


@pair("kerngegevens wijzigen")
def changing_facts(cast: b.Cast) -> Case:
    d = scenes.dossier(cast)
    words = {"dossier_id": d.pk, "seen_revision": d.revision, "title": "Sahel en Kaukasus"}
    then = lambda: dossiers.change_facts(  # noqa: E731
        dossier_id=d.pk, by=cast["behandelaar-bz"], seen_revision=d.revision + 1, title="Sahel"
    )
    return case("wijzigen", lambda who: dossiers.change_facts(**words, by=who), [cast["behandelaar-bz"]], then)


@pair("rubriceren")
def marking(cast: b.Cast) -> Case:
    d = scenes.dossier(cast)
    words = {"dossier_id": d.pk, "reason": "Troepen.", "seen_stamp": d.marking_stamp}
    down = {"dossier_id": d.pk, "marking": Rubricering.ONGERUBRICEERD, "until": None, "reason": "Voorbij."}
    act = lambda who: dossiers.mark(**words, marking=Rubricering.DEP_V, until=b.today(), by=who)  # noqa: E731
    return case("rubriceren", act, [cast["vaststeller"]], lambda: dossiers.mark(**down, by=cast["vaststeller"]))


@pair("uittreden")
def leaving(cast: b.Cast) -> Case:
    d = scenes.dossier(cast)
    again = {"dossier_id": d.pk, "ministry": b.ministry("DEF"), "contact": None, "by": cast["behandelaar-bz"]}
    return case("uittreden", lambda _: b.leave(cast, d), [None], lambda: participation.join(**again))


@pair("besluit van de Ministerraad bevestigen")
def confirming_the_cabinet(cast: b.Cast) -> Case:
    made = scenes.decide(cast, scenes.adopted(cast, scenes.dossier(cast)), "ministerraad", confirm=False)

    def then() -> None:
        made.refresh_from_db()
        assert made.is_confirmed

    act = lambda who: besluit.confirm(besluit_id=made.pk, by=who)  # noqa: E731
    return case("Ministerraad", act, [cast["secretariaat-2"]], then)


@pair("besluit over politie vastleggen")
def registering_police(cast: b.Cast) -> Case:
    d = b.make_dossier(cast, efforts=("politie",), ministries=("BZ", "JENV"))
    words = {"dossier_id": d.pk, "soort": "politie", "op": b.today(), **b.VASTLEGGINGEN["politie"]}

    def then() -> None:
        made = facts_module.load(d).records.newest["politie"]
        assert not made.confirmed

    act = lambda who: vastlegging.register(**words, by=who, seen_vastlegging=0)  # noqa: E731
    return case("vastleggen", act, [cast["gemachtigde-jenv"], cast["gemachtigde-jenv-2"]], then)


@pair("verklaring vragen")
def declaring(cast: b.Cast) -> Case:
    d = scenes.dossier(cast)

    def then() -> None:
        verklaringen.agree(verklaring_id=d.current_ronde.verklaringen.get().pk, by=cast["voorzitter-smo"])

    return case("verklaring", lambda _: scenes.declared(cast, d), [None], then)


@pair("akkoord met een verklaring")
def agreeing(cast: b.Cast) -> Case:
    d = scenes.dossier(cast)
    made = scenes.declared(cast, d)

    def then() -> None:
        gates = list(d.current_ronde.waivers.values_list("gate", flat=True))
        assert gates and len(gates) == len(set(gates))

    act = lambda who: verklaringen.agree(verklaring_id=made.pk, by=who)  # noqa: E731
    return case("akkoord", act, [cast["voorzitter-smo"]], then)


@pair("verzoek afwijzen")
def refusing(cast: b.Cast) -> Case:
    words = {"gate": "smo:signaal", "reason": "Spoed.", "until": b.today(), "by": cast["behandelaar-bz"]}
    words["dossier_id"] = scenes.dossier(cast).pk
    asked = process.ask_waiver(**words)
    act = lambda who: afwijkingen.refuse(request=asked, by=who, reason="Dat advies is nodig.")  # noqa: E731
    return case("afwijzen", act, [cast["voorzitter-smo"]], lambda: process.ask_waiver(**words))


@pair("inhalen melden")
def catching_up(cast: b.Cast) -> Case:
    d = scenes.dossier(cast)
    duty = scenes.duty(cast, d)

    def then() -> None:
        duty.refresh_from_db()
        assert duty.ingehaald

    act = lambda who: afwijkingen.catch_up(plicht_id=duty.pk, by=who, tekst="Alsnog gedaan.")  # noqa: E731
    return case("inhalen", act, [cast["behandelaar-def"]], then)


@pair("toezegging afdoen")
def settling_a_promise(cast: b.Cast) -> Case:
    promise = b.promise(cast, scenes.dossier(cast))
    words = {"toezegging_id": promise.pk, "hoe": "gedaan", "op": b.today(), "toelichting": "Brief verzonden."}
    people = [cast["behandelaar-bz"], cast["behandelaar-def"]]
    return case("afdoen", lambda who: toezeggingen.settle(**words, by=who), people, lambda: None)


@pair("brief beginnen")
def beginning_a_letter(cast: b.Cast) -> Case:
    d = scenes.dossier(cast)
    words = {"dossier_id": d.pk, "soort": "kennisgeving", "betreft": "Een missie"}

    def then() -> None:
        section = Briefsectie.objects.filter(brief__document__dossier=d).first()
        by = cast["behandelaar-bz"]
        kamer.write_section(sectie_id=section.pk, text="Tekst.", ready=True, seen_revision=0, by=by)

    return case("beginnen", lambda who: kamer.begin(**words, by=who), [cast["behandelaar-bz"]], then)


@pair("sectie van een brief bewaren")
def writing_a_section(cast: b.Cast) -> Case:
    letter = scenes.letter(cast, scenes.dossier(cast), "kennisgeving")
    section = letter.secties.first()
    words = {"sectie_id": section.pk, "text": "Beter.", "ready": True, "seen_revision": section.revision}
    act = lambda who: kamer.write_section(**words, by=who)  # noqa: E731
    return case("sectie", act, [cast["behandelaar-bz"]], lambda: b.adopt(cast, letter.document))


@pair("Kamerstuknummer invullen")
def numbering(cast: b.Cast) -> Case:
    d = scenes.dossier(cast)
    version = scenes.signed_letter(cast, d, "kennisgeving")
    kamer.send(version_id=version.pk, sent_on=b.today(), by=cast["secretariaat"])
    one, other = Verzending.objects.filter(version__document__dossier=d).order_by("kamer")
    fill = lambda row, who: kamer.fill_kamerstuk(verzending_id=row.pk, kamerstuk="29 521, nr. 494", by=who)  # noqa: E731
    people = [cast["secretariaat"], cast["secretariaat-2"]]
    return case("nummer", lambda who: fill(one, who), people, lambda: fill(other, people[0]))


@pair("indicator wijzigen")
def changing_an_indicator(cast: b.Cast) -> Case:
    row = b.measure(cast, scenes.dossier(cast))
    words = {"indicator_id": row.pk, "by": cast["behandelaar-bz"], **b.INDICATOR, "nulmeting_op": b.today()}
    change = lambda seen: planning.change_indicator(**{**words, "streefwaarde": f"{seen}"}, seen_revision=seen)  # noqa: E731
    return case("indicator", lambda _: change(row.revision), [None], lambda: change(row.revision + 1))


@pair("indicatoren overnemen")
def taking_over(cast: b.Cast) -> Case:
    way = begin(cast, full=False)
    way.bring(Phase.UITVOERING)
    if not way.dossier.current_ronde.indicatoren.exists():
        b.measure(cast, way.dossier)
    known = way.dossier.current_ronde.indicatoren.count()
    way.step("verlengen")

    def then() -> None:
        assert way.dossier.current_ronde.indicatoren.count() == known

    act = lambda who: planning.take_over_indicators(dossier_id=way.pk, by=who)  # noqa: E731
    return case("overnemen", act, [cast["behandelaar-bz"], cast["behandelaar-def"]], then)
