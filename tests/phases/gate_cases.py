"""Plain facts for the tests of the gates."""

from datetime import date
from typing import Any

from cases.phase import Phase
from phases.process.facts import BesluitFact, Facts, PaperFact, SmoFact

TODAY = date(2026, 11, 21)


def facts(**values: Any) -> Facts:
    """A dossier with a military unit, in Oriëntatie."""
    base = {"today": TODAY, "phase": Phase.ORIENTATIE, "ronde_number": 1, "efforts": frozenset({"eenheid"})}
    return Facts(**{**base, **values})


def paper(**values: Any) -> PaperFact:
    return PaperFact(**{"version_id": 7, "number": 2, "author_id": 1, **values})


def offer(**values: Any) -> SmoFact:
    return SmoFact(**{"version_id": 7, "version_number": 2, "meeting_on": TODAY, **values})


def besluit(**values: Any) -> BesluitFact:
    """A confirmed choice of option A by the minister of BZ."""
    base = {"id": 5, "version_id": 7, "orgaan": "bewindspersonen", "uitkomst": "akkoord", "optie": "A"}
    base["kind"] = "opties" if values.get("optie", "A") else "plan"
    return BesluitFact(**{**base, "confirmed": True, "ministry": "BZ", **values})
