"""The paper of this phase."""

from cases.letters.kinds import ProductPaper, register
from cases.phase import Phase
from phases.analyse.models import Analyse


@register
class AnalysePaper(ProductPaper):
    """What this phase delivers, as a paper."""

    kind = "analyse"
    label = "Analyse en beoordeling"
    phase = Phase.ANALYSE
    url_name = "analyse"
    model = Analyse
