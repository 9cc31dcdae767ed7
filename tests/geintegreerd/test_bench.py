"""The bench itself, on a handful of dossiers and with its bounds off: it still runs, and it would say that a bound is missed."""

import os
import subprocess
import sys

import pytest

from cases.letters.base import snapshot
from tests.bench.clock import Report
from tests.bench.papers import long_letter
from tests.database import ROOT

FIGURES = (
    "zichtbaarheid bij 200, 19 %",
    "/dossiers/ bij 200 tegen 200",
    "langzaamste filter",
    "extra queries, behandelaar-bz",
    "stap met stuk",
    "opslaan met regel",
    "verify_audit",
    "BIV-jaar, tien keer zoveel",
)


def test_every_database_figure_is_still_measured(django_db_setup):
    command = [
        sys.executable,
        "-m",
        "tests.bench",
        "200",
        "--no-bounds",
        "--rounds",
        "1",
        "--children",
        "3",
        "--requests",
        "60",
    ]
    done = subprocess.run(
        [*command, "--only", "lijsten", "dossier", "logboek", "biv"],
        cwd=ROOT,
        env=os.environ,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert [figure for figure in FIGURES if figure not in done.stdout] == []


def test_the_letter_of_the_bench_can_be_drawn():
    html = snapshot(long_letter()).html
    assert html.count("<h2") == 7 and "Raming van de uitgaven" in html


@pytest.mark.parametrize(("value", "missed"), [(1.5, 0), (1.51, 1)])
def test_a_missed_bound_is_remembered(value, missed, capsys):
    report = Report()
    report.at_most("voorbeeld", value, 1.5)
    assert len(report.missed) == missed
    assert ("✗" in capsys.readouterr().out) is bool(missed)
