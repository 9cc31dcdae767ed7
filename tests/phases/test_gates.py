"""Every gate, open and closed. Pure: no database."""

import pytest

from budget_biv.selectors import BivFact
from phases.process import gates as g
from phases.process.facts import InitialFact
from phases.process.gates.kamer import BEGINS
from phases.process.records import Records
from phases.process.table import GATES
from tests.phases import gate_cases_begin as begin
from tests.phases import gate_cases_end as end
from tests.phases.gate_cases import besluit, facts, offer, paper


def biv(*outcomes: tuple[str, str]) -> BivFact:
    return BivFact(1, 1, ((2027, 100),), outcomes, (11, 12))


VASTGESTELD = g.Vastgesteld("signaal", "signaal", "Leidraad par. 3.6, fase 1")
SMO = g.SmoConclusie("signaal")
SMO_PLAN = g.SmoPlanEnBiv("plan")
NEGATIVE = offer(conclusie_id=3, oordeel="negatief")
BRIEF = g.Artikel100Brief("artikel-100", "artikel 100 Grondwet")
KENNISGEVING = g.Kennisgeving("kennisgeving", "Leidraad par. 3.6, fase 1")

OPEN = [
    (KENNISGEVING, facts(artikel_100=True, papers={"artikel-100": paper(sent=frozenset({"TK"}))}), {}),
    (VASTGESTELD, facts(papers={"signaal": paper()}), {"version_ids": [7]}),
    (g.NaderOnderzoek(), facts(papers={"signaal": paper(values={"uitkomst": "nader-onderzoek"})}), {}),
    (g.ToetsGedaan(), facts(artikel_100=False), {}),
    (g.ToetsOpnieuw(), facts(artikel_100=True, toets_provisional=False), {}),
    (g.BetrokkenheidGewenst(), facts(papers={"analyse": paper(values={"wenselijkheid": "ja"})}), {}),
    (SMO, facts(smo={"signaal": offer(conclusie_id=3, oordeel="positief")}), {"conclusie_ids": [3]}),
    (SMO, facts(smo={"signaal": offer(conclusie_id=3, oordeel="positief-voorwaarden")}), {"conclusie_ids": [3]}),
    (
        SMO_PLAN,
        facts(smo={"plan": offer(conclusie_id=3, oordeel="positief", aanvraag=1)}, biv=biv(("BZ", ""))),
        {"conclusie_ids": [3]},
    ),
    *begin.OPEN,
    (BRIEF, facts(artikel_100=True, papers={"artikel-100": paper(sent=frozenset({"TK", "EK"}))}), {"version_ids": [7]}),
    (
        KENNISGEVING,
        facts(artikel_100=True, papers={"kennisgeving": paper(sent=frozenset({"TK"}))}),
        {"version_ids": [7]},
    ),
    (g.BivBesluit(), facts(biv=biv(("BHOS", "akkoord"), ("BZ", "akkoord"))), {"beslissing_ids": [11, 12]}),
    (g.LaatsteVoortgang(), facts(papers={"voortgang-slot": paper()}), {"version_ids": [7]}),
    *end.OPEN,
]

CLOSED = [
    (VASTGESTELD, facts(), "Stel de signaalbeoordeling op, leg die voor en stel die vast.", "penvoerder"),
    (
        g.NaderOnderzoek(),
        facts(papers={"signaal": paper(values={"uitkomst": "monitoren"})}),
        "vraagt nu niet om nader onderzoek",
        "penvoerder",
    ),
    (g.ToetsGedaan(), facts(), "Doe de toepasselijkheidstoets", "penvoerder"),
    (g.ToetsGedaan(), facts(artikel_100=True, toets_deviates=7), "Wacht op de bevestiging", "teamleider BZ"),
    (
        g.ToetsOpnieuw(),
        facts(artikel_100=True, toets_provisional=False, toets_deviates=7),
        "Wacht op de bevestiging",
        "teamleider BZ",
    ),
    (g.ToetsOpnieuw(), facts(artikel_100=True, toets_deviates=7), "opnieuw, nu de opties bekend zijn", "penvoerder"),
    (g.ToetsOpnieuw(), facts(), "opnieuw, nu de opties bekend zijn", "penvoerder"),
    (
        g.ToetsOpnieuw(),
        facts(artikel_100=False, toets_provisional=True),
        "opnieuw, nu de opties bekend zijn",
        "penvoerder",
    ),
    (
        g.BetrokkenheidGewenst(),
        facts(papers={"analyse": paper(values={"wenselijkheid": "nee"})}),
        "niet gewenst",
        "penvoerder",
    ),
    (SMO, facts(), "aan zodra dat stuk is vastgesteld", "penvoerder, na vaststelling"),
    (SMO, facts(papers={"signaal": paper()}), "Bied de signaalbeoordeling aan de SMO aan.", "penvoerder"),
    (SMO, facts(smo={"signaal": offer()}), "Wacht op de conclusie", "voorzitter SMO"),
    (SMO, facts(smo={"signaal": offer(oordeel="aangehouden", conclusie_id=3)}), "is: aangehouden", "voorzitter SMO"),
    (SMO, facts(smo={"signaal": offer(oordeel="ter-kennisname", conclusie_id=3)}), "is: ter kennisname", "penvoerder"),
    (
        SMO,
        facts(
            smo={"signaal": offer(oordeel="positief", conclusie_id=3)},
            papers={"signaal": paper(version_id=8, number=3)},
        ),
        "gaat over versie 2 van de signaalbeoordeling, inmiddels is er versie 3",
        "penvoerder",
    ),
    (
        SMO,
        facts(
            smo={"signaal": offer(oordeel="positief-voorwaarden", conclusie_id=3, unmet=1, since=(5,))},
            besluiten=(besluit(optie="", confirmed=False),),
            taking_part=("BZ",),
        ),
        "Handel 1 voorwaarde",
        "penvoerder",
    ),
    (
        SMO,
        facts(smo={"signaal": NEGATIVE}, taking_part=("BZ", "DEF")),
        "is: negatief",
        "penvoerder of gemachtigde BZ en DEF",
    ),
    (
        SMO,
        facts(smo={"signaal": NEGATIVE}, taking_part=("BZ",)),
        "Laat daarvoor DEF deelnemen",
        "penvoerder of gemachtigde BZ en DEF",
    ),
    (
        SMO_PLAN,
        facts(smo={"plan": offer(conclusie_id=3, oordeel="positief")}, biv=biv(("BZ", ""))),
        "lag geen BIV-aanvraag, inmiddels is er aanvraag 1",
        "penvoerder",
    ),
    (
        SMO_PLAN,
        facts(smo={"plan": offer(conclusie_id=3, oordeel="positief", aanvraag=1)}),
        "BIV-aanvraag 1, en er wordt nu geen BIV-geld gevraagd. Bied",
        "penvoerder",
    ),
    (SMO_PLAN, facts(smo={"plan": offer(aanvraag=1)}), "geen BIV-geld gevraagd. Trek het plan in", "penvoerder"),
    *begin.CLOSED,
    (BRIEF, facts(artikel_100=True), "Stel de artikel 100-brief op", "penvoerder"),
    (BRIEF, facts(artikel_100=True, papers={"artikel-100": paper()}), "Wacht op de ondertekening", "gemachtigden"),
    (
        BRIEF,
        facts(artikel_100=True, papers={"artikel-100": paper(status="ondertekend")}),
        "Wacht tot de artikel 100-brief",
        "secretariaat",
    ),
    (
        BRIEF,
        facts(artikel_100=True, initials={"artikel-100": InitialFact(3, ("DEF",))}),
        "paraaf van DEF",
        "teamleider DEF",
    ),
    (
        VASTGESTELD,
        facts(initials={"signaal": InitialFact(3, ("BZ", "DEF"))}),
        "van BZ en DEF op",
        "teamleider BZ en DEF",
    ),
    (VASTGESTELD, facts(initials={"signaal": InitialFact(3)}), "alle parafen zijn binnen", "penvoerder"),
    (
        BRIEF,
        facts(artikel_100=True, papers={"artikel-100": paper(sent=frozenset({"EK"}), status="verzonden")}),
        "Tweede Kamer",
        "secretariaat",
    ),
    (KENNISGEVING, facts(artikel_100=True), "Stel de kennisgevingsbrief op", "penvoerder"),
    (KENNISGEVING, facts(artikel_100=True, ronde_number=2), "Stel de kennisgevingsbrief op", "penvoerder"),
    (
        g.BivBesluit(),
        facts(biv=biv(("BHOS", "akkoord"), ("BZ", ""), ("DEF", ""))),
        "Wacht op het BIV-besluit van BZ en DEF.",
        "gemachtigde BZ en DEF",
    ),
    (
        g.BivBesluit(),
        facts(biv=biv(("BHOS", "afgewezen"), ("BZ", "akkoord"))),
        "BHOS wees de BIV-aanvraag af.",
        "penvoerder",
    ),
    (g.LaatsteVoortgang(), facts(papers={"voortgang": paper()}), "laatste voortgangsverslag", "penvoerder"),
    *end.CLOSED,
]

NOT_APPLICABLE = [
    (SMO, facts(efforts=frozenset({"diplomatie", "os"}))),
    (BRIEF, facts(artikel_100=False)),
    (BRIEF, facts()),
    *((KENNISGEVING, facts(artikel_100=True, ronde_number=2, records=Records(sent=frozenset({s})))) for s in BEGINS),
    (g.BivBesluit(), facts()),
    *end.NOT_APPLICABLE,
    *begin.NOT_APPLICABLE,
]


@pytest.mark.parametrize(("gate", "known", "grounds"), OPEN)
def test_open_gate_gives_its_grounds(gate, known, grounds):
    finding = g.judge(gate, known)
    assert finding is not None
    assert finding.open
    assert finding.grounds == grounds


@pytest.mark.parametrize(("gate", "known", "sentence", "holder"), CLOSED)
def test_closed_gate_says_why_and_who(gate, known, sentence, holder):
    finding = g.judge(gate, known)
    assert finding is not None
    assert not finding.open
    assert sentence in finding.sentence
    assert finding.holder == holder


@pytest.mark.parametrize(("gate", "known"), NOT_APPLICABLE)
def test_gate_that_does_not_apply_is_not_found(gate, known):
    assert g.judge(gate, known) is None


def test_every_gate_of_the_table_is_tested_both_ways():
    for rows in (OPEN, CLOSED):
        assert {type(gate) for gate, *_ in rows} == {type(gate) for gate in GATES.values()}


@pytest.mark.parametrize("gate", GATES.values(), ids=GATES.keys())
def test_gate_has_a_rule_and_a_source(gate):
    assert gate.rule.endswith(".")
    assert gate.rule_source


def test_waiver_opens_a_waivable_gate_only():
    waived = g.judge(SMO, facts(waivers={SMO.name: 9}))
    assert waived is not None
    assert waived.waived
    assert waived.grounds == {"waiver_ids": [9]}
    absolute = g.judge(VASTGESTELD, facts(waivers={VASTGESTELD.name: 9}))
    assert absolute is not None
    assert not absolute.open


def test_a_declaration_opens_a_gate_that_nobody_may_waive_by_hand():
    declared = g.judge(BRIEF, facts(artikel_100=True, waivers={BRIEF.name: 9}))
    assert declared is not None
    assert declared.waived
    assert not BRIEF.waivable


def test_which_gates_a_declaration_may_set_aside():
    known_names = {"kleinschalig", "een-instrument", "spoed"}
    assert {name for gate in GATES.values() for name in gate.declared_by} <= known_names
    assert {type(gate) for gate in GATES.values() if "spoed" in gate.declared_by} >= {
        g.Artikel100Brief,
        g.BehandelingAfgerond,
        g.InbrengGegeven,
        g.Kennisgeving,
    }


def test_which_gates_may_be_waived():
    assert {type(gate) for gate in GATES.values() if gate.waivable} == {
        g.SmoConclusie,
        g.SmoPlanEnBiv,
        g.Kennisgeving,
        g.Werkgroep,
        g.InbrengGegeven,
        g.LaatsteVoortgang,
        g.Indicatoren,
        g.Communicatieplan,
        g.BehandelingAfgerond,
    }
