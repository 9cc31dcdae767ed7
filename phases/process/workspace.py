"""The workspace of a phase: what comes in, what is done, what comes out, each with how far it is."""

from dataclasses import dataclass

from django.urls import reverse

from cases.models import DocumentVersion, Dossier
from cases.phase import Phase
from cases.selectors.products import PaperState, earlier_rondes, states
from cases.templatetags.notatie import datum
from phases.analyse.selectors import contributions
from phases.besluit.models import Orgaan, Uitkomst
from phases.kamer.models import Verzending
from phases.process.facts import Facts
from phases.process.gates import PRODUCT_NAMES, Kennisgeving, judge
from phases.process.table import step_forward
from phases.smo.models import Oordeel
from phases.vastlegging import soorten

Row = dict[str, str]
States = dict[str, list[PaperState]]

PRODUCTS = {
    Phase.ORIENTATIE: ("signaal", "Signaalbeoordeling"),
    Phase.ANALYSE: ("analyse", "Analyse en beoordeling"),
    Phase.HANDELINGSOPTIES: ("opties", "Optiesnota"),
    Phase.PLANNING: ("plan", "Plan van inzet"),
    Phase.UITVOERING: ("voortgang", "Voortgangsverslagen"),
    Phase.EVALUATIE: ("evaluatie", "Eindevaluatie"),
}
# Inputs that are made in this dossier: the kind of paper, or "keuze", behind the words of cases.phase.ABOUT.
MADE_HERE = {
    "Beoordeling van de signalen": "signaal",
    "Gezamenlijke analyse en beoordeling": "analyse",
    "Keuze voor een handelingsoptie": "keuze",
    "Voortgangsrapportages": "voortgang",
}


LETTERS = {Phase.ORIENTATIE: "kennisgeving", Phase.PLANNING: "artikel-100"}


@dataclass(frozen=True)
class Work:
    """One of the three lists, with its count in words."""

    rows: list[Row]
    count: str


@dataclass(frozen=True)
class Workspace:
    """The three lists of a phase, and what earlier Rondes delivered in it."""

    inputs: Work
    activities: Work
    products: Work
    earlier: list[Row]


def workspace(dossier: Dossier, phase: Phase, facts: Facts) -> Workspace:
    """Two queries beside the facts."""
    known = states(dossier)
    inputs = [_input(dossier, words, known, facts) for words in phase.about.inputs]
    activities = [{"tekst": words} for words in phase.about.activities]
    products = _products(dossier, phase, known, facts)
    return Workspace(
        Work(inputs, _ready(inputs) if any("stand" in row for row in inputs) else "Van buiten dit dossier"),
        Work(activities, f"{len(activities)} activiteiten, buiten dit systeem"),
        Work(products, _ready(products)),
        earlier_rondes(known, (PRODUCTS[phase][0], LETTERS.get(phase, "")), dossier.ronde_number),
    )


def _ready(rows: list[Row]) -> str:
    counted = [row for row in rows if "stand" in row]
    return f"{sum('soort' not in row for row in counted)} van {len(counted)} gereed"


def _input(dossier: Dossier, words: str, known: States, facts: Facts) -> Row:
    source = MADE_HERE.get(words)
    if source is None:
        return {"tekst": words}
    if source == "keuze":
        return _choice(dossier, facts)
    return {**_paper(dossier, source, words, known), "tekst": words}


def _products(dossier: Dossier, phase: Phase, known: States, facts: Facts) -> list[Row]:
    kind, name = PRODUCTS[phase]
    rows = _reports(dossier, name, known) if phase == Phase.UITVOERING else [_paper(dossier, kind, name, known)]
    if facts.needs_smo and phase.number <= Phase.PLANNING.number:
        rows.append(_smo(dossier, kind, facts))
    rows += {
        Phase.ORIENTATIE: _of_orientatie,
        Phase.ANALYSE: _of_analyse,
        Phase.HANDELINGSOPTIES: _of_opties,
        Phase.PLANNING: _of_planning,
    }.get(phase, _nothing_more)(dossier, known, facts)
    return rows + _registered(dossier, phase, facts)


def _registered(dossier: Dossier, phase: Phase, facts: Facts) -> list[Row]:
    """What the step out of this phase asks beside papers, advice and decisions: registered facts, indicators and the like."""
    rows = []
    for gate in step_forward(phase).gates:
        if gate.label and gate.applies(facts):
            name, extra = gate.link(facts)
            url, closed = reverse(name, args=[dossier.number, *extra]), gate.check(facts)
            waived = bool(facts.waiver(gate.name))
            hint = "Afwijking verleend" if closed and waived else closed or gate.hint(facts)
            rows.append(_plain(gate.label, url, not closed or waived, hint))
    return rows


def _nothing_more(dossier: Dossier, known: States, facts: Facts) -> list[Row]:
    return []


def _of_orientatie(dossier: Dossier, known: States, facts: Facts) -> list[Row]:
    done = facts.artikel_100 is not None and not facts.toets_deviates
    rows = [
        _plain(
            "Toepasselijkheidstoets voor artikel 100",
            reverse("toets", args=[dossier.number]),
            done,
            _toets_words(facts),
        )
    ]
    if facts.artikel_100:
        rows.append(_letter(dossier, "kennisgeving", "Kennisgevingsbrief", known, facts))
    return rows


def _of_analyse(dossier: Dossier, known: States, facts: Facts) -> list[Row]:
    """What each other ministry brings in."""
    return [
        _plain(f"Inbreng van {ministry.code}", reverse("inbreng", args=[dossier.number, ministry.code]), made is not None,
               f"{made.get_soort_display()}, {datum(made.at)}" if made else "")
        for ministry, made in contributions(dossier)
    ]  # fmt: skip


def _of_opties(dossier: Dossier, known: States, facts: Facts) -> list[Row]:
    again = facts.artikel_100 is not None and not facts.toets_provisional and not facts.toets_deviates
    url = reverse("toets", args=[dossier.number])
    return [
        _choice(dossier, facts),
        _plain("Toepasselijkheidstoets, opnieuw", url, again, _toets_words(facts) if again else ""),
    ]


def _of_planning(dossier: Dossier, known: States, facts: Facts) -> list[Row]:
    rows = [_biv(dossier, facts)] if facts.biv else []
    if soorten.own_plan(facts.efforts):
        own = facts.records.newest.get("eigen-plan")
        url = reverse("vastlegging", args=[dossier.number, "eigen-plan"])
        hint = datum(own.op) if own else "Bij één instrument, in plaats van het gezamenlijke plan"
        rows.append(_plain("Eigen plan van het ministerie", url, own is not None, hint))
    rows.append(_starts(dossier, facts))
    notice = next(gate for gate in step_forward(Phase.PLANNING).gates if isinstance(gate, Kennisgeving))
    if (found := judge(notice, facts)) and not found.open:
        rows.append(_letter(dossier, "kennisgeving", "Kennisgevingsbrief", known, facts))
    if facts.artikel_100:
        rows.append(_cabinet(dossier, facts))
        rows.append(_letter(dossier, "artikel-100", "Artikel 100-brief", known, facts))
    return rows


def _cabinet(dossier: Dossier, facts: Facts) -> Row:
    """What the Ministerraad decided about the letter; one that was sent had its akkoord, and carries no decision itself."""
    letter = facts.papers.get("artikel-100")
    made = next((b for b in facts.decided("artikel-100") if b.orgaan == Orgaan.MINISTERRAAD), None)
    done = bool(letter and letter.sent) or (made is not None and made.positive)
    words, url = "Besluit van de Ministerraad", reverse("besluiten", args=[dossier.number])
    row = _plain(words, url, done, "" if done else "Nodig voordat de brief weg mag")
    if done or made is None:
        return row
    if not made.confirmed:
        return {**row, "stand": "Wacht op bevestiging", "soort": "let-op"}
    return {**row, "stand": Uitkomst(made.uitkomst).label, "soort": "fout"}


def _starts(dossier: Dossier, facts: Facts) -> Row:
    """How many of the instruments have a day on which they begin; none of them holds the step."""
    known = sum(f"start-{effort}" in facts.records.newest for effort in facts.efforts)
    url = reverse("vastleggingen", args=[dossier.number])
    hint = f"{known} van {len(facts.efforts)} soorten inzet; elk begint op een eigen datum"
    row = _plain("Begindata per soort inzet", url, known == len(facts.efforts), hint)
    return {**row, "stand": "Bezig", "soort": "info"} if 0 < known < len(facts.efforts) else row


def _toets_words(facts: Facts) -> str:
    if facts.artikel_100 is None:
        return ""
    if facts.toets_deviates:
        return "De uitkomst wacht op bevestiging"
    outcome = "Artikel 100 is van toepassing" if facts.artikel_100 else "Artikel 100 is niet van toepassing"
    return f"{outcome} (voorlopig)" if facts.toets_provisional else outcome


def _plain(words: str, url: str, done: bool, hint: str = "") -> Row:
    row = {"tekst": words, "url": url, "hint": hint}
    return {**row, "stand": "Gereed"} if done else {**row, "stand": "Niet begonnen", "soort": "neutraal"}


def _newest(known: States, kind: str) -> PaperState:
    return (known.get(kind) or [PaperState()])[-1]


def _paper(dossier: Dossier, kind: str, words: str, known: States) -> Row:
    """A product with its state; one of an earlier Ronde leads to its document."""
    return _stated(words, reverse(kind, args=[dossier.number]), _newest(known, kind), dossier.ronde_number)


def _stated(words: str, url: str, state: PaperState, ronde: int) -> Row:
    row = {"tekst": words, "url": url, "hint": _hint(state, ronde), "stand": state.words, "soort": state.sort}
    if state.document and state.document.ronde.number != ronde:
        row["url"] = state.url
    if state.adopted:
        del row["soort"]
    return row


def _hint(state: PaperState, ronde: int) -> str:
    if state.document is None:
        return ""
    parts = [f"ronde {state.document.ronde.number}"] if state.document.ronde.number != ronde else []
    if state.version:
        day = f", vastgesteld op {datum(state.adopted_on)}" if state.adopted else ""
        parts.append(f"versie {state.version.number}{day}")
    else:
        parts.append(f"concept van {state.document.changed_by}")
    words = ", ".join(parts)
    since = ". De tekst is daarna gewijzigd" if state.changed_since else ""
    return f"{words[0].upper()}{words[1:]}{since}"


def _reports(dossier: Dossier, words: str, known: States) -> list[Row]:
    reports = known.get("voortgang", [])
    url = reverse("voortgang", args=[dossier.number])
    if not reports:
        return [_stated(words, url, PaperState(), dossier.ronde_number)]
    return [
        _stated(
            f"Voortgangsverslag {n}",
            reverse("voortgang_verslag", args=[dossier.number, s.document.pk]),
            s,
            dossier.ronde_number,
        )
        for n, s in enumerate(reports, 1)
        if s.document
    ]


def _letter(dossier: Dossier, kind: str, words: str, known: States, facts: Facts) -> Row:
    row = _stated(words, reverse("brief", args=[dossier.number, kind]), _newest(known, kind), dossier.ronde_number)
    paper = facts.papers.get(kind)
    if paper and not paper.sent:
        row["soort"] = "info"
    if paper and paper.sent:
        row["hint"] = _sent_words(paper.version_id) or row["hint"]
    return row


def _sent_words(version_id: int) -> str:
    """ "Tweede Kamer: 12 maart 2026. Eerste Kamer: 12 maart 2026", as far as recorded."""
    newest = DocumentVersion.objects.filter(pk=version_id).values("document_id")
    sent = Verzending.objects.filter(version__document__in=newest).order_by("kamer").reverse()
    return ". ".join(f"{one.get_kamer_display()}: {datum(one.sent_on)}" for one in sent)


def _smo(dossier: Dossier, kind: str, facts: Facts) -> Row:
    offer, url = facts.smo.get(kind), reverse("dossier_smo", args=[dossier.number])
    words = f"Conclusie van de SMO over {PRODUCT_NAMES[kind]}"
    if offer is None:
        return _plain(words, url, False, "Nog niet aangeboden")
    hint = f"Versie {offer.version_number}, vergadering van {datum(offer.meeting_on)}"
    if not offer.oordeel:
        return {"tekst": words, "url": url, "hint": hint, "stand": "Wacht op conclusie", "soort": "let-op"}
    row = {"tekst": words, "url": url, "hint": hint, "stand": Oordeel(offer.oordeel).label}
    return row if offer.positive else {**row, "soort": "fout"}


def _choice(dossier: Dossier, facts: Facts) -> Row:
    choice, url = facts.choice(), reverse("besluiten", args=[dossier.number])
    words = "Keuze voor een handelingsoptie"
    if choice is None:
        return _plain(words, url, False)
    hint = (
        "Gekozen: nuloptie"
        if choice.optie == "0"
        else f"Gekozen: optie {choice.optie}"
        if choice.optie
        else "Nog geen optie gekozen"
    )
    if not choice.confirmed:
        choosing = facts.choosing()
        waits = "Wacht op besluit" if choosing and (choosing.missing or choosing.against) else "Wacht op bevestiging"
        return {"tekst": words, "url": url, "hint": hint, "stand": waits, "soort": "let-op"}
    return _plain(words, url, choice.positive and bool(choice.optie), hint)


def _biv(dossier: Dossier, facts: Facts) -> Row:
    biv, url = facts.biv, reverse("budget", args=[dossier.number])
    words = "BIV-besluit"
    if biv is None or (biv.granted and not biv.lapsed):
        return _plain(words, url, biv is not None)
    if biv.refused or biv.lapsed:
        return {
            "tekst": words,
            "url": url,
            "hint": "",
            "stand": biv.state.label,
            "soort": "fout" if biv.refused else "let-op",
        }
    waits = "Wacht op de BIV-beheerder" if biv.proposed else f"Wacht op {', '.join(biv.awaited)}"
    return {"tekst": words, "url": url, "hint": waits, "stand": biv.state.label, "soort": "let-op"}
