"""When a military unit may begin: the letter to parliament holds it, other instruments begin on their own dates."""

from cases.models import Dossier, Effort
from phases.process import facts as facts_module
from phases.process.gates import Artikel100Brief, BehandelingAfgerond, NietBeeindigd, ToetsGedaan, judge
from phases.process.table import GATES
from phases.vastlegging.models import Vastlegging

START = f"start-{Effort.EENHEID}"


def hold_start(dossier: Dossier, row: Vastlegging) -> list[str]:
    """Why this start of a unit cannot be registered: no letter, or a start before the treatment that nobody accepts.

    Leidraad kader 6: the government informs and asks no consent, so an earlier start is recorded and not forbidden.
    """
    if row.soort != START:
        return []
    facts = facts_module.load(dossier)
    if Effort.EENHEID not in facts.efforts:
        return ["Dit dossier noemt geen militaire eenheid als soort inzet."]
    closed = []
    for gate in (NietBeeindigd(), ToetsGedaan()):
        if (found := judge(gate, facts)) and not found.open:
            closed.append(f"Een militaire eenheid begint nu niet. {found.sentence}")
    for gate in GATES.values():
        if isinstance(gate, Artikel100Brief) and (found := judge(gate, facts)) and not found.open:
            closed.append(f"Een militaire eenheid begint pas na de artikel 100-brief. {found.sentence}")
        if isinstance(gate, BehandelingAfgerond) and gate.applies(facts) and not facts.waiver(gate.name):
            treated = facts.records.treated_on
            if (treated is None or row.op < treated) and not row.tekst.strip():
                closed.append(
                    "De eenheid begint voor de behandeling in de Kamer is afgerond. Vul in wie dat aanvaardt, en waarom."
                )
    return closed
