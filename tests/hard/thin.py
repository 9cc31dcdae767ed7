"""The thin records beside the model: registered facts, contributions, indicators, lessons and promises; waivers and what they
leave to catch up; a toets that deviates.
"""

from cases.models import Toets
from cases.services import dossiers
from phases.analyse import services as analyse
from phases.kamer import toezeggingen
from phases.lessen import services as lessen
from phases.planning import services as planning
from phases.process import afwijkingen
from phases.process import services as process
from phases.process.afwijking_models import Inhaalplicht
from phases.process.models import Waiver
from phases.process.table import GATES
from phases.vastlegging import services as vastlegging
from phases.vastlegging.models import Vastlegging
from tests import builders as b
from tests.hard.model import FACTS, LEADER, PENVOERDER, WAIVABLE, Fact, Toetsed
from tests.hard.sim import Sim


def handlers(sim: Sim) -> set[str]:
    """The behandelaars who write in this dossier."""
    return {f"behandelaar-{code.lower()}" for code in sim.model.ministries}


def register(sim: Sim, soort: str, by: str) -> bool:
    m, words = sim.model, {"op": b.today(), **b.VASTLEGGINGEN[soort]}
    act = lambda: vastlegging.register(dossier_id=sim.way.pk, soort=soort, by=sim.cast[by], **words)  # noqa: E731
    effect = lambda: m.recorded.__setitem__(soort, Fact(soort, by, m.tick()))  # noqa: E731
    allowed = m.running and by in FACTS[soort] and (soort != "politie" or "JENV" in m.ministries)
    return sim.act(f"{by} legt {soort} vast", allowed, act, effect)


def confirm(sim: Sim, by: str) -> bool:
    """The decision on the police."""
    known = sim.model.recorded.get("politie")
    row = Vastlegging.objects.filter(ronde=sim.way.dossier.current_ronde, soort="politie").last()
    if known is None or row is None:
        return False
    act = lambda: vastlegging.confirm(vastlegging_id=row.pk, by=sim.cast[by])  # noqa: E731
    allowed = sim.model.running and by in FACTS["politie"] - {known.by} and not known.confirmed
    return sim.act(f"{by} bevestigt de politie", allowed, act, lambda: setattr(known, "confirmed", True))


def contribute(sim: Sim, code: str, by: str) -> bool:
    m = sim.model
    words = {"ministry": b.ministry(code), "soort": "geen", "tekst": "Wij sluiten ons aan."}
    act = lambda: analyse.contribute(dossier_id=sim.way.pk, by=sim.cast[by], **words)  # noqa: E731
    allowed = m.running and code in m.ministries and by == f"behandelaar-{code.lower()}"
    return sim.act(f"{by} geeft inbreng van {code}", allowed, act, lambda: m.contributed.add(code))


def measure(sim: Sim, by: str) -> bool:
    m, words = sim.model, {**b.INDICATOR, "nulmeting_op": b.today()}
    act = lambda: planning.add_indicator(dossier_id=sim.way.pk, by=sim.cast[by], **words)  # noqa: E731
    allowed = m.running and by in handlers(sim)
    return sim.act(f"{by} meet", allowed, act, lambda: setattr(m, "measured", True))


def learn(sim: Sim, by: str) -> bool:
    m, words = sim.model, {"les": "Te laat.", "aanbeveling": "Eerder."}
    act = lambda: lessen.record(dossier_id=sim.way.pk, by=sim.cast[by], **words)  # noqa: E731
    effect = lambda: setattr(m, "lessons", m.lessons + 1)  # noqa: E731
    return sim.act(f"{by} legt een les vast", m.running and by in handlers(sim), act, effect)


def promise(sim: Sim, by: str) -> bool:
    """The secretariaat of BZ, or the penvoerder, notes that DEF or JENV promised something; "BZ" keeps it here."""
    m, made = sim.model, []
    words = {"tekst": "Een brief.", "aan": "de commissie", "gedaan_op": b.today(), "ministry": b.ministry("BZ")}
    act = lambda: made.append(toezeggingen.promise(dossier_id=sim.way.pk, by=sim.cast[by], **words))  # noqa: E731
    allowed = m.running and by in {PENVOERDER, "secretariaat"}
    return sim.act(f"{by} noteert een toezegging", allowed, act, lambda: m.promises.append(made[0].pk))


def settle(sim: Sim, by: str) -> bool:
    """The oldest open promise."""
    m = sim.model
    if not m.promises:
        return False
    words = {"hoe": "gedaan", "op": b.today(), "toelichting": "De brief is gestuurd."}
    act = lambda: toezeggingen.settle(toezegging_id=m.promises[0], by=sim.cast[by], **words)  # noqa: E731
    return sim.act(f"{by} doet een toezegging af", m.running and by == PENVOERDER, act, lambda: m.promises.pop(0))


def ask(sim: Sim, gate: str, by: str) -> bool:
    m = sim.model
    duty = {"holder": b.ministry("BZ"), "term": b.today()} if GATES[gate].catch_up else {}
    words = {"gate": gate, "reason": "Spoed.", "until": b.today(), **duty}
    act = lambda: process.ask_waiver(dossier_id=sim.way.pk, by=sim.cast[by], **words)  # noqa: E731
    allowed = m.running and by == PENVOERDER and gate in WAIVABLE[m.forward()] and gate not in m.asked
    allowed = allowed and not (gate.startswith("smo:") and m.spoken(gate.removeprefix("smo:")))
    return sim.act(f"{by} vraagt af te wijken van {gate}", allowed, act, lambda: m.asked.add(gate))


def grant(sim: Sim, gate: str, by: str) -> bool:
    """The newest request about a gate; only an open one can be granted."""
    m = sim.model
    row = Waiver.objects.filter(ronde=sim.way.dossier.current_ronde, gate=gate).last()
    if row is None:
        return False
    act = lambda: process.grant_waiver(waiver_id=row.pk, by=sim.cast[by])  # noqa: E731
    allowed = m.running and gate in m.asked and by == ("voorzitter-smo" if m.needs_smo else "teamleider-bz")

    def effect() -> None:
        m.asked.discard(gate)
        m.granted[gate] = m.tick()
        # Only what is brought in for the analysis is caught up later.
        m.duties += gate == "inbreng"

    return sim.act(f"{by} verleent de afwijking van {gate}", allowed, act, effect)


def catch_up(sim: Sim, by: str) -> bool:
    """The oldest thing that must still be caught up; BZ took all of it on."""
    m = sim.model
    row = Inhaalplicht.objects.filter(
        waiver__ronde__dossier=sim.way.pk, waiver__granted_by__isnull=False, ingehaald=None
    )
    duty = row.order_by("id").first()
    if duty is None:
        return False
    act = lambda: afwijkingen.catch_up(plicht_id=duty.pk, by=sim.cast[by], tekst="Alsnog gegeven.")  # noqa: E731
    effect = lambda: setattr(m, "duties", m.duties - 1)  # noqa: E731
    return sim.act(f"{by} meldt dat iets is ingehaald", m.running and by == PENVOERDER, act, effect)


def solve(sim: Sim, key: str) -> bool:
    """Opens a closed gate as a sensible person would; False when this is not one of these."""
    if key in FACTS:
        by = min(FACTS[key])
        register(sim, key, by)
        if key == "politie":
            confirm(sim, "gemachtigde-jenv-2")
        return True
    others = [code for code in sim.model.ministries if code != "BZ"]
    acts = {
        "inbreng": lambda: [contribute(sim, code, f"behandelaar-{code.lower()}") for code in others],
        "indicatoren": lambda: measure(sim, PENVOERDER),
        "lessen": lambda: learn(sim, PENVOERDER),
        "toezeggingen": lambda: settle(sim, PENVOERDER),
        "ingehaald": lambda: catch_up(sim, PENVOERDER),
    }
    if key in acts:
        acts[key]()
    return key in acts


def deviate(sim: Sim, applies: bool, by: str) -> bool:
    """The answers say otherwise."""
    m, answers = sim.model, dict.fromkeys(("rechtsorde", "geweld", "humanitair"), not applies)
    words = {
        "eenheid": True,
        "dossier_id": sim.way.pk,
        "override_reason": "Een geval apart.",
        "applies": applies,
        **answers,
    }
    act = lambda: dossiers.judge_artikel_100(by=sim.cast[by], **words)  # noqa: E731

    def effect() -> None:
        m.toets = Toetsed(applies, m.phase in {"orientatie", "analyse"}, deviates=True)

    return sim.act(f"{by} wijkt af met de toets: {applies}", m.running and by == PENVOERDER, act, effect)


def agree(sim: Sim, by: str) -> bool:
    m, found = sim.model, Toets.objects.filter(ronde__dossier=sim.way.pk).order_by("id").last()
    if found is None:
        return False
    allowed = m.running and by == LEADER and m.toets is not None and m.toets.deviates
    act = lambda: dossiers.confirm_toets(toets_id=found.pk, by=sim.cast[by])  # noqa: E731
    return sim.act(f"{by} bevestigt de afwijking", allowed, act, lambda: setattr(m.toets, "deviates", False))
