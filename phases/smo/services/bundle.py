"""PDFs of a meeting, made by the worker: the papers as one bundle, and the adopted besluitenlijst."""

from collections.abc import Callable
from hashlib import sha256
from typing import Any

from django.db import transaction
from django.utils import timezone

from cases import audit
from cases.exceptions import NotPossible
from cases.models import User
from cases.notifications import outbox
from cases.templatetags.notatie import datum
from phases.smo.models import Bundel, Gemaakt, Lijstpdf, Vergadering
from phases.smo.papers import bundle_html
from phases.smo.selectors.meetings import bundle_versions


@transaction.atomic
def ask_bundle(*, vergadering_id: int, by: User) -> Bundel:
    """Asks for one PDF of the papers that this person may read; who may read the same gets the same."""
    meeting = Vergadering.objects.select_for_update(no_key=True).get(pk=vergadering_id)
    ids = bundle_versions(meeting, by)
    if not ids:
        raise NotPossible("Op deze agenda staat geen stuk dat u mag lezen.")
    made, created = Bundel.objects.get_or_create(vergadering=meeting, key=key(ids), defaults={"version_ids": ids})
    if created:
        outbox.add("smo-bundel", {"bundel": made.pk})
        sentence = f"Vergaderbundel gevraagd voor de SMO van {datum(meeting.day)}"
        audit.record("smo", sentence, by=by, obj=f"vergadering:{meeting.pk}", data={"stukken": len(ids)})
    return made


def key(version_ids: list[int]) -> str:
    """The identity of a bundle: these versions in this order."""
    return sha256(",".join(map(str, version_ids)).encode()).hexdigest()


@transaction.atomic
def retry_bundle(*, bundel_id: int, by: User) -> Bundel:
    """Asks again for a bundle that failed."""
    made = Bundel.objects.select_for_update().defer("pdf").get(pk=bundel_id)
    _again(made, "smo-bundel", "bundel", by)
    return made


@transaction.atomic
def retry_list(*, lijstpdf_id: int, by: User) -> Lijstpdf:
    """Asks again for the PDF of a besluitenlijst that failed."""
    made = Lijstpdf.objects.select_for_update().defer("pdf").get(pk=lijstpdf_id)
    _again(made, "smo-lijst", "lijstpdf", by)
    return made


def _again(made: Gemaakt, kind: str, name: str, by: User) -> None:
    if made.state != Gemaakt.State.MISLUKT:
        return
    made.state, made.error, made.started_at = Gemaakt.State.WACHT, "", None
    made.save(update_fields=["state", "error", "started_at"])
    outbox.add(kind, {name: made.pk})
    audit.record("pdf", "Pdf van de SMO opnieuw gevraagd", by=by, obj=f"{name}:{made.pk}")


def make_bundle(payload: dict[str, Any]) -> None:
    """The worker draws a bundle, and tells the page of the meeting at which paper it is. One that is there is left alone."""
    made = Bundel.objects.select_related("vergadering").defer("pdf").get(pk=payload["bundel"])
    if made.state != Gemaakt.State.GEREED:
        _begin(made)
        Bundel.objects.filter(pk=made.pk).update(stuk=0)
        title = f"Vergaderbundel SMO {datum(made.vergadering.day)}"
        at = Bundel.objects.filter(pk=made.pk)
        html, tell = bundle_html(made, title), lambda number: at.update(stuk=number)
        _finish(made, _drawn(html, title, tell))


def make_list(payload: dict[str, Any]) -> None:
    """The worker draws an adopted besluitenlijst."""
    made = Lijstpdf.objects.select_related("besluitenlijst__vergadering").defer("pdf").get(pk=payload["lijstpdf"])
    if made.state != Gemaakt.State.GEREED:
        _begin(made)
        title = f"Besluitenlijst SMO {datum(made.besluitenlijst.vergadering.day)}"
        _finish(made, _drawn(made.besluitenlijst.html, title))


def _drawn(html: str, title: str, progress: Callable[[int], None] | None = None) -> bytes:
    """The PDF. What draws is loaded here, so by the worker only: every other process starts a second sooner."""
    from cases.letters import render

    return render.pdf(html, title=title, concept=False, progress=progress)


def _begin(made: Gemaakt) -> None:
    made.state, made.started_at = Gemaakt.State.BEZIG, timezone.now()
    made.save(update_fields=["state", "started_at"])


def _finish(made: Gemaakt, pdf: bytes) -> None:
    made.pdf, made.pdf_sha256 = pdf, sha256(pdf).hexdigest()
    made.state, made.error, made.ready_at = Gemaakt.State.GEREED, "", timezone.now()
    made.save(update_fields=["pdf", "pdf_sha256", "state", "error", "ready_at"])


def bundle_failed(payload: dict[str, Any], error: str) -> None:
    """All attempts failed: the page of the meeting says so, with a button."""
    Bundel.objects.filter(pk=payload["bundel"]).update(state=Gemaakt.State.MISLUKT, error=error[:500])


def list_failed(payload: dict[str, Any], error: str) -> None:
    """The same for a besluitenlijst."""
    Lijstpdf.objects.filter(pk=payload["lijstpdf"]).update(state=Gemaakt.State.MISLUKT, error=error[:500])
