"""Screens that combine apps: the start page, the overview of a dossier, and the health check."""

from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from cases import access
from cases.http import Request
from cases.models import Dossier, PaperStatus, Ronde, Toets
from cases.phase import Phase, Status
from cases.rights import Act
from cases.rubricering import Rubricering
from cases.selectors import events, papers
from cases.templatetags.notatie import datum


def home(request: Request) -> HttpResponse:
    """The start: Mijn werk."""
    return redirect("mijn_werk")


@login_not_required
def healthz(request: Request) -> HttpResponse:
    """Says "ok" when the database answers; for the proxy and the supervisor."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok", content_type="text/plain")


def overview(request: Request, number: str) -> HttpResponse:
    """Everything about a dossier on one screen."""
    dossier = access.get_or_404(request, number)
    rondes = list(dossier.rondes.all())
    running = dossier.status == Status.LOPEND
    context = {
        "dossier": dossier,
        "kerngegevens": _main_facts(dossier),
        "deelnames": [
            (p.ministry.code, p.contact or "Niet genoemd")
            for p in dossier.participations.select_related("ministry", "contact")
        ],
        "documenten": [_paper_line(row, number) for row in papers.rows(dossier, limit=4)],
        "gebeurtenissen": events.latest(dossier, limit=4),
        "rondes": [(str(ronde), _period(ronde)) for ronde in rondes],
        "toets": Toets.objects.filter(ronde=rondes[dossier.ronde_number - 1])
        .select_related("by", "bevestiging")
        .order_by("-id")
        .first(),
        "fase_url": reverse("fase", args=[number, Phase(dossier.phase).number]),
        "mag": {
            "wijzigen": running and access.may(request.user, Act.DOSSIER_WIJZIGEN, dossier),
            "toetsen": running and access.may(request.user, Act.TOETS_DOEN, dossier),
        },
        "mag_rubriceren": access.may(request.user, Act.RUBRICEREN, dossier),
    }
    return render(request, "dossier/overzicht.html", context)


def _main_facts(dossier: Dossier) -> list[tuple[str, str]]:
    marking = Rubricering(dossier.marking).label
    return [
        ("Gebied", dossier.area or "Niet ingevuld"),
        ("Soorten inzet", ", ".join(dossier.effort_labels)),
        ("Samenwerking", dossier.get_cooperation_display()),
        ("Humanitaire hulp", dossier.humanitarian or "Niet genoemd"),
        ("Rubricering", f"{marking} tot en met {datum(dossier.marking_until)}" if dossier.marking_until else marking),
        ("Geopend", datum(dossier.opened_at)),
    ]


def _paper_line(row: papers.PaperRow, number: str) -> dict[str, str]:
    """A document as a line of `taken`: what, who last wrote in it, and how far it is."""
    document, version = row.document, row.version
    by = f"{datum(document.changed_at)}, {document.changed_by}" if document.changed_by else "Nog niet gewijzigd"
    waiting = version is not None and version.status == PaperStatus.TER_PARAAF
    if version and version.is_adopted:
        by = f"Vastgesteld op {datum(version.adopted_on)}"
    return {
        "tekst": document.title,
        "url": reverse("document", args=[number, document.pk]),
        "hint": f"Versie {version.number}. {by}" if version else by,
        "stand": version.get_status_display() if version else "Concept",
        "soort": "" if version and version.is_adopted else "let-op" if waiting else "info",
    }


def _period(ronde: Ronde) -> str:
    begun = f"Begonnen op {datum(ronde.opened_at)}"
    return f"{begun}, loopt tot en met {datum(ronde.runs_until)}" if ronde.runs_until else begun
