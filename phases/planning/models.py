"""Fase 4: the plan (Leidraad par. 3.6, fase 4)."""

from django.db import models

from cases.models import Product


class Plan(Product):
    """How the instruments work towards the objective, and how that will be measured."""

    doelen = models.TextField(
        "Doelen per instrument", help_text="Hoe draagt elk instrument bij aan het strategische doel?"
    )
    activiteiten = models.TextField("Activiteiten", help_text="Wat gaat wie doen, waar en wanneer?")
    sturing = models.TextField(
        "Sturing en afstemming", help_text="Wie stuurt aan, en hoe blijven de plannen op elkaar afgestemd?"
    )
    uitgangssituatie = models.TextField(
        "Uitgangssituatie en nulmeting", help_text="Wat is de stand bij het begin? Noem bron en datum."
    )
    indicatoren = models.TextField(
        "Resultaten en indicatoren", help_text="Waaraan ziet u dat het doel dichterbij komt?"
    )
    voorbereiding = models.TextField(
        "Gezamenlijke voorbereiding", help_text="Hoe bereiden militairen en burgers zich samen voor?"
    )
    transitie = models.TextField("Overdracht en einde", help_text="Hoe en aan wie draagt Nederland de taken over?")
    operatieconcept = models.TextField(
        "Operatieconcept (samenvatting)",
        blank=True,
        help_text="Alleen de ongerubriceerde samenvatting, bij militaire eenheden.",
    )
    militair_advies_op = models.DateField(
        "Militair Advies ontvangen op",
        null=True,
        blank=True,
        help_text="Datum van het advies van de Commandant der Strijdkrachten.",
    )
