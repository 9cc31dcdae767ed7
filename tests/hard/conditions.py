"""The conditions of a conclusion beside the model: met by the penvoerder, then looked at by the secretary of the SMO."""

from phases.smo import services as smo
from phases.smo.models import Aanbieding, Voorwaarde
from tests import builders as b
from tests.hard.model import MET, PENVOERDER, UNCHECKED, UNMET
from tests.hard.sim import Sim

SECRETARY = "secretaris-smo"


def _row(offer: Aanbieding | None, number: int) -> tuple[Voorwaarde | None, bool]:
    """A condition of the newest conclusion that made any, and whether no later conclusion took it away."""
    if offer is None:
        return None, False
    asked = Voorwaarde.objects.filter(conclusie__aanbieding=offer).order_by("-conclusie", "number")
    row = asked[number : number + 1].first()
    return row, row is not None and row.conclusie_id == offer.conclusies.latest("id").pk


def meet(sim: Sim, kind: str, number: int, by: str) -> bool:
    """What nobody met yet, or what the secretary sent back, is met."""
    offer, version = sim._offer(kind)
    row, counts = _row(offer, number)
    if row is None:
        return False
    allowed = sim.model.running and by == PENVOERDER and counts and version.conditions[number] == UNMET
    words = {"voorwaarde_id": row.pk, "tekst": "Gedaan.", "done_on": b.today(), "by": sim.cast[by]}
    effect = lambda: version.conditions.__setitem__(number, UNCHECKED)  # noqa: E731
    return sim.act(f"{by} handelt van {kind} af", allowed, lambda: smo.meet_condition(**words), effect)


def check(sim: Sim, kind: str, number: int, good: bool, by: str) -> bool:
    """The secretary looks at how it was met last, once."""
    offer, version = sim._offer(kind)
    row, counts = _row(offer, number)
    done = row.afhandelingen.last() if row else None
    if done is None:
        return False
    allowed = sim.model.running and by == SECRETARY and counts and version.conditions[number] == UNCHECKED
    words = {"afhandeling_id": done.pk, "voldaan": good, "toelichting": "Gezien.", "by": sim.cast[by]}
    effect = lambda: version.conditions.__setitem__(number, MET if good else UNMET)  # noqa: E731
    verdict = "voldaan" if good else "niet voldaan"
    return sim.act(f"{by} vindt {kind} {verdict}", allowed, lambda: smo.check_condition(**words), effect)


def solve(sim: Sim, kind: str) -> None:
    """Meets the first open condition, or has it looked at."""
    states = sim.model.paper(kind).last.conditions
    number = next(n for n, state in enumerate(states) if state != MET)
    if states[number] == UNMET:
        meet(sim, kind, number, PENVOERDER)
    else:
        check(sim, kind, number, True, SECRETARY)
