"""Fase 2: the joint analysis and the geïntegreerde beoordeling (Leidraad par. 3.6, fase 2)."""

from typing import Any, ClassVar

from django.db import models

from cases.models import Ministry, Product, Ronde, User

VRAGEN = ("oorzaken", "actoren", "bevolking", "scenarios", "internationaal")


def _open() -> models.BooleanField:
    """A question that cannot be answered; the text then says why."""
    return models.BooleanField("Deze vraag is niet te beantwoorden; de tekst hierboven zegt waarom", default=False)


class Wenselijkheid(models.TextChoices):
    """The core question of the assessment."""

    JA = "ja", "Ja, betrokkenheid is gewenst"
    NEE = "nee", "Nee, betrokkenheid is niet gewenst"


GEVOLGEN = {
    Wenselijkheid.JA: "Het dossier kan naar Handelingsopties, als het aan de andere voorwaarden voldoet.",
    Wenselijkheid.NEE: "Het dossier kan niet naar Handelingsopties. Stop het dossier, of herzie later de beoordeling.",
}


class Analyse(Product):
    """The five questions answered together, Dutch interests, and the strategic objective that follows."""

    oorzaken = models.TextField("Oorzaken", help_text="Waardoor is het conflict of de instabiliteit ontstaan?")
    oorzaken_open = _open()
    actoren = models.TextField(
        "Actoren en belangen", help_text="Wie zijn de partijen in het conflict en wat willen zij?"
    )
    actoren_open = _open()
    bevolking = models.TextField("Gevolgen voor de bevolking", help_text="Hoe raakt de instabiliteit de bevolking?")
    bevolking_open = _open()
    scenarios = models.TextField("Toekomstscenario’s", help_text="Hoe kan de situatie zich ontwikkelen?")
    scenarios_open = _open()
    internationaal = models.TextField(
        "Internationale reactie", help_text="Hoe reageren buurlanden, organisaties en de internationale gemeenschap?"
    )
    internationaal_open = _open()
    belangen = models.TextField("Nederlandse belangen", help_text="Welke Nederlandse belangen zijn in het geding?")
    wenselijkheid = models.CharField(
        "Beoordeling", max_length=5, choices=Wenselijkheid.choices, help_text="Is Nederlandse betrokkenheid gewenst?"
    )
    doelstelling = models.TextField(
        "Strategische doelstelling", help_text="Wat wil Nederland bereiken? Maak het doel haalbaar en toetsbaar."
    )

    consequences: ClassVar[dict[str, dict[str, str]]] = {"wenselijkheid": GEVOLGEN}

    def sections(self) -> list[dict[str, Any]]:
        """The mark of a question stands at the head of its text."""
        marks = {f"{name}_open": name for name in VRAGEN}
        found = [part for part in super().sections() if part["code"] not in marks]
        for part in found:
            if part["code"] in VRAGEN and getattr(self, f"{part['code']}_open"):
                part["text"] = f"**Niet te beantwoorden.** {part['text']}"
        return found


class InbrengSoort(models.TextChoices):
    """What a ministry does for the joint analysis."""

    INBRENG = "inbreng", "Mijn ministerie levert inbreng"
    GEEN = "geen", "Mijn ministerie heeft geen inbreng"


class Inbreng(models.Model):
    """What a ministry contributes to the joint analysis, or that it has nothing to add. Append-only: the newest row counts."""

    ronde = models.ForeignKey(Ronde, models.CASCADE, related_name="inbreng")
    ministry = models.ForeignKey(Ministry, models.PROTECT, related_name="+")
    soort = models.CharField(max_length=10, choices=InbrengSoort.choices)
    tekst = models.TextField(max_length=8000)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=models.Q(soort__in=InbrengSoort.values), name="inbreng_soort_known")
        ]

    def answers(self) -> dict[str, str]:
        """What was given, by the names of the form."""
        return {"soort": self.soort, "tekst": self.tekst}
