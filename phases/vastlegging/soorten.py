"""The kinds of facts that a Ronde registers: one small row each, in the order of the phases.

A row says what is asked and why, who registers it, for which efforts it applies, and which words the form uses. A gate that
waits for one stands in phases/process/gates.
"""

from collections.abc import Callable
from dataclasses import dataclass

from cases.models import PERSONNEL, Effort
from cases.phase import Phase
from cases.rights import Act, Role

Efforts = frozenset[str]
MILITARY = frozenset({Effort.EENHEID, Effort.MILITAIREN, Effort.ASSISTENTIE})
CIVIL = frozenset({Effort.POLITIE, Effort.JUSTITIE, Effort.CIVIEL, Effort.OS})


def always(efforts: Efforts) -> bool:
    return True


def unit(efforts: Efforts) -> bool:
    """A military unit takes part."""
    return Effort.EENHEID in efforts


def police(efforts: Efforts) -> bool:
    return Effort.POLITIE in efforts


def mission(efforts: Efforts) -> bool:
    """People are sent: a mission, and not only a programme."""
    return bool(PERSONNEL & efforts)


def one_instrument(efforts: Efforts) -> bool:
    """One ministry plans and carries out what was agreed together (Leidraad par. 3.6)."""
    return len(efforts) == 1


def own_plan(efforts: Efforts) -> bool:
    """The plan of the one ministry, unless people are sent: then the SMO advises on a joint plan (ontwerpkeuze)."""
    return one_instrument(efforts) and not PERSONNEL & efforts


def military(efforts: Efforts) -> bool:
    return bool(MILITARY & efforts)


def civil(efforts: Efforts) -> bool:
    """A contribution that is accounted for in a jaarverslag: civil efforts, and everything without a military contribution."""
    return bool(CIVIL & efforts) or not military(efforts)


@dataclass(frozen=True)
class Soort:
    """One kind of fact. `ministry` may register beside the penvoerder; with another `act` that right decides."""

    name: str
    phase: Phase
    label: str
    vraag: str
    source: str
    applies: Callable[[Efforts], bool] = always
    act: Act = Act.VASTLEGGEN
    role: Role = Role.BEHANDELAAR
    ministry: str = ""
    op: str = "Datum"
    ahead: bool = False  # the date may lie in the future
    outcomes: tuple[tuple[str, str], ...] = ()
    good: tuple[str, ...] = ()  # the outcomes with which one can go on; () = every outcome
    why: tuple[str, ...] = ()  # the outcomes that ask for words
    tekst: str = ""  # label of the words; "" = no words, because they do not belong in this system or say nothing
    tekst_help: str = ""
    tekst_needed: bool = False
    kenmerk: str = ""
    kenmerk_help: str = ""
    kenmerk_needed: bool = False
    confirmed: bool = False  # counts once a second person confirms it

    def positive(self, uitkomst: str) -> bool:
        """Whether one can go on with this outcome."""
        return not self.good or uitkomst in self.good

    def outcome_label(self, uitkomst: str) -> str:
        return dict(self.outcomes).get(uitkomst, "")


def _starts() -> tuple[Soort, ...]:
    """One start date per kind of effort: instruments start on their own dates."""
    accepted = {
        "tekst": "Wie aanvaardt een begin vóór het einde van de behandeling in de Kamer?",
        "tekst_help": "Alleen nodig als de behandeling nog niet is afgerond. Noem de naam, de functie en de reden.",
    }
    return tuple(
        Soort(
            name=f"start-{effort.value}",
            phase=Phase.PLANNING,
            label=f"Begin van de inzet: {effort.label[0].lower()}{effort.label[1:]}"
            if effort != Effort.OS
            else "Begin van de inzet: OS-programma",
            vraag="Wanneer begint dit deel van de inzet, of is het begonnen?",
            source="Leidraad par. 3.6, fase 5 (de inzet van de instrumenten begint vaak niet gelijktijdig)",
            applies=lambda efforts, effort=effort: effort in efforts,
            op="Begint op",
            ahead=True,
            **(accepted if effort == Effort.EENHEID else {}),
        )
        for effort in Effort
    )


FASE = "Leidraad par. 3.6, fase {}".format
ROWS = (
    Soort(
        "eigen-plan", Phase.PLANNING, "Eigen plan van het ministerie",
        "Welk plan van het verantwoordelijke ministerie geldt? Bij één instrument zonder personeel vervangt dat het gezamenlijke plan.",
        "Leidraad par. 3.6 (bij één instrument vinden planning en uitvoering plaats binnen het verantwoordelijke departement)",
        own_plan, op="Datum van het plan", kenmerk="Kenmerk van het plan", kenmerk_needed=True,
        tekst="Waar het plan ligt",
    ),
    Soort(
        "operatieconcept", Phase.PLANNING, "Operatieconcept (samenvatting)",
        "Wat is het plan op hoofdlijnen voor de militaire eenheid? Neem alleen de ongerubriceerde samenvatting op.",
        FASE(4), unit, ministry="DEF", op="Datum van het operatieconcept", tekst="Ongerubriceerde samenvatting",
        tekst_needed=True,
    ),
    Soort(
        "militair-advies", Phase.PLANNING, "Militair Advies ontvangen",
        "Wanneer ontving de minister van Defensie het Militair Advies? De inhoud hoort niet in dit systeem.",
        FASE(4), unit, ministry="DEF", op="Ontvangen op", kenmerk="Kenmerk",
    ),
    Soort(
        "politie", Phase.PLANNING, "Besluit over de politie",
        "Wat besloot de minister van Justitie en Veiligheid over de randvoorwaarden, de omvang en de aard van de inbreng van de politie?",
        "Leidraad kader 3 (Inzet van Nationale Politie); de bevestiging is een ontwerpkeuze: vier ogen op een besluit",
        police, Act.POLITIE_REGISTREREN, Role.GEMACHTIGDE, "JENV", "Datum van het besluit",
        outcomes=(("akkoord", "Akkoord"), ("niet-akkoord", "Niet akkoord")), good=("akkoord",),
        tekst="Randvoorwaarden, omvang en aard", tekst_needed=True, kenmerk="Kenmerk", confirmed=True,
    ),
    Soort(
        "communicatieplan", Phase.PLANNING, "Communicatieplan",
        "Welke boodschap dragen de ministeries samen uit: waarom deze missie, en wat wil Nederland bereiken?",
        "Leidraad kader 5 (Gezamenlijk communicatiebeleid bij missies en operaties)", mission, op="Vastgesteld op",
        tekst="Kernboodschap", tekst_needed=True, kenmerk="Kenmerk van het plan",
    ),
    *_starts(),
    Soort(
        "einde-besloten", Phase.UITVOERING, "Besluit over het einde",
        "Wie besloot dat de inzet eindigt, en wanneer eindigt die?",
        "Leidraad par. 3.6, fase 5 (beëindiging van de Nederlandse bijdrage); het vastleggen is een ontwerpkeuze: "
        "brief, overdracht en evaluatie volgen op dit besluit",
        op="Datum van het besluit", tekst="Wie besloot, en wanneer eindigt de inzet?", tekst_needed=True, kenmerk="Kenmerk",
    ),
    Soort(
        "transitiestrategie", Phase.UITVOERING, "Transitiestrategie",
        "Hoe gaat de verantwoordelijkheid geleidelijk over, en aan wie?", FASE(5), mission, op="Vastgesteld op",
        tekst="Overdracht en steun daarna", tekst_needed=True, kenmerk="Kenmerk van de strategie",
    ),
    Soort(
        "evaluatie-verzonden", Phase.EVALUATIE, "Eindevaluatie aan de Kamer",
        "Wanneer en onder welk kenmerk is de eindevaluatie aan de Kamer gestuurd?", FASE(6), military,
        Act.BRIEF_VERZENDEN, Role.SECRETARIAAT, op="Verzonden op", kenmerk="Kamerstuk of kenmerk", kenmerk_needed=True,
    ),
    Soort(
        "jaarverslag", Phase.EVALUATIE, "Paragraaf voor het jaarverslag",
        "Wat staat in het jaarverslag over de civiele bijdrage: de activiteiten, de voortgang en de resultaten?",
        FASE(6), civil, op="Opgesteld op", tekst="Paragraaf", tekst_needed=True,
        kenmerk="Jaarverslag", kenmerk_help="Van welk ministerie en welk jaar, bijvoorbeeld JenV 2027.",
        kenmerk_needed=True,
    ),
    Soort(
        "geen-lessen", Phase.EVALUATIE, "Geen lessen", "Waarom zijn er uit deze inzet geen lessen?",
        "Leidraad par. 3.6, fase 6; het vastleggen van ‘geen’ is een ontwerpkeuze: zo is te zien dat ernaar gekeken is",
        tekst="Waarom zijn er geen lessen?", tekst_needed=True,
    ),
    Soort(
        "postmissie", Phase.EVALUATIE, "Postmissiebeoordeling",
        "Komt er vijf jaar na het einde een postmissiebeoordeling? Zij moet duidelijk meer opleveren dan de eindevaluatie.",
        FASE(6), unit, op="Voorzien op, of besloten op", ahead=True,
        outcomes=(("gepland", "Gepland"), ("afgezien", "Ervan afgezien")), why=("afgezien",),
        tekst="Waarom is ervan afgezien?", tekst_help="Alleen nodig als er geen beoordeling komt.",
    ),
)  # fmt: skip

SOORTEN = {soort.name: soort for soort in ROWS}
