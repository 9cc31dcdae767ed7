"""The budget_biv app."""

from django.apps import AppConfig


class BudgetBivConfig(AppConfig):
    name = "budget_biv"

    def ready(self) -> None:
        """Says which ministries this app still needs in a dossier."""
        from budget_biv.selectors import still_needed
        from cases.services.participation import needed_for

        needed_for(still_needed)
