"""What holds the step out of Analyse en beoordeling."""

from dataclasses import dataclass
from typing import ClassVar

from phases.process.facts import Facts
from phases.process.gates.base import Gate


@dataclass(frozen=True)
class BetrokkenheidGewenst(Gate):
    """De geïntegreerde beoordeling zegt dat Nederlandse betrokkenheid gewenst is."""

    key: ClassVar[str] = "gewenst"
    source: ClassVar[str] = "Leidraad par. 3.6, fase 2"
    url_name: ClassVar[str] = "analyse"

    def applies(self, facts: Facts) -> bool:
        return "analyse" in facts.papers

    def check(self, facts: Facts) -> str | None:
        if facts.papers["analyse"].values.get("wenselijkheid") == "ja":
            return None
        return "De beoordeling zegt dat betrokkenheid niet gewenst is. Stop het dossier of herzie de beoordeling."
