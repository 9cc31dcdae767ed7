"""./run bench [largest number of dossiers] [--only part …] [--no-bounds] [--rounds N]"""

import argparse
import sys
import time

import django

PARTS = ("lijsten", "dossier", "logboek", "brieven", "biv")


def options(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="./run bench", description="Meet de snelheid. Een gemiste grens geeft exitcode 1."
    )
    parser.add_argument("size", nargs="?", type=int, default=100_000, help="het grootste aantal dossiers")
    parser.add_argument("--only", nargs="+", choices=PARTS, default=PARTS, help="alleen deze onderdelen")
    parser.add_argument("--requests", type=int, default=2000, help="hoeveel dossiers geld vragen in een BIV-jaar")
    parser.add_argument("--rounds", type=int, default=20, help="hoe vaak elke meting wordt gedaan")
    parser.add_argument(
        "--children", type=int, default=1000, help="hoeveel stukken, gebeurtenissen … het volle dossier heeft"
    )
    parser.add_argument("--letters", type=int, default=100, help="hoeveel brieven de worker na elkaar maakt")
    parser.add_argument("--no-bounds", action="store_true", help="alleen meten: een gemiste grens is geen fout")
    return parser.parse_args(arguments)


def main(arguments: list[str]) -> int:
    chosen = options(arguments)
    django.setup()
    from tests.bench.clock import Report
    from tests.bench.places import places

    sizes = sorted({min(1_000, chosen.size), min(10_000, chosen.size), chosen.size})
    report, begin = Report(), time.monotonic()
    with places([*map(str, sizes), "dossier", "biv"]) as found:
        _measure(report, found, sizes, chosen)
    report.say(f"\nKlaar in {time.monotonic() - begin:.0f} seconden.")
    for missed in report.missed:
        report.say(f"Grens gemist: {missed}")
    return 1 if report.missed and not chosen.no_bounds else 0


def _measure(report, found, sizes: list[int], chosen: argparse.Namespace) -> None:
    from tests.bench import biv, dossier, lists, papers
    from tests.bench.seed import seed

    needed = sizes if "lijsten" in chosen.only else sizes[-1:] if "logboek" in chosen.only else []
    for size in needed:
        begin = time.monotonic()
        seed(found.clones[str(size)].owner_url, size)
        report.say(f"{size} dossiers klaargezet in {time.monotonic() - begin:.1f} seconden")
    if "lijsten" in chosen.only:
        lists.measure(report, found, sizes, chosen.rounds)
    found.use("dossier")
    if "dossier" in chosen.only:
        dossier.measure(report, found, chosen.children, chosen.rounds)
    if "logboek" in chosen.only:
        found.use(str(sizes[-1]))
        dossier.verify(report, chosen.rounds)
    if "brieven" in chosen.only:
        papers.measure(report, found, "dossier", chosen.rounds, chosen.letters)
    if "biv" in chosen.only:
        seed(found.clones["biv"].owner_url, chosen.requests)
        biv.measure(report, found, "biv", chosen.rounds)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
