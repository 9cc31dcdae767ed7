"""Who may what: every address × method × person × state of a dossier, full and htmx, judged by permissions.toml."""

from collections.abc import Iterator

import pytest
from django.db import transaction
from django.urls import reverse

from phases.process import worklist
from tests.architecture import scenes
from tests.architecture.rechtentabel import (
    EERSTE,
    MAG_GESCHREVEN,
    REGELS,
    Persoon,
    Regel,
    Toestand,
    hoort_bij,
    van_een_dossier,
)
from tests.architecture.wereld import Antwoord, Wereld, adres, bevolk, formulier, zonder_opmaak

LOGIN = "/account/inloggen/"
REFUSED = {403, 404, 409, 422}
# Asked in every state. In the state where an act succeeds, and for reading in `vol`, everybody takes part: of people who
# are alike to the whole table one per address, in turns, so that over all addresses each of them is asked.
ALWAYS = {"behandelaar-bz", "behandelaar-def", "buitenstaander"}


@pytest.fixture(scope="module")
def wereld(module_db) -> Iterator[Wereld]:
    with transaction.atomic():
        made = bevolk()
        for scene in scenes.ALLE:
            toestand = scene(made.mensen)
            made.toestanden[toestand.naam] = toestand
        worklist.bring_up_to_date()
        with zonder_opmaak():
            yield made
        transaction.set_rollback(True)


def cellen(wereld: Wereld, regel: Regel) -> Iterator[tuple[Toestand, Persoon, str]]:
    """Where and by whom an address is asked for. An address without a dossier has no states."""
    turn = REGELS.index(regel)
    for toestand in wereld.toestanden.values():
        home = toestand.naam == thuis(regel)
        url = adres(regel, toestand) if home or (van_een_dossier(regel.url) and EERSTE[regel.url] == regel) else None
        if url is None:
            continue
        # Where the outcome differs between people who are alike to the table (four eyes, order), all of them are asked.
        people = wereld.personen if home and regel.ook else wie(wereld, toestand, turn, everybody=home)
        for persoon in people:
            yield toestand, persoon, url


def thuis(regel: Regel) -> str:
    """The state in which everybody is asked."""
    return regel.bij or ("vol" if van_een_dossier(regel.url) else "begin")


def wie(wereld: Wereld, toestand: Toestand, turn: int, *, everybody: bool) -> list[Persoon]:
    """One of each kind of people, or those of ALWAYS and another in turns."""
    if everybody:
        return [alike[turn % len(alike)] for alike in wereld.soorten(toestand)]
    rest = [p for p in wereld.personen if p.naam not in ALWAYS]
    other = rest[(turn + 7 * list(wereld.toestanden).index(toestand.naam)) % len(rest)].naam
    return [p for p in wereld.personen if p.naam in ALWAYS | {other}]


def leest(persoon: Persoon, regel: Regel, toestand: Toestand) -> bool:
    return not van_een_dossier(regel.url) or hoort_bij(persoon, "lezers", toestand)


def naar_login(antwoord: Antwoord) -> bool:
    return antwoord.status == 302 and antwoord.locatie.startswith(LOGIN)


def fout_bij_lezen(regel: Regel, toestand: Toestand, persoon: Persoon, antwoord: Antwoord) -> str:
    """What is wrong with this answer to GET or HEAD; "" when nothing is."""
    if set(antwoord.geschreven) - MAG_GESCHREVEN:
        return f"schrijft in {antwoord.geschreven}"
    if regel.lezen is None:
        return "" if antwoord.status == 405 or (not persoon.ingelogd and naar_login(antwoord)) else "geen 405"
    if regel.lezen == "anoniem":
        return "" if antwoord.status in {200, *regel.get} else "niet open"
    if not persoon.ingelogd:
        return "" if naar_login(antwoord) else "niet naar inloggen"
    if not leest(persoon, regel, toestand):
        return "" if antwoord.status == 404 else "lek: moet 404 zijn"
    if not hoort_bij(persoon, regel.lezen, toestand):
        return "" if antwoord.status == 403 else "moet 403 zijn"
    return "" if antwoord.status in {200, *regel.get} else "mag dit wel"


@pytest.mark.parametrize("regel", REGELS, ids=lambda r: r.sleutel)
def test_who_opens_it(wereld, regel):
    """GET by everyone in every state, full and htmx in turns, HEAD for some: 200, 302, 403, 404 or 405 as the table says."""
    wrong, seen = [], set()
    for nr, (toestand, persoon, url) in enumerate(cellen(wereld, regel)):
        also = (
            [("get", not nr % 2), ("head", False)] if persoon.naam in ALWAYS and toestand.naam == thuis(regel) else []
        )
        for method, htmx in [("get", bool(nr % 2)), *also]:
            antwoord = wereld.vraag(persoon, method, url, htmx=htmx)
            seen.add(antwoord.status)
            if fout := fout_bij_lezen(regel, toestand, persoon, antwoord):
                wrong.append(f"{method} {url} ({toestand.naam}) door {persoon.naam}: {antwoord.status}, {fout}")
    assert not wrong, "\n".join(wrong)
    assert regel.lezen is None or seen & {200, 302}, "niemand kon dit adres openen: klopt de regel?"


def fout_bij_sturen(regel: Regel, toestand: Toestand, persoon: Persoon, antwoord: Antwoord) -> str:
    """What is wrong with this answer to POST; "" when nothing is."""
    mag = regel.doen and persoon.ingelogd and leest(persoon, regel, toestand)
    if mag and hoort_bij(persoon, regel.doen, toestand):
        if toestand.naam != regel.bij:
            return "" if antwoord.status in {200, 302} | REFUSED - {403} else "mag dit wel"
        if antwoord.status == 302 and (antwoord.vastgelegd or regel.zonder_spoor):
            return ""
        return "" if antwoord.status in regel.ook else "mag dit wel, maar het lukt niet of staat niet in het logboek"
    if set(antwoord.geschreven) - MAG_GESCHREVEN:
        return f"mag dit niet, en toch is er geschreven in {antwoord.geschreven}"
    if not persoon.ingelogd:
        # 403: what was typed is given back on a page that says to log in.
        out = naar_login(antwoord) or antwoord.status in {403, 405} or regel.lezen == "anoniem"
        return "" if out else "niet naar inloggen"
    if not leest(persoon, regel, toestand):
        return "" if antwoord.status == 404 else "lek: moet 404 zijn"
    if not regel.doen:
        return ""
    refused = {403, *regel.nee} if toestand.naam == regel.bij else REFUSED
    return "" if antwoord.status in refused else "moet 403 zijn"


@pytest.mark.parametrize("regel", REGELS, ids=lambda r: r.sleutel)
def test_who_sends_it(wereld, regel):
    """POST of a form that is right, by everyone in every state: done and recorded, or refused with nothing written."""
    wrong, done = [], 0
    for nr, (toestand, persoon, url) in enumerate(cellen(wereld, regel)):
        data = formulier(regel, toestand)
        if data is None or regel.url == "account_login" or not (regel.doen or toestand.naam == thuis(regel)):
            continue
        antwoord = wereld.vraag(persoon, "post", url, data, htmx=bool(nr % 2))
        done += antwoord.status in {302, *regel.ook} and persoon.ingelogd and toestand.naam == regel.bij
        if fout := fout_bij_sturen(regel, toestand, persoon, antwoord):
            wrong.append(f"post {url} ({toestand.naam}) door {persoon.naam}: {antwoord.status}, {fout}")
    assert not wrong, "\n".join(wrong)
    assert not regel.doen or done, f"niemand kreeg dit gedaan in {regel.bij}: klopt het formulier in de tabel?"


@pytest.mark.parametrize("method", ["put", "patch", "delete", "options", "trace"])
def test_other_methods_do_nothing(wereld, method):
    """Nobody gets anything by another method, and nobody learns from it whether a dossier is there."""
    toestand, wrong = wereld.toestanden["vol"], []
    for regel in REGELS:
        for persoon in wereld.personen:
            if persoon.naam not in {"behandelaar-bz", "buitenstaander", "anoniem"}:
                continue
            antwoord = wereld.vraag(
                persoon, method, adres(regel, toestand) or adres(regel, wereld.toestanden["uitvoering"])
            )
            if antwoord.status != 405 or antwoord.geschreven:
                wrong.append(f"{method} {regel.sleutel} door {persoon.naam}: {antwoord.status}, {antwoord.geschreven}")
    assert not wrong, "\n".join(wrong)


def test_every_rule_meets_its_object(wereld):
    """Each line about a dossier is judged with a real object in at least one state."""
    never = [r.sleutel for r in REGELS if not any(adres(r, t) for t in wereld.toestanden.values())]
    assert not never
    assert reverse("account_login") == LOGIN
