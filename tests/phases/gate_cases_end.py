"""The gates of Planning, Uitvoering and Evaluatie and of stopping: open, closed, and not there."""

from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

from budget_biv.selectors import BivFact
from cases.phase import Phase
from phases.process import gates as g
from phases.process.facts import Facts, InitialFact, PlichtFact
from phases.process.records import PromiseFact, RecordFact, Records
from tests.phases.gate_cases import TODAY, facts, paper

BRIEF = g.Artikel100Brief("artikel-100", "artikel 100 Grondwet")
PLAN = g.PlanVastgesteld("plan", "plan", "Leidraad par. 3.6, fase 4")
JENV = ("BZ", "DEF", "JENV")
POLICE = {"politie", "eenheid"}
EVALUATION = g.EvaluatieVastgesteld("evaluatie", "evaluatie", "Leidraad par. 3.6, fase 6")
SENT_ENDING = {"beeindiging": paper(sent=frozenset({"TK"}))}
ENDING = g.Beeindigingsbrief("beeindiging", "Toetsingskader 2001")
NEGATIVE = g.NegatieveUitkomst("negatieve-uitkomst", "Kamerstuk 29 521, nr. 209")
ARTIKEL_100, NOTICE = frozenset({"kennisgeving", "artikel-100"}), frozenset({"kennisgeving"})
SENT = {"sent": frozenset({"TK", "EK"})}
CIVIL = {"os", "diplomatie"}
GRANTED = (("BHOS", "akkoord"), ("BZ", "akkoord"))


@dataclass(frozen=True)
class Ledger(BivFact):
    """The money with what stands on each account."""

    on: dict[str, int] = field(default_factory=dict)


def money(**on: int) -> Facts:
    return facts(biv=Ledger(1, 1, ((2027, 100),), GRANTED, (11, 12), on))


def known(*, efforts: set[str] | None = None, artikel_100: bool | None = None, **values: Any) -> Facts:
    """Facts with these records; a RecordFact per soort stands under its name with _ for -."""
    newest = {k.replace("_", "-"): v for k, v in values.items() if isinstance(v, RecordFact)}
    rest = {k: v for k, v in values.items() if not isinstance(v, RecordFact)}
    own = {k: rest.pop(k) for k in ("papers", "taking_part", "waivers") if k in rest}
    return facts(
        efforts=frozenset(efforts or {"eenheid"}),
        artikel_100=artikel_100,
        records=Records(newest=newest, **rest),
        **own,
    )


def fact(**values: Any) -> RecordFact:
    return RecordFact(**{"id": 31, "op": TODAY, **values})


OPEN = [
    (PLAN, facts(papers={"plan": paper()}), {"version_ids": [7]}),
    (PLAN, known(efforts={"os"}, eigen_plan=fact()), {"vastlegging_ids": [31]}),
    (g.NietBeeindigd(), facts(artikel_100=True), {}),
    (g.Indicatoren(), known(indicators=2), {}),
    (g.Operatieconcept(), known(operatieconcept=fact()), {"vastlegging_ids": [31]}),
    (g.MilitairAdvies(), known(militair_advies=fact()), {"vastlegging_ids": [31]}),
    (
        g.PolitieBesluit(),
        known(efforts=POLICE, politie=fact(uitkomst="akkoord", confirmed=True)),
        {"vastlegging_ids": [31]},
    ),
    (g.Communicatieplan(), known(communicatieplan=fact()), {"vastlegging_ids": [31]}),
    (g.BehandelingAfgerond(), known(artikel_100=True, treated_on=TODAY), {}),
    (g.EindeBesloten(), known(einde_besloten=fact()), {"vastlegging_ids": [31]}),
    (g.Transitiestrategie(), known(transitiestrategie=fact()), {"vastlegging_ids": [31]}),
    (ENDING, known(sent=ARTIKEL_100, papers={"beeindiging": paper(**SENT)}), {"version_ids": [7]}),
    (EVALUATION, facts(papers={"evaluatie": paper()}), {"version_ids": [7]}),
    (
        g.EvaluatieVerzonden(),
        known(evaluatie_verzonden=fact(), papers={"evaluatie": paper(adopted_on=TODAY)}),
        {"vastlegging_ids": [31]},
    ),
    (g.Jaarverslag(), known(efforts=CIVIL, jaarverslag=fact()), {"vastlegging_ids": [31]}),
    (g.Lessen(), known(lessons=2), {}),
    (g.Lessen(), known(geen_lessen=fact()), {"vastlegging_ids": [31]}),
    (g.Toezeggingen(), facts(), {}),
    (g.Ingehaald(), facts(), {}),
    (g.KamerIngelicht(), facts(phase=Phase.UITVOERING, artikel_100=True), {}),
    (g.BivAfgerekend(), money(afgerekend=80, vrijgevallen=20), {}),
    (g.Postmissie(), known(postmissie=fact(uitkomst="afgezien")), {"vastlegging_ids": [31]}),
    (NEGATIVE, known(sent=NOTICE, papers={"negatieve-uitkomst": paper(**SENT)}), {"version_ids": [7]}),
]

CLOSED = [
    (PLAN, known(efforts={"os"}), "of leg het eigen plan", "penvoerder"),
    (PLAN, known(eigen_plan=fact()), "Stel het plan op", "penvoerder"),
    (PLAN, known(efforts=POLICE, eigen_plan=fact()), "Stel het plan op", "penvoerder"),
    (PLAN, facts(initials={"plan": InitialFact(3, ("DEF",))}), "paraaf van DEF", "teamleider DEF"),
    (g.NietBeeindigd(), facts(papers=SENT_ENDING), "Begin voor nieuwe inzet een nieuw dossier", "penvoerder"),
    (g.Indicatoren(), facts(), "Voeg de indicatoren toe", "penvoerder"),
    (g.Indicatoren(), known(indicators=3, without_start=2, first_without="Een"), "van: Een en nog 1.", "penvoerder"),
    (g.Operatieconcept(), facts(), "samenvatting van het operatieconcept", "penvoerder"),
    (g.MilitairAdvies(), facts(taking_part=("BZ", "DEF")), "Militair Advies", "behandelaar DEF"),
    (g.MilitairAdvies(), facts(taking_part=("DEF",), lead="DEF"), "Militair Advies", "penvoerder"),
    (g.PolitieBesluit(), known(efforts=POLICE), "Laat JENV deelnemen", "penvoerder"),
    (g.PolitieBesluit(), known(efforts=POLICE, taking_part=JENV), "Leg het besluit", "gemachtigde JENV"),
    (
        g.PolitieBesluit(),
        known(efforts=POLICE, taking_part=JENV, politie=fact(uitkomst="akkoord")),
        "Laat een tweede persoon bevestigen",
        "tweede gemachtigde",
    ),
    (
        g.PolitieBesluit(),
        known(efforts=POLICE, taking_part=JENV, politie=fact(uitkomst="niet-akkoord", confirmed=True)),
        "de uitkomst is niet akkoord",
        "gemachtigde JENV",
    ),
    (g.Communicatieplan(), facts(), "communicatieplan", "penvoerder"),
    (g.BehandelingAfgerond(), facts(artikel_100=True), "heeft behandeld", "secretariaat"),
    (g.EindeBesloten(), facts(), "over het einde van de inzet besloot", "penvoerder"),
    (g.Transitiestrategie(), facts(), "transitiestrategie", "penvoerder"),
    (ENDING, known(sent=ARTIKEL_100), "Stel de beëindigingsbrief op", "penvoerder"),
    (EVALUATION, facts(), "Stel de eindevaluatie op", "penvoerder"),
    (g.EvaluatieVerzonden(), facts(), "zodra die is vastgesteld", "secretariaat, na vaststelling"),
    (g.EvaluatieVerzonden(), facts(papers={"evaluatie": paper()}), "Leg vast wanneer", "secretariaat"),
    (
        g.EvaluatieVerzonden(),
        known(evaluatie_verzonden=fact(), papers={"evaluatie": paper(adopted_on=TODAY + timedelta(days=1))}),
        "is daarna opnieuw vastgesteld",
        "secretariaat",
    ),
    (g.Jaarverslag(), known(efforts=CIVIL), "paragraaf voor het jaarverslag", "penvoerder"),
    (g.Lessen(), facts(), "Leg de lessen vast", "penvoerder"),
    (g.Ingehaald(), facts(plichten=(PlichtFact(1, "Meet de nulmeting.", "DEF", TODAY),)), "Meet de", "behandelaar DEF"),
    (g.Ingehaald(), facts(plichten=(PlichtFact(1, "Informeer.", "BZ", TODAY),)), "Haal eerst in", "penvoerder"),
    (
        g.KamerIngelicht(),
        facts(phase=Phase.UITVOERING, plichten=(PlichtFact(1, "Informeer.", "BZ", TODAY, "brief:artikel-100"),)),
        "Haal eerst in: Informeer.",
        "penvoerder",
    ),
    (g.Toezeggingen(), known(promises=(PromiseFact(1, "DEF"),)), "de open toezegging af", "behandelaar DEF"),
    (
        g.Toezeggingen(),
        known(promises=(PromiseFact(1, "DEF"), PromiseFact(2, "BZ"))),
        "de 2 open toezeggingen",
        "penvoerder",
    ),
    (g.BivAfgerekend(), replace(money(verplicht=5, afgerekend=95), biv_unsettled=5), "afgerekend", "BIV-beheerder"),
    (g.Postmissie(), facts(), "postmissiebeoordeling", "penvoerder"),
    (NEGATIVE, known(sent=NOTICE), "Stel de brief over de negatieve uitkomst op", "penvoerder"),
]

NOT_APPLICABLE = [
    (
        g.KamerIngelicht(),
        facts(phase=Phase.UITVOERING, plichten=(PlichtFact(1, "Meet.", "BZ", TODAY, "inbreng"),), artikel_100=False),
    ),
    (
        g.KamerIngelicht(),
        facts(phase=Phase.PLANNING, plichten=(PlichtFact(1, "Informeer.", "BZ", TODAY, "brief:artikel-100"),)),
    ),
    (g.NietBeeindigd(), facts(artikel_100=False)),
    (BRIEF, known(artikel_100=True, efforts={"politie", "civiel"})),
    (g.BehandelingAfgerond(), known(artikel_100=True, efforts={"politie", "civiel"})),
    (g.BehandelingAfgerond(), facts(artikel_100=False)),
    (g.Operatieconcept(), known(efforts={"militairen"})),
    (g.MilitairAdvies(), known(efforts={"politie"})),
    (g.PolitieBesluit(), facts()),
    (g.Communicatieplan(), known(efforts={"os", "diplomatie"})),
    (g.Transitiestrategie(), known(efforts=CIVIL)),
    (ENDING, known(sent=NOTICE)),
    (EVALUATION, known(efforts=CIVIL)),
    (g.EvaluatieVerzonden(), known(efforts={"politie"})),
    (g.Jaarverslag(), known(efforts={"eenheid", "diplomatie"})),
    (g.Postmissie(), known(efforts={"militairen"})),
    (g.BivAfgerekend(), facts()),
    (NEGATIVE, known(sent=ARTIKEL_100)),
    (NEGATIVE, facts()),
]
