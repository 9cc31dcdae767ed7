"""What every page needs: the frame around it, and the header of the dossier it is about."""

from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from cases import access
from cases.http import Request
from cases.models import Dossier
from cases.phase import Phase, Status
from cases.rights import Act, Role
from cases.rubricering import Rubricering
from cases.templatetags.notatie import datum, datum_kort, euro
from geintegreerd import VERSION
from phases.process import facts as facts_module
from phases.process.facts import Facts
from phases.process.models import Move
from phases.process.selectors import gate_url
from phases.process.services import Preview, preview
from phases.process.table import step_forward

MARKING_HINT = "Voer geen informatie in die hoger is gerubriceerd."


def frame(request: Request) -> dict[str, Any]:
    """Menu, marking and demo accounts; costs one query, for the memberships."""
    dossier = getattr(request, "dossier", None)
    label = Rubricering(dossier.marking).label if dossier else f"Ten hoogste {Rubricering.DEP_V.label}"
    return {
        "menu": _menu(request),
        "rubricering": {"label": label, "hint": MARKING_HINT},
        "demo": settings.DEMO,
        "demo_accounts": (settings.DEMO and not _signed_in(request) and _demo_accounts()) or [],
        "app_version": VERSION,
    }


def _signed_in(request: Request) -> bool:
    return hasattr(request, "user") and request.user.is_authenticated


def _demo_accounts() -> list[dict[str, str]]:
    from geintegreerd.demo.accounts import ACCOUNTS, PASSWORD

    return [{"naam": a.username, "omschrijving": a.about, "wachtwoord": PASSWORD} for a in ACCOUNTS]


def _menu(request: Request) -> list[dict[str, Any]]:
    if not _signed_in(request):
        return []
    items = [("Dossiers", "dossiers"), ("SMO-agenda", "smo")]
    if access.may(request.user, Act.BIV_LEZEN):
        items.append(("BIV-budget", "biv"))
    items.append(("Rechten en fasenplan", "rechten"))
    if access.has_role(request.user, Role.BEHEERDER) and len(access.memberships(request.user)) == 1:
        items = [("Rechten en fasenplan", "rechten")]
    here = request.path
    return [
        {"label": label, "url": reverse(name), "current": here.startswith(reverse(name)), "count": None}
        for label, name in items
    ]


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
        nu=_now(dossier, ahead),
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
        line.append(("BIV-budget", euro(facts.biv.total)))
    return line


def _phases(dossier: Dossier, facts: Facts) -> list[dict[str, Any]]:
    current = Phase(dossier.phase)
    begun = {
        m.target_phase: m.occurred_on for m in Move.objects.filter(dossier=dossier).only("target_phase", "occurred_on")
    }
    filled = {p.value for p in Phase if p.number <= current.number}
    kinds = set(dossier.documents.values_list("kind", flat=True))
    filled |= {p.value for p in Phase if PRODUCT_KINDS[p] in kinds}
    rows = []
    for phase in Phase:
        done = phase.number < current.number or dossier.status == Status.AFGESLOTEN
        state = "klaar" if done else "nu" if phase == current else "straks"
        following = Phase.by_number(phase.number + 1) if phase.number < len(Phase) else None
        ended = begun.get(following.value) if following else None
        words = {
            "klaar": f"Afgerond op {datum_kort(ended)}" if ended else "Afgerond",
            "nu": Status(dossier.status).label if dossier.status != Status.LOPEND else "Bezig",
            "straks": "Nog niet begonnen",
        }
        url = reverse("fase", args=[dossier.number, phase.number]) if phase.value in filled else None
        rows.append({"nr": phase.number, "naam": phase.label, "stand": words[state], "url": url, "staat": state})
    return rows


PRODUCT_KINDS = {
    Phase.ORIENTATIE: "signaal",
    Phase.ANALYSE: "analyse",
    Phase.HANDELINGSOPTIES: "opties",
    Phase.PLANNING: "plan",
    Phase.UITVOERING: "voortgang",
    Phase.EVALUATIE: "evaluatie",
}


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


def _now(dossier: Dossier, ahead: Preview | None) -> dict[str, Any]:
    """Who is up, what holds it, and the one button that helps."""
    if ahead is None:
        move = Move.objects.filter(dossier=dossier).order_by("-id").first()
        reason = move.reason if move else ""
        return {
            "tekst": f"Dit dossier is {Status(dossier.status).label.lower()}.",
            "hint": reason,
            "regels": [],
            "acties": [],
        }
    step = {
        "label": ahead.step.label,
        "url": reverse("stap", args=[dossier.number, ahead.step.name]),
        "primair": not ahead.closed,
    }
    lines = [{"tekst": f.sentence, "url": gate_url(dossier, f.gate), "wie": f.holder} for f in ahead.closed]
    if not lines:
        text = f"Alles is gereed. De behandelaar van {dossier.lead.code} kan de volgende stap zetten."
        return {"tekst": text, "hint": "", "regels": [], "acties": [step] if ahead.allowed else []}
    hint = f"Daarna kan het dossier verder: {ahead.step.label[0].lower()}{ahead.step.label[1:]}."
    return {
        "tekst": lines[0]["tekst"],
        "hint": hint,
        "regels": lines[1:],
        "acties": [{"label": "Ga hierheen", "url": lines[0]["url"], "primair": True}],
    }
