"""What parliament does with a dossier, as pages with rows: its treatment of the letter."""

from django.http import HttpResponse

from cases import access
from cases.http import Request
from cases.rights import Act
from cases.templatetags.notatie import datum_kort
from cases.views import register
from phases.kamer import behandeling as treatment
from phases.kamer import selectors
from phases.kamer.forms import BehandelstapForm


def behandeling(request: Request, number: str) -> HttpResponse:
    """The steps of the treatment, and adding one."""
    dossier = access.get_or_404(request, number)
    words = register.Register(
        titel="Behandeling in de Kamer",
        vraag="Leg een stap vast",
        knop="Leg stap vast",
        uitleg="De regering informeert de Kamer en vraagt geen instemming. Toch begint een eenheid in de regel pas als de behandeling is afgerond.",
        bron="Leidraad kader 6 (actieve informatieplicht, geen instemmingsrecht); de stappen volgen het gebruik in de Kamer",
        kolommen=("Stap", "Datum", "Uitkomst", "Kamerstuk of kenmerk"),
        leeg=("De Kamer heeft deze inzet nog niet behandeld.", "Een stap verschijnt zodra het secretariaat of de behandelaar die vastlegt.", "De behandeling begint als de brief is verzonden."),
        cellen=[
            (row.get_stap_display(), datum_kort(row.op), row.uitkomst, row.kenmerk or "–")
            for row in selectors.treatment(dossier)
        ],
    )  # fmt: skip
    return register.page(
        request, dossier, words, BehandelstapForm(request.POST or None), act=Act.KAMER_VASTLEGGEN,
        service=treatment.note_step, done="De stap is vastgelegd.", back=("behandeling", number),
    )  # fmt: skip
