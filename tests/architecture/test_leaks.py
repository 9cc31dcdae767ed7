"""Nothing of a dossier reaches an outsider: not in a page, list, count, search, agenda, total, PDF, error page or redirect.

The canaries stand everywhere in two dossiers. Pages are drawn for real, and compared with those of before the dossiers
were there: what is the same to the last character reveals neither a text nor a number.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from django.db import transaction
from django.urls import reverse

from cases.models import Dossier
from tests import builders as b
from tests.architecture import scenes
from tests.architecture.rechtentabel import DELEN, REGELS, Persoon, Regel, Toestand, hoort_bij, van_een_dossier
from tests.architecture.wereld import Antwoord, Wereld, adres, bevolk
from tests.cases.pages import text

KANARIE = "Kanariegeel"
REGION = "Vogelstreek"
CHOICES = {"uitkomst", "wenselijkheid"}
# What else is only in these dossiers: subject and signature of the letters, title of an option.
CANARIES = (KANARIE, REGION, "Bijdrage aan de missie", "A. Eerste", "Route A", "smo:signaal")
OUTSIDERS = (
    "buitenstaander", "behandelaar-jenv", "teamleider-bhos", "gemachtigde-jenv", "beheerder", "zonder-rol", "post-bz",
    "gisteren-weg", "begint-morgen", "plaatsvervanger-voorbij", "inactief", "anoniem",
)  # fmt: skip
YEAR = b.today().year
HIDDEN = f"{YEAR}-0002"


def pages() -> list[str]:
    """Everything outside a dossier that counts, lists or searches dossiers; {number} is that of the hidden one."""
    lists = [
        "", "?q={number}", f"?q={KANARIE}", f"?q={KANARIE.lower()[:6]}", f"?q={REGION}", "?q=Benin", "?q=BJ", f"?q={YEAR}-",
        "?status=alle", "?status=gestopt", "?fase=orientatie", "?dep=DEF", "?dep=BZ&status=alle",
        "?na=2099-01-01T00:00:00%2B00:00~999999",
    ]  # fmt: skip
    names = [r.url for r in REGELS if not van_een_dossier(r.url) and r.lezen and not DELEN[r.url]]
    return [reverse("dossiers") + query for query in lists] + [reverse(name) for name in names if name != "dossiers"]


@dataclass
class Geheim:
    """The world, what every outsider saw before, and the hidden dossiers."""

    wereld: Wereld
    vroeger: dict[tuple[str, str], tuple]
    verborgen: list[Toestand]

    def persoon(self, naam: str) -> Persoon:
        return next(p for p in self.wereld.personen if p.naam == naam)


def gelezen(antwoord: Antwoord, number: str) -> tuple:
    """What someone gets to know from an answer, apart from the words of the question."""
    page = zonder_moment(antwoord).replace(number, "{number}")
    return antwoord.status, antwoord.locatie.replace(number, "{number}"), page


def zonder_moment(antwoord: Antwoord) -> str:
    """The page without what differs every time: the CSRF token, the key of the form and the minute of printing."""
    return re.sub(r'Afgedrukt door [^<]*|name="concept" value="[^"]*"', "", text(antwoord.response))


@pytest.fixture(scope="module")
def geheim(module_db) -> Iterator[Geheim]:
    with transaction.atomic(), pytest.MonkeyPatch.context() as patch:
        wereld = bevolk()
        b.make_dossier(wereld.mensen, ministries=("BZ", "AZ", "JENV"), title="Zichtbaar dossier")
        made = Geheim(wereld, {}, [])
        for naam in OUTSIDERS:
            for page in pages():
                antwoord = wereld.vraag(made.persoon(naam), "get", page.format(number=HIDDEN))
                made.vroeger[naam, page] = gelezen(antwoord, HIDDEN)
        for name in ("SIGNAAL", "ANALYSE", "NOTA", "OPTIE", "PLAN"):
            values = getattr(b, name)
            patch.setattr(
                b,
                name,
                {k: v if k in CHOICES or not isinstance(v, str) else f"{KANARIE} {v}" for k, v in values.items()},
            )
        facts = {"title": f"{KANARIE} 2027", "summary": f"{KANARIE}.", "region": REGION, "countries": ["BJ"]}
        made.verborgen = [scenes.vol(wereld.mensen, **facts), scenes.vol(wereld.mensen, **facts)]
        assert made.verborgen[0].number == HIDDEN
        yield made
        transaction.set_rollback(True)


def zonder_kanarie(antwoord: Antwoord, asked: str) -> str:
    """The first canary in an answer that the question did not bring along; "" when there is none."""
    body = f"{antwoord.locatie} {antwoord.response.content.decode(errors='replace')} {dict(antwoord.response.headers)}"
    return next((c for c in CANARIES if c.lower() in body.lower() and c.lower() not in asked.lower()), "")


@pytest.mark.parametrize("naam", OUTSIDERS)
def test_lists_searches_and_counts_do_not_change(geheim, naam):
    """Before and after two dossiers were opened: the same pages, the same counts, the same redirects."""
    number = geheim.verborgen[0].number
    changed = []
    for page in pages():
        after = gelezen(geheim.wereld.vraag(geheim.persoon(naam), "get", page.format(number=number)), number)
        if after != geheim.vroeger[naam, page]:
            changed.append(f"{page}: {verschil(geheim.vroeger[naam, page], after)}")
    assert not changed, "\n".join(changed)


def verschil(before: tuple, after: tuple) -> str:
    """The first lines that were not there before."""
    new = [line.strip() for line in after[2].splitlines() if line not in before[2].splitlines()]
    return f"{before[:2]} → {after[:2]}; nieuw: {new[:3]}"


def test_a_reader_does_see_them(geheim):
    """The other side of the same pages: whoever takes part sees the canary, so these tests can fail."""
    number = geheim.verborgen[0].number
    for naam in ("behandelaar-def", "smo-jenv", "auditor"):
        found = geheim.wereld.vraag(geheim.persoon(naam), "get", reverse("dossiers") + f"?q={REGION}")
        assert KANARIE in found.response.content.decode(), naam
        exact = geheim.wereld.vraag(geheim.persoon(naam), "get", reverse("dossiers") + f"?q={number}")
        assert (exact.status, exact.locatie) == (302, reverse("dossier", args=[number]))
    agenda = geheim.wereld.vraag(geheim.persoon("smo-def"), "get", reverse("smo"))
    assert KANARIE in agenda.response.content.decode()


@pytest.mark.parametrize("naam", ["buitenstaander", "behandelaar-jenv", "post-bz"])
def test_the_year_page_shows_one_line_for_all_that_is_hidden(geheim, naam):
    """Two hidden requests of a million: one line "overige" with their sum, without number, title or separate amount."""
    antwoord = geheim.wereld.vraag(geheim.persoon(naam), "get", reverse("biv_jaar", args=[YEAR]))
    page = antwoord.response.content.decode()
    assert not zonder_kanarie(antwoord, "")
    assert page.count("Overige") == 1
    assert "2.000.000" in page
    assert "1.000.000" not in page
    assert not any(toestand.number in page for toestand in geheim.verborgen)


@pytest.mark.parametrize("naam", ["buitenstaander", "behandelaar-jenv", "post-bz"])
@pytest.mark.parametrize(
    "pagina", ["biv_mutaties", "biv_meerjarig", "biv_ambitie", "jaar.csv", "mutaties.csv", "ambitie.xlsx"]
)
def test_the_other_pages_of_the_money_name_nobody(geheim, naam, pagina):
    """The ledger, several years, ambition and the exports: no title, no number, no separate amount of what is hidden."""
    wat, _, vorm = pagina.partition(".")
    url = reverse("biv_export", args=[YEAR, wat, vorm]) if vorm else reverse(pagina, args=[YEAR])
    antwoord = geheim.wereld.vraag(geheim.persoon(naam), "get", url)
    assert antwoord.status == 200
    assert not zonder_kanarie(antwoord, "")
    body = antwoord.response.content.decode(errors="replace")
    assert not any(toestand.number in body for toestand in geheim.verborgen)
    assert "1.000.000" not in body and "1000000;" not in body.replace("2000000;", "")


@pytest.mark.parametrize("regel", [r for r in REGELS if van_een_dossier(r.url)], ids=lambda r: r.sleutel)
def test_outsider_gets_the_same_404_everywhere(geheim, regel):
    """A hidden dossier and a number that was never given out: one page, byte for byte but for the number, GET and POST."""
    hidden = geheim.verborgen[0]
    numbers = {k: 999_999 if isinstance(v, int) and k != "nr" else v for k, v in hidden.ids.items()}
    places = [plaats(regel, hidden), plaats(regel, Toestand("nergens", "2099-9999", frozenset(), ids=numbers))]
    signed_in = [naam for naam in OUTSIDERS if naam not in {"inactief", "anoniem"}]
    someone = signed_in[REGELS.index(regel) % len(signed_in)]
    for method, naam in (("get" if regel.lezen else "post", someone), ("post", "buitenstaander")):
        persoon = geheim.persoon(naam)
        assert not hoort_bij(persoon, "lezers", hidden)
        answers = [geheim.wereld.vraag(persoon, method, url) for url in places]
        assert [a.status for a in answers] == [404, 404], f"{method} {places[0]} door {naam}"
        pages = zip(answers, places, (hidden.number, "2099-9999"), strict=True)
        seen = [zonder_moment(a).replace(u, "").replace(n, "") for a, u, n in pages]
        assert seen[0] == seen[1]
        assert not zonder_kanarie(answers[0], places[0])
        assert dict(answers[0].response.headers) == dict(answers[1].response.headers)


def plaats(regel: Regel, toestand: Toestand) -> str:
    """The address, with a number for whatever this scene has not."""
    usual = {"verzending_id": 1, "verslag": 1, "document_id": 1, "voorstel": 1, "plicht_id": 1, "toets_id": 1}
    filled = Toestand(toestand.naam, toestand.number, toestand.deelnemend, ids=usual | toestand.ids)
    return adres(regel, filled) or ""


@pytest.mark.parametrize("naam", ["teamleider-bhos", "buitenstaander"])
def test_refusals_and_error_pages_say_nothing(geheim, naam):
    """403, 405, 413, 400 and the page for a lost CSRF token never name what someone may not read."""
    persoon, hidden = geheim.persoon(naam), geheim.verborgen[0]
    url = reverse("kerngegevens", args=[hidden.number])
    big = {"summary": "x" * 2_600_000}
    answers = [
        geheim.wereld.vraag(persoon, "put", url), geheim.wereld.vraag(persoon, "post", url, big),
        geheim.wereld.vraag(persoon, "get", reverse("dossier_nieuw")),
        geheim.wereld.vraag(persoon, "get", f"{url}%00"), geheim.wereld.vraag(persoon, "get", url + "x/"),
    ]  # fmt: skip
    if naam == "buitenstaander":
        answers.append(geheim.wereld.vraag(persoon, "get", reverse("account_login") + f"?next={url}"))
    assert [zonder_kanarie(a, "") for a in answers] == [""] * len(answers)
    assert Dossier.objects.filter(number=hidden.number).exists()


def test_the_login_asks_nothing_about_a_dossier(geheim):
    """Somebody anonymous is sent to the same login for a hidden number and for none."""
    anoniem, number = geheim.persoon("anoniem"), geheim.verborgen[0].number
    places = [geheim.wereld.vraag(anoniem, "get", reverse("dossier", args=[n])).locatie for n in (number, "2099-9999")]
    assert places[0].replace(number, "") == places[1].replace("2099-9999", "")
