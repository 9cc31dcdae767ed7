"""The paper of this phase."""

from cases.letters.kinds import ProductPaper, register
from cases.phase import Phase
from phases.orientatie.models import Signaalbeoordeling


@register
class SignaalbeoordelingPaper(ProductPaper):
    """What this phase delivers, as a paper."""

    kind = "signaal"
    label = "Signaalbeoordeling"
    phase = Phase.ORIENTATIE
    url_name = "signaal"
    model = Signaalbeoordeling
