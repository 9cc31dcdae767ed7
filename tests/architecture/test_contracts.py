"""The house rules that a machine can check: who imports whom, how long a file is, what may not stand in a file."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.database import ROOT

APPS = ("geintegreerd", "phases", "budget_biv", "cases")
SOURCES = [p for app in APPS for p in sorted((ROOT / app).rglob("*.py")) if "migrations" not in p.parts]
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def test_import_contracts():
    done = subprocess.run([Path(sys.executable).parent / "lint-imports"], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("path", SOURCES, ids=name)
def test_no_signals_in_the_domain(path):
    assert "django.dispatch" not in path.read_text()
    assert "models.signals" not in path.read_text()


@pytest.mark.parametrize("pattern", ["*.py", "*.html", "*.css", "*.js"])
def test_files_stay_short(pattern):
    long = [
        name(path)
        for folder in (*APPS, "templates", "static", "tests")
        for path in (ROOT / folder).rglob(pattern)
        if "migrations" not in path.parts and len(path.read_text().splitlines()) > 400
    ]
    assert long == []
    assert len((ROOT / "run").read_text().splitlines()) <= 400


def test_functions_stay_short():
    long = []
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef) and (node.end_lineno or 0) - node.lineno > 42:
                long.append(f"{name(path)}:{node.name} ({(node.end_lineno or 0) - node.lineno} regels)")
    assert long == []


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_no_inline_script_or_style(path):
    text = path.read_text()
    assert not re.search(r"<style\b", text)
    assert not re.search(r"<script(?![^>]*\bsrc=)", text)
    assert not re.search(r"\s(style|on(click|change|submit|load|error|input|key\w+|mouse\w+|focus|blur))=\"", text), (
        "a style or event attribute"
    )
    assert "javascript:" not in text and "hx-on" not in text


def test_every_template_is_used():
    haystack = "\n".join(p.read_text() for p in [*SOURCES, *TEMPLATES])
    by_django = {"404.html", "500.html", "429.html"}  # by name: Django the first two, allauth the last
    unused = []
    for path in TEMPLATES:
        short = str(path.relative_to(ROOT / "templates"))
        if short in by_django or short.startswith(("django/", "account/")):
            continue
        stem = short.removesuffix(".html")
        dynamic = short.startswith("letters/") and Path(short).stem in {"kamerbrief", "rapport", "product"}
        if f'"{short}"' not in haystack and f"'{short}'" not in haystack and stem not in haystack and not dynamic:
            unused.append(short)
    assert unused == []


def test_requirements_name_no_index():
    text = (ROOT / "requirements.txt").read_text()
    assert "http" not in text and "--index" not in text and "--find-links" not in text
    assert text.count("--hash=") > text.count("==")


def test_no_loose_ends():
    found = [name(p) for p in SOURCES if re.search(r"\b(TODO|FIXME|XXX)\b", p.read_text())]
    assert found == []


@pytest.mark.parametrize("command", [["check"], ["format", "--check"]])
def test_ruff_is_content(command):
    done = subprocess.run(
        [Path(sys.executable).parent / "ruff", *command, "."], cwd=ROOT, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout
