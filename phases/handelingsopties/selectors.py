"""The options side by side: criteria as rows, the nuloptie always first."""

from dataclasses import dataclass

from cases.models import Dossier, Effort
from cases.templatetags.notatie import euro
from phases.besluit.selectors import chosen_letter
from phases.handelingsopties.models import Optie, Optiesnota

NUL = "0"
EMPTY = "Nog niet ingevuld"
NONE = "Geen"
CRITERIA = ("instrumenten", "doelen", "narrative", "partners", "kosten", "tijdpad", "biv")


@dataclass(frozen=True)
class Column:
    """One option in the table. `cells` follow CRITERIA; an empty cell is None."""

    letter: str
    title: str
    cells: tuple[str | None, ...]
    missing: int = 0
    chosen: bool = False


@dataclass(frozen=True)
class Row:
    """A criterion with the text of each option."""

    criterion: str
    cells: tuple[tuple[str | None, bool], ...]


@dataclass(frozen=True)
class Comparison:
    """The table: the nuloptie and every option of the nota."""

    columns: tuple[Column, ...]

    @property
    def rows(self) -> list[Row]:
        names = [_heading(name) for name in CRITERIA]
        return [Row(name, tuple((c.cells[i], c.chosen) for c in self.columns)) for i, name in enumerate(names)]

    @property
    def options(self) -> tuple[Column, ...]:
        """The columns besides the nuloptie."""
        return self.columns[1:]


def nota_of(dossier: Dossier) -> Optiesnota | None:
    """The nota of the current Ronde, or None."""
    return (
        Optiesnota.objects.select_related("document__changed_by", "ronde")
        .filter(ronde__dossier=dossier, ronde__number=dossier.ronde_number)
        .first()
    )


def chosen_option(dossier: Dossier) -> Optie | None:
    """The chosen option of the current Ronde; None when none is chosen, or when it is the nuloptie. Two queries."""
    letter = chosen_letter(dossier)
    here = {"nota__ronde__dossier": dossier, "nota__ronde__number": dossier.ronde_number}
    return Optie.objects.filter(letter=letter, **here).first() if letter else None


def comparison(dossier: Dossier, nota: Optiesnota | None) -> Comparison:
    """The options of a nota side by side. Two queries."""
    chosen = chosen_letter(dossier)
    nul = Column(
        NUL,
        "Nuloptie",
        (NONE, NONE, nota.nuloptie or None if nota else None, NONE, euro(0), NONE, NONE),
        chosen=chosen == NUL,
    )
    options = nota.opties.all() if nota else ()
    return Comparison((nul, *(_column(o, chosen) for o in options)))


def _heading(name: str) -> str:
    return "Geld uit het BIV" if name == "biv" else str(Optie._meta.get_field(name).verbose_name)


def _column(optie: Optie, chosen: str) -> Column:
    cells = (
        ", ".join(Effort(i).label for i in optie.instrumenten) or None,
        optie.doelen or None,
        optie.narrative or None,
        optie.partners or None,
        euro(optie.kosten) if optie.kosten is not None else None,
        optie.tijdpad or None,
        "Gevraagd" if optie.biv else "Niet gevraagd",
    )
    return Column(optie.letter, optie.titel, cells, len(optie.missing()), optie.letter == chosen)


def parts(optie: Optie) -> list[tuple[str, str]]:
    """The elements of an option as heading and text, for who may read but not write."""
    names = [_heading(name) for name in CRITERIA]
    return [(name, cell or EMPTY) for name, cell in zip(names, _column(optie, "").cells, strict=True)]
