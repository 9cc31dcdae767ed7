"""The gates of Planning, Uitvoering and Evaluatie and of stopping: open, closed, and not there."""

from typing import Any

from phases.process import gates as g
from phases.process.facts import Facts, InitialFact
from phases.process.records import RecordFact, Records
from tests.phases.gate_cases import TODAY, facts, paper

BRIEF = g.Artikel100Brief("artikel-100", "artikel 100 Grondwet")
PLAN = g.PlanVastgesteld("plan", "plan", "Leidraad par. 3.6, fase 4")
JENV = ("BZ", "DEF", "JENV")
POLICE = {"politie", "eenheid"}


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
    (PLAN, known(eigen_plan=fact()), {"vastlegging_ids": [31]}),
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
]

CLOSED = [
    (PLAN, facts(), "of leg het eigen plan", "penvoerder"),
    (PLAN, known(efforts=POLICE, eigen_plan=fact()), "Stel het plan op", "penvoerder"),
    (PLAN, facts(initials={"plan": InitialFact(3, ("DEF",))}), "paraaf van DEF", "teamleider DEF"),
    (g.Indicatoren(), facts(), "Voeg de indicatoren toe", "penvoerder"),
    (g.Indicatoren(), known(indicators=3, without_start=("Een", "Twee")), "van: Een en nog 1.", "penvoerder"),
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
]

NOT_APPLICABLE = [
    (BRIEF, known(artikel_100=True, efforts={"politie", "civiel"})),
    (g.BehandelingAfgerond(), known(artikel_100=True, efforts={"politie", "civiel"})),
    (g.BehandelingAfgerond(), facts(artikel_100=False)),
    (g.Operatieconcept(), known(efforts={"militairen"})),
    (g.MilitairAdvies(), known(efforts={"politie"})),
    (g.PolitieBesluit(), facts()),
    (g.Communicatieplan(), known(efforts={"os", "diplomatie"})),
]
