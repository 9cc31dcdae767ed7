"""The model and the application side by side: every act is done in both, and they must agree on whether it may and on what it did."""

from collections import Counter
from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass, field

from django.db import transaction

from cases.models import Document, DocumentVersion, Dossier
from cases.phase import Phase
from cases.services import papers
from phases.besluit import services as besluit
from phases.handelingsopties.models import Optie, Optiesnota
from phases.process import facts as facts_module
from phases.process import services as process
from phases.process.table import STEPS
from phases.smo import services as smo
from phases.smo.models import Aanbieding
from tests import builders as b
from tests.hard.at_once import POLITE
from tests.hard.model import CONDITIONAL, PENVOERDER, POSITIVE, UNMET, Decision, Model, Toetsed, Version
from tests.hard.ready import Way
from tests.phases import scenes

VALUES = {
    "signaal": b.SIGNAAL, "analyse": b.ANALYSE, "opties": b.NOTA, "plan": b.PLAN, "voortgang": b.VOORTGANG,
    "evaluatie": b.EVALUATIE,
}  # fmt: skip
FIGURES: Counter = Counter()
UNKNOWN: set[str] = set()


@dataclass
class Sim:
    """One dossier, twice."""

    cast: b.Cast
    model: Model
    way: Way
    done: list[str] = field(default_factory=list)
    judged: dict[str, bool] | None = None
    chair: str = POSITIVE

    @classmethod
    def open(cls, cast: b.Cast, efforts: tuple[str, ...], ministries: tuple[str, ...]) -> "Sim":
        dossier = b.make_dossier(cast, efforts=efforts, ministries=ministries)
        return cls(cast, Model(efforts, ministries), Way(cast, dossier.pk))

    def copy(self) -> "Sim":
        """As it is now, for a sequence that will be rolled back."""
        return Sim(self.cast, deepcopy(self.model), Way(self.cast, self.way.pk))

    def act(self, words: str, expected: bool, work: Callable[[], object], effect: Callable[[], object]) -> bool:
        """Does it; the application must refuse exactly when the model does. Returns whether it was done."""
        self.done.append(words)
        try:
            with transaction.atomic():
                work()
            allowed = True
        except POLITE as error:
            allowed, words = False, f"{words}: {error}"
        FIGURES["gedaan" if allowed else "geweigerd"] += 1
        assert allowed == expected, f"{words}: het model zegt {expected}, de toepassing {allowed}"
        if allowed:
            effect()
            self.judged = None
        return allowed

    def compare(self) -> None:
        """State, and which gates of the step ahead are closed; the gates when something was done since the last time."""
        d, m = self.way.dossier, self.model
        assert (d.phase, d.status, d.ronde_number, d.moves_made) == (m.phase, m.status, m.ronde, m.moves)
        if m.running and self.judged is None:
            for gate, open_ in self.findings(d).items():
                closed = m.closed(gate)
                if closed is None:
                    UNKNOWN.add(gate)
                else:
                    assert closed != open_, f"{gate}: volgens het model {'dicht' if closed else 'open'}"

    def findings(self, d: Dossier, step: str = "") -> dict[str, bool]:
        """The gates that apply now, and whether each is open, as the application judges them."""
        ahead = not step or step == self.model.forward()
        if ahead and self.judged is not None:
            return self.judged
        found = {f.gate.name: f.open for f in STEPS[step or self.model.forward()].judge(facts_module.load(d))}
        self.judged = found if ahead else self.judged
        return found

    # Papers

    def version(self, kind: str) -> DocumentVersion | None:
        """The newest version of a paper, of this Ronde."""
        mine = DocumentVersion.objects.filter(document__dossier=self.way.pk, document__kind=kind)
        return mine.filter(document__ronde=self.way.dossier.current_ronde).order_by("-number").first()

    def document(self, kind: str) -> Document | None:
        d = self.way.dossier
        return Document.objects.filter(dossier=d, kind=kind, ronde=d.current_ronde).first()

    def write(self, kind: str, by: str) -> bool:
        m, paper = self.model, self.model.paper(kind)
        may = m.running and by in {f"behandelaar-{code.lower()}" for code in m.ministries}

        def effect() -> None:
            paper.revision += 1
            paper.writers.add(by)

        return self.act(f"{by} schrijft {kind}", may, lambda: self._write(kind, by), effect)

    def _write(self, kind: str, by: str) -> None:
        borrowed = {**self.cast, PENVOERDER: self.cast[by]}
        document = b.write(borrowed, self.way.dossier, kind, VALUES[kind])
        if kind == "opties" and not Optie.objects.filter(nota__document=document).exists():
            nota = Optiesnota.objects.get(document=document)
            for letter in "AB":
                Optie.objects.create(nota=nota, letter=letter, **b.option_for(document.dossier, f"Route {letter}"))

    def put_forward(self, kind: str, by: str) -> bool:
        m, paper, document = self.model, self.model.paper(kind), self.document(kind)
        if document is None:
            return False
        last = paper.last
        again = last is not None and last.status == "ter-paraaf" and last.revision == paper.revision

        def effect() -> None:
            if last and last.status == "ter-paraaf":
                last.status = "vervallen"
            paper.versions.append(Version(len(paper.versions) + 1, paper.revision, choice=m.choice()))

        act = lambda: papers.put_forward(document_id=document.pk, by=self.cast[by])  # noqa: E731
        fixed = kind == "opties" and m.phase in {"planning", "uitvoering", "evaluatie"}
        allowed = m.running and by == PENVOERDER and not again and not fixed
        return self.act(f"{by} legt {kind} voor", allowed, act, effect)

    def _pending(self, kind: str, code: str, by: str) -> bool:
        """Whether this person may judge the newest version for this ministry."""
        m, paper = self.model, self.model.paper(kind)
        good = paper.last is not None and paper.last.status == "ter-paraaf" and code in m.ministries
        return m.running and good and by == f"teamleider-{code.lower()}" and code not in paper.last.initials

    def initial(self, kind: str, code: str, by: str) -> bool:
        version, last = self.version(kind), self.model.paper(kind).last
        if version is None:
            return False
        words = {"version_id": version.pk, "ministry": b.ministry(code), "by": self.cast[by]}
        act = lambda: papers.initial(**words)  # noqa: E731
        allowed = self._pending(kind, code, by)
        return self.act(f"{by} parafeert {kind} voor {code}", allowed, act, lambda: last.initials.add(code))

    def give_back(self, kind: str, code: str, by: str) -> bool:
        version, last = self.version(kind), self.model.paper(kind).last
        if version is None:
            return False
        words = {"version_id": version.pk, "ministry": b.ministry(code), "by": self.cast[by], "reason": "Onvolledig."}
        act = lambda: papers.give_back(**words)  # noqa: E731
        allowed = self._pending(kind, code, by)
        return self.act(f"{by} geeft {kind} terug", allowed, act, lambda: setattr(last, "status", "vervallen"))

    def adopt(self, kind: str, by: str) -> bool:
        m, paper, version = self.model, self.model.paper(kind), self.version(kind)
        if version is None:
            return False
        last = paper.last
        ready = last.status == "ter-paraaf" and last.initials >= set(m.ministries) and last.revision == paper.revision
        act = lambda: papers.adopt(version_id=version.pk, by=self.cast[by])  # noqa: E731
        allowed = m.running and by == PENVOERDER and ready
        return self.act(f"{by} stelt {kind} vast", allowed, act, lambda: setattr(last, "status", "vastgesteld"))

    # The SMO

    def offer(self, kind: str, by: str) -> bool:
        m, paper, version = self.model, self.model.paper(kind), self.version(kind)
        if version is None:
            return False
        last = paper.last
        borrowed = {**self.cast, PENVOERDER: self.cast[by]}
        allowed = m.running and by == PENVOERDER and last.status == "vastgesteld" and not last.offered

        def act() -> None:
            day = b.meeting().day
            smo.offer(version_id=version.pk, meeting_on=day, by=borrowed[PENVOERDER])

        return self.act(f"{by} biedt {kind} aan", allowed, act, lambda: setattr(last, "offered", True))

    def _offer(self, kind: str) -> tuple[Aanbieding | None, Version | None]:
        mine = Aanbieding.objects.filter(version__document__dossier=self.way.pk, version__document__kind=kind)
        found = mine.filter(intrekking=None, ronde=self.way.dossier.current_ronde).order_by("-id").first()
        return found, self.model.paper(kind).offered

    def position(self, kind: str, code: str, by: str) -> bool:
        offer, version = self._offer(kind)
        if offer is None:
            return False
        verdict = version.conclusion[0] if version.conclusion else ""
        allowed = self.model.running and by == f"smo-{code.lower()}" and verdict in {"", "aangehouden"}
        act = lambda: scenes.position(self.cast, offer, who=by, code=code)  # noqa: E731
        return self.act(f"{by} neemt een standpunt in over {kind}", allowed, act, lambda: None)

    def conclude(self, kind: str, verdict: str, by: str) -> bool:
        m = self.model
        offer, version = self._offer(kind)
        if offer is None:
            return False
        seen = offer.conclusies.last()
        final = version.conclusion is not None and version.conclusion[0] != "aangehouden"
        allowed = m.running and (by == "voorzitter-smo" or (by == "secretaris-smo" and not final))
        asked = ["Meld de voortgang.", "Regel medische zorg."] if verdict == CONDITIONAL else []

        def act() -> None:
            words = {"seen_conclusie": seen.pk if seen else 0, "voorwaarden": asked}
            scenes.conclusion(self.cast, offer, verdict, who=by, **words)

        def effect() -> None:
            version.conclusion, version.conditions = (verdict, m.tick()), [UNMET for _ in asked]
            if verdict != "aangehouden":
                version.heard = version.heard or m.clock

        return self.act(f"{by} concludeert {verdict} over {kind}", allowed, act, effect)

    def withdraw(self, kind: str, by: str) -> bool:
        offer, version = self._offer(kind)
        if offer is None:
            return False
        open_ = version.conclusion is None or version.conclusion[0] == "aangehouden"
        words = {"aanbieding_id": offer.pk, "reason": "Onvolledig.", "by": self.cast[by]}

        def effect() -> None:
            version.offered, version.conclusion, version.heard = False, None, 0

        allowed = self.model.running and by == PENVOERDER and open_
        return self.act(f"{by} trekt {kind} in", allowed, lambda: smo.withdraw(**words), effect)

    # Decisions

    def register(self, kind: str, code: str, uitkomst: str, by: str) -> bool:
        m, version, last = self.model, self.version(kind), self.model.paper(kind).last
        if version is None:
            return False
        allowed = m.running and last.status == "vastgesteld" and code in m.ministries
        allowed = allowed and by in {f"gemachtigde-{code.lower()}", f"gemachtigde-{code.lower()}-2"}
        option = {"optie": "A"} if kind == "opties" and uitkomst == "akkoord" else {}

        def act() -> None:
            besluit.register(
                version_id=version.pk, orgaan="bewindspersonen", uitkomst=uitkomst, besluit_op=b.today(), kenmerk="",
                toelichting="", by=self.cast[by], ministry=b.ministry(code), **option,
            )  # fmt: skip

        def effect() -> None:
            last.decisions[code] = Decision(uitkomst, by, m.tick())
            m.decided = last if kind == "opties" else m.decided

        return self.act(f"{by} registreert {uitkomst} van {code} over {kind}", allowed, act, effect)

    def confirm(self, kind: str, code: str, by: str) -> bool:
        version, last = self.version(kind), self.model.paper(kind).last
        made = version.besluiten.filter(ministry__code=code).last() if version else None
        if made is None:
            return False
        known = last.decisions[code]
        who = {f"gemachtigde-{code.lower()}", f"gemachtigde-{code.lower()}-2"} - {known.by}
        allowed = self.model.running and by in who and not known.confirmed
        act = lambda: besluit.confirm(besluit_id=made.pk, by=self.cast[by])  # noqa: E731
        return self.act(
            f"{by} bevestigt het besluit van {code}", allowed, act, lambda: setattr(known, "confirmed", True)
        )

    # The process

    def toets(self, applies: bool, by: str) -> bool:
        m = self.model
        way = Way({**self.cast, PENVOERDER: self.cast[by]}, self.way.pk, artikel_100=applies)

        def effect() -> None:
            m.toets = Toetsed(applies, m.phase in {"orientatie", "analyse"})

        return self.act(f"{by} toetst: {applies}", m.running and by == PENVOERDER, way.toets, effect)

    def propose(self, step: str, by: str, stale: bool = False) -> bool:
        m = self.model
        allowed = by == PENVOERDER and m.leaves(step) and step.startswith("terug") and not stale
        words = {"dossier_id": self.way.pk, "step": step, "seen_version": m.moves - stale, "reason": "Nieuw inzicht."}
        act = lambda: process.propose(by=self.cast[by], **words)  # noqa: E731
        effect = lambda: m.proposals.__setitem__(step, by)  # noqa: E731
        return self.act(f"{by} vraagt {step}", allowed and step not in m.proposals, act, effect)

    def step(self, step: str, by: str, stale: bool = False) -> bool:
        m, d = self.model, self.way.dossier
        allowed = m.leaves(step) and by == m.mover(step) and not stale
        if step.startswith("terug"):
            allowed = allowed and step in m.proposals
        gates = self.findings(d, step) if allowed else {}
        known = {gate: m.closed(gate) for gate in gates}
        allowed = allowed and not any(not gates[gate] if shut is None else shut for gate, shut in known.items())
        words = {
            "reason": "Omdat het moet.",
            "outcome": "anders",
            "seen_version": m.moves - stale,
            "runs_until": b.today(),
        }
        act = lambda: process.transition(dossier_id=d.pk, step=step, by=self.cast[by], **words)  # noqa: E731
        return self.act(f"{by} zet {step}", allowed, act, lambda: m.move(step))

    # What a sensible person would do next

    def help(self) -> None:
        """Opens the first closed gate of the step ahead, or makes the step; a stopped dossier is reopened."""
        m = self.model
        if not m.running:
            self.step("heropenen", m.mover("heropenen"))
            return
        shut = [gate for gate, open_ in self.findings(self.way.dossier).items() if not open_]
        if not shut:
            self.step(m.forward(), m.mover(m.forward()))
        else:
            self._solve(*shut[0].partition(":")[::2])

    def _solve(self, key: str, kind: str) -> None:
        if key == "vastgesteld":
            self._to_adopted(kind)
        elif key == "laatste_voortgang":
            self._to_adopted("voortgang")
        elif key == "smo":
            self._to_advised(kind)
        elif key in {"toets", "toets_opnieuw"}:
            self.toets(False, PENVOERDER)
        elif key == "optie_gekozen":
            self._to_decided("opties")
        elif key == "open_besluit":
            self._to_decided(kind)
        elif key == "brief":
            self.toets(False, PENVOERDER)
        else:
            from tests.hard import thin

            assert thin.solve(self, key), f"tests/hard/thin.py weet niet wat {key} opent"

    def _to_adopted(self, kind: str) -> None:
        """One act further."""
        paper = self.model.paper(kind)
        last = paper.last
        if (
            last is None
            or last.status == "vervallen"
            or last.revision != paper.revision
            or last.status == "vastgesteld"
        ):
            if paper.revision == 0 or (last and last.status == "vastgesteld"):
                self.write(kind, PENVOERDER)
            self.put_forward(kind, PENVOERDER)
        for code in self.model.ministries:
            if code not in paper.last.initials:
                self.initial(kind, code, f"teamleider-{code.lower()}")
        self.adopt(kind, PENVOERDER)

    def _to_advised(self, kind: str) -> None:
        paper = self.model.paper(kind)
        if paper.adopted is not paper.last or paper.adopted is None:
            self._to_adopted(kind)
        if not paper.last.offered:
            self.offer(kind, PENVOERDER)
        if paper.last.on_conditions:
            from tests.hard import conditions

            conditions.solve(self, kind)
        else:
            self.conclude(kind, self.chair, "voorzitter-smo")

    def _to_decided(self, kind: str) -> None:
        if self.model.paper(kind).last is not self.model.paper(kind).adopted:
            self._to_adopted(kind)
        for code in self.model.ministries:
            who = f"gemachtigde-{code.lower()}"
            self.register(kind, code, "akkoord", who)
            self.confirm(kind, code, f"{who}-2")


def bases(cast: b.Cast) -> list[Sim]:
    """Committed dossiers to begin sequences from: in each phase, with the SMO and without."""
    found = []
    for efforts, ministries in ((("politie",), ("BZ", "JENV")), (("diplomatie", "os"), ("BZ", "DEF"))):
        for phase in Phase:
            sim = Sim.open(cast, efforts, ministries)
            for _ in range(99):
                if sim.model.phase == phase:
                    break
                sim.help()
            assert sim.model.phase == phase
            sim.compare()
            found.append(sim)
    return found
