"""Fase 2: the joint analysis and the geïntegreerde beoordeling (Leidraad par. 3.6, fase 2)."""

from django.db import models

from cases.models import Product


class Wenselijkheid(models.TextChoices):
    """The core question of the assessment."""

    JA = "ja", "Ja, betrokkenheid is gewenst"
    NEE = "nee", "Nee, betrokkenheid is niet gewenst"


class Analyse(Product):
    """The five questions answered together, Dutch interests, and the strategic objective that follows."""

    oorzaken = models.TextField("Oorzaken", help_text="Waardoor is het conflict of de instabiliteit ontstaan?")
    actoren = models.TextField(
        "Actoren en belangen", help_text="Wie zijn de partijen in het conflict en wat willen zij?"
    )
    bevolking = models.TextField("Gevolgen voor de bevolking", help_text="Hoe raakt de instabiliteit de bevolking?")
    scenarios = models.TextField("Toekomstscenario’s", help_text="Hoe kan de situatie zich ontwikkelen?")
    internationaal = models.TextField(
        "Internationale reactie", help_text="Hoe reageren buurlanden, organisaties en de internationale gemeenschap?"
    )
    belangen = models.TextField("Nederlandse belangen", help_text="Welke Nederlandse belangen zijn in het geding?")
    wenselijkheid = models.CharField(
        "Beoordeling", max_length=5, choices=Wenselijkheid.choices, help_text="Is Nederlandse betrokkenheid gewenst?"
    )
    doelstelling = models.TextField(
        "Strategische doelstelling", help_text="Wat wil Nederland bereiken? Maak het doel haalbaar en toetsbaar."
    )
