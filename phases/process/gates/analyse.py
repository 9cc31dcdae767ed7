"""What holds the step out of Analyse en beoordeling."""

from dataclasses import dataclass
from typing import ClassVar

from phases.process.facts import Facts
from phases.process.gates.base import Gate, in_words


@dataclass(frozen=True)
class BetrokkenheidGewenst(Gate):
    """De geïntegreerde beoordeling zegt dat Nederlandse betrokkenheid gewenst is, met een strategische doelstelling en de Nederlandse belangen."""

    key: ClassVar[str] = "gewenst"
    source: ClassVar[str] = "Leidraad par. 3.6, fase 2"
    url_name: ClassVar[str] = "analyse"

    when: ClassVar[str] = "Zodra dat stuk is vastgesteld"

    def applies(self, facts: Facts) -> bool:
        return "analyse" in facts.papers

    def check(self, facts: Facts) -> str | None:
        if facts.papers["analyse"].values.get("wenselijkheid") == "ja":
            return None
        return "De beoordeling zegt dat betrokkenheid niet gewenst is. Stop het dossier of herzie de beoordeling."


@dataclass(frozen=True)
class InbrengGegeven(Gate):
    """Elk ander deelnemend ministerie gaf inbreng voor de analyse, of legde vast dat het geen inbreng heeft."""

    key: ClassVar[str] = "inbreng"
    source: ClassVar[str] = (
        "Leidraad par. 3.6, fase 2 (gezamenlijke antwoorden); dat ieder zich uitspreekt is een ontwerpkeuze: zwijgen is geen"
        " instemming"
    )
    when: ClassVar[str] = "Als naast de penvoerder een ander ministerie deelneemt"
    waivable: ClassVar[bool] = True
    declared_by: ClassVar[tuple[str, ...]] = ("kleinschalig", "een-instrument", "spoed")
    catch_up: ClassVar[bool] = True
    holder: ClassVar[str] = "behandelaar van elk deelnemend ministerie"

    def applies(self, facts: Facts) -> bool:
        return any(code != facts.lead for code in facts.taking_part)

    def check(self, facts: Facts) -> str | None:
        missing = facts.not_contributed
        return f"Wacht op de inbreng van {in_words(missing)} voor de analyse." if missing else None

    def awaited(self, facts: Facts) -> str:
        return f"behandelaar {in_words(facts.not_contributed)}"

    def link(self, facts: Facts) -> tuple[str, list[str | int]]:
        missing = facts.not_contributed
        return ("inbreng", [missing[0]]) if missing else ("fase", [2])
