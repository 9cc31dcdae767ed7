"""The letters to parliament as papers. Layout and fields follow real letters; a letter never invents a Kamerstuk number."""

from django.urls import reverse
from django.utils.text import capfirst

from cases.letters.content import Content
from cases.letters.kinds import Paper, register
from cases.models import Document
from cases.phase import Phase
from cases.rubricering import Rubricering
from phases.besluit.selectors import chosen
from phases.kamer import selectors
from phases.kamer.models import Kamer, Kamerbrief

ADDRESSEES = {
    Kamer.TWEEDE: [
        "Aan de Voorzitter van de",
        "Tweede Kamer der Staten-Generaal",
        "Postbus 20018",
        "2500 EA Den Haag",
    ],
    Kamer.EERSTE: [
        "Aan de Voorzitter van de",
        "Eerste Kamer der Staten-Generaal",
        "Postbus 20017",
        "2500 EA Den Haag",
    ],
}
# A letter is written to the Tweede Kamer; the Eerste Kamer gets the same text under its own address (services.send).
ADDRESSEE = ADDRESSEES[Kamer.TWEEDE]


class Letter(Paper):
    """What all letters share: sections by the Toetsingskader, ministries that sign, an empty date until it is sent."""

    url_name = "brief"
    signed = True

    def draft(self, document: Document) -> Kamerbrief:
        return Kamerbrief.objects.select_related("kader").prefetch_related("secties").get(document=document)

    def missing(self, document: Document) -> list[str]:
        return self.draft(document).missing()

    def url(self, document: Document) -> str:
        return reverse(self.url_name, args=[document.dossier.number, self.kind])

    def content(self, document: Document) -> Content:
        letter, dossier = self.draft(document), document.dossier
        signers = selectors.signatories(dossier)
        return {
            "layout": "kamerbrief",
            "title": self.label,
            "dossier_number": dossier.number,
            "rubricering": Rubricering(dossier.marking).label,
            "senders": [selectors.sender(m) for m in signers],
            "addressee": ADDRESSEE,
            "date": "",
            "subject": letter.betreft,
            "reference": letter.kenmerk,
            "attachments": [],
            "salutation": "Geachte voorzitter,",
            "sections": [
                {"code": s.code, "title": self.heading(s.title), "level": s.level, "text": s.text, "tables": []}
                for s in letter.secties.all()
            ],
            "signatories": [{"title": f"{capfirst(selectors.minister(m))},", "name": ""} for m in signers],
            "fictional": dossier.fictional,
            "values": {"ondertekenaars": [m.code for m in signers]},
        }

    def heading(self, title: str) -> str:
        return title


class ShortLetter(Letter):
    """A letter of a few paragraphs, without headings (Kamerstuk 29 521, nrs. 202 and 209)."""

    def heading(self, title: str) -> str:
        return ""


@register
class KennisgevingPaper(ShortLetter):
    """Says that the government examines whether a contribution is desirable and possible; it decides nothing yet."""

    kind = "kennisgeving"
    label = "Kennisgevingsbrief"
    phase = Phase.ORIENTATIE


@register
class Artikel100Paper(Letter):
    """Informs parliament of the decision, point by point of the Toetsingskader."""

    kind = "artikel-100"
    label = "Artikel 100-brief"
    phase = Phase.PLANNING

    def content(self, document: Document) -> Content:
        """Also the choice that it tells about: version of the optiesnota and letter of the option, [0, ""] in a renewal."""
        found = super().content(document)
        return {**found, "values": {**found["values"], "keuze": chosen(document.dossier)}}


@register
class BeeindigingPaper(Letter):
    """Tells parliament that the contribution ends: why, how it is handed over, and when the final evaluation comes."""

    kind = "beeindiging"
    label = "Beëindigingsbrief"
    phase = Phase.UITVOERING


@register
class NegatieveUitkomstPaper(ShortLetter):
    """Tells parliament, after a kennisgeving, that no contribution will be made (Kamerstuk 29 521, nr. 209)."""

    kind = "negatieve-uitkomst"
    label = "Brief negatieve uitkomst"
    phase = Phase.HANDELINGSOPTIES
