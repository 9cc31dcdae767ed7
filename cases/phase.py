"""The six stations of a dossier: Leidraad Geïntegreerde Benadering, paragraph 3.6.

Only the names live here, because a dossier carries its phase. How a dossier moves stands in phases/process/table.py.
"""

from dataclasses import dataclass

from django.db import models


class Phase(models.TextChoices):
    """How far the decision on a dossier has come. A phase locks no room."""

    ORIENTATIE = "orientatie", "Oriëntatie"
    ANALYSE = "analyse", "Analyse en beoordeling"
    HANDELINGSOPTIES = "handelingsopties", "Handelingsopties"
    PLANNING = "planning", "Planning en voorbereiding"
    UITVOERING = "uitvoering", "Uitvoering"
    EVALUATIE = "evaluatie", "Evaluatie"

    @property
    def number(self) -> int:
        """1 for Oriëntatie … 6 for Evaluatie."""
        return list(Phase).index(self) + 1

    @property
    def about(self) -> "About":
        return ABOUT[self]

    @classmethod
    def by_number(cls, number: int) -> "Phase":
        """The phase with this number; raises IndexError outside 1–6."""
        if not 1 <= number <= len(cls):
            raise IndexError(number)
        return list(cls)[number - 1]


class Status(models.TextChoices):
    """The outcome of a dossier as a whole, beside its phase."""

    LOPEND = "lopend", "In behandeling"
    GESTOPT = "gestopt", "Gestopt"
    AFGESLOTEN = "afgesloten", "Afgesloten"


@dataclass(frozen=True)
class About:
    """What a phase is for, in our own words, with the paragraph it rests on."""

    goal: str
    inputs: tuple[str, ...]
    activities: tuple[str, ...]
    source: str


ABOUT = {
    Phase.ORIENTATIE: About(
        "Op tijd zien waar instabiliteit of conflict ontstaat, en bepalen of nader onderzoek nodig is.",
        ("Berichten van posten", "Informatie van diensten", "Signalen van partners ter plaatse"),
        ("Informatie uit verschillende bronnen delen", "Early-warningoverleg houden"),
        "Leidraad par. 3.6, fase 1",
    ),
    Phase.ANALYSE: About(
        "Samen het conflict begrijpen, beoordelen of Nederlandse betrokkenheid gewenst is en het strategische doel vaststellen.",
        ("Beoordeling van de signalen", "Contextanalyses van posten", "Analyses van kennisinstellingen en partners"),
        ("Oorzaken, motieven en belangen in kaart brengen", "De wenselijkheid van betrokkenheid beoordelen"),
        "Leidraad par. 3.6, fase 2",
    ),
    Phase.HANDELINGSOPTIES: About(
        "Samen beantwoorden wat Nederland kan doen om veiligheid en stabiliteit te helpen herstellen.",
        ("Gezamenlijke analyse en beoordeling",),
        ("Sets van instrumenten bij het gedeelde doel formuleren", "Aansluiting zoeken bij inspanningen van anderen"),
        "Leidraad par. 3.6, fase 3",
    ),
    Phase.PLANNING: About(
        "De planning en voorbereiding van de instrumenten op elkaar afstemmen, op basis van de gekozen optie.",
        ("Keuze voor een handelingsoptie",),
        (
            "Samen plannen of plannen op elkaar afstemmen",
            "Afspraken met autoriteiten en partners afstemmen",
            "De uitgangssituatie samen vastleggen",
            "Uit te zenden personeel samen voorbereiden",
        ),
        "Leidraad par. 3.6, fase 4",
    ),
    Phase.UITVOERING: About(
        "Toewerken naar het gezamenlijke doel, de voortgang volgen en waar nodig bijsturen.",
        ("Rapportages uit het veld", "Lokale monitors", "Berichten van posten"),
        ("Rapportages en appreciaties delen", "Activiteiten toetsen aan het doel", "Instrumenten zo nodig bijstellen"),
        "Leidraad par. 3.6, fase 5",
    ),
    Phase.EVALUATIE: About(
        "Samen verantwoording afleggen over de bijdrage en lessen vastleggen voor een volgende keer.",
        ("Voortgangsrapportages", "Politiek besluit en toezeggingen aan de Kamer"),
        ("Evaluaties en eindoordelen afstemmen", "Goede en slechte praktijken benoemen"),
        "Leidraad par. 3.6, fase 6",
    ),
}
