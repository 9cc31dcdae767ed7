"""The people and the dossiers of the permission matrix: made once per module, every request undone afterwards."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from http.cookies import SimpleCookie
from typing import Any

from django.db import connection, transaction
from django.http import HttpResponse
from django.template.backends.django import Template
from django.test import Client
from django.urls import reverse

from cases.models import Membership, User
from geintegreerd.demo.accounts import ACCOUNTS
from tests import builders as b
from tests.architecture.rechtentabel import DELEN, Persoon, Regel, Toestand, stand

# Besides the demo: roles it has nobody for, and people whose role begins, ends or is held for someone else.
# username → role, ministry, first day and last day (from today), deputy for
EXTRA = {
    "post-bz": ("post", "BZ", -9, None, ""),
    "secretariaat-def": ("secretariaat", "DEF", -9, None, ""),
    "vaststeller-def": ("vaststeller", "DEF", -9, None, ""),
    "biv-beheerder-bhos": ("biv-beheerder", "BHOS", -9, None, ""),
    "gisteren-weg": ("behandelaar", "BZ", -9, -1, ""),
    "laatste-dag": ("behandelaar", "BZ", -9, 0, ""),
    "begint-morgen": ("behandelaar", "BZ", 1, None, ""),
    "plaatsvervanger": ("smo-lid", "DEF", -1, 1, "smo-def"),
    "plaatsvervanger-teamleider": ("teamleider", "BZ", 0, 0, "teamleider-bz"),
    "plaatsvervanger-voorbij": ("teamleider", "BZ", -9, -1, "teamleider-bz"),
    "inactief": ("behandelaar", "BZ", -9, None, ""),
}
ANONIEM = Persoon("anoniem", ingelogd=False)


@dataclass
class Antwoord:
    """What came back, and which tables were written to meanwhile."""

    status: int
    locatie: str
    geschreven: list[str]
    response: HttpResponse

    @property
    def vastgelegd(self) -> bool:
        return "cases_event" in self.geschreven


@dataclass
class Wereld:
    """Everybody with an open session, and every dossier."""

    mensen: dict[str, User]
    personen: list[Persoon]
    toestanden: dict[str, Toestand] = field(default_factory=dict)
    clients: dict[str, Client] = field(default_factory=dict)
    cookies: dict[str, str] = field(default_factory=dict)
    _soorten: dict[str, list[list[Persoon]]] = field(default_factory=dict)

    def soorten(self, toestand: Toestand) -> list[list[Persoon]]:
        """The people, together where the whole table sees no difference between them."""
        if toestand.naam not in self._soorten:
            kinds: dict[Any, list[Persoon]] = {}
            for persoon in self.personen:
                kinds.setdefault(stand(persoon, toestand), []).append(persoon)
            self._soorten[toestand.naam] = list(kinds.values())
        return self._soorten[toestand.naam]

    def vraag(
        self, persoon: Persoon, method: str, url: str, data: dict[str, str] | None = None, htmx: bool = False
    ) -> Antwoord:
        """A real request in this person's session, undone afterwards."""
        client = self.clients[persoon.naam]
        client.cookies = SimpleCookie(self.cookies[persoon.naam])
        headers = {"HX-Request": "true", "HX-Current-URL": f"http://testserver{url}"} if htmx else {}
        with transaction.atomic(), schrijft() as geschreven:
            if method in {"get", "head", "post"}:
                response = getattr(client, method)(url, data or {}, headers=headers)
            else:
                response = client.generic(method.upper(), url, "", headers=headers)
            transaction.set_rollback(True)
        away = response.headers.get("HX-Redirect", "")
        status = 302 if away else response.status_code
        return Antwoord(status, away or response.headers.get("Location", ""), geschreven, response)

    def login(self, naam: str) -> None:
        client = self.clients[naam] = Client(raise_request_exception=False)
        if naam in self.mensen:
            client.force_login(self.mensen[naam])
        self.cookies[naam] = client.cookies.output(attrs=[], header="", sep=";")


@contextmanager
def schrijft() -> Iterator[list[str]]:
    """The tables to which something is written within this block, whether or not it is undone."""
    tables: list[str] = []

    def note(execute: Any, sql: Any, params: Any, many: bool, context: Any) -> Any:
        words = str(sql).split(None, 3)
        if words[0].upper() in {"INSERT", "UPDATE", "DELETE"}:
            tables.append(words[1 if words[0].upper() == "UPDATE" else 2].strip('"'))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield tables


@contextmanager
def zonder_opmaak() -> Iterator[None]:
    """Leaves the drawing of pages and the log out: who may is decided before, and the matrix is about nothing else."""
    draw = Template.render
    Template.render = lambda self, context=None, request=None: ""
    logging.disable(logging.CRITICAL)
    try:
        yield
    finally:
        logging.disable(logging.NOTSET)
        Template.render = draw


def bevolk() -> Wereld:
    """Everybody of the demo and of EXTRA, signed in; somebody inactive was signed in before."""
    from geintegreerd.demo.people import make_people

    mensen = make_people(password=None)
    for days in (-2, -1, 0, 8):  # when the SMO meets is no secret, what is on its agenda is
        b.meeting(b.today() + timedelta(days=days))
    personen = [Persoon(a.username, frozenset((role.value, code) for code, role in a.roles)) for a in ACCOUNTS]
    for naam, (rol, code, van, tot, voor) in EXTRA.items():
        user = mensen[naam] = User.objects.create(username=naam, surname=naam.capitalize(), password="!")
        Membership.objects.create(
            user=user, ministry=b.ministry(code), role=rol, deputy_for=mensen.get(voor),
            start=b.today() + timedelta(days=van), end=None if tot is None else b.today() + timedelta(days=tot),
        )  # fmt: skip
        geldt = van <= 0 <= (0 if tot is None else tot) and naam != "inactief"
        personen.append(Persoon(naam, frozenset({(rol, code)} if geldt else ()), naam != "inactief"))
    mensen["zonder-rol"] = User.objects.create(username="zonder-rol", surname="Rolloos", password="!")
    wereld = Wereld(mensen, [*personen, Persoon("zonder-rol"), ANONIEM])
    for persoon in wereld.personen:
        wereld.login(persoon.naam)
    User.objects.filter(username="inactief").update(is_active=False)
    return wereld


def adres(regel: Regel, toestand: Toestand, number: str = "") -> str | None:
    """The address of a line in this scene; None when the scene has nothing there."""
    given = {**toestand.ids, "number": number or toestand.number}
    try:
        own = {deel: value.format(**given) for deel, value in regel.adres.items()}
        return reverse(regel.url, kwargs={deel: own.get(deel) or given[deel] for deel in DELEN[regel.url]})
    except KeyError:
        return None


def formulier(regel: Regel, toestand: Toestand) -> dict[str, str] | None:
    """The form of a line with what it takes from the scene; None when the scene has it not."""
    try:
        return {name.format(**toestand.ids): value.format(**toestand.ids) for name, value in regel.stuur.items()}
    except KeyError:
        return None
