"""Radio buttons and checkboxes that explain each option."""

from django import forms


class MetHints:
    """Adds a sentence to an option, tied to its input for screen readers."""

    def __init__(self, *args, hints: dict | None = None, **kwargs):
        self.hints = {str(waarde): zin for waarde, zin in (hints or {}).items()}
        super().__init__(*args, **kwargs)

    def create_option(self, name, value, *args, **kwargs):
        """Django's option with `hint`."""
        optie = super().create_option(name, value, *args, **kwargs)
        optie["hint"] = self.hints.get(str(value), "")
        if optie["hint"] and optie["attrs"].get("id"):
            optie["attrs"]["aria-describedby"] = f"{optie['attrs']['id']}_hint"
        return optie


class Radios(MetHints, forms.RadioSelect):
    """One answer out of a few."""


class Vinkjes(MetHints, forms.CheckboxSelectMultiple):
    """Several answers out of a few."""
