"""The lessons of a dossier."""

from django.http import HttpResponse
from django.urls import reverse

from cases import access
from cases.http import Request
from cases.rights import Act
from cases.views import register
from phases.lessen import services
from phases.lessen.forms import LesForm
from phases.lessen.models import Les


def lessen(request: Request, number: str) -> HttpResponse:
    """Every lesson of this dossier, and adding one."""
    dossier = access.get_or_404(request, number)
    rows = Les.objects.filter(ronde__dossier=dossier).select_related("by")
    words = register.Register(
        titel="Lessen",
        vraag="Leg een les vast",
        knop="Leg les vast",
        uitleg="Goede en slechte praktijken helpen een volgende inzet. Zijn er geen lessen, leg dan vast waarom niet.",
        bron="Leidraad par. 3.6, fase 6",
        kolommen=("Les", "Aanbeveling", "Bron", "Vastgelegd door"),
        leeg=("Er is nog geen les vastgelegd.", "Een les verschijnt zodra een behandelaar die vastlegt.", "Begin met wat u een volgende keer anders zou doen."),
        cellen=[(row.les, row.aanbeveling, row.bron or "–", str(row.by)) for row in rows],
        ook=(reverse("vastlegging", args=[number, "geen-lessen"]), "Leg vast waarom er geen lessen zijn"),
    )  # fmt: skip
    return register.page(
        request, dossier, words, LesForm(request.POST or None), act=Act.SCHRIJVEN, service=services.record,
        done="De les is vastgelegd.", back=("lessen", number),
    )  # fmt: skip
