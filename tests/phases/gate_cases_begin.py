"""The gates of Oriëntatie, Analyse and Handelingsopties and of the decisions: open, closed, and not there."""

from typing import Any

from budget_biv.selectors import BivFact
from phases.process import gates as g
from phases.process.facts import Facts
from tests.phases.gate_cases import besluit, facts, offer, paper

BZ_DEF = ("BZ", "DEF")
PLAN = g.GeenOpenBesluit("plan")


def choosing(*made: Any, **values: Any) -> Facts:
    """Options that lie before the ministers of BZ and DEF, with these decisions."""
    return facts(besluiten=made, **{"papers": {"opties": paper()}, "taking_part": BZ_DEF, **values})


def both(**values: Any) -> tuple[Any, Any]:
    """The same decision of both ministers."""
    return besluit(**values), besluit(**{"id": 6, "ministry": "DEF", **values})


def about_plan(**values: Any) -> Facts:
    return facts(besluiten=(besluit(optie="", **values),), papers={"plan": paper()})


MR = {"id": 8, "orgaan": "ministerraad", "ministry": ""}
ASKED = both()[0], besluit(id=6, ministry="DEF", mr_nodig=True)
ALONE = {"efforts": frozenset({"diplomatie"}), "taking_part": BZ_DEF}
HIGH = {"orgaan": "hoog-ambtelijk"}

ANALYSE = {"taking_part": BZ_DEF}
ASKS_BIV = {"papers": {"opties": paper(values={"biv": ["A"]})}}

PERSONNEL = {
    "smo": {"opties": offer(conclusie_id=3, oordeel="positief", since=(5, 6))},
    "efforts": frozenset({"politie"}),
    "taking_part": ("BZ", "JENV"),
}
TWO = both()[0], besluit(id=6, ministry="JENV")
EARLIER = besluit(optie="", version_id=6, uitkomst="niet-akkoord")

OPEN = [
    (g.OptieGekozen(), choosing(*TWO, **PERSONNEL), {"besluit_ids": [5, 6]}),
    (PLAN, facts(besluiten=(EARLIER, besluit(id=9, optie="")), papers={"plan": paper()}), {}),
    (g.Werkgroep(), facts(**ANALYSE), {}),
    (g.InbrengGegeven(), facts(**ANALYSE, contributed=frozenset({"DEF"})), {}),
    (g.BivAangevraagd(), choosing(*both(), **ASKS_BIV, biv=BivFact(1, 1, ((2027, 100),), (), ())), {}),
    (g.OptieGekozen(), choosing(*both()), {"besluit_ids": [5, 6]}),
    (g.OptieGekozen(), choosing(besluit(id=3, uitkomst="overleg", optie=""), *both()), {"besluit_ids": [5, 6]}),
    (g.OptieGekozen(), choosing(besluit(**HIGH), **ALONE), {"besluit_ids": [5]}),
    (g.MinisterraadOverOptie(), choosing(*ASKED, besluit(**MR)), {"besluit_ids": [8]}),
    (PLAN, about_plan(), {}),
]

CLOSED = [
    (
        g.OptieGekozen(),
        choosing(*TWO, **{**PERSONNEL, "smo": {"opties": offer(conclusie_id=3, oordeel="positief", since=(5,))}}),
        "De SMO concludeerde na de keuze van JENV.",
        "gemachtigde JENV",
    ),
    (
        PLAN,
        facts(besluiten=(EARLIER,), papers={"plan": paper()}),
        "De minister van BZ besloot over een eerdere versie van het plan: niet akkoord.",
        "gemachtigde BZ",
    ),
    (
        g.MinisterraadOverOptie(),
        choosing(*both(), besluit(**{**MR, "version_id": 6, "uitkomst": "niet-akkoord"})),
        "De Ministerraad besloot over een eerdere versie van de optiesnota",
        "secretariaat",
    ),
    (g.Werkgroep(), facts(without_contact=("BHOS", "DEF")), "contactpersoon van BHOS en DEF", "penvoerder"),
    (g.InbrengGegeven(), facts(**ANALYSE), "Wacht op de inbreng van DEF", "behandelaar DEF"),
    (g.BivAangevraagd(), choosing(*both(), **ASKS_BIV), "Vraag het geld uit het BIV aan", "penvoerder"),
    (g.OptieGekozen(), choosing(), "Wacht op de keuze", "gemachtigde BZ en DEF"),
    (g.OptieGekozen(), choosing(**ALONE), "Wacht op de keuze", "gemachtigde BZ"),
    (g.OptieGekozen(), choosing(besluit(**MR)), "Wacht op de keuze", "gemachtigde BZ en DEF"),
    (g.OptieGekozen(), choosing(besluit()), "Wacht op de keuze van de minister van DEF", "gemachtigde DEF"),
    (g.OptieGekozen(), choosing(besluit(), taking_part=("BZ",)), "Laat DEF deelnemen", "penvoerder"),
    (g.OptieGekozen(), choosing(*both(confirmed=False)), "tweede gemachtigde van BZ en DEF", "gemachtigde BZ en DEF"),
    (g.OptieGekozen(), choosing(both()[0], besluit(id=6, ministry="DEF", optie="B")), "niet dezelfde optie", "penvoerder"),
    (g.OptieGekozen(), choosing(*both(), besluit(id=7, optie="", uitkomst="niet-akkoord")), "is niet akkoord", "penvoerder"),
    (g.OptieGekozen(), choosing(*both(), besluit(id=7, confirmed=False)), "tweede gemachtigde van BZ", "gemachtigde BZ"),
    (g.OptieGekozen(), choosing(*both(optie="", uitkomst="akkoord-wijziging")), "nieuwe versie van de optiesnota", "penvoerder"),
    (g.OptieGekozen(), choosing(*both(version_id=6)), "eerdere versie", "gemachtigde BZ en DEF"),
    (g.OptieGekozen(), choosing(*both(optie="0")), "nuloptie", "penvoerder"),
    (g.OptieGekozen(), choosing(besluit(**HIGH, optie="0"), **ALONE), "nuloptie", "gemachtigde BZ"),
    (g.OptieGekozen(), choosing(besluit(**HIGH, confirmed=False), **ALONE), "Wacht op de bevestiging", "gemachtigde BZ"),
    (g.OptieGekozen(), choosing(besluit(**HIGH, optie="", uitkomst="aangehouden"), **ALONE), "nog geen optie", "gemachtigde BZ"),
    (g.MinisterraadOverOptie(), choosing(*ASKED), "Wacht op het besluit van de Ministerraad", "secretariaat"),
    (g.MinisterraadOverOptie(), choosing(*ASKED, besluit(**MR, confirmed=False)), "tweede persoon", "secretariaat"),
    (g.MinisterraadOverOptie(), choosing(*ASKED, besluit(**MR, optie="B")), "stemde in met optie B", "penvoerder"),
    (g.MinisterraadOverOptie(), choosing(*ASKED, besluit(**{**MR, "uitkomst": "aangehouden"})), "houdt het besluit", "penvoerder"),
    (PLAN, about_plan(confirmed=False), "bevestiging van het besluit van de minister van BZ over het plan", "gemachtigde BZ"),
    (PLAN, about_plan(uitkomst="niet-akkoord"), "De minister van BZ is niet akkoord met het plan", "penvoerder"),
    (PLAN, about_plan(confirmed=False, orgaan="ministerraad", ministry=""), "besluit van de Ministerraad", "secretariaat"),
]  # fmt: skip

NOT_APPLICABLE = [
    (g.InbrengGegeven(), facts(taking_part=("BZ",))),
    (g.BivAangevraagd(), choosing(*both(optie="B"), **ASKS_BIV)),
    (PLAN, facts(papers={"plan": paper()})),
    (PLAN, facts(besluiten=(besluit(version_id=6, uitkomst="niet-akkoord"),), papers={"plan": paper()})),
    (g.MinisterraadOverOptie(), choosing(*both(mr_nodig=False))),
]
