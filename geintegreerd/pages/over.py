"""Pages about the application itself, for everyone, also before logging in: accessibility, privacy and help."""

from functools import cache
from pathlib import Path

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

GLOSSARY = Path("docs", "glossary.md")


@login_not_required
def toegankelijkheid(request: HttpRequest) -> HttpResponse:
    """What is tested, what is not, and where to report a barrier."""
    return render(request, "over/toegankelijkheid.html")


@login_not_required
def privacy(request: HttpRequest) -> HttpResponse:
    """What the system keeps about people, and who reads it."""
    return render(request, "over/privacy.html")


@login_not_required
def hulp(request: HttpRequest) -> HttpResponse:
    """How to work with it, the keys, and the words of the procedure."""
    return render(request, "over/hulp.html", {"begrippen": glossary()})


@cache
def glossary() -> list[tuple[str, str]]:
    """The words of docs/glossary.md with their meaning, in alphabetical order."""
    lines = (settings.BASE_DIR / GLOSSARY).read_text().splitlines()
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith("| ")]
    return sorted((word, meaning) for word, meaning, _ in rows[1:])
