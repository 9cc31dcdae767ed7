"""The permission table as the tests read it: plain data and set arithmetic, nothing of cases.access."""

import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

SMO_LEDEN = frozenset({"BZ", "BHOS", "DEF", "JENV", "AZ"})
Rol = tuple[str, str | None]


@dataclass(frozen=True)
class Persoon:
    """Somebody with the roles that count today, as (role, code of the ministry or None)."""

    naam: str
    rollen: frozenset[Rol] = frozenset()
    ingelogd: bool = True


@dataclass
class Toestand:
    """A dossier in a certain state, as far as rights depend on it; `ids` fills addresses and forms."""

    naam: str
    number: str
    deelnemend: frozenset[str]
    aangeboden: bool = False
    ondertekent: frozenset[str] = frozenset()
    biv: frozenset[str] = frozenset()
    loopt: bool = True
    ids: dict[str, Any] = field(default_factory=dict)

    def ministeries(self, waar: str) -> frozenset[str | None]:
        """The ministries for which a role must be held; None stands for a role across ministries."""
        places: dict[str, frozenset[str | None]] = {
            "penvoerend": frozenset({"BZ"}),
            "deelnemend": self.deelnemend,
            "smo": SMO_LEDEN | {None} if self.aangeboden else frozenset(),
            "ondertekent": self.ondertekent,
            "biv": self.biv,
            "bivbeheer": frozenset({"DEF"}) if self.biv else self.deelnemend & {"DEF"},
        }
        return places.get(waar, frozenset({waar}))


@dataclass(frozen=True)
class Regel:
    """One line of the table."""

    sleutel: str
    lezen: Any = None
    doen: Any = None
    bij: str = ""
    stuur: dict[str, str] = field(default_factory=dict)
    adres: dict[str, str] = field(default_factory=dict)
    ook: tuple[int, ...] = ()
    nee: tuple[int, ...] = ()
    get: tuple[int, ...] = ()
    zonder_spoor: bool = False

    @property
    def url(self) -> str:
        return self.sleutel.partition(":")[0]


# allauth counts attempts to log in; Dep. V. notes who reads.
MAG_GESCHREVEN = {"cases_markedread", "geintegreerd_cache"}
_TABEL = tomllib.loads(Path(__file__).with_name("permissions.toml").read_text())
GROEPEN: dict[str, list[str]] = _TABEL["groepen"]
REGELS = [Regel(sleutel, **regel) for sleutel, regel in _TABEL["adressen"].items()]

EERSTE = {regel.url: regel for regel in reversed(REGELS)}


def _woorden(wie: str | Iterable[str]) -> Iterator[str]:
    """Groups written out, to words of the form role@where."""
    for woord in [wie] if isinstance(wie, str) else wie:
        if woord in GROEPEN and GROEPEN[woord] != [woord]:
            yield from _woorden(GROEPEN[woord])
        else:
            yield woord


def hoort_bij(persoon: Persoon, wie: str | Iterable[str], toestand: Toestand) -> bool:
    """Whether the table names this person here."""
    for woord in _woorden(wie):
        if woord == "iedereen" or (woord == "ingelogd" and persoon.ingelogd):
            return True
        rol, _, waar = woord.partition("@")
        for gehad, ministerie in persoon.rollen:
            if gehad == rol and (waar == "overal" or ministerie in toestand.ministeries(waar)):
                return True
    return False


def stand(persoon: Persoon, toestand: Toestand) -> tuple[bool, frozenset[str]]:
    """Everything the table says of a person here; who agrees in all of it is alike to every line."""
    woorden = {w for r in REGELS for wie in (r.lezen, r.doen) if wie for w in _woorden(wie)} | set(_woorden("lezers"))
    return persoon.ingelogd, frozenset(w for w in woorden if hoort_bij(persoon, w, toestand))


def adressen(resolver: URLResolver | None = None) -> Iterator[URLPattern]:
    """Every address of the application that has a name."""
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLResolver):
            yield from adressen(pattern)
        elif pattern.name:
            yield pattern


DELEN = {pattern.name: list(pattern.pattern.converters) for pattern in adressen()}
ADRESSEN = sorted(DELEN)


def van_een_dossier(url: str) -> bool:
    """Whether an address belongs to a dossier, so that an outsider must get 404."""
    return bool({"number", "document_id", "version_id"} & set(DELEN[url]))
