"""The pages of the products: write, read, conflict, and the options side by side."""

import pytest
from django.urls import reverse

from cases.letters.kinds import kind
from cases.models import Event
from cases.services import products
from phases.handelingsopties import services as opties
from phases.handelingsopties.models import Optie
from phases.uitvoering.models import Voortgang
from tests import builders as b
from tests.cases.pages import unmarked
from tests.phases import scenes

pytestmark = pytest.mark.django_db

FORMS = {"signaal": b.SIGNAAL, "analyse": b.ANALYSE, "opties": b.NOTA, "plan": b.PLAN, "evaluatie": b.EVALUATIE}


def url(name, dossier, *rest):
    return reverse(name, args=[dossier.number, *rest])


def as_user(client, cast, who="behandelaar-bz"):
    client.force_login(cast[who])
    return client


def sent(values, seen=0):
    return {**{name: "" if value is None else value for name, value in values.items()}, "seen_revision": seen}


def text(response):
    return response.content.decode()


def current(dossier, name):
    return products.current(kind(name), dossier.pk, 1)


@pytest.mark.parametrize("name", FORMS)
def test_saves_and_shows_again(client, cast, name):
    dossier = b.make_dossier(cast)
    client = as_user(client, cast, "behandelaar-def")
    assert client.get(url(name, dossier)).status_code == 200
    response = client.post(url(name, dossier), sent(FORMS[name]), follow=True)
    assert response.redirect_chain == [(url(name, dossier), 302)]
    product = current(dossier, name)
    assert {f: getattr(product, f) for f in FORMS[name]} == FORMS[name]
    assert "Opgeslagen om" in text(response)
    assert "door K. Jansen" in text(response)
    assert Event.objects.filter(dossier=dossier, kind="geschreven", actor=cast["behandelaar-def"]).count() == 1


@pytest.mark.parametrize(
    ("name", "consequence"),
    [
        ("signaal", "Het dossier kan naar Analyse en beoordeling, als het aan de andere voorwaarden voldoet."),
        ("analyse", "Het dossier kan niet naar Handelingsopties."),
    ],
)
def test_an_answer_says_what_follows(client, cast, name, consequence):
    assert consequence in text(as_user(client, cast).get(url(name, b.make_dossier(cast))))


def test_who_may_puts_it_forward_from_here(client, cast):
    """The button stands beside the text while the draft is newer than what was put forward, and it works."""
    dossier = b.make_dossier(cast)
    document = b.write(cast, dossier, "signaal", b.SIGNAAL)
    there, button = url("signaal", dossier), reverse("document_voorleggen", args=[document.pk])
    assert button not in text(as_user(client, cast, "behandelaar-def").get(there))
    page = text(as_user(client, cast).get(there))
    assert "Leg voor ter paraaf" in page
    assert "Ga naar het document" in page
    assert client.post(button).status_code == 302
    assert button not in text(client.get(there))
    b.write(cast, dossier, "signaal", {**b.SIGNAAL, "bronnen": "Andere bronnen."})
    assert button in text(client.get(there))


@pytest.mark.parametrize("name", FORMS)
def test_a_draft_may_be_incomplete(client, cast, name):
    dossier = b.make_dossier(cast)
    response = as_user(client, cast).post(url(name, dossier), {"seen_revision": 0})
    assert response.status_code == 302
    assert current(dossier, name).missing()


@pytest.mark.parametrize("name", FORMS)
def test_outsider_sees_nothing(client, cast, name):
    dossier = b.make_dossier(cast)
    client = as_user(client, cast, "buitenstaander")
    assert client.get(url(name, dossier)).status_code == 404
    assert client.post(url(name, dossier), sent(FORMS[name])).status_code == 404
    assert current(dossier, name) is None
    client.logout()
    assert client.get(url(name, dossier)).status_code == 302


@pytest.mark.parametrize("name", FORMS)
def test_reader_reads_and_may_not_write(client, cast, name):
    dossier = b.make_dossier(cast)
    b.write(cast, dossier, name, FORMS[name])
    client = as_user(client, cast, "teamleider-bz")
    page = text(client.get(url(name, dossier)))
    first = next(value for value in FORMS[name].values() if value)
    assert first in page
    assert "<textarea" not in page
    assert client.post(url(name, dossier), sent(FORMS[name], 1)).status_code == 403


def test_reader_sees_why_it_is_empty(client, cast):
    dossier = b.make_dossier(cast)
    assert "Nog niemand heeft erin geschreven." in text(as_user(client, cast, "auditor").get(url("plan", dossier)))


def test_nothing_is_lost_on_a_conflict(client, cast):
    dossier = b.make_dossier(cast)
    b.write(cast, dossier, "signaal", b.SIGNAAL)
    client = as_user(client, cast, "behandelaar-def")
    mine = {**b.SIGNAAL, "situatie": "Mijn lange tekst.", "uitkomst": "monitoren"}
    response = client.post(url("signaal", dossier), sent(mine, 0))
    page = unmarked(response)
    assert response.status_code == 409
    assert "Mijn lange tekst." in page
    assert "Spanningen lopen op." in page
    assert "Nader onderzoek" in page
    assert "F. de Vries wijzigde deze tekst om" in page
    assert page.count("<h4>Opgeslagen tekst</h4>") == 2
    assert current(dossier, "signaal").situatie == "Spanningen lopen op."
    seen = response.context["form"].data["seen_revision"]
    assert client.post(url("signaal", dossier), sent(mine, seen)).status_code == 302
    assert current(dossier, "signaal").situatie == "Mijn lange tekst."


def test_first_save_of_two_is_a_conflict_too(client, cast, monkeypatch):
    """Somebody begins the product between the drawing of an empty form and its saving."""
    dossier = b.make_dossier(cast)
    b.write(cast, dossier, "plan", b.PLAN)
    response = as_user(client, cast).post(url("plan", dossier), sent({**b.PLAN, "doelen": "Mijn doelen."}, 0))
    assert response.status_code == 409
    assert "Mijn doelen." in text(response)


def test_wrong_value_keeps_the_rest(client, cast):
    dossier = b.make_dossier(cast)
    response = as_user(client, cast).post(url("signaal", dossier), sent({**b.SIGNAAL, "uitkomst": "morgen"}))
    assert response.status_code == 422
    assert b.SIGNAAL["situatie"] in text(response)
    assert current(dossier, "signaal") is None


def test_only_optional_fields_say_so(client, cast):
    page = text(as_user(client, cast).get(url("evaluatie", b.make_dossier(cast))))
    assert page.count("(niet verplicht)</span>") == 1


def test_state_beside_the_form(client, cast):
    dossier = b.make_dossier(cast)
    client, here = as_user(client, cast), url("signaal", dossier)
    assert "Niet begonnen" in text(client.get(here))
    document = b.write(cast, dossier, "signaal", b.SIGNAAL)
    assert reverse("document", args=[dossier.number, document.pk]) in text(client.get(here))
    from cases.services import papers

    papers.put_forward(document_id=document.pk, by=cast["behandelaar-bz"])
    assert "Wacht op de paraaf van BZ, DEF." in text(client.get(here))
    b.adopt(cast, document)
    assert "vastgesteld op" in text(client.get(here))
    b.write(cast, dossier, "signaal", b.SIGNAAL)
    assert "De tekst is daarna gewijzigd." in text(client.get(here))


def test_reports(client, cast):
    dossier = b.make_dossier(cast)
    client = as_user(client, cast)
    assert "Er is nog geen verslag." in text(client.get(url("voortgang", dossier)))
    assert client.get(url("voortgang_nieuw", dossier)).status_code == 200
    for periode in ("2027", "2028"):
        response = client.post(
            url("voortgang_nieuw", dossier), sent({**b.VOORTGANG, "periode": periode, "laatste": ""})
        )
        assert response.status_code == 302
    first, second = Voortgang.objects.order_by("id")
    assert (first.periode, second.periode, first.laatste) == ("2027", "2028", False)
    page = text(client.get(url("voortgang", dossier)))
    assert page.index("2028</a>") < page.index("2027</a>")
    here = url("voortgang_verslag", dossier, first.document_id)
    assert client.post(here, sent({**b.VOORTGANG, "laatste": "on"}, 1)).status_code == 302
    assert "Laatste verslag van deze ronde" in text(client.get(url("voortgang", dossier)))
    assert client.post(here, sent(b.VOORTGANG, 1)).status_code == 409


def test_reports_of_others(client, cast):
    dossier, other = b.make_dossier(cast), b.make_dossier(cast)
    as_user(client, cast).post(url("voortgang_nieuw", dossier), sent(b.VOORTGANG))
    report = Voortgang.objects.get()
    assert client.get(url("voortgang_verslag", other, report.document_id)).status_code == 404
    client = as_user(client, cast, "teamleider-bz")
    assert client.get(url("voortgang_nieuw", dossier)).status_code == 403
    assert client.get(url("voortgang_verslag", dossier, report.document_id)).status_code == 200
    client = as_user(client, cast, "buitenstaander")
    for name, rest in (("voortgang", []), ("voortgang_nieuw", []), ("voortgang_verslag", [report.document_id])):
        assert client.get(url(name, dossier, *rest)).status_code == 404


OPTION = {**b.OPTIE, "kosten": "€ 4.500.000", "titel": "Training"}


def make_options(cast, dossier, count=2):
    return [opties.add_option(dossier_id=dossier.pk, by=cast["behandelaar-bz"], values=b.OPTIE) for _ in range(count)]


def test_options_side_by_side(client, cast):
    dossier = b.make_dossier(cast)
    client = as_user(client, cast, "behandelaar-def")
    for title in ("Training", "Missie"):
        assert client.post(url("optie_nieuw", dossier), {**OPTION, "titel": title, "seen_stamp": ""}).status_code == 302
    made = Optie.objects.get(letter="B")
    assert (made.titel, made.kosten, made.instrumenten) == ("Missie", 4_500_000, ["diplomatie"])
    page = text(client.get(url("opties", dossier)))
    assert page.index("Nuloptie") < page.index("A. Training") < page.index("B. Missie")
    assert "€\u00a04.500.000" in page
    assert "Nog niet ingevuld" in page
    assert Event.objects.filter(dossier=dossier, kind="optie").count() == 2


def test_option_may_be_incomplete_but_has_a_title(client, cast):
    dossier = b.make_dossier(cast)
    client = as_user(client, cast)
    response = client.post(url("optie_nieuw", dossier), {"titel": "", "doelen": "Mijn doelen"})
    assert response.status_code == 422
    assert "Geef de optie een titel" in text(response)
    assert "Mijn doelen" in text(response)
    assert client.post(url("optie_nieuw", dossier), {"titel": "Training"}).status_code == 302
    assert "Nog 6 onderdelen leeg" in text(client.get(url("opties", dossier)))


def test_option_is_changed_with_both_texts_on_a_conflict(client, cast):
    dossier = b.make_dossier(cast)
    optie, _ = make_options(cast, dossier)
    client = as_user(client, cast)
    here = url("optie", dossier, "a")
    stamp = optie.stamp()
    changed = {**OPTION, "seen_stamp": stamp, "instrumenten": ["diplomatie", "os"]}
    assert client.post(here, changed).status_code == 302
    response = client.post(here, {**OPTION, "titel": "Mijn titel", "kosten": "7", "seen_stamp": stamp})
    assert response.status_code == 409
    assert "Mijn titel" in unmarked(response)
    assert "OS-programma, Diplomatie" in unmarked(response)
    assert "€\u00a04.500.000" in unmarked(response)
    again = response.context["form"].data
    assert client.post(here, again).status_code == 302
    assert Optie.objects.get(letter="A").titel == "Mijn titel"


def test_saving_two_options_is_no_conflict(client, cast):
    dossier = b.make_dossier(cast)
    first, second = make_options(cast, dossier)
    client = as_user(client, cast)
    for optie in (first, second):
        assert (
            client.post(url("optie", dossier, optie.letter), {**OPTION, "seen_stamp": optie.stamp()}).status_code == 302
        )


def test_six_options_are_too_many(client, cast):
    dossier = b.make_dossier(cast)
    make_options(cast, dossier, 5)
    response = as_user(client, cast).post(url("optie_nieuw", dossier), OPTION)
    assert response.status_code == 422
    assert "ten hoogste vijf opties" in text(response)


def test_option_is_removed_after_a_question(client, cast):
    dossier = b.make_dossier(cast)
    make_options(cast, dossier)
    client, there = as_user(client, cast), url("optie_verwijderen", dossier, "A")
    assert "Dit kunt u niet ongedaan maken." in text(client.get(there))
    assert Optie.objects.count() == 2
    assert client.post(there).status_code == 302
    assert [o.letter for o in Optie.objects.all()] == ["B"]
    again = client.post(there)
    assert again.status_code == 409
    assert "F. de Vries was u voor" in text(again)
    assert client.get(there).status_code == 404


def test_option_stays_once_the_nota_is_put_forward(client, cast):
    dossier = b.make_dossier(cast)
    make_options(cast, dossier)
    from cases.services import papers

    papers.put_forward(document_id=b.write(cast, dossier, "opties", b.NOTA).pk, by=cast["behandelaar-bz"])
    response = as_user(client, cast).post(url("optie_verwijderen", dossier, "A"))
    assert response.status_code == 422
    assert Optie.objects.count() == 2


def test_option_pages_for_others(client, cast):
    dossier = b.make_dossier(cast)
    make_options(cast, dossier)
    reader = as_user(client, cast, "teamleider-def")
    assert "<textarea" not in text(reader.get(url("optie", dossier, "A")))
    assert reader.get(url("optie", dossier, "C")).status_code == 404
    for name, rest in (("optie_nieuw", []), ("optie_verwijderen", ["A"])):
        assert reader.get(url(name, dossier, *rest)).status_code == 403
    assert reader.post(url("optie", dossier, "A"), OPTION).status_code == 403
    outsider = as_user(client, cast, "buitenstaander")
    for name, rest in (("optie_nieuw", []), ("optie_verwijderen", ["A"]), ("optie", ["A"]), ("opties", [])):
        assert outsider.get(url(name, dossier, *rest)).status_code == 404


def test_chosen_option_is_marked(client, cast):
    from phases.besluit import services as besluit

    dossier = b.make_dossier(cast)
    make_options(cast, dossier)
    version = b.adopt(cast, b.write(cast, dossier, "opties", b.NOTA))
    made = scenes.decide(cast, version, "bewindspersonen", optie="B", confirm=False)
    scenes.decide(cast, version, "bewindspersonen", optie="B", codes=("DEF",))
    client = as_user(client, cast)
    assert "Gekozen" not in text(client.get(url("opties", dossier)))
    besluit.confirm(besluit_id=made.pk, by=cast["gemachtigde-bz-2"])
    assert text(client.get(url("opties", dossier))).count('class="voorkeur"') == 8
