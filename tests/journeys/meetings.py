"""A meeting of the SMO: its agenda, bundle and calendar file, who was there, and the besluitenlijst with its actions."""

from datetime import date, timedelta
from io import BytesIO

import pikepdf
from django.urls import reverse

from cases.models import DocumentVersion
from cases.notifications import outbox, tasks
from cases.templatetags.notatie import datum
from phases.smo.calendar import why_closed
from phases.smo.forms.offers import in_words
from phases.smo.models import Aanbieding
from tests import builders as b
from tests.journeys.advice import Advice
from tests.journeys.base import PENVOERDER
from tests.journeys.walker import Page

assert tasks

SECRETARIS, VOORZITTER = "secretaris-smo", "voorzitter-smo"
PDF, AANWEZIG = "application/pdf", ("W. Kuiper", "T. de Boer", "H. Mulder", "J. Smit")


def working_day(after: int = 7) -> date:
    """The first day from then on at which people work."""
    day = b.today() + timedelta(days=after)
    while why_closed(day):
        day += timedelta(days=1)
    return day


class Meetings(Advice):
    """What the secretary and the chair do around the advice itself."""

    def meeting(self, who: str, day: date | None = None) -> Page:
        """From the agenda of the SMO to a meeting that has something on it."""
        found = self.walker.open(who, reverse("smo")).link(f"Vergadering van {datum(day or b.today())}")
        return self.walker.open(who, found)

    def title(self, version: DocumentVersion) -> str:
        return f"{self.dossier.title}: {version}"

    def agenda(self, version: DocumentVersion, own: str) -> None:
        """The secretary finds the paper, adds a point of her own before it, and moves the paper up and down again."""
        paper, page = self.title(version), self.meeting(SECRETARIS)
        assert page.points == [f"1. {paper}"]
        url = page.link("Voeg agendapunt toe")
        page = self.walker.press(SECRETARIS, url, "Voeg toe", titel=own, soort="procedureel")
        assert page.points == [f"1. {own}", f"2. {paper}"]
        page = self.walker.submit(SECRETARIS, page, "Zet punt 2 omhoog", {})
        assert page.points == [f"1. {paper}", f"2. {own}"]
        page = self.walker.submit(SECRETARIS, page, "Zet punt 1 omlaag", {})
        assert page.points == [f"1. {own}", f"2. {paper}"]

    def prepare_meeting(self, version: DocumentVersion, who: str) -> None:
        """A member puts the meeting in a calendar, asks for the papers as one PDF, and opens it once the worker made it."""
        page = self.meeting(who)
        assert "Zet punt" not in page.text, "only the secretary orders the agenda"
        ics = self.walker.download(who, page.link("Zet in uw agenda (.ics)"), "text/calendar").decode()
        assert f"DTSTART:{b.today():%Y%m%d}T" in ics
        assert self.dossier.title not in ics
        page = self.walker.submit(who, page, "Maak vergaderbundel", {})
        assert "Wacht op de worker" in page.text
        outbox.drain()
        made = self.walker.download(who, self.meeting(who).link("Open vergaderbundel (pdf)"), PDF)
        with pikepdf.open(BytesIO(made)) as pdf, pdf.open_outline() as outline:
            assert str(outline.root[-1].title) == self.title(version)

    def present(self, guest: str) -> None:
        """Who was there, by the secretary; the members read it."""
        page = self.walker.open(SECRETARIS, self.meeting(SECRETARIS).link("Leg aanwezigen vast"))
        people = [page.option(name) for name in AANWEZIG]
        self.walker.press(SECRETARIS, page.url, "Leg vast", aanwezig=people, gasten=guest)
        read = self.meeting("smo-az").text
        assert all(person in read for person in (*people, guest))

    def minutes(self, version: DocumentVersion, text: str, action: str, holder: str) -> None:
        """The secretary writes the concept with an action; only then, and only by the chair, it is adopted."""
        page = self.walker.open(SECRETARIS, self.meeting(SECRETARIS).link("Schrijf de besluitenlijst"))
        written = {page.field(self.title(version)): text}
        page = self.walker.submit(SECRETARIS, page, "Sla het concept op", written)
        page = self.walker.open(SECRETARIS, page.link("Voeg een actie toe"))
        values = {"tekst": action, "holder": page.option(str(self.walker.cast[holder])), "due": datum(working_day())}
        page = self.walker.press(SECRETARIS, page.url, "Voeg toe", **values)
        assert "Wacht op vaststelling door de voorzitter" in page.text
        assert action not in self.walker.open(holder, reverse("mijn_werk")).text
        self._adopt(text, action)

    def _adopt(self, *texts: str) -> None:
        """The chair finds the concept on Mijn werk, reads it and adopts it; after that the agenda stays as it was."""
        words = f"Stel de besluitenlijst van de SMO van {datum(b.today())} vast"
        url = self.walker.open(VOORZITTER, reverse("mijn_werk")).link(words)
        page = self.walker.open(VOORZITTER, url)
        assert all(text in page.text for text in texts), page.text[:1500]
        page = self.walker.submit(VOORZITTER, page, "Stel de besluitenlijst vast", {})
        assert "Vastgesteld door W. Kuiper" in page.text
        assert "Zet punt" not in self.meeting(SECRETARIS).text

    def finish_action(self, action: str, holder: str, outcome: str) -> None:
        """The holder finds the action of the adopted list on Mijn werk, and reports it done; the members read so."""
        page = self.walker.open(holder, reverse("mijn_werk"))
        self.walker.press(holder, page.link(action), "Meld af", tekst=outcome)
        assert action not in self.walker.open(holder, reverse("mijn_werk")).text
        assert outcome in self.meeting("smo-az").text

    def list_files(self, text: str, action: str) -> None:
        """The adopted list as PDF and for a spreadsheet."""
        page = self.meeting("smo-bz")
        with pikepdf.open(BytesIO(self.walker.download("smo-bz", page.link("Open pdf"), PDF))) as pdf:
            assert (str(pdf.Root.Lang), bool(pdf.Root.MarkInfo.Marked)) == ("nl", True)
        table = self.walker.download("smo-bz", page.link("download als csv"), "text/csv").decode("utf-8-sig")
        assert text in table
        assert action in table

    # Back and later

    def withdraw(self, offer: Aanbieding, reason: str) -> None:
        """The penvoerder takes the paper back; the SMO, which goes on reading the dossier, reads why."""
        url = self.page(PENVOERDER, "dossier_smo").link("Trek het stuk in")
        self.walker.press(PENVOERDER, url, "Trek het stuk in", reason=reason)
        page = self.page("smo-def", "dossier_smo")
        assert reason in page.text
        assert "Neem standpunt in" not in page.text

    def plan_meeting(self, day: date) -> None:
        """The secretary adds a meeting."""
        url = self.walker.open(SECRETARIS, reverse("smo")).link("Voeg vergadering toe")
        self.walker.press(SECRETARIS, url, "Voeg toe", day=datum(day), papers_by=datum(b.today()))

    def keep(self, offer: Aanbieding, tekst: str, day: date) -> None:
        """The chair keeps the paper: it comes back on the next agenda, and there is no conclusion before that day."""
        self.conclude(offer, oordeel="aangehouden", tekst=tekst)
        assert self.meeting(SECRETARIS, day).points == [f"1. {self.title(offer.version)}"]
        given = {"oordeel": "negatief", "tekst": tekst}
        page = self.walker.press(VOORZITTER, self.url("conclusie", offer.pk), "Controleer", status=422, **given)
        assert f"De vergadering over dit stuk is op {datum(day)}. De conclusie kan niet van eerder zijn." in page.text

    def bring_forward(self, day: date) -> None:
        """The secretary moves the one point of a later agenda to the meeting of today."""
        page = self.walker.open(SECRETARIS, self.meeting(SECRETARIS, day).link("Verplaats"))
        self.walker.press(SECRETARIS, page.url, "Verplaats", vergadering=page.option(in_words(b.meeting())))
