"""THE ARROWS. One row per step that a dossier can make; who may make it comes from the rights table.

`source_of_rule` names the paragraph or letter a step comes from, or says "ontwerpkeuze" with its reason.
"""

from dataclasses import dataclass

from cases.phase import Phase, Status
from cases.rights import Act
from phases.process import gates as g
from phases.process.facts import Facts


@dataclass(frozen=True)
class Step:
    """An arrow. It changes the phase (`target` is a Phase) or the status (`target` is a Status)."""

    name: str
    label: str
    source: tuple[Phase, ...]
    target: Phase | Status
    who: Act
    source_of_rule: str
    gates: tuple[g.Gate, ...] = ()
    from_status: tuple[Status, ...] = (Status.LOPEND,)
    reason_required: bool = False
    proposed_by: Act | None = None
    new_ronde: bool = False
    owner_only: bool = False
    with_outcome: bool = False
    checked: bool = False  # its consequences are read once more on a check page

    @property
    def field(self) -> str:
        """The state field that this arrow changes."""
        return "phase" if isinstance(self.target, Phase) else "status"

    @property
    def ground(self) -> tuple[str, str, str]:
        """What the move must rest on: the kind of paper, or a waiver of the gate on it, or a registered fact. "" for none."""
        for gate in self.gates:
            if isinstance(gate, g.Vastgesteld):
                return gate.kind, gate.name, gate.fact
            if isinstance(gate, g.LaatsteVoortgang):
                return "voortgang", gate.name, ""
        return "", "", ""

    def judge(self, facts: Facts) -> tuple[g.Finding, ...]:
        """What each gate that applies to this dossier finds, open or not."""
        return tuple(found for gate in self.gates if (found := g.judge(gate, facts)))

    @property
    def forward(self) -> bool:
        """A step that must rest on something adopted, or on a waiver."""
        return self.who == Act.STAP_ZETTEN

    def ends(self) -> list[tuple[Phase, Status, Phase, Status]]:
        """Every (phase, status) → (phase, status) that this arrow stands for."""
        return [
            (phase, status, self.target, status)
            if isinstance(self.target, Phase)
            else (phase, status, phase, self.target)
            for phase in self.source
            for status in self.from_status
        ]


FASE = "Leidraad par. 3.6, fase {}".format
BRIEF = "artikel 100 Grondwet"
EINDBRIEF = "Toetsingskader 2001 (ook een kortere duur wordt gemeld); bij elk einde is een ontwerpkeuze: de Kamer hoort ook dat het klaar is"
ALLE = tuple(Phase)
VIJF_VRAGEN = "Elk van de vijf vragen is beantwoord, of is met de reden gemarkeerd als niet te beantwoorden."
TWEE_OPTIES = (
    "Naast de nuloptie bevat zij ten minste twee opties, elk met doel per instrument, strategisch verhaal, partners, ruwe"
    " kosten en tijdpad."
)

FORWARD = (
    Step(
        "naar_analyse",
        "Ga naar Analyse en beoordeling",
        (Phase.ORIENTATIE,),
        Phase.ANALYSE,
        Act.STAP_ZETTEN,
        FASE(1),
        (
            g.Vastgesteld("signaal", "signaal", FASE(1)),
            g.NaderOnderzoek(),
            g.Werkgroep(),
            g.ToetsGedaan(),
            g.SmoConclusie("signaal"),
            g.GeenOpenBesluit("signaal"),
            g.Kennisgeving("kennisgeving", FASE(1)),
        ),
    ),
    Step(
        "naar_handelingsopties",
        "Ga naar Handelingsopties",
        (Phase.ANALYSE,),
        Phase.HANDELINGSOPTIES,
        Act.STAP_ZETTEN,
        FASE(2),
        (
            g.Vastgesteld("analyse", "analyse", FASE(2), VIJF_VRAGEN),
            g.InbrengGegeven(),
            g.BetrokkenheidGewenst(),
            g.SmoConclusie("analyse"),
            g.GeenOpenBesluit("analyse"),
        ),
    ),
    Step(
        "naar_planning",
        "Ga naar Planning en voorbereiding",
        (Phase.HANDELINGSOPTIES,),
        Phase.PLANNING,
        Act.STAP_ZETTEN,
        FASE(3),
        (
            g.NietBeeindigd(),
            g.Vastgesteld("opties", "opties", FASE(3), TWEE_OPTIES),
            # Also where personnel came in after the analysis, or was taken out and in again around a step.
            g.SmoConclusie("analyse"),
            g.SmoConclusie("opties"),
            g.OptieGekozen(),
            g.MinisterraadOverOptie(),
            g.BivAangevraagd(),
            g.ToetsOpnieuw(),
            g.Kennisgeving("kennisgeving", FASE(1)),
        ),
    ),
    Step(
        "naar_uitvoering",
        "Ga naar Uitvoering",
        (Phase.PLANNING,),
        Phase.UITVOERING,
        Act.STAP_ZETTEN,
        FASE(4),
        (
            g.NietBeeindigd(),
            g.OptieGekozen(),
            g.MinisterraadOverOptie(),
            g.BivAangevraagd(),
            g.PlanVastgesteld("plan", "plan", FASE(4)),
            g.Indicatoren(),
            g.SmoPlanEnBiv("plan"),
            g.Operatieconcept(),
            g.MilitairAdvies(),
            g.PolitieBesluit(),
            g.Communicatieplan(),
            g.GeenOpenBesluit("plan"),
            g.GeenOpenBesluit("artikel-100"),
            g.ToetsOpnieuw(),
            # Also where artikel 100 turns out to apply in Planning, or for the first time in a later Ronde.
            g.Kennisgeving("kennisgeving", FASE(1)),
            g.BivBesluit(),
            g.Artikel100Brief("artikel-100", BRIEF),
            g.BehandelingAfgerond(),
        ),
    ),
    Step(
        "naar_evaluatie",
        "Ga naar Evaluatie",
        (Phase.UITVOERING,),
        Phase.EVALUATIE,
        Act.STAP_ZETTEN,
        FASE(5),
        (
            g.EindeBesloten(),
            g.LaatsteVoortgang(),
            g.Transitiestrategie(),
            g.Beeindigingsbrief("beeindiging", EINDBRIEF),
        ),
    ),
    Step(
        "afsluiten",
        "Sluit het dossier af",
        (Phase.EVALUATIE,),
        Status.AFGESLOTEN,
        Act.STAP_ZETTEN,
        FASE(6),
        (
            g.EvaluatieVastgesteld("evaluatie", "evaluatie", FASE(6)),
            g.EvaluatieVerzonden(),
            g.Jaarverslag(),
            g.Lessen(),
            g.Toezeggingen(),
            g.Ingehaald(),
            g.BivAfgerekend(),
            g.Postmissie(),
            # Who ended early owes these still.
            g.EindeBesloten(),
            g.LaatsteVoortgang(),
            g.Transitiestrategie(),
            g.Beeindigingsbrief("beeindiging", EINDBRIEF),
        ),
    ),
)

BACK = tuple(
    Step(
        f"terug_naar_{phase.value}",
        f"Ga terug naar {phase.label}",
        tuple(later for later in Phase if later.number > phase.number),
        phase,
        Act.TERUG_BEVESTIGEN,
        "Leidraad par. 3.6: de fasen hoeven niet van A tot Z gevolgd te worden; de bevestiging is een ontwerpkeuze: vier ogen",
        reason_required=True,
        proposed_by=Act.TERUG_VRAGEN,
    )
    for phase in list(Phase)[:-1]
)

OTHER = (
    Step(
        "stoppen",
        "Stop het dossier",
        ALLE,
        Status.GESTOPT,
        Act.STOPPEN,
        "Leidraad par. 3.6, fase 2 en 3: betrokkenheid kan ongewenst of niet haalbaar blijken",
        (
            g.NegatieveUitkomst("negatieve-uitkomst", "Kamerstuk 29 521, nrs. 202 en 209"),
            g.Beeindigingsbrief("beeindiging", EINDBRIEF),
            g.KamerIngelicht(),
        ),
        reason_required=True,
        with_outcome=True,
    ),
    Step(
        "eerder_beeindigen",
        "Beëindig de inzet eerder",
        (Phase.UITVOERING,),
        Phase.EVALUATIE,
        Act.STOPPEN,
        "Leidraad par. 3.6, fase 5: activiteiten kunnen vroegtijdig worden stopgezet",
        reason_required=True,
        checked=True,
    ),
    Step(
        "verlengen",
        "Verleng of wijzig de inzet",
        (Phase.UITVOERING,),
        Phase.PLANNING,
        Act.STOPPEN,
        "Toetsingskader 2001 (ook een langere duur of ander mandaat vraagt een brief); de ronde is een ontwerpkeuze: elk besluit blijft bij zijn eigen stukken",
        reason_required=True,
        new_ronde=True,
        checked=True,
    ),
    Step(
        "heropenen",
        "Heropen het dossier",
        ALLE,
        Status.LOPEND,
        Act.STOPPEN,
        "ontwerpkeuze: een situatie kan terugkeren, en kennis mag niet verloren gaan",
        from_status=(Status.GESTOPT, Status.AFGESLOTEN),
        reason_required=True,
    ),
)

INLEZEN = tuple(
    Step(
        f"inlezen_{phase.value}",
        f"Ingelezen in {phase.label}",
        (Phase.ORIENTATIE,),
        phase,
        Act.STAP_ZETTEN,
        "ontwerpkeuze: missies die al lopen komen met hun oude data en stukken binnen",
        owner_only=True,
    )
    for phase in list(Phase)[1:]
)

STEPS = {step.name: step for step in (*FORWARD, *BACK, *OTHER, *INLEZEN)}

GATES = {gate.name: gate for step in STEPS.values() for gate in step.gates}


def step_forward(phase: Phase) -> Step:
    """The arrow ahead of a running dossier."""
    return next(step for step in FORWARD if phase in step.source)


def steps_from(phase: Phase, status: Status) -> list[Step]:
    """Every arrow that leaves this state, except reading in."""
    return [s for s in STEPS.values() if not s.owner_only and phase in s.source and status in s.from_status]
