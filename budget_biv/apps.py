"""The budget_biv app."""

from django.apps import AppConfig


class BudgetBivConfig(AppConfig):
    name = "budget_biv"
