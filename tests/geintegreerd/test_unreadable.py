"""What no page can read is answered with a page, never with a 500."""

import pytest

from tests import builders as b
from tests.cases.pages import session, text
from tests.phases import scenes

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "address",
    ["2026%00/", "%00/logboek/", "{n}/betrokkenen/%00/stoppen/", "{n}/brieven/artikel-100/%00/"],
)
def test_a_nul_in_the_address_is_no_page(cast, address):
    dossier = b.make_dossier(cast)
    page = session(cast["behandelaar-bz"]).get("/dossiers/" + address.format(n=dossier.number))
    assert page.status_code == 404
    assert "Deze pagina bestaat niet" in text(page)


@pytest.mark.parametrize("query", ["q=%00", "fase=%00", "dep=%00", "na=%00", "status=%00"])
def test_a_nul_in_a_filter_filters_nothing(cast, query):
    b.make_dossier(cast)
    assert session(cast["behandelaar-bz"]).get(f"/dossiers/?{query}").status_code == 200


def test_a_nul_in_the_logboek_filters_nothing(cast):
    dossier = b.make_dossier(cast)
    assert (
        session(cast["behandelaar-bz"]).get(f"/dossiers/{dossier.number}/logboek/?soort=%00&van=%00").status_code == 200
    )


@pytest.mark.parametrize("code", ["\x00", "XX", ""])
def test_a_paraaf_for_no_ministry_does_not_exist(cast, code):
    version = scenes.adopted(cast, b.make_dossier(cast))
    answer = session(cast["teamleider-bz"]).post(f"/versies/{version.pk}/paraferen/", {"ministerie": code})
    assert answer.status_code == 404


def test_a_form_in_another_charset_is_refused(cast):
    dossier = b.make_dossier(cast)
    kind = "multipart/form-data; boundary=x; charset=utf-16"
    answer = session(cast["behandelaar-bz"]).post(f"/dossiers/{dossier.number}/toets/", b"--x--", content_type=kind)
    assert answer.status_code == 400


def test_a_step_that_nobody_proposes_cannot_be_asked_for(cast):
    dossier = b.make_dossier(cast)
    url = f"/dossiers/{dossier.number}/stap/stoppen/verzoek/"
    assert session(cast["behandelaar-bz"]).post(url, {"reason": "x"}).status_code == 404


def test_an_address_behind_a_button_gets_a_page(cast):
    version = scenes.adopted(cast, b.make_dossier(cast))
    answer = session(cast["teamleider-bz"]).get(f"/versies/{version.pk}/teruggeven/")
    assert answer.status_code == 405
    assert answer.headers["Allow"] == "POST"
    assert "Deze pagina opent u niet rechtstreeks" in text(answer)


def test_who_left_gets_the_answer_of_a_wrong_password(cast, client):
    user = cast["behandelaar-bz"]
    user.set_password("een-goed-wachtwoord")
    user.save()
    right = {"login": user.username, "password": "een-goed-wachtwoord"}
    type(user).objects.filter(pk=user.pk).update(is_active=False)
    left = client.post("/account/inloggen/", right)
    wrong = client.post("/account/inloggen/", {**right, "password": "een-ander-wachtwoord"})
    assert (left.status_code, text(left)) == (wrong.status_code, text(wrong))
    assert "Deze combinatie kennen wij niet" in text(left)


def test_a_refusal_leads_back_to_the_dossier(cast):
    dossier = b.make_dossier(cast)
    page = session(cast["behandelaar-def"]).get(f"/dossiers/{dossier.number}/kerngegevens/")
    assert page.status_code == 403
    assert "Dat kan alleen met deze rol: Behandelaar van het penvoerende ministerie" in text(page)
    assert f'<a href="{dossier.get_absolute_url()}">Ga terug naar het dossier</a>' in text(page)
    assert '<a href="/beheer/rechten/">' in text(page)
