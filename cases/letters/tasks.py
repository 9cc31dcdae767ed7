"""What the worker does with a version: HTML in, PDF out."""

from hashlib import sha256
from typing import Any

from django.utils import timezone

from cases.letters import render
from cases.models import Rendering


def make_pdf(payload: dict[str, Any]) -> None:
    """Renders one version. A rendering that is already there is left alone, so twice asked is once made."""
    rendering = Rendering.objects.select_related("version__document").get(pk=payload["rendering"])
    if rendering.state == Rendering.State.GEREED:
        return
    pdf = render.pdf(rendering.version.html, title=rendering.version.document.title, concept=rendering.concept)
    rendering.pdf = pdf
    rendering.pdf_sha256 = sha256(pdf).hexdigest()
    rendering.state, rendering.error, rendering.ready_at = Rendering.State.GEREED, "", timezone.now()
    rendering.save(update_fields=["pdf", "pdf_sha256", "state", "error", "ready_at"])


def give_up(payload: dict[str, Any], error: str) -> None:
    """All attempts failed: the page shows it, with a button to try again."""
    Rendering.objects.filter(pk=payload["rendering"]).update(state=Rendering.State.MISLUKT, error=error[:500])
