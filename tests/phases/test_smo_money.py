"""The advice on a plan is about the BIV request beside it too: frozen with the offer, held when another request came since."""

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse

from budget_biv.models import Aanvraag
from cases.exceptions import Conflict, Denied, NotPossible
from cases.models import Dossier
from cases.phase import Phase
from phases.process import biv as process_biv
from phases.process import facts as facts_module
from phases.process.gates import SmoPlanEnBiv
from phases.process.gates.planning import money_objection
from phases.process.table import STEPS
from phases.smo import services
from phases.smo.models import Aanbieding
from tests import builders as b
from tests.budget_biv import money
from tests.cases.pages import session
from tests.hard.ready import OPENERS, Way
from tests.phases import scenes

pytestmark = pytest.mark.django_db
GATE = SmoPlanEnBiv("plan")
YEAR = b.today().year + 1


def known(d: Dossier) -> facts_module.Facts:
    return facts_module.load(Dossier.objects.get(pk=d.pk))


def says(d: Dossier) -> str | None:
    return GATE.check(known(d))


def ask(cast, d: Dossier, amount: int = 100_000, **given) -> Aanvraag:
    return b.ask_money(cast, d, {YEAR: amount}, **given)


def advised(cast, oordeel: str = "positief") -> tuple[Dossier, Aanbieding]:
    """A plan with BIV-aanvraag 1 beside it, on which the chair concluded."""
    d = scenes.dossier(cast)
    ask(cast, d)
    offer = scenes.offered(cast, d, "plan")
    scenes.conclusion(cast, offer, oordeel)
    return d, offer


def confirm(cast, offer: Aanbieding, aanvraag: Aanvraag, who: str = "voorzitter-smo"):
    act = {"aanbieding_id": offer.pk, "aanvraag_id": aanvraag.pk, "toelichting": "Alleen gesplitst."}
    return services.confirm_money(**act, by=cast[who])


def again(cast, offer: Aanbieding) -> Aanbieding:
    return services.offer(version_id=offer.version_id, meeting_on=b.meeting().day, by=cast["behandelaar-bz"])


def refused(sql: str, *args) -> str:
    with pytest.raises(DatabaseError) as error, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, args)
    return str(error.value)


def test_an_offer_freezes_the_request_beside_it(cast):
    d, offer = advised(cast)
    assert (offer.aanvraag.number, says(d), money_objection(known(d))) == (1, None, "")


def test_a_later_request_holds_the_plan_and_its_reservation(cast):
    d, _ = advised(cast)
    second = ask(cast, d, 200_000)
    sentence = "Het advies van de SMO gaat over BIV-aanvraag 1, inmiddels is er aanvraag 2."
    assert (says(d), GATE.awaited(known(d))) == (sentence, "penvoerder of voorzitter SMO")
    with pytest.raises(NotPossible, match="gaat over BIV-aanvraag 1"):
        process_biv.reserve(aanvraag_id=second.pk, by=cast["biv-beheerder"])


def test_a_first_request_after_the_advice_holds_it_as_well(cast):
    d = scenes.dossier(cast)
    offer = scenes.offered(cast, d, "plan")
    scenes.conclusion(cast, offer)
    assert says(d) is None
    asked = ask(cast, d)
    assert says(d).startswith("Bij het advies van de SMO lag geen BIV-aanvraag, inmiddels is er aanvraag 1.")
    with pytest.raises(NotPossible, match="geen BIV-aanvraag"):
        confirm(cast, offer, asked)
    made = again(cast, offer)
    assert (made.aanvraag, says(d)) == (asked, "Wacht op de conclusie van de SMO over het plan.")


def test_before_the_conclusion_the_plan_is_withdrawn_and_offered_again(cast):
    d = scenes.dossier(cast)
    ask(cast, d)
    offer = scenes.offered(cast, d, "plan")
    ask(cast, d, 200_000)
    assert says(d).endswith("Trek het plan in en bied het opnieuw aan.")
    with pytest.raises(Conflict, match="al aan de SMO aangeboden"):
        again(cast, offer)
    services.withdraw(aanbieding_id=offer.pk, reason="Nieuw bedrag.", by=cast["behandelaar-bz"])
    assert again(cast, offer).aanvraag.number == 2


def test_the_chair_says_that_a_later_request_changes_nothing(cast):
    d, offer = advised(cast)
    second = ask(cast, d)
    for who in ("secretaris-smo", "smo-bz", "behandelaar-bz"):
        with pytest.raises(Denied):
            confirm(cast, offer, second, who)
    confirm(cast, offer, second)
    assert says(d) is None
    with pytest.raises(Conflict, match="al bevestigd"):
        confirm(cast, offer, second)
    third = ask(cast, d, 300_000)
    assert says(d).endswith("inmiddels is er aanvraag 3.")
    with pytest.raises(Conflict, match="intussen een andere"):
        confirm(cast, offer, second)
    scenes.conclusion(cast, again(cast, offer))
    assert (says(d), known(d).smo["plan"].aanvraag, third.number) == (None, 3, 3)


def test_an_advice_with_a_request_that_was_taken_back_is_asked_again(cast):
    """Sabotage: the sentence about what was taken back out of SmoPlanEnBiv.other_money."""
    d, offer = advised(cast)
    money.take_back(cast, offer.aanvraag)
    assert (
        says(d)
        == "Bij het advies van de SMO lag BIV-aanvraag 1, en er wordt nu geen BIV-geld gevraagd. Bied het plan opnieuw aan."
    )
    made = again(cast, offer)
    assert (made.aanvraag, says(d)) == (None, "Wacht op de conclusie van de SMO over het plan.")
    scenes.conclusion(cast, made)
    assert says(d) is None
    ask(cast, d, 200_000)
    assert again(cast, offer).aanvraag.number == 2


def test_the_page_of_the_smo_says_that_the_request_was_taken_back(cast):
    d, offer = advised(cast)
    address = reverse("smo_aanbieden", args=[d.number, offer.version_id])
    page = lambda: session(cast["behandelaar-bz"]).get(reverse("dossier_smo", args=[d.number])).content.decode()  # noqa: E731
    assert address not in page()
    money.take_back(cast, offer.aanvraag)
    assert "Aanvraag ingetrokken" in page() and address in page()
    again(cast, offer)
    assert "Aanvraag ingetrokken" not in page()


def test_a_later_offer_for_information_leaves_the_advice_where_the_chair_confirms(cast):
    """Sabotage: the newest of all plans in _advised_plan; the gate judges the one that asked advice."""
    d, offer = advised(cast)
    second = ask(cast, d, 200_000)
    act = {"version_id": offer.version_id, "meeting_on": b.meeting().day, "by": cast["behandelaar-bz"]}
    services.offer(**act, soort="ter-kennisname")
    assert says(d) == "Het advies van de SMO gaat over BIV-aanvraag 1, inmiddels is er aanvraag 2."
    page = session(cast["voorzitter-smo"]).get(reverse("dossier_smo", args=[d.number])).content.decode()
    assert reverse("smo_biv_wijziging", args=[d.number, offer.pk, second.pk]) in page


def test_after_a_negative_advice_another_request_needs_a_new_advice(cast):
    d, offer = advised(cast, "negatief")
    second = ask(cast, d)
    assert (GATE.undecided(known(d)), GATE.awaited(known(d))) == ([], "penvoerder")
    with pytest.raises(NotPossible, match="positieve conclusie"):
        confirm(cast, offer, second)


def test_the_same_version_and_request_lie_before_the_smo_once(cast):
    _, offer = advised(cast)
    with pytest.raises(Conflict, match="al aan de SMO aangeboden"):
        again(cast, offer)
    sql = "INSERT INTO phases_aanbieding (ronde_id, version_id, meeting_on, by_id, at, aanvraag_id) VALUES (%s, %s, now(), %s, now(), %s)"
    row = (offer.ronde_id, offer.version_id, offer.by_id)
    assert "ligt al voor" in refused(sql, *row, offer.aanvraag_id)
    assert "nieuwste BIV-aanvraag" in refused(sql, *row, None)


def test_the_database_judges_who_carries_the_advice_over_and_to_what(cast):
    d, offer = advised(cast)
    sql = (
        "INSERT INTO phases_bivwijziging (conclusie_id, aanvraag_id, toelichting, by_id, acting_for, at)"
        " VALUES (%s, %s, '', %s, '', now())"
    )
    made, chair = offer.conclusies.get(), cast["voorzitter-smo"].pk
    second, other = ask(cast, d), ask(cast, scenes.dossier(cast))
    for aanvraag, by in ((offer.aanvraag, chair), (other, chair), (second, second.by_id)):
        assert "een positief advies gaat over" in refused(sql, made.pk, aanvraag.pk, by)
    with connection.cursor() as cursor:
        cursor.execute(sql, [made.pk, second.pk, chair])


def paid(way: Way, kind: str = "") -> None:
    """Reserved and granted, as the ledger would after the advice."""
    asked = way.dossier.current_ronde.aanvragen.latest("number")
    b.reserve_money(way.cast, asked)
    b.grant_money(way.cast, asked)


def test_the_database_refuses_a_move_on_advice_about_another_request(cast, monkeypatch):
    """The step that is refused for an older request is made once the chair carried the advice over."""
    monkeypatch.setitem(OPENERS, "biv", paid)
    way = Way(cast, scenes.dossier(cast, efforts=("civiel",)).pk)
    way.bring(Phase.PLANNING)
    ask(cast, way.dossier)
    way.make_ready(STEPS["naar_uitvoering"])
    second = ask(cast, way.dossier)
    paid(way)
    monkeypatch.setattr(SmoPlanEnBiv, "other_money", lambda self, facts, offer: "")
    with pytest.raises(DatabaseError, match="concludeerde niet over deze BIV-aanvraag"), transaction.atomic():
        way.step("naar_uitvoering")
    offer = Aanbieding.objects.filter(ronde__dossier=way.pk, version__document__kind="plan").latest("id")
    confirm(cast, offer, second)
    way.step("naar_uitvoering")


def test_the_database_refuses_a_move_on_advice_about_a_request_that_was_taken_back(cast, monkeypatch):
    """Sabotage: phases_move_smo_biv as it was before migration 0023."""
    way = Way(cast, scenes.dossier(cast, efforts=("civiel",)).pk)
    way.bring(Phase.PLANNING)
    asked = ask(cast, way.dossier)
    monkeypatch.setitem(OPENERS, "biv", paid)
    way.make_ready(STEPS["naar_uitvoering"])
    money.take_back(cast, asked)
    monkeypatch.setattr(SmoPlanEnBiv, "other_money", lambda self, facts, offer: "")
    with pytest.raises(DatabaseError, match="concludeerde niet over deze BIV-aanvraag"), transaction.atomic():
        way.step("naar_uitvoering")
    offer = Aanbieding.objects.filter(ronde__dossier=way.pk, version__document__kind="plan").latest("id")
    scenes.conclusion(cast, again(cast, offer))
    way.step("naar_uitvoering")


def test_the_pages_show_which_request_lies_beside_the_plan(cast):
    d, offer = advised(cast)
    second = ask(cast, d, 200_000)

    def page(who: str, url: str) -> str:
        client = Client()
        client.force_login(cast[who])
        return " ".join(client.get(url).content.decode().replace("\xa0", " ").split())

    base = f"/dossiers/{d.number}/smo/"
    for url in (base, f"{base}{offer.pk}/conclusie/", f"/smo/vergaderingen/{b.meeting().pk}/"):
        assert "100.000" in page("voorzitter-smo", url), url
    assert "BIV-aanvraag 2: € 200.000" in page("behandelaar-bz", f"{base}aanbieden/{offer.version_id}/")
    shown = page("voorzitter-smo", base)
    assert "Bevestig voor de nieuwe BIV-aanvraag" in shown
    assert "Bied opnieuw aan" in page("behandelaar-bz", base)
    client = Client()
    client.force_login(cast["voorzitter-smo"])
    url = f"{base}{offer.pk}/biv/{second.pk}/"
    assert client.post(url, {"toelichting": ""}).status_code == 422
    assert client.post(url, {"toelichting": "Alleen gesplitst."}).status_code == 302
    assert "De conclusie geldt ook voor BIV-aanvraag 2" in page("behandelaar-def", base)
