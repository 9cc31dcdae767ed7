"""What is done by many at once: the arrows of the table, the same act pressed by all, and two acts that exclude or follow each other.

A case is prepared anew for every round, through the real services. `works` gives the sixteen, `judge` says what is wrong with
how they ended ("" when nothing is), `then` is the next act, which must still be possible.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from itertools import cycle
from random import choice
from time import sleep

from django.db.models import Max

from cases.models import Dossier, Event
from cases.phase import Phase, Status
from phases.process import services
from phases.process.models import Move
from phases.process.table import STEPS, Step
from tests.hard.at_once import THREADS, Ends, Work, Works
from tests.hard.ready import Way

# How long the one side of two acts waits, in seconds.
MOMENTS = (0, 0, 0.05, 0.15)


@dataclass
class Case:
    """One round of something."""

    name: str
    works: Callable[[], Works]
    judge: Callable[[Ends], str]
    then: Callable[[], object] = lambda: None


def same(name: str, work: Callable[..., object], *people: object) -> Works:
    """Sixteen who press the same, taking turns when there are more people who may."""
    return [(name, partial(work, who)) for who, _ in zip(cycle(people), range(THREADS), strict=False)]


def against(one: str, first: Work, other: str, second: Work) -> Works:
    """Eight who do one thing, eight who do the other; either side may be a moment later, so that the longer act comes first too."""
    works = (other, _later(second)), (one, _later(first))
    return [works[i % 2] for i in range(THREADS)]


def _later(work: Work) -> Work:
    moment = choice(MOMENTS)

    def act() -> object:
        sleep(moment)
        return work()

    return act


def exactly_one(ends: Ends) -> str:
    return "" if ends.winners() == 1 else f"{ends.winners()} winnaars"


def each_at_most_once(ends: Ends) -> str:
    """Of two acts that may follow each other: at least one happened, and neither twice."""
    names = [name for name, _ in ends.won]
    twice = [name for name in set(names) if names.count(name) > 1]
    return f"tweemaal: {twice}" if twice else "" if names else "niemand won"


def both_once(ends: Ends) -> str:
    """Of two acts that both must succeed, each did, once."""
    names = sorted(name for name, _ in ends.won)
    return "" if len(names) == 2 and len(set(names)) == 2 else f"gewonnen: {names}"


def in_order(dossier_id: int, first: tuple[str, str], second: tuple[str, str]) -> Callable[[Ends], str]:
    """Of two acts of which the second makes the first impossible: when both happened, the first was first."""

    def judge(ends: Ends) -> str:
        earlier, later = happened(dossier_id, *first), happened(dossier_id, *second)
        wrong = "verkeerde volgorde" if earlier and later and earlier > later else ""
        return wrong or each_at_most_once(ends)

    return judge


def happened(dossier_id: int, kind: str, beginning: str = "") -> int:
    """Where in the chain the newest event of a kind stands; 0 when it is not there."""
    events = Event.objects.filter(dossier_id=dossier_id, kind=kind, sentence__startswith=beginning)
    return events.aggregate(last=Max("seq"))["last"] or 0


def arrow(way: Way, step: Step, phase: Phase, status: Status) -> Case:
    """Sixteen times the same arrow from this state: one move, and the dossier is where it points."""
    way.bring(phase, status)
    way.make_ready(step)
    arguments = way.arguments(step)
    before = Move.objects.filter(dossier=way.pk).count()

    def judge(ends: Ends) -> str:
        d = Dossier.objects.get(pk=way.pk)
        target = (step.target, status) if isinstance(step.target, Phase) else (phase, step.target)
        if (d.phase, d.status) != target:
            return f"het dossier staat in {d.phase}, {d.status}"
        moves = Move.objects.filter(dossier=d).count() - before
        if moves != 1 or d.moves_made != arguments["seen_version"] + 1:
            return f"{moves} zetten"
        return exactly_one(ends)

    def then() -> None:
        """No gate is stuck: from where it is now the dossier comes back to where it was."""
        way.bring(phase, status)

    press = lambda _: services.transition(**arguments)  # noqa: E731
    return Case(f"{step.name} uit {phase}", lambda: same(step.name, press, None), judge, then)


def sources(step: Step) -> list[tuple[Phase, Status]]:
    """The states that an arrow leaves from, as far as a dossier can come there."""
    return [(phase, status) for phase, status, _, _ in step.ends() if reachable(phase, status)]


def reachable(phase: Phase, status: Status) -> bool:
    """Whether some arrow leads to this state; a running dossier comes in every phase."""
    return status == Status.LOPEND or any(phase in s.source for s in STEPS.values() if s.target == status)
