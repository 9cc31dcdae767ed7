"""Fase 3: the options, always more than one besides doing nothing (Leidraad par. 3.6, fase 3)."""

from hashlib import sha256
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator
from django.db import models

from cases.models import Effort, Product


class Optiesnota(Product):
    """The paper in which the options are laid side by side."""

    aanleiding = models.TextField("Uitgangspunt", help_text="Van welke analyse en doelstelling gaan de opties uit?")
    nuloptie = models.TextField("Nuloptie", help_text="Wat gebeurt er als Nederland niets extra’s doet?")
    vergelijking = models.TextField("Vergelijking", help_text="Waarin verschillen de opties het meest?")

    def missing(self) -> list[str]:
        """Also asks for at least two complete options."""
        complete = sum(not optie.missing() for optie in self.opties.all())
        return super().missing() + (["Twee volledige opties"] if complete < 2 else [])

    def sections(self) -> list[dict]:
        return super().sections() + [optie.section() for optie in self.opties.all()]

    def values(self) -> dict[str, Any]:
        """Also the letters of the options for which BIV money is asked, and the instruments of each option."""
        options = self.opties.all()
        efforts = {optie.letter: sorted(optie.instrumenten) for optie in options}
        return {**super().values(), "biv": [optie.letter for optie in options if optie.biv], "inzet": efforts}


class Optie(models.Model):
    """A combination of instruments, with the five elements that the Leidraad asks of each option."""

    nota = models.ForeignKey(Optiesnota, models.CASCADE, related_name="opties")
    letter = models.CharField(max_length=1)
    titel = models.CharField("Titel", max_length=120)
    instrumenten = ArrayField(models.CharField(max_length=20, choices=Effort.choices), verbose_name="Instrumenten")
    doelen = models.TextField("Doel per instrument", help_text="Wat moet elk instrument bereiken?")
    narrative = models.TextField(
        "Strategisch verhaal", help_text="Waarom is dit belangrijk, en hoe draagt deze inzet bij aan het doel?"
    )
    partners = models.TextField("Partners", help_text="Met wie werkt Nederland samen?")
    kosten = models.PositiveBigIntegerField(
        "Kostenindicatie",
        null=True,
        validators=[MaxValueValidator(10_000_000_000)],
        help_text="Ruwe schatting van het totaal in hele euro’s.",
    )
    tijdpad = models.TextField("Tijdpad", help_text="Wanneer begint en eindigt de inzet?")
    biv = models.BooleanField("Voor deze optie wordt geld uit het BIV gevraagd", default=False)

    class Meta:
        ordering = ["letter"]
        constraints = [models.UniqueConstraint(fields=["nota", "letter"], name="optie_letter")]

    def __str__(self) -> str:
        return f"Optie {self.letter}. {self.titel}"

    def missing(self) -> list[str]:
        """The elements that are still empty."""
        fields = ("instrumenten", "doelen", "narrative", "partners", "kosten", "tijdpad")
        return [str(self._meta.get_field(f).verbose_name) for f in fields if getattr(self, f) in ("", None, [])]

    def answers(self) -> dict[str, Any]:
        """What a person filled in, by field."""
        fields = ("titel", "instrumenten", "doelen", "narrative", "partners", "kosten", "tijdpad", "biv")
        return {name: getattr(self, name) for name in fields}

    def stamp(self) -> str:
        """Changes whenever the option does; by it a form notices that somebody saved meanwhile."""
        return sha256(repr(list(self.answers().values())).encode()).hexdigest()[:16]

    def section(self) -> dict:
        """The option as a section of the nota, with its elements as a table."""
        instruments = ", ".join(Effort(i).label for i in self.instrumenten)
        cost = f"€ {self.kosten:,}".replace(",", ".") if self.kosten is not None else "nog niet geschat"
        rows = [
            ["Instrumenten", instruments],
            ["Kostenindicatie", cost],
            ["Partners", self.partners],
            ["Tijdpad", self.tijdpad],
            ["Geld uit het BIV", "Gevraagd" if self.biv else "Niet gevraagd"],
        ]
        table = {"caption": f"Kern van optie {self.letter}", "head": ["Element", "Inhoud"], "rows": rows, "numeric": []}
        text = f"{self.doelen}\n\n{self.narrative}"
        return {"code": f"optie-{self.letter}", "title": str(self), "level": 2, "text": text, "tables": [table]}
