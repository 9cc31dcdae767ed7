"""Writes the phase plan into phases/README.md, or checks that it and the database still say the same as the table."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from phases.process import plan

README = Path(__file__).resolve().parents[2] / "README.md"


class Command(BaseCommand):
    help = "Schrijft het fasenplan in phases/README.md. Met --check wordt er alleen vergeleken."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--check", action="store_true", help="Vergelijk, schrijf niets, en eindig met 1 bij verschil."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["check"]:
            self._check()
            return
        README.write_text(renewed(README.read_text()))
        self.stdout.write(plan.as_markdown())

    def _check(self) -> None:
        stale = (
            []
            if plan.as_markdown() in README.read_text()
            else ["phases/README.md is verouderd: voer ./run manage phaseplan uit."]
        )
        problems = stale + plan.arrow_differences()
        if problems:
            raise CommandError("\n".join(problems))
        self.stdout.write("Het fasenplan klopt.")


def renewed(text: str) -> str:
    """The README with its generated part made again; raises CommandError when the markers are gone."""
    before, begin, rest = text.partition(plan.BEGIN)
    _, end, after = rest.partition(plan.END)
    if not begin or not end:
        raise CommandError("In phases/README.md ontbreken de tekens waartussen het fasenplan hoort.")
    return before + plan.as_markdown() + after
