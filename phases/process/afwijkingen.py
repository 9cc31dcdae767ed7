"""Refusing what was asked, and reporting that a duty to catch up is done."""

from django.db import transaction as db
from django.urls import reverse

from cases import access, audit
from cases.access import Allowed, Refused
from cases.exceptions import NotPossible
from cases.models import Dossier, User
from cases.rights import Act
from cases.services.first import taken
from cases.services.locks import lock_running
from phases.process import verklaringen
from phases.process.afwijking_models import Afwijzing, Ingehaald, Inhaalplicht, Soort, Verklaring
from phases.process.facts import open_proposals
from phases.process.models import Voorstel, Waiver
from phases.process.services import why_not_grant
from phases.process.table import STEPS

Request = Waiver | Verklaring | Voorstel


def asked_by(request: Request) -> User:
    return request.by if isinstance(request, Voorstel) else request.requested_by


def refusing(request: Request) -> Act:
    """Which right refuses a request: the one that would grant it."""
    if isinstance(request, Voorstel):
        return STEPS[request.step].who
    spoed = isinstance(request, Verklaring) and request.soort == Soort.SPOED
    return Act.SPOED_VERKLAREN if spoed else Act.AFWIJKEN


def may_refuse(request: Request, dossier: Dossier, by: User) -> Allowed | Refused:
    """In which capacity someone refuses it, if any."""
    if isinstance(request, Verklaring) and request.soort == Soort.SPOED:
        return verklaringen.may_agree(request, dossier, by)[0]
    return access.may(by, refusing(request), dossier)


def why_not_refuse(request: Request, dossier: Dossier, by: User) -> str:
    """Why this person cannot refuse this request now; "" when refusing would succeed."""
    if hasattr(request, "afwijzing"):
        return f"{request.afwijzing.by} wees dit al af."
    if isinstance(request, Verklaring):
        done = "Deze verklaring is al van kracht." if verklaringen.is_complete(request) else ""
        return done or verklaringen.why_not_agree(request, dossier, by)
    if isinstance(request, Waiver):
        return "Deze afwijking is al verleend." if request.granted_by_id else why_not_grant(request, dossier, by)
    judged = access.may(by, refusing(request), dossier)
    if not judged:
        return judged.reason
    if not open_proposals(dossier).filter(pk=request.pk).exists():
        return "Dit verzoek wacht niet meer: het dossier heeft intussen een stap gezet."
    return "U vroeg dit zelf. Laat een ander beslissen." if request.by_id == by.pk else ""


@db.atomic
def refuse(*, request: Request, by: User, reason: str) -> Afwijzing:
    """Says no to what was asked, with a reason that the asker reads; the request then waits on nobody."""
    dossier = lock_running(request.ronde.dossier_id)
    request = type(request).objects.select_related("ronde").get(pk=request.pk)
    allowed = may_refuse(request, dossier, by)
    if isinstance(allowed, Refused):
        allowed.deny()
    name = {Waiver: "waiver", Verklaring: "verklaring", Voorstel: "voorstel"}[type(request)]
    if hasattr(request, "afwijzing"):
        raise taken(
            dossier, "Dit verzoek is al afgewezen.", reverse("afwijkingen", args=[dossier.number]), kind="afwijzing"
        )
    if sentence := why_not_refuse(request, dossier, by):
        raise NotPossible(sentence)
    made = Afwijzing.objects.create(**{name: request}, reason=reason, by=by)
    what = {
        "waiver": "de gevraagde afwijking", "verklaring": "de gevraagde verklaring", "voorstel": "het verzoek om een stap"
    }  # fmt: skip
    audit.record(
        "afwijzing", f"Afgewezen: {what[name]}", by=by, dossier=dossier, allowed=allowed, obj=f"{name}:{request.pk}",
        data={"reden": reason},
    )  # fmt: skip
    return made


@db.atomic
def catch_up(*, plicht_id: int, by: User, tekst: str) -> Ingehaald:
    """The ministry that had to catch up says that it did, and how."""
    plicht = Inhaalplicht.objects.select_related("waiver__ronde", "holder").get(pk=plicht_id)
    dossier = lock_running(plicht.waiver.ronde.dossier_id)
    allowed = access.require(by, Act.INHALEN, dossier, plicht.holder)
    if plicht.waiver.granted_by_id is None:
        raise NotPossible("De afwijking is nog niet verleend. Er is nog niets in te halen.")
    if Ingehaald.objects.filter(plicht=plicht).exists():
        url = reverse("afwijkingen", args=[dossier.number])
        raise taken(dossier, "Dit is al gemeld.", url, kind="ingehaald", obj=f"plicht:{plicht.pk}")
    made = Ingehaald.objects.create(plicht=plicht, tekst=tekst, by=by)
    audit.record(
        "ingehaald", f"Ingehaald: {plicht.wat}"[:400], by=by, dossier=dossier, allowed=allowed, obj=f"plicht:{plicht.pk}",
        data={"reden": tekst},
    )  # fmt: skip
    return made
