"""Brings a dossier to where a step can be made: looks which gates are closed and does what opens them, through the services.

A gate without an opener here is set aside by a waiver when the table allows that; a gate that allows neither is named.
"""

from collections.abc import Callable
from dataclasses import dataclass

from cases.models import DocumentVersion, Dossier, Effort, PaperStatus
from cases.phase import Phase, Status
from cases.services import dossiers
from phases.kamer import services as kamer
from phases.lessen import services as lessen
from phases.process import facts as facts_module
from phases.process import services
from phases.process.gates import Finding, NietBeeindigd, judge
from phases.process.gates.gegevens import Vastgelegd
from phases.process.table import GATES, STEPS, Step, steps_from
from phases.smo.models import Aanbieding
from tests import builders as b
from tests.phases import scenes


@dataclass
class Way:
    """One dossier on its way, with the people who act in it."""

    cast: b.Cast
    pk: int
    artikel_100: bool = False

    @property
    def dossier(self) -> Dossier:
        return Dossier.objects.select_related("lead", "handler").get(pk=self.pk)

    def newest(self, kind: str) -> DocumentVersion:
        """The newest version of a kind of paper in the current Ronde."""
        return DocumentVersion.objects.filter(
            document__dossier=self.pk, document__kind=kind, document__ronde=self.dossier.current_ronde
        ).latest("document_id", "number")

    def make_ready(self, step: Step) -> None:
        """Opens gate after gate until none is closed; asks for a step that another must confirm."""
        if step.proposed_by and not facts_module.load(self.dossier).proposals.get(step.name):
            self.propose(step)
        for _ in range(60):
            closed = [f for f in step.judge(facts_module.load(self.dossier)) if not f.open]
            if not closed:
                return
            self.open_gate(closed[0])
        raise AssertionError(f"{step.name} blijft dicht: {[f.sentence for f in closed]}")

    def propose(self, step: Step) -> None:
        d = self.dossier
        by = self.cast["behandelaar-bz"]
        services.propose(dossier_id=d.pk, step=step.name, by=by, seen_version=d.moves_made, reason="Nieuw inzicht.")

    def open_gate(self, found: Finding) -> None:
        gate = found.gate
        opener = OPENERS.get(gate.key)
        if opener:
            opener(self, getattr(gate, "kind", ""))
        elif isinstance(gate, Vastgelegd):
            b.register(self.cast, self.dossier, gate.key, confirmed_by=SECOND.get(gate.key, ""))
        elif gate.waivable:
            self.waive(gate.name)
        else:
            raise AssertionError(f"tests/hard/ready.py weet niet wat de voorwaarde {gate.name} opent: {found.sentence}")

    def waive(self, gate: str) -> None:
        duty = {"holder": b.ministry("BZ"), "term": b.today()} if GATES[gate].catch_up else {}
        words = {"gate": gate, "reason": "Spoed.", "until": b.today(), **duty}
        asked = services.ask_waiver(dossier_id=self.pk, by=self.cast["behandelaar-bz"], **words)
        granter = "voorzitter-smo" if self.dossier.needs_smo else "teamleider-bz"
        services.grant_waiver(waiver_id=asked.pk, by=self.cast[granter])

    def step(self, name: str, **given) -> None:
        """Makes a step by whoever may, with what the table asks."""
        services.transition(**self.arguments(STEPS[name]), **given)

    def arguments(self, step: Step) -> dict:
        """What transition() needs for this step, as seen now."""
        words: dict = {"reason": "Omdat het moet."} if step.reason_required else {}
        if step.with_outcome:
            words["outcome"] = "anders"
        if step.new_ronde:
            words["runs_until"] = b.today()
        by = "behandelaar-bz" if step.forward else "teamleider-bz"
        d = self.dossier
        return {"dossier_id": d.pk, "step": step.name, "by": self.cast[by], "seen_version": d.moves_made, **words}

    def bring(self, phase: Phase, status: Status = Status.LOPEND) -> None:
        """To this state from any other, by real steps: reopened, back as asked and confirmed, or forward gate by gate."""
        while (now := self.dossier) and (now.phase, now.status) != (phase, status):
            if Phase(now.phase).number < phase.number and self._ended(now):
                codes = tuple(now.participations.values_list("ministry__code", flat=True))
                self.pk = b.make_dossier(self.cast, ministries=codes, efforts=tuple(now.efforts)).pk
                continue
            self.step(self._towards(Phase(now.phase), Status(now.status), phase, status).name)

    def _ended(self, now: Dossier) -> bool:
        """Whether parliament was told that it is over: such a dossier does not go forward, so another one does."""
        found = judge(NietBeeindigd(), facts_module.load(now))
        return found is not None and not found.open

    def _towards(self, now: Phase, status: Status, phase: Phase, wanted: Status) -> Step:
        """The next arrow on the way, ready to be made."""
        ways = steps_from(now, status)
        if now == phase or status != Status.LOPEND:
            step = next(s for s in ways if s.target == (wanted if status == Status.LOPEND else Status.LOPEND))
        elif now.number > phase.number:
            step = next(s for s in ways if s.target == phase and s.proposed_by)
        else:
            step = next(s for s in ways if s.forward)
        self.make_ready(step)
        return step

    # What opens a gate

    def adopted(self, kind: str) -> None:
        """Vastgesteld; and offered to the SMO at once where the SMO advises on it."""
        if kind == "evaluatie":
            b.adopt(self.cast, b.write(self.cast, self.dossier, kind, b.EVALUATIE))
        else:
            scenes.adopted(self.cast, self.dossier, kind)

    def advised(self, kind: str) -> None:
        version = self.newest(kind)
        offer = Aanbieding.objects.filter(version=version).first() or offer_now(self.cast, version)
        seen = offer.conclusies.last()
        scenes.conclusion(self.cast, offer, seen_conclusie=seen.pk if seen else 0)

    def toets(self, kind: str = "") -> None:
        yes = self.artikel_100
        answers = {"rechtsorde": yes, "eenheid": yes, "geweld": yes, "humanitair": False, "applies": yes}
        dossiers.judge_artikel_100(dossier_id=self.pk, by=self.cast["behandelaar-bz"], **answers)

    def sent(self, kind: str) -> None:
        """A letter written, signed, agreed by the Ministerraad where it must, and sent."""
        version = scenes.signed_letter(self.cast, self.dossier, kind)
        if kind == "artikel-100":
            scenes.decide(self.cast, version, "ministerraad")
        kamer.send(version_id=version.pk, sent_on=b.today(), by=self.cast["secretariaat"])

    def chosen(self, kind: str = "") -> None:
        body = "bewindspersonen" if self.dossier.needs_smo else "hoog-ambtelijk"
        given = {"mr_nodig": True, "mr_reden": "Een militaire eenheid."} if self.artikel_100 else {}
        scenes.decide(self.cast, self.newest("opties"), body, optie="A", **given)

    def cabinet(self, kind: str = "") -> None:
        scenes.decide(self.cast, self.newest("opties"), "ministerraad", optie="A")

    def last_report(self, kind: str = "") -> None:
        b.adopt(self.cast, b.write(self.cast, self.dossier, "voortgang", b.VOORTGANG))

    def lesson(self, kind: str = "") -> None:
        lessen.record(dossier_id=self.pk, by=self.cast["behandelaar-bz"], les="Te laat.", aanbeveling="Eerder.")


def offer_now(cast: b.Cast, version: DocumentVersion) -> Aanbieding:
    from phases.smo import services as smo

    assert version.status in PaperStatus.adopted()
    return smo.offer(version_id=version.pk, meeting_on=b.meeting().day, by=cast["behandelaar-bz"])


# Who confirms a registered fact that counts only then.
SECOND = {"politie": "gemachtigde-jenv-2"}
OPENERS: dict[str, Callable[[Way, str], None]] = {
    "vastgesteld": Way.adopted,
    "smo": Way.advised,
    "toets": Way.toets,
    "toets_opnieuw": Way.toets,
    "brief": Way.sent,
    "optie_gekozen": Way.chosen,
    "ministerraad_optie": Way.cabinet,
    "laatste_voortgang": Way.last_report,
    "indicatoren": lambda way, _: b.measure(way.cast, way.dossier),
    "behandeling": lambda way, _: scenes.treated(way.cast, way.dossier),
    "lessen": Way.lesson,
    "inbreng": lambda way, _: b.contribute(way.cast, way.dossier),
}


def in_planning(cast: b.Cast, made: Dossier | None = None) -> Dossier:
    """A dossier whose option was chosen, so that its artikel 100-brief can go; one with a military unit when none is given."""
    way = Way(cast, made.pk, artikel_100=Effort.EENHEID in made.efforts) if made else begin(cast, full=True)
    way.bring(Phase.PLANNING)
    return way.dossier


def begin(cast: b.Cast, *, full: bool) -> Way:
    """A new dossier: with a military unit, the SMO and artikel 100, or the shortest way there is."""
    efforts = scenes.EENHEID if full else ("diplomatie",)
    return Way(cast, scenes.dossier(cast, efforts=efforts).pk, artikel_100=full)
