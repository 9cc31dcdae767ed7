"""django-fsm transitions built from the table. Private: only phases.process.services imports this."""

from collections.abc import Callable

from django_fsm import transition

from cases.models import Dossier
from phases.process.table import STEPS, Step

Arrow = Callable[[Dossier], None]


def _build(step: Step) -> Arrow:
    """A free function on the real FSMField; calling it on a dossier in another state raises TransitionNotAllowed."""

    def arrow(dossier: Dossier) -> None:
        """The state is all that changes here; what else happens stands in services.transition."""

    arrow.__name__ = step.name
    source = [s.value for s in (step.source if step.field == "phase" else step.from_status)]
    return transition(field=Dossier._meta.get_field(step.field), source=source, target=step.target.value)(arrow)


ARROWS: dict[str, Arrow] = {name: _build(step) for name, step in STEPS.items()}
