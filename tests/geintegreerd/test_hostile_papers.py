"""Every kind of paper with the worst text in every text field, through a real worker: the PDF comes, or the page says not.

Sabotage that turns these red: STACKED out of cases/letters/render.py, `give_up` that does nothing.
"""

import threading
import time
from datetime import timedelta
from hashlib import sha256

import pytest
from django.utils import timezone

from cases.letters.kinds import kind
from cases.models import DocumentVersion, Outbox, Rendering
from cases.notifications import outbox
from cases.services import papers
from phases.handelingsopties import services as opties
from phases.kamer import services as kamer
from tests import builders as b
from tests.cases.pages import session, text
from tests.geintegreerd.crawler import CANARY, NAME, SOUP, Page
from tests.phases import scenes

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.pdf]

WORST = f"{CANARY}\n\n{SOUP}\n\n" + "e" + "\u0301" * 50_000 + "\n\n" + "> " * 300 + "diep\n\n" + "woord" * 100
PRODUCTS = {
    "signaal": b.SIGNAAL,
    "analyse": b.ANALYSE,
    "opties": b.NOTA,
    "plan": b.PLAN,
    "voortgang": b.VOORTGANG,
    "evaluatie": b.EVALUATIE,
}
SECONDS = 300


def wait_until(ready) -> None:
    """As long as a slow machine may need; looks ten times a second."""
    deadline = time.monotonic() + SECONDS
    while not ready():
        assert time.monotonic() < deadline, "took too long"
        threading.Event().wait(0.1)


def worst(paper: str) -> dict:
    """The values of a product, its texts replaced by the worst text that the column holds."""
    fields = {f.name: f for f in kind(paper).model.text_fields()}
    return {
        name: WORST[: fields[name].max_length] if fields[name].get_internal_type() == "CharField" else WORST
        if isinstance(value, str) and not fields[name].choices
        else value
        for name, value in PRODUCTS[paper].items()
    }  # fmt: skip


def hostile_papers(cast) -> list[DocumentVersion]:
    dossier = scenes.dossier(cast, title=CANARY[:150], summary=WORST[:4000])
    by = cast["behandelaar-bz"]
    documents = [b.write(cast, dossier, paper, worst(paper)) for paper in PRODUCTS]
    option = {name: WORST[:100] if isinstance(value, str) else value for name, value in b.OPTIE.items()}
    for _ in range(2):
        opties.add_option(dossier_id=dossier.pk, by=by, values={**option, "narrative": WORST, "doelen": WORST})
    for soort in ("kennisgeving", "artikel-100"):
        letter = kamer.begin(dossier_id=dossier.pk, soort=soort, betreft=WORST[:200], kenmerk=SOUP[:40], by=by)
        for section in letter.secties.all():
            kamer.write_section(sectie_id=section.pk, text=WORST, ready=True, seen_revision=0, by=by)
        documents.append(letter.document)
    return [papers.put_forward(document_id=document.pk, by=by) for document in documents]


def test_every_paper_becomes_a_pdf_or_says_that_it_failed(cast, worker):
    versions = hostile_papers(cast)
    for version in versions:
        page = Page("", version.html)
        assert page.alive == [], version
        assert f"<{NAME}" not in version.html
    wait_until(lambda: not Rendering.objects.filter(state="wacht").exists() or worker.poll() is not None)
    states = {
        r.version.document.kind: (r.state, r.error) for r in Rendering.objects.select_related("version__document")
    }
    assert set(states) == {*PRODUCTS, "kennisgeving", "artikel-100"}
    assert {state for state, _ in states.values()} == {"gereed"}, states
    client = session(cast["behandelaar-bz"])
    for version in versions:
        answer = client.get(f"/versies/{version.pk}/pdf/")
        assert (answer.status_code, answer["Content-Type"], answer.content[:5]) == (200, "application/pdf", b"%PDF-")


def test_a_paper_that_cannot_be_drawn_says_so_and_can_be_tried_again(cast, worker):
    """Refused by the renderer itself: its html asks for something from outside. Three attempts, then a page with a button."""
    dossier = b.make_dossier(cast)
    document = b.write(cast, dossier, "signaal", b.SIGNAAL)
    html = '<html lang="nl"><title>x</title><img alt="x" src="http://127.0.0.1:1/x.png"></html>'
    version = DocumentVersion.objects.create(
        document=document, number=1, revision=1, content={}, html=html, sha256=sha256(html.encode()).hexdigest(),
        marking="ongerubriceerd", created_by=cast["behandelaar-bz"],
    )  # fmt: skip
    papers.ask_pdf(version)

    def given_up() -> bool:
        Outbox.objects.filter(done_at=None, failed_at=None, attempts__gt=0).update(
            leased_until=timezone.now() - timedelta(seconds=1)
        )
        outbox.ring()
        return Rendering.objects.filter(state="mislukt").exists()

    wait_until(given_up)
    client = session(cast["behandelaar-bz"])
    page = text(client.get(f"/dossiers/{dossier.number}/documenten/{document.pk}/"))
    assert "Mislukt" in page
    assert "Maak pdf opnieuw" in page
    assert "De pdf is niet gemaakt." in page
    assert client.post(f"/versies/{version.pk}/pdf/opnieuw/").status_code == 302
    assert Outbox.objects.count() == 2
