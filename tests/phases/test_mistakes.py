"""Kind to mistakes, for every form: what is wrong, refused, stale or too late comes back with what was typed, and says who was first."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from budget_biv import selectors as biv_selectors
from cases.models import Document, Dossier, Membership
from cases.services import dossiers, papers, participation
from phases.handelingsopties import services as opties
from phases.kamer import services as kamer
from phases.orientatie.models import Signaalbeoordeling
from phases.process import services as process
from phases.process.models import Waiver
from tests import builders as b
from tests.cases.pages import session, text, unmarked
from tests.phases import scenes

pytestmark = pytest.mark.django_db
MINE = "Mijn eigen zin, met zorg geschreven."
THEIRS = "De zin van een ander."
TODAY = timezone.localdate().strftime("%d-%m-%Y")
YEAR = timezone.localdate().year
MOMENT = re.compile(r"om \d\d\.\d\d uur")
NO = {"rechtsorde": "nee", "eenheid": "nee", "geweld": "nee", "humanitair": "nee"}


@dataclass
class Scene:
    """A form with an address: what this person types, and what somebody else does meanwhile."""

    url: str
    who: str
    mine: dict[str, Any]
    other: Callable[[], Any] = lambda: None
    by: str = "F. de Vries"
    shown: str = THEIRS
    wrong: dict[str, Any] = field(default_factory=dict)


def url(name: str, *args: Any) -> str:
    return reverse(name, args=args)


def signaal(cast) -> Scene:
    d = b.make_dossier(cast)
    b.write(cast, d, "signaal", b.SIGNAAL)
    mine = {**b.SIGNAAL, "situatie": MINE}
    other = lambda: b.write(cast, d, "signaal", {**b.SIGNAAL, "situatie": THEIRS})  # noqa: E731
    return Scene(url("signaal", d.number), "behandelaar-def", mine, other, wrong={**mine, "uitkomst": "verzonnen"})


def optie(cast) -> Scene:
    d = b.make_dossier(cast)
    made = opties.add_option(dossier_id=d.pk, by=cast["behandelaar-bz"], values=b.OPTIE)
    change = {"dossier_id": d.pk, "letter": "A", "by": cast["behandelaar-bz"], "seen_stamp": made.stamp()}
    mine = {**b.OPTIE, "narrative": MINE}
    other = lambda: opties.change_option(**change, values={**b.OPTIE, "narrative": THEIRS})  # noqa: E731
    return Scene(url("optie", d.number, "A"), "behandelaar-def", mine, other, wrong={**mine, "kosten": "4.5"})


def sectie(cast) -> Scene:
    d = b.make_dossier(cast)
    letter = kamer.begin(dossier_id=d.pk, soort="kennisgeving", betreft="Missie", by=cast["behandelaar-bz"])
    section = letter.secties.get(code="KG-1")
    letter.secties.filter(pk=section.pk).update(ministry=b.ministry("DEF"))
    write = {"sectie_id": section.pk, "ready": False, "by": cast["behandelaar-bz"], "seen_revision": 0}
    other = lambda: kamer.write_section(**write, text=THEIRS)  # noqa: E731
    here = url("brief_sectie", d.number, "kennisgeving", "KG-1")
    return Scene(here, "behandelaar-def", {"text": MINE}, other, wrong={"text": MINE + "x" * 40_000})


def kerngegevens(cast) -> Scene:
    d = b.make_dossier(cast)
    mine = {
        "title": "Sahel", "summary": MINE, "countries": ["ML"], "region": "", "efforts": ["diplomatie"],
        "cooperation": "afstemming", "humanitarian": "", "handler": cast["behandelaar-bz"].pk,
    }  # fmt: skip
    change = {"dossier_id": d.pk, "by": cast["behandelaar-bz"], "seen_revision": 0}
    facts = {n: getattr(d, n) for n in ("title", "countries", "region", "efforts", "cooperation", "humanitarian")}
    other = lambda: dossiers.change_facts(**change, **facts, handler=d.handler, summary=THEIRS)  # noqa: E731
    here = url("kerngegevens", d.number)
    return Scene(here, "behandelaar-bz", mine, other, by="U wijzigde", wrong={**mine, "title": "x" * 161})


def toets(cast) -> Scene:
    d = b.make_dossier(cast)
    answers = {**dict.fromkeys(NO, False), "applies": True, "override_reason": THEIRS}
    other = lambda: dossiers.judge_artikel_100(dossier_id=d.pk, by=cast["behandelaar-bz"], **answers)  # noqa: E731
    mine = {**NO, "afwijken": "on", "override_reason": MINE}
    wrong = {**mine, "rechtsorde": ""}
    return Scene(url("toets", d.number), "behandelaar-bz", mine, other, by="U legde een toets vast", wrong=wrong)


def rubricering(cast) -> Scene:
    d = b.make_dossier(cast)
    until = b.today() + timedelta(days=100)
    mark = {"dossier_id": d.pk, "by": cast["vaststeller"], "marking": "dep-v", "reason": "Bron."}
    other = lambda: dossiers.mark(**mark, until=until)  # noqa: E731
    mine = {"marking": "ongerubriceerd", "until": "", "reason": MINE}
    wrong = {**mine, "until": "ooit"}
    return Scene(
        url("rubricering", d.number), "vaststeller", mine, other, by="U wijzigde", shown="Departementaal", wrong=wrong
    )


def deelname(cast) -> Scene:
    d = b.make_dossier(cast)
    d.participations.filter(ministry__code="DEF").update(contact=None)
    join = {"dossier_id": d.pk, "ministry": b.ministry("DEF"), "by": cast["behandelaar-bz"]}
    other = lambda: participation.join(**join, contact=cast["behandelaar-def"])  # noqa: E731
    mine = {"ministry": "DEF", "contact": ""}
    here = url("deelname", d.number)
    return Scene(here, "behandelaar-bz", mine, other, by="U wijzigde", shown="K. Jansen", wrong={"ministry": "XX"})


def standpunt(cast) -> Scene:
    offer = scenes.offered(cast, scenes.dossier(cast), "signaal")
    no = {"strekking": "niet-akkoord", "toelichting": THEIRS}
    mine = {"strekking": "niet-akkoord", "toelichting": MINE}
    here = url("standpunt", offer.ronde.dossier.number, offer.pk)
    wrong = {"strekking": "", "toelichting": MINE}
    return Scene(here, "smo-def", mine, lambda: scenes.position(cast, offer, **no), by="U gaf", wrong=wrong)


def conclusie(cast) -> Scene:
    offer = scenes.offered(cast, scenes.dossier(cast), "signaal")
    mine = {"oordeel": "positief", "tekst": MINE, "concluded_on": TODAY}
    here = url("conclusie", offer.ronde.dossier.number, offer.pk)
    other = lambda: scenes.conclusion(cast, offer, "aangehouden", "secretaris-smo", tekst=THEIRS)  # noqa: E731
    return Scene(here, "voorzitter-smo", mine, other, by="legde een conclusie vast", wrong={**mine, "oordeel": "ja"})


def besluit(cast) -> Scene:
    version = scenes.adopted(cast, scenes.dossier(cast), "opties")
    here = url("besluit_nieuw", version.document.dossier.number, version.pk)
    mine = {"orgaan": "bewindspersonen", "uitkomst": "akkoord", "optie": "A", "mr_nodig": "nee", "mr_reden": "Klein.", "besluit_op": TODAY, "kenmerk": "Nota 2026-12", "toelichting": MINE}  # fmt: skip
    other = lambda: scenes.decide(cast, version, "bewindspersonen", optie="B", confirm=False)  # noqa: E731
    return Scene(
        here,
        "gemachtigde-bz-2",
        mine,
        other,
        by="besluit over dit stuk vast",
        shown="Optie B",
        wrong={**mine, "optie": ""},
    )


def aanvraag(cast) -> Scene:
    d = b.make_dossier(cast)
    mine = b.money_form(biv_selectors.current_fund(), {YEAR: "4.500.000"}, relevantie=MINE)
    other = lambda: b.ask_money(cast, d, {YEAR: 7}, relevantie=THEIRS)  # noqa: E731
    wrong = {**mine, "bedrag_1": "veel"}
    return Scene(url("budget_aanvragen", d.number), "behandelaar-bz", mine, other, by="U vroeg geld aan", wrong=wrong)


STALE = [signaal, optie, sectie, kerngegevens, toets, rubricering, deelname, standpunt, conclusie, besluit, aanvraag]


def begin(cast) -> Scene:
    here = url("brief_begin", b.make_dossier(cast).number, "kennisgeving")
    return Scene(here, "behandelaar-bz", {"betreft": MINE, "kenmerk": ""}, wrong={"betreft": MINE * 20})


def nieuwe_optie(cast) -> Scene:
    here = url("optie_nieuw", b.make_dossier(cast).number)
    return Scene(here, "behandelaar-bz", {**b.OPTIE, "narrative": MINE}, wrong={"titel": "", "narrative": MINE})


def afwijking(cast) -> Scene:
    mine = {"gate": "smo:signaal", "reason": MINE, "until": TODAY}
    here = url("afwijkingen", scenes.dossier(cast).number)
    return Scene(here, "behandelaar-bz", mine, wrong={**mine, "until": "ooit"})


def stap(cast) -> Scene:
    here = url("stap", b.make_dossier(cast).number, "stoppen")
    mine = {"reason": MINE, "outcome": "vervallen", "seen_version": 0}
    return Scene(here, "teamleider-bz", mine, wrong={**mine, "outcome": ""})


FORMS = [*STALE, begin, nieuwe_optie, afwijking, stap]


def hidden(response) -> dict[str, Any]:
    """The hidden fields of the form that a page shows, as a browser sends them along."""
    return {f.html_name: "" if f.value() is None else f.value() for f in response.context["form"].hidden_fields()}


def of(cast, scene: Scene) -> tuple[Any, Dossier]:
    return session(cast[scene.who]), Dossier.objects.latest("id")


@pytest.mark.parametrize("make", FORMS)
def test_a_wrong_answer_is_asked_again(cast, make):
    """422 with the summary, "Fout:" in the title, and what was typed."""
    scene = make(cast)
    client, _ = of(cast, scene)
    response = client.post(scene.url, scene.wrong)
    page = text(response)
    assert response.status_code == 422
    assert "Controleer uw antwoorden" in page
    assert "<title>Fout: " in page
    assert "ngeldig" not in page
    assert MINE in page or MINE not in str(scene.wrong)


@pytest.mark.parametrize("make", STALE)
def test_a_stale_form_shows_both_versions_and_then_wins(cast, make):
    """Somebody saved meanwhile: who, when, both texts; nothing saved yet; sending the page again saves mine."""
    scene = make(cast)
    client, _ = of(cast, scene)
    sent = {**hidden(client.get(scene.url)), **scene.mine, "stap": "indienen"}
    scene.other()
    response = client.post(scene.url, sent)
    page = unmarked(response)
    assert response.status_code == 409
    assert scene.by in page
    assert MOMENT.search(page)
    assert "Er zijn twee versies" in page
    assert scene.shown in page
    assert MINE in page or MINE not in str(scene.mine)
    assert "<del>" in text(response)
    again = response.context["form"].data
    assert client.post(scene.url, again).status_code == 302


def test_the_saved_text_can_be_chosen_field_by_field(cast):
    """What only the other changed is proposed as saved; choosing it keeps it, and my own field goes along."""
    scene = signaal(cast)
    client, d = of(cast, scene)
    sent = {**hidden(client.get(scene.url)), **b.SIGNAAL, "verwachting": MINE}
    scene.other()
    page = client.post(scene.url, sent)
    assert 'value="opgeslagen" id="kies_situatie_opgeslagen" checked' in text(page)
    assert 'value="mijn" id="kies_verwachting_mijn" checked' in text(page)
    chosen = {**page.context["form"].data.dict(), "kies_situatie": "opgeslagen", "kies_verwachting": "mijn"}
    assert client.post(scene.url, chosen).status_code == 302
    saved = Signaalbeoordeling.objects.get(document__dossier=d)
    assert (saved.situatie, saved.verwachting) == (THEIRS, MINE)


@pytest.mark.parametrize("make", [f for f in FORMS if f not in {kerngegevens, toets, rubricering, deelname, stap}])
def test_a_dossier_that_was_stopped_meanwhile(cast, make):
    """409 on the same page: who stopped it, where it stands now, and what was typed."""
    scene = make(cast)
    client, d = of(cast, scene)
    sent = {**scene.mine, "stap": "indienen"}
    shown = client.get(scene.url.replace("/beginnen/", "/"))
    sent = {**hidden(shown), **sent}
    process.transition(
        dossier_id=d.pk,
        step="stoppen",
        by=cast["teamleider-bz"],
        seen_version=d.moves_made,
        reason="x",
        outcome="vervallen",
    )
    response = client.post(scene.url, sent)
    page = text(response)
    assert response.status_code == 409
    assert "Dit dossier is gestopt" in page
    assert "S. Visser was u voor, om" in page
    assert "Bekijk de stand van nu" in page
    assert MINE in page


# Buttons: exactly one wins, the other hears what happened and by whom.


def paraaf(cast):
    d = b.make_dossier(cast)
    version = papers.put_forward(document_id=b.write(cast, d, "signaal", b.SIGNAAL).pk, by=cast["behandelaar-bz"])
    return url("versie_paraferen", version.pk), "teamleider-def", {"ministerie": "DEF"}


def voorleggen(cast):
    document = b.write(cast, b.make_dossier(cast), "signaal", b.SIGNAAL)
    return url("document_voorleggen", document.pk), "behandelaar-bz", {}


def vaststellen(cast):
    paraaf(cast)
    version = Document.objects.get().versions.get()
    for code in ("BZ", "DEF"):
        papers.initial(version_id=version.pk, ministry=b.ministry(code), by=cast[f"teamleider-{code.lower()}"])
    return url("versie_vaststellen", version.pk), "behandelaar-bz", {}


def bevestigen(cast):
    version = scenes.adopted(cast, scenes.dossier(cast), "opties")
    made = scenes.decide(cast, version, "bewindspersonen", optie="B", confirm=False)
    return url("besluit_bevestigen", version.document.dossier.number, made.pk), "gemachtigde-bz-2", {}


def verlenen(cast):
    d = b.make_dossier(cast)
    waiver = Waiver.objects.create(
        ronde=d.rondes.get(), gate="smo:signaal", reason="x", until=b.today(), requested_by=cast["behandelaar-bz"]
    )
    return url("afwijking_verlenen", d.number, waiver.pk), "teamleider-bz", {}


def verwijderen(cast):
    d = b.make_dossier(cast)
    opties.add_option(dossier_id=d.pk, by=cast["behandelaar-bz"], values=b.OPTIE)
    return url("optie_verwijderen", d.number, "A"), "behandelaar-def", {}


def deelname_stoppen(cast):
    """By somebody who still reads afterwards; whoever does not gets 404."""
    Membership.objects.create(user=cast["teamleider-def"], role="auditor", start=b.today())
    given = {"reason": "Geen bijdrage."}
    return url("deelname_stoppen", b.make_dossier(cast).number, "DEF"), "teamleider-def", given


def beginnen(cast):
    return url("brief_begin", b.make_dossier(cast).number, "kennisgeving"), "behandelaar-bz", {"betreft": MINE}


@pytest.mark.parametrize(
    "make", [paraaf, voorleggen, vaststellen, bevestigen, verlenen, verwijderen, deelname_stoppen, beginnen]
)
def test_the_second_press_hears_who_was_first(cast, make):
    where, who, data = make(cast)
    client = session(cast[who])
    assert client.post(where, data).status_code == 302
    before = Dossier.objects.get().events.count()
    response = client.post(where, data)
    assert response.status_code == 409
    assert f"{cast[who]} was u voor, om" in text(response)
    assert "Bekijk de stand van nu" in text(response)
    assert Dossier.objects.get().events.count() == before


def test_writing_in_an_option_that_was_removed_keeps_the_text(cast):
    """The text can be sent as a new option at once."""
    scene = optie(cast)
    client, d = of(cast, scene)
    opties.remove_option(dossier_id=d.pk, letter="A", by=cast["behandelaar-bz"])
    response = client.post(scene.url, scene.mine)
    page = text(response)
    assert response.status_code == 409
    assert MINE in page
    assert f'action="{url("optie_nieuw", d.number)}"' in page
    assert client.post(url("optie_nieuw", d.number), response.context["form"].data).status_code == 302


def test_a_step_that_somebody_took_first_keeps_the_reason(cast):
    """The step does not leave from here any more, so there is no form; the reason stands on the page, to copy."""
    scene = stap(cast)
    client, _ = of(cast, scene)
    assert client.post(scene.url, scene.mine).status_code == 302
    response = client.post(scene.url, scene.mine)
    assert response.status_code == 409
    assert "S. Visser was u voor, om" in text(response)
    assert MINE in text(response)


def test_a_closed_gate_gives_every_reason_with_its_link(cast):
    d = b.make_dossier(cast)
    response = session(cast["behandelaar-bz"]).post(url("stap", d.number, "naar_analyse"), {"seen_version": 0})
    page = text(response)
    assert response.status_code == 422
    summary = page[page.index("data-fouten") : page.index("</ul>", page.index("data-fouten"))]
    assert summary.count("<li><a href=") == summary.count("<li>") > 1
