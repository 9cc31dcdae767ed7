"""./run hard [--only …] [--rounds N] [--sequences N]"""

import argparse
import logging
import sys
import time

import django

PARTS = ("sql", "diensten", "http", "proces")


def options(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="./run hard", description="Velen tegelijk, foute SQL en willekeurige reeksen. Een fout geeft exitcode 1."
    )
    parser.add_argument("--only", nargs="+", choices=PARTS, default=PARTS, help="alleen deze onderdelen")
    parser.add_argument("--rounds", type=int, default=50, help="hoe vaak elk paar en elke pijl wordt gedaan")
    parser.add_argument("--sequences", type=int, default=1000, help="hoeveel willekeurige reeksen")
    parser.add_argument("--case", default="", help="alleen de gevallen met dit in hun naam")
    parser.add_argument("--from", dest="first", default="", help="ga van de paren verder bij dit geval")
    return parser.parse_args(arguments)


def main(arguments: list[str]) -> int:
    chosen = options(arguments)
    django.setup()
    # Pages for who is late are counted, and what draws a letter talks about every one. A level of a logger does not last:
    # whoever configures logging again takes it back.
    logging.disable(logging.WARNING)
    from tests.hard import parts
    from tests.hard.place import place

    wrong, begin = [], time.monotonic()
    for part in chosen.only:
        with place(part) as here:
            started = time.monotonic()
            wrong += getattr(parts, part)(here, chosen)
            print(f"  {part}: {time.monotonic() - started:.0f} seconden", flush=True)
    print(f"\nKlaar in {time.monotonic() - begin:.0f} seconden, {len(wrong)} fout.")
    for one in wrong:
        print(f"Fout: {one}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
