"""Bad input at the gates (positions, conclusions, waivers, decisions): over HTTP, each gets its status and a sentence, and
what was typed comes back.

The rest of that list stands where the forms are tested:
  a deputy outside the period               test_pages_smo_meetings.test_a_deputy_outside_the_period_learns_why_and_keeps_the_text
  a meeting on a closed day                 test_pages_smo_meetings.test_a_meeting_that_cannot_be_keeps_what_was_typed
  amounts (negative, fractional, 10 milliard, 4.5, text)  budget_biv.test_pages_biv.test_a_wrong_amount_gets_a_sentence_…,
                                            budget_biv.test_plafonds (ceilings), budget_biv.test_kasschuif (granted money)
  a CSV (columns, doubles, encodings, 100.000 rows)       budget_biv.test_plafonds.test_every_error_stands_at_its_row_…,
                                            budget_biv.test_plafonds.test_a_file_that_cannot_be_read_gets_a_sentence_at_once
"""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from cases.models import Dossier, Membership
from phases.besluit.models import Besluit, Bevestiging
from phases.process import services as process
from phases.process.models import Waiver
from phases.smo.models import Aanbieding, Conclusie, Standpunt
from tests import builders as b
from tests.cases.pages import session, text
from tests.phases import scenes

pytestmark = pytest.mark.django_db
TYPED = "Wij willen eerst de risico’s voor de kust zien."
DAY = f"{b.today():%d-%m-%Y}"


def plain(response) -> str:
    """The page with ordinary spaces."""
    return " ".join(text(response).replace("\xa0", " ").split())


def refused(client: Client, url: str, given: dict, status: int, sentence: str, typed: str = TYPED) -> None:
    """Sends a form that must be refused: in a sentence, with nothing typed lost."""
    answer = client.post(url, given)
    shown = plain(answer)
    assert answer.status_code == status, shown[:2000]
    assert sentence in shown
    assert typed in shown


def standpunt_url(offer: Aanbieding) -> str:
    return reverse("standpunt", args=[offer.ronde.dossier.number, offer.pk])


POSITION = {"strekking": "niet-akkoord", "toelichting": TYPED, "stap": "indienen"}


def test_a_position_after_the_conclusion(cast):
    offer = scenes.offered(cast, scenes.dossier(cast))
    scenes.conclusion(cast, offer)
    client = session(cast["smo-def"])
    refused(client, standpunt_url(offer), POSITION, 409, "De voorzitter heeft al geconcludeerd.")
    assert not Standpunt.objects.exists()


def test_a_position_on_what_was_withdrawn(cast):
    from phases.smo import services

    offer = scenes.offered(cast, scenes.dossier(cast))
    services.withdraw(aanbieding_id=offer.pk, reason="Onvolledig.", by=cast["behandelaar-bz"])
    refused(session(cast["smo-def"]), standpunt_url(offer), POSITION, 409, "Dit stuk is ingetrokken.")


def test_the_author_advising_and_concluding_on_the_own_paper(cast):
    """Also who has the seat, or the chair, beside the own work."""
    offer = scenes.offered(cast, scenes.dossier(cast))
    author = offer.version.created_by
    seat = {"user": author, "start": b.today()}
    Membership.objects.create(role="smo-lid", ministry=b.ministry("BZ"), **seat)
    Membership.objects.create(role="voorzitter-smo", **seat)
    client = session(author)
    refused(client, standpunt_url(offer), POSITION, 422, "U bent de steller van dit stuk.")
    given = {"oordeel": "positief", "doorgeleiding": "nu", "tekst": TYPED, "concluded_on": DAY, "stap": "indienen"}
    url = reverse("conclusie", args=[offer.ronde.dossier.number, offer.pk])
    refused(client, url, {**given, "seen_conclusie": "0"}, 422, "U bent de steller van dit stuk.")
    assert not Standpunt.objects.exists() and not Conclusie.objects.exists()


def test_a_strekking_that_the_kind_of_point_does_not_allow(cast):
    from phases.smo import services

    d = scenes.dossier(cast)
    version = scenes.adopted(cast, d)
    offer = services.offer(
        version_id=version.pk, meeting_on=b.meeting().day, by=cast["behandelaar-bz"], soort="bespreking"
    )
    given = {"oordeel": "positief", "doorgeleiding": "nu", "tekst": TYPED, "concluded_on": DAY, "stap": "indienen"}
    url = reverse("conclusie", args=[d.number, offer.pk])
    sentence = "Een punt “ter bespreking” laat deze conclusie niet toe"
    refused(session(cast["voorzitter-smo"]), url, {**given, "seen_conclusie": "0"}, 422, sentence)
    assert not Conclusie.objects.exists()


def waiver(cast, d: Dossier, **given) -> Waiver:
    words = {"gate": "smo:signaal", "reason": TYPED, "until": b.today(), **given}
    return process.ask_waiver(dossier_id=d.pk, by=cast["behandelaar-bz"], **words)


def grant_url(asked: Waiver) -> str:
    return reverse("afwijking_verlenen", args=[asked.ronde.dossier.number, asked.pk])


def test_a_waiver_granted_by_its_requester(cast):
    asked = waiver(cast, scenes.dossier(cast))
    Membership.objects.create(user=cast["behandelaar-bz"], role="voorzitter-smo", start=b.today())
    sentence = "U vroeg deze afwijking zelf. Laat een ander beslissen."
    refused(session(cast["behandelaar-bz"]), grant_url(asked), {}, 422, sentence)
    assert Waiver.objects.get(pk=asked.pk).granted_by is None


def test_a_waiver_that_expired(cast):
    """Asked in time, and never granted before its last day had passed."""
    words = {"gate": "smo:signaal", "reason": TYPED, "until": b.today() - timedelta(days=1)}
    ronde = scenes.offered(cast, scenes.dossier(cast)).ronde
    asked = Waiver.objects.create(ronde=ronde, requested_by=cast["behandelaar-bz"], **words)
    refused(session(cast["voorzitter-smo"]), grant_url(asked), {}, 422, "De einddatum van deze afwijking is voorbij.")
    assert Waiver.objects.get(pk=asked.pk).granted_by is None


def test_a_waiver_until_yesterday_and_one_on_an_absolute_gate(cast):
    d = scenes.dossier(cast)
    client, url = session(cast["behandelaar-bz"]), reverse("afwijkingen", args=[d.number])
    yesterday = f"{b.today() - timedelta(days=1):%d-%m-%Y}"
    given = {"gate": "smo:signaal", "reason": TYPED, "until": DAY}
    refused(client, url, {**given, "until": yesterday}, 422, "Kies een einddatum in de toekomst")
    refused(client, url, {**given, "gate": "vastgesteld:signaal"}, 422, "Van deze regel kan nu niet worden afgeweken.")
    assert not Waiver.objects.exists()


def decision(cast, **given) -> tuple[str, dict]:
    """The address and the answers with which a decision on an analysis is registered."""
    version = scenes.adopted(cast, scenes.dossier(cast))
    words = {
        "orgaan": "bewindspersonen",
        "uitkomst": "akkoord",
        "besluit_op": DAY,
        "kenmerk": "Nota 2026-12",
        "toelichting": TYPED,
        "stap": "indienen",
    }
    return reverse("besluit_nieuw", args=[version.document.dossier.number, version.pk]), {**words, **given}


def test_a_decision_dated_before_the_paper_existed(cast):
    url, given = decision(cast, besluit_op=f"{b.today() - timedelta(days=1):%d-%m-%Y}")
    refused(session(cast["gemachtigde-bz"]), url, given, 422, "Het besluit kan niet ouder zijn dan het stuk.")
    assert not Besluit.objects.exists()


def test_a_biv_decision_dated_before_the_request(cast):
    d = b.make_dossier(cast)
    asked = b.ask_money(cast, d, {b.today().year + 1: 100_000})
    b.reserve_money(cast, asked)
    given = {"uitkomst": "afgewezen", "toelichting": TYPED, "decided_on": f"{b.today() - timedelta(days=1):%d-%m-%Y}"}
    url = reverse("budget_beslissen", args=[d.number, asked.pk])
    sentence = "Het besluit kan niet ouder zijn dan de aanvraag."
    refused(session(cast["gemachtigde-def"]), url, {**given, "stap": "indienen"}, 422, sentence)


def test_registering_and_confirming_by_the_same_person(cast):
    url, given = decision(cast)
    client = session(cast["gemachtigde-bz"])
    assert client.post(url, given).status_code == 302
    made = Besluit.objects.get()
    confirm = reverse("besluit_bevestigen", args=[made.ronde.dossier.number, made.pk])
    refused(client, confirm, {"stap": "indienen"}, 422, "zelf")
    assert not Bevestiging.objects.exists()
