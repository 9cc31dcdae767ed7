"""Registering a fact of a Ronde, and confirming it where a second person must."""

from collections.abc import Callable
from datetime import date

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from cases import access, audit
from cases.exceptions import NotPossible
from cases.models import Dossier, User
from cases.rights import Act
from cases.services.first import stale, taken
from cases.services.locks import current_ronde, lock_running
from phases.vastlegging import selectors
from phases.vastlegging.models import Vastlegging, VastleggingBevestigd
from phases.vastlegging.soorten import SOORTEN, Soort

Hold = Callable[[Dossier, Vastlegging], list[str]]
_holds: list[Hold] = []


def held_by(hold: Hold) -> None:
    """A room above says here what keeps a fact from being registered: sentences, or nothing."""
    _holds.append(hold)


@transaction.atomic
def register(
    *,
    dossier_id: int,
    soort: str,
    op: date,
    by: User,
    uitkomst: str = "",
    kenmerk: str = "",
    tekst: str = "",
    seen_vastlegging: int | None = None,
) -> Vastlegging:
    """Adds a fact to the current Ronde; the newest of its soort counts. Nothing that was registered changes.

    `seen_vastlegging` is the newest of this soort on the screen, 0 when there was none; raises Stale otherwise.
    """
    dossier, kind = lock_running(dossier_id), SOORTEN[soort]
    ministry = selectors.ministry(kind, dossier)
    allowed = access.require(by, kind.act, dossier, ministry)
    if allowed.membership.ministry_id not in access.participating(dossier):
        raise NotPossible(f"{ministry.code} neemt niet deel aan dit dossier.")
    _refuse_unseen(dossier, kind, seen_vastlegging, by)
    row = Vastlegging(
        ronde=current_ronde(dossier), soort=soort, op=op, uitkomst=uitkomst, kenmerk=kenmerk, tekst=tekst, by=by
    )
    _check(dossier, kind, row)
    row.save()
    outcome = f": {kind.outcome_label(uitkomst).lower()}" if uitkomst else ""
    audit.record(
        "vastgelegd", f"{kind.label}{outcome}", by=by, dossier=dossier, allowed=allowed,
        occurred_on=min(op, timezone.localdate()), obj=f"vastlegging:{row.pk}", data={"soort": soort, "op": str(op)},
    )  # fmt: skip
    return row


def _refuse_unseen(dossier: Dossier, kind: Soort, seen: int | None, by: User) -> None:
    """Nobody registers over a registration not seen."""
    last = selectors.newest(dossier, kind.name)
    if seen in (None, last.pk if last else 0) or last is None:
        return
    url, obj = reverse("vastlegging", args=[dossier.number, kind.name]), f"vastlegging:{last.pk}"
    saved = last.answers()
    raise stale(dossier, "legde dit vast", url, by=by, saved=saved, seen=last.pk, kind="vastgelegd", obj=obj)


def _check(dossier: Dossier, kind: Soort, row: Vastlegging) -> None:
    """What the row of soorten.py asks, and what rooms above hold."""
    wrong = []
    if not kind.ahead and row.op > timezone.localdate():
        wrong.append("Vul vandaag of een eerdere datum in.")
    if kind.outcomes and row.uitkomst not in dict(kind.outcomes):
        wrong.append("Kies een uitkomst.")
    if kind.tekst and not row.tekst.strip() and (kind.tekst_needed or row.uitkomst in kind.why):
        wrong.append(f"Vul in: {kind.tekst[0].lower()}{kind.tekst[1:]}.")
    if kind.kenmerk_needed and not row.kenmerk.strip():
        wrong.append(f"Vul in: {kind.kenmerk[0].lower()}{kind.kenmerk[1:]}.")
    wrong += [sentence for hold in _holds for sentence in hold(dossier, row)]
    if wrong:
        raise NotPossible(*wrong)


@transaction.atomic
def confirm(*, vastlegging_id: int, by: User) -> VastleggingBevestigd:
    """A second person checked the registered decision of a minister."""
    row = Vastlegging.objects.select_related("ronde").get(pk=vastlegging_id)
    dossier, kind = lock_running(row.ronde.dossier_id), SOORTEN[row.soort]
    allowed = access.require(by, Act.BESLUIT_BEVESTIGEN, dossier, selectors.ministry(kind, dossier))
    url = reverse("vastlegging", args=[dossier.number, row.soort])
    if not kind.confirmed:
        raise NotPossible("Dit gegeven hoeft niemand te bevestigen.")
    if row.by_id == by.pk:
        raise NotPossible("U legde dit besluit zelf vast. Laat een collega het bevestigen.")
    last = selectors.newest(dossier, row.soort)
    if last is None or last.pk != row.pk:
        raise taken(dossier, "Er is een nieuwer besluit vastgelegd.", url, kind="vastgelegd")
    try:
        with transaction.atomic():
            made = VastleggingBevestigd.objects.create(vastlegging=row, by=by)
    except IntegrityError as error:
        raise taken(
            dossier, "Dit besluit is al bevestigd.", url, kind="bevestigd", obj=f"vastlegging:{row.pk}"
        ) from error
    audit.record(
        "bevestigd", f"{kind.label} bevestigd", by=by, dossier=dossier, allowed=allowed, obj=f"vastlegging:{row.pk}"
    )
    return made
