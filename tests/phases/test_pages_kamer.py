"""The pages of the letters: the editor, the whole letter, signing, sending and the number."""

import pytest
from django.urls import reverse

from phases.kamer import services
from phases.kamer.models import Briefsectie, Kamerbrief, Ondertekening, Verzending
from tests import builders as b
from tests.cases.pages import assert_denied, assert_does_not_exist, assert_post_only, session, text, unmarked
from tests.phases import scenes

pytestmark = pytest.mark.django_db
TODAY = f"{b.today().day}-{b.today().month}-{b.today().year}"
NOTICE = "kennisgeving"


@pytest.fixture
def d(cast):
    return scenes.dossier(cast)


def url(name: str, d, *args) -> str:
    return reverse(name, args=[d.number, *args])


def begin(cast, d, soort: str = NOTICE) -> Kamerbrief:
    return services.begin(dossier_id=d.pk, soort=soort, betreft="Missie", by=cast["behandelaar-bz"])


def test_begin_a_letter(cast, d):
    client = session(cast["behandelaar-def"])
    page = text(client.get(url("brieven", d)))
    assert "Kennisgevingsbrief" in page
    assert "Nog niet begonnen" in page
    assert "nog niet begonnen" in text(client.get(url("brief", d, NOTICE)))
    empty = client.post(url("brief_begin", d, NOTICE), {"betreft": ""})
    assert empty.status_code == 422
    assert "Vul in waar de brief over gaat" in text(empty)
    assert client.post(url("brief_begin", d, NOTICE), {"betreft": "Missie", "kenmerk": "BZ-1"}).status_code == 302
    made = Kamerbrief.objects.get()
    assert (made.betreft, made.kenmerk) == ("Missie", "BZ-1")
    assert "0 van 3 secties gereed" in text(client.get(url("brief", d, NOTICE)))


def test_readers_see_no_begin_button(cast, d):
    page = text(session(cast["teamleider-bz"]).get(url("brieven", d)))
    assert "Begin met de brief" not in page


def test_write_a_section_and_go_on(cast, d):
    begin(cast, d)
    client, address = session(cast["behandelaar-bz"]), url("brief_sectie", d, NOTICE, "KG-1")
    page = text(client.get(address))
    assert "Wat vraagt het Toetsingskader?" in page
    assert "Buitenlandse Zaken" in page
    assert "Nog niet opgeslagen." in page
    given = {"text": "De **EU** vraagt.", "ready": "on", "seen_revision": "0"}
    assert client.post(address, given)["Location"] == address
    page = text(client.get(address))
    assert "<strong>EU</strong>" in page
    assert "door u." in page
    assert "<h3>Aanleiding</h3>" not in page
    onward = client.post(address, {**given, "seen_revision": "1", "actie": "volgende"})
    assert onward["Location"] == url("brief_sectie", d, NOTICE, "KG-2")


def test_the_signers_stand_in_the_order_of_the_letter(cast, d):
    """Before it is vastgesteld, while it is being signed and after it was sent; by ministry they would stand otherwise."""
    d = scenes.dossier(cast, efforts=["os", "politie"])
    begin(cast, d)
    order = ["De minister van Buitenlandse Zaken", "De minister van Defensie", "De minister voor Buitenlandse Handel"]

    def places(name: str) -> list[int]:
        page = text(session(cast["behandelaar-bz"]).get(url(name, d, NOTICE)))
        return [page.index(who, page.index("Ondertekening" if name == "brief" else "Geachte")) for who in order]

    for name in ("brief", "brief_voorbeeld"):
        assert places(name) == sorted(places(name))
    letter = Kamerbrief.objects.get()
    for section in letter.secties.all():
        services.write_section(
            sectie_id=section.pk, text="Tekst.", ready=True, seen_revision=0, by=cast["behandelaar-bz"]
        )
    letter.document.refresh_from_db()
    version = b.adopt(cast, letter.document)
    assert places("brief") == sorted(places("brief"))
    for code in ("BZ", "DEF", "BHOS"):
        scenes.sign(cast, version, code)
    assert places("brief") == sorted(places("brief"))


def test_the_pdf_of_a_letter_stands_near_its_title(cast, d):
    version = scenes.adopted_letter(cast, d)
    client, address = session(cast["behandelaar-bz"]), url("brief", d, "artikel-100")

    def near_title() -> str:
        page = text(client.get(address))
        return page[page.index('<div class="paginakop">') : page.index("secties gereed")]

    assert "Wordt gemaakt" in near_title()
    rendering = version.renderings.filter(concept=False)
    rendering.update(state="mislukt", error="De tekst is te groot.")
    assert "De tekst is te groot." in near_title()
    assert "Maak pdf opnieuw" in near_title()
    rendering.update(state="gereed", pdf=b"%PDF")
    assert reverse("pdf", args=[version.pk]) in near_title()
    assert "Maak pdf opnieuw" not in near_title()


def test_the_artikel_100_letter_has_headings(cast, d):
    begin(cast, d, "artikel-100")
    assert "<h3>Essentie</h3>" in text(
        session(cast["behandelaar-bz"]).get(url("brief_sectie", d, "artikel-100", "ESS"))
    )


def test_a_conflict_shows_both_texts_and_loses_nothing(cast, d):
    section = begin(cast, d, "artikel-100").secties.get(code="TK-06")
    services.write_section(
        sectie_id=section.pk, text="Hun tekst", ready=False, seen_revision=0, by=cast["behandelaar-def"]
    )
    client, address = session(cast["behandelaar-bz"]), url("brief_sectie", d, "artikel-100", "TK-06")
    response = client.post(address, {"text": "Mijn tekst", "seen_revision": "0"})
    assert response.status_code == 409
    page = unmarked(response)
    assert "Hun tekst" in page
    assert "Mijn tekst" in page
    assert "K. Jansen wijzigde deze tekst" in page
    assert 'name="seen_revision" value="1"' in page
    assert Briefsectie.objects.get(pk=section.pk).text == "Hun tekst"
    assert client.post(address, {"text": "Samen", "seen_revision": "1"}).status_code == 302


def test_links_lead_to_the_editor_of_own_sections_only(cast, d):
    begin(cast, d, "artikel-100")
    client = session(cast["behandelaar-def"])
    page = text(client.get(url("brief", d, "artikel-100")))
    assert url("brief_sectie", d, "artikel-100", "TK-06") in page
    assert url("brief_sectie", d, "artikel-100", "ESS") not in page
    assert url("brief_voorbeeld", d, "artikel-100") + "#ESS" in page
    assert_denied(cast["behandelaar-def"], url("brief_sectie", d, "artikel-100", "ESS"))
    given = {"text": "Tekst.", "seen_revision": "0", "actie": "volgende"}
    onward = client.post(url("brief_sectie", d, "artikel-100", "TK-08"), given)
    assert onward["Location"] == url("brief_sectie", d, "artikel-100", "TK-10")


def test_input_stays_when_the_section_is_too_long(cast, d):
    begin(cast, d)
    response = session(cast["behandelaar-bz"]).post(
        url("brief_sectie", d, NOTICE, "KG-1"), {"text": "begin" + "x" * 40_000, "seen_revision": "0"}
    )
    assert response.status_code == 422
    assert "beginxxx" in text(response)


def test_ready_without_text_is_refused_in_the_form(cast, d):
    begin(cast, d)
    response = session(cast["behandelaar-bz"]).post(
        url("brief_sectie", d, NOTICE, "KG-1"), {"ready": "on", "seen_revision": "0"}
    )
    assert response.status_code == 422
    assert "Vul de tekst in voordat u de sectie gereed meldt." in text(response)


def test_a_kennisgeving_that_reads_as_a_decision_is_warned_about_not_blocked(cast, d):
    begin(cast, d)
    client, address = session(cast["behandelaar-bz"]), url("brief_sectie", d, NOTICE, "KG-3")
    assert client.post(address, {"text": "Het kabinet heeft besloten.", "seen_revision": "0"}).status_code == 302
    page = text(client.get(address))
    assert "Dit leest als een besluit" in page
    assert "‘heeft besloten’" in page


def test_the_whole_letter(cast, d):
    scenes.letter(cast, d)
    page = text(session(cast["auditor"]).get(url("brief_voorbeeld", d, "artikel-100")))
    assert "Ministerie van Defensie" in page
    assert "De minister van Buitenlandse Zaken," in page
    assert "<b>CONCEPT</b>" in page
    assert "<h3>Risico’s</h3>" in page


def test_user_text_is_never_markup_or_template(cast, d):
    section = begin(cast, d).secties.get(code="KG-1")
    text_ = "<script>alert(1)</script> {{ kop.nummer }} {% load x %}"
    services.write_section(sectie_id=section.pk, text=text_, ready=False, seen_revision=0, by=cast["behandelaar-bz"])
    for address in (url("brief_sectie", d, NOTICE, "KG-1"), url("brief_voorbeeld", d, NOTICE)):
        page = text(session(cast["behandelaar-bz"]).get(address))
        assert "<script>alert" not in page
        assert "{{ kop.nummer }}" in page


def test_sign_send_and_number(cast, d):
    version = scenes.adopted_letter(cast, d, NOTICE)
    address = url("ondertekenen", d, NOTICE)
    second = session(cast["gemachtigde-def"])
    assert "Eerst tekent de minister van Buitenlandse Zaken." in text(second.get(address))
    given = {"name": "B. Tweede", "signed_on": TODAY, "stap": "indienen"}
    early = second.post(address, given)
    assert early.status_code == 422
    assert "B. Tweede" in text(early)
    first = session(cast["gemachtigde-bz"])
    assert "Leg ondertekening vast" in text(first.get(url("brief", d, NOTICE)))
    assert first.post(address, {**given, "name": "A. Eerste"}).status_code == 302
    assert "is al vastgelegd" in text(first.get(address))
    assert second.post(address, given).status_code == 302
    assert [s.name for s in Ondertekening.objects.all()] == ["A. Eerste", "B. Tweede"]
    office = session(cast["secretariaat"])
    assert "Verzend de brief" in text(office.get(url("brief", d, NOTICE)))
    send = url("verzenden", d, NOTICE)
    assert "Daarna verandert de brief niet meer" in text(office.post(send, {"sent_on": TODAY}))
    assert office.post(send, {"sent_on": TODAY, "stap": "indienen"}).status_code == 302
    assert office.post(send, {"sent_on": TODAY, "stap": "indienen"}).status_code == 409
    sent = Verzending.objects.get(kamer="TK")
    number = url("kamerstuk", d, NOTICE, sent.pk)
    wrong = office.post(number, {"kamerstuk": "494"})
    assert wrong.status_code == 422
    assert "Schrijf het nummer als 29 521, nr. 494" in text(wrong)
    assert office.post(number, {"kamerstuk": " 29 521,  nr. 448 ", "stap": "indienen"}).status_code == 302
    page = text(session(cast["auditor"]).get(url("brief", d, NOTICE)))
    assert "Kamerstuk 29 521, nr. 448" in page
    assert "A. Eerste" in page
    assert 'versie 3<span class="vh"> aan de Tweede Kamer' in page
    assert 'versie 2<span class="vh"> aan de Eerste Kamer' in page
    assert "Versie 1 is ondertekend. Bij het verzenden kreeg elke Kamer een eigen versie" in page
    assert version.document_id == sent.version.document_id


def test_the_list_says_what_holds_the_sending(cast, d):
    scenes.signed_letter(cast, d)
    page = text(session(cast["secretariaat"]).get(url("verzenden", d, "artikel-100")))
    assert "Er is nog geen bevestigd besluit van de Ministerraad over deze versie van de brief." in page
    assert "Controleer de verzending" not in page


def test_a_sent_letter_has_no_editor(cast, d):
    version = scenes.signed_letter(cast, d, NOTICE)
    services.send(version_id=version.pk, sent_on=b.today(), by=cast["secretariaat"])
    page = text(session(cast["behandelaar-bz"]).get(url("brief_sectie", d, NOTICE, "KG-1")))
    assert "Deze brief is verzonden en verandert niet meer." in page
    assert "<textarea" not in page


def test_the_text_as_sent_says_how_it_came_to_be(cast, d):
    version = scenes.signed_letter(cast, d, NOTICE)
    services.send(version_id=version.pk, sent_on=b.today(), by=cast["secretariaat"])
    page = text(session(cast["behandelaar-bz"]).get(reverse("document", args=[d.number, version.document_id])))
    assert page.count("Gemaakt bij verzending") == 2  # one for each chamber


def test_refusals(cast, d):
    version = scenes.signed_letter(cast, d, NOTICE)
    services.send(version_id=version.pk, sent_on=b.today(), by=cast["secretariaat"])
    number = url("kamerstuk", d, NOTICE, Verzending.objects.first().pk)
    section = url("brief_sectie", d, NOTICE, "KG-1")
    pages = [url("brieven", d), section, number] + [
        url(name, d, NOTICE) for name in ("brief", "brief_voorbeeld", "ondertekenen", "verzenden")
    ]
    for page in pages:
        assert_does_not_exist(cast, page)
    assert_does_not_exist(cast, url("brief_begin", d, NOTICE), "post")
    assert_post_only(cast["behandelaar-bz"], url("brief_begin", d, NOTICE))
    assert_denied(cast["teamleider-bz"], section)
    assert_denied(cast["teamleider-bz"], url("brief_begin", d, NOTICE), "post", {"betreft": "x"})
    assert_denied(cast["behandelaar-bz"], url("ondertekenen", d, NOTICE))
    assert_denied(cast["behandelaar-bz"], url("verzenden", d, NOTICE))
    assert_denied(cast["behandelaar-bz"], number)
    client = session(cast["behandelaar-bz"])
    for address in (
        url("brief", d, "anders"),
        url("brief_sectie", d, NOTICE, "XX"),
        url("brief_sectie", d, "artikel-100", "ESS"),
    ):
        assert client.get(address).status_code == 404
    other = scenes.dossier(cast)
    scenes.letter(cast, other, NOTICE)
    foreign = url("kamerstuk", other, NOTICE, Verzending.objects.first().pk)
    assert session(cast["secretariaat"]).get(foreign).status_code == 404
