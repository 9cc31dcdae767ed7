"""Does the cases, round after round, and counts."""

import time
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from django.db import connection, transaction

from geintegreerd.demo.people import make_people
from phases.process.table import Step

# The cases of these three are noted in SAME and UNLIKE as they are read.
from tests.hard import actpairs, smopairs, unlikepairs  # noqa: F401
from tests.hard.at_once import Ends, at_once
from tests.hard.cases import Case, arrow, sources
from tests.hard.money import MONEY
from tests.hard.pairs import SAME
from tests.hard.ready import Way, begin
from tests.hard.unlike import UNLIKE
from tests.hard.web import people, serving
from tests.hard.webpairs import WEB, may_log_in

CASES = {**SAME, **UNLIKE, **MONEY}


@dataclass
class Tally:
    """The figures of one part."""

    rounds: int = 0
    winners: int = 0
    losers: Counter = field(default_factory=Counter)
    deadlocks: int = 0
    seconds: float = 0.0
    wrong: list[str] = field(default_factory=list)

    def add(self, ends: Ends) -> None:
        self.rounds += 1
        self.winners += len(ends.won)
        self.losers += ends.lost
        self.deadlocks += sum("deadlock" in fault for fault in ends.faults)

    def line(self, name: str) -> str:
        lost = ", ".join(f"{number} {kind}" for kind, number in sorted(self.losers.items())) or "geen"
        good = "✗" if self.wrong else "✓"
        return (
            f"  {good} {name}: {self.rounds} rondes, {self.winners} winnaars, verliezers: {lost},"
            f" {self.deadlocks} deadlocks, {self.seconds:.1f} s"
        )


def hammer(name: str, cases: Iterable[Case], *, connected: bool = True) -> Tally:
    """A round of each case; prints the figures."""
    tally, begin = Tally(), time.monotonic()
    try:
        for case in cases:
            works = case.works()
            connection.close()
            ends = at_once(works, connected=connected)
            tally.add(ends)
            tally.wrong += [f"{case.name}, ronde {tally.rounds}: {words}" for words in _judged(case, ends)]
    except Exception as error:
        # An hour of other cases is not lost on one that can not be built or judged.
        tally.wrong.append(f"{name}, na ronde {tally.rounds}: {error!r}")
    tally.seconds = time.monotonic() - begin
    print(tally.line(name), flush=True)
    return tally


def _judged(case: Case, ends: Ends) -> list[str]:
    """What is wrong with a round; the next act is tried in the database as the round left it."""
    wrong = list(ends.faults)
    if words := case.judge(ends):
        wrong.append(words)
    try:
        with transaction.atomic():
            case.then()
    except Exception as error:
        wrong.append(f"daarna kan het niet verder: {error!r}")
    left = _connections()
    return [*wrong, f"{left} verbindingen bleven open"] if left > 1 else wrong


def _connections() -> int:
    """How many are connected; a server needs a moment to notice that a thread is gone."""
    deadline = time.monotonic() + 5
    while True:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND state IS NOT NULL"
            )
            count = cursor.fetchone()[0]
        if count == 1 or time.monotonic() > deadline:
            return count
        time.sleep(0.02)


def arrows(steps: Iterable[Step], rounds: int, *, full: bool) -> list[Tally]:
    """These arrows, with their rounds spread over the states that each leaves from."""
    way = begin(make_people(password=None), full=full)
    return [hammer(f"pijl {step.name}", _rounds(way, step, rounds)) for step in steps]


def _rounds(way: Way, step: Step, rounds: int) -> Iterator[Case]:
    states = sources(step)
    for number in range(rounds):
        yield arrow(way, step, *states[number * len(states) // rounds])


def pairs(rounds: int, only: str = "", first: str = "") -> list[Tally]:
    """Every approval pressed by all, and every two acts that exclude or follow each other; from the case named `first` on."""
    cast = make_people(password=None)
    names = list(CASES)
    chosen = {name: CASES[name] for name in names[names.index(first) if first else 0 :] if only in name}
    return [hammer(name, (builder(cast) for _ in range(rounds))) for name, builder in chosen.items()]


def through_http(rounds: int, only: str = "") -> list[Tally]:
    """The named pairs, by people who are logged in."""
    cast = make_people(password=None)
    may_log_in(cast)
    chosen = {name: builder for name, builder in WEB.items() if only in name}
    with serving() as base:
        person = people(base)
        return [
            hammer(f"http: {name}", (builder(cast, person) for _ in range(rounds)), connected=False)
            for name, builder in chosen.items()
        ]
