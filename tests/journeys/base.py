"""What every part of a route shares: the dossier, its pages, what they say about who is up, and making a step."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from cases.models import Dossier
from cases.templatetags.notatie import datum
from phases.process.table import STEPS
from tests import builders as b
from tests.journeys.walker import Page, Walker

PENVOERDER, TEAMLEIDER = "behandelaar-bz", "teamleider-bz"


@dataclass
class Base:
    """One dossier on its way; `number` is known once it is opened."""

    walker: Walker
    number: str = ""

    def url(self, name: str, *args: Any) -> str:
        return reverse(name, args=[self.number, *args])

    def page(self, who: str, name: str, *args: Any) -> Page:
        return self.walker.open(who, self.url(name, *args))

    @property
    def dossier(self) -> Dossier:
        return Dossier.objects.get(number=self.number)

    @property
    def today(self) -> str:
        return datum(b.today())

    def open_dossier(self, values: dict[str, Any]) -> None:
        page = self.walker.press(PENVOERDER, reverse("dossier_nieuw"), "Ga verder", **values)
        page = self.walker.submit(PENVOERDER, page, "Open dossier", {})
        self.number = page.url.rstrip("/").split("/")[-1]
        assert "Wat moet er nu gebeuren?" in page.text

    # Who is up, and why

    def waits(self, who: str, task: str) -> None:
        """This person reads the task at the top of the dossier, and finds it with the dossier on Mijn werk."""
        said = self.page(who, "dossier").now
        assert said[0].startswith("U bent aan zet."), said
        assert any(task in line for line in said), f"{who} leest niet “{task}”, maar {said}"
        listed = self.walker.open(who, reverse("mijn_werk")).tasks
        mine = [line for line in listed if task.removesuffix(".") in line and self.number in line]
        assert mine, f"“{task}” staat niet op Mijn werk van {who}: {listed}"

    def says(self, why: str, holder: str) -> None:
        """The penvoerder reads on the dossier why it waits, and on whom."""
        page = self.page(PENVOERDER, "dossier")
        line = next((line for line in page.now if why in line), None)
        assert line, f"Het dossier zegt niet “{why}”, maar {page.now}"
        own = holder == "penvoerder" and page.now[0].startswith("U bent aan zet.")
        assert own or f"({holder})" in line or page.label == f"Wacht op {holder}", (line, page.label, holder)

    # Moving

    def held(self, step: str, reason: str, holder: str = "penvoerder") -> None:
        """The dossier says what it waits for and on whom; the step page says why not, and pressing all the same changes nothing."""
        self.says(reason, holder)
        self.refused(step, reason)

    def refused(self, step: str, why: str, who: str = PENVOERDER, **values: str) -> None:
        """The step page says why not, and pressing all the same changes nothing."""
        page = self.page(who, "stap", step)
        assert why in page.text, page.text[:1500]
        before, client = self.dossier.moves_made, self.walker.client(who)
        answers = {"seen_version": before, "csrfmiddlewaretoken": client.cookies["csrftoken"].value, **values}
        response = client.post(self.url("stap", step), answers)
        assert response.status_code == 422
        assert why in response.content.decode()
        assert self.dossier.moves_made == before

    def step(self, name: str) -> None:
        """All gates are open: the penvoerder reads so on the dossier and on Mijn werk, and makes the step."""
        self.waits(PENVOERDER, f"Alles is gereed. {STEPS[name].label}.")
        page = self.walker.press(PENVOERDER, self.url("stap", name), STEPS[name].label)
        assert page.url.startswith(self.url("dossier")), page.text[:800]

    def renew(self, reason: str, runs_until: str) -> None:
        self._by_teamleider("verlengen", reason=reason, runs_until=runs_until)

    def end_early(self, reason: str) -> None:
        self._by_teamleider("eerder_beeindigen", reason=reason)

    def _by_teamleider(self, step: str, **values: str) -> None:
        """The teamleider finds it under the other steps, and reads what it does before it is done."""
        url = self.page(TEAMLEIDER, "stappen").link(STEPS[step].label)
        page = self.walker.press(TEAMLEIDER, url, "Controleer", **values)
        assert page.url.startswith(self.url("dossier")), page.text[:800]

    def go_back(self, to: str, reason: str) -> None:
        """Asked by the penvoerder with a reason; the teamleider finds the request, reads that reason, and confirms."""
        label, phase = STEPS[f"terug_naar_{to}"].label, self.dossier.phase
        url = self.page(PENVOERDER, "stappen").link(label)
        self.walker.press(PENVOERDER, url, "Vraag de teamleider", reason=reason)
        assert self.dossier.phase == phase, "a request changes nothing yet"
        task = f"{label[0].lower()}{label[1:]}."
        self.waits(TEAMLEIDER, f"Beoordeel het verzoek: {task}")
        page = self.walker.open(TEAMLEIDER, self.page(TEAMLEIDER, "dossier").link("Beoordeel het verzoek"))
        assert reason in page.text
        self.walker.press(TEAMLEIDER, page.url, label)
        assert self.dossier.phase == to

    def stop(self, outcome: str, reason: str) -> Page:
        page = self.walker.press(
            TEAMLEIDER, self.url("stap", "stoppen"), STEPS["stoppen"].label, outcome=outcome, reason=reason
        )
        assert page.url.startswith(self.url("dossier")), page.text[:800]
        return page
