"""The paper of this phase."""

from cases.letters.kinds import ProductPaper, register
from cases.phase import Phase
from phases.planning.models import Plan


@register
class PlanPaper(ProductPaper):
    """What this phase delivers, as a paper."""

    kind = "plan"
    label = "Plan van inzet"
    phase = Phase.PLANNING
    url_name = "plan"
    model = Plan
