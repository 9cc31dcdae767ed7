"""Random sequences of acts by people with and without the right, against the model. Each sequence is rolled back at its end."""

import time
from typing import ClassVar

from django.db import connection, transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from tests.hard import conditions, thin
from tests.hard.model import CONDITIONAL, FACTS, PHASES, POSITIVE, PRODUCTS, WAIVABLE
from tests.hard.sim import FIGURES, UNKNOWN, Sim

WHO = [
    "behandelaar-bz", "behandelaar-jenv", "behandelaar-def", "teamleider-bz", "teamleider-jenv", "teamleider-def",
    "smo-def", "voorzitter-smo", "secretaris-smo", "gemachtigde-bz", "gemachtigde-bz-2", "gemachtigde-jenv",
    "secretariaat", "auditor", "buitenstaander",
]  # fmt: skip
STEPS = [*(f"terug_naar_{phase}" for phase in PHASES[:-1]), *(f"naar_{phase}" for phase in PHASES[1:]),
         "afsluiten", "stoppen", "verlengen", "eerder_beeindigen", "heropenen"]  # fmt: skip
gates = st.sampled_from(sorted({gate for names in WAIVABLE.values() for gate in names}))
anybody, kinds, codes = st.sampled_from(WHO), st.sampled_from(PRODUCTS), st.sampled_from(["BZ", "JENV", "DEF"])


def mostly(who: str):
    """The right person more often than not."""
    return st.one_of(st.just(who), st.just(who), anybody)


class Procedure(RuleBasedStateMachine):
    """One sequence: the rules are the services."""

    starts: ClassVar[list[Sim]] = []
    length: ClassVar[int] = 50

    def __init__(self) -> None:
        super().__init__()
        self.taken = 0
        self.whole = transaction.atomic()
        self.whole.__enter__()

    @initialize(start=st.integers(0, 11))
    def begin(self, start: int) -> None:
        self.sim = self.starts[start % len(self.starts)].copy()

    def kind(self, kind: str, here: bool) -> str:
        """A paper of the present phase, or any."""
        return PRODUCTS[PHASES.index(self.sim.model.phase)] if here else kind

    def on_conditions(self, kind: str, here: bool) -> str:
        """A paper of which a condition is open, or any."""
        asked = [name for name, paper in self.sim.model.papers.items() if paper.offered and paper.offered.on_conditions]
        return asked[0] if here and asked else kind

    @rule(times=st.integers(4, 12), chair=st.sampled_from([POSITIVE, CONDITIONAL]))
    def go_on(self, times: int, chair: str) -> None:
        self.sim.chair = chair
        for _ in range(times):
            self.sim.help()

    @rule(kind=kinds, here=st.booleans(), by=mostly("behandelaar-bz"))
    def write(self, kind: str, here: bool, by: str) -> None:
        self.sim.write(self.kind(kind, here), by)

    @rule(kind=kinds, here=st.booleans(), by=mostly("behandelaar-bz"))
    def put_forward(self, kind: str, here: bool, by: str) -> None:
        self.sim.put_forward(self.kind(kind, here), by)

    @rule(kind=kinds, here=st.booleans(), code=codes, right=st.booleans(), by=anybody)
    def initial(self, kind: str, here: bool, code: str, right: bool, by: str) -> None:
        self.sim.initial(self.kind(kind, here), code, f"teamleider-{code.lower()}" if right else by)

    @rule(kind=kinds, code=codes, right=st.booleans(), by=anybody)
    def give_back(self, kind: str, code: str, right: bool, by: str) -> None:
        self.sim.give_back(kind, code, f"teamleider-{code.lower()}" if right else by)

    @rule(kind=kinds, here=st.booleans(), by=mostly("behandelaar-bz"))
    def adopt(self, kind: str, here: bool, by: str) -> None:
        self.sim.adopt(self.kind(kind, here), by)

    @rule(kind=kinds, here=st.booleans(), by=mostly("behandelaar-bz"))
    def offer(self, kind: str, here: bool, by: str) -> None:
        self.sim.offer(self.kind(kind, here), by)

    @rule(kind=kinds, here=st.booleans(), by=mostly("smo-def"))
    def position(self, kind: str, here: bool, by: str) -> None:
        self.sim.position(self.kind(kind, here), "DEF", by)

    @rule(
        kind=kinds, here=st.booleans(), by=st.one_of(mostly("voorzitter-smo"), st.just("secretaris-smo")),
        verdict=st.sampled_from(["positief", "negatief", "aangehouden", "positief-voorwaarden", "positief-voorwaarden"]),
    )  # fmt: skip
    def conclude(self, kind: str, here: bool, verdict: str, by: str) -> None:
        self.sim.conclude(self.kind(kind, here), verdict, by)

    @rule(kind=kinds, here=st.booleans(), number=st.sampled_from([0, 1]), by=mostly("behandelaar-bz"))
    def meet_condition(self, kind: str, here: bool, number: int, by: str) -> None:
        conditions.meet(self.sim, self.on_conditions(kind, here), number, by)

    @rule(
        kind=kinds, here=st.booleans(), number=st.sampled_from([0, 1]), good=st.booleans(), by=mostly("secretaris-smo"),
    )  # fmt: skip
    def check_condition(self, kind: str, here: bool, number: int, good: bool, by: str) -> None:
        conditions.check(self.sim, self.on_conditions(kind, here), number, good, by)

    @rule(kind=kinds, here=st.booleans(), by=mostly("behandelaar-bz"))
    def withdraw(self, kind: str, here: bool, by: str) -> None:
        self.sim.withdraw(self.kind(kind, here), by)

    @rule(
        kind=st.sampled_from(["analyse", "opties", "plan"]), code=codes, right=st.booleans(), by=anybody,
        uitkomst=st.sampled_from(["akkoord", "akkoord", "niet-akkoord"]),
    )  # fmt: skip
    def register(self, kind: str, code: str, right: bool, by: str, uitkomst: str) -> None:
        self.sim.register(kind, code, uitkomst, f"gemachtigde-{code.lower()}" if right else by)

    @rule(kind=st.sampled_from(["analyse", "opties", "plan"]), code=codes, right=st.booleans(), by=anybody)
    def confirm(self, kind: str, code: str, right: bool, by: str) -> None:
        self.sim.confirm(kind, code, f"gemachtigde-{code.lower()}-2" if right else by)

    @rule(soort=st.sampled_from(sorted(FACTS)), right=st.booleans(), by=anybody)
    def record(self, soort: str, right: bool, by: str) -> None:
        thin.register(self.sim, soort, min(FACTS[soort]) if right else by)

    @rule(by=st.one_of(mostly("gemachtigde-jenv-2"), st.just("gemachtigde-jenv")))
    def confirm_police(self, by: str) -> None:
        thin.confirm(self.sim, by)

    @rule(code=codes, right=st.booleans(), by=anybody)
    def contribute(self, code: str, right: bool, by: str) -> None:
        thin.contribute(self.sim, code, f"behandelaar-{code.lower()}" if right else by)

    @rule(
        which=st.sampled_from([thin.measure, thin.learn, thin.promise, thin.settle, thin.catch_up]),
        by=mostly("behandelaar-bz"),
    )
    def note(self, which, by: str) -> None:
        which(self.sim, by)

    @rule(gate=gates, ahead=st.booleans(), by=mostly("behandelaar-bz"))
    def ask_waiver(self, gate: str, ahead: bool, by: str) -> None:
        mine = WAIVABLE[self.sim.model.forward()]
        thin.ask(self.sim, mine[0] if ahead and mine else gate, by)

    @rule(gate=gates, right=st.booleans(), by=anybody)
    def grant_waiver(self, gate: str, right: bool, by: str) -> None:
        open_ = sorted(self.sim.model.asked)
        chair = "voorzitter-smo" if self.sim.model.needs_smo else "teamleider-bz"
        thin.grant(self.sim, open_[0] if right and open_ else gate, chair if right else by)

    @rule(applies=st.booleans(), by=mostly("behandelaar-bz"))
    def toets(self, applies: bool, by: str) -> None:
        self.sim.toets(applies, by)

    @rule(applies=st.booleans(), by=mostly("behandelaar-bz"))
    def deviate(self, applies: bool, by: str) -> None:
        thin.deviate(self.sim, applies, by)

    @rule(by=mostly("teamleider-bz"))
    def confirm_toets(self, by: str) -> None:
        thin.agree(self.sim, by)

    @rule(step=st.sampled_from(STEPS), by=mostly("behandelaar-bz"), stale=st.booleans())
    def propose(self, step: str, by: str, stale: bool) -> None:
        self.sim.propose(step, by, stale)

    @rule(step=st.sampled_from(STEPS), right=st.booleans(), by=anybody, stale=st.sampled_from([False, False, True]))
    def step(self, step: str, right: bool, by: str, stale: bool) -> None:
        self.sim.step(step, self.sim.model.mover(step) if right else by, stale)

    @rule(right=st.booleans(), by=anybody)
    def step_ahead(self, right: bool, by: str) -> None:
        self.sim.step(self.sim.model.forward(), self.sim.model.mover("naar_") if right else by)

    @invariant()
    def agree(self) -> None:
        if hasattr(self, "sim"):
            FIGURES["stappen"] += 1
            self.taken += 1
            self.sim.compare()

    def teardown(self) -> None:
        """What waits until the end of a transaction is checked too; then it is as if nothing happened."""
        FIGURES["reeksen"] += 1
        FIGURES["volle reeksen"] += self.taken >= self.length
        try:
            with connection.cursor() as cursor:
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        finally:
            transaction.set_rollback(True)
            self.whole.__exit__(None, None, None)


def run(sequences: int, steps: int = 50, *, same: bool = False) -> str:
    """So many whole sequences, beside the short ones that hypothesis also tries; the figures in words. Raises what it found.

    `same`: the same sequences each time.
    """
    begin = time.monotonic()
    FIGURES.clear()
    Procedure.length = steps
    while (missing := sequences - FIGURES["volle reeksen"]) > 0:
        chosen = settings(
            max_examples=missing, stateful_step_count=steps, deadline=None, database=None, print_blob=False,
            derandomize=same,
            suppress_health_check=list(HealthCheck), phases=(Phase.generate,),
        )  # fmt: skip
        run_state_machine_as_test(Procedure, settings=chosen)
    seconds = time.monotonic() - begin
    return (
        f"  {FIGURES['volle reeksen']} reeksen van {steps} en {FIGURES['reeksen'] - FIGURES['volle reeksen']} kortere,"
        f" {FIGURES['stappen']} stappen, {FIGURES['gedaan']} keer gedaan, {FIGURES['geweigerd']} keer geweigerd, telkens zoals"
        f" het model zegt, {seconds:.0f} s; niet in het model: {', '.join(sorted(UNKNOWN)) or 'geen poort'}"
    )
