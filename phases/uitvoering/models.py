"""Fase 5: progress reports (Leidraad par. 3.6, fase 5)."""

from django.db import models

from cases.models import Product


class Voortgang(Product):
    """One progress report. A Ronde has as many as it needs; the last one says so."""

    periode = models.CharField("Periode", max_length=120, help_text="Bijvoorbeeld: oktober 2025 tot en met maart 2026.")
    ontwikkelingen = models.TextField(
        "Ontwikkelingen in het gebied", help_text="Wat is er veranderd sinds het vorige verslag?"
    )
    voortgang = models.TextField("Voortgang per doel", help_text="Wat is bereikt? Noem cijfers, bron en definitie.")
    tegenvallers = models.TextField("Tegenvallers", help_text="Wat ging niet zoals gepland, en waarom?")
    toetsing = models.TextField(
        "Toetsing aan het doel", help_text="Passen de activiteiten nog bij het strategische doel?"
    )
    bijstelling = models.TextField("Bijstelling", blank=True, help_text="Wat verandert er in de inzet?")
    laatste = models.BooleanField("Laatste verslag", default=False, help_text="Dit is het slotverslag van deze ronde.")

    def _shown(self, field: models.Field) -> str:
        if field.name == "laatste":
            return "Dit is het slotverslag van deze ronde." if self.laatste else ""
        return super()._shown(field)
