"""The parts of `./run hard`: each prints its figures and returns what went wrong."""

import argparse

import psycopg
from django.db import connections

from tests.database import Clones


def sql(clones: Clones, chosen: argparse.Namespace) -> list[str]:
    """Twelve kinds of illegal SQL on every guarded table."""
    from tests.demo import load_demo
    from tests.hard.scene import also_present
    from tests.hard.sql import KINDS, Battery

    also_present(load_demo(clones))
    connections.close_all()
    with (
        psycopg.connect(clones.owner_url, autocommit=True) as owner,
        psycopg.connect(clones.runtime_url, autocommit=True) as runtime,
    ):
        battery = Battery(owner, runtime)
        battery.run()
    print(f"Foute SQL: twaalf soorten op {len(battery.tables)} bewaakte tabellen, geweigerd:")
    for kind in KINDS:
        by = [f"{battery.refused[kind, who]} als {who}" for who in (clones.runtime, clones.owner)]
        print(f"  {kind}: {', '.join(by)}")
    grouped: dict[tuple[str, str], list[str]] = {}
    for (kind, table), reason in sorted(battery.without.items()):
        grouped.setdefault((kind, reason), []).append(table)
    for (kind, reason), tables in grouped.items():
        print(f"  {kind} past niet op {len(tables)} tabellen ({reason}): {', '.join(tables)}")
    return [*battery.leaks, *(f"geen rij in {table}" for table in battery.empty), *battery.stale_reasons()]


def diensten(clones: Clones, chosen: argparse.Namespace) -> list[str]:
    """Sixteen threads on each pair and each arrow, through the services."""
    from phases.process.table import STEPS
    from tests.hard import hammer
    from tests.hard.place import cap

    if chosen.first and chosen.first not in hammer.CASES:
        return [f"Geen geval heet “{chosen.first}”."]
    cap(clones)
    print(f"Door de diensten: zestien tegelijk, {chosen.rounds} rondes elk")
    steps = [step for step in STEPS.values() if not step.owner_only and chosen.case in step.name]
    tallies = hammer.pairs(chosen.rounds, chosen.case, chosen.first) + hammer.arrows(steps, chosen.rounds, full=True)
    return [words for tally in tallies for words in tally.wrong]


def proces(clones: Clones, chosen: argparse.Namespace) -> list[str]:
    """Random sequences of acts against the model."""
    from geintegreerd.demo.people import make_people
    from tests.hard import process
    from tests.hard.sim import bases

    process.Procedure.starts = bases(make_people(password=None))
    print(f"Willekeurige reeksen van vijftig handelingen tegen het model: {chosen.sequences}")
    print(process.run(chosen.sequences), flush=True)
    return []


def http(clones: Clones, chosen: argparse.Namespace) -> list[str]:
    """Sixteen browsers on each of the three named pairs."""
    from tests.hard import hammer
    from tests.hard.place import cap

    cap(clones)
    print(f"Door HTTP: zestien tegelijk, {chosen.rounds} rondes elk")
    return [words for tally in hammer.through_http(chosen.rounds, chosen.case) for words in tally.wrong]
