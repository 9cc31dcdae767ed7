"""What every page needs: the frame around it, and the header of the dossier it is about."""

from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.urls import reverse, reverse_lazy
from django.utils.functional import SimpleLazyObject
from django.utils.text import format_lazy

from cases import access
from cases.http import Request
from cases.models import Dossier
from cases.phase import Phase, Status
from cases.rights import Act, Role
from cases.rubricering import Rubricering
from cases.templatetags.notatie import datum, datum_kort, euro
from geintegreerd import VERSION, session
from phases.process import beurten
from phases.process import facts as facts_module
from phases.process.aan_zet import of_user, turns
from phases.process.facts import Facts
from phases.process.models import Move
from phases.process.selectors import finding_url
from phases.process.services import Preview, preview
from phases.process.table import step_forward
from phases.process.workspace import PRODUCTS

FOOTER = [
    {"label": "Toegankelijkheid", "url": reverse_lazy("toegankelijkheid")},
    {"label": "Privacy en logging", "url": reverse_lazy("privacy")},
    {"label": "Sneltoetsen", "url": format_lazy("{}#sneltoetsen", reverse_lazy("hulp"))},
    {"label": "Hulp", "url": reverse_lazy("hulp")},
]
MARKING_HINT = "Voer geen informatie in die hoger is gerubriceerd."


def frame(request: Request) -> dict[str, Any]:
    """Menu, marking and demo accounts; costs two queries: the memberships, and what waits on this person."""
    dossier = getattr(request, "dossier", None)
    label = Rubricering(dossier.marking).label if dossier else f"Ten hoogste {Rubricering.DEP_V.label}"
    return {
        "menu": _menu(request),
        "voet": FOOTER,
        "rubricering": {"label": label, "hint": MARKING_HINT},
        "demo": settings.DEMO,
        "demo_accounts": (settings.DEMO and not _signed_in(request) and _demo_accounts()) or [],
        "app_version": VERSION,
        "sessie_over": session.seconds_left(request) if _signed_in(request) else None,
    }


def _signed_in(request: Request) -> bool:
    return hasattr(request, "user") and request.user.is_authenticated


def _demo_accounts() -> list[dict[str, str]]:
    from geintegreerd.demo.accounts import ACCOUNTS, PASSWORD

    return [{"naam": a.username, "omschrijving": a.about, "wachtwoord": PASSWORD} for a in ACCOUNTS]


# Pages that stand under an item of the menu, and not under its address.
ALSO_UNDER = {"rechten": ("fasenplan",)}


def _menu(request: Request) -> list[dict[str, Any]]:
    if not _signed_in(request):
        return []
    items = [("Mijn werk", "mijn_werk"), ("Dossiers", "dossiers"), ("SMO-agenda", "smo")]
    if access.may(request.user, Act.BIV_LEZEN):
        items.append(("BIV-budget", "biv"))
    items.append(("Rechten en fasenplan", "rechten"))
    if access.has_role(request.user, Role.BEHEERDER) and len(access.memberships(request.user)) == 1:
        items = [("Rechten en fasenplan", "rechten")]
    here = request.path
    return [
        {
            "label": label,
            "url": reverse(name),
            "current": here.startswith((reverse(name), *map(reverse, ALSO_UNDER.get(name, ())))),
            "count": _open(request) if name == "mijn_werk" else "",
        }
        for label, name in items
    ]


def _open(request: Request) -> str:
    """How much waits on this person; "" when nothing does."""
    waiting = beurten.count_mine(request.user).total
    return beurten.shown(waiting) if waiting else ""


@dataclass(frozen=True)
class Header:
    """The dossier's head: title, label, facts, the six phases, its pages and what must happen now."""

    dossier: Dossier
    nummer: str
    titel: str
    url: str
    etiket: dict[str, str]
    feiten: list[tuple[str, str]]
    fasen: list[dict[str, Any]]
    deelnav: list[dict[str, Any]]
    nu: dict[str, Any]
    facts: Facts
    ahead: Preview | None = field(default=None)


def dossier_header(request: Request) -> dict[str, Any]:
    """`kop`, computed only when a template uses it."""
    return {"kop": SimpleLazyObject(lambda: header(request))}


def header(request: Request) -> Header | None:
    """The header of request.dossier, judged now; None on pages without a dossier."""
    dossier = getattr(request, "dossier", None)
    if dossier is None:
        return None
    facts = getattr(request, "facts", None) or facts_module.load(dossier)
    ahead = (
        preview(dossier, step_forward(Phase(dossier.phase)), request.user, facts)
        if dossier.status == Status.LOPEND
        else None
    )
    return Header(
        dossier=dossier,
        nummer=dossier.number,
        titel=dossier.title,
        url=dossier.get_absolute_url(),
        etiket=_label(dossier, ahead),
        feiten=_facts_line(dossier, facts),
        fasen=_phases(dossier, facts),
        deelnav=_parts(request, dossier),
        nu=_now(request, dossier, facts, ahead),
        facts=facts,
        ahead=ahead,
    )


def _label(dossier: Dossier, ahead: Preview | None) -> dict[str, str]:
    if ahead is None:
        sort = "goed" if dossier.status == Status.AFGESLOTEN else "neutraal"
        return {"tekst": Status(dossier.status).label, "soort": sort, "icoon": ""}
    if not ahead.closed:
        return {"tekst": "Klaar voor de volgende stap", "soort": "info", "icoon": ""}
    holder = ahead.closed[0].holder
    if holder == "penvoerder":
        return {"tekst": "In behandeling", "soort": "info", "icoon": ""}
    return {"tekst": f"Wacht op {holder}", "soort": "let-op", "icoon": "klok"}


def _facts_line(dossier: Dossier, facts: Facts) -> list[tuple[str, str]]:
    line = [
        ("Nummer", dossier.number),
        ("Penvoerder", dossier.lead.code),
        ("Behandelaar", str(dossier.handler)),
        ("Ronde", str(dossier.ronde_number)),
    ]
    waiting = [offer.meeting_on for offer in facts.smo.values() if not offer.oordeel]
    if waiting:
        line.append(("SMO", datum(min(waiting))))
    if facts.biv:
        granted = facts.biv.granted_total
        line.append(("BIV toegekend", euro(granted)) if granted else ("BIV gevraagd", euro(facts.biv.total)))
    return line


def _phases(dossier: Dossier, facts: Facts) -> list[dict[str, Any]]:
    current = Phase(dossier.phase)
    ahead = [m for m in _moves(dossier) if Phase(m.target_phase).number > Phase(m.source_phase).number]
    begun = {move.target_phase: move.occurred_on for move in ahead}
    closed = _last_move(dossier) if dossier.status == Status.AFGESLOTEN else None
    filled = {p.value for p in Phase if p.number <= current.number}
    filled |= {p.value for p in Phase if PRODUCTS[p][0] in facts.begun}
    rows = []
    for phase in Phase:
        done = phase.number < current.number or dossier.status == Status.AFGESLOTEN
        state = "klaar" if done else "nu" if phase == current else "straks"
        following = Phase.by_number(phase.number + 1) if phase.number < len(Phase) else None
        ended = begun.get(following.value) if following else closed.occurred_on if closed else None
        words = {
            "klaar": f"Afgerond op {datum_kort(ended)}" if ended else "Afgerond",
            "nu": Status(dossier.status).label if dossier.status != Status.LOPEND else "Bezig",
            "straks": "Nog niet begonnen",
        }
        url = reverse("fase", args=[dossier.number, phase.number]) if phase.value in filled else None
        rows.append({"nr": phase.number, "naam": phase.label, "stand": words[state], "url": url, "staat": state})
    return rows


def _parts(request: Request, dossier: Dossier) -> list[dict[str, Any]]:
    phase = Phase(dossier.phase)
    number = [dossier.number]
    parts = [
        ("Overzicht", reverse("dossier", args=number)),
        (f"Fase {phase.number}: {phase.label}", reverse("fase", args=[dossier.number, phase.number])),
        ("SMO", reverse("dossier_smo", args=number)),
        ("Besluiten", reverse("besluiten", args=number)),
        ("Budget", reverse("budget", args=number)),
        ("Kamerbrieven", reverse("brieven", args=number)),
        ("Documenten", reverse("documenten", args=number)),
        ("Betrokkenen", reverse("betrokkenen", args=number)),
        ("Logboek", reverse("logboek", args=number)),
    ]
    overview = dossier.get_absolute_url()
    fitting = (url for _, url in parts if request.path == url or (url != overview and request.path.startswith(url)))
    longest = max(fitting, key=len, default="")
    return [{"label": label, "url": url, "current": url == longest} for label, url in parts]


def _now(request: Request, dossier: Dossier, facts: Facts, ahead: Preview | None) -> dict[str, Any]:
    """Who is up, what holds it, and the one button that helps: first what waits on this person, then what waits on others."""
    if ahead is None:
        return _ended(dossier)
    mine = of_user(turns(dossier, facts), request.user)
    said = {turn.tekst for turn in mine}
    lines = [{"tekst": f.sentence, "url": finding_url(dossier, f), "wie": f"({f.holder})"} for f in ahead.closed]
    lines = [line for line in lines if line["tekst"] not in said]
    hint = f"Daarna kan het dossier verder: {ahead.step.label[0].lower()}{ahead.step.label[1:]}."
    if mine:
        rest = [{"tekst": turn.tekst, "url": turn.url, "wie": ""} for turn in mine[1:]]
        act = {"label": mine[0].knop, "url": mine[0].url, "primair": True}
        return {
            "tekst": f"U bent aan zet. {mine[0].tekst}",
            "hint": _back(dossier),
            "regels": rest + lines,
            "acties": [act],
        }
    if lines:
        writes = access.may(request.user, Act.SCHRIJVEN, dossier)
        label = "Ga hiermee verder" if writes else "Bekijk dit onderdeel"
        act = {"label": label, "url": lines[0]["url"], "primair": bool(writes)}
        text, who = lines[0]["tekst"], f"Aan zet: {lines[0]['wie'].strip('()')}. "
        return {"tekst": text, "hint": who + (_back(dossier) or hint), "regels": lines[1:], "acties": [act]}
    text = f"Alles is gereed. De behandelaar van {dossier.lead.code} kan de volgende stap zetten."
    step = {"label": ahead.step.label, "url": reverse("stap", args=[dossier.number, ahead.step.name]), "primair": True}
    return {"tekst": text, "hint": _back(dossier), "regels": [], "acties": [step] if ahead.allowed else []}


def _last_move(dossier: Dossier) -> Move | None:
    """The newest move; read together with the others for the stepper."""
    return _moves(dossier)[-1] if _moves(dossier) else None


def _moves(dossier: Dossier) -> list[Move]:
    if not hasattr(dossier, "_moves"):
        dossier._moves = list(Move.objects.filter(dossier=dossier).select_related("by"))  # type: ignore[attr-defined]
    return dossier._moves  # type: ignore[attr-defined]


def _back(dossier: Dossier) -> str:
    """Why the dossier went back, as long as that was its last step."""
    move = _last_move(dossier)
    if move is None or not move.step.startswith("terug_naar_"):
        return ""
    return f"Teruggegaan door {move.by} op {datum(move.occurred_on)}: {move.reason}"


def _ended(dossier: Dossier) -> dict[str, Any]:
    """A stopped or closed dossier: how and why it ended, and how it can go on."""
    move = _last_move(dossier)
    outcome = f": {move.get_outcome_display().lower()}" if move and move.outcome else ""
    text = f"Dit dossier is {Status(dossier.status).label.lower()}{outcome}."
    hint = f"{move.by}, {datum(move.occurred_on)}. {move.reason}" if move else ""
    again = {"label": "Bekijk hoe het verder kan", "url": reverse("stappen", args=[dossier.number]), "primair": False}
    return {"tekst": text, "hint": hint, "regels": [], "acties": [again]}
