"""Every page worth looking at: which address, who see it differently, and what is pressed to get there.

`./run screenshots` and the accessibility tests walk through this one list. tests/test_pages_of_demo.py keeps it whole:
every named address of the application stands in it, or in EXCLUDED with the reason.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.urls import reverse
from playwright.sync_api import Page

from cases.models import Dossier, Event
from cases.phase import Phase
from tests.scene_of_demo import Scene

Act = Callable[[Page], None]
WRITER, LEADER, READER, STRANGER = "behandelaar-bz", "teamleider-bz", "auditor", "buitenstaander"

EXCLUDED = {
    "home": "sends on to the first page",
    "biv": "sends on to the year of today",
    "healthz": "plain text for the supervisor",
    "pdf": "a PDF file, judged by tests/cases",
    "account_logout": "a button, without a page of its own",
    "vergadering_ics": "a file for a calendar",
    "bundel": "a PDF file, judged by tests/phases",
    "lijst_pdf": "a PDF file, judged by tests/phases",
    "lijst_csv": "a file for a spreadsheet",
    "lijst_pdf_opnieuw": "a button, without a page of its own",
    "bundel_maken": "a button, without a page of its own",
    "punt_schuiven": "a button, without a page of its own",
    "punt_weg": "a button, without a page of its own",
    "lijst_vaststellen": "a button, without a page of its own",
    "lijst_corrigeren": "a button, without a page of its own",
    "versie_teruggeven": "a button on the page of versie_paraferen, where a refusal is shown too",
    "pdf_opnieuw": "a button, without a page of its own",
    "stap_verzoek": "a button, without a page of its own",
    "concept_bewaren": "keeps what is typed, without a page of its own",
    "concept_weg": "a button, without a page of its own",
    "sessie_verlengen": "a button, without a page of its own",
    "dossiers_csv": "a file for a spreadsheet",
    "biv_export": "a file for a spreadsheet",
    "budget_export": "a file for a spreadsheet",
    "indicatoren_overnemen": "a button on the page of indicatoren, without a page of its own",
    "vastlegging_bevestigen": "a button, without a page of its own",
    "toets_bevestigen": "a button, without a page of its own",
    "brief_begin": "a button; its refused form is the page of `brief` before the letter began",
}


@dataclass(frozen=True)
class Sheet:
    """One page: the name of its address, what it shows, who see it differently, and the act that leads to it."""

    name: str
    what: str
    who: tuple[str, ...]
    url: str
    status: int = 200
    act: Act | None = None

    @property
    def slug(self) -> str:
        """A file name."""
        return "-".join("".join(c if c.isalnum() else " " for c in f"{self.name} {self.what}".lower()).split())


def press(button: str, **values: str) -> Act:
    """Fills the fields of the main form by name and presses its button, as a person would."""

    def act(page: Page) -> None:
        main = page.locator("main")
        for name, value in values.items():
            found = main.locator(f"[name={name}]")
            kind = found.first.get_attribute("type")
            if kind in ("radio", "checkbox"):
                main.locator(f"[name={name}][value='{value}']").check()
            elif found.first.evaluate("e => e.tagName") == "SELECT":
                found.first.select_option(value)
            else:
                found.first.fill(value)
        with page.expect_navigation():
            main.get_by_role("button", name=button, exact=True).first.click()

    return act


def upload(button: str, name: str, *lines: str) -> Act:
    """Chooses a file with these lines and presses the button."""

    def act(page: Page) -> None:
        file = {"name": "plafonds.csv", "mimeType": "text/csv", "buffer": "\r\n".join(lines).encode()}
        page.locator(f"main [name={name}]").set_input_files(file)
        with page.expect_navigation():
            page.locator("main").get_by_role("button", name=button, exact=True).click()

    return act


def show(template: str, status: int) -> Act:
    """A page that only an accident brings: its template, answered by the browser in the place of the server."""

    def act(page: Page) -> None:
        address = page.url + "?ongeluk"
        request = RequestFactory().get("/")
        request.user = AnonymousUser()
        words = {
            "kenmerk": "2026-11-21 10.42 7F3A91",
            "url": "/",
            "minuten": 5,
            "redenen": ["Wacht op het advies van Defensie."],
        }
        text = render_to_string(template, words, request)
        page.route(address, lambda route: route.fulfill(status=status, content_type="text/html", body=text))
        page.goto(address)

    return act


def sheets(scene: Scene) -> list[Sheet]:
    """The whole list, in the order in which people meet the pages."""
    parts = (_sahel, _missie, _smo, _letters, _dossiers, _errors)
    return [*_general(), *(sheet for part in parts for sheet in part(scene))]


def _general() -> Iterator[Sheet]:
    yield _at("account_login", "leeg", "")
    yield _at("account_login", "fout", "", act=press("Log in", login="onbekend", password="niet-goed"))
    yield _at("mijn_werk", "aan zet", WRITER, LEADER, "smo-def", "gemachtigde-bhos", "secretariaat", READER, STRANGER)
    yield _at("mijn_werk", "te laat", "smo-def", query="?toon=te-laat")
    yield _at("dossiers", "lijst", WRITER, "smo-def", READER, STRANGER)
    yield _at("dossiers", "niets gevonden", WRITER, query="?q=bestaat-niet")
    yield _at("dossier_nieuw", "leeg", WRITER)
    yield _at("dossier_nieuw", "fouten", WRITER, act=press("Ga verder"), status=422)
    yield _at("dossier_nieuw", "controle", WRITER, act=press("Ga verder", **NEW))
    yield _at("smo", "agenda", WRITER, "smo-jenv", "secretaris-smo", STRANGER)
    yield _at("biv_jaar", "dit jaar", "gemachtigde-bhos", WRITER, READER, args=[2027])
    for name in ("biv_mutaties", "biv_meerjarig", "biv_ambitie"):
        yield _at(name, "", READER, "biv-beheerder", args=[2027])
    for name in ("biv_inlezen", "biv_verschuiven"):
        yield _at(name, "", "biv-beheerder", args=[2027])
    for what, rows, status in (("fouten", WRONG_ROWS, 422), ("controle", GOOD_ROWS, 200)):
        act = upload("Controleer het bestand", "bestand", "jaar;categorie;bedrag;waarvan_oda;bron", *rows)
        yield _at("biv_inlezen", what, "biv-beheerder", args=[2027], act=act, status=status)
    for name in ("toegankelijkheid", "privacy", "hulp"):
        yield _at(name, "", "", READER)
    for name in ("rechten", "fasenplan", "stijlgids"):
        yield _at(name, "", READER)
    yield _at("stijlgids", "met fouten", READER, query="?fout=1", status=422)


GOOD_ROWS = (
    "2031;cbo;195.800.000;0;Ontwerpbegroting 2031 X",
    "2031;ssr;40000000;34.000.000;Ontwerpbegroting 2031 X",
    "2032;;300.000.000;;Raming",
)
WRONG_ROWS = (
    "2031;cbo;195.800.000;0;Ontwerpbegroting 2031 X",
    "31;cbo;5;;x",
    "2027;cbo;5;9;",
    "2032;onbekend;veel;;Raming",
)
NEW = {
    "title": "Grensregio Hoorn van Afrika",
    "summary": "Droogte en geweld brengen mensen op de vlucht.",
    "countries": "Somalië",
    "efforts": "diplomatie",
    "cooperation": "afstemming",
    "ministries": "DEF",
    "marking": "ongerubriceerd",
}


def _at(name: str, what: str, *who: str, args: list[Any] | None = None, query: str = "", **more: Any) -> Sheet:
    return Sheet(name, what, who, reverse(name, args=args or []) + query, **more)


def _sahel(scene: Scene) -> Iterator[Sheet]:
    """The dossier of the demo: before the SMO, with money asked and a letter begun."""
    number, ids = scene.sahel.number, scene.ids

    def of(name: str, what: str, *who: str, args: tuple[Any, ...] = (), **more: Any) -> Sheet:
        return _at(name, what, *who, args=[number, *args], **more)

    yield of("dossier", "overzicht", WRITER, LEADER, "smo-def", "vaststeller", READER)
    yield of("kerngegevens", "", WRITER)
    yield of("kerngegevens", "fouten", WRITER, act=press("Opslaan", title="", summary=""), status=422)
    yield of("toets", "", WRITER, READER)
    yield of("rubricering", "", "vaststeller")
    yield of("logboek", "alles", WRITER)
    yield of("logboek", "gefilterd", READER, query="?soort=standpunt")
    yield of("wijziging", "", READER, args=(_newest_writing(scene.sahel),))
    yield of("betrokkenen", "", WRITER, READER, "teamleider-jenv")
    yield of("deelname", "", WRITER)
    yield of("deelname_stoppen", "", "teamleider-jenv", args=("JENV",))
    for nr in (1, 3, 4):
        yield of("fase", f"fase {nr}", *((WRITER, READER) if nr == 3 else (WRITER,)), args=(nr,))
    yield of("stappen", "", WRITER)
    yield of("stap", "kan nog niet", WRITER, LEADER, READER, args=("naar_planning",))
    yield of("stap", "gevraagd", WRITER, LEADER, args=("terug_naar_analyse",))
    yield of("stap", "stoppen", LEADER, args=("stoppen",))
    yield of("signaal", "vastgesteld", WRITER, READER)
    yield of("analyse", "vastgesteld", WRITER)
    yield of("inbreng", "", "behandelaar-bhos", READER, args=("BHOS",))
    yield of("fase", "fase 2", WRITER, args=(2,))
    yield of("opties", "vergelijking", WRITER, READER)
    yield of("optie_nieuw", "", WRITER)
    yield of("optie", "", WRITER, READER, args=("A",))
    yield of("optie_verwijderen", "", WRITER, args=("B",))
    yield of("dossier_smo", "", WRITER, "smo-jenv", "voorzitter-smo")
    yield of("standpunt", "", "smo-jenv", args=(ids["offer"],))
    yield of("standpunt", "fouten", "smo-jenv", args=(ids["offer"],), act=press("Controleer en dien in"), status=422)
    given = press(
        "Controleer en dien in", strekking="voorwaarden", voorwaarden="Meld elk kwartaal.", toelichting="Zie nota."
    )
    yield of("standpunt", "controle", "smo-jenv", args=(ids["offer"],), act=given)
    yield of("conclusie", "", "voorzitter-smo", args=(ids["offer"],))
    yield of("budget", "", WRITER, "gemachtigde-bhos", READER)
    yield of("budget_aanvragen", "", WRITER)
    yield of("budget_anders", "", WRITER)
    yield of("budget_intrekken", "", WRITER, args=(ids["money"],))
    yield of("budget_beslissen", "", "gemachtigde-bhos", args=(ids["money"],))
    yield of("budget_reserveren", "", "biv-beheerder", args=(ids["money"],))
    yield of("besluiten", "nog geen", WRITER)
    yield of("documenten", "", WRITER)
    yield of("document", "pdf mislukt", WRITER, READER, args=(ids["document"],))
    yield _at("versie", "", WRITER, args=[ids["version"]])


def _newest_writing(dossier: Dossier) -> int:
    written = Event.objects.filter(dossier=dossier, kind="geschreven", data__wijzigingen__0__isnull=False)
    return written.latest("seq").seq


def _missie(scene: Scene) -> Iterator[Sheet]:
    """The mission: things that wait on a second person."""
    number, ids = scene.missie.number, scene.ids

    def of(name: str, what: str, *who: str, args: tuple[Any, ...] = (), **more: Any) -> Sheet:
        return _at(name, what, *who, args=[number, *args], **more)

    yield of("afwijkingen", "", WRITER, "voorzitter-smo", READER)
    yield of("afwijking_verlenen", "", "voorzitter-smo", args=(ids["waiver"],))
    yield of("afwijzen", "", "voorzitter-smo", args=("afwijking", ids["waiver"]))
    yield of("verklaring_nieuw", "", WRITER)
    yield of("verklaring", "", WRITER, "voorzitter-smo", args=(ids["small"],))
    yield of("inhalen", "", "behandelaar-def", READER, args=(ids["duty"],))
    yield of("besluiten", "te bevestigen", "gemachtigde-bz-2", READER)
    yield of("besluit_bevestigen", "", "gemachtigde-bz-2", args=(ids["decision"],))
    yield of("besluit_nieuw", "", "gemachtigde-bz", args=(ids["options"],))
    yield of("smo_aanbieden", "", WRITER, args=(ids["adopted"],))
    yield of("document", "wacht op paraaf", LEADER, WRITER, args=(ids["waiting"],))
    yield _at("versie_paraferen", "", LEADER, args=[ids["waiting_version"]])
    yield _at("versie_vaststellen", "", WRITER, args=[ids["waiting_version"]])
    yield of("analyse", "voorgelegd", WRITER)
    yield of("plan", "", WRITER, READER)
    yield of("evaluatie", "nog leeg", WRITER)
    yield of("voortgang", "", WRITER)
    yield of("voortgang_nieuw", "", WRITER)
    yield of("voortgang_verslag", "", WRITER, args=(ids["report"],))
    yield of("ondertekenen", "", "gemachtigde-bz", args=("artikel-100",))
    yield of("verzenden", "kan nog niet", "secretariaat", args=("artikel-100",))
    yield of("kamerstuk", "", "secretariaat", args=("kennisgeving", ids["sent"]))
    yield of("budget", "nog niets", WRITER)
    yield of("vastleggingen", "", WRITER, READER)
    yield of("vastlegging", "nog niets", WRITER, READER, args=("operatieconcept",))
    yield of("vastlegging", "vastgelegd", WRITER, args=("communicatieplan",))
    told = press("Controleer", tekst="Rust in de regio is ook onze rust.")
    yield of("vastlegging", "controle", WRITER, args=("communicatieplan",), act=told)
    yield of("vastlegging", "fouten", WRITER, args=("operatieconcept",), act=press("Controleer", op=""), status=422)
    yield of("indicatoren", "", WRITER, READER)
    yield of("indicator", "", WRITER, args=(ids["indicator"],))
    yield of("behandeling", "", "secretariaat", READER)
    yield of("toezeggingen", "", "secretariaat", READER)
    yield of("toezegging", "", "behandelaar-def", READER, args=(ids["promise"],))
    yield of("lessen", "", WRITER, READER)


def _smo(scene: Scene) -> Iterator[Sheet]:
    """The meetings of the SMO, and what comes after its advice."""
    ids, number = scene.ids, scene.missie.number
    coming, past, member, secretary = [ids["coming"]], [ids["past"]], "smo-jenv", "secretaris-smo"
    yield _at("vergadering", "komend", member, secretary, WRITER, STRANGER, args=coming)
    yield _at("vergadering", "geweest", member, secretary, "voorzitter-smo", args=past)
    yield _at("smo_ritme", "", secretary)
    yield _at("vergadering_nieuw", "", secretary)
    yield _at("vergadering_wijzigen", "", secretary, args=coming)
    yield _at("vergadering_vervallen", "", secretary, args=coming)
    yield _at("punt_nieuw", "", secretary, args=coming)
    yield _at("punt_verplaatsen", "", secretary, args=[ids["point"]])
    yield _at("aanwezig", "", secretary, args=past)
    yield _at("besluitenlijst", "concept", secretary, args=past)
    yield _at("actie_nieuw", "", secretary, args=past)
    yield _at("actie_gedaan", "", "smo-def", args=[ids["action"]])
    yield _at("dossier_smo", "voorwaarden", WRITER, secretary, args=[number])
    yield _at("smo_intrekken", "", WRITER, args=[number, ids["offered"]])
    yield _at("smo_tekstueel", "", "voorzitter-smo", args=[number, ids["advised"], ids["later"]])
    yield _at("smo_biv_wijziging", "", "voorzitter-smo", args=[scene.sahel.number, ids["offer"], ids["money"]])
    yield _at("voorwaarde", "", WRITER, args=[number, ids["condition"]])
    yield _at("voorwaarde_controle", "", secretary, args=[number, ids["met"]])


def _letters(scene: Scene) -> Iterator[Sheet]:
    """The letters to parliament in every stage."""
    sahel, missie, brief = scene.sahel.number, scene.missie.number, scene.brief.number
    money = scene.ids["granted"]
    yield _at("toets", "wacht op bevestiging", LEADER, WRITER, args=[brief])
    yield _at("budget", "toegekend", "biv-beheerder", READER, args=[brief])
    yield _at("budget_aanvraag", "", "biv-beheerder", READER, args=[brief, scene.ids["asked_first"]])
    yield _at("budget_boeken", "", "biv-beheerder", args=[brief, money, "verplichten"])
    yield _at("budget_kasschuif", "", "biv-beheerder", args=[brief, money])
    yield _at("budget_afrekenen", "", "biv-beheerder", args=[brief, money])
    yield _at("budget_corrigeren", "", "biv-beheerder", args=[brief, money, scene.ids["booking"]])
    yield _at("brieven", "", WRITER, READER, args=[sahel])
    yield _at("brief", "nog niet begonnen", WRITER, READER, args=[sahel, "kennisgeving"])
    yield _at("brief", "bezig", WRITER, args=[sahel, "artikel-100"])
    yield _at("brief", "te ondertekenen", "gemachtigde-bz", args=[missie, "artikel-100"])
    yield _at("brief", "verzonden", "secretariaat", READER, args=[missie, "kennisgeving"])
    yield _at("brief_voorbeeld", "", READER, args=[sahel, "artikel-100"])
    yield _at("brief_sectie", "gereed", WRITER, args=[sahel, "artikel-100", scene.codes[0]])
    yield _at("brief_sectie", "leeg", WRITER, args=[sahel, "artikel-100", scene.codes[4]])
    yield _at("verzenden", "kan", "secretariaat", args=[brief, "kennisgeving"])
    checked = press("Controleer de verzending")
    yield _at("verzenden", "controle", "secretariaat", args=[brief, "kennisgeving"], act=checked)


def _dossiers(scene: Scene) -> Iterator[Sheet]:
    """The overview and the present phase of every other dossier there is."""
    for dossier in Dossier.objects.exclude(pk=scene.sahel.pk).order_by("number"):
        yield _at("dossier", dossier.title, READER, args=[dossier.number])
        yield _at("fase", dossier.title, READER, args=[dossier.number, Phase(dossier.phase).number])


def _errors(scene: Scene) -> Iterator[Sheet]:
    number = scene.sahel.number
    yield _at("dossier", "404 bestaat niet", WRITER, args=["2099-9999"], status=404)
    yield _at("dossier", "404 zelfde voor buitenstaander", STRANGER, args=[number], status=404)
    yield _at("standpunt", "403 mag niet", WRITER, args=[number, scene.ids["offer"]], status=403)
    yield _at("document_voorleggen", "405 knop", WRITER, args=[scene.ids["document"]], status=405)
    yield _at("stap", "409 andere fase", WRITER, args=[number, "afsluiten"], status=409)
    yield _at("rechten", "422 kan nu niet", READER, act=show("422.html", 422), status=422)
    for code in ("403_csrf", "413", "429", "500"):
        status = int(code[:3])
        yield _at("rechten", f"{code} ongeluk", READER, act=show(f"{code}.html", status), status=status)
