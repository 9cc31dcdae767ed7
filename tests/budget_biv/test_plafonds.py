"""Ceilings: read in from a file after every row was seen, and moved by a decision."""

import time
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from budget_biv import services
from budget_biv.models import Ceiling, Fund
from cases.exceptions import Denied, NotPossible
from cases.models import Event
from tests import builders as b
from tests.cases.pages import assert_denied, session, text

pytestmark = pytest.mark.django_db
HEAD = "jaar;categorie;bedrag;waarvan_oda;bron"
URL = reverse("biv_inlezen", args=[2027])


@pytest.fixture
def fund(db) -> Fund:
    return Fund.objects.get()


def send(cast, content: str | bytes, who: str = "biv-beheerder"):
    data = content.encode() if isinstance(content, str) else content
    return session(cast[who]).post(URL, {"bestand": SimpleUploadedFile("plafonds.csv", data, "text/csv")})


def lines(*rows: str) -> str:
    return "\r\n".join([HEAD, *rows])


def test_a_file_is_seen_first_and_stored_after(cast, fund):
    before = Ceiling.objects.count()
    good = lines(
        "2031;cbo;195.800.000;0;Begroting 2031",
        "2031;ssr;40000000;34.000.000;Begroting 2031",
        "2032;;300.000.000;;Begroting 2031",
    )
    page = text(send(cast, "\ufeff" + good))
    assert "Er is nog niets opgeslagen" in page
    assert "€\xa0195.800.000" in page and "Hele jaar" in page and "Niet verdeeld" in page
    assert Ceiling.objects.count() == before
    client = session(cast["biv-beheerder"])
    assert client.post(URL, {"tekst": good}).status_code == 302
    stored = Ceiling.objects.filter(fund=fund, year__in=(2031, 2032)).values_list("year", "amount", "oda_amount")
    assert list(stored) == [(2031, 195_800_000, 0), (2031, 40_000_000, 34_000_000), (2032, 300_000_000, None)]
    event = Event.objects.filter(chain="stelsel", kind="biv").latest("seq")
    assert (event.sentence, event.actor) == ("BIV-plafonds ingelezen: 2031, 2032", cast["biv-beheerder"])
    again = client.post(URL, {"tekst": good})
    assert again.status_code == 422
    assert "Voor 2031 staan al plafonds vast" in text(again)


BAD_ROWS = {
    "2027;cbo;5;;x": "Voor 2027 staan al plafonds vast",
    "31;cbo;5;;x": "Vul een jaar in van vier cijfers",
    "2013;cbo;5;;x": "Het fonds bestaat niet in 2013",
    "2031;onzin;5;;x": "De categorie onzin bestaat niet",
    "2031;cbo;-5;;x": "Vul bij bedrag hele euro",
    "2031;cbo;4.5;;x": "Vul bij bedrag hele euro",
    "2031;cbo;12,50;;x": "Vul bij bedrag hele euro",
    "2031;cbo;10.000.000.001;;x": "Vul bij bedrag hele euro",
    "2031;cbo;veel;;x": "Vul bij bedrag hele euro",
    "2031;cbo;5;6;x": "Het ODA-deel is hoger dan het bedrag",
    "2031;cbo;5;;": "Noem de bron",
    "2031;cbo;5;x": "Deze regel heeft 4 kolommen",
    "2031;cbo;5;;x\r\n2031;cbo;6;;x": "2031 staat twee keer in het bestand",
    "2031;cbo;5;;x\r\n2031;;6;;x": "een bedrag voor het hele jaar en ook per categorie",
}


@pytest.mark.parametrize("row", BAD_ROWS)
def test_every_error_stands_at_its_row_and_nothing_is_stored(cast, fund, row):
    before = Ceiling.objects.count()
    answer = send(cast, lines("2033;cbo;1;;Goed", row))
    assert answer.status_code == 422
    page = text(answer).replace("&#x27;", "'")
    assert BAD_ROWS[row] in page
    assert "2033" in page and "Er is niets opgeslagen" in page
    assert "Lees plafonds in</button>" not in page
    refused = session(cast["biv-beheerder"]).post(URL, {"tekst": lines("2033;cbo;1;;Goed", row)})
    assert refused.status_code == 422
    assert Ceiling.objects.count() == before


BAD_FILES = {
    "other columns": ("jaar;bedrag\r\n2031;5", "De eerste regel moet precies deze kolommen hebben"),
    "comma": (lines("2031;cbo;5;;x").replace(";", ","), "De eerste regel moet precies deze kolommen hebben"),
    "latin-1": (lines("2031;cbo;5;;Begroting ë").encode("latin-1"), "Het bestand is niet in UTF-8"),
    "utf-16": (lines("2031;cbo;5;;x").encode("utf-16"), "Het bestand is niet in UTF-8"),
    "nul": (lines("2031;cbo;5;;x\x00"), "Het bestand is geen CSV"),
    "quotes": (lines('2031;cbo;5;;"x'), "Kijk de aanhalingstekens na"),
    "only a head": (HEAD, "geen regels onder de kolommen"),
    "100.000 rows": (lines(*["2031;cbo;5;;x"] * 100_000), "te groot"),
    "501 rows": (lines(*["2031;cbo;5;;x"] * 501), "te veel regels"),
    "empty": ("", "Kies"),
}


@pytest.mark.parametrize("name", BAD_FILES)
def test_a_file_that_cannot_be_read_gets_a_sentence_at_once(cast, fund, name):
    content, words = BAD_FILES[name]
    before, begin = Ceiling.objects.count(), time.monotonic()
    answer = send(cast, content)
    assert time.monotonic() - begin < 5
    assert answer.status_code == 422
    assert words in text(answer)
    assert Ceiling.objects.count() == before


def test_only_the_keeper_of_the_fund_reads_in_and_moves(cast, fund):
    for who in ("behandelaar-bz", "gemachtigde-def", "auditor"):
        assert_denied(cast[who], URL)
        assert_denied(cast[who], reverse("biv_verschuiven", args=[2027]))
    with pytest.raises(Denied):
        services.import_ceilings(fund=fund, text=lines("2031;cbo;5;;x"), by=cast["auditor"])


def ceiling(fund, year: int, code: str) -> Ceiling:
    return Ceiling.objects.get(fund=fund, year=year, category__code=code)


def move(
    cast,
    source: Ceiling,
    target: Ceiling,
    amount: int,
    oda: str = "niet-oda",
    reason: str = "Later nodig.",
    who="biv-beheerder",
):
    return services.transfer(
        source_id=source.pk, target_id=target.pk, oda=oda, amount=amount, reason=reason, decided_on=date(2026, 11, 1), by=cast[who]
    )  # fmt: skip


def test_money_moves_between_years_and_categories(cast, fund):
    source, later, other = ceiling(fund, 2027, "cbo"), ceiling(fund, 2028, "cbo"), ceiling(fund, 2027, "ssr")
    move(cast, source, later, 1_000)
    move(cast, other, source, 500, oda="niet-oda")
    amounts = [Ceiling.objects.get(pk=c.pk).amount - c.amount for c in (source, later, other)]
    assert amounts == [-500, 1_000, -500]
    assert Event.objects.filter(chain="stelsel", sentence__startswith="Kasschuif: €").count() == 1
    page = text(session(cast["auditor"]).get(reverse("biv_mutaties", args=[2027])))
    assert "Later nodig." in page


def test_what_a_dossier_claims_does_not_move(cast, fund):
    source = ceiling(fund, 2028, "vpd")
    b.reserve_money(cast, b.ask_money(cast, b.make_dossier(cast), {2028: 7_000_000}, code="vpd"))
    with pytest.raises(NotPossible, match="is €.1.000.000 vrij"):
        move(cast, source, ceiling(fund, 2029, "vpd"), 1_000_001)
    move(cast, source, ceiling(fund, 2029, "vpd"), 1_000_000)


def test_a_transfer_has_a_reason_a_part_and_two_ceilings(cast, fund):
    source, target = ceiling(fund, 2027, "cbo"), ceiling(fund, 2028, "cbo")
    for words, call in {
        "waarom": lambda: move(cast, source, target, 5, reason=" "),
        "ODA of niet-ODA": lambda: move(cast, source, target, 5, oda="onbekend"),
        "twee verschillende": lambda: move(cast, source, source, 5),
        "vrij": lambda: move(cast, source, target, 5, oda="oda"),
        "tussen": lambda: move(cast, source, target, 0),
    }.items():
        with pytest.raises(NotPossible, match=words):
            call()
    with pytest.raises(Denied):
        move(cast, source, target, 5, who="auditor")


def test_the_page_of_a_transfer(cast, fund):
    client, address = session(cast["biv-beheerder"]), reverse("biv_verschuiven", args=[2027])
    given = {
        "van": ceiling(fund, 2027, "cbo").pk, "naar": ceiling(fund, 2028, "cbo").pk, "oda": "niet-oda", "amount": "4.5",
        "reason": "Het fregat vaart later.", "decided_on": "1-11-2026",
    }  # fmt: skip
    wrong = client.post(address, given)
    assert wrong.status_code == 422
    assert "Bedoelt u" in text(wrong) and "Het fregat vaart later." in text(wrong)
    good = {**given, "amount": "4.500.000"}
    assert "Klopt dit?" in text(client.post(address, good))
    assert client.post(address, {**good, "stap": "indienen"}).status_code == 302
