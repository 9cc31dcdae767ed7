"""The paper of this phase."""

from django.urls import reverse

from cases.letters.kinds import ProductPaper, register
from cases.models import Document
from cases.phase import Phase
from phases.uitvoering.models import Voortgang


@register
class VoortgangPaper(ProductPaper):
    """One progress report; a Ronde has several."""

    kind = "voortgang"
    label = "Voortgangsverslag"
    phase = Phase.UITVOERING
    url_name = "voortgang_verslag"
    model = Voortgang

    def url(self, document: Document) -> str:
        return reverse(self.url_name, args=[document.dossier.number, document.pk])
