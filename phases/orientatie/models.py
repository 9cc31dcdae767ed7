"""Fase 1: the assessment of signals (Leidraad par. 3.6, fase 1)."""

from typing import ClassVar

from django.db import models

from cases.models import Product


class Uitkomst(models.TextChoices):
    """What follows from the assessment."""

    MONITOREN = "monitoren", "Blijven volgen"
    EARLY_ACTION = "early-action", "Vroege maatregelen"
    NADER_ONDERZOEK = "nader-onderzoek", "Nader onderzoek"


GEVOLGEN = {
    Uitkomst.MONITOREN: "Het dossier blijft in Oriëntatie. Pas de uitkomst aan als de situatie verandert.",
    Uitkomst.EARLY_ACTION: "Het dossier blijft in Oriëntatie. Schrijf hierboven wat Nederland nu al kan doen.",
    Uitkomst.NADER_ONDERZOEK: "Het dossier kan naar Analyse en beoordeling, als het aan de andere voorwaarden voldoet.",
}


class Signaalbeoordeling(Product):
    """The signals from posts, services and partners, weighed together."""

    situatie = models.TextField("Wat er speelt", help_text="Welke signalen zijn er van instabiliteit of conflict?")
    bronnen = models.TextField("Bronnen", help_text="Van wie komen de signalen, en van welke datum?")
    verwachting = models.TextField(
        "Verwachte ontwikkeling", help_text="Welke factoren kunnen tot escalatie leiden, en op welke termijn?"
    )
    early_action = models.TextField(
        "Vroege maatregelen", blank=True, help_text="Wat kan Nederland nu al doen om escalatie te helpen voorkomen?"
    )
    uitkomst = models.CharField(
        "Uitkomst", max_length=20, choices=Uitkomst.choices, help_text="Wat is volgens het early-warningoverleg nodig?"
    )

    consequences: ClassVar[dict[str, dict[str, str]]] = {"uitkomst": GEVOLGEN}
