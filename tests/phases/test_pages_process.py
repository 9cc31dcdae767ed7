"""The pages of the process: workspace, steps, waivers."""

from datetime import timedelta

import pytest
from django.urls import reverse

from cases.models import Dossier
from cases.phase import Phase, Status
from phases.process import services
from phases.process.models import Voorstel, Waiver
from tests import builders as b
from tests.phases.test_transition import ask, expired, in_analyse, judge_toets, step, with_unit

pytestmark = pytest.mark.django_db


def url(name, dossier, *rest):
    return reverse(name, args=[dossier.number, *rest])


def as_user(client, cast, who):
    client.force_login(cast[who])
    return client


def text(response):
    return response.content.decode()


@pytest.mark.parametrize("nr", range(1, 7))
@pytest.mark.parametrize("efforts", [("diplomatie",), ("eenheid", "politie")])
def test_workspace_of_every_phase_opens(client, cast, nr, efforts):
    dossier = b.make_dossier(cast, efforts=efforts)
    response = as_user(client, cast, "behandelaar-bz").get(url("fase", dossier, nr))
    assert response.status_code == 200
    assert Phase.by_number(nr).about.goal in text(response)
    assert ("Conclusie van de SMO" in text(response)) == ("eenheid" in efforts and nr <= 4)


def test_workspace_names_what_is_needed_and_who(client, cast):
    dossier = b.make_dossier(cast)
    page = text(as_user(client, cast, "behandelaar-def").get(url("fase", dossier, 1)))
    assert "Stel de signaalbeoordeling op, leg die voor en stel die vast." in page
    assert "Aan zet: penvoerder" in page
    assert url("signaal", dossier) in page
    assert "disabled" not in page


def test_workspace_offers_the_step_when_all_is_ready(client, cast):
    dossier = b.make_dossier(cast)
    b.adopt(cast, b.write(cast, dossier, "signaal", b.SIGNAAL))
    judge_toets(cast, dossier)
    there = url("stap", dossier, "naar_analyse")
    assert there in text(as_user(client, cast, "behandelaar-bz").get(url("fase", dossier, 1)))
    page = text(as_user(client, cast, "behandelaar-def").get(url("fase", dossier, 1)))
    assert there not in page
    assert "De behandelaar van BZ kan nu de volgende stap zetten." in page


def test_workspace_shows_states_of_products(client, cast):
    dossier = b.make_dossier(cast)
    client = as_user(client, cast, "behandelaar-bz")
    here = url("fase", dossier, 1)
    assert "Niet begonnen" in text(client.get(here))
    document = b.write(cast, dossier, "signaal", b.SIGNAAL)
    assert "Concept van F. de Vries" in text(client.get(here))
    b.adopt(cast, document)
    assert "Versie 1, vastgesteld op" in text(client.get(here))
    b.write(cast, dossier, "signaal", b.SIGNAAL)
    assert "De tekst is daarna gewijzigd" in text(client.get(here))


@pytest.mark.parametrize("nr", [0, 7])
def test_a_phase_that_does_not_exist(client, cast, nr):
    dossier = b.make_dossier(cast)
    assert as_user(client, cast, "behandelaar-bz").get(url("fase", dossier, nr)).status_code == 404


@pytest.mark.parametrize(
    ("name", "rest"), [("fase", [1]), ("stappen", []), ("stap", ["naar_analyse"]), ("afwijkingen", [])]
)
def test_outsider_sees_nothing(client, cast, name, rest):
    dossier = b.make_dossier(cast)
    assert as_user(client, cast, "buitenstaander").get(url(name, dossier, *rest)).status_code == 404
    client.logout()
    assert client.get(url(name, dossier, *rest)).status_code == 302


def test_asking_a_step_refuses_get_and_the_outsider(client, cast):
    here = url("stap_verzoek", in_analyse(cast), "terug_naar_orientatie")
    assert as_user(client, cast, "behandelaar-bz").get(here).status_code == 405
    assert as_user(client, cast, "buitenstaander").post(here).status_code == 404


def test_granting_is_checked_on_a_page_first(client, cast):
    """The page names the rule, the reason and the consequence, and has the button only for who may grant."""
    waiver = ask(cast, with_unit(cast))
    here = url("afwijking_verlenen", waiver.ronde.dossier, waiver.pk)
    assert as_user(client, cast, "buitenstaander").get(here).status_code == 404
    assert as_user(client, cast, "behandelaar-bz").get(here).status_code == 403
    page = text(as_user(client, cast, "teamleider-bz").get(here))
    assert "Bij deze inzet verleent alleen de voorzitter" in page
    assert "Verleen de afwijking" not in page
    from cases.services import participation

    participation.let_smo_read(waiver.ronde.dossier)
    page = text(as_user(client, cast, "voorzitter-smo").get(here))
    assert waiver.reason in page
    assert "kan het dossier tot en met" in page
    assert "Verleen de afwijking" in page
    waiver.refresh_from_db()
    assert waiver.granted_by is None


def test_steps_page_lists_every_arrow(client, cast):
    dossier = in_analyse(cast)
    page = text(as_user(client, cast, "behandelaar-def").get(url("stappen", dossier)))
    for name in ("naar_handelingsopties", "terug_naar_orientatie", "stoppen"):
        assert url("stap", dossier, name) in page
    assert url("stap", dossier, "verlengen") not in page


def test_step_forward_over_http(client, cast):
    dossier = b.make_dossier(cast)
    b.adopt(cast, b.write(cast, dossier, "signaal", b.SIGNAAL))
    judge_toets(cast, dossier)
    client = as_user(client, cast, "behandelaar-bz")
    assert client.get(url("stap", dossier, "naar_analyse")).status_code == 200
    response = client.post(url("stap", dossier, "naar_analyse"), {"seen_version": 0})
    assert response.url == reverse("dossier", args=[dossier.number])
    assert Dossier.objects.get(pk=dossier.pk).phase == Phase.ANALYSE


def test_closed_gates_give_422_with_every_reason(client, cast):
    dossier = b.make_dossier(cast)
    response = as_user(client, cast, "behandelaar-bz").post(url("stap", dossier, "naar_analyse"), {"seen_version": 0})
    assert response.status_code == 422
    assert "Stel de signaalbeoordeling op, leg die voor en stel die vast." in text(response)
    assert "Doe de toepasselijkheidstoets" in text(response)


def test_stale_screen_gives_409(client, cast):
    dossier = in_analyse(cast)
    data = {"seen_version": 0, "reason": "x", "outcome": "vervallen"}
    assert as_user(client, cast, "teamleider-bz").post(url("stap", dossier, "stoppen"), data).status_code == 409


def test_step_without_right_gives_403(client, cast):
    dossier = b.make_dossier(cast)
    response = as_user(client, cast, "behandelaar-def").post(url("stap", dossier, "naar_analyse"), {"seen_version": 0})
    assert response.status_code == 403
    assert "Behandelaar van het penvoerende ministerie" in text(response)


@pytest.mark.parametrize(
    ("name", "status"), [("naar_planning", 409), ("bestaat_niet", 404), ("inlezen_uitvoering", 404)]
)
def test_other_steps(client, cast, name, status):
    dossier = b.make_dossier(cast)
    assert as_user(client, cast, "behandelaar-bz").get(url("stap", dossier, name)).status_code == status


def test_stop_asks_reason_and_outcome(client, cast):
    dossier = b.make_dossier(cast)
    client = as_user(client, cast, "teamleider-bz")
    response = client.post(url("stap", dossier, "stoppen"), {"seen_version": 0, "reason": "Mijn reden"})
    assert response.status_code == 422
    assert "Kies hoe dit dossier eindigt" in text(response)
    assert "Mijn reden" in text(response)
    client.post(url("stap", dossier, "stoppen"), {"seen_version": 0, "reason": "Mijn reden", "outcome": "vervallen"})
    dossier = Dossier.objects.get(pk=dossier.pk)
    assert dossier.status == Status.GESTOPT
    page = text(client.get(url("fase", dossier, 1)))
    assert "Deze fase is afgerond" in page
    assert client.get(url("stap", dossier, "heropenen")).status_code == 200


def test_going_back_is_asked_and_confirmed(client, cast):
    dossier = in_analyse(cast)
    there = url("stap", dossier, "terug_naar_orientatie")
    asker = as_user(client, cast, "behandelaar-bz")
    page = text(asker.get(there))
    assert "Vraag de teamleider" in page
    response = asker.post(
        url("stap_verzoek", dossier, "terug_naar_orientatie"), {"seen_version": 1, "reason": "Nieuwe cijfers."}
    )
    assert response.status_code == 302
    leader = as_user(client, cast, "teamleider-bz")
    page = text(leader.get(there))
    assert "F. de Vries vroeg dit op" in page
    assert "Nieuwe cijfers." in page
    leader.post(there, {"seen_version": 1, "reason": "Nieuwe cijfers."})
    assert Dossier.objects.get(pk=dossier.pk).phase == Phase.ORIENTATIE


def test_going_back_needs_a_reason_and_a_right(client, cast):
    dossier = in_analyse(cast)
    there = url("stap_verzoek", dossier, "terug_naar_orientatie")
    response = as_user(client, cast, "behandelaar-bz").post(there, {"seen_version": 1, "reason": ""})
    assert response.status_code == 422
    assert "Vul een reden in" in text(response)
    assert as_user(client, cast, "behandelaar-def").post(there, {"seen_version": 1, "reason": "x"}).status_code == 403
    assert not Voorstel.objects.exists()


def test_renewal_asks_until_when(client, cast):
    from tests.phases.test_transition import in_uitvoering

    dossier = in_uitvoering(cast)
    there = url("stap", dossier, "verlengen")
    client = as_user(client, cast, "teamleider-bz")
    seen = dossier.moves_made
    response = client.post(there, {"seen_version": seen, "reason": "Mandaat.", "runs_until": ""})
    assert response.status_code == 422
    given = {"seen_version": seen, "reason": "Mandaat.", "runs_until": "31 december 2027"}
    check = text(client.post(there, given))
    assert "Controleer deze stap" in check
    assert "De huidige ronde loopt door tot de einddatum die u invult." in check
    assert Dossier.objects.get(pk=dossier.pk).ronde_number == 1
    client.post(there, {**given, "stap": "indienen"})
    dossier = Dossier.objects.get(pk=dossier.pk)
    assert dossier.ronde_number == 2
    page = text(client.get(url("fase", dossier, 3)))
    assert "Ronde 1, versie 1, vastgesteld op" in page


def test_earlier_rondes_stay_one_click_away(client, cast):
    """On the phase page, by the letters and by the money: a quiet line that leads to what was; without one, nothing."""
    from phases.kamer.services import begin
    from tests.phases.test_transition import in_uitvoering

    dossier, by = in_uitvoering(cast), cast["behandelaar-bz"]
    begin(dossier_id=dossier.pk, soort="kennisgeving", betreft="Missie", by=by)
    asked = b.ask_money(cast, dossier, {b.today().year: 400_000})
    client = as_user(client, cast, "teamleider-bz")
    pages = [url("fase", dossier, 1), url("brieven", dossier), url("budget", dossier)]
    assert not any("Eerdere rondes" in text(client.get(page)) for page in pages)

    given = {"seen_version": dossier.moves_made, "reason": "Mandaat.", "runs_until": "31 december 2027"}
    given["stap"] = "indienen"
    assert client.post(url("stap", dossier, "verlengen"), given).status_code == 302
    document = dossier.documents.get(kind="signaal")
    phase, letters, money = (text(client.get(page)) for page in pages)
    for page, line in (
        (phase, "Ronde 1: Signaalbeoordeling"),
        (letters, "Ronde 1: Kennisgevingsbrief"),
        (money, "Ronde 1: €\u00a0400.000 gevraagd"),
    ):
        assert line in page[page.index("Eerdere rondes") :]
    assert url("document", dossier, document.pk) in phase
    assert reverse("budget_aanvraag", args=[dossier.number, asked.pk]) in money


def test_waiver_over_http(client, cast):
    dossier = with_unit(cast)
    here = url("afwijkingen", dossier)
    asker = as_user(client, cast, "behandelaar-bz")
    assert "signaalbeoordeling" in text(asker.get(here))
    until = b.today() + timedelta(days=30)
    response = asker.post(here, {"gate": "smo:signaal", "reason": "Spoed.", "until": f"{until:%d-%m-%Y}"})
    assert response.status_code == 302
    waiver = Waiver.objects.get()
    assert waiver.until == until
    assert "Gevraagd" in text(asker.get(here))
    assert url("afwijking_verlenen", dossier, waiver.pk) not in text(asker.get(here))
    assert asker.post(url("afwijking_verlenen", dossier, waiver.pk)).status_code == 403
    from cases.services import participation

    participation.let_smo_read(dossier)
    chair = as_user(client, cast, "voorzitter-smo")
    assert url("afwijking_verlenen", dossier, waiver.pk) in text(chair.get(here))
    assert chair.post(url("afwijking_verlenen", dossier, waiver.pk)).status_code == 302
    assert "Verleend door W. Kuiper" in text(chair.get(here))
    assert "Afwijking verleend" in text(chair.get(url("fase", dossier, 1)))


def test_waiver_form_keeps_what_was_written(client, cast):
    dossier = with_unit(cast)
    response = as_user(client, cast, "behandelaar-bz").post(
        url("afwijkingen", dossier), {"reason": "Mijn reden", "until": "ooit"}
    )
    assert response.status_code == 422
    assert "Mijn reden" in text(response)
    assert "Kies een regel" in text(response)


def test_waiver_is_asked_by_the_penvoerder_only(client, cast):
    dossier = with_unit(cast)
    client = as_user(client, cast, "behandelaar-def")
    assert "U kunt hier geen afwijking vragen" in text(client.get(url("afwijkingen", dossier)))
    assert client.post(url("afwijkingen", dossier), {"gate": "smo:signaal"}).status_code == 403


def test_waiver_of_another_dossier_is_not_found(client, cast):
    waiver = ask(cast, with_unit(cast))
    other = b.make_dossier(cast)
    assert as_user(client, cast, "teamleider-bz").post(url("afwijking_verlenen", other, waiver.pk)).status_code == 404


def test_the_grant_button_shows_only_where_granting_succeeds(client, cast):
    dossier = with_unit(cast)
    waiver = ask(cast, dossier)
    button = url("afwijking_verlenen", dossier, waiver.pk)
    assert button not in text(as_user(client, cast, "teamleider-bz").get(url("afwijkingen", dossier)))
    light = b.make_dossier(cast)
    Waiver.objects.create(
        ronde=light.rondes.get(), gate="smo:signaal", reason="x", until=b.today(), requested_by=cast["behandelaar-bz"]
    )
    page = url("afwijkingen", light)
    assert "Beoordeel de afwijking" in text(as_user(client, cast, "teamleider-bz").get(page))
    step(cast, light, "stoppen", by="teamleider-bz", reason="Vervallen.", outcome="vervallen")
    assert "Beoordeel de afwijking" not in text(as_user(client, cast, "teamleider-bz").get(page))


def test_expired_waiver_is_shown_as_such(client, cast):
    dossier = with_unit(cast)
    expired(cast, dossier)
    assert "Verlopen" in text(as_user(client, cast, "behandelaar-bz").get(url("afwijkingen", dossier)))


def test_workspace_after_reopening(client, cast):
    dossier = b.make_dossier(cast)
    step(cast, dossier, "stoppen", by="teamleider-bz", reason="Rustig.", outcome="vervallen")
    services.transition(
        dossier_id=dossier.pk, step="heropenen", by=cast["teamleider-bz"], seen_version=1, reason="Weer onrustig."
    )
    assert "Fase afronden" in text(as_user(client, cast, "behandelaar-bz").get(url("fase", dossier, 1)))
