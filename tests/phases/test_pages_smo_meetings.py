"""The agenda page and the pages of a meeting: who sees what, what is refused in a sentence, and what they cost."""

import csv
from datetime import timedelta
from io import BytesIO, StringIO

import pikepdf
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cases.models import Membership
from cases.notifications import outbox
from cases.templatetags.notatie import datum
from phases.smo import services
from phases.smo.models import Agendapunt, Bundel, Lijstpdf, Vergadering
from phases.smo.papers import list_mark
from tests import builders as b
from tests import crowd
from tests.cases.pages import assert_denied, session, text
from tests.cases.pdf_reader import tags
from tests.phases import scenes
from tests.phases.test_smo_meetings import concept, working_day, written

pytestmark = pytest.mark.django_db


def url(name: str, meeting: Vergadering) -> str:
    return reverse(name, args=[meeting.pk])


def day(of) -> str:
    return f"{of:%d-%m-%Y}"


def test_a_member_sees_first_what_is_awaited_of_the_own_ministry(cast):
    offer = scenes.offered(cast, scenes.dossier(cast, title="Sahel"))
    for address in (reverse("smo"), url("vergadering", b.meeting())):
        page = text(session(cast["smo-def"]).get(address))
        assert "Neem het standpunt van DEF in over Analyse en beoordeling, versie 1" in page
    scenes.position(cast, offer)
    page = text(session(cast["smo-def"]).get(reverse("smo")))
    assert "Neem het standpunt van DEF" not in page
    assert "U heeft over elk stuk een standpunt ingenomen." in page


def test_who_reads_no_dossier_learns_nothing_of_the_agenda(cast):
    scenes.offered(cast, scenes.dossier(cast, title="Sahel"))
    services.add_point(
        vergadering_id=b.meeting().pk, titel="Geheim overleg", soort="procedureel", by=cast["secretaris-smo"]
    )
    concept(cast, opmerkingen="Vertrouwelijk.")
    for address in (reverse("smo"), url("vergadering", b.meeting()), url("vergadering_ics", b.meeting())):
        page = text(session(cast["buitenstaander"]).get(address))
        for word in ("Sahel", "Geheim overleg", "Vertrouwelijk", "Besluitenlijst", "Aanwezig"):
            assert word not in page, (address, word)
    assert "Geheim overleg" in text(session(cast["smo-az"]).get(url("vergadering", b.meeting())))


def many(cast, number: int) -> None:
    """A dossier with `number` offered papers, all on today's agenda."""
    of = crowd.dossier_with(cast, number)
    meeting = b.meeting()
    Agendapunt.objects.bulk_create(
        Agendapunt(vergadering=meeting, aanbieding=offer, soort="advies", order=n)
        for n, offer in enumerate(of.rondes.get().aanbiedingen.all())
    )


def test_one_point_and_a_thousand_cost_the_same(cast):
    """25 at most, on the agenda page and on the meeting page."""
    pages, reader = {reverse("smo"): 17, url("vergadering", b.meeting()): 21}, session(cast["smo-def"])
    for number in (1, 1000):
        many(cast, number)
        for path, queries in pages.items():
            reader.get(path)
            with CaptureQueriesContext(connection) as asked:
                page = text(reader.get(path))
            assert len(asked) == queries
            assert page.count("Voortgangsverslag, versie 1") >= number


FORM = {"time": "10.00", "place": "Zaal 2"}


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"day": "25-12-2026"}, "Deze dag is een feestdag"),
        ({"day": "morgen"}, "datum"),
        ({"time": "tien uur"}, "Vul een tijd in, bijvoorbeeld 10.00"),
        ({"place": ""}, "Vul in waar de vergadering is"),
    ],
)
def test_a_meeting_that_cannot_be_keeps_what_was_typed(cast, given, words):
    values = {**FORM, "day": day(working_day()), "papers_by": day(b.today()), **given}
    if given.get("day") == "25-12-2026" and b.today().year > 2026:
        values["day"] = f"25-12-{b.today().year}"
    answer = session(cast["secretaris-smo"]).post(reverse("vergadering_nieuw"), values)
    assert answer.status_code == 422
    assert words in text(answer)
    assert values["place"] in text(answer)
    assert Vergadering.objects.count() == 1


def test_the_secretary_adds_changes_and_cancels(cast):
    client, when = session(cast["secretaris-smo"]), working_day()
    made = client.post(reverse("vergadering_nieuw"), {**FORM, "day": day(when), "papers_by": day(b.today())})
    meeting = Vergadering.objects.get(day=when)
    assert made.url == url("vergadering", meeting)
    later = working_day(40)
    values = {**FORM, "day": day(later), "papers_by": day(b.today()), "reason": "Reces.", "seen_revision": "0"}
    assert client.post(url("vergadering_wijzigen", meeting), values).status_code == 302
    again = client.post(url("vergadering_wijzigen", meeting), values)
    assert again.status_code == 409
    assert "Reces." in text(again)
    assert (
        client.post(url("vergadering_vervallen", meeting), {"reason": "Reces.", "seen_revision": "1"}).status_code
        == 302
    )
    assert "gaat niet door" in text(client.get(url("vergadering", meeting)))
    for name in ("vergadering_wijzigen", "vergadering_vervallen", "punt_nieuw", "aanwezig"):
        assert_denied(cast["smo-bz"], url(name, meeting))


def test_the_order_is_changed_by_buttons(cast):
    one, two = (scenes.offered(cast, scenes.dossier(cast, title=title)) for title in ("Eerst", "Tweede"))
    client, page = session(cast["secretaris-smo"]), url("vergadering", b.meeting())
    shown = text(client.get(page))
    assert shown.index("1. Eerst") < shown.index("2. Tweede")
    assert "Zet punt 1 omhoog" not in shown
    assert "Zet punt 2 omlaag" not in shown
    address = reverse("punt_schuiven", args=[two.punten.get().pk])
    assert client.post(address, {"richting": "omhoog"}).url.endswith(f"#punt-{two.punten.get().pk}")
    shown = text(client.get(page))
    assert shown.index("1. Tweede") < shown.index("2. Eerst")
    assert "Zet punt" not in text(session(cast["smo-bz"]).get(page))
    assert one.punten.get().order > two.punten.get().order


def test_a_written_round_is_offered_with_a_term(cast):
    d = scenes.dossier(cast)
    version, plan = scenes.adopted(cast, d), scenes.adopted(cast, d, "plan")
    client, address = session(cast["behandelaar-bz"]), reverse("smo_aanbieden", args=[d.number, version.pk])
    given = {"soort": "advies", "vergadering": "schriftelijk", "bijlagen": str(plan.pk)}
    assert "Vul de termijn van de schriftelijke ronde in" in text(client.post(address, given))
    past = client.post(address, {**given, "termijn": day(b.today())})
    assert "Vul een datum na vandaag in" in text(past)
    assert client.post(address, {**given, "termijn": day(working_day(5))}).status_code == 302
    page = text(client.get(reverse("dossier_smo", args=[d.number])))
    assert f"Schriftelijke ronde tot en met {datum(working_day(5))}" in page
    assert "krijgt een herinnering op" in page
    assert "Mee aangeboden" in page


def test_reminders_show_with_their_date(cast):
    offer = written(cast)
    services.remind(offer.reminder_days[0])
    page = text(session(cast["smo-def"]).get(reverse("dossier_smo", args=[offer.ronde.dossier.number])))
    assert f"Herinnering op {datum(offer.reminder_days[0])} aan BZ, BHOS, DEF, JENV, AZ." in page


def test_missing_positions_are_named_on_the_check_page(cast):
    offer = scenes.offered(cast, scenes.dossier(cast), "signaal")
    scenes.position(cast, offer)
    address = reverse("conclusie", args=[offer.ronde.dossier.number, offer.pk])
    given = {"oordeel": "positief", "tekst": "Akkoord.", "concluded_on": day(b.today())}
    page = text(session(cast["voorzitter-smo"]).post(address, given))
    assert "Controleer de conclusie" in page
    assert "Er is nog geen standpunt van BZ, BHOS, JENV, AZ." in page
    assert "melding--let-op" in page


def test_a_strekking_that_the_point_does_not_allow_gets_a_sentence(cast):
    version = scenes.adopted(cast, scenes.dossier(cast), "signaal")
    offer = services.offer(version_id=version.pk, meeting_on=b.today(), by=cast["behandelaar-bz"], soort="bespreking")
    address = reverse("conclusie", args=[offer.ronde.dossier.number, offer.pk])
    given = {"oordeel": "positief", "tekst": "Wij zijn het eens.", "concluded_on": day(b.today())}
    answer = session(cast["voorzitter-smo"]).post(address, given)
    assert answer.status_code == 422
    assert "Een punt “ter bespreking” laat deze conclusie niet toe" in text(answer)
    assert "Wij zijn het eens." in text(answer)


def test_a_conclusion_before_the_meeting_keeps_its_text(cast):
    offer = scenes.offered(cast, scenes.dossier(cast), "signaal", in_days=7)
    address = reverse("conclusie", args=[offer.ronde.dossier.number, offer.pk])
    given = {"oordeel": "positief", "tekst": "Wij zijn het eens.", "concluded_on": day(b.today()), "stap": "indienen"}
    client = session(cast["voorzitter-smo"])
    assert "De vergadering is nog niet geweest" in text(client.get(address))
    answer = client.post(address, given)
    assert answer.status_code == 422
    assert f"De vergadering over dit stuk is op {datum(offer.meeting_on)}" in text(answer)
    assert "Wij zijn het eens." in text(answer)


@pytest.mark.parametrize("who", ["behandelaar-def", "buitenstaander"])
def test_a_deputy_outside_the_period_learns_why_and_keeps_the_text(cast, who):
    """Also who has no other role in the dossier, and reads nothing of it outside the period."""
    offer = scenes.offered(cast, scenes.dossier(cast), "signaal")
    row = Membership(user=cast[who], role="smo-lid", ministry=b.ministry("DEF"), deputy_for=cast["smo-def"])
    address = reverse("standpunt", args=[offer.ronde.dossier.number, offer.pk])
    given = {"strekking": "niet-akkoord", "toelichting": "Te vroeg voor een eenheid.", "stap": "indienen"}
    for start, end, sentence in (
        (2, None, f"Uw plaatsvervanging voor DEF begint op {datum(b.today() + timedelta(days=2))}."),
        (-9, -1, f"Uw plaatsvervanging voor DEF liep tot en met {datum(b.today() - timedelta(days=1))}."),
    ):
        row.start = b.today() + timedelta(days=start)
        row.end = end and b.today() + timedelta(days=end)
        row.save()
        client = session(cast[who])
        for answer in (client.get(address), client.post(address, given)):
            assert answer.status_code == 403
            assert sentence in text(answer)
            assert "Vraag J. Smit om het standpunt in te nemen" in text(answer)
        assert "Te vroeg voor een eenheid." in text(answer)
    row.end = b.today()
    row.save()
    assert session(cast[who]).post(address, given).status_code == 302
    assert offer.standpunten.get().acting_for == "SMO-lid DEF, namens J. Smit"


def test_a_former_deputy_learns_nothing_of_what_the_seat_does_not_read(cast):
    """Another dossier, another offer and another page stay the same 404 as for a number never given out; so for anybody else."""
    offer, hidden = scenes.offered(cast, scenes.dossier(cast), "signaal"), scenes.dossier(cast)
    yesterday = b.today() - timedelta(days=1)
    Membership.objects.create(
        user=cast["buitenstaander"], role="smo-lid", ministry=b.ministry("DEF"), deputy_for=cast["smo-def"],
        start=yesterday, end=yesterday,
    )  # fmt: skip
    number, former = offer.ronde.dossier.number, session(cast["buitenstaander"])
    nothing = former.get(reverse("standpunt", args=["2026-9999", offer.pk]))
    for name, *args in (
        ("standpunt", hidden.number, offer.pk), ("standpunt", number, offer.pk + 9000), ("conclusie", number, offer.pk),
        ("dossier_smo", number),
    ):  # fmt: skip
        answer = former.get(reverse(name, args=args))
        assert (answer.status_code, text(answer)) == (404, text(nothing))
    Membership.objects.filter(user=cast["buitenstaander"]).update(deputy_for=None)
    assert former.get(reverse("standpunt", args=[number, offer.pk])).status_code == 404


def test_dissent_and_advice_stand_where_the_decision_is_registered(cast):
    offer = scenes.offered(cast, scenes.dossier(cast))
    scenes.position(cast, offer, strekking="akkoord", toelichting="Let op de kosten.", afwijkend=True)
    scenes.conclusion(cast, offer, "negatief")
    address = reverse("besluit_nieuw", args=[offer.ronde.dossier.number, offer.version_id])
    page = text(session(cast["gemachtigde-bz"]).get(address))
    for words in ("Advies van de SMO", "Negatief", "Afwijkende standpunten", "Let op de kosten.", "toch akkoord"):
        assert words in page


def test_an_action_stands_on_mijn_werk_until_it_is_done(cast):
    concept(cast)
    act = {"vergadering_id": b.meeting().pk, "tekst": "Vul de raming aan.", "holder": cast["smo-def"], "due": b.today()}
    actie = services.add_action(**act, by=cast["secretaris-smo"])
    b.adopt_list(cast)
    client = session(cast["smo-def"])
    page = client.get(reverse("mijn_werk"))
    assert "Vul de raming aan." in text(page)
    assert [tile.getal for tile in page.context["tegels"][:2]] == [0, 1], "the tiles count it too"
    address = reverse("actie_gedaan", args=[actie.pk])
    assert session(cast["smo-bz"]).get(address).status_code == 404
    assert client.post(address, {"tekst": "Gestuurd."}).status_code == 302
    assert "Vul de raming aan." not in text(client.get(reverse("mijn_werk")))
    assert client.get(address).status_code == 404


def test_a_concept_stands_on_mijn_werk_of_who_may_adopt_it(cast):
    concept(cast)
    waits, people = "Stel de besluitenlijst van de SMO van", ("voorzitter-smo", "secretaris-smo", "smo-def")
    pages = {who: text(session(cast[who]).get(reverse("mijn_werk"))) for who in people}
    assert [who for who, page in pages.items() if waits in page] == ["voorzitter-smo"]
    b.adopt_list(cast)
    assert waits not in text(session(cast["voorzitter-smo"]).get(reverse("mijn_werk")))


def test_the_list_as_a_spreadsheet_has_no_formulas(cast):
    offer = scenes.offered(cast, scenes.dossier(cast, title="=1+1"), "signaal")
    scenes.conclusion(cast, offer, tekst="@akkoord")
    lijst = concept(cast)
    services.add_action(
        vergadering_id=b.meeting().pk,
        tekst="+31 bellen",
        holder=cast["smo-def"],
        due=b.today(),
        by=cast["secretaris-smo"],
    )
    address = reverse("lijst_csv", args=[lijst.pk])
    assert session(cast["smo-bz"]).get(address).status_code == 404, "a concept is no list yet"
    b.adopt_list(cast)
    rows = list(csv.reader(StringIO(session(cast["smo-bz"]).get(address).content.decode("utf-8-sig")), delimiter=";"))
    assert [row[0] for row in rows] == ["Soort", "Ter advisering", "Actie"]
    assert rows[1][3:5] == ["Positief", "'@akkoord"]
    assert rows[2][1] == "'+31 bellen"
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@"))]
    assert_denied(cast["buitenstaander"], address)


def bookmarks(document: pikepdf.Pdf) -> list[str]:
    with document.open_outline() as outline:
        return [str(item.title) for item in outline.root]


@pytest.mark.pdf
def test_the_bundle_is_one_tagged_pdf_with_a_bookmark_per_paper(cast):
    first, second = scenes.dossier(cast, title="Sahel"), scenes.dossier(cast, title="Kaukasus")
    scenes.offered(cast, first)
    version, plan = scenes.adopted(cast, second), scenes.adopted(cast, second, "plan")
    services.offer(version_id=version.pk, meeting_on=b.today(), by=cast["behandelaar-bz"], bijlagen=[plan.pk])
    client, page = session(cast["smo-def"]), url("vergadering", b.meeting())
    assert "3 stukken als één pdf" in text(client.get(page))
    client.post(url("bundel_maken", b.meeting()))
    waiting = text(client.get(page))
    assert "Wacht op de worker" in waiting
    assert "Ververs deze pagina" in waiting
    address = reverse("bundel", args=[Bundel.objects.get().pk])
    assert client.get(address).status_code == 404
    outbox.drain()
    made = Bundel.objects.get()
    assert made.stuk == 3, "the worker told at which paper it was, to the last"
    Bundel.objects.update(state="bezig", stuk=2)
    busy = text(client.get(page))
    assert "Stuk 2 van 3, gevraagd om" in busy
    assert 'hx-trigger="every 3s"' in busy
    Bundel.objects.update(state="gereed")
    assert "Open vergaderbundel (pdf)" in text(client.get(page))
    answer = client.get(address)
    with pikepdf.open(BytesIO(answer.content)) as document:
        names = bookmarks(document)
        assert {"Table", "P", "H1", "TOC"} & set(tags(document))
        assert document.Root.MarkInfo.Marked
        assert document.Root.Lang == "nl"
    assert names[-3:] == [
        "Sahel: Analyse en beoordeling, versie 1",
        "Kaukasus: Analyse en beoordeling, versie 1",
        "Kaukasus: Plan van inzet, versie 1",
    ]
    assert session(cast["buitenstaander"]).get(address).status_code == 404
    client.post(url("bundel_maken", b.meeting()))
    assert Bundel.objects.count() == 1


def test_a_bundle_holds_only_what_its_reader_may_read(cast):
    both = scenes.dossier(cast, title="Sahel")
    alone = b.make_dossier(cast, ministries=("BZ",), efforts=("eenheid",), title="Kaukasus")
    scenes.offered(cast, both)
    scenes.offered(cast, alone)
    reader, page = session(cast["behandelaar-def"]), url("vergadering", b.meeting())
    assert "1 stuk als één pdf" in text(reader.get(page))
    assert "Kaukasus" not in text(reader.get(page))
    reader.post(url("bundel_maken", b.meeting()))
    session(cast["smo-def"]).post(url("bundel_maken", b.meeting()))
    small, whole = Bundel.objects.order_by("id")
    assert (len(small.version_ids), len(whole.version_ids)) == (1, 2)
    Bundel.objects.update(state="gereed", pdf=b"%PDF-1.7")
    assert reader.get(reverse("bundel", args=[small.pk])).status_code == 200
    assert reader.get(reverse("bundel", args=[whole.pk])).status_code == 404
    refused = session(cast["buitenstaander"]).post(url("bundel_maken", b.meeting()))
    assert refused.status_code == 422
    assert "geen stuk dat u mag lezen" in text(refused)


def test_a_bundle_that_failed_can_be_asked_again(cast):
    scenes.offered(cast, scenes.dossier(cast))
    client, page = session(cast["smo-def"]), url("vergadering", b.meeting())
    client.post(url("bundel_maken", b.meeting()))
    Bundel.objects.update(state="mislukt", error="Te groot.")
    assert "Maak vergaderbundel opnieuw" in text(client.get(page))
    client.post(url("bundel_maken", b.meeting()))
    assert Bundel.objects.get().state == "wacht"


@pytest.mark.pdf
def test_the_adopted_list_becomes_a_pdf(cast):
    scenes.conclusion(cast, scenes.offered(cast, scenes.dossier(cast, title="Sahel"), "signaal"))
    lijst = concept(cast)
    client = session(cast["voorzitter-smo"])
    page = text(client.get(url("vergadering", b.meeting())))
    assert "Stel de besluitenlijst vast" in page
    assert client.post(url("lijst_vaststellen", b.meeting()), {"gezien": list_mark(lijst)}).status_code == 302
    outbox.drain()
    assert Lijstpdf.objects.get().state == "gereed"
    answer = client.get(reverse("lijst_pdf", args=[lijst.pk]))
    with pikepdf.open(BytesIO(answer.content)) as document:
        assert "Signaalbeoordeling" in " ".join(bookmarks(document)) or len(bookmarks(document)) >= 1
    assert_denied(cast["buitenstaander"], reverse("lijst_pdf", args=[lijst.pk]))
