"""Removes one guard at a time in a copy of the project, and shows that the test named for it goes red.

Run with ./run sabotage. Exit status 1 when a test stays green, or is not there.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LEFT_OUT = shutil.ignore_patterns(".git", ".venv", ".data", "__pycache__", "staticfiles", "screenshots", ".*_cache")


@dataclass(frozen=True)
class Sabotage:
    """A guard: the file and the text that is taken away, what comes instead, and the test that must notice."""

    name: str
    file: str
    text: str
    instead: str
    test: str


SABOTAGES = (
    Sabotage(
        "het slot op de dossierrij",
        "cases/services/locks.py",
        " FOR NO KEY UPDATE OF d",
        "",
        "tests/phases/test_race.py::test_one_winner",
    ),
    Sabotage(
        "de trigger op fase en status",
        "phases/migrations/0002_guards.py",
        "IF NOT EXISTS (\n        SELECT FROM phases_move m",
        "IF false AND NOT EXISTS (\n        SELECT FROM phases_move m",
        "tests/cases/test_guards.py::test_state_changes_only_by_a_move",
    ),
    Sabotage(
        "de toegangscontrole op een dossierpagina",
        "cases/access.py",
        "AND (%(everything)s OR EXISTS (",
        "AND (true OR EXISTS (",
        "tests/architecture/test_leaks.py::test_outsider_gets_the_same_404_everywhere",
    ),
    Sabotage(
        "de veger van de outbox",
        "geintegreerd/settings.py",
        '"sweep-outbox": {"task": "cases.notifications.tasks.drain", "schedule": SWEEP_SECONDS},',
        "",
        "tests/cases/test_outbox.py::test_sweep_finds_what_the_bell_never_announced",
    ),
    Sabotage(
        "de append-only-trigger",
        "cases/dbguards.py",
        "CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table}\n"
        "                    FOR EACH ROW EXECUTE FUNCTION cases_append_only();",
        "",
        "tests/cases/test_audit.py::test_owner_cannot_rewrite_history",
    ),
    Sabotage(
        "het slot op de dossierrij bij een besluit",
        "cases/services/locks.py",
        " FOR NO KEY UPDATE OF d",
        "",
        "tests/hard/test_services.py::test_pair_of_approvals",
    ),
    Sabotage(
        "de controle van de eigen paraaf in de database",
        "cases/migrations/0004_writers_and_rondes.py",
        "IF EXISTS (SELECT FROM cases_documentversion v WHERE v.id = NEW.version_id AND v.created_by_id = NEW.by_id)",
        "RETURN NEW; IF false",
        "tests/hard/test_sql.py",
    ),
    Sabotage(
        "de voorwaarde dat het SMO-advies over de huidige versie gaat",
        "phases/process/gates/smo.py",
        'if paper and not offer.covers(paper.version_id):\n            return f"Het advies',
        'if False:\n            return f"Het advies',
        "tests/phases/test_gates.py",
    ),
    Sabotage(
        "de voorwaarde dat een stuk aan de SMO is aangeboden",
        "phases/process/gates/smo.py",
        'return f"Bied {product} aan de SMO aan."',
        "return None",
        "tests/hard/test_process.py",
    ),
    Sabotage(
        "de bewaking van het intrekken van een BIV-aanvraag in de database",
        "budget_biv/migrations/0011_intrekking.py",
        "IF EXISTS (SELECT FROM budget_biv_saldo s",
        "IF false AND EXISTS (SELECT FROM budget_biv_saldo s",
        "tests/budget_biv/test_take_back.py",
    ),
)


def run(folder: Path, test: str) -> subprocess.CompletedProcess:
    command = [sys.executable, "-m", "pytest", "-q", "-n", "0", "-p", "no:cacheprovider", test]
    env = {**os.environ, "PYTHONPATH": str(folder)}
    return subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True)


def sabotage(one: Sabotage) -> bool:
    """True when the test was green before and red after; prints what happened."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary) / "project"
        shutil.copytree(ROOT, folder, ignore=LEFT_OUT)
        before = run(folder, one.test)
        file = folder / one.file
        text = file.read_text()
        if before.returncode or one.text not in text:
            print(
                f"✗ {one.name}: de test was vooraf niet groen, of de bewaking staat er niet.\n{before.stdout[-2000:]}"
            )
            return False
        file.write_text(text.replace(one.text, one.instead, 1))
        after = run(folder, one.test)
    noticed = after.returncode == 1 and "failed" in after.stdout
    print(f"{'✓' if noticed else '✗'} zonder {one.name} wordt {one.test} {'rood' if noticed else 'NIET rood'}")
    return noticed


def main() -> int:
    parser = argparse.ArgumentParser(prog="./run sabotage", description="Haal telkens één bewaking weg.")
    parser.add_argument("--only", default="", metavar="TEKST", help="alleen bewakingen met deze tekst in hun naam")
    only = parser.parse_args().only
    chosen = [one for one in SABOTAGES if only in one.name]
    if not chosen:
        parser.error("Geen bewaking heeft deze tekst in de naam:\n" + "\n".join(one.name for one in SABOTAGES))
    results = [sabotage(one) for one in chosen]
    print(f"{sum(results)} van {len(results)} bewakingen worden gemist als zij er niet zijn.")
    return 0 if all(results) else 1


if __name__ == "__main__":
    sys.exit(main())
