"""The form of a lesson."""

from cases.forms.controle import Handeling
from cases.forms.velden import TekstField


class LesForm(Handeling):
    """What was learned, and what a next time should do with it."""

    les = TekstField(label="Wat ging goed, of niet goed?", lang=True, max_length=2000, leeg="Vul in wat u leerde")
    aanbeveling = TekstField(
        label="Wat raadt u een volgende keer aan?", lang=True, max_length=2000, leeg="Vul een aanbeveling in"
    )
    bron = TekstField(
        label="Waaruit blijkt dat?", max_length=200, required=False, help_text="Bijvoorbeeld een verslag of gesprek."
    )
