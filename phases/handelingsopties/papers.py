"""The paper of this phase."""

from cases.letters.kinds import ProductPaper, register
from cases.models import Document
from cases.phase import Phase
from phases.besluit.selectors import told
from phases.handelingsopties.models import Optiesnota


@register
class OptiesnotaPaper(ProductPaper):
    """The options side by side, as a paper for the SMO and the bewindspersonen."""

    kind = "opties"
    label = "Optiesnota"
    phase = Phase.HANDELINGSOPTIES
    url_name = "opties"
    model = Optiesnota

    def held(self, document: Document) -> str:
        """What was chosen is what goes: from Planning on the nota does not change under the choice, nor under the letter about it."""
        dossier = document.dossier
        if told(dossier)[1]:
            return "De artikel 100-brief over de gekozen optie is verzonden. Daarna komt er geen nieuwe optiesnota."
        if Phase(dossier.phase).number > self.phase.number:
            return "De opties liggen vast vanaf de fase Planning. Vraag eerst om terug te gaan naar Handelingsopties."
        return ""
