"""Questions about the final evaluation."""

from cases.models import DocumentVersion, Dossier, PaperStatus
from cases.templatetags.notatie import datum
from phases.vastlegging.models import Vastlegging


def hold_sent(dossier: Dossier, row: Vastlegging) -> list[str]:
    """Why it cannot be registered that the evaluation went to parliament: what goes is the adopted text, so not before that."""
    if row.soort != "evaluatie-verzonden":
        return []
    version = DocumentVersion.objects.filter(
        document__dossier=dossier, document__ronde=row.ronde, document__kind="evaluatie",
        status__in=PaperStatus.adopted(),
    ).defer("html", "content").last()  # fmt: skip
    if version is None:
        return ["Er is nog geen vastgestelde eindevaluatie. Leg dit vast als die naar de Kamer is."]
    if row.op < version.adopted_on:
        return [f"De eindevaluatie is vastgesteld op {datum(version.adopted_on)}. Vul die dag of een latere in."]
    return []
