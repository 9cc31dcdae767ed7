"""Who is up: every act of a dossier that waits, and on which role of which ministry. Pure, over the facts.

What waits on the penvoerder is what holds the step ahead; what waits on others follows from the facts themselves.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import TextChoices
from django.urls import reverse

from cases import access
from cases.models import Dossier, PaperStatus, User
from cases.phase import Phase, Status
from cases.rights import Role
from cases.templatetags.notatie import datum
from phases.besluit.models import Orgaan
from phases.kamer.models import BriefSoort, Kamer
from phases.process.afwijking_models import SPOED_MINISTRIES, Soort
from phases.process.facts import Facts
from phases.process.gates import PRODUCT_NAMES, BetrokkenheidGewenst, NaderOnderzoek, SmoConclusie, Vastgelegd
from phases.process.gates.base import LATER, PENVOERDER
from phases.process.gates.gegevens import SECOND
from phases.process.gates.planning import smo_allows
from phases.process.selectors import finding_url
from phases.process.table import STEPS, step_forward
from phases.smo.models import Oordeel

# Where the choice of an option holds the step ahead.
CHOOSING = (Phase.HANDELINGSOPTIES, Phase.PLANNING)


class Stand(TextChoices):
    """What a dossier waits for, in the words of the list; the most pressing first."""

    STANDPUNT = "Wacht op standpunt"
    SMO = "Ligt bij de SMO"
    BESLUIT = "Wacht op besluit"
    BIV = "Wacht op BIV-besluit"
    RESERVERING = "Wacht op reservering"
    BEVESTIGING = "Wacht op bevestiging"
    ONDERTEKENING = "Wacht op ondertekening"
    VERZENDING = "Wacht op verzending"
    PARAAF = "Wacht op paraaf"
    INBRENG = "Wacht op inbreng"
    BEOORDELING = "Wacht op beoordeling"
    GEGEVEN = "Wacht op een gegeven"
    READY = "Klaar voor de volgende stap"
    IN_HAND = "In behandeling"
    INHALEN = "Nog in te halen"
    KAMERSTUK = "Wacht op Kamerstuknummer"
    AFREKENING = "Wacht op afrekening"

    @property
    def on_others(self) -> bool:
        """Whether the penvoerder can only wait."""
        return self not in (Stand.READY, Stand.IN_HAND, Stand.INHALEN)


@dataclass(frozen=True)
class Turn:
    """One act that waits: on a role of a ministry ("" for a role across ministries), and who may not do it."""

    role: Role
    ministry: str
    stand: Stand
    tekst: str
    knop: str
    url: str
    not_by: int | None = None
    due: date | None = None

    def is_for(self, user: User) -> bool:
        """Whether this person can do it now."""
        holds = {(m.role, m.ministry.code if m.ministry else "") for m in access.memberships(user)}
        return (self.role, self.ministry) in holds and self.not_by != user.pk


def turns(dossier: Dossier, facts: Facts) -> list[Turn]:
    """Everything that waits in this dossier, the most pressing first; nothing once it is stopped or closed."""
    if dossier.status != Status.LOPEND:
        return []
    finders = (
        _positions,
        _conclusions,
        _initials,
        _contributions,
        _money,
        _books,
        _signatures,
        _choice,
        _against_advice,
        _decisions,
        _toets,
        _requests,
        _waivers,
        _declarations,
        _duties,
        _registrations,
        _promises,
        _stopping,
        _ahead,
        _numbers,
    )
    return [turn for finder in finders for turn in finder(dossier, facts)]


def of_user(found: Iterable[Turn], user: User) -> list[Turn]:
    """What waits on this person."""
    return [turn for turn in found if turn.is_for(user)]


def _name(kind: str) -> str:
    return PRODUCT_NAMES.get(kind, "het voortgangsverslag")


def _positions(dossier: Dossier, facts: Facts) -> Iterator[Turn]:
    for kind, offer in facts.smo.items():
        for code in () if offer.oordeel and not offer.held else offer.awaited:
            url = reverse("standpunt", args=[dossier.number, offer.aanbieding_id])
            reminded = f", herinnerd op {datum(offer.reminded)}" if offer.reminded else ""
            round_ = f" (schriftelijke ronde{reminded})" if offer.schriftelijk else ""
            text = f"Geef het standpunt van {code} over {_name(kind)}{round_}."
            yield Turn(Role.SMO_LID, code, Stand.STANDPUNT, text, "Neem standpunt in", url, due=offer.meeting_on)


def _conclusions(dossier: Dossier, facts: Facts) -> Iterator[Turn]:
    for kind, offer in facts.smo.items():
        if not offer.oordeel or offer.held:
            url = reverse("conclusie", args=[dossier.number, offer.aanbieding_id])
            text = f"Leg de conclusie van de SMO vast over {_name(kind)}."
            for role in (Role.VOORZITTER_SMO, Role.SECRETARIS_SMO):
                yield Turn(role, "", Stand.SMO, text, "Leg conclusie vast", url, due=offer.meeting_on)
        elif offer.positive and offer.unchecked:
            url = reverse("dossier_smo", args=[dossier.number])
            text = f"Bevestig de afgehandelde voorwaarden van de SMO over {_name(kind)}."
            yield Turn(Role.SECRETARIS_SMO, "", Stand.BEVESTIGING, text, "Bekijk de voorwaarden", url)


def _initials(dossier: Dossier, facts: Facts) -> Iterator[Turn]:
    for kind, initial in facts.initials.items():
        url = reverse("document", args=[dossier.number, initial.document_id])
        for code in initial.awaited:
            text = f"Parafeer {_name(kind)} namens {code}."
            yield Turn(Role.TEAMLEIDER, code, Stand.PARAAF, text, "Bekijk en parafeer", url)


def _contributions(dossier: Dossier, facts: Facts) -> Iterator[Turn]:
    """In Analyse each other ministry brings something in, or says that it has nothing."""
    for code in facts.not_contributed if dossier.phase == Phase.ANALYSE else ():
        if "inbreng" not in facts.waivers:
            url, text = reverse("inbreng", args=[dossier.number, code]), f"Geef de inbreng van {code} voor de analyse."
            yield Turn(Role.BEHANDELAAR, code, Stand.INBRENG, text, "Geef inbreng", url)


def _money(dossier: Dossier, facts: Facts) -> Iterator[Turn]:
    """The BIV-beheerder reserves once the SMO has advised; then each minister decides, until one refuses."""
    biv = facts.biv
    if biv is None or biv.refused or biv.lapsed:
        return
    if biv.proposed:
        if smo_allows(facts) and not biv.unsplit:
            url, text = (
                reverse("budget_reserveren", args=[dossier.number, biv.aanvraag_id]),
                "Reserveer het gevraagde BIV-geld.",
            )
            yield Turn(Role.BIV_BEHEERDER, biv.manager, Stand.RESERVERING, text, "Bekijk en reserveer", url)
        return
    for code in biv.awaited:
        url = reverse("budget_beslissen", args=[dossier.number, biv.aanvraag_id])
        text = f"Leg het BIV-besluit van {code} vast."
        yield Turn(Role.GEMACHTIGDE, code, Stand.BIV, text, "Leg BIV-besluit vast", url)


def _books(dossier: Dossier, facts: Facts) -> Iterator[Turn]:
    """In Evaluatie the BIV-beheerder settles what any Ronde was granted: closing the dossier waits for it."""
    if dossier.phase == Phase.EVALUATIE and facts.biv_unsettled:
        url, text = reverse("budget", args=[dossier.number]), "Reken het toegekende BIV-geld af."
        yield Turn(Role.BIV_BEHEERDER, facts.biv_manager, Stand.AFREKENING, text, "Bekijk het budget", url)


def _signatures(dossier: Dossier, facts: Facts) -> Iterator[Turn]:
    """Ministers sign in order; the secretariaat of the penvoerder sends."""
    for kind, paper in facts.papers.items():
        if kind not in BriefSoort.values:
            continue
        if paper.status == PaperStatus.VASTGESTELD and paper.unsigned:
            url, text = reverse("ondertekenen", args=[dossier.number, kind]), _sign(kind)
            stand = Stand.ONDERTEKENING
            yield Turn(Role.GEMACHTIGDE, paper.unsigned[0], stand, text, "Leg ondertekening vast", url)
        agreed = any(
            b.orgaan == Orgaan.MINISTERRAAD and b.positive and b.version_id == paper.version_id for b in facts.besluiten
        )
        if paper.status == PaperStatus.ONDERTEKEND and (kind != BriefSoort.ARTIKEL_100 or agreed):
            url = reverse("verzenden", args=[dossier.number, kind])
            text = f"Verzend {_name(kind)}."
            yield Turn(Role.SECRETARIAAT, dossier.lead.code, Stand.VERZENDING, text, "Verzend de brief", url)


def _sign(kind: str) -> str:
    return f"Leg de ondertekening van {_name(kind)} vast."


def _decisions(dossier: Dossier, facts: Facts) -> Iterator[Turn]:
    """A registered decision waits on a second person: of the secretariaat, or a gemachtigde of the same ministry."""
    for kind in facts.papers:
        for besluit in facts.decided(kind):
            if besluit.confirmed:
                continue
            mr = besluit.orgaan == Orgaan.MINISTERRAAD
            role, code = (Role.SECRETARIAAT, dossier.lead.code) if mr else (Role.GEMACHTIGDE, besluit.ministry)
            url = reverse("besluit_bevestigen", args=[dossier.number, besluit.id])
            text = f"Bevestig het geregistreerde besluit over {_name(kind)}."
            yield Turn(role, code, Stand.BEVESTIGING, text, "Bekijk het besluit", url, not_by=besluit.by_id)


def _choice(dossier: Dossier, facts: Facts) -> Iterator[Turn]:
    """The options lie before those who choose: each minister by the own gemachtigde, and the Ministerraad where one asks it."""
    offer = facts.smo.get("opties")
    if dossier.phase not in CHOOSING or "opties" not in facts.papers:
        return
    if facts.needs_smo and not (offer and offer.oordeel in (*Oordeel.positive(), Oordeel.NEGATIEF)):
        return
    url, text = reverse("besluiten", args=[dossier.number]), "Leg de keuze voor een handelingsoptie vast."
    choosing = facts.choosing()
    alone = () if facts.choice() else (dossier.lead.code,)
    for code in alone if choosing is None else [c for c in choosing.missing if c in facts.taking_part]:
        yield Turn(Role.GEMACHTIGDE, code, Stand.BESLUIT, text, "Leg het besluit vast", url)
    decided = facts.decided("opties")
    if any(b.mr_nodig for b in decided) and not any(b.orgaan == Orgaan.MINISTERRAAD for b in decided):
        text = "Leg het besluit van de Ministerraad over de opties vast."
        yield Turn(Role.SECRETARIAAT, dossier.lead.code, Stand.BESLUIT, text, "Leg het besluit vast", url)


def _against_advice(dossier: Dossier, facts: Facts) -> Iterator[Turn]:
    """After a negative conclusion each minister decides whether the dossier goes on; the choice of an option asks that already."""
    chosen = [turn.ministry for turn in _choice(dossier, facts)]
    for finding in step_forward(Phase(dossier.phase)).judge(facts):
        if finding.open or not isinstance(finding.gate, SmoConclusie):
            continue
        text = f"Leg het besluit van de minister vast over {_name(finding.gate.kind)} (de SMO adviseerde negatief)."
        for code in finding.gate.undecided(facts):
            if code in facts.taking_part and code not in chosen:
                url = reverse("besluiten", args=[dossier.number])
                yield Turn(Role.GEMACHTIGDE, code, Stand.BESLUIT, text, "Leg het besluit vast", url)


def _toets(dossier: Dossier, facts: Facts) -> Iterator[Turn]:
    """The toets deviates from its answers or from what parliament was told: a second person of the penvoerder agrees, or asks for a new one."""
    if facts.toets_deviates:
        url, text = reverse("toets", args=[dossier.number]), "Bevestig de uitkomst van de toets voor artikel 100."
        stand, who = Stand.BEVESTIGING, facts.toets_deviates
        yield Turn(Role.TEAMLEIDER, facts.lead, stand, text, "Bekijk de toets", url, not_by=who)


def _requests(dossier: Dossier, facts: Facts) -> Iterator[Turn]:
    for step, askers in facts.proposals.items():
        label = STEPS[step].label
        text = f"Beoordeel het verzoek: {label[0].lower()}{label[1:]}."
        url = reverse("stap", args=[dossier.number, step])
        stand, knop = Stand.BEOORDELING, "Beoordeel het verzoek"
        yield Turn(Role.TEAMLEIDER, dossier.lead.code, stand, text, knop, url, not_by=askers[-1])


def _waivers(dossier: Dossier, facts: Facts) -> Iterator[Turn]:
    if not facts.waivers_asked:
        return
    askers = set(facts.waivers_asked)
    alone = askers.pop() if len(askers) == 1 else None
    role, code = (Role.VOORZITTER_SMO, "") if facts.needs_smo else (Role.TEAMLEIDER, dossier.lead.code)
    url, text = reverse("afwijkingen", args=[dossier.number]), "Beoordeel de gevraagde afwijking."
    yield Turn(role, code, Stand.BEOORDELING, text, "Bekijk de afwijking", url, not_by=alone)


def _declarations(dossier: Dossier, facts: Facts) -> Iterator[Turn]:
    """Kleinschalig and één instrument wait on the chair or the teamleider, spoed on the gemachtigden of BZ and DEF."""
    for asked in facts.verklaringen:
        url = reverse("verklaring", args=[dossier.number, asked.id])
        text = f"Beoordeel de verklaring: {Soort(asked.soort).label}."
        alone = (Role.VOORZITTER_SMO, "") if facts.needs_smo else (Role.TEAMLEIDER, dossier.lead.code)
        both = [(Role.GEMACHTIGDE, code) for code in SPOED_MINISTRIES if code not in asked.given]
        for role, code in both if asked.soort == Soort.SPOED else [alone]:
            yield Turn(role, code, Stand.BEOORDELING, text, "Bekijk de verklaring", url, not_by=asked.by_id)


def _duties(dossier: Dossier, facts: Facts) -> Iterator[Turn]:
    """What was set aside and must be caught up, by the ministry that took it on, before its term."""
    for plicht in facts.plichten:
        url, text = reverse("inhalen", args=[dossier.number, plicht.id]), f"Haal in: {plicht.wat}"
        yield Turn(
            Role.BEHANDELAAR, plicht.holder, Stand.INHALEN, text, "Meld dat dit is ingehaald", url, due=plicht.term
        )


def _registrations(dossier: Dossier, facts: Facts) -> Iterator[Turn]:
    """A fact that somebody else than the penvoerder registers or confirms, where the step ahead waits for it."""
    for finding in step_forward(Phase(dossier.phase)).judge(facts):
        gate = finding.gate
        if finding.open or finding.holder == PENVOERDER or finding.holder.endswith(LATER):
            continue
        if isinstance(gate, Vastgelegd):
            kind, record = gate.soort, facts.records.newest.get(gate.key)
            confirms = record is not None and kind.confirmed and finding.holder == SECOND
            stand = Stand.BEVESTIGING if confirms else Stand.GEGEVEN
            knop = "Bekijk het besluit" if confirms else "Leg vast"
            code, not_by = kind.ministry or facts.lead, record.by_id if record and confirms else None
            yield Turn(kind.role, code, stand, finding.sentence, knop, finding_url(dossier, finding), not_by=not_by)
        elif gate.holder == "secretariaat" and gate.label and _letter_left(facts):
            url = finding_url(dossier, finding)
            yield Turn(Role.SECRETARIAAT, facts.lead, Stand.GEGEVEN, finding.sentence, "Leg de behandeling vast", url)


def _promises(dossier: Dossier, facts: Facts) -> Iterator[Turn]:
    """The ministry that keeps a promise to parliament: by its day, or when the dossier is about to close."""
    for promise in facts.records.promises:
        if promise.due is None and dossier.phase != Phase.EVALUATIE:
            continue
        url = reverse("toezegging", args=[dossier.number, promise.id])
        text = "Doe de toezegging aan de Kamer af, of draag die over."
        yield Turn(
            Role.BEHANDELAAR, promise.ministry, Stand.GEGEVEN, text, "Doe de toezegging af", url, due=promise.due
        )


def _letter_left(facts: Facts) -> bool:
    """The artikel 100-brief was sent, so that parliament can treat it."""
    letter = facts.papers.get("artikel-100")
    return bool(letter and letter.sent)


def _says_no(facts: Facts) -> bool:
    """Whether the assessment, or the choice of the ministers, is that the Netherlands does nothing."""
    ahead = step_forward(facts.phase).judge(facts)
    if any(not f.open and isinstance(f.gate, NaderOnderzoek | BetrokkenheidGewenst) for f in ahead):
        return True
    choice = facts.choice() if facts.phase in CHOOSING else None
    return bool(choice and choice.positive and choice.optie == "0")


def _stopping(dossier: Dossier, facts: Facts) -> Iterator[Turn]:
    """Then the teamleider stops the dossier; after a kennisgeving the Kamer hears the outcome first."""
    if not _says_no(facts):
        return
    step, code = STEPS["stoppen"], dossier.lead.code
    closed = [finding for finding in step.judge(facts) if not finding.open]
    for finding in closed:
        if finding.on_penvoerder:
            url = finding_url(dossier, finding)
            yield Turn(Role.BEHANDELAAR, code, Stand.IN_HAND, finding.sentence, "Ga hiermee verder", url)
    if not closed:
        url, text = (
            reverse("stap", args=[dossier.number, step.name]),
            "Stop het dossier, of laat de beoordeling herzien.",
        )
        yield Turn(Role.TEAMLEIDER, code, Stand.BEOORDELING, text, "Bekijk deze stap", url)


def _ahead(dossier: Dossier, facts: Facts) -> Iterator[Turn]:
    """What the penvoerder can do to open the step ahead, or the step itself when all its gates are open."""
    step = step_forward(Phase(dossier.phase))
    closed = [finding for finding in step.judge(facts) if not finding.open]
    code = dossier.lead.code
    for finding in closed:
        if finding.on_penvoerder:
            url = finding_url(dossier, finding)
            yield Turn(Role.BEHANDELAAR, code, Stand.IN_HAND, finding.sentence, "Ga hiermee verder", url)
    if not closed:
        url = reverse("stap", args=[dossier.number, step.name])
        text = f"Alles is gereed. {step.label}."
        yield Turn(Role.BEHANDELAAR, code, Stand.READY, text, step.label, url)


def _numbers(dossier: Dossier, facts: Facts) -> Iterator[Turn]:
    """The chambers give a letter its number after it was sent; the secretariaat fills it in."""
    for kind, paper in facts.papers.items():
        if paper.unnumbered:
            chambers = " en de ".join(Kamer(code).label for code in paper.unnumbered)
            url, text = reverse("brief", args=[dossier.number, kind]), f"Vul het Kamerstuknummer van de {chambers} in."
            yield Turn(Role.SECRETARIAAT, dossier.lead.code, Stand.KAMERSTUK, text, "Vul het nummer in", url)
