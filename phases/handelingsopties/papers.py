"""The paper of this phase."""

from cases.letters.kinds import ProductPaper, register
from cases.phase import Phase
from phases.handelingsopties.models import Optiesnota


@register
class OptiesnotaPaper(ProductPaper):
    """The options side by side, as a paper for the SMO and the bewindspersonen."""

    kind = "opties"
    label = "Optiesnota"
    phase = Phase.HANDELINGSOPTIES
    url_name = "opties"
    model = Optiesnota
