"""Medians that may be compared, and the report with its bounds."""

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass, field

Work = Callable[[], object]


@dataclass(frozen=True)
class Timed:
    """The median of a work in milliseconds, and the median of what it took against the first work of the same round."""

    ms: float
    ratio: float


def in_turns(*works: Work, rounds: int) -> list[Timed]:
    """Each work once a round, a different one first each time. What else the machine does hits all works of a round alike,
    so the ratios are taken per round."""
    times: list[list[float]] = [[] for _ in works]
    for work in works:
        work()
    for turn in range(rounds):
        for place in range(len(works)):
            number = (turn + place) % len(works)
            times[number].append(once(works[number]))
    first = times[0]
    return [
        Timed(statistics.median(own), statistics.median(mine / its for mine, its in zip(own, first, strict=True)))
        for own in times
    ]


def cpu(work: Work, rounds: int) -> float:
    """The median of one thread's work in milliseconds of processor time, however busy the machine is."""
    work()
    times = []
    for _ in range(rounds):
        begin = time.process_time()
        work()
        times.append((time.process_time() - begin) * 1000)
    return statistics.median(times)


def once(work: Work) -> float:
    begin = time.perf_counter()
    work()
    return (time.perf_counter() - begin) * 1000


@dataclass
class Report:
    """Prints every figure at once, and remembers which bounds were missed."""

    missed: list[str] = field(default_factory=list)

    def say(self, words: str) -> None:
        print(words, flush=True)

    def at_most(self, name: str, value: float, bound: float, unit: str = "×", extra: str = "") -> None:
        self._judge(name, value <= bound, f"{_figure(value)} {unit} (ten hoogste {_figure(bound)})", extra)

    def at_least(self, name: str, value: float, bound: float, unit: str, extra: str = "") -> None:
        self._judge(name, value >= bound, f"{_figure(value)} {unit} (ten minste {_figure(bound)})", extra)

    def _judge(self, name: str, good: bool, words: str, extra: str) -> None:
        self.say(f"  {'✓' if good else '✗'} {name}: {words}{'  ' + extra if extra else ''}")
        if not good:
            self.missed.append(f"{name}: {words}")


def _figure(value: float) -> str:
    """A figure in Dutch notation: 1,43 or 71.000."""
    return f"{value:,.0f}".replace(",", ".") if value >= 20 or value == int(value) else f"{value:.2f}".replace(".", ",")
