"""The procedure as a plain Python model: what a dossier is, and which gates are closed. It knows no database and no service.

It is written from the phase plan and the rights table, not from the code that it judges. A gate that the model does not know
is answered with None: then the application's own finding is taken, and the figures say so.
"""

from dataclasses import dataclass, field

PHASES = ["orientatie", "analyse", "handelingsopties", "planning", "uitvoering", "evaluatie"]
PRODUCTS = ["signaal", "analyse", "opties", "plan", "voortgang", "evaluatie"]
PERSONNEL = {"eenheid", "militairen", "politie", "justitie", "civiel"}
PENVOERDER, LEADER = "behandelaar-bz", "teamleider-bz"
NEGATIVE, POSITIVE, CONDITIONAL = "negatief", "positief", "positief-voorwaarden"
# How a condition of the SMO stands: nobody met it, the secretary must still look, or it is met.
UNMET, UNCHECKED, MET = "open", "afgehandeld", "voldaan"
# What the penvoerder may ask to set aside, per step (the phase plan).
WAIVABLE = {
    "naar_analyse": ["werkgroep", "smo:signaal", "brief:kennisgeving"],
    "naar_handelingsopties": ["inbreng", "smo:analyse"],
    "naar_planning": ["smo:analyse", "smo:opties", "brief:kennisgeving"],
    "naar_uitvoering": ["indicatoren", "smo:plan", "communicatieplan", "behandeling", "brief:kennisgeving"],
    "naar_evaluatie": ["laatste_voortgang"],
    "afsluiten": ["laatste_voortgang"],
}
# The registered facts that a step may wait for, and who registers each in a dossier of BZ.
FACTS = {
    "communicatieplan": {PENVOERDER},
    "einde-besloten": {PENVOERDER},
    "transitiestrategie": {PENVOERDER},
    "jaarverslag": {PENVOERDER},
    "politie": {"gemachtigde-jenv", "gemachtigde-jenv-2"},
}


@dataclass
class Decision:
    """One minister about one version; `moment` orders it among conclusions."""

    uitkomst: str
    by: str
    moment: int
    confirmed: bool = False


@dataclass
class Fact:
    """The newest registration of a soort; the decision on the police counts once another gemachtigde confirms it."""

    soort: str
    by: str
    moment: int = 0
    confirmed: bool = False

    @property
    def counts(self) -> bool:
        return self.confirmed or self.soort != "politie"


@dataclass
class Version:
    """A frozen text."""

    number: int
    revision: int
    status: str = "ter-paraaf"
    initials: set[str] = field(default_factory=set)
    offered: bool = False
    conclusion: tuple[str, int] | None = None
    heard: int = 0
    conditions: list[str] = field(default_factory=list)
    decisions: dict[str, Decision] = field(default_factory=dict)
    choice: "Version | None" = None

    @property
    def on_conditions(self) -> bool:
        """Whether a condition of the newest conclusion about it is still open."""
        return any(state != MET for state in self.conditions)


@dataclass
class Paper:
    revision: int = 0
    writers: set[str] = field(default_factory=set)
    versions: list[Version] = field(default_factory=list)

    @property
    def last(self) -> Version | None:
        return self.versions[-1] if self.versions else None

    @property
    def adopted(self) -> Version | None:
        return next((v for v in reversed(self.versions) if v.status == "vastgesteld"), None)

    @property
    def offered(self) -> Version | None:
        """What lies before the SMO: the newest offer that was not withdrawn."""
        return next((v for v in reversed(self.versions) if v.offered), None)


@dataclass
class Toetsed:
    """What the newest toets says. One that deviates counts as yes until a second person agreed."""

    applies: bool
    provisional: bool
    deviates: bool = False


@dataclass
class Model:
    """One dossier in its current Ronde."""

    efforts: tuple[str, ...]
    ministries: tuple[str, ...]
    phase: str = "orientatie"
    status: str = "lopend"
    ronde: int = 1
    moves: int = 0
    clock: int = 0
    toets: Toetsed | None = None
    papers: dict[str, Paper] = field(default_factory=dict)
    asked: set[str] = field(default_factory=set)
    granted: dict[str, int] = field(default_factory=dict)
    proposals: dict[str, str] = field(default_factory=dict)
    recorded: dict[str, Fact] = field(default_factory=dict)
    contributed: set[str] = field(default_factory=set)
    measured: bool = False
    lessons: int = 0
    promises: list[int] = field(default_factory=list)
    duties: int = 0
    decided: Version | None = None

    @property
    def running(self) -> bool:
        return self.status == "lopend"

    @property
    def needs_smo(self) -> bool:
        return bool(PERSONNEL & set(self.efforts))

    def paper(self, kind: str) -> Paper:
        return self.papers.setdefault(kind, Paper())

    def tick(self) -> int:
        self.clock += 1
        return self.clock

    # Moving

    def forward(self) -> str:
        """The name of the step ahead."""
        number = PHASES.index(self.phase)
        return "afsluiten" if number == 5 else f"naar_{PHASES[number + 1]}"

    def leaves(self, step: str) -> bool:
        """Whether this arrow leaves from here."""
        if step == "heropenen":
            return not self.running
        if not self.running:
            return False
        if step.startswith("terug_naar_"):
            return PHASES.index(step.removeprefix("terug_naar_")) < PHASES.index(self.phase)
        if step in {"verlengen", "eerder_beeindigen"}:
            return self.phase == "uitvoering"
        return step == "stoppen" or step == self.forward()

    def mover(self, step: str) -> str:
        """Who may make it."""
        return PENVOERDER if step.startswith("naar_") or step == "afsluiten" else LEADER

    def move(self, step: str) -> None:
        if step in {"stoppen", "afsluiten", "heropenen"}:
            self.status = {"stoppen": "gestopt", "afsluiten": "afgesloten", "heropenen": "lopend"}[step]
        elif step == "eerder_beeindigen":
            self.phase = "evaluatie"
        elif step == "verlengen":
            self.phase, self.ronde = "planning", self.ronde + 1
            self.toets, self.papers, self.recorded, self.measured = None, {}, {}, False
            self.asked, self.granted, self.contributed, self.decided = set(), {}, set(), None
        else:
            self.phase = step.removeprefix("terug_").removeprefix("naar_")
        self.moves += 1
        self.proposals = {}

    # The gates

    def closed(self, gate: str) -> bool | None:
        """Whether a gate holds the dossier; None when the model does not know this gate."""
        key, _, kind = gate.partition(":")
        judge = getattr(self, f"_{key}", None)
        if key in FACTS:
            shut = not self._recorded(key)
        elif judge is None:
            return None
        else:
            shut = judge(kind)
        return bool(shut) and not self._waived(gate)

    def _chosen_at(self) -> int:
        """When the ministers came to agree about the optiesnota as it is; 0 while they do not."""
        nota = self.paper("opties").adopted
        return max(one.moment for one in nota.decisions.values()) if nota and self.choice() is nota else 0

    def _waived(self, gate: str) -> bool:
        """From Planning on a waiver of before the present choice does not count."""
        if gate.startswith("smo:") and self.spoken(gate.removeprefix("smo:")):
            return False
        since = self._chosen_at() if PHASES.index(self.phase) >= PHASES.index("planning") else 0
        return self.granted.get(gate, -1) >= since

    def spoken(self, kind: str) -> bool:
        """Whether the chair concluded negatively, so that only the ministers decide otherwise, or on conditions that are open."""
        offer = self.paper(kind).offered
        negative = offer is not None and offer.conclusion is not None and offer.conclusion[0] == NEGATIVE
        return negative or (offer is not None and offer.on_conditions)

    def _recorded(self, key: str) -> bool:
        """Whether a registered fact counts: one of before the present choice does not."""
        known = self.recorded.get(key)
        return known is not None and known.counts and known.moment > self._chosen_at()

    def _vastgesteld(self, kind: str) -> bool:
        if kind == "plan" and len(self.efforts) == 1 and not self.needs_smo and self._recorded("eigen-plan"):
            return False
        if kind == "plan" and self.paper(kind).adopted and self._chosen_since(self.paper(kind).adopted):
            return True
        military = {"eenheid", "militairen", "assistentie"} & set(self.efforts)
        return not self.paper(kind).adopted and (kind != "evaluatie" or bool(military))

    def choice(self) -> Version | None:
        """The version of the optiesnota that the ministers last decided about, when they agree on it."""
        return self.decided if self.decided and self._together(self.decided) else None

    def _chosen_since(self, plan: Version) -> bool:
        """Whether the ministers agree on the optiesnota as it is, and did not when this plan was written."""
        nota = self.paper("opties").adopted
        return nota is not None and self.choice() is nota and plan.choice is not nota

    def _nader_onderzoek(self, kind: str) -> bool:
        """Every assessment in the model asks for it; every involvement is wanted; no letter says that it ends."""
        return False

    _gewenst = _nader_onderzoek
    _niet_beeindigd = _nader_onderzoek

    def _werkgroep(self, kind: str) -> bool:
        """Every ministry of the model names a contact when the dossier opens."""
        return False

    def _inbreng(self, kind: str) -> bool:
        return not self.contributed >= set(self.ministries) - {"BZ"}

    def _indicatoren(self, kind: str) -> bool:
        return not self.measured

    def _lessen(self, kind: str) -> bool:
        return not self.lessons

    def _ingehaald(self, kind: str) -> bool:
        return bool(self.duties)

    def _toezeggingen(self, kind: str) -> bool:
        return bool(self.promises)

    def _toets(self, kind: str) -> bool:
        return self.toets is None or self.toets.deviates

    def _toets_opnieuw(self, kind: str) -> bool:
        return self.toets is None or self.toets.provisional or self.toets.deviates

    def _smo(self, kind: str) -> bool:
        if not self.needs_smo:
            return False
        paper = self.paper(kind)
        offer = paper.offered
        if offer is None or (paper.adopted and offer is not paper.adopted) or offer.conclusion is None:
            return True
        verdict, moment = offer.conclusion
        if verdict == NEGATIVE:
            return not self._together(offer, since=moment)
        return verdict not in {POSITIVE, CONDITIONAL} or offer.on_conditions

    def _together(self, version: Version, since: int = 0) -> bool:
        """Every minister agreed about this version, and each agreement was confirmed."""
        made = {code: one for code, one in version.decisions.items() if one.moment > since}
        return all(
            code in made and made[code].confirmed and made[code].uitkomst == "akkoord" for code in self.ministries
        )

    def _optie_gekozen(self, kind: str) -> bool:
        version = self.paper("opties").adopted
        return version is None or not self._together(version, since=self._advised_at(version))

    def _advised_at(self, version: Version) -> int:
        """When the SMO concluded on the options, so that the ministers know it when they choose; 0 when it did not."""
        if not self.needs_smo or self.paper("opties").offered is not version or version.conclusion is None:
            return 0
        verdict, moment = version.conclusion
        return moment if verdict == NEGATIVE else version.heard

    def _open_besluit(self, kind: str) -> bool:
        version = self.papers[kind].adopted if kind in self.papers else None
        last: dict[str, Decision] = {}
        for one in self.papers[kind].versions if version else ():
            for code, made in one.decisions.items():
                last[code] = max(made, last.get(code, made), key=lambda d: d.moment)
        return any(not one.confirmed or one.uitkomst != "akkoord" for one in last.values())

    def _brief(self, kind: str) -> bool:
        """Only the kennisgeving can fall due, in every Ronde: the model sends no letters, and no military unit goes."""
        return kind == "kennisgeving" and bool(self.toets and (self.toets.applies or self.toets.deviates))

    def _laatste_voortgang(self, kind: str) -> bool:
        return not self.paper("voortgang").adopted
