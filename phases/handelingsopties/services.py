"""Adding, changing and removing options of the nota. Every act changes what a reader of the nota sees, so it locks the dossier first."""

from typing import Any

from django.db import transaction
from django.urls import reverse

from cases import access, audit
from cases.exceptions import NotPossible
from cases.models import PERSONNEL, Dossier, Effort, PaperStatus, User
from cases.rights import Act
from cases.services import papers
from cases.services.first import stale, taken
from cases.services.locks import lock_running
from phases.handelingsopties.models import Optie, Optiesnota
from phases.handelingsopties.papers import OptiesnotaPaper

LETTERS = "ABCDE"


@transaction.atomic
def add_option(*, dossier_id: int, by: User, values: dict[str, Any]) -> Optie:
    """Adds an option with the first free letter; begins the nota when it is not there yet."""
    dossier = lock_running(dossier_id)
    allowed = access.require(by, Act.SCHRIJVEN, dossier)
    _check_instruments(dossier, values)
    nota = _nota(dossier)
    taken = set(nota.opties.values_list("letter", flat=True))
    free = [letter for letter in LETTERS if letter not in taken]
    if not free:
        raise NotPossible(
            "Een nota bevat ten hoogste vijf opties naast de nuloptie. Voeg opties samen of verwijder er een."
        )
    optie = Optie.objects.create(nota=nota, letter=free[0], **values)
    papers.touch(nota.document, by)
    audit.record(
        "optie",
        f"Optie {optie.letter} toegevoegd: {optie.titel}",
        by=by,
        dossier=dossier,
        allowed=allowed,
        obj=f"document:{nota.document_id}",
    )
    return optie


@transaction.atomic
def change_option(*, dossier_id: int, letter: str, by: User, seen_stamp: str, values: dict[str, Any]) -> Optie:
    """Changes an option. Raises Stale when somebody saved it since the form was drawn, Conflict when it was removed."""
    dossier = lock_running(dossier_id)
    allowed = access.require(by, Act.SCHRIJVEN, dossier)
    optie = _option(dossier, letter)
    if optie.stamp() != seen_stamp:
        url, saved = reverse("optie", args=[dossier.number, letter]), optie.answers()
        did, about = f"wijzigde optie {letter}", f"Optie {letter} "
        raise stale(dossier, did, url, by=by, saved=saved, seen=optie.stamp(), kind="optie", about=about)
    _check_instruments(dossier, values)
    for name, value in values.items():
        setattr(optie, name, value)
    optie.save(update_fields=list(values))
    papers.touch(optie.nota.document, by)
    audit.record(
        "optie",
        f"Optie {letter} bijgewerkt: {optie.titel}",
        by=by,
        dossier=dossier,
        allowed=allowed,
        obj=f"document:{optie.nota.document_id}",
    )
    return optie


@transaction.atomic
def remove_option(*, dossier_id: int, letter: str, by: User) -> None:
    """Removes an option of a nota that nobody has put forward yet; after that its letter may stand in advice and decisions."""
    dossier = lock_running(dossier_id)
    allowed = access.require(by, Act.SCHRIJVEN, dossier)
    optie = _option(dossier, letter)
    document = optie.nota.document
    if document.versions.exclude(status=PaperStatus.VERVALLEN).exists():
        raise NotPossible("De nota is al voorgelegd. U kunt deze optie nog wijzigen, maar niet meer verwijderen.")
    title = optie.titel
    optie.delete()
    papers.touch(document, by)
    audit.record(
        "optie",
        f"Optie {letter} verwijderd: {title}",
        by=by,
        dossier=dossier,
        allowed=allowed,
        obj=f"document:{document.pk}",
    )


def _check_instruments(dossier: Dossier, values: dict[str, Any]) -> None:
    """An option considers no personnel that the dossier does not name: who advises and who decides follows from its efforts."""
    if beyond := PERSONNEL & set(values.get("instrumenten", ())) - set(dossier.efforts):
        names = ", ".join(sorted(Effort(effort).label for effort in beyond))
        raise NotPossible(
            f"Het dossier noemt deze soort inzet nog niet: {names}. Voeg die eerst toe bij de kerngegevens; daaruit volgt wie "
            "adviseert en wie besluit."
        )


def _nota(dossier: Dossier) -> Optiesnota:
    document = papers.document_for(dossier, OptiesnotaPaper.kind, OptiesnotaPaper.label)
    nota, _ = Optiesnota.objects.select_related("document").get_or_create(
        document=document, defaults={"ronde": document.ronde}
    )
    return nota


def _option(dossier: Dossier, letter: str) -> Optie:
    options = Optie.objects.select_related("nota__document")
    found = options.filter(
        nota__ronde__dossier=dossier, nota__ronde__number=dossier.ronde_number, letter=letter
    ).first()
    if found is None:
        url = reverse("opties", args=[dossier.number])
        raise taken(dossier, f"Optie {letter} is er niet meer.", url, kind="optie", about=f"Optie {letter} verwijderd")
    return found
