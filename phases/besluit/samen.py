"""When ministers decided together: each required minister, about the same version and the same option. Pure, over plain values.

Leidraad par. 3.6, fase 3: the responsible ministers choose. That each of them does so in a registration of the own ministry,
and that the newest one counts, is an ontwerpkeuze: the Leidraad does not say how ministers make known that they agree.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from cases.models import Effort
from phases.besluit.models import Orgaan, Uitkomst

# The minister-president chairs the Ministerraad and decides there.
WITHOUT_OWN_DECISION = "AZ"
CO_DECIDES = {
    Effort.EENHEID: "DEF",
    Effort.MILITAIREN: "DEF",
    Effort.ASSISTENTIE: "DEF",
    Effort.POLITIE: "JENV",
    Effort.JUSTITIE: "JENV",
}


def required_ministers(taking_part: Iterable[str], efforts: Iterable[str]) -> tuple[str, ...]:
    """Whose minister must decide, BZ first. Ontwerpkeuze: BZ coordinates (Leidraad par. 3.1), each ministry that takes
    part has its own say, and nobody decides on soldiers without DEF or on police and justice without JENV."""
    codes = {"BZ", *taking_part, *(CO_DECIDES[effort] for effort in efforts if effort in CO_DECIDES)}
    return ("BZ", *sorted(codes - {"BZ", WITHOUT_OWN_DECISION}))


@dataclass(frozen=True)
class BesluitFact:
    """A registered decision; it counts when `confirmed`. `ministry` is "" for the Ministerraad; `at` in seconds since 1970;
    `kind`: of which paper it was a version."""

    id: int
    version_id: int
    orgaan: str
    uitkomst: str
    optie: str
    confirmed: bool
    by_id: int = 0
    ministry: str = ""
    mr_nodig: bool | None = None
    at: float = 0.0
    kind: str = ""

    @property
    def positive(self) -> bool:
        return self.confirmed and self.uitkomst == Uitkomst.AKKOORD

    @property
    def changed(self) -> bool:
        """Whether it asks a change, which a new version is."""
        return self.confirmed and self.uitkomst == Uitkomst.MET_WIJZIGING

    @property
    def body(self) -> tuple[str, str]:
        """Whose decision it is: of two by the same body about the same version the newest counts."""
        return self.orgaan, self.ministry if self.orgaan == Orgaan.BEWINDSPERSONEN else ""


def newest(besluiten: Iterable[BesluitFact], version_id: int) -> list[BesluitFact]:
    """The newest decision of each body about a version, oldest first. `besluiten` are in the order of registration."""
    last = {b.body: b for b in besluiten if b.version_id == version_id}
    return sorted(last.values(), key=lambda b: b.id)


def choosing_bodies(needs_smo: bool) -> frozenset[str]:
    """Whose decision chooses an option. Once people are sent too, what was chosen hoog ambtelijk before is no choice any more."""
    return frozenset({Orgaan.BEWINDSPERSONEN} if needs_smo else {Orgaan.BEWINDSPERSONEN, Orgaan.HOOG_AMBTELIJK})


def left_open(besluiten: Iterable[BesluitFact], version_id: int) -> BesluitFact | None:
    """The first last word about a paper that is no confirmed akkoord; None when there is none.

    `besluiten` are about all versions of one paper, in the order of registration. A new version takes away what no minister
    said: only the change that was asked. Who refused, held or wanted to talk decides about the new version (ontwerpkeuze).
    """
    last = {b.body: b for b in besluiten}
    waits = (b for b in last.values() if not b.positive and (b.version_id == version_id or not b.changed))
    return next(iter(sorted(waits, key=lambda b: b.id)), None)


def minister_against(besluiten: Iterable[BesluitFact], version_id: int) -> BesluitFact | None:
    """The first minister whose last word about a paper is no confirmed akkoord, or None."""
    return left_open((b for b in besluiten if b.orgaan == Orgaan.BEWINDSPERSONEN), version_id)


@dataclass(frozen=True)
class Samen:
    """How far the ministers are about one version: by ministry the newest decision, or None."""

    made: dict[str, BesluitFact | None]

    @property
    def missing(self) -> list[str]:
        return [code for code, one in self.made.items() if one is None]

    @property
    def unconfirmed(self) -> list[str]:
        return [code for code, one in self.made.items() if one and not one.confirmed]

    @property
    def against(self) -> list[BesluitFact]:
        """Confirmed, and something else than akkoord."""
        return [one for one in self.made.values() if one and one.confirmed and one.uitkomst != Uitkomst.AKKOORD]

    @property
    def options(self) -> dict[str, list[str]]:
        """By option the ministries that agree with it."""
        found: dict[str, list[str]] = {}
        for code, one in self.made.items():
            if one and one.positive:
                found.setdefault(one.optie, []).append(code)
        return found

    @property
    def counts(self) -> bool:
        """Every required minister agreed, with the same."""
        return all(one and one.positive for one in self.made.values()) and len(self.options) == 1

    @property
    def ids(self) -> list[int]:
        return [one.id for one in self.made.values() if one]


def together(besluiten: Iterable[BesluitFact], version_id: int, ministers: Iterable[str]) -> Samen:
    """What the ministers decided about this version."""
    mine = {b.ministry: b for b in newest(besluiten, version_id) if b.orgaan == Orgaan.BEWINDSPERSONEN}
    return Samen({code: mine.get(code) for code in ministers})
