"""Fase 6: the final evaluation (Leidraad par. 3.6, fase 6)."""

from django.db import models

from cases.models import Product


class Evaluatie(Product):
    """Joint accountability and the lessons. Speaks of contribution, not of cause: results are seldom Dutch alone."""

    samenvatting = models.TextField("Samenvatting", help_text="De uitkomst in een halve bladzijde.")
    doelbereik = models.TextField(
        "Resultaten per doel", help_text="Van nulmeting tot eindmeting, per doel en indicator."
    )
    militair = models.TextField("Militaire aspecten", blank=True, help_text="Alleen bij een militaire bijdrage.")
    politiek = models.TextField("Politieke aspecten", help_text="Wat droeg de inzet politiek bij?")
    samenhang = models.TextField(
        "Samenhang van de inzet", help_text="Hoe werkten de instrumenten en ministeries samen?"
    )
    doelmatigheid = models.TextField(
        "Doeltreffendheid en doelmatigheid", help_text="Stonden kosten en moeite in verhouding tot het resultaat?"
    )
    factoren = models.TextField("Factoren van buiten", help_text="Wat beïnvloedde het resultaat buiten Nederland om?")
    gerealiseerd = models.TextField(
        "Gesteld in de brief en gerealiseerd",
        help_text="Vergelijk met de brief, de aanvullingen en de toezeggingen aan de Kamer.",
    )
    lessen = models.TextField("Lessen", help_text="Goede en slechte praktijken, elk met een aanbeveling.")
